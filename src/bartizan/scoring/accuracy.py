"""Accuracy of the tracker: GOSPA and its parts, sampled every ten seconds.

Counted are the objects in flight that a radar had in its coverage and above its horizon at
some time: nobody can track what was never in view.
"""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel
from bartizan.scoring.gospa import gospa
from bartizan.scoring.matching import Matching, list_tracks
from bartizan.sense.looks import Looks
from bartizan.tracking.gate import near
from bartizan.tracking.tracks import Tracks
from bartizan.world.truth import Phase, Targets

SAMPLE_PERIOD_S = 10.0
CUTOFF_M = 500.0


class Accuracy(NamedTuple):
    """Sums over the samples so far."""

    next_s: Floats  # (1,) time of the next sample
    samples: Ints  # (1,)
    distance_m: Floats  # (1,) sum of GOSPA
    localisation_m2: Floats  # (1,) sum of squared distances of the pairs
    pairs: Ints  # (1,)
    missed: Ints  # (1,)
    false: Ints  # (1,)
    duplicate: Ints  # (1,) of those, near an object that has a track


def make_accuracy() -> Accuracy:
    """Return the sums before the first sample."""
    return Accuracy(
        next_s=arrays.zeros(1) + SAMPLE_PERIOD_S,
        samples=arrays.counts(1),
        distance_m=arrays.zeros(1),
        localisation_m2=arrays.zeros(1),
        pairs=arrays.counts(1),
        missed=arrays.counts(1),
        false=arrays.counts(1),
        duplicate=arrays.counts(1),
    )


@kernel
def measure(
    targets: Targets,
    looks: Looks,
    tracks: Tracks,
    n_row: int,
    matching: Matching,
    sums: Accuracy,
    now_s: float,
) -> None:
    """Add a sample if one is due, of the first ``n_row`` tracks: those of the first net."""
    if now_s < sums.next_s[0]:
        return
    sums.next_s[0] += SAMPLE_PERIOD_S
    n_object, object_m = 0, matching.object_position_m
    for i in range(targets.phase.shape[0]):
        if targets.phase[i] == Phase.FLYING and looks.ever_above_horizon[i]:
            for axis in range(3):
                object_m[n_object, axis] = targets.position_ecef_m[i, axis]
            n_object += 1
    n_track = list_tracks(tracks, 0, n_row, now_s, matching)
    track_m = matching.track_position_m
    score = gospa(object_m[:n_object], track_m[:n_track], CUTOFF_M, matching)
    sums.samples[0] += 1
    sums.distance_m[0] += score.distance_m
    sums.localisation_m2[0] += score.localisation_m2
    sums.pairs[0] += n_object - score.missed
    sums.missed[0] += score.missed
    sums.false[0] += score.false
    for row in range(n_track):
        if matching.assignment.row_column[row] < 0:
            x, y, z = track_m[row, 0], track_m[row, 1], track_m[row, 2]
            n = near(matching.grid, object_m, n_object, x, y, z, CUTOFF_M, matching.found)
            sums.duplicate[0] += n > 0


def accuracy_measures(sums: Accuracy) -> dict[str, float | None]:
    """Return mean GOSPA [m], rms error of the pairs [m], and tracks a sample.

    Those missed, those false, and of them those that stand beside another track's object.
    """
    n, pairs = int(sums.samples[0]), int(sums.pairs[0])
    return {
        "gospa_m": float(sums.distance_m[0]) / n if n else None,
        "localisation_m": math.sqrt(float(sums.localisation_m2[0]) / pairs) if pairs else None,
        "missed": float(sums.missed[0]) / n if n else None,
        "false": float(sums.false[0]) / n if n else None,
        "duplicate": float(sums.duplicate[0]) / n if n else None,
    }
