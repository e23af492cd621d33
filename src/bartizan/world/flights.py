"""Flights: one object each, with all it will do; `world_plan` makes the table of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.rng import stable_id
from bartizan.world.ballistic import Arc
from bartizan.world.chaff import Bundle, make_chaff
from bartizan.world.craft import Craft
from bartizan.world.route import Leg
from bartizan.world.truth import Motion, Side, Transponder, WorldPlan


class Flight(NamedTuple):
    """One object: either legs or an arc."""

    name: str  # in the document: raid.cruise[17]
    side: Side
    kind: int
    craft: Craft
    start_s: float
    duration_s: float
    aim_asset: int
    transponder: Transponder
    legs: tuple[Leg, ...] = ()
    arc: Arc | None = None
    is_weaving: bool = False
    noise_w_hz: float = 0.0  # of its jammer
    bundle: Bundle | None = None  # of its chaff
    releases_s: tuple[float, ...] = ()  # when it releases one


def world_plan(flights: Sequence[Flight]) -> WorldPlan:
    """Return the table of flights, one row each, in their order, without their chaff."""
    legs = [(flight, leg) for flight in flights for leg in flight.legs]
    jammers = [i for i, flight in enumerate(flights) if flight.noise_w_hz > 0.0]
    return WorldPlan(
        target_id=_ints([stable_id(f.name) for f in flights]),
        side=_ints([f.side for f in flights]),
        kind=_ints([f.kind for f in flights]),
        motion=_ints([Motion.BALLISTIC if f.arc else Motion.ROUTE for f in flights]),
        start_s=_floats([f.start_s for f in flights]),
        end_s=_floats([f.start_s + f.duration_s for f in flights]),
        aim_asset=_ints([f.aim_asset for f in flights]),
        damage_probability=_floats([f.craft.damage_probability for f in flights]),
        turn_away_probability=_floats([f.craft.turn_away_probability for f in flights]),
        price_usd=_floats([f.craft.price_usd for f in flights]),
        rcs_m2=_floats([f.craft.rcs_m2 for f in flights]),
        swerling=_ints([f.craft.swerling for f in flights]),
        transponder=_ints([f.transponder for f in flights]),
        jammer=_ints(jammers),
        jammer_w_hz=_floats([flights[i].noise_w_hz for i in jammers]),
        chaff=make_chaff(0),
        leg_first=_ints(list(np.cumsum([0, *(len(f.legs) for f in flights)]))),
        leg_start_s=_floats([f.start_s + leg.start_s for f, leg in legs]),
        leg_end_s=_floats([f.start_s + leg.end_s for f, leg in legs]),
        leg_from=_floats([leg.segment.start for _, leg in legs]).reshape(-1, 3),
        leg_axis=_floats([leg.segment.axis for _, leg in legs]).reshape(-1, 3),
        leg_angle_rad=_floats([leg.segment.angle_rad for _, leg in legs]),
        leg_from_height_m=_floats([leg.from_height_m for _, leg in legs]),
        leg_to_height_m=_floats([leg.to_height_m for _, leg in legs]),
        weave_amplitude_m=_floats(
            [f.craft.weave_amplitude_m if f.is_weaving else 0.0 for f in flights]
        ),
        weave_period_s=_floats([f.craft.weave_period_s for f in flights]),
        **_arc_columns(flights),
    )


def _arc_columns(flights: Sequence[Flight]) -> dict[str, Floats]:
    n = len(flights)
    apogee, axis = arrays.nan(n, 3), arrays.nan(n, 3)
    semi_major, eccentricity, apogee_s = arrays.nan(n), arrays.nan(n), arrays.nan(n)
    for i, flight in enumerate(flights):
        if arc := flight.arc:
            apogee[i], axis[i] = arc.apogee, arc.axis
            semi_major[i], eccentricity[i] = arc.semi_major_m, arc.eccentricity
            apogee_s[i] = flight.start_s + arc.to_apogee_s
    return {
        "arc_apogee": apogee,
        "arc_axis": axis,
        "arc_semi_major_m": semi_major,
        "arc_eccentricity": eccentricity,
        "arc_apogee_s": apogee_s,
    }


def _floats(values: Sequence[object]) -> Floats:
    return np.array(values, dtype=np.float64)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
