"""How quantities of the catalogue read: as they are written, ranges and choices in short."""

from collections.abc import Sequence

Written = str | int | float

BARE = ("count", "fraction", "probability", "ratio")
"""Units that say no more than the name of what is counted; they are not printed."""


def word_of(provenance: str) -> str:
    """Return the word that readers see for a provenance."""
    return "sourced" if provenance == "seen" else provenance


def written(value: Written, unit: str = "") -> str:
    """Return a quantity as it is written, thousands of long numbers apart."""
    if isinstance(value, str):
        text = value
    else:
        text = f"{value:,}" if abs(value) >= 10_000 else f"{value:g}"
    return f"{text} {unit}" if unit and unit not in BARE else text


def between(ends: Sequence[Written], unit: str = "") -> str:
    """Return a range, its unit once where both ends have the same: ``8–25 s``."""
    low, high = (written(end, unit) for end in ends)
    low_number, _, low_unit = low.partition(" ")
    high_number, _, high_unit = high.partition(" ")
    if low_unit != high_unit or "-" in (low[0], high[0]):
        return f"{low} to {high}"
    return f"{low_number}–{high_number} {high_unit}".rstrip()


def joined(values: Sequence[Written]) -> str:
    """Return the values that a figure may have: ``36, 40 or 80``; the unit once at the end."""
    texts = [written(value) for value in values]
    units = {text.partition(" ")[2] for text in texts}
    if len(units) == 1:
        texts = [text.partition(" ")[0] for text in texts]
    head, last = ", ".join(texts[:-1]), texts[-1]
    both = f"{head} or {last}" if head else last
    return f"{both} {units.pop()}".rstrip() if len(units) == 1 else both


def one_or_range(value: Written | Sequence[Written] | None, unit: str = "") -> str:
    """Return what a source printed: a number or a range; ``in words`` where it gave none."""
    if value is None:
        return "in words"
    return written(value, unit) if isinstance(value, Written) else between(value, unit)


def spread(values: Sequence[Written | Sequence[Written] | None], unit: str = "") -> str:
    """Return the different values that were published, in their order; empty if none was."""
    texts = list(dict.fromkeys(one_or_range(value) for value in values if value is not None))
    return written(" · ".join(texts), unit) if texts else ""


def provenance_words(counts: dict[str, int], sign: str = " · ") -> str:
    """Return how many figures are of which provenance, none left out but the empty ones."""
    return sign.join(f"{n} {word_of(how)}" for how, n in counts.items() if n)
