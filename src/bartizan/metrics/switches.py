"""CLEAR MOT: which track has which object over time, identity switches, MOTA and MOTP.

Source: Bernardin and Stiefelhagen, Evaluating multiple object tracking performance: the CLEAR
MOT metrics, EURASIP Journal on Image and Video Processing, 2008; counted as py-motmetrics does.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Bools, Floats, Ints
from bartizan.metrics.matching import best_matching
from bartizan.metrics.near import Pairs
from bartizan.metrics.record import Record


class Correspondences(NamedTuple):
    """The track of each object at each time: pairs, by their numbers."""

    pair: Ints  # (c,)
    is_switch: Bools  # (c,) the object had another track the last time it had one


class Clear(NamedTuple):
    """CLEAR MOT over all times."""

    switches: int
    fragmentations: int  # an object's track ends, and it gets one again
    misses: int
    false_reports: int
    matches: int  # switches included
    mota: float | None  # 1 − (misses + false + switches) / objects, all times
    motp_m: float | None  # mean distance of the matches


def correspondences(record: Record, pairs: Pairs, cutoff_m: float) -> Correspondences:
    """Return an object's track: the one that it had last, if still near, else by distance.

    What is left after that is matched so that as many as can be are, and of these ways the one
    with the least sum of distances.
    """
    objects, tracks = record.objects.number, record.tracks.number
    had = np.full(int(objects.max(initial=-1)) + 1, -1)
    bounds = np.searchsorted(
        record.objects.instant[pairs.row], np.arange(len(record.time_s) + 1)
    )
    is_taken = np.zeros(len(tracks), bool)
    is_held = np.zeros(len(objects), bool)
    found: list[Ints] = []
    switched: list[Bools] = []
    for begin, end in pairwise(bounds):
        row, column = pairs.row[begin:end], pairs.column[begin:end]
        again = np.flatnonzero(had[objects[row]] == tracks[column])
        # Two objects may have had one track; the first of them keeps it.
        kept = again[np.unique(column[again], return_index=True)[1]]
        is_held[row[kept]], is_taken[column[kept]] = True, True
        free = np.flatnonzero(~is_held[row] & ~is_taken[column])
        # One pair more is worth more than all distances together.
        gain = cutoff_m * (1.0 + len(free)) - pairs.distance_m[begin:end][free]
        new = free[best_matching(_from_zero(row[free]), _from_zero(column[free]), gain)]
        before = had[objects[row[new]]]
        had[objects[row[new]]] = tracks[column[new]]
        found += [begin + kept, begin + new]
        switched += [np.zeros(len(kept), bool), (before >= 0) & (before != tracks[column[new]])]
    if not found:
        return Correspondences(np.zeros(0, np.int64), np.zeros(0, bool))
    return Correspondences(np.concatenate(found), np.concatenate(switched))


def _from_zero(ends: Ints) -> Ints:
    return ends - ends.min() if len(ends) else ends


def clear(record: Record, pairs: Pairs, held: Correspondences) -> Clear:
    """Return the counts of CLEAR MOT."""
    objects, matches = len(record.objects.number), len(held.pair)
    misses, false = objects - matches, len(record.tracks.number) - matches
    switches = int(held.is_switch.sum())
    distances: Floats = pairs.distance_m[held.pair]
    return Clear(
        switches,
        _fragmentations(record, pairs.row[held.pair]),
        misses,
        false,
        matches,
        1.0 - (misses + false + switches) / objects if objects else None,
        float(distances.mean()) if matches else None,
    )


def _fragmentations(record: Record, matched: Ints) -> int:
    """Count the ends of a track on an object after which it has one again."""
    is_matched = np.zeros(len(record.objects.number), bool)
    is_matched[matched] = True
    order = np.argsort(record.objects.number, kind="stable")
    number, has = record.objects.number[order], is_matched[order]
    rows = np.flatnonzero(has)
    same = number[rows[1:]] == number[rows[:-1]]
    return int((same & (np.diff(rows) > 1)).sum())
