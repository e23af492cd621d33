"""Craft: the settled figures of one threat or traffic class, as a group of it flies them."""

from typing import NamedTuple

from bartizan.catalogue.figures import Values
from bartizan.world.truth import Motion, Swerling, Transponder

_MOTION = {"route": Motion.ROUTE, "ballistic": Motion.BALLISTIC}
_SWERLING = {
    "steady": Swerling.STEADY,
    "slow": Swerling.SLOW,
    "slow-dominant": Swerling.SLOW_DOMINANT,
}
_TRANSPONDER = {
    "silent": Transponder.SILENT,
    "civil": Transponder.CIVIL,
    "friend": Transponder.FRIEND,
}


class Craft(NamedTuple):
    """The figures of one object; those of a route are 0 for a ballistic one."""

    motion: Motion
    speed_m_s: float
    altitude_m: float
    weave_amplitude_m: float
    weave_period_s: float
    rcs_m2: float
    swerling: Swerling
    transponder: Transponder
    price_usd: float
    range_max_m: float  # 0: not limited
    release_range_m: float
    damage_probability: float
    turn_away_probability: float


def craft_of(values: Values) -> Craft:
    """Return the figures of a threat or traffic entry."""
    motion = _MOTION[values.choice("motion")]

    def on_route(name: str) -> float:
        return values.value(name) if motion == Motion.ROUTE else 0.0

    def of_threat(name: str) -> float:
        return values.value(name) if values.kind == "threat" else 0.0

    return Craft(
        motion=motion,
        speed_m_s=on_route("speed"),
        altitude_m=on_route("altitude"),
        weave_amplitude_m=on_route("weave_amplitude"),
        weave_period_s=on_route("weave_period"),
        rcs_m2=values.value("rcs"),
        swerling=_SWERLING[values.choice("swerling")],
        transponder=_TRANSPONDER[values.choice("transponder")],
        price_usd=values.value("price"),
        range_max_m=of_threat("range_max"),
        release_range_m=of_threat("release_range"),
        damage_probability=of_threat("damage_probability"),
        turn_away_probability=of_threat("turn_away_probability")
        if motion == Motion.ROUTE
        else 0.0,
    )
