"""One model of the tracker alone, begun near the truth: a plain Kalman filter of its kernels.

The tracker itself cannot be told that all fall: what does is found out by the mixture. Here
the mixture's probability is 1 for one model, from the first plot to the last.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from benchmarks.tracking.run import plots_of, radar
from benchmarks.tracking.scenes import Floats, Ints, Scene

from bartizan.sense.plots import make_plots
from bartizan.tracking.imm import (
    Mixture,
    correct,
    make_imm_work,
    make_mixtures,
    predict,
)
from bartizan.tracking.inbox import RadarPlots, add_radar
from bartizan.tracking.measurement import convert
from bartizan.tracking.plan import Sensors, Settings
from bartizan.tracking.sensors import table_of

START_SIGMA = np.array([100.0] * 3 + [30.0] * 3)  # of the first state [m], [m/s]
ONLY = 1e-300  # per second: falling may be switched to and from, and never is


class Step(NamedTuple):
    """Objects that gave a plot in one scan; p rows."""

    scan: int
    thing: Ints  # (p,)
    truth: Floats  # (p, 6) ECEF
    plot_m: Floats  # (p, 3)
    plot_m2: Floats  # (p, 3, 3)
    predicted: Floats  # (p, 6)
    predicted_covariance: Floats  # (p, 6, 6)
    corrected: Floats  # (p, 6)
    corrected_covariance: Floats  # (p, 6, 6)


def alone(scene: Scene, settings: Settings, model: int, seed: int = 0) -> Iterator[Step]:
    """Yield what one model makes of the plots of each object, scan by scan.

    Each filter begins at scan 0, off the truth by an error drawn from its own covariance.
    """
    sensors, rng = table_of([radar(scene)]), np.random.default_rng(seed)
    own, n = settings._replace(fall_switch_per_s=ONLY), scene.truth.shape[1]
    now, later, work = make_mixtures(n), _row(make_mixtures(1), 0), make_imm_work()
    now.probability[:, model] = 1.0
    now.mean[:, model] = ecef(sensors, scene.truth[0]) + rng.normal(0, START_SIGMA, (n, 6))
    now.covariance[:, model] = np.diag(START_SIGMA**2)
    at_s = np.zeros(n)
    for scan in range(1, len(scene.truth)):
        code, plot_m, plot_m2 = converted(sensors, plots_of(scene, scan, is_perfect=True))
        rows, foreseen = np.flatnonzero(code < n), []
        for place in rows:
            k = code[place]
            mixture = _row(now, k)
            predict(own, mixture, mixture.mean[model], scan - at_s[k], later, work)
            foreseen.append((later.mean[model].copy(), later.covariance[model].copy()))
            correct(later, plot_m[place], plot_m2[place], 0.0, mixture, work.filter)
            at_s[k] = scan
        thing = code[rows]
        yield Step(
            scan,
            thing,
            ecef(sensors, scene.truth[scan, thing]),
            plot_m[rows],
            plot_m2[rows],
            *(np.array(column) for column in zip(*foreseen, strict=True)),
            now.mean[thing, model],
            now.covariance[thing, model],
        )


def ecef(sensors: Sensors, state: Floats) -> Floats:
    """Return states (n, 6) of the first sensor's plane in ECEF."""
    site, turn = sensors.position_ecef_m[0], sensors.enu_from_ecef[0]
    return np.concatenate([state[:, :3] @ turn + site, state[:, 3:] @ turn], axis=1)


def converted(sensors: Sensors, plots: RadarPlots) -> tuple[Ints, Floats, Floats]:
    """Return codes (p,), ECEF positions (p, 3) [m] and covariances (p, 3, 3) [m2] of plots."""
    n = len(plots.time_s)
    table, position_m, covariance_m2 = make_plots(n), np.empty((n, 3)), np.empty((n, 3, 3))
    add_radar(table, plots)
    for row in range(n):
        convert(table, row, sensors, position_m[row], covariance_m2[row])
    return table.code, position_m, covariance_m2


def _row(mixtures: Mixture, k: int) -> Mixture:
    return Mixture(*(column[k] for column in mixtures))
