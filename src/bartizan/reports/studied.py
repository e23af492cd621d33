"""How measures of a study are written: numbers, intervals, parts of the variance."""

import math
from collections.abc import Mapping
from typing import Any

from bartizan.reports.wording import clock, money

Found = Mapping[str, Any]
SURE = 0.995

LABELS = {
    "leakers": "leakers",
    "no_leaker": "P(no leaker)",
    "killed": "threats killed",
    "threats_total_turned_away": "turned away",
    "threats_total_in_flight": "in flight at end",
    "assets_destroyed": "assets destroyed",
    "all_assets_stand": "P(all assets stand)",
    "asset_value_lost": "asset value lost",
    "rounds_fired": "rounds fired",
    "rounds_usd": "their price, USD",
    "civil_lost": "civil aircraft lost",
    "first_shot_s": "first shot at",
    "peak_tracks": "peak tracks",
}
"""The headline measures in words, in the order of the page."""
SELDOM = ("threats_total_turned_away", "threats_total_in_flight")
"""Measures that are shown only where they are not 0: with them threats add up."""


def number(value: float | None, name: str = "") -> str:
    """Return a value of a measure as people write it: three digits, clock time, money."""
    if value is None or math.isnan(value):
        return "–"
    if name.endswith("_usd"):
        return money(value).removesuffix(" USD")
    if name.endswith("_s"):
        return clock(value)
    if value == 0.0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    digits = max(0, min(4, 2 - size))
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text and value == round(value) else text


def interval(found: Found, name: str) -> str:
    """Return the interval of a mean; a dash where there is none."""
    low, high = found["low"], found["high"]
    if low is None or math.isnan(low):
        return "–"
    # What never was below 0 is of its nature not: the interval ends there.
    low = max(low, 0.0) if found["least"] >= 0.0 else low
    return f"{number(low, name)} to {number(high, name)}"


def split(found: Found) -> str:
    """Return the share of the variance that is not known, with its interval."""
    share = found["share"]
    if share is None or math.isnan(share):
        return "–"
    if found["figures_sd"] == 0.0:
        return f"≈ 0 (to {found['share_high']:.0%})"
    if found["share_low"] >= SURE:
        return "100%"
    return f"{share:.0%} ({100 * found['share_low']:.0f}–{found['share_high']:.0%})"


def difference(found: Found, name: str) -> tuple[str, str, str]:
    """Return a difference, its interval and what pairing saved, as cells."""
    gap = found["difference"]
    if gap is None or math.isnan(gap):
        return "–", "–", "–"
    saved = found["saved"]
    ratio = "–" if saved is None or math.isnan(saved) else f"×{saved:.1f}"
    return (
        signed(gap, name),
        f"{signed(found['low'], name)} to {signed(found['high'], name)}",
        ratio,
    )


def signed(value: float | None, name: str) -> str:
    """Return a difference with its sign."""
    if value is None or math.isnan(value):
        return "–"
    if name.endswith("_s"):
        return f"{value:+.0f} s"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{number(abs(value), name)}"
