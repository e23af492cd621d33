"""Score the tracker: `python -m benchmarks.tracking.run --modes spread raid --seeds 1-4`.

Prints a row a mode: mean over seeds of each score with the half width of its 95 % interval,
and the milliseconds a scan (median over scans, mean over seeds). Reported are tracks past
their start with at most two misses.
"""

import argparse
import time
from collections.abc import Sequence

import numpy as np
from benchmarks.tracking.scenes import (
    DETECTION_PROBABILITY,
    ELEVATION_MAX_RAD,
    MODES,
    RANGE_MAX_M,
    RANGE_MIN_M,
    SIGMA_ANGLE_RAD,
    SIGMA_RANGE_M,
    Scene,
    make_scene,
)
from benchmarks.tracking.scores import Rows, Scores, score
from scipy.stats import t as student

from bartizan.tracking.inbox import RadarPlots
from bartizan.tracking.plan import Settings
from bartizan.tracking.report import Report
from bartizan.tracking.sensors import Sensor
from bartizan.tracking.tracker import Tracker
from bartizan.tracking.tracks import TrackStatus

MISSES_MAX = 2
SHOWN = ("gospa_m", "switches", "velocity_rmse_m_s", "idf1", "missed_m2", "false_m2")


def radar(scene: Scene) -> Sensor:
    """Return the radar of a scene, somewhere at sea."""
    return Sensor(
        -27.0,
        -17.0,
        0.0,
        scan_period_s=scene.period_s,
        detection_probability=DETECTION_PROBABILITY,
        false_alarms_per_scan=scene.false_alarms,
        range_min_m=RANGE_MIN_M,
        range_max_m=RANGE_MAX_M,
        false_alarm_elevation_rad=ELEVATION_MAX_RAD,
    )


def plots_of(scene: Scene, scan: int, is_perfect: bool = False) -> RadarPlots:
    """Return the plots of a scan; with a code that tells whose each is, if ``is_perfect``."""
    at = slice(*np.searchsorted(scene.scan, (scan, scan + 1)))
    n = at.stop - at.start
    return RadarPlots(
        time_s=np.full(n, scan * scene.period_s),
        sensor=np.zeros(n, dtype=np.int64),
        range_m=scene.range_m[at],
        azimuth_rad=scene.azimuth_rad[at],
        elevation_rad=scene.elevation_rad[at],
        sigma_range_m=np.full(n, SIGMA_RANGE_M),
        sigma_azimuth_rad=np.full(n, SIGMA_ANGLE_RAD),
        sigma_elevation_rad=np.full(n, SIGMA_ANGLE_RAD),
        code=named(scene.source[at]) if is_perfect else np.full(n, -1),
    )


def named(source: np.ndarray) -> np.ndarray:
    """Return a code for each plot: that of its object, and one of its own for a false alarm."""
    return np.where(source >= 0, source, 1_000_000 + np.arange(len(source)))


def tracked(
    scene: Scene, settings: Settings, is_perfect: bool = False
) -> tuple[Rows, np.ndarray]:
    """Return the reported tracks in the radar's frame, and the seconds of each scan."""
    tracker, found, seconds = Tracker([radar(scene)], settings), [], []
    site, turn = tracker.plan.sensors.position_ecef_m[0], tracker.plan.sensors.enu_from_ecef[0]
    for scan in range(len(scene.truth)):
        plots = plots_of(scene, scan, is_perfect)
        began_s = time.perf_counter()
        now = tracker.step(plots, scan * scene.period_s)
        seconds.append(time.perf_counter() - began_s)
        found.append(rows_of(now, scan, site, turn))
    return Rows(*(np.concatenate(column) for column in zip(*found, strict=True))), np.array(
        seconds
    )


def rows_of(now: Report, scan: int, site: np.ndarray, turn: np.ndarray) -> Rows:
    """Return what is reported of a scan."""
    is_shown = (now.status != TrackStatus.TENTATIVE) & (now.misses <= MISSES_MAX)
    state = now.state[is_shown]
    enu = np.concatenate([(state[:, :3] - site) @ turn.T, state[:, 3:] @ turn.T], axis=1)
    return Rows(np.full(len(state), scan), now.track_id[is_shown].copy(), enu)


def row_of(
    name: str, scores: list[Scores], ms: list[float], shown: Sequence[str] = SHOWN
) -> str:
    """Return a line of the table."""
    cells = [f"{name:12s}"]
    for column in shown:
        values = np.array([getattr(one, column) for one in scores])
        half = 0.0
        if len(values) > 1:
            half = student.ppf(0.975, len(values) - 1) * values.std(ddof=1) / len(values) ** 0.5
        cells.append(f"{np.mean(values):11.4g} ± {half:<8.3g}")
    return " ".join([*cells, f"{np.mean(ms):8.3f}"])


def seeds_of(text: str) -> range:
    """Read 1-4 as 1, 2, 3, 4."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def settings_of(changes: list[str]) -> Settings:
    """Return the settings with changes written name=value."""
    pairs = (change.split("=") for change in changes)
    return Settings()._replace(
        **{name: type(getattr(Settings(), name))(float(value)) for name, value in pairs}
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modes", nargs="+", default=MODES, choices=MODES)
    parser.add_argument("--seeds", type=seeds_of, default="1-4")
    parser.add_argument("--n", type=int, default=300)
    parser.add_argument("--perfect", action="store_true", help="tell whose each plot is")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    chosen = parser.parse_args()
    settings = settings_of(chosen.set)
    tracked(make_scene("raid", 0, 30, 6), settings)  # compiles
    print(" " * 12, *(f"{name:22s}" for name in SHOWN), "ms a scan")
    for mode in chosen.modes:
        scores, ms = [], []
        for seed in chosen.seeds:
            scene = make_scene(mode, seed, chosen.n)
            rows, seconds = tracked(scene, settings, chosen.perfect)
            scores.append(score(rows, scene.truth))
            ms.append(1e3 * float(np.median(seconds)))
        print(row_of(mode, scores, ms), flush=True)


if __name__ == "__main__":
    main()
