"""Min-cost flow: first rounds by an exact flow, further ones by completion and exchange.

Where nobody gets more than one round, or only one order may be given, the answer is the
optimum. Otherwise the value of a second round depends on the first, and no flow has that: it
is added greedily, and improved.

Source: Ahuja, Kumar, Jha and Orlin, Exact and heuristic algorithms for the weapon-target
assignment problem, Operations Research 55(6), 2007.
"""

from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.decide.choice import Choice, all_of, left_of, no_shots, worth
from bartizan.decide.exchange import improve
from bartizan.decide.marginal import add_rounds
from bartizan.decide.single import best_order, is_single
from bartizan.table import quick

COST_SCALE = 1e6
SALVO_SHARE = 0.5  # of the threats: from there on a flow of whole salvos is tried too

_is_single, _best_order = quick(is_single), quick(best_order)


def min_cost_flow(choice: Choice) -> Ints:
    """Return the rounds (m, u, t) of each order; equal answers fall the same way every time."""
    most = np.where(choice.kill_probability > 0.0, choice.most, 0).max(axis=(1, 2), initial=0)
    if not np.any(most > 0):
        return no_shots(choice)
    if _is_single(choice, free := all_of(choice)):
        _best_order(choice, free, shots := no_shots(choice))
        return shots
    starts = [np.minimum(choice.most, 1)]
    if (most > 1).sum() > SALVO_SHARE * (most > 0).sum():
        starts.append(choice.most)
    begun = [_completed(choice, shots_by_flow(choice, rounds)) for rounds in starts]
    shots = begun[0] if len(begun) == 1 else max(begun, key=lambda each: worth(choice, each))
    if np.any(most > 1):
        improve(choice, left_of(choice, shots), shots)
    return shots


def _completed(choice: Choice, shots: Ints) -> Ints:
    """Return an answer with what is left to spend, each round where it gains most."""
    if np.any(choice.most > 1):
        add_rounds(choice, left_of(choice, shots), shots, np.empty(len(shots)))
    return shots


class _Network(NamedTuple):
    """Nodes: source, threats, (class, group, type), (unit, type), units, systems, sink.

    A group is units of one system to which each threat means the same, so that a threat needs
    one arc for all of them. Class 1 is threats that may not take what is kept.
    """

    gain: Floats  # (m, u, t) of the order, were it given
    group: Ints  # (u,)
    first_units: Ints  # (g,) one unit of each group
    classes: Ints  # (m, u)
    limits: tuple[Ints, ...]  # of each class (u, t): orders that the magazines serve


def shots_by_flow(choice: Choice, rounds: Ints) -> Ints:
    """Return the answer (m, u, t) of greatest worth with one order a threat.

    Parameters
    ----------
    choice
        What there is.
    rounds
        (m, u, t) of an order, were it given; where they differ, magazines are shared out as if
        all orders were as large as the largest.

    Arc order and integer costs are fixed, so that ties fall the same way every time.
    """
    shots, left = no_shots(choice), all_of(choice)
    for threat, cell in _flow(choice, _network(choice, rounds)):
        unit, kind = divmod(cell, shots.shape[2])
        n = min(rounds[threat, unit, kind], left.rounds[unit, kind])
        if not choice.takes_kept[threat, unit]:
            # The last order of a magazine may be smaller.
            n = min(n, left.common[unit, kind])
            left.common[unit, kind] -= n
        shots[threat, unit, kind] = n
        left.rounds[unit, kind] -= n
    return shots


