"""What a figure and a choice of an entry are: their names, dimensions and limits."""

from typing import Literal, NamedTuple

from bartizan.units import Dimension

Kind = Literal[
    "system", "radar", "interceptor", "threat", "jammer", "chaff", "traffic", "doctrine",
    "identification", "link",
]  # fmt: skip
Favours = Literal["owner", "enemy", "neither"]
Limit = Literal["any", "positive", "open"]

LIMITS: dict[Limit, str] = {
    "any": "",
    "positive": "more than 0",
    "open": "more than 0 and less than 1",
}


class FigureKind(NamedTuple):
    """One figure of a kind of entry.

    ``favours`` says whom a larger value favours: the owner of the entry (the defence for a
    radar, the attacker for a threat) or its enemy. ``limit`` keeps values that have no meaning
    out. ``only`` is the choice under which the figure exists, as (choice, word). A ``family``
    is written once for each entry of these kinds, and once for `other`.
    """

    name: str
    dimension: Dimension
    favours: Favours
    limit: Limit
    meaning: str
    only: tuple[str, str] | None = None
    family: tuple[Kind, ...] = ()


class ChoiceKind(NamedTuple):
    """One settled word of a kind of entry.

    Others than the allowed ones may be known where an ``is_open`` choice is read.
    """

    name: str
    allowed: tuple[str, ...]
    meaning: str
    is_open: bool = False
