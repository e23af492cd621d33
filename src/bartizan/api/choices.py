"""What may be chosen, and how a wrong choice is told."""

from collections.abc import Collection
from operator import index

from bartizan.errors import BartizanError, nearest

FIGURES = ("nominal", "claimed", "pessimistic", "optimistic", "drawn")
SENSING = ("radar", "perfect")
RECORD = ("none", "events", "full")


def choose(name: str, given: str, allowed: Collection[str]) -> None:
    """Raise unless a word is one of those allowed: what was given, and the nearest."""
    if given not in allowed:
        remedy = nearest(str(given), list(allowed)) or "give one of these"
        raise BartizanError(
            f"{name}: no such choice\n    given:   {given}\n"
            f"    allowed: {', '.join(allowed)}\n    remedy:  {remedy}"
        )


def checked_seed(seed: int) -> int:
    """Return a whole number from 0, or raise."""
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
