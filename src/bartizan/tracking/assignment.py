"""The cheapest assignment of rows to columns where only some pairs are allowed.

Every row may stay alone at cost 0, so that only pairs of negative cost are ever made. Each row
is added by a shortest augmenting path over the listed pairs, which never leaves the cluster of
rows and columns that the pairs join: the result is the optimum of every cluster.

Source: Jonker and Volgenant, A shortest augmenting path algorithm for dense and sparse linear
assignment problems, Computing 38, 1987.
"""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel


class Pairs(NamedTuple):
    """The allowed pairs, all of row 0 first, then of row 1, and so on; e pairs, r rows."""

    size: Ints  # (2,) rows and pairs filled
    lost: Ints  # (1,) pairs that did not fit
    first: Ints  # (r + 1,) row i has the pairs first[i] to first[i + 1]
    column: Ints  # (e,)
    cost: Floats  # (e,)


class Assignment(NamedTuple):
    """The assignment, and what the search needs; r rows, c columns."""

    row_column: Ints  # (r,) column of a row; -1: alone
    column_row: Ints  # (c,) row of a column; -1: alone
    row_price: Floats  # (r,)
    column_price: Floats  # (c,)
    distance: Floats  # (c,) of the shortest path to a column; inf: not reached
    parent: Ints  # (c,) row before it on that path
    reached: Ints  # (c,) columns reached, those whose path is final first


def make_pairs(n_row: int, n_pair: int) -> Pairs:
    """Return room for ``n_pair`` pairs of ``n_row`` rows."""
    return Pairs(
        size=arrays.counts(2),
        lost=arrays.counts(1),
        first=arrays.counts(n_row + 1),
        column=arrays.counts(n_pair),
        cost=arrays.zeros(n_pair),
    )


def make_assignment(n_row: int, n_column: int) -> Assignment:
    """Return room for an assignment."""
    return Assignment(
        row_column=arrays.none(n_row),
        column_row=arrays.none(n_column),
        row_price=arrays.zeros(n_row),
        column_price=arrays.zeros(n_column),
        distance=arrays.never(n_column),
        parent=arrays.none(n_column),
        reached=arrays.none(n_column),
    )


@kernel
def clear_pairs(pairs: Pairs) -> None:
    """Forget all rows and pairs."""
    pairs.size[0], pairs.size[1] = 0, 0
    pairs.first[0] = 0


@kernel
def add_pair(pairs: Pairs, column: int, cost: float) -> None:
    """Add a pair to the row under way; a pair of cost >= 0 would never be made."""
    n = pairs.size[1]
    if cost >= 0.0:
        return
    if n >= pairs.cost.shape[0]:
        pairs.lost[0] += 1
        return
    pairs.column[n] = column
    pairs.cost[n] = cost
    pairs.size[1] = n + 1


@kernel
def end_row(pairs: Pairs) -> None:
    """Close the row under way."""
    pairs.size[0] += 1
    pairs.first[pairs.size[0]] = pairs.size[1]


@kernel
def assign(pairs: Pairs, n_column: int, assignment: Assignment) -> None:
    """Find the assignment of least total cost; a row alone costs 0.

    Parameters
    ----------
    pairs
        Closed rows.
    n_column
        Columns are 0 to ``n_column`` - 1.
    assignment
        ``row_column`` and ``column_row`` are the answer.
    """
    for column in range(n_column):
        assignment.column_row[column] = -1
        assignment.column_price[column] = 0.0
        assignment.distance[column] = math.inf
    for row in range(pairs.size[0]):
        assignment.row_column[row] = -1
        assignment.row_price[row] = 0.0
        if pairs.first[row + 1] > pairs.first[row]:
            _add_row(pairs, row, assignment)


@kernel
def _add_row(pairs: Pairs, start: int, a: Assignment) -> None:
    """Assign one more row along the shortest augmenting path."""
    a.row_price[start] = _least_reduced(pairs, start, a)
    row, column, so_far = start, -1, 0.0
    n_reached, n_settled = 0, 0
    # the cheapest end so far is to leave the row `loner` alone
    loner, alone = start, -a.row_price[start]
    while True:
        n_reached = _reach(pairs, row, so_far, a, n_reached)
        column = _nearest(a, n_settled, n_reached)
        if column < 0 or a.distance[column] >= alone:
            _settle_prices(a, start, n_settled, alone)
            column = a.row_column[loner]
            a.row_column[loner] = -1
            break
        so_far = a.distance[column]
        if a.column_row[column] < 0:
            _settle_prices(a, start, n_settled, so_far)
            break
        n_settled += 1
        row = a.column_row[column]
        if so_far - a.row_price[row] < alone:
            loner, alone = row, so_far - a.row_price[row]
    _augment(a, start, column)
    for k in range(n_reached):
        a.distance[a.reached[k]] = math.inf


@kernel
def _least_reduced(pairs: Pairs, row: int, a: Assignment) -> float:
    least = 0.0
    for e in range(pairs.first[row], pairs.first[row + 1]):
        least = min(least, pairs.cost[e] - a.column_price[pairs.column[e]])
    return least


@kernel
def _reach(pairs: Pairs, row: int, so_far: float, a: Assignment, n_reached: int) -> int:
    """Relax the pairs of a row; return how many columns are reached now."""
    for e in range(pairs.first[row], pairs.first[row + 1]):
        column = pairs.column[e]
        reduced = max(pairs.cost[e] - a.row_price[row] - a.column_price[column], 0.0)
        if so_far + reduced < a.distance[column]:
            if a.distance[column] == math.inf:
                a.reached[n_reached] = column
                n_reached += 1
            a.distance[column] = so_far + reduced
            a.parent[column] = row
    return n_reached


@kernel
def _nearest(a: Assignment, n_settled: int, n_reached: int) -> int:
    """Move the nearest unsettled column to the front of the unsettled; -1: none."""
    best = -1
    for k in range(n_settled, n_reached):
        if best < 0 or a.distance[a.reached[k]] < a.distance[a.reached[best]]:
            best = k
    if best < 0:
        return -1
    column = a.reached[best]
    a.reached[best] = a.reached[n_settled]
    a.reached[n_settled] = column
    return int(column)


@kernel
def _settle_prices(a: Assignment, start: int, n_settled: int, length: float) -> None:
    """Change prices so that the pairs along shortest paths cost nothing."""
    a.row_price[start] += length
    for k in range(n_settled):
        column = a.reached[k]
        a.row_price[a.column_row[column]] += length - a.distance[column]
        a.column_price[column] -= length - a.distance[column]


@kernel
def _augment(a: Assignment, start: int, column: int) -> None:
    """Shift the columns along the path that ends at ``column``, back to the row it began."""
    while column >= 0:
        row = a.parent[column]
        freed = a.row_column[row]
        a.row_column[row] = column
        a.column_row[column] = row
        if row == start:
            return
        column = freed
