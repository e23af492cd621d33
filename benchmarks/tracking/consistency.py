"""Is the tracker as wrong as it says? `python -m benchmarks.tracking.consistency --seeds 1-10`.

Prints a table by phase of motion, with whose each plot is told, so that no error of association
enters. NEES are the squared errors of reported tracks in their own covariances, of position and
velocity and of position alone; NIS those of plots against tracks predicted to them. Each has
its mean, the band that holds the mean in 95 of 100 cases if all is right, and the share of the
values below, inside and above the chi-square band of 95 % of a single value. Above: the
tracker is overconfident; below: it is better than it says.

Source: Bar-Shalom, Li and Kirubarajan, Estimation with Applications to Tracking and
Navigation, 2001, section 5.4.2.
Assumes: objects are independent; values of one object are not, so that the band of a mean is as
wide as if each object had given one value. NIS is of tracks outside formations only: in one,
the plot itself has told where its track is expected.
"""

import argparse
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from benchmarks.tracking.alone import alone, converted, ecef
from benchmarks.tracking.ideal import IDEAL_MODES, make_ideal_scene, settings_for
from benchmarks.tracking.run import (
    MISSES_MAX,
    N_OBJECT,
    plots_of,
    radar,
    seeds_of,
    settings_of,
)
from benchmarks.tracking.scenes import Floats, Ints, Scene, make_scene

from bartizan.arrays import Bools
from bartizan.metrics.consistency import band
from bartizan.tracking.imm import Mixture, blend, make_imm_work, make_mixtures, predict
from bartizan.tracking.inbox import RadarPlots
from bartizan.tracking.plan import Settings
from bartizan.tracking.report import Report
from bartizan.tracking.tracker import Tracker
from bartizan.tracking.tracks import Model, TrackStatus

MODES = (*IDEAL_MODES, "spread", "raid")
START_S, ENTRY_S, EXIT_S = 5, 3, 5  # how long a start, the entry to a turn and its end count
TURN_M_S2 = 5.0  # more is a turn; the scenes' own restlessness is a tenth of it


class Phase(IntEnum):
    """What an object is doing."""

    START = 0  # up to 5 s after its track's first plot
    STRAIGHT = 1
    ENTERING = 2  # the first 3 s of a turn
    TURNING = 3
    LEAVING = 4  # up to 5 s after a turn
    FALLING = 5


# where an object does but one thing
STEADY = {
    "ideal-straight": Phase.STRAIGHT,
    "ideal-turn": Phase.TURNING,
    "ideal-fall": Phase.FALLING,
    "ballistic": Phase.FALLING,
}


class Errors(NamedTuple):
    """Normalised squared errors, one row a value; v rows."""

    phase: Ints  # (v,) Phase
    thing: Ints  # (v,) the object
    value: Floats  # (v,)


class Found(NamedTuple):
    """What a scene shows."""

    nees: Errors  # of position and velocity
    nees_position: Errors
    nis: Errors


DEGREES = Found(6, 3, 3)
HEAD = f"{'':23s}   values     mean   band of mean      below  inside   above  %"


def phases(truth: Floats) -> Ints:
    """Return the phase (s, n) of a ``truth`` (s, n, 6) each second, starts left out."""
    change_m_s = np.linalg.norm(np.diff(truth[..., 3:], axis=0), axis=2)
    found = np.full(truth.shape[:2], Phase.STRAIGHT)
    turned_s, since_s = np.zeros(truth.shape[1]), np.full(truth.shape[1], np.inf)
    for scan, is_turning in enumerate(change_m_s > TURN_M_S2, 1):
        turned_s = np.where(is_turning, turned_s + 1, 0)
        since_s = np.where(is_turning, 0, since_s + 1)
        found[scan, since_s <= EXIT_S] = Phase.LEAVING
        found[scan, turned_s > 0] = Phase.ENTERING
        found[scan, turned_s > ENTRY_S] = Phase.TURNING
    return found


