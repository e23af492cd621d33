"""GOSPA: one distance between a set of objects and a set of tracks, and its three parts.

Source: Rahmathullah, García-Fernández and Svensson, Generalized optimal sub-pattern assignment
metric, FUSION 2017; here with p = 2 and alpha = 2.
"""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel
from bartizan.tracking.assignment import (
    Assignment,
    Pairs,
    add_pair,
    assign,
    clear_pairs,
    end_row,
    make_assignment,
    make_pairs,
)
from bartizan.tracking.gate import Grid, fill, make_grid, near

PAIRS_PER_TRACK = 64


class Matching(NamedTuple):
    """Room to match at most m tracks with n objects."""

    object_row: Ints  # (n,) rows of the objects that take part
    track_row: Ints  # (m,) rows of the tracks that do
    object_position_m: Floats  # (n, 3) of those objects
    track_position_m: Floats  # (m, 3) of those tracks
    found: Ints  # (n,)
    grid: Grid
    pairs: Pairs
    assignment: Assignment


class Gospa(NamedTuple):
    """The distance and its parts: distance^2 = localisation + c^2 / 2 (missed + false)."""

    distance_m: float
    localisation_m2: float  # sum of squared distances of the pairs
    missed: int  # objects without a track
    false: int  # tracks without an object


def make_matching(n_object: int, n_track: int) -> Matching:
    """Return room to match ``n_track`` tracks with ``n_object`` objects."""
    n_pair = n_track * min(n_object, PAIRS_PER_TRACK)
    return Matching(
        object_row=arrays.none(n_object),
        track_row=arrays.none(n_track),
        object_position_m=arrays.zeros(n_object, 3),
        track_position_m=arrays.zeros(n_track, 3),
        found=arrays.none(n_object),
        grid=make_grid(n_object),
        pairs=make_pairs(n_track, n_pair),
        assignment=make_assignment(n_track, n_object),
    )


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
        offer_within(object_m, n_object, track_m[row], cutoff_m, cutoff_m, matching)
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
def offer_within(
    object_m: Floats,
    n_object: int,
    place_m: Floats,
    radius_m: float,
    unit_m: float,
    matching: Matching,
) -> None:
    """Add a track's row of pairs: all objects within ``radius_m`` of its place (3,).

    A pair costs (d / unit)^2 - (radius / unit)^2, so that it is worth less the farther it is.
    """
    x, y, z = place_m[0], place_m[1], place_m[2]
    n = near(matching.grid, object_m, n_object, x, y, z, radius_m, matching.found)
    for k in range(n):
        column = matching.found[k]
        dx, dy, dz = object_m[column, 0] - x, object_m[column, 1] - y, object_m[column, 2] - z
        square_m2 = dx * dx + dy * dy + dz * dz - radius_m * radius_m
        add_pair(matching.pairs, column, square_m2 / (unit_m * unit_m))
    end_row(matching.pairs)
