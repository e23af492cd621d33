"""What each kind of entry is made of: one table that validates, documents and spells names.

A figure is a number with a dimension, a choice one word of a closed list. To add a figure, add
its line here and its value with a source to the entries of that kind.
"""

from typing import Literal, NamedTuple

from bartizan.units import Dimension

Kind = Literal["system", "radar", "interceptor", "threat", "traffic", "doctrine"]
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


_ROUTE = ("motion", "route")
_BY_VALUE = ("preference", "value")

_MOVER = (
    FigureKind("speed", "speed", "owner", "positive", "ground speed on its route", _ROUTE),
    FigureKind(
        "altitude", "length", "enemy", "any", "height above the sea on its route", _ROUTE
    ),
    FigureKind("rcs", "area", "enemy", "positive", "mean radar cross-section"),
    FigureKind(
        "weave_amplitude", "length", "owner", "any", "half width of its weave, if any", _ROUTE
    ),
    FigureKind("weave_period", "time", "enemy", "positive", "period of its weave", _ROUTE),
    FigureKind("price", "money", "neither", "any", "price of one"),
)

FIGURES: dict[Kind, tuple[FigureKind, ...]] = {
    "system": (
        FigureKind("tracks", "count", "owner", "positive", "tracks its command post holds"),
        FigureKind("engagements", "count", "owner", "any", "targets it engages at once"),
        FigureKind("reaction_time", "time", "enemy", "any", "from order to first launch"),
        FigureKind("launch_interval", "time", "enemy", "any", "between launches of a launcher"),
        FigureKind("assessment_delay", "time", "enemy", "any", "from intercept to its report"),
        FigureKind(
            "kill_unseen_probability",
            "probability",
            "enemy",
            "any",
            "a kill reported as a miss",
        ),
        FigureKind(
            "miss_as_kill_probability",
            "probability",
            "enemy",
            "any",
            "a miss reported as a kill",
        ),
        FigureKind(
            "engagement_radars",
            "count",
            "owner",
            "positive",
            "of each engagement radar it is made of",
        ),
        FigureKind("launchers", "count", "owner", "any", "launchers of one battalion"),
        FigureKind(
            "rounds_per_launcher", "count", "owner", "any", "ready rounds on a launcher"
        ),
        FigureKind("price", "money", "neither", "any", "price of one battalion"),
    ),
    "radar": (
        FigureKind(
            "reference_range", "length", "owner", "positive", "where it detects reference_rcs"
        ),
        FigureKind("reference_rcs", "area", "enemy", "positive", "cross-section of that range"),
        FigureKind(
            "reference_detection_probability",
            "probability",
            "owner",
            "open",
            "detection probability of one look at that range",
        ),
        FigureKind(
            "false_alarm_probability",
            "probability",
            "neither",
            "open",
            "of one resolution cell",
        ),
        FigureKind("instrumented_range", "length", "owner", "positive", "beyond it, no plot"),
        FigureKind("range_min", "length", "enemy", "any", "nearer than it, no plot"),
        FigureKind("scan_period", "time", "enemy", "positive", "between looks at one object"),
        FigureKind("elevation_min", "angle", "enemy", "any", "lowest elevation it looks at"),
        FigureKind("elevation_max", "angle", "owner", "any", "highest elevation it looks at"),
        FigureKind(
            "sector_width", "angle", "owner", "positive", "whole width about its facing"
        ),
        FigureKind(
            "range_sigma", "length", "enemy", "positive", "range error at the reference SNR"
        ),
        FigureKind(
            "azimuth_sigma", "angle", "enemy", "positive", "azimuth error at the reference SNR"
        ),
        FigureKind(
            "elevation_sigma",
            "angle",
            "enemy",
            "positive",
            "elevation error at the reference SNR",
        ),
        FigureKind(
            "sigma_floor",
            "ratio",
            "enemy",
            "positive",
            "least share of those errors, at any SNR",
        ),
        FigureKind(
            "false_alarms_per_scan", "ratio", "enemy", "any", "mean false plots of one scan"
        ),
        FigureKind("antenna_height", "length", "owner", "any", "of the antenna above its site"),
        FigureKind("tracks", "count", "owner", "any", "tracks it holds"),
        FigureKind("channels", "count", "owner", "any", "fire channels; 0: it guides nothing"),
        FigureKind(
            "iff_reply_probability",
            "probability",
            "owner",
            "any",
            "a reply heard; 0: never asks",
        ),
    ),
    "interceptor": (
        FigureKind(
            "range_min", "length", "enemy", "any", "nearest intercept from its launcher"
        ),
        FigureKind("range_max", "length", "owner", "positive", "farthest intercept"),
        FigureKind("altitude_min", "length", "enemy", "any", "lowest intercept above the sea"),
        FigureKind("altitude_max", "length", "owner", "positive", "highest intercept"),
        FigureKind("speed_max", "speed", "owner", "positive", "highest speed of its fly-out"),
        FigureKind("target_speed_max", "speed", "owner", "positive", "fastest target it takes"),
        FigureKind(
            "speed_fraction_near", "ratio", "owner", "positive", "average / highest speed, near"
        ),
        FigureKind(
            "speed_fraction_far", "ratio", "owner", "positive", "average / highest speed, far"
        ),
        FigureKind(
            "basket", "length", "owner", "positive", "how far from the intercept point it finds"
        ),
        FigureKind("price", "money", "neither", "any", "price of one round"),
        FigureKind(
            "kill_probability",
            "probability",
            "owner",
            "any",
            "of one round that found its target, by class",
            family=("threat", "traffic"),
        ),
    ),
    "threat": (
        *_MOVER,
        FigureKind("range_max", "length", "owner", "positive", "farthest it flies"),
        FigureKind(
            "release_range", "length", "owner", "any", "distance to its aim at which it leaks"
        ),
        FigureKind(
            "damage_probability", "probability", "owner", "any", "one that leaks hits its aim"
        ),
    ),
    "traffic": _MOVER,
    "doctrine": (
        FigureKind(
            "salvo", "count", "neither", "positive", "rounds of a first salvo", _BY_VALUE
        ),
        FigureKind(
            "salvo_later",
            "count",
            "neither",
            "any",
            "rounds of a later one; 0: as many as of the first",
            _BY_VALUE,
        ),
        FigureKind(
            "last_rounds",
            "count",
            "neither",
            "any",
            "more of them where no time is left for a look",
            _BY_VALUE,
        ),
        FigureKind(
            "damage_rate",
            "probability",
            "neither",
            "open",
            "share of an asset that one attacker may buy",
            ("preference", "prim-read"),
        ),
        FigureKind(
            "rounds_max", "count", "neither", "positive", "most rounds ever at one threat"
        ),
        FigureKind("planning_period", "time", "neither", "positive", "between two plannings"),
        FigureKind("commit_horizon", "time", "neither", "positive", "how far ahead it commits"),
        FigureKind(
            "kill_probability_min", "probability", "neither", "any", "least worth a round"
        ),
        FigureKind(
            "sooner_share",
            "probability",
            "neither",
            "any",
            "of its worth that a shot loses by waiting as long as the horizon",
        ),
        FigureKind(
            "leaker_time", "time", "neither", "any", "time to go from which it is a leaker"
        ),
        FigureKind(
            "reserve",
            "count",
            "neither",
            "any",
            "rounds of a fire unit kept for leakers, by interceptor",
            family=("interceptor",),
        ),
        FigureKind(
            "round_worth",
            "ratio",
            "neither",
            "any",
            "value of an asset that a round is worth kept, by interceptor",
            family=("interceptor",),
        ),
    ),
}

