"""Which confirmed track is which object: an optimal gated assignment, each tick afresh.

Assumes: a track stands for the object near it; cut-off max(500 m, 3 sigma) of the track.
"""

from bartizan.arrays import Ints
from bartizan.kernel import kernel
from bartizan.scoring.matching import Matching, list_objects, list_tracks, offer_within
from bartizan.tracking.assignment import assign, clear_pairs
from bartizan.tracking.gate import fill
from bartizan.tracking.motion import position_sigma_m
from bartizan.tracking.tracks import Tracks
from bartizan.world.truth import Targets

CUTOFF_MIN_M = 500.0
CUTOFF_SIGMAS = 3.0


@kernel
def assign_truth(
    targets: Targets,
    tracks: Tracks,
    first: int,
    end: int,
    matching: Matching,
    assigned: Ints,
    t_s: float,
) -> None:
    """Write the confirmed track of every flying object, of those of one net.

    The sum of (distance / cut-off)^2 - 1 over the pairs is least: near pairs are sought and
    many of them, and of two tracks near an object it gets the one relatively nearer.

    Parameters
    ----------
    targets
        At ``t_s``; those not flying have no track.
    tracks, first, end
        The net's rows, of which the tentative ones take no part.
    matching
        Room for n objects and those rows.
    assigned
        (n,) the answer: row of the track; -1: none.
    t_s
        Now.
    """
    n_object = list_objects(targets, matching)
    n_track = list_tracks(tracks, first, end, t_s, matching)
    objects_m = matching.object_position_m
    fill(matching.grid, objects_m, n_object, CUTOFF_MIN_M)
    clear_pairs(matching.pairs)
    for k in range(n_track):
        sigma_m = position_sigma_m(tracks, matching.track_row[k], t_s)
        cutoff_m = max(CUTOFF_MIN_M, CUTOFF_SIGMAS * sigma_m)
        offer_within(objects_m, n_object, matching.track_position_m[k], cutoff_m, matching)
    assign(matching.pairs, n_object, matching.assignment)
    assigned[:] = -1
    for k in range(n_object):
        pair_row = matching.assignment.column_row[k]
        if pair_row >= 0:
            assigned[matching.object_row[k]] = matching.track_row[pair_row]
