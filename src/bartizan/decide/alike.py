"""Units that are alike: one site, one set of figures, ready at the same time, plan as one.

A battalion may have dozens of equal radars and launchers. To a threat they all mean the same,
so that windows are found, and rounds allocated, for one of each group, which has the rounds
and channels of all. Then each order goes to a unit of its group. A system has one doctrine.
"""

from typing import NamedTuple

import numpy as np

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.decide.fire import FirePlan
from bartizan.decide.options import list_like_units
from bartizan.kernel import kernel
from bartizan.table import quick
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
    group, first = arrays.none(len(force.unit_id)), arrays.none(len(force.unit_id))
    ready_s = np.maximum(magazines.next_launch_s, now_s)
    n = _group_units(fire.first_like, force.unit_system, ready_s, group, first)
    if n == len(group):
        return units_alone(force, fire, magazines, free)
    first = first[:n]
    ready = Magazines(
        magazines.rounds[first], magazines.next_launch_s[first], magazines.channels_busy[first]
    )
    rounds, kept = arrays.counts(n, free[0].shape[1]), arrays.counts(n, free[0].shape[1])
    _pool(group, free[0], free[1], fire.kept, rounds, channels := arrays.counts(n), kept)
    return Party(
        group=group,
        force=_rows_of_force(force, first),
        fire=_rows_of_fire(fire, first)._replace(kept=kept),
        magazines=ready,
        free=(rounds, channels, free[2]),
    )


@kernel
def group_units(like: Ints, system: Ints, ready_s: Floats, group: Ints, first: Ints) -> int:
    """Write the group (u,) of each unit and the first unit of each; return how many there are.

    One group are units of one system that have the same ``like`` (u,) and are ready at once.
    """
    n = 0
    for unit in range(like.shape[0]):
        own = n
        for other in range(n):
            i = first[other]
            if (
                like[i] == like[unit]
                and system[i] == system[unit]
                and ready_s[i] == ready_s[unit]
            ):
                own = other
                break
        group[unit] = own
        if own == n:
            first[n] = unit
            n += 1
    return n


@kernel
def pool(
    group: Ints, rounds: Ints, channels: Ints, kept: Ints,
    all_rounds: Ints, all_channels: Ints, all_kept: Ints,
) -> None:  # fmt: skip
    """Add what the units (u,) of each group have to what the group has."""
    for unit in range(group.shape[0]):
        all_channels[group[unit]] += channels[unit]
        for kind in range(rounds.shape[1]):
            all_rounds[group[unit], kind] += rounds[unit, kind]
            all_kept[group[unit], kind] += kept[unit, kind]


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


_group_units, _pool = quick(group_units), quick(pool)
