"""How numbers read on the page: fewer digits than on the terminal, and shares in per cent."""

import math

from bartizan.reports import studied
from bartizan.reports.page.material import Document
from bartizan.reports.wording import money

GAP = "\N{NO-BREAK SPACE}"
PROBABILITIES = ("no_leaker", "all_assets_stand", "asset_value_lost")


def number(value: float | None, name: str = "") -> str:
    """Return a value of a measure: three digits, two below 1; clock time, money, per cent."""
    if value is None or math.isnan(value):
        return "–"
    if name in PROBABILITIES:
        return share(value)
    if name.endswith("_usd"):
        return money(value).replace(" ", GAP)
    if name.endswith("_s") or abs(value) >= 1.0 or value == 0.0:
        return studied.number(value, name)
    text = f"{value:.{1 - math.floor(math.log10(abs(value)))}f}"
    return text.rstrip("0").rstrip(".") if abs(value) >= 5e-4 else "≈ 0"


def share(value: float | None) -> str:
    """Return a share in per cent, whole but where it is neither none nor all."""
    if value is None or math.isnan(value):
        return "–"
    text = f"{100.0 * value:.0f}"
    if text == "0" and value > 0.0:
        text = "under 1"
    if text == "100" and value < 1.0:
        text = "over 99"
    return f"{text}{GAP}%"


def interval(found: Document, name: str = "", sign: str = " to ") -> str:
    """Return the interval of a mean, its unit once; a dash where there is none."""
    low, high = found["low"], found["high"]
    if low is None or math.isnan(low):
        return "–"
    # What never was below 0 is of its nature not: the interval ends there.
    low = max(low, 0.0) if found["least"] >= 0.0 else low
    if name in PROBABILITIES:
        return unbroken(f"{100 * low:.0f}{sign}{share(min(high, 1.0))}")
    first, last = number(low, name), number(high, name)
    if name.endswith("_usd") and first[-5:] == last[-5:]:
        first = first[:-6] if first[-5] in "Mk" else first[:-4]
    return unbroken(f"{first}{sign}{last}")


def unbroken(text: str) -> str:
    """Return a text that no line ends in."""
    return text.replace(" ", GAP)


def band(found: Document, name: str = "", sign: str = " to ") -> str:
    """Return what 95 of 100 raids stay in."""
    ends = (number(found[end], name) for end in ("band_low", "band_high"))
    return unbroken(sign.join(ends))


def beside(found: Document, name: str = "") -> str:
    """Return a mean with its interval in brackets, if it has a width."""
    text = number(found["mean"], name)
    ends = interval(found, name, "–")
    return text if ends in ("–", f"{text}–{text}") else unbroken(f"{text} ({ends})")


def split(found: Document) -> str:
    """Return the share of the variance that is not known, with its interval."""
    return studied.split(found).replace("%", f"{GAP}%")
