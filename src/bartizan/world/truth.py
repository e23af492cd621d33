"""The truth: every flying object, where it is and what became of it.

Static columns (`WorldPlan`) describe objects and their motion in closed form; the changing
table is `Targets`. Neither `tracking` nor `decide` may import this module (fog of war).
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.world.chaff import ChaffPlan


class Side(IntEnum):
    """Whose object it is."""

    HOSTILE = 0
    CIVIL = 1
    FRIEND = 2


class Motion(IntEnum):
    """How an object moves."""

    ROUTE = 0  # great-circle legs at constant ground speed, height linear along a leg
    BALLISTIC = 1  # drag-free minimum-energy arc between two points on the ground


class Swerling(IntEnum):
    """How the echo of an object fluctuates."""

    STEADY = 0
    SLOW = 1
    SLOW_DOMINANT = 3


class Transponder(IntEnum):
    """What an object answers when interrogated; the values of `sense.plots.IffReply`."""

    SILENT = 1
    CIVIL = 2
    FRIEND = 3


class Phase(IntEnum):
    """What became of an object; each ends in exactly one."""

    PENDING = 0  # not launched yet
    FLYING = 1
    KILLED = 2
    LEAKED = 3  # reached its aim or release point
    LEFT = 4  # its route ended elsewhere (civil aircraft), or it turned away


class WorldPlan(NamedTuple):
    """Static columns of the objects; n objects, m legs."""

    target_id: Ints  # (n,) stable ids of names such as raid.cruise[17]
    side: Ints  # (n,) Side
    kind: Ints  # (n,) index of the threat or traffic class
    motion: Ints  # (n,) Motion
    start_s: Floats  # (n,) launch, or appearance
    end_s: Floats  # (n,) arrival at the aim, release point or end of the route
    aim_asset: Ints  # (n,) asset it attacks; -1: none
    damage_probability: Floats  # (n,) that an arrival hits its asset
    turn_away_probability: Floats  # (n,) that it gives up when it is shot at
    price_usd: Floats  # (n,)
    rcs_m2: Floats  # (n,)
    swerling: Ints  # (n,) Swerling
    transponder: Ints  # (n,) Transponder
    # noise jammers; j of them
    jammer: Ints  # (j,) rows of the objects that carry one
    jammer_w_hz: Floats  # (j,) effective radiated power in each hertz that a radar takes in
    chaff: ChaffPlan
    # route legs: object i has rows leg_first[i] to leg_first[i + 1]
    leg_first: Ints  # (n + 1,)
    leg_start_s: Floats  # (m,)
    leg_end_s: Floats  # (m,)
    leg_from: Floats  # (m, 3) unit ellipsoid normal at its start
    leg_axis: Floats  # (m, 3) unit axis of its great circle: right-handed rotation along it
    leg_angle_rad: Floats  # (m,) rotation over the whole leg
    leg_from_height_m: Floats  # (m,)
    leg_to_height_m: Floats  # (m,)
    weave_amplitude_m: Floats  # (n,) cross-track, 0: none
    weave_period_s: Floats  # (n,)
    # ballistic arcs (rows of other motions hold nan)
    arc_apogee: Floats  # (n, 3) unit vector from the Earth's centre to the apogee
    arc_axis: Floats  # (n, 3) unit axis of the orbital plane: right-handed rotation along it
    arc_semi_major_m: Floats  # (n,)
    arc_eccentricity: Floats  # (n,)
    arc_apogee_s: Floats  # (n,) when it is, or would be, at its apogee


class Targets(NamedTuple):
    """Changing columns of the objects, at the end of the tick."""

    position_ecef_m: Floats  # (n, 3); nan while pending
    velocity_ecef_m_s: Floats  # (n, 3)
    phase: Ints  # (n,) Phase
    ended_s: Floats  # (n,) when it was killed, leaked or left; nan before


def make_targets(n_target: int) -> Targets:
    """Return ``n_target`` pending objects."""
    return Targets(
        position_ecef_m=arrays.nan(n_target, 3),
        velocity_ecef_m_s=arrays.nan(n_target, 3),
        phase=np.full(n_target, int(Phase.PENDING), dtype=np.int64),
        ended_s=arrays.nan(n_target),
    )
