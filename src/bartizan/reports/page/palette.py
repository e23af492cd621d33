"""One palette: what each colour means, on white and on black, told apart by all eyes.

Source: Okabe and Ito, Color Universal Design, 2008 (hues); lightness chosen so that text and
marks keep a contrast of 4.5 to 1 with the ground (WCAG 2.2, 1.4.3).
"""

from typing import NamedTuple


class Colour(NamedTuple):
    """A role's colour by day and by night, as ``#rrggbb``; no two roles share one by day."""

    light: str
    dark: str


PALETTE: dict[str, Colour] = {
    "ground": Colour("#ffffff", "#14171c"),
    "panel": Colour("#f5f6f8", "#1d2229"),
    "ink": Colour("#1a1d23", "#e9ebee"),
    "muted": Colour("#565d69", "#a6aebb"),
    "grid": Colour("#dfe2e7", "#343b45"),
    "leak": Colour("#a94200", "#ff9a5c"),
    "leak-soft": Colour("#fae5d6", "#5b3018"),
    "kill": Colour("#0067a5", "#62b6ee"),
    "kill-soft": Colour("#cfe3f2", "#173f5c"),
    "unknown": Colour("#7a3e8e", "#d4a1e6"),
    "unknown-soft": Colour("#e7d8ec", "#472a52"),
    "chance": Colour("#59626f", "#b3bbc7"),
    "chance-soft": Colour("#d5d9df", "#404853"),
    "sea": Colour("#eaf1f6", "#182029"),
    "land": Colour("#e3e0d6", "#2f322f"),
    "shore": Colour("#8d8872", "#8f9180"),
    "alert": Colour("#8a5a00", "#f0b848"),
    "alert-soft": Colour("#fbeed0", "#4a3812"),
}


def light(role: str) -> str:
    """Return a role's colour by day."""
    return PALETTE[role].light
