"""How consistent could any tracker be? `python -m benchmarks.tracking.histories --seeds 1-4`.

The objects of *ideal-jump* are tracked by a filter that knows their Markov chain and keeps one
Kalman filter for each history of models: those that differ only in models of more than
``kept`` scans ago are merged. The more are kept, the nearer to Bayes' rule, whose spread is
right. Prints the NEES of `consistency` by phase, for each number kept.

Source: Bar-Shalom, Li and Kirubarajan, Estimation with Applications to Tracking and
Navigation, 2001, section 11.6 (generalised pseudo-Bayesian filters; with 1 kept, GPB2).
Assumes: each object gives the plots that it gave, and no others; a look each second.
"""

import argparse
from typing import NamedTuple

import numpy as np
from benchmarks.tracking.alone import converted, ecef
from benchmarks.tracking.consistency import (
    START_S,
    Errors,
    Phase,
    phases,
    row_of,
    squares,
    within,
)
from benchmarks.tracking.ideal import make_ideal_scene, noise_of, settings_for
from benchmarks.tracking.run import MISSES_MAX, N_OBJECT, plots_of, radar, seeds_of
from benchmarks.tracking.scenes import Floats, Ints, Scene

from bartizan.tracking.plan import Sensors, Settings
from bartizan.tracking.sensors import table_of
from bartizan.tracking.switching import fill_switching, make_switching

N = 3  # models: straight on, left, right
SIGN = np.array([0.0, 1.0, -1.0])  # of their turns


class Histories(NamedTuple):
    """States of n objects, one for each of h histories; the last model is the lowest digit."""

    weight: Floats  # (n, h)
    mean: Floats  # (n, h, 6) ECEF
    covariance: Floats  # (n, h, 6, 6)


def begun(known: Settings, plot_m: Floats, plot_m2: Floats, kept: int) -> Histories:
    """Return the histories of objects seen at (n, 3) for the first time, with (n, 3, 3)."""
    n, h, up = len(plot_m), N**kept, plot_m / np.linalg.norm(plot_m, axis=1, keepdims=True)
    turning = known.turn_start_per_s / (known.turn_start_per_s + known.turn_end_per_s)
    weight, mean, P = np.zeros((n, h)), np.zeros((n, 6)), np.zeros((n, 6, 6))
    weight[:, :N] = 1.0 - turning, turning / 2, turning / 2
    mean[:, :3], P[:, :3, :3] = plot_m, plot_m2
    both = np.array([[known.start_speed_sigma_m_s**2, known.start_climb_sigma_m_s**2]])
    P[:, 3:, 3:] = _along(up, np.tile(both, (n, 1)))
    return Histories(weight, np.repeat(mean[:, None], h, 1), np.repeat(P[:, None], h, 1))


def later(known: Settings, now: Histories, chain: Floats) -> Histories:
    """Return the histories a second later: each goes on by each model, h N of them."""
    n, h = now.weight.shape
    last, model = np.arange(h) % N, np.arange(N)
    weight = now.weight[:, :, None] * chain[last]
    F, Q = _motion(known, now.mean[:, :, None], model)
    mean = (F @ now.mean[:, :, None, :, None])[..., 0]
    P = F @ now.covariance[:, :, None] @ F.swapaxes(-1, -2) + Q
    return Histories(
        weight.reshape(n, h * N), mean.reshape(n, h * N, 6), P.reshape(n, h * N, 6, 6)
    )


def seen(before: Histories, plot_m: Floats, plot_m2: Floats) -> Histories:
    """Return histories (n, h) that took a plot each, (n, 3) with (n, 3, 3)."""
    P = before.covariance
    S, off = P[..., :3, :3] + plot_m2[:, None], plot_m[:, None] - before.mean[..., :3]
    gain = P[..., :3] @ np.linalg.inv(S)
    squared = np.einsum("nhi,nhi->nh", off, np.linalg.solve(S, off[..., None])[..., 0])
    log = -0.5 * (squared + np.linalg.slogdet(S)[1])
    with np.errstate(divide="ignore"):
        log += np.log(before.weight)
    weight = np.exp(log - log.max(axis=1, keepdims=True))
    return Histories(
        weight / weight.sum(axis=1, keepdims=True),
        before.mean + (gain @ off[..., None])[..., 0],
        P - gain @ P[..., :3, :],
    )


