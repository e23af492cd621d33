"""The matching of greatest gain in a sparse bipartite graph, each connected part by itself.

All that is one-to-one here is such a matching: GOSPA's assignment (gain: what a pair saves),
the correspondences of CLEAR MOT and the identities of IDF1. Where the best of each is the best
of all, as nearly everywhere if objects are spread, no solver is needed.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from bartizan.arrays import Bools, Floats, Ints

DENSE = 64  # rows or columns up to which a part is solved as a full matrix


def best_matching(row: Ints, column: Ints, gain: Floats) -> Ints:
    """Return the numbers of the chosen pairs, in order.

    Parameters
    ----------
    row, column
        (e,) Ends of each pair, from 0; no pair stands twice.
    gain
        (e,) Of choosing it, > 0; leaving an end alone gains nothing.
    """
    if not len(row):
        return np.zeros(0, np.int64)
    part = _parts(row, column)
    is_best = _plain_best(row, column, gain, part)
    is_done = np.bincount(part, weights=is_best) > 0
    left = np.flatnonzero(~is_done[part])
    left = left[np.argsort(part[left], kind="stable")]
    begins = np.flatnonzero(np.diff(part[left], prepend=-1))
    chosen = [np.flatnonzero(is_best)]
    for here in np.split(left, begins[1:]) if len(left) else ():
        chosen.append(here[_solve(row[here], column[here], gain[here])])
    return np.sort(np.concatenate(chosen))


def _parts(row: Ints, column: Ints) -> Ints:
    """Return the number of the connected part that each pair belongs to."""
    n, m = int(row.max()) + 1, int(column.max()) + 1
    graph = csr_matrix((np.ones(len(row), np.int8), (row, n + column)), (n + m, n + m))
    return np.asarray(connected_components(graph, directed=False)[1][row], dtype=np.int64)


def _plain_best(row: Ints, column: Ints, gain: Floats, part: Ints) -> Bools:
    """Return the chosen pairs of the parts in which the best for each end is best for all.

    No matching gains more than each row's best pair together. Where these have different
    columns, they are the matching; and the same with rows and columns exchanged.
    """
    chosen, is_done = np.zeros(len(row), bool), np.zeros(int(part.max()) + 1, bool)
    for near, far in ((row, column), (column, row)):
        most = np.zeros(int(near.max()) + 1)
        np.maximum.at(most, near, gain)
        is_best = gain == most[near]
        clash = is_done.copy()
        # More than one best pair of the near end: equal gains.
        for ends in (near, far):
            is_shared = np.bincount(ends[is_best], minlength=int(ends.max()) + 1) > 1
            clash[part[is_best & is_shared[ends]]] = True
        chosen |= is_best & ~clash[part]
        is_done[part[chosen]] = True
    return chosen


def _solve(row: Ints, column: Ints, gain: Floats) -> Ints:
    """Return the chosen pairs of one part."""
    rows, i = np.unique(row, return_inverse=True)
    columns, j = np.unique(column, return_inverse=True)
    n, m = len(rows), len(columns)
    return (_solve_dense if max(n, m) <= DENSE else _solve_sparse)(i, j, gain, n, m)


def _solve_dense(row: Ints, column: Ints, gain: Floats, n: int, m: int) -> Ints:
    table, pair = np.zeros((n, m)), np.full((n, m), -1)
    table[row, column], pair[row, column] = gain, np.arange(len(row))
    found = pair[linear_sum_assignment(table, maximize=True)]
    return np.asarray(found[found >= 0])


def _solve_sparse(row: Ints, column: Ints, gain: Floats, n: int, m: int) -> Ints:
    """Solve with a column more for each row, which stands for its being left alone."""
    # Costs above 0, because a sparse matrix has no zeros.
    alone = 1.0 + float(gain.max())
    rows = np.concatenate([row, np.arange(n)])
    columns = np.concatenate([column, m + np.arange(n)])
    costs = np.concatenate([alone - gain, np.full(n, alone)])
    r, c = min_weight_full_bipartite_matching(csr_matrix((costs, (rows, columns)), (n, m + n)))
    key = row * m + column
    order = np.argsort(key)
    return np.asarray(order[np.searchsorted(key[order], (r * m + c)[c < m])])
