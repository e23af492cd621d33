"""What is scored: objects and tracks at each time, in one frame, in an order of their own."""

from typing import NamedTuple

import numpy as np

from bartizan.arrays import Bools, Floats, Ints
from bartizan.errors import DocumentError, Fault
from bartizan.metrics.frame import ecef_from_geodetic, vector_from_enu
from bartizan.metrics.instants import instants
from bartizan.metrics.reports import Reports

_ASLANT = np.array([0.7548776662466927, 0.5698402909980532, 0.3247179572447461])
"""A direction along which no two places are likely to be equal."""


class States(NamedTuple):
    """One row an object or track and time, sorted by time; r rows."""

    instant: Ints  # (r,) number of the time
    number: Ints  # (r,) which object or track, from 0
    position_m: Floats  # (r, 3) Earth-centred, or in the plane of the tables
    velocity_m_s: Floats | None  # (r, 3) in the same frame
    sigma: Floats | None  # (r, 3) east, north, up [m], or (r, 6): [m/s] too
    place: Floats | None  # (r, 3) lat_deg, lon_deg, height_m; None in a plane


class Record(NamedTuple):
    """Objects and tracks at the k times that are scored."""

    time_s: Floats  # (k,)
    objects: States
    tracks: States
    n_object: int  # different objects
    n_track: int
    has_one_sigma: bool
    has_updates: bool  # whether misses could be counted
    unscored_reports: int  # rows of the tracks at other times
    silent_times: int  # scored times without any row of the tracks


def record_of(tracks: Reports, truth: Reports, times: str, max_misses: int | None) -> Record:
    """Return what is to be scored of two tables.

    Raises
    ------
    DocumentError
        If no time is common, or a name stands twice at a time.
    """
    found = instants(tracks, truth, times)
    faults = [
        fault
        for one, at in ((tracks, found.of_tracks), (truth, found.of_truth))
        for fault in _twice(one, at, found.time_s)
    ]
    if faults:
        raise DocumentError(faults)
    is_scored = tracks.is_reported & _has_few_misses(tracks, max_misses)
    objects = _states(truth, np.where(truth.is_reported, found.of_truth, -1))
    reported = _states(tracks, np.where(is_scored, found.of_tracks, -1))
    heard = _different(found.of_tracks[found.of_tracks >= 0])
    return Record(
        found.time_s,
        objects,
        reported,
        _different(objects.number),
        _different(reported.number),
        tracks.has_one_sigma,
        tracks.n_updates is not None or tracks.misses is not None,
        int((found.of_tracks < 0).sum()),
        len(found.time_s) - heard,
    )


def _different(numbers: Ints) -> int:
    return int(np.count_nonzero(np.bincount(numbers))) if len(numbers) else 0


def _states(reports: Reports, instant: Ints) -> States:
    """Return the rows that have a time, by time and then by place, whatever their names."""
    kept = np.flatnonzero(instant >= 0)
    place, velocity, sigma = reports.place[kept], reports.velocity_m_s, reports.sigma
    velocity = None if velocity is None else velocity[kept]
    position = ecef_from_geodetic(place) if reports.is_geodetic else place
    if velocity is not None and reports.is_geodetic:
        velocity = vector_from_enu(velocity, place)
    order = np.lexsort((reports.number[kept], position @ _ASLANT, instant[kept]))
    return States(
        instant[kept][order],
        reports.number[kept][order],
        position[order],
        None if velocity is None else velocity[order],
        None if sigma is None else sigma[kept][order],
        place[order] if reports.is_geodetic else None,
    )


def _has_few_misses(tracks: Reports, most: int | None) -> Bools:
    """Return whether a track missed so many looks at most; rows, if it only counts updates."""
    updates = tracks.n_updates
    if most is not None and tracks.misses is not None:
        return np.asarray(tracks.misses <= most)
    if most is None or updates is None:
        return np.ones(len(tracks.time_s), bool)
    order = np.lexsort((tracks.time_s, tracks.number))
    number, row = tracks.number[order], np.arange(len(order))
    is_first = np.diff(number, prepend=-1) != 0
    is_fed = is_first | (np.diff(updates[order], prepend=0.0) > 0.0)
    last_fed = np.maximum.accumulate(np.where(is_fed, row, 0))
    few = np.empty(len(order), bool)
    few[order] = row - last_fed <= most
    return few


def _twice(reports: Reports, instant: Ints, time_s: Floats) -> list[Fault]:
    """Return the fault of a name that stands twice at a time."""
    kept = np.flatnonzero(instant >= 0)
    order = kept[np.lexsort((reports.number[kept], instant[kept]))]
    same = (np.diff(instant[order]) == 0) & (np.diff(reports.number[order]) == 0)
    if not same.any():
        return []
    row = order[np.flatnonzero(same)[0]]
    given = f"{reports.names[reports.number[row]]} at {time_s[instant[row]]:g} s"
    remedy = "leave one row an id and time; times within 1 ms are one"
    return [Fault("time_s", "two rows of one id", given, "one", remedy, reports.file)]
