"""How time grows with the number of objects: `python -m benchmarks.tracking.growth`.

*Side by side*: copies of the scene of 300 objects on a grid of 230 km, each with errors and
false alarms of its own, as position reports of one sensor: the density stays the same, so that
the time of a scan should grow as the number of objects does. *Dense*: that many objects in the
one scene, by radar. Milliseconds of processor time a scan: the median after the start.
"""

import argparse
import math
import time
from collections.abc import Callable

import numpy as np
from benchmarks.tracking.run import plots_of, radar
from benchmarks.tracking.scenes import DETECTION_PROBABILITY, Floats, Scene, make_scene

from bartizan.tracking.coverage import false_alarm_density_m3
from bartizan.tracking.inbox import PositionReports, RadarPlots
from bartizan.tracking.lower import report_sensor
from bartizan.tracking.plan import Sensors
from bartizan.tracking.tracker import Tracker
from bartizan.world.geodesy import ecef_from_geodetic, enu_from_ecef

OBJECTS, FALSE_ALARMS = 300, 50  # of one copy
EARTH_RADIUS_M = 6.371e6
STEP_RAD = 230e3 / EARTH_RADIUS_M  # from one copy to the next
RADIUS_M, HEIGHT_M, SIGMA_M = 100e3, 12e3, 80.0
STARTED = 6  # scans that the median leaves out
COPIES = (1, 3, 10, 30, 100)
DENSE = (300, 3_000, 30_000)


def reports_of(scenes: list[Scene], scan: int, rng: np.random.Generator) -> PositionReports:
    """Return a scan of all copies as position reports."""
    side = math.ceil(math.sqrt(len(scenes)))
    found = []
    for k, scene in enumerate(scenes):
        truth = scene.truth[scan, :, :3]
        truth = truth[~np.isnan(truth[:, 0])]
        seen = truth[rng.random(len(truth)) < DETECTION_PROBABILITY]
        places = np.concatenate(
            [seen + rng.normal(0.0, SIGMA_M, seen.shape), _false_alarms(rng)]
        )
        lat_rad, lon_rad = (k // side) * STEP_RAD, (k % side) * STEP_RAD
        site = np.array(ecef_from_geodetic(lat_rad, lon_rad, 0.0))
        found.append(site + places @ enu_from_ecef(lat_rad, lon_rad))
    position_m = np.concatenate(found)
    n = len(position_m)
    return PositionReports(
        time_s=np.full(n, float(scan)),
        sensor=np.zeros(n, dtype=np.int64),
        position_ecef_m=position_m,
        sigma_position_m=np.full(n, SIGMA_M),
        address=np.full(n, -1),
    )


def _false_alarms(rng: np.random.Generator) -> Floats:
    r = RADIUS_M * np.sqrt(rng.random(FALSE_ALARMS))
    angle = rng.uniform(-np.pi, np.pi, FALSE_ALARMS)
    height = rng.uniform(0.0, HEIGHT_M, FALSE_ALARMS)
    return np.stack([r * np.cos(angle), r * np.sin(angle), height], -1)


def listener() -> Sensors:
    """Return a sensor that hears all copies, and expects as many false alarms as come."""
    everywhere = report_sensor(1.0)
    now = false_alarm_density_m3(everywhere, 0, EARTH_RADIUS_M, 0.0, 0.0)
    wanted = FALSE_ALARMS / (math.pi * RADIUS_M**2 * HEIGHT_M)
    return everywhere._replace(
        detection_probability=np.array([DETECTION_PROBABILITY]),
        false_alarms_per_scan=everywhere.false_alarms_per_scan * wanted / now,
    )


def side_by_side(n_copy: int, scans: int) -> float:
    """Return the milliseconds a scan of ``n_copy`` scenes side by side."""
    scenes = [make_scene("spread", seed, OBJECTS, scans) for seed in range(1, n_copy + 1)]
    tracker, rng = Tracker([radar(scenes[0])]), np.random.default_rng(1)
    tracker.plan = tracker.plan._replace(sensors=listener())
    return ms_a_scan(tracker, scans, lambda scan: reports_of(scenes, scan, rng))


def dense(n: int, scans: int) -> float:
    """Return the milliseconds a scan of ``n`` objects in one scene."""
    scene = make_scene("spread", 1, n, scans)
    return ms_a_scan(Tracker([radar(scene)]), scans, lambda scan: plots_of(scene, scan))


def ms_a_scan(
    tracker: Tracker, scans: int, plots: Callable[[int], RadarPlots | PositionReports]
) -> float:
    """Return the median milliseconds of processor time of the scans after the start."""
    found = []
    for scan in range(scans):
        now = plots(scan)
        began_s = time.process_time()
        tracker.step(now, float(scan))
        found.append(1e3 * (time.process_time() - began_s))
    return float(np.median(found[STARTED:]))


def main() -> None:
    """Print both rows, and the exponent of growth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=int, default=16)
    scans = parser.parse_args().scans
    dense(OBJECTS, STARTED + 1), side_by_side(1, STARTED + 1)  # compiles
    print("side by side")
    found = [(OBJECTS * copies, side_by_side(copies, scans)) for copies in COPIES]
    for n, ms in found:
        print(f"  {n:6d} objects  {ms:8.2f} ms a scan  {1e3 * ms / n:6.2f} us an object")
    slope, _ = np.polyfit(*np.log(np.array(found)).T, 1)
    print(f"  time grows as the number of objects to the power {slope:.2f}")
    print("dense")
    for n in DENSE:
        print(f"  {n:6d} objects  {dense(n, scans):8.2f} ms a scan")


if __name__ == "__main__":
    main()
