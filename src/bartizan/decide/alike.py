"""Units that are alike: one site, one set of figures, ready at the same time, plan as one.

A battalion may have dozens of equal radars and launchers. To a threat they all mean the same,
so that windows are found, and rounds allocated, for one of each group, which has the rounds
and channels of all. Then each order goes to a unit of its group. A system has one doctrine.
"""

from typing import NamedTuple

import numpy as np

from bartizan import arrays
from bartizan.arrays import Ints
from bartizan.decide.fire import FirePlan
from bartizan.decide.options import list_like_units
from bartizan.world.force import ForcePlan, Magazines

OF_UNITS = tuple(name for name in ForcePlan._fields if name.startswith("unit_"))


class Party(NamedTuple):
    """Who plans: u units, or one for each of g groups of units that are alike."""

    group: Ints  # (u,) of each unit
    force: ForcePlan  # with g units
    fire: FirePlan  # with g units
    magazines: Magazines  # with g units
    free: tuple[Ints, Ints, Ints]  # rounds (g, t), channels (g,), engagements (s,)


def first_like(force: ForcePlan) -> Ints:
    """Return (u,) the first unit of the same site, net and figures as each."""
    like = arrays.none(len(force.unit_id))
    list_like_units(force, like)
    first = np.arange(len(like))
    for unit in np.flatnonzero(like >= 0):
        first[unit] = first[like[unit]]
    return first


def units_alone(
    force: ForcePlan, fire: FirePlan, magazines: Magazines, free: tuple[Ints, Ints, Ints]
) -> Party:
    """Return every unit as a group of its own."""
    return Party(np.arange(len(force.unit_id)), force, fire, magazines, free)


def groups_of(
    force: ForcePlan,
    fire: FirePlan,
    magazines: Magazines,
    free: tuple[Ints, Ints, Ints],
    now_s: float,
) -> Party:
    """Return the groups of units that are alike at ``now_s``, in the order of their first."""
    marks = fire.first_like, force.unit_system, np.maximum(magazines.next_launch_s, now_s)
    is_alike = np.logical_and.reduce([mark[:, None] == mark for mark in marks])
    first_of = is_alike.argmax(axis=1)
    is_first = first_of == np.arange(len(first_of))
    first, group = np.flatnonzero(is_first), (np.cumsum(is_first) - 1)[first_of]
    if len(first) == len(group):
        return units_alone(force, fire, magazines, free)
    is_member = (group == np.arange(len(first))[:, None]).astype(np.int64)
    rounds, next_launch_s, channels_busy = magazines
    ready = Magazines(rounds[first], next_launch_s[first], channels_busy[first])
    rounds, channels, kept = (is_member @ each for each in (free[0], free[1], fire.kept))
    return Party(
        group=group,
        force=_rows_of_force(force, first),
        fire=_rows_of_fire(fire, first)._replace(kept=kept),
        magazines=ready,
        free=(rounds, channels, free[2]),
    )


def _rows_of_force(force: ForcePlan, rows: Ints) -> ForcePlan:
    return force._replace(**{name: getattr(force, name)[rows] for name in OF_UNITS})


def _rows_of_fire(fire: FirePlan, rows: Ints) -> FirePlan:
    columns = {
        name: column[rows] for name, column in fire._asdict().items() if name != "takes_kept"
    }
    return fire._replace(**columns)


def shared_out(
    party: Party, shots: Ints, free: tuple[Ints, Ints, Ints]
) -> list[tuple[int, int, int, int]] | None:
    """Return (threat, unit, type, rounds) of each order of ``shots`` (m, g, t).

    Each goes to the unit of its group with the most channels free, the first of equal ones.
    None where no unit has a channel and all the rounds of an order together, although the group
    has: then the units must be planned one by one.
    """
    rounds, channels = free[0].copy(), free[1].copy()
    orders = []
    for threat, of_group, kind in np.argwhere(shots > 0).tolist():
        n = int(shots[threat, of_group, kind])
        members = np.flatnonzero(
            (party.group == of_group) & (rounds[:, kind] >= n) & (channels > 0)
        )
        if len(members) == 0:
            return None
        unit = int(members[channels[members].argmax()])
        rounds[unit, kind] -= n
        channels[unit] -= 1
        orders.append((threat, unit, kind, n))
    return orders
