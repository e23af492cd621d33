"""Pairs of an object and a track nearer than the cut-off, of all times at once."""

from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from bartizan.arrays import Floats, Ints
from bartizan.errors import BartizanError
from bartizan.metrics.record import Record, States


class Pairs(NamedTuple):
    """One row a pair, sorted by the row of the object; e rows."""

    row: Ints  # (e,) of the objects' states
    column: Ints  # (e,) of the tracks' states
    distance_m: Floats  # (e,)


MAX_PAIRS = 20_000_000


def near_pairs(record: Record, cutoff_m: float) -> Pairs:
    """Return all pairs of one time nearer than ``cutoff_m``.

    Time is a fourth axis on which neighbours stand two cut-offs apart, so that one search of
    one tree serves all times.

    Raises
    ------
    BartizanError
        If there are more than `MAX_PAIRS`.
    """
    objects, tracks = record.objects, record.tracks
    if not len(objects.instant) or not len(tracks.instant):
        return Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    trees = [
        cKDTree(_places(states, cutoff_m), balanced_tree=False, compact_nodes=False)
        for states in (objects, tracks)
    ]
    _refuse_crowds(record, trees, cutoff_m)
    found = trees[0].sparse_distance_matrix(trees[1], cutoff_m, output_type="ndarray")
    found = found[found["v"] < cutoff_m]
    found = found[np.argsort(found["i"] * len(tracks.instant) + found["j"])]
    return Pairs(found["i"].astype(np.int64), found["j"].astype(np.int64), found["v"])


def _places(states: States, cutoff_m: float) -> Floats:
    return np.column_stack([states.position_m, states.instant * (2.0 * cutoff_m)])


def _refuse_crowds(record: Record, trees: list[cKDTree], cutoff_m: float) -> None:
    """Refuse a cut-off within which everything is near everything, before memory runs out."""
    n, m = (
        np.bincount(states.instant, minlength=len(record.time_s)).astype(np.float64)
        for states in (record.objects, record.tracks)
    )
    if n @ m <= MAX_PAIRS or trees[0].count_neighbors(trees[1], cutoff_m) <= MAX_PAIRS:
        return
    raise BartizanError(
        "cut-off: too many tracks are near each object\n"
        f"    given:   {cutoff_m:g} m\n"
        f"    allowed: at most {MAX_PAIRS:,} pairs of an object and a track within it\n"
        "    remedy:  give a smaller cut-off, or score fewer times at once"
    )
