"""Our tracker and Stone Soup's on the same scenes: `python -m benchmarks.tracking.peers`.

Stone Soup is set as well as its parts allow without code of one's own: extended Kalman filter,
global nearest neighbour, tracks begun by three plots and ended by five empty scans, white
acceleration of 400 m²/s³ (the best of 20, 100, 400 and 1 000 on seed 1), and its TPR tree,
whose boxes leave out the plots' noise: they are padded, without which it loses most plots.
Both are scored alike: tracks with at most two misses.
"""

import argparse
import json
import time
import warnings
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from benchmarks.tracking.run import MISSES_MAX, seeds_of, tracked
from benchmarks.tracking.scenes import MODES, SIGMA_ANGLE_RAD, SIGMA_RANGE_M, Scene, make_scene
from benchmarks.tracking.scores import Rows, score

from bartizan.tracking.plan import Settings

START = datetime(2026, 1, 1)
PAD_M = 500.0
NOISE_M2_S3, CLIMB_NOISE_M2_S3 = 400.0, 2.0


def stone_soup(scene: Scene, noise_m2_s3: float) -> tuple[Rows, np.ndarray]:
    """Return the tracks that Stone Soup reports, and the seconds of each scan."""
    rows, seconds, numbers = [], [], {}
    tracks, began_s = iter(_tracker(scene, noise_m2_s3)), time.perf_counter()
    for scan in range(len(scene.truth)):
        now, found = next(tracks)
        seconds.append(time.perf_counter() - began_s)
        for track in found:
            if (now - _last_update(track)).total_seconds() <= MISSES_MAX:
                number = numbers.setdefault(track.id, len(numbers))
                x = np.asarray(track.state.mean, dtype=float).ravel()
                rows.append((scan, number, *x[[0, 2, 4, 1, 3, 5]]))
        began_s = time.perf_counter()
    table = np.array(rows)
    found_rows = Rows(table[:, 0].astype(int), table[:, 1].astype(int), table[:, 2:])
    return found_rows, np.array(seconds)


def _last_update(track: Any) -> datetime:
    from stonesoup.types.update import Update

    updates = (state for state in reversed(track.states) if isinstance(state, Update))
    return next(updates, track.states[0]).timestamp


def _tracker(scene: Scene, noise_m2_s3: float) -> Any:
    from stonesoup.dataassociator.neighbour import GNNWith2DAssignment
    from stonesoup.dataassociator.tree import TPRTreeMixIn
    from stonesoup.deleter.time import UpdateTimeStepsDeleter
    from stonesoup.hypothesiser.distance import DistanceHypothesiser
    from stonesoup.initiator.simple import MultiMeasurementInitiator, SimpleMeasurementInitiator
    from stonesoup.measures import Mahalanobis
    from stonesoup.models.measurement.nonlinear import CartesianToElevationBearingRange
    from stonesoup.models.transition.linear import (
        CombinedLinearGaussianTransitionModel,
        ConstantVelocity,
    )
    from stonesoup.predictor.kalman import KalmanPredictor
    from stonesoup.tracker.simple import MultiTargetTracker
    from stonesoup.types.state import GaussianState
    from stonesoup.updater.kalman import ExtendedKalmanUpdater

    class Padded(TPRTreeMixIn, GNNWith2DAssignment):
        def _track_tree_coordinates(self, track: Any) -> Any:
            box, velocity, at = super()._track_tree_coordinates(track)
            n = len(box) // 2
            low, high = (x - PAD_M for x in box[:n]), (x + PAD_M for x in box[n:])
            return (*low, *high), velocity, at

    noises = (noise_m2_s3, noise_m2_s3, CLIMB_NOISE_M2_S3)
    motion = CombinedLinearGaussianTransitionModel([ConstantVelocity(q) for q in noises])
    spread = np.diag(np.square([SIGMA_ANGLE_RAD, SIGMA_ANGLE_RAD, SIGMA_RANGE_M]))
    radar = CartesianToElevationBearingRange(
        ndim_state=6, mapping=(0, 2, 4), noise_covar=spread
    )
    updater = ExtendedKalmanUpdater(None)
    hypothesiser = DistanceHypothesiser(
        KalmanPredictor(motion), updater, Mahalanobis(), missed_distance=4.0
    )

    def associator() -> Any:
        return Padded(hypothesiser, measurement_model=radar, horizon_time=timedelta(seconds=60))

    prior = GaussianState(
        np.zeros((6, 1)), np.diag([0, 250.0**2, 0, 250.0**2, 0, 30.0**2]), timestamp=START
    )
    initiator = MultiMeasurementInitiator(
        prior_state=prior,
        deleter=UpdateTimeStepsDeleter(2),
        data_associator=associator(),
        updater=updater,
        min_points=3,
        initiator=SimpleMeasurementInitiator(prior, None),
    )
    return MultiTargetTracker(
        initiator=initiator,
        deleter=UpdateTimeStepsDeleter(5),
        detector=list(_detections(scene, radar)),
        data_associator=associator(),
        updater=updater,
    )


def _detections(scene: Scene, radar: Any) -> Iterator[tuple[datetime, set[Any]]]:
    from stonesoup.types.angle import Bearing, Elevation
    from stonesoup.types.array import StateVector
    from stonesoup.types.detection import Detection

    for scan in range(len(scene.truth)):
        at, now = slice(*np.searchsorted(scene.scan, (scan, scan + 1))), START
        now += timedelta(seconds=scan)
        polar = zip(
            scene.elevation_rad[at],
            np.pi / 2 - scene.azimuth_rad[at],
            scene.range_m[at],
            strict=True,
        )
        yield (
            now,
            {
                Detection(
                    StateVector([Elevation(elevation), Bearing(angle), range_m]),
                    timestamp=now,
                    measurement_model=radar,
                )
                for elevation, angle, range_m in polar
            },
        )


def main() -> None:
    """Print a line of JSON for each scene, and both trackers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modes", nargs="+", default=["spread", "raid"], choices=MODES)
    parser.add_argument("--seeds", type=seeds_of, default="1")
    parser.add_argument("--noise", type=float, default=NOISE_M2_S3, help="Stone Soup's, m²/s³")
    parser.add_argument("--n", type=int, default=300)
    chosen = parser.parse_args()
    warnings.filterwarnings("ignore")
    tracked(make_scene("raid", 0, 30, 6), Settings())  # compiles
    for mode in chosen.modes:
        for seed in chosen.seeds:
            scene = make_scene(mode, seed, chosen.n)
            ours, our_s = tracked(scene, Settings())
            theirs, their_s = stone_soup(scene, chosen.noise)
            line = {"mode": mode, "seed": seed, "n": chosen.n}
            for name, rows, seconds in (("ours", ours, our_s), ("theirs", theirs, their_s)):
                found = score(rows, scene.truth)
                line[name] = {
                    "gospa_m": round(found.gospa_m, 1),
                    "switches": found.switches,
                    "velocity_rmse_m_s": round(found.velocity_rmse_m_s, 1),
                    "ms_a_scan": round(1e3 * float(np.median(seconds)), 2),
                }
            ratio = float(np.median(their_s) / np.median(our_s))
            print(json.dumps({**line, "times_faster": round(ratio)}), flush=True)


if __name__ == "__main__":
    main()