def merged(now: Histories, kept: int) -> Histories:
    """Return histories of the last ``kept`` models: 0 for the moments of all."""
    (n, before), h = now.weight.shape, N**kept
    weight = now.weight.reshape(n, before // h, h)
    total = weight.sum(axis=1)
    is_any = (total > 0.0)[:, None]
    share = np.where(is_any, weight / np.where(is_any, total[:, None], 1.0), h / before)[
        ..., None
    ]
    mean = (share * now.mean.reshape(n, before // h, h, 6)).sum(axis=1)
    off = now.mean.reshape(n, before // h, h, 6) - mean[:, None]
    spread = (
        now.covariance.reshape(n, before // h, h, 6, 6) + off[..., None] * off[..., None, :]
    )
    return Histories(total, mean, (share[..., None] * spread).sum(axis=1))


def _motion(known: Settings, mean: Floats, model: Ints) -> tuple[Floats, Floats]:
    """Return F and Q (..., 6, 6) of a second, by ``model`` (...) from ``mean`` (..., 6)."""
    p, v = mean[..., :3], mean[..., 3:]
    up = p / np.linalg.norm(p, axis=-1, keepdims=True)
    climb = (v * up).sum(axis=-1, keepdims=True) * up
    speed_m_s = np.maximum(np.linalg.norm(v - climb, axis=-1), 1.0)
    rate = np.minimum(known.turn_acceleration_m_s2 / speed_m_s, known.turn_rate_max_rad_s)
    # straight on: so slow a turn that it is none
    rate = np.where(SIGN[model] == 0.0, 1e-6, SIGN[model] * rate)[..., None, None]
    upright = up[..., None] * up[..., None, :]
    level, aside = np.eye(3) - upright, np.cross(up[..., None, :], np.eye(3)).swapaxes(-1, -2)
    F = np.zeros((*rate.shape[:-2], 6, 6))
    F[..., :3, :3] = np.eye(3)
    F[..., :3, 3:] = np.sin(rate) / rate * level + (1.0 - np.cos(rate)) / rate * aside + upright
    F[..., 3:, 3:] = np.cos(rate) * level + np.sin(rate) * aside + upright
    q = _along(up, np.array([noise_of(known, k) for k in range(N)])[model])
    Q = np.block([[q / 3.0, q / 2.0], [q / 2.0, q]])
    return F, Q


def _along(up: Floats, strength: Floats) -> Floats:
    """Return (..., 3, 3) of the one strength of (..., 2) along the ground, the other upward."""
    upright = up[..., None] * up[..., None, :]
    level, climb = strength[..., 0, None, None], strength[..., 1, None, None]
    return level * (np.eye(3) - upright) + climb * upright


def nees(seed: int, n: int, kept: int) -> Errors:
    """Return the squared errors of the objects of a scene, at all times."""
    scene, known = (
        make_ideal_scene("ideal-jump", seed, n),
        settings_for("ideal-jump", Settings()),
    )
    sensors, switching = table_of([radar(scene)]), make_switching()
    fill_switching(known, 1.0, False, False, switching)
    chain, doing = switching.probability[:N, :N], phases(scene.truth)
    first, hits, misses = np.full(n, -1), np.zeros(n), np.zeros(n)
    now, parts = begun(known, np.ones((n, 3)), np.ones((n, 3, 3)), kept), []
    for scan in range(len(scene.truth)):
        thing, plot_m, plot_m2 = _plots(sensors, scene, scan, n)
        wide = later(known, now, chain)
        for column, new in zip(wide, seen(_rows(wide, thing), plot_m, plot_m2), strict=True):
            column[thing] = new
        now = merged(wide, kept)
        is_new = first[thing] < 0
        started = begun(known, plot_m[is_new], plot_m2[is_new], kept)
        for column, new in zip(now, started, strict=True):
            column[thing[is_new]] = new
        first[thing[is_new]] = scan
        misses += 1
        hits[thing], misses[thing] = hits[thing] + 1, 0
        shown = np.flatnonzero((hits > 1) & (misses <= MISSES_MAX))
        all_of = merged(_rows(wide, shown), 0)
        off = ecef(sensors, scene.truth[scan, shown]) - all_of.mean[:, 0]
        is_start = scan - first[shown] <= START_S
        phase = np.where(is_start, Phase.START, doing[scan, shown])
        parts.append(Errors(phase, shown + n * seed, squares(off, all_of.covariance[:, 0])))
    return Errors(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _rows(histories: Histories, rows: Ints) -> Histories:
    return Histories(*(column[rows] for column in histories))


def _plots(sensors: Sensors, scene: Scene, scan: int, n: int) -> tuple[Ints, Floats, Floats]:
    code, plot_m, plot_m2 = converted(sensors, plots_of(scene, scan, is_perfect=True))
    is_own = code < n
    return code[is_own], plot_m[is_own], plot_m2[is_own]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds_of, default="1-4")
    parser.add_argument("--n", type=int, default=N_OBJECT)
    parser.add_argument("--kept", type=int, nargs="+", default=[1, 2, 3])
    chosen = parser.parse_args()
    for kept in chosen.kept:
        found = [nees(seed, chosen.n, kept) for seed in chosen.seeds]
        errors = Errors(*(np.concatenate(column) for column in zip(*found, strict=True)))
        print(
            f"{kept} kept                   values     mean   band of mean      below  inside"
        )
        for phase in (*Phase, None):
            now = errors if phase is None else within(errors, phase)
            if len(now.value):
                name = "all" if phase is None else phase.name.lower()
                print(row_of("nees", name, now, 6), flush=True)


if __name__ == "__main__":
    main()
