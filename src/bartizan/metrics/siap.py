"""SIAP: is the air picture complete, unambiguous, without spurious tracks, exact, steady?

An object's tracks are its correspondence (`switches`) and each track without one that is
nearest to it of all objects within the cut-off.

Source: Votruba, Nisley, Rothrock and Zombro, Single Integrated Air Picture (SIAP) metrics
implementation, SIAP System Engineering Task Force, 2001; durations as in Stone Soup: a track
that comes back to an object after a gap is a new one.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Bools, Floats, Ints
from bartizan.metrics.near import Pairs
from bartizan.metrics.record import Record


class Siap(NamedTuple):
    """SIAP attributes over all times; None where there is nothing to divide by."""

    completeness: float | None  # share of objects that have a track
    ambiguity: float | None  # tracks for each object that has any
    spuriousness: float | None  # share of tracks that no object has
    position_accuracy_m: float | None  # mean distance
    velocity_accuracy_m_s: float | None  # mean size of the difference
    track_changes_per_s: float | None  # changes of an object's track per second with one
    longest_segment: float | None  # longest time with one track as a share of the life


class Runs(NamedTuple):
    """Unbroken times of one track on one object, sorted by object and beginning; n rows."""

    number: Ints  # (n,) of the object
    begin: Ints  # (n,) place of its first row among the object's rows
    end: Ints  # (n,) of the last one
    lasts_s: Floats  # (n,)


def siap(record: Record, pairs: Pairs, held: Ints) -> Siap:
    """Return the SIAP attributes; ``held`` are the pairs that correspond."""
    given = assigned(record, pairs, held)
    rows, columns = pairs.row[given], pairs.column[given]
    n, m = len(record.objects.number), len(record.tracks.number)
    tracked = int(np.count_nonzero(np.bincount(rows))) if len(rows) else 0
    changes, tracked_s, longest_s, life_s = _durations(record, rows, columns)
    return Siap(
        _share(tracked, n),
        _share(len(given), tracked),
        _share(m - len(given), m),
        _share(float(pairs.distance_m[given].sum()), len(given)),
        _velocity_accuracy(record, rows, columns),
        _share(changes, tracked_s),
        _share(longest_s, life_s),
    )


def assigned(record: Record, pairs: Pairs, held: Ints) -> Ints:
    """Return the pairs of a track and the object that it is assigned to."""
    has = np.zeros(len(record.tracks.number), bool)
    has[pairs.column[held]] = True
    free = np.flatnonzero(~has[pairs.column])
    order = free[np.lexsort((pairs.distance_m[free], pairs.column[free]))]
    first = np.diff(pairs.column[order], prepend=-1) != 0
    return np.sort(np.concatenate([held, order[first]]))


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None


def _velocity_accuracy(record: Record, rows: Ints, columns: Ints) -> float | None:
    one, other = record.objects.velocity_m_s, record.tracks.velocity_m_s
    if one is None or other is None or not len(rows):
        return None
    return float(np.linalg.norm(one[rows] - other[columns], axis=1).mean())


def _durations(record: Record, rows: Ints, columns: Ints) -> tuple[int, float, float, float]:
    """Return changes of track, seconds with a track, longest with one, and of life; summed."""
    objects = record.objects
    order = np.argsort(objects.number, kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    number, time_s = objects.number[order], record.time_s[objects.instant[order]]
    # Seconds until the object's next row.
    next_s = np.where(np.diff(number, append=-1) == 0, np.diff(time_s, append=0.0), 0.0)
    runs, covered = _runs(place[rows], record.tracks.number[columns], number, time_s)
    longest_s = np.zeros(int(number.max(initial=-1)) + 1)
    np.maximum.at(longest_s, runs.number, runs.lasts_s)
    return (
        _changes(runs),
        float(next_s[covered].sum()),
        float(longest_s.sum()),
        float(next_s.sum()),
    )


def _runs(place: Ints, track: Ints, number: Ints, time_s: Floats) -> tuple[Runs, Bools]:
    """Return the runs, and from which places a track goes on to the object's next row."""
    order = np.lexsort((place, track, number[place]))
    place, track = place[order], track[order]
    owner = number[place]
    goes_on = (np.diff(place) == 1) & (np.diff(track) == 0) & (np.diff(owner) == 0)
    begin = place[np.concatenate([[True], ~goes_on])[: len(place)]]
    end = place[np.concatenate([~goes_on, [True]])[: len(place)]]
    by_begin = np.argsort(begin, kind="stable")
    begin, end = begin[by_begin], end[by_begin]
    runs = Runs(number[begin], begin, end, time_s[end] - time_s[begin])
    covered = np.zeros(len(number), bool)
    covered[place[:-1][goes_on]] = True
    return runs, covered


def _changes(runs: Runs) -> int:
    """Count the least runs that cover what is covered of each object, less its first."""
    total = 0
    bounds = np.flatnonzero(np.diff(runs.number, prepend=-1, append=-1))
    for first, last in pairwise(bounds):
        total += _least_runs(runs.begin[first:last].tolist(), runs.end[first:last].tolist()) - 1
    return total


def _least_runs(begin: list[int], end: list[int]) -> int:
    """Return how many runs are needed: each time the one that reaches farthest."""
    needed, reach, i = 0, -1, 0
    while i < len(begin):
        if end[i] <= reach:
            i += 1
            continue
        start, needed = max(begin[i], reach + 1), needed + 1
        while i < len(begin) and begin[i] <= start:
            reach = max(reach, end[i])
            i += 1
    return needed
