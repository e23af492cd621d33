"""The same orders and limits as a network for OR-tools, an independent solver."""

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow


def solver(offers, limits):
    """A solver, filled: each threat sends one on, through an order or straight to the end."""
    n_threat, end = len(offers.n), len(limits.outer) - 1
    first = end + 1  # limits come first, then threats
    threat, column = np.nonzero(np.arange(offers.gain.shape[1]) < offers.n[:, None])
    threats, inner = first + np.arange(n_threat), np.arange(end)
    arcs = [
        (first + threat, offers.limit[threat, column], 1, -offers.gain[threat, column]),
        (threats, np.full(n_threat, end), 1, 0),
        (inner, limits.outer[:end], np.minimum(limits.most[:end], n_threat), 0),
    ]
    found = SimpleMinCostFlow()
    for arc in arcs:
        found.add_arcs_with_capacity_and_unit_cost(*arc)
    found.set_nodes_supplies(threats, np.ones(n_threat, dtype=np.int64))
    found.set_node_supply(end, -n_threat)
    return found
