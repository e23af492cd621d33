"""Bystanders: what each object was taken for, and how near rounds came to those not hostile.

Truth and tracks meet here; no stage of a tick reads it back.
Assumes: a round flies the chord from its launcher to its intercept point at constant speed, as
far as these distances go; between the ends of a tick all move straight.
"""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.decide.identification import N_IDENTITY
from bartizan.decide.picture import Identity, Picture
from bartizan.engage.flyouts import Flyouts
from bartizan.kernel import kernel
from bartizan.tracking.tracks import Tracks
from bartizan.world.force import ForcePlan
from bartizan.world.truth import Phase, Side, Targets, WorldPlan
from bartizan.world.vectors import Vector, added, dot, vector


class Bystanders(NamedTuple):
    """Changing columns of n objects."""

    declared_s: Floats  # (n, 4) when its track was first declared each Identity; nan: never
    near_m: Floats  # (n,) least distance of a round in flight; of hostile objects infinity


def make_bystanders(n_target: int) -> Bystanders:
    """Return the table before the first tick."""
    return Bystanders(
        declared_s=arrays.nan(n_target, N_IDENTITY), near_m=arrays.never(n_target)
    )


@kernel
def watch(
    world: WorldPlan,
    force: ForcePlan,
    targets: Targets,
    tracks: Tracks,
    picture: Picture,
    flyouts: Flyouts,
    assigned: Ints,
    bystanders: Bystanders,
    t0_s: float,
    t1_s: float,
) -> None:
    """Note what objects are taken for, and how near rounds came to bystanders in (t0, t1].

    ``assigned`` (n,) is each object's track row now.
    """
    for target in range(assigned.shape[0]):
        row = assigned[target]
        if row < 0 or picture.track_id[row] != tracks.track_id[row]:
            continue
        identity = picture.identity[row]
        if identity != Identity.UNKNOWN and math.isnan(bystanders.declared_s[target, identity]):
            bystanders.declared_s[target, identity] = t1_s
    for row in range(flyouts.alive.shape[0]):
        end_s = t1_s if flyouts.alive[row] else flyouts.resolved_s[row]
        if end_s > t0_s and flyouts.launch_s[row] < t1_s:
            _pass_by(world, force, targets, flyouts, row, bystanders, t0_s, min(end_s, t1_s))


@kernel
def _pass_by(
    world: WorldPlan,
    force: ForcePlan,
    targets: Targets,
    flyouts: Flyouts,
    row: int,
    bystanders: Bystanders,
    t0_s: float,
    end_s: float,
) -> None:
    """Note how near one round came to each bystander between ``t0_s`` and ``end_s``."""
    launch_s = flyouts.launch_s[row]
    duration_s = max(flyouts.intercept_s[row] - launch_s, 1e-3)
    start, aim = (
        vector(force.unit_position_ecef_m[flyouts.unit[row]]),
        vector(flyouts.aim_ecef_m[row]),
    )
    way = added(aim, -1.0, start)
    there = added(start, min(1.0, (end_s - launch_s) / duration_s), way)
    back_s = end_s - max(t0_s, launch_s)
    for target in range(world.side.shape[0]):
        if world.side[target] == Side.HOSTILE or targets.phase[target] == Phase.PENDING:
            continue
        if targets.phase[target] != Phase.FLYING and not targets.ended_s[target] > t0_s:
            continue
        velocity = vector(targets.velocity_ecef_m_s[target])
        offset = added(vector(targets.position_ecef_m[target]), -1.0, there)
        closing = added(velocity, -1.0 / duration_s, way)
        nearest_m = _nearest_m(offset, closing, back_s)
        if nearest_m < bystanders.near_m[target]:
            bystanders.near_m[target] = nearest_m


@kernel
def _nearest_m(offset: Vector, velocity: Vector, back_s: float) -> float:
    """Return the least length of an offset on its way here, up to ``back_s`` ago."""
    speed2 = max(dot(velocity, velocity), 1e-9)
    ago_s = min(max(dot(offset, velocity) / speed2, 0.0), back_s)
    there = added(offset, -ago_s, velocity)
    return math.sqrt(dot(there, there))
