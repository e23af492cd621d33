"""Which confirmed track is which object: an optimal gated assignment, each tick afresh.

Assumes: a track stands for the object near it; cut-off max(500 m, 3 sigma) of the track.
"""

from bartizan.arrays import Bools, Floats, Ints
from bartizan.kernel import kernel
from bartizan.scoring.gospa import Matching, offer_within
from bartizan.tracking.assignment import assign, clear_pairs
from bartizan.tracking.gate import fill
from bartizan.tracking.motion import position_sigma_m, predicted
from bartizan.tracking.tracks import Tracks, TrackStatus

CUTOFF_MIN_M = 500.0
CUTOFF_SIGMAS = 3.0


@kernel
def assign_truth(
    object_position_m: Floats,
    is_flying: Bools,
    tracks: Tracks,
    t_s: float,
    matching: Matching,
    track_of_object: Ints,
) -> None:
    """Write the confirmed track of every flying object.

    The sum of (distance / cut-off)^2 - 1 over all pairs is least, so that as many objects as
    possible have a track, and of two tracks near an object the relatively nearer one is its.

    Parameters
    ----------
    object_position_m, is_flying
        (n, 3) ECEF [m] and (n,) at ``t_s``.
    tracks
        Of which the tentative ones take no part.
    t_s
        Now.
    matching
        Room for n objects and all rows of tracks.
    track_of_object
        (n,) the answer: row of the track; -1: none.
    """
    n_object = _list_objects(object_position_m, is_flying, matching)
    fill(matching.grid, matching.object_position_m, n_object, CUTOFF_MIN_M)
    clear_pairs(matching.pairs)
    n_track = 0
    for row in range(tracks.alive.shape[0]):
        if tracks.alive[row] and tracks.status[row] != TrackStatus.TENTATIVE:
            matching.track_row[n_track] = row
            _offer_track(
                tracks, row, t_s, matching.track_position_m[n_track], n_object, matching
            )
            n_track += 1
    assign(matching.pairs, n_object, matching.assignment)
    track_of_object[:] = -1
    for k in range(n_object):
        pair_row = matching.assignment.column_row[k]
        if pair_row >= 0:
            track_of_object[matching.object_row[k]] = matching.track_row[pair_row]


@kernel
def _list_objects(object_position_m: Floats, is_flying: Bools, matching: Matching) -> int:
    n_object = 0
    for row in range(is_flying.shape[0]):
        if is_flying[row]:
            matching.object_row[n_object] = row
            for axis in range(3):
                position_m = object_position_m[row, axis]
                matching.object_position_m[n_object, axis] = position_m
            n_object += 1
    return n_object


@kernel
def _offer_track(
    tracks: Tracks, row: int, t_s: float, place_m: Floats, n_object: int, matching: Matching
) -> None:
    place_m[0], place_m[1], place_m[2], _, _, _ = predicted(tracks, row, t_s)
    cutoff_m = max(CUTOFF_MIN_M, CUTOFF_SIGMAS * position_sigma_m(tracks, row, t_s))
    objects_m = matching.object_position_m
    offer_within(objects_m, n_object, place_m, cutoff_m, cutoff_m, matching)
