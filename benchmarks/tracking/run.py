"""Score the tracker: `python -m benchmarks.tracking.run --modes spread raid --seeds 1-4`.

Prints a row a mode: mean over seeds of each score with the half width of its 95 % interval,
and the milliseconds a scan (median over scans, mean over seeds). Reported are tracks past
their start with at most two misses. `--modes harder` scores the scenes of `harder`.
"""

import argparse
import time
from collections.abc import Sequence

import numpy as np
from benchmarks.tracking.harder import HARDER, hidden, make_harder
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
from bartizan.tracking.sensors import ANTENNA_MAX_M, Sensor
from bartizan.tracking.tracker import Tracker
from bartizan.tracking.tracks import TrackStatus

MISSES_MAX = 2
SHOWN = ("gospa_m", "switches", "velocity_rmse_m_s", "idf1", "missed_m2", "false_m2")
SHOWN += ("resumed",)
N_OBJECT = 300


def radar(scene: Scene, s: int = 0) -> Sensor:
    """Return a radar of a scene as the tracker is told of it, somewhere at sea."""
    site = scene.sites[s]
    return Sensor(
        site.lat_deg,
        site.lon_deg,
        site.height_m,
        scan_period_s=site.period_s,
        detection_probability=DETECTION_PROBABILITY,
        false_alarms_per_scan=scene.false_alarms,
        range_min_m=RANGE_MIN_M,
        range_max_m=RANGE_MAX_M,
        false_alarm_elevation_rad=ELEVATION_MAX_RAD,
        antenna_height_m=site.height_m or ANTENNA_MAX_M,
    )


def plots_of(scene: Scene, scan: int, is_perfect: bool = False) -> RadarPlots:
    """Return the plots of a scan; with a code that tells whose each is, if ``is_perfect``."""
    at = slice(*np.searchsorted(scene.scan, (scan, scan + 1)))
    n = at.stop - at.start
    return RadarPlots(
        time_s=scene.time_s[at],
        sensor=scene.sensor[at],
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
    radars = [radar(scene, s) for s in range(len(scene.sites))]
    tracker, found, seconds = Tracker(radars, settings), [], []
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
        if np.isnan(values).all():
            cells.append(f"{'-':>11s}{'':11s}")
            continue
        half = 0.0
        if len(values) > 1:
            half = student.ppf(0.975, len(values) - 1) * values.std(ddof=1) / len(values) ** 0.5
        cells.append(f"{np.mean(values):11.4g} ± {half:<8.3g}")
    return " ".join([*cells, f"{np.mean(ms):8.3f}"])


def scene_of(mode: str, seed: int, n: int | None) -> Scene:
    """Return a scene of either kind; without ``n`` it has as many objects as is usual."""
    if mode in HARDER:
        return make_harder(mode, seed, n)
    return make_scene(mode, seed, N_OBJECT if n is None else n)


def modes_of(names: list[str]) -> list[str]:
    """Return the modes, with ``harder`` spelt out."""
    return [mode for name in names for mode in (HARDER if name == "harder" else (name,))]


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
    choices = (*MODES, "harder", *HARDER)
    parser.add_argument("--modes", nargs="+", default=list(MODES), choices=choices)
    parser.add_argument("--seeds", type=seeds_of, default="1-4")
    parser.add_argument("--n", type=int, help="objects, instead of the mode's own number")
    parser.add_argument("--perfect", action="store_true", help="tell whose each plot is")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    chosen = parser.parse_args()
    settings = settings_of(chosen.set)
    tracked(make_scene("raid", 0, 30, 6), settings)  # compiles
    print(" " * 12, *(f"{name:22s}" for name in SHOWN), "ms a scan")
    for mode in modes_of(chosen.modes):
        scores, ms = [], []
        for seed in chosen.seeds:
            scene = scene_of(mode, seed, chosen.n)
            rows, seconds = tracked(scene, settings, chosen.perfect)
            is_hidden = hidden(scene) if mode == "horizon" else None
            scores.append(score(rows, scene.truth, is_hidden))
            ms.append(1e3 * float(np.median(seconds)))
        print(row_of(mode, scores, ms), flush=True)


if __name__ == "__main__":
    main()
