"""What is wrong with an argument that is no document: a choice, a seed."""

from collections.abc import Iterable
from operator import index

from bartizan.errors import BartizanError, nearest


def choose(name: str, given: str, allowed: Iterable[str]) -> None:
    """Raise `BartizanError` unless a word is one of those allowed."""
    known = list(allowed)
    if given not in known:
        remedy = nearest(str(given), known) or "give one of these"
        raise BartizanError(
            f"{name}: no such choice\n    given:   {given}\n"
            f"    allowed: {', '.join(known)}\n    remedy:  {remedy}"
        )


def checked_seed(seed: int) -> int:
    """Return a seed as a whole number from 0, or raise `BartizanError`."""
    try:
        checked = index(seed)
    except TypeError:
        raise seed_error(seed) from None
    if checked < 0:
        raise seed_error(seed)
    return checked


def seed_error(seed: object) -> BartizanError:
    """Return the error of a seed that is none."""
    given = str(seed)
    return BartizanError(
        "seed: not a whole number from 0\n"
        f"    given:   {given if len(given) <= 60 else given[:57] + '...'}\n"
        "    allowed: 0, 1, 2, ...\n    remedy:  give another seed"
    )