def _network(choice: Choice, rounds: Ints) -> _Network:
    largest = max(1, int(rounds.max(initial=1)))
    if largest == 1:
        gain = choice.value[:, None, None] * choice.kill_probability - choice.cost
        gain = np.where(rounds * choice.kill_probability > 0.0, gain, 0.0)
    else:
        survival = (1.0 - choice.kill_probability) ** rounds
        gain = choice.value[:, None, None] * (1.0 - survival) - choice.cost * rounds
    classes = np.zeros(choice.takes_kept.shape, dtype=np.int64)
    limits, whole = [np.maximum(choice.rounds, 0)], all_of(choice)
    if np.any(choice.kept > 0):
        classes[~choice.takes_kept] = 1
        limits.append(whole.common)
    group, first_units = _groups(choice.unit_system, gain, classes)
    orders = tuple((limit + largest - 1) // largest for limit in limits)
    return _Network(gain, group, first_units, classes, orders)


def _groups(unit_system: Ints, gain: Floats, classes: Ints) -> tuple[Ints, Ints]:
    """Return the group of each unit, and the first unit of each group."""
    by_unit = np.ascontiguousarray(gain.transpose(1, 0, 2))
    found: dict[tuple[int, bytes, bytes], int] = {}
    group = [
        found.setdefault((int(system), rows.tobytes(), column.tobytes()), len(found))
        for system, rows, column in zip(unit_system, by_unit, classes.T, strict=True)
    ]
    numbers = np.array(group, dtype=np.int64)
    return numbers, np.unique(numbers, return_index=True)[1]


def _flow(choice: Choice, net: _Network) -> list[tuple[int, int]]:
    """Return the (threat, unit * t + type) of each order in the flow of least cost."""
    from ortools.graph.python import min_cost_flow as ortools_flow

    n_threat, n_unit, n_kind = net.gain.shape
    n_option, n_shared = n_unit * n_kind, len(net.first_units) * n_kind
    # Where no two units are alike and nothing is kept, groups are the options themselves.
    has_groups = n_shared < n_option or len(net.limits) > 1
    free = np.bincount(choice.unit_system, choice.channels, len(choice.engagements))
    has_systems = bool(np.any(free > choice.engagements))
    first_option = 1 + n_threat
    first_unit = first_option + n_option
    first_system = first_unit + n_unit
    sink = first_system + len(choice.engagements)
    first_shared = sink + 1 if has_groups else first_option

    gain = np.ascontiguousarray(net.gain[:, net.first_units])
    found = np.flatnonzero(gain > 0.0)
    threat, party, kind = np.unravel_index(found, gain.shape)
    of_class = net.classes[threat, net.first_units[party]]
    shared = of_class * n_shared + party * n_kind + kind
    cost = -np.rint(COST_SCALE * gain.ravel()[found]).astype(np.int64)
    threats, units, systems = map(np.arange, (n_threat, n_unit, len(choice.engagements)))
    options, classes = np.arange(n_option), np.arange(len(net.limits))
    of_option = (net.group[:, None] * n_kind + np.arange(n_kind)).ravel()
    next_to_units = first_system + choice.unit_system if has_systems else sink
    arcs = [
        (0, 1 + threats, 1, 0),
        (1 + threat, first_shared + shared, 1, cost),
        (first_option + options, first_unit + options // n_kind, net.limits[0].ravel(), 0),
        (first_unit + units, next_to_units, np.maximum(choice.channels, 0), 0),
        (1 + threats, sink, 1, 0),
    ]
    if has_systems:
        arcs.append((first_system + systems, sink, np.maximum(choice.engagements, 0), 0))
    if has_groups:
        nodes = (classes[:, None] * n_shared + of_option).ravel()
        served = np.concatenate([limit.ravel() for limit in net.limits])
        arcs.append(
            (first_shared + nodes, np.tile(first_option + options, len(classes)), served, 0)
        )
    flow = ortools_flow.SimpleMinCostFlow()
    numbers = [flow.add_arcs_with_capacity_and_unit_cost(*arc) for arc in arcs]
    flow.set_nodes_supplies(
        np.array([0, sink], dtype=np.int32), np.array([n_threat, -n_threat], dtype=np.int64)
    )
    if flow.solve() != flow.OPTIMAL:
        return []
    taken = flow.flows(numbers[1]) > 0
    if not has_groups:
        return list(zip(threat[taken].tolist(), shared[taken].tolist(), strict=True))
    spent = flow.flows(numbers[-1]).reshape(len(classes), n_option)
    chosen: list[tuple[int, int]] = []
    for node in np.unique(shared[taken]):
        own = np.flatnonzero(of_option == node % n_shared)
        cells = np.repeat(own, spent[node // n_shared, own])
        whom = threat[taken & (shared == node)]
        chosen += zip(whom.tolist(), cells.tolist(), strict=True)
    return chosen
