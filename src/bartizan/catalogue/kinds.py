"""What each kind of entry is made of: one table that validates, documents and spells names.

A figure is a number with a dimension, a choice one word of a closed list. To add a figure, add
its line here and its value with a source to the entries of that kind.
"""

from bartizan.catalogue.choices import CHOICES as CHOICES
from bartizan.catalogue.figure_kind import LIMITS as LIMITS
from bartizan.catalogue.figure_kind import ChoiceKind as ChoiceKind
from bartizan.catalogue.figure_kind import Favours as Favours
from bartizan.catalogue.figure_kind import FigureKind as FigureKind
from bartizan.catalogue.figure_kind import Kind as Kind
from bartizan.catalogue.figure_kind import Limit as Limit
from bartizan.catalogue.shares import IDENTITIES as IDENTITIES
from bartizan.catalogue.shares import SHARES as SHARES
from bartizan.catalogue.shares import share_kinds

_ROUTE = ("motion", "route")
_TRACKS = ("exchange", "tracks")
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
        FigureKind(
            "hits_to_suppress", "count", "owner", "positive", "hits that put it out of action"
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
        FigureKind("antenna_area", "area", "neither", "positive", "effective, of its antenna"),
        FigureKind("noise_factor", "ratio", "enemy", "positive", "of its receiver"),
        FigureKind("beam_width", "angle", "enemy", "positive", "of its main beam in azimuth"),
        FigureKind(
            "sidelobe_ratio", "ratio", "enemy", "positive", "gain beside / in its main beam"
        ),
        FigureKind(
            "chaff_rejection",
            "probability",
            "owner",
            "any",
            "of an echo of chaff, by its filter of moving targets; 0: it has none",
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
        FigureKind(
            "turn_away_probability",
            "probability",
            "enemy",
            "any",
            "one shot at gives up and turns away",
            _ROUTE,
        ),
    ),
    "jammer": (
        FigureKind(
            "radiated_power", "power", "owner", "positive", "of its noise, with antenna gain"
        ),
        FigureKind("bandwidth", "frequency", "enemy", "positive", "its noise is spread over"),
        FigureKind(
            "matched_share",
            "probability",
            "owner",
            "any",
            "of its noise that a radar takes in: its band, its polarisation",
        ),
    ),
    "chaff": (
        FigureKind("rcs", "area", "owner", "positive", "of one bundle in full bloom"),
        FigureKind("bloom_time", "time", "enemy", "any", "from release to full bloom"),
        FigureKind("lifetime", "time", "owner", "positive", "from release until it is gone"),
        FigureKind("fall_speed", "speed", "enemy", "any", "downwards"),
        FigureKind("drift_speed", "speed", "neither", "any", "of the wind that carries it"),
        FigureKind("drift_bearing", "angle", "neither", "any", "that the wind blows towards"),
        FigureKind("bundles", "count", "owner", "positive", "that each carrier releases"),
        FigureKind("interval", "time", "neither", "any", "between two of them"),
        FigureKind(
            "first_release", "length", "neither", "positive", "way to go at the first of them"
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
            "last_rounds_from",
            "count",
            "neither",
            "any",
            "rounds left for each threat in reach, from which on there are more",
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
        FigureKind(
            "reassess_time", "time", "neither", "positive", "a reported kill is still seen"
        ),
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
    "link": (
        FigureKind("latency", "time", "enemy", "any", "from sending to arrival", _TRACKS),
        FigureKind("update_interval", "time", "enemy", "positive", "between sendings", _TRACKS),
        FigureKind("loss", "probability", "enemy", "any", "of one track of a sending", _TRACKS),
        FigureKind(
            "position_sigma", "length", "enemy", "any", "error that it adds, per axis", _TRACKS
        ),
        FigureKind(
            "engage_sigma_max", "length", "owner", "any", "worst to shoot at; 0: none", _TRACKS
        ),
        FigureKind(
            "cue_gain", "ratio", "owner", "positive", "signal gained where it points", _TRACKS
        ),
        FigureKind(
            "cued_reaction", "ratio", "enemy", "any", "share of reaction time left", _TRACKS
        ),
    ),
    "identification": (
        *share_kinds(),
        FigureKind("garble", "probability", "enemy", "open", "a reply heard is another's"),
        FigureKind("garble_civil", "probability", "neither", "open", "of those, civil codes"),
        FigureKind("manner_time", "time", "owner", "positive", "it keeps its manner, mean"),
        FigureKind("conformance_time", "time", "owner", "positive", "it keeps its way, mean"),
        FigureKind("hold_time", "time", "enemy", "any", "a change lasts before it counts"),
        FigureKind("hits_min", "count", "enemy", "positive", "plots before conduct counts"),
        FigureKind("asked_min", "count", "enemy", "any", "interrogations before free fire"),
        FigureKind("civil_speed_max", "speed", "enemy", "positive", "of civil aircraft"),
        FigureKind("low_altitude", "length", "neither", "positive", "of the speed limit"),
        FigureKind("low_speed_max", "speed", "enemy", "positive", "the limit below it"),
        FigureKind("inbound_miss", "length", "owner", "positive", "inbound passes so near"),
        FigureKind("airway_half_width", "length", "enemy", "positive", "of an airway"),
        FigureKind("airway_half_height", "length", "enemy", "positive", "of an airway"),
        FigureKind("airway_course", "angle", "enemy", "positive", "off the airway's own"),
        FigureKind("origin_radius", "length", "neither", "positive", "about an airway's end"),
        FigureKind("origin_time", "time", "neither", "any", "extrapolated back, at most"),
        FigureKind("declare_hostile", "probability", "neither", "open", "posterior for it"),
        FigureKind("declare_civil", "probability", "neither", "open", "posterior for it"),
        FigureKind("declare_friend", "probability", "neither", "open", "posterior for it"),
        FigureKind("revoke", "probability", "neither", "open", "below it, a name falls"),
        FigureKind("engage_tight", "probability", "neither", "open", "least P(hostile)"),
        FigureKind("engage_free", "probability", "neither", "any", "least P(not ours)"),
        FigureKind("engage_self_defence", "probability", "neither", "open", "least P(hostile)"),
        FigureKind("self_defence_time", "time", "neither", "any", "to its arrival, at most"),
        FigureKind("self_defence_miss", "length", "neither", "positive", "passing so near"),
        FigureKind("decision_time", "time", "enemy", "any", "median of a crew; 0: at once"),
        FigureKind("decision_spread", "ratio", "enemy", "any", "sigma of its logarithm"),
    ),
}


_BY_NAME = {kind: {each.name: each for each in figures} for kind, figures in FIGURES.items()}


def figure_kind(kind: Kind, name: str) -> FigureKind | None:
    """Return the definition of a figure, `kill_probability.fighter` included, or None."""
    stem, dot, _ = name.partition(".")
    found = _BY_NAME[kind].get(stem)
    return found if found and bool(found.family) == bool(dot) else None


def choice_kind(kind: Kind, name: str) -> ChoiceKind | None:
    """Return the definition of a choice, or None."""
    return next((each for each in CHOICES[kind] if each.name == name), None)


def is_within(value: float, limit: Limit) -> bool:
    """Return whether an SI value keeps its limit."""
    return limit == "any" or (value > 0.0 and (limit == "positive" or value < 1.0))
