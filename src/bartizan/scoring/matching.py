"""Matching: room and pieces to pair confirmed tracks with flying objects, near ones only."""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel
from bartizan.tracking.assignment import (
    Assignment,
    Pairs,
    add_pair,
    end_row,
    make_assignment,
    make_pairs,
)
from bartizan.tracking.gate import Grid, make_grid, near
from bartizan.tracking.motion import predicted
from bartizan.tracking.tracks import Tracks, TrackStatus
from bartizan.world.truth import Phase, Targets

PAIRS_PER_TRACK = 64


class Matching(NamedTuple):
    """Room to match at most m tracks with n objects; what does not fit counts in pairs.lost."""

    object_row: Ints  # (n,) rows of the objects that take part
    track_row: Ints  # (m,) rows of the tracks that do
    object_position_m: Floats  # (n, 3) of those objects
    track_position_m: Floats  # (m, 3) of those tracks
    found: Ints  # (n,)
    grid: Grid
    pairs: Pairs
    assignment: Assignment


def make_matching(n_object: int, n_track: int) -> Matching:
    """Return room to match ``n_track`` tracks with ``n_object`` objects."""
    return Matching(
        object_row=arrays.none(n_object),
        track_row=arrays.none(n_track),
        object_position_m=arrays.zeros(n_object, 3),
        track_position_m=arrays.zeros(n_track, 3),
        found=arrays.none(n_object),
        grid=make_grid(n_object),
        pairs=make_pairs(n_track, n_track * min(n_object, PAIRS_PER_TRACK)),
        assignment=make_assignment(n_track, n_object),
    )


@kernel
def list_objects(targets: Targets, matching: Matching) -> int:
    """List the flying objects and where they are; return how many."""
    count = 0
    for row in range(targets.phase.shape[0]):
        if targets.phase[row] == Phase.FLYING:
            matching.object_row[count] = row
            for axis in range(3):
                matching.object_position_m[count, axis] = targets.position_ecef_m[row, axis]
            count += 1
    return count


@kernel
def list_tracks(tracks: Tracks, first: int, end: int, t_s: float, matching: Matching) -> int:
    """List the confirmed tracks of some rows and where they are at ``t_s``; return how many."""
    count = 0
    for row in range(first, end):
        if tracks.alive[row] and tracks.status[row] != TrackStatus.TENTATIVE:
            matching.track_row[count] = row
            place_m = matching.track_position_m[count]
            place_m[0], place_m[1], place_m[2], _, _, _ = predicted(tracks, row, t_s)
            count += 1
    return count


@kernel
def offer_within(
    object_m: Floats, n_object: int, place_m: Floats, radius_m: float, matching: Matching
) -> None:
    """Add a track's row of pairs: all objects within ``radius_m`` of its place (3,).

    A pair costs (distance / radius)^2 - 1: the less, the nearer.
    """
    x, y, z = place_m[0], place_m[1], place_m[2]
    n = near(matching.grid, object_m, n_object, x, y, z, radius_m, matching.found)
    for k in range(n):
        column = matching.found[k]
        dx, dy, dz = object_m[column, 0] - x, object_m[column, 1] - y, object_m[column, 2] - z
        share = (dx * dx + dy * dy + dz * dz) / (radius_m * radius_m)
        add_pair(matching.pairs, column, share - 1.0)
    end_row(matching.pairs)