CHOICES: dict[Kind, tuple[ChoiceKind, ...]] = {
    "system": (),
    "radar": (ChoiceKind("type", ("rotating", "phased-array"), "how it scans"),),
    "interceptor": (),
    "threat": (
        ChoiceKind("motion", ("route", "ballistic"), "how it flies"),
        ChoiceKind("swerling", ("steady", "slow", "slow-dominant"), "how its echo fluctuates"),
        ChoiceKind("transponder", ("silent", "civil", "friend"), "what it answers when asked"),
    ),
    "traffic": (
        ChoiceKind("motion", ("route",), "how it flies"),
        ChoiceKind("swerling", ("steady", "slow", "slow-dominant"), "how its echo fluctuates"),
        ChoiceKind("transponder", ("silent", "civil"), "what it answers when asked"),
    ),
    "doctrine": (
        ChoiceKind(
            "allocator",
            ("min-cost-flow", "greedy", "first-come"),
            "how rounds find their threats",
            is_open=True,
        ),
        ChoiceKind("assignment", ("any", "zone"), "whose threats a fire unit may shoot at"),
        ChoiceKind("preference", ("value", "prim-read"), "who gets how many rounds"),
    ),
}


def figure_kind(kind: Kind, name: str) -> FigureKind | None:
    """Return the definition of a figure, `kill_probability.fighter` included, or None."""
    stem, dot, _ = name.partition(".")
    found = next((each for each in FIGURES[kind] if each.name == stem), None)
    return found if found and bool(found.family) == bool(dot) else None


def choice_kind(kind: Kind, name: str) -> ChoiceKind | None:
    """Return the definition of a choice, or None."""
    return next((each for each in CHOICES[kind] if each.name == name), None)


def is_within(value: float, limit: Limit) -> bool:
    """Return whether an SI value keeps its limit."""
    return limit == "any" or (value > 0.0 and (limit == "positive" or value < 1.0))
