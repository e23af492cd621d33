"""The exact answer to a choice of at most two rounds a threat, by column generation.

A column is one threat with one or two rounds. The linear programme over all columns bounds
every answer from above; its dual prices say which columns could be in an optimum, and a
mixed-integer programme over these finds one.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_matrix

from bartizan.decide.choice import Choice

ADDED = 5  # columns of each threat in one round of generation
TOLERANCE = 1e-9


class Columns(NamedTuple):
    """Ways to shoot at one threat each: with ``first`` and ``second`` cell (-1: none)."""

    threat: np.ndarray
    first: np.ndarray
    second: np.ndarray
    gain: np.ndarray


class Programme(NamedTuple):
    """Columns, what each needs of what there is, and how much of it there is."""

    columns: Columns
    needs: csc_matrix
    there_is: np.ndarray


def programme(choice: Choice, *, shares_channel: bool = False) -> Programme:
    """Return the programme of a choice.

    With ``shares_channel`` two types of one unit at one threat take one channel, as in the
    benchmark; else each order takes its own.
    """
    n_threat, n_unit, n_kind = choice.kill_probability.shape
    n_cell, n_system = n_unit * n_kind, len(choice.engagements)
    columns = _columns(choice)
    at = np.arange(len(columns.gain))
    rows, places = [columns.threat], [at]
    is_two = columns.second >= 0
    is_other = is_two & (columns.second != columns.first)
    for cell, is_shot, is_order in (
        (columns.first, at >= 0, at >= 0),
        (columns.second, is_two, is_other),
    ):
        unit = cell // n_kind
        if shares_channel and cell is columns.second:
            is_order = is_order & (unit != columns.first // n_kind)
        common = is_shot & ~choice.takes_kept[columns.threat, np.maximum(unit, 0)]
        system = choice.unit_system[np.maximum(unit, 0)]
        starts = np.cumsum([n_threat, n_cell, n_cell, n_unit])
        for start, number, who in (
            (starts[0], cell, is_shot),
            (starts[1], cell, common),
            (starts[2], unit, is_order),
            (starts[3], system, is_order),
        ):
            rows.append(start + number[who])
            places.append(at[who])
    row, place = np.concatenate(rows), np.concatenate(places)
    common = np.maximum(choice.rounds - choice.kept, 0)
    there_is = np.concatenate([
        np.ones(n_threat), choice.rounds.ravel(), common.ravel(), choice.channels,
        choice.engagements,
    ]).astype(float)  # fmt: skip
    shape = (n_threat + 2 * n_cell + n_unit + n_system, len(at))
    return Programme(columns, csc_matrix((np.ones(len(row)), (row, place)), shape), there_is)


def _columns(choice: Choice) -> Columns:
    parts = []
    cost = choice.cost.ravel()
    for threat, value in enumerate(choice.value):
        p, most = choice.kill_probability[threat].ravel(), choice.most[threat].ravel()
        cells = np.flatnonzero((p > 0.0) & (most > 0) & (choice.rounds.ravel() > 0))
        parts.append(
            (threat + 0 * cells, cells, -1 + 0 * cells, value * p[cells] - cost[cells])
        )
        a, b = np.triu_indices(len(cells))
        a, b = cells[a], cells[b]
        allowed = (most[a] > 1) & (most[b] > 1)
        a, b = a[allowed], b[allowed]
        both = value * (1.0 - (1.0 - p[a]) * (1.0 - p[b])) - cost[a] - cost[b]
        parts.append((threat + 0 * a, a, b, both))
    columns = Columns(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    return Columns(*(column[columns.gain > 0.0] for column in columns))


def upper_bound(case: Programme) -> tuple[float, np.ndarray]:
    """Return a bound on every answer's worth, and how far each column falls short of it."""
    columns, n = case.columns, len(case.columns.gain)
    if n == 0:
        return 0.0, np.empty(0)
    is_in = columns.second < 0
    while True:
        inside = np.flatnonzero(is_in)
        found = linprog(-columns.gain[inside], case.needs[:, inside], case.there_is)
        prices = np.maximum(-found.ineqlin.marginals, 0.0)
        short = case.needs.T @ prices - columns.gain
        new = np.flatnonzero((short < -TOLERANCE) & ~is_in)
        if len(new) == 0:
            break
        new = new[np.lexsort((short[new], columns.threat[new]))]
        rank = np.arange(len(new)) - np.searchsorted(columns.threat[new], columns.threat[new])
        is_in[new[rank < ADDED]] = True
    # Weak duality: whatever the prices, if each threat pays its best column in full.
    extra = np.zeros(int(columns.threat.max()) + 1)
    np.maximum.at(extra, columns.threat, -short)
    return float(case.there_is @ prices + extra.sum()), short


def optimum(case: Programme, known: float = 0.0) -> float:
    """Return the worth of the best answer; ``known`` is that of an answer at hand."""
    bound, short = upper_bound(case)
    inside = np.flatnonzero(short <= bound - known + 1e-6)
    if len(inside) == 0:
        return known
    found = milp(
        -case.columns.gain[inside],
        constraints=LinearConstraint(case.needs[:, inside], -np.inf, case.there_is),
        integrality=np.ones(len(inside)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 1e-9},
    )
    assert found.success, found.message
    return max(known, -float(found.fun))
