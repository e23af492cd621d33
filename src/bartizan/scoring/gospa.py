"""GOSPA: one distance between a set of objects and a set of tracks, and its three parts.

Source: Rahmathullah, García-Fernández and Svensson, Generalized optimal sub-pattern assignment
metric, FUSION 2017; here with p = 2 and alpha = 2.
"""

import math
from typing import NamedTuple

from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.scoring.matching import Matching, list_objects, list_tracks, offer_within
from bartizan.tracking.assignment import assign, clear_pairs
from bartizan.tracking.gate import fill
from bartizan.tracking.tracks import Tracks
from bartizan.world.truth import Targets


class Gospa(NamedTuple):
    """The distance and its parts: distance^2 = localisation + c^2 / 2 (missed + false)."""

    distance_m: float
    localisation_m2: float  # sum of squared distances of the pairs
    missed: int  # objects without a track
    false: int  # tracks without an object


@kernel
def gospa(object_m: Floats, track_m: Floats, cutoff_m: float, matching: Matching) -> Gospa:
    """Return the GOSPA distance between objects and tracks.

    Parameters
    ----------
    object_m, track_m
        (n, 3), (m, 3) positions in one frame [m].
    cutoff_m
        Distance c from which a pair is worse than a missed object and a false track.
    matching
        Room for n objects and m tracks.

    Returns
    -------
    Gospa
        The distance [m] and its parts.
    """
    n_object, n_track = object_m.shape[0], track_m.shape[0]
    fill(matching.grid, object_m, n_object, cutoff_m)
    clear_pairs(matching.pairs)
    for row in range(n_track):
        offer_within(object_m, n_object, track_m[row], cutoff_m, matching)
    assign(matching.pairs, n_object, matching.assignment)
    n_pair, localisation_m2 = 0, 0.0
    for row in range(n_track):
        column = matching.assignment.row_column[row]
        if column >= 0:
            n_pair += 1
            for axis in range(3):
                localisation_m2 += (object_m[column, axis] - track_m[row, axis]) ** 2
    missed, false = n_object - n_pair, n_track - n_pair
    distance_m = math.sqrt(localisation_m2 + 0.5 * cutoff_m * cutoff_m * (missed + false))
    return Gospa(distance_m, localisation_m2, missed, false)


@kernel
def gospa_of_tracks(
    targets: Targets, tracks: Tracks, t_s: float, cutoff_m: float, matching: Matching
) -> Gospa:
    """Return the GOSPA distance of the flying objects and the confirmed tracks at ``t_s``."""
    n_object = list_objects(targets, matching)
    n_track = list_tracks(tracks, 0, tracks.alive.shape[0], t_s, matching)
    object_m = matching.object_position_m[:n_object]
    return gospa(object_m, matching.track_position_m[:n_track], cutoff_m, matching)
