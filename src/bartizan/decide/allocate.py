"""Weapon allocation: which fire unit spends which interceptor on which threat, one round each.

An allocator sees only numbers. To add one, write a function with the signature of
`min_cost_flow` and its line in `ALLOCATORS`.

Source: Ahuja, Kumar, Jha and Orlin, Exact and heuristic algorithms for the weapon-target
assignment problem, Operations Research 55(6), 2007.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints

COST_SCALE = 1e6


class Choice(NamedTuple):
    """What may be spent on m threats by u fire units with t interceptor types."""

    benefit: Floats  # (m, u, t) expected value saved; 0: not feasible
    rounds: Ints  # (u, t) orders the magazine still serves
    channels: Ints  # (u,) free channels
    unit_system: Ints  # (u,)
    engagements: Ints  # (s,) engagements the system may still begin


Allocator = Callable[[Choice], Ints]


def min_cost_flow(choice: Choice) -> Ints:
    """Return the option (unit * t + type) of each threat, -1 for none, of greatest benefit.

    One round a threat is a network flow: source, threat, (group, type), (unit, type), unit,
    system, sink. A group is units of one system to which each threat means the same, so that
    a threat needs one arc for all of them. Arc order and integer costs are fixed, so that ties
    fall the same way every time.
    """
    from ortools.graph.python import min_cost_flow as ortools_flow

    n_threat, n_unit, n_type = choice.benefit.shape
    group, first_units = _groups(choice)
    first_shared = 1 + n_threat
    first_option = first_shared + len(first_units) * n_type
    first_unit = first_option + n_unit * n_type
    first_system = first_unit + n_unit
    sink = first_system + choice.engagements.shape[0]

    benefit = choice.benefit[:, first_units]
    threat, party, kind = np.nonzero(benefit > 0.0)
    if len(threat) == 0:
        return np.full(n_threat, -1, dtype=np.int64)
    shared = party * n_type + kind
    cost = -np.rint(COST_SCALE * benefit[threat, party, kind]).astype(np.int64)
    threats, units = np.arange(n_threat), np.arange(n_unit)
    options, kinds = np.arange(n_unit * n_type), np.arange(n_type)
    of_option = (group[:, None] * n_type + kinds).ravel()
    systems = np.arange(choice.engagements.shape[0])
    arcs = (
        (0 * threats, 1 + threats, np.ones(n_threat), 0),
        (1 + threat, first_shared + shared, np.ones(len(shared)), cost),
        (first_shared + of_option, first_option + options, choice.rounds.ravel(), 0),
        (first_option + options, first_unit + options // n_type, choice.rounds.ravel(), 0),
        (first_unit + units, first_system + choice.unit_system, choice.channels, 0),
        (first_system + systems, sink + 0 * systems, choice.engagements, 0),
        (1 + threats, sink + 0 * threats, np.ones(n_threat), 0),
    )
    flow = ortools_flow.SimpleMinCostFlow()
    for tail, head, capacity, price in arcs:
        flow.add_arcs_with_capacity_and_unit_cost(
            tail.astype(np.int32),
            head.astype(np.int32),
            np.maximum(0, capacity).astype(np.int64),
            np.broadcast_to(np.asarray(price, dtype=np.int64), tail.shape),
        )
    flow.set_nodes_supplies(
        np.array([0, sink], dtype=np.int32), np.array([n_threat, -n_threat], dtype=np.int64)
    )
    if flow.solve() != flow.OPTIMAL:
        return greedy(choice)
    first_arc = np.cumsum([len(tail) for tail, *_ in arcs])
    taken = flow.flows(np.arange(first_arc[0], first_arc[1], dtype=np.int32)) > 0
    spent = flow.flows(np.arange(first_arc[1], first_arc[2], dtype=np.int32))
    chosen = np.full(n_threat, -1, dtype=np.int64)
    for node in np.unique(shared[taken]):
        own = np.flatnonzero(of_option == node)
        chosen[threat[taken & (shared == node)]] = np.repeat(own, spent[own])
    return chosen


def _groups(choice: Choice) -> tuple[Ints, Ints]:
    """Return the group of each unit, and the first unit of each group."""
    by_unit = np.ascontiguousarray(choice.benefit.transpose(1, 0, 2))
    found: dict[tuple[int, bytes], int] = {}
    group = [
        found.setdefault((int(system), rows.tobytes()), len(found))
        for system, rows in zip(choice.unit_system, by_unit, strict=True)
    ]
    numbers = np.array(group, dtype=np.int64)
    return numbers, np.unique(numbers, return_index=True)[1]


def greedy(choice: Choice) -> Ints:
    """Return the options by greatest benefit first: the named baseline, and the fallback."""
    n_threat, n_unit, n_type = choice.benefit.shape
    rounds, channels = choice.rounds.copy(), choice.channels.copy()
    engagements = choice.engagements.copy()
    chosen = np.full(n_threat, -1, dtype=np.int64)
    flat = choice.benefit.ravel()
    for index in np.argsort(-flat, kind="stable"):
        if flat[index] <= 0.0:
            break
        threat, option = divmod(int(index), n_unit * n_type)
        unit, kind = divmod(option, n_type)
        system = choice.unit_system[unit]
        if chosen[threat] >= 0 or rounds[unit, kind] <= 0:
            continue
        if channels[unit] <= 0 or engagements[system] <= 0:
            continue
        chosen[threat] = option
        rounds[unit, kind] -= 1
        channels[unit] -= 1
        engagements[system] -= 1
    return chosen


ALLOCATORS: dict[str, Allocator] = {"min-cost-flow": min_cost_flow, "greedy": greedy}
