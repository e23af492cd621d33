"""Scores of tracks against the truth: GOSPA and its parts, OSPA, identity, errors.

Source: Rahmathullah, García-Fernández and Svensson, Generalized optimal sub-pattern assignment
metric, Fusion 2017 (alpha = 2); Schuhmacher, Vo and Vo, A consistent metric for performance
evaluation of multi-object filters, IEEE Trans. SP 56(8), 2008 (OSPA); Bernardin and
Stiefelhagen, Evaluating multiple object tracking performance, 2008 (switches); Ristani et al.,
Performance measures and a data set for multi-target, multi-camera tracking, 2016 (IDF1).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

CUT_OFF_M, POWER = 500.0, 2
START_UP = 5  # scans at the beginning that distances and errors leave out
BACK = 10  # scans after an object is back, by the end of which it is to have its track

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Rows(NamedTuple):
    """Reported tracks, one row a track and scan; r rows."""

    scan: Ints  # (r,)
    track: Ints  # (r,) its number
    state: Floats  # (r, 6) position [m] and velocity [m/s]


class Scores(NamedTuple):
    """Means over the scans after `START_UP`; identity and its continuity over all."""

    gospa_m: float
    localisation_m2: float  # the three parts of GOSPA squared
    missed_m2: float
    false_m2: float
    ospa_m: float
    switches: float
    idf1: float
    continuity: float  # mean share of an object's time under its longest-held track
    tracks_an_object: float  # mean number of tracks that an object has had
    position_rmse_m: float
    velocity_rmse_m_s: float
    resumed: float  # share of the hidden who come back with their number; nan: none was hidden


def score(rows: Rows, truth: Floats, is_hidden: Bools | None = None) -> Scores:
    """Score tracks against the ``truth`` (scans, n, 6), nan where absent.

    ``is_hidden`` (scans, n) tells which objects no radar can see for a while.
    """
    order = np.argsort(rows.scan, kind="stable")
    bounds = np.searchsorted(rows.scan[order], np.arange(len(truth) + 1))
    owner = np.full(truth.shape[:2], -1)
    parts, errors, held = [], [], {}
    for scan, now in enumerate(truth):
        mine = order[bounds[scan] : bounds[scan + 1]]
        alive = np.flatnonzero(~np.isnan(now[:, 0]))
        there, here = now[alive], rows.state[mine]
        held = continued(held, alive, there, rows.track[mine], here)
        owner[scan, list(held)] = list(held.values())
        if scan >= START_UP:
            parts.append(distances(there[:, :3], here[:, :3]))
            row_of = dict(zip(rows.track[mine], mine, strict=True))
            errors += [now[i] - rows.state[row_of[k]] for i, k in held.items()]
    gospa, ospa, localisation, missed, false = np.mean(parts, axis=0)
    squares = np.mean(np.square(errors), axis=0) if errors else np.full(6, np.nan)
    return Scores(
        *(float(value) for value in (gospa, localisation, missed, false, ospa)),
        switches=float(switches(owner)),
        idf1=idf1(owner, int((~np.isnan(truth[..., 0])).sum()), len(rows.track)),
        **continuity(owner, ~np.isnan(truth[..., 0])),
        position_rmse_m=float(np.sqrt(squares[:3].sum())),
        velocity_rmse_m_s=float(np.sqrt(squares[3:].sum())),
        resumed=float("nan") if is_hidden is None else resumed(owner, is_hidden),
    )


def match(one: Floats, other: Floats) -> tuple[Ints, Ints, Floats]:
    """Return the pairs (i, j) nearer than the cut-off of least total cost, their distances.

    Each cluster of points within reach of one another is solved by itself.
    """
    if not len(one) or not len(other):
        return np.empty(0, int), np.empty(0, int), np.empty(0)
    near = cKDTree(one).sparse_distance_matrix(cKDTree(other), CUT_OFF_M, output_type="ndarray")
    n, m = len(one), len(other)
    graph = coo_matrix((np.ones(len(near)), (near["i"], near["j"] + n)), (n + m, n + m))
    cluster = connected_components(graph, directed=False)[1][near["i"]]
    order = np.argsort(cluster, kind="stable")
    pairs = [
        _match_cluster(near[part])
        for part in np.split(order, np.flatnonzero(np.diff(cluster[order])) + 1)
        if len(part)
    ]
    found = np.concatenate(pairs) if pairs else near[:0]
    return found["i"], found["j"], found["v"]


def _match_cluster(near: NDArray[np.void]) -> NDArray[np.void]:
    rows, i = np.unique(near["i"], return_inverse=True)
    columns, j = np.unique(near["j"], return_inverse=True)
    costs = np.full((len(rows), len(columns)), CUT_OFF_M**POWER)
    pair = np.full(costs.shape, -1)
    costs[i, j], pair[i, j] = near["v"] ** POWER, np.arange(len(near))
    a, b = linear_sum_assignment(costs)
    return near[pair[a, b][costs[a, b] < CUT_OFF_M**POWER]]


def distances(there: Floats, here: Floats) -> tuple[float, float, float, float, float]:
    """Return GOSPA, OSPA [m]; GOSPA squared in parts: localisation, missed, false."""
    d = match(there, here)[2]
    localisation, penalty = float((d**POWER).sum()), CUT_OFF_M**POWER
    missed, false = penalty / 2 * (len(there) - len(d)), penalty / 2 * (len(here) - len(d))
    most = max(len(there), len(here))
    spread = localisation + penalty * (most - len(d))
    gospa = (localisation + missed + false) ** (1 / POWER)
    return gospa, (spread / max(most, 1)) ** (1 / POWER), localisation, missed, false


def continued(
    held: dict[int, int], alive: Ints, there: Floats, numbers: Ints, here: Floats
) -> dict[int, int]:
    """Return the track of each object: the one it had if still near, else by `match`.

    ``alive`` are the objects present, ``there`` (n, 6) their states; ``numbers`` the tracks.
    """
    object_at = {int(i): a for a, i in enumerate(alive)}
    track_at = {int(k): b for b, k in enumerate(numbers)}
    kept = {
        i: k
        for i, k in held.items()
        if i in object_at
        and k in track_at
        and np.linalg.norm(there[object_at[i], :3] - here[track_at[k], :3]) < CUT_OFF_M
    }
    rest = np.array([a for i, a in object_at.items() if i not in kept], int)
    taken = set(kept.values())
    free = np.array([b for k, b in track_at.items() if k not in taken], int)
    for a, b, _ in zip(*match(there[rest, :3], here[free, :3]), strict=True):
        kept[int(alive[rest[a]])] = int(numbers[free[b]])
    return kept


def switches(owner: Ints) -> int:
    """Count how often an object has another track than the one it had last."""
    count = 0
    for column in owner.T:
        had = column[column >= 0]
        count += int((had[1:] != had[:-1]).sum())
    return count


def resumed(owner: Ints, is_hidden: Bools) -> float:
    """Return the share of hidden objects that come back with the track number they had.

    Compared are the last track that the object had before it was hidden, and the one it has
    `BACK` scans after. One that has none then, or had none before, has not kept it.
    """
    kept = []
    for thing in np.flatnonzero(is_hidden.any(axis=0)):
        scans = np.flatnonzero(is_hidden[:, thing])
        before = owner[: scans[0], thing]
        before = before[before >= 0][-1:]
        after = owner[min(scans[-1] + BACK, len(owner) - 1), thing]
        kept.append(len(before) == 1 and after == before[0])
    return float(np.mean(kept)) if kept else float("nan")


def idf1(owner: Ints, n_truth: int, n_row: int) -> float:
    """Return the share of states whose track is the one that is its object's for good."""
    scan, thing = np.nonzero(owner >= 0)
    if not len(scan):
        return 0.0
    tracks, k = np.unique(owner[scan, thing], return_inverse=True)
    together = np.zeros((owner.shape[1], len(tracks)))
    np.add.at(together, (thing, k), 1)
    best = together[linear_sum_assignment(-together)].sum()
    return float(2 * best / (n_truth + n_row))


def continuity(owner: Ints, is_there: NDArray[np.bool_]) -> dict[str, float]:
    """Return how long one track stays with an object, and how many tracks it has.

    Both are means over the objects that are there for `START_UP` scans or more.
    """
    shares, numbers = [], []
    for column, there in zip(owner.T, is_there.T, strict=True):
        if there.sum() >= START_UP:
            counts = np.unique(column[column >= 0], return_counts=True)[1]
            shares.append(counts.max(initial=0) / there.sum())
            numbers.append(len(counts))
    if not shares:
        return {"continuity": np.nan, "tracks_an_object": np.nan}
    return {
        "continuity": float(np.mean(shares)),
        "tracks_an_object": float(np.mean(numbers)),
    }
