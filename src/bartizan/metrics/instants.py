"""The times that are scored, and the rows at each.

A time of the tracks is a time of the truth if they differ by `TOLERANCE_S` at most; nothing is
interpolated. Tracks at other times are not scored, and counted.
"""

from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.errors import DocumentError, Fault
from bartizan.metrics.reports import Reports

TOLERANCE_S = 1e-3
TIMES = ("truth", "reports")
"""Scored are all times of the truth, or only those at which the tracks have a row."""


class Instants(NamedTuple):
    """The k times that are scored; rows at others have the number −1."""

    time_s: Floats  # (k,)
    of_tracks: Ints  # (rows of the tracks,)
    of_truth: Ints  # (rows of the truth,)


def instants(tracks: Reports, truth: Reports, times: str) -> Instants:
    """Return the times to score; without any truth, those of the tracks.

    Raises
    ------
    DocumentError
        If there are none.
    """
    if not len(tracks.time_s) and not len(truth.time_s):
        problem, remedy = "no rows, and none in the truth", "is it the right file?"
        raise DocumentError([Fault("", problem, "", "", remedy, tracks.file)])
    base = truth if len(truth.time_s) else tracks
    time_s = _apart(base.time_s)
    of_tracks, of_truth = (_nearest(one.time_s, time_s) for one in (tracks, truth))
    if len(tracks.time_s) and not (of_tracks >= 0).any():
        raise DocumentError([_no_overlap(tracks, truth)])
    if times == "reports" and len(tracks.time_s):
        used = np.flatnonzero(np.bincount(of_tracks[of_tracks >= 0]))
        place = np.full(len(time_s) + 1, -1)
        place[used] = np.arange(len(used))
        time_s, of_tracks, of_truth = time_s[used], place[of_tracks], place[of_truth]
    return Instants(time_s, of_tracks, of_truth)


def _apart(time_s: Floats) -> Floats:
    """Return the different times in order, those within the tolerance as one."""
    ordered = np.sort(time_s)
    return ordered[np.diff(ordered, prepend=-np.inf) > TOLERANCE_S]


def _nearest(time_s: Floats, among_s: Floats) -> Ints:
    """Return the number of the time that each is; −1 where there is none."""
    after = np.searchsorted(among_s, time_s).clip(0, len(among_s) - 1)
    before = (after - 1).clip(0)
    is_before = np.abs(time_s - among_s[before]) <= np.abs(time_s - among_s[after])
    found = np.where(is_before, before, after)
    # Sums of decimal fractions end in other last bits than their names.
    off_s = np.abs(time_s - among_s[found])
    return np.where(off_s <= TOLERANCE_S * (1.0 + 1e-6), found, -1).astype(np.int64)


def _no_overlap(tracks: Reports, truth: Reports) -> Fault:
    spans = [f"{one.time_s.min():g} to {one.time_s.max():g} s" for one in (tracks, truth)]
    given = f"tracks at {spans[0]}, truth at {spans[1]}"
    allowed = f"times that differ by {1e3 * TOLERANCE_S:g} ms at most"
    remedy = "sample the truth at the times of the tracks; are both in seconds from one start?"
    problem = "no time of the tracks is one of the truth"
    return Fault("time_s", problem, given, allowed, remedy, tracks.file)