def found_in(
    scene: Scene,
    settings: Settings,
    steady: Phase | None = None,
    misses_max: int = MISSES_MAX,
) -> Found:
    """Track a scene, told whose each plot is, and return the errors of tracks.

    Those with at most ``misses_max`` looks missed in a row. All that is not the start counts
    as the phase ``steady``, if there is but one.
    """
    phase = phases(scene.truth)
    if steady is not None:
        phase[:] = steady
    tracker = Tracker([radar(scene)], settings)
    parts = []
    for scan in range(len(scene.truth)):
        plots = plots_of(scene, scan, is_perfect=True)
        nis = _nis(tracker, plots, float(scan), phase[scan], misses_max)
        now = tracker.step(plots, float(scan))
        is_shown = (now.status != TrackStatus.TENTATIVE) & (now.misses <= misses_max)
        nees = _nees(tracker, now, is_shown, scene.truth[scan], float(scan), phase[scan])
        parts.append(Found(*nees, nis))
    return joined(parts)


def found_alone(scene: Scene, settings: Settings, seed: int) -> Found:
    """Return the errors of the model of a fall alone: NEES after plots, NIS of them."""
    parts = []
    for step in alone(scene, settings, Model.FALL, seed):
        phase = Phase.START if step.scan <= START_S else Phase.FALLING
        doing = np.full(len(step.thing), phase)
        off, P = step.truth - step.corrected, step.corrected_covariance
        spread = step.predicted_covariance[:, :3, :3] + step.plot_m2
        values = (
            squares(off, P),
            squares(off[:, :3], P[:, :3, :3]),
            squares(step.plot_m - step.predicted[:, :3], spread),
        )
        parts.append(Found(*(Errors(doing, step.thing, value) for value in values)))
    return joined(parts)


def joined(parts: list[Found]) -> Found:
    """Return the errors of all parts."""
    return Found(
        *(
            Errors(*(np.concatenate(column) for column in zip(*errors, strict=True)))
            for errors in zip(*parts, strict=True)
        )
    )


def _nees(
    tracker: Tracker, now: Report, is_shown: Bools, truth: Floats, time_s: float, phase: Ints
) -> tuple[Errors, Errors]:
    """Return the errors of the tracks reported that are of an object still there."""
    tracks, sensors = tracker.tracks, tracker.plan.sensors
    code, first_s = tracks.code[tracks.alive], tracks.first_s[tracks.alive]
    is_shown = is_shown & np.isin(code, np.flatnonzero(~np.isnan(truth[:, 0])))
    thing = code[is_shown]
    off, covariance = (
        ecef(sensors, truth[thing]) - now.state[is_shown],
        now.covariance[is_shown],
    )
    doing = np.where(time_s - first_s[is_shown] <= START_S, Phase.START, phase[thing])
    return (
        Errors(doing, thing, squares(off, covariance)),
        Errors(doing, thing, squares(off[:, :3], covariance[:, :3, :3])),
    )


def _nis(
    tracker: Tracker, plots: RadarPlots, time_s: float, phase: Ints, misses_max: int
) -> Errors:
    """Return the errors of plots against the tracks that are to get them."""
    tracks = tracker.tracks
    is_asked = tracks.alive & (tracks.status != TrackStatus.TENTATIVE)
    is_asked &= (tracks.misses <= misses_max) & (tracks.formation < 0)
    row_of = {int(tracks.code[row]): row for row in np.flatnonzero(is_asked)}
    code, position_m, covariance_m2 = converted(tracker.plan.sensors, plots)
    pairs = [(k, row_of[c]) for k, c in enumerate(code) if c < len(phase) and c in row_of]
    place, rows = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    mean, covariance = predicted_moments(tracker, rows, time_s)
    spread = covariance[:, :3, :3] + covariance_m2[place]
    thing, is_new = code[place], time_s - tracks.first_s[rows] <= START_S
    doing = np.where(is_new, Phase.START, phase[thing])
    return Errors(doing, thing, squares(position_m[place] - mean[:, :3], spread))


def predicted_moments(tracker: Tracker, rows: Ints, time_s: float) -> tuple[Floats, Floats]:
    """Return means (r, 6) and covariances (r, 6, 6) of tracks predicted as mixtures."""
    tracks, work, later = tracker.tracks, make_imm_work(), make_mixtures(1)
    later = Mixture(*(column[0] for column in later))
    mean, covariance = np.empty((len(rows), 6)), np.empty((len(rows), 6, 6))
    for k, row in enumerate(rows):
        columns = tracks.model_probability, tracks.model_mean, tracks.model_covariance
        now, dt_s = Mixture(*(column[row] for column in columns)), time_s - tracks.time_s[row]
        predict(tracker.plan.settings, now, tracks.mean[row], dt_s, later, work)
        blend(later, mean[k], covariance[k])
    return mean, covariance


def squares(off: Floats, covariance: Floats) -> Floats:
    """Return the squared Mahalanobis lengths (v,) of ``off`` (v, d) in (v, d, d)."""
    return np.einsum("vi,vi->v", off, np.linalg.solve(covariance, off[..., None])[..., 0])


def mean_band(errors: Errors, degrees: int) -> tuple[float, float]:
    """Return the band of the mean of so many objects' errors."""
    n = len(np.unique(errors.thing))
    low, high = band(np.array(degrees * n))
    return float(low / n), float(high / n)


def within(errors: Errors, phase: Phase) -> Errors:
    """Return the errors of one phase."""
    return Errors(*(column[errors.phase == phase] for column in errors))


def row_of(name: str, phase: str, errors: Errors, degrees: int) -> str:
    """Return a line of the table."""
    low, high = band(np.array(degrees))
    least, most = mean_band(errors, degrees)
    below, above = (errors.value < low).mean(), (errors.value > high).mean()
    return (
        f"{phase:9s} {name:13s} {len(errors.value):8,d}"
        f" {errors.value.mean():8.2f}   {least:5.2f} to {most:5.2f}"
        f" {100 * below:7.1f} {100 * (1.0 - below - above):7.1f} {100 * above:7.1f}"
    )


def found_over(
    mode: str, seeds: range, n: int, settings: Settings, misses_max: int = MISSES_MAX
) -> Found:
    """Return the errors of the scenes of many seeds; objects of each have their own numbers."""
    parts = []
    for seed in seeds:
        one = _found_once(mode, seed, n, settings, misses_max)
        parts.append(Found(*(e._replace(thing=e.thing + n * seed) for e in one)))
    return joined(parts)


def _found_once(mode: str, seed: int, n: int, settings: Settings, misses_max: int) -> Found:
    own = settings_for(mode, settings)
    if mode not in IDEAL_MODES:
        return found_in(make_scene(mode, seed, n), own, None, misses_max)
    scene = make_ideal_scene(mode, seed, n)
    if mode == "ideal-fall":
        return found_alone(scene, own, seed)
    return found_in(scene, own, STEADY.get(mode), misses_max)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modes", nargs="+", default=MODES, choices=MODES)
    parser.add_argument("--seeds", type=seeds_of, default="1-4")
    parser.add_argument("--n", type=int, default=N_OBJECT)
    parser.add_argument("--misses", type=int, default=MISSES_MAX, help="in a row, at most")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    chosen = parser.parse_args()
    for mode in chosen.modes:
        settings = settings_of(chosen.set)
        found = found_over(mode, chosen.seeds, chosen.n, settings, chosen.misses)
        print(f"{mode}\n{HEAD}")
        for phase in (*Phase, None):
            for name, errors, degrees in zip(Found._fields, found, DEGREES, strict=True):
                now = errors if phase is None else within(errors, phase)
                if len(now.value):
                    of = "all" if phase is None else phase.name.lower()
                    print(row_of(name, of, now, degrees), flush=True)


if __name__ == "__main__":
    main()
