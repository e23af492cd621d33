"""Association: which plot of a batch belongs to which track.

All plots are offered to all tracks at once, tentative ones included: global nearest
neighbour, the assignment of the greatest likelihood ratio of "these plots are those tracks" to
"they are false alarms".

Source: Blackman and Popoli, Design and Analysis of Modern Tracking Systems, 1999, ch. 6;
Mušicki and Evans, Joint integrated probabilistic data association, IEEE Trans. AES 40(3), 2004
(existence probability in the ratio).
"""

import math

from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.tracking.assignment import add_pair, assign, clear_pairs, end_row
from bartizan.tracking.batch import Batch
from bartizan.tracking.gate import fill, near
from bartizan.tracking.imm import Mixture, likelihood, mixture_at, model_noise
from bartizan.tracking.motion import extrapolated
from bartizan.tracking.plan import Settings
from bartizan.tracking.scratch import Scratch
from bartizan.tracking.state import models_of, predict_state
from bartizan.tracking.tracks import N_MODEL, Model, Tracks

CELL_M = 4000.0
# a sensor sees a track once a scan, so that two plots of one sensor are this far apart
SCAN_MIN = 0.5


@kernel
def associate(settings: Settings, tracks: Tracks, scratch: Scratch) -> None:
    """Pair the batch's plots left over with tracks.

    The answer: ``pair_row`` are the tracks that are rows of the scratch's assignment, places
    of the batch its columns.
    """
    batch, n_row = scratch.batch, 0
    clear_pairs(scratch.pairs)
    fill(scratch.grid, batch.position_m, batch.size[0], CELL_M)
    middle_s, half_s, sigma2_m2 = _extent(batch)
    for row in range(tracks.alive.shape[0]):
        if not tracks.alive[row]:
            continue
        dt_s = middle_s - tracks.time_s[row]
        x, y, z, vx, vy, vz = extrapolated(tracks.mean[row], dt_s)
        farthest_s = abs(dt_s) + half_s
        radius_m = _reach_m(settings, models_of(tracks, row), farthest_s, sigma2_m2)
        radius_m += half_s * math.sqrt(vx * vx + vy * vy + vz * vz)
        n_near = near(
            scratch.grid, batch.position_m, batch.size[0], x, y, z, radius_m, scratch.found
        )
        before = scratch.pairs.size[1]
        if n_near > 0:
            _offer(settings, tracks, row, n_near, scratch)
        if scratch.pairs.size[1] > before:
            end_row(scratch.pairs)
            scratch.pair_row[n_row] = row
            n_row += 1
    assign(scratch.pairs, batch.size[0], scratch.assignment)


@kernel
def _extent(batch: Batch) -> tuple[float, float, float]:
    """Return the batch's middle time, half its duration and its greatest variance [m2]."""
    half_s = 0.5 * (batch.time_s[batch.size[0] - 1] - batch.time_s[0])
    greatest = 0.0
    for place in range(batch.size[0]):
        R = batch.covariance_m2[place]
        greatest = max(greatest, R[0, 0] + R[1, 1] + R[2, 2])
    return batch.time_s[0] + half_s, half_s, greatest


@kernel
def _reach_m(settings: Settings, models: Mixture, dt_s: float, sigma2_m2: float) -> float:
    """Return a radius beyond which no plot within ``dt_s`` is in the gate of any model."""
    apart_m = _apart_m(models, dt_s)
    widest = 0.0
    for model in range(N_MODEL):
        P = models.covariance[model]
        here = P[0, 0] + P[1, 1] + P[2, 2]
        speed = P[3, 3] + P[4, 4] + P[5, 5]
        # the trace of F P F' is at most (sqrt(trace of P) + dt sqrt(trace of V)) squared
        widest = max(widest, (math.sqrt(here) + dt_s * math.sqrt(speed)) ** 2)
    noise, climb_noise = model_noise(settings, Model.AGILE, dt_s)
    # what mixing adds is at most a quarter of the square between the models' means
    widest += (2.0 * noise + climb_noise) * dt_s**3 / 3.0 + 0.25 * apart_m * apart_m
    return apart_m + math.sqrt(settings.gate * (widest + sigma2_m2))


@kernel
def _apart_m(models: Mixture, dt_s: float) -> float:
    """Return how far apart the means of the two models are at most within ``dt_s``."""
    here2, speed2 = 0.0, 0.0
    for i in range(3):
        here2 += (models.mean[1, i] - models.mean[0, i]) ** 2
        speed2 += (models.mean[1, i + 3] - models.mean[0, i + 3]) ** 2
    return math.sqrt(here2) + dt_s * math.sqrt(speed2)


@kernel
def _offer(settings: Settings, tracks: Tracks, row: int, n_near: int, scratch: Scratch) -> None:
    """Add the pairs of one track with the places in ``found`` that its gate admits."""
    batch, predictions = scratch.batch, scratch.predictions
    models = mixture_at(predictions.models, row)
    seen = tracks.existence[row] * batch.detection_probability[0]
    for k in range(n_near):
        place = scratch.found[k]
        if not _is_eligible(settings, tracks, row, batch, place):
            continue
        predict_state(settings, tracks, row, batch.time_s[place], predictions)
        z, R = batch.position_m[place], batch.covariance_m2[place]
        late_s = batch.time_s[place] - predictions.time_s[row]
        distance2, density = likelihood(models, z, R, late_s, settings.gate)
        if distance2 < settings.gate:
            ratio = seen * density / (batch.clutter_m3[place] * (1.0 - seen))
            add_pair(scratch.pairs, place, -math.log(ratio))


@kernel
def _is_eligible(
    settings: Settings, tracks: Tracks, row: int, batch: Batch, place: int
) -> bool:
    """Tell whether a track may take a plot: not taken, another scan, no other address."""
    t_s = batch.time_s[place]
    if batch.is_taken[place]:
        return False
    if t_s - tracks.seen_s[row, batch.sensor[0]] < SCAN_MIN * batch.scan_period_s[0]:
        return False
    if batch.address[place] >= 0 and tracks.address[row] >= 0:
        return False
    way_m = settings.speed_max_m_s * abs(t_s - tracks.time_s[row])
    z, R = batch.position_m[place], batch.covariance_m2[place]
    return _is_reachable(settings, tracks.mean[row], tracks.covariance[row], z, R, way_m)


@kernel
def _is_reachable(
    settings: Settings, mean: Floats, covariance: Floats, z: Floats, R: Floats, way_m: float
) -> bool:
    """Tell whether a plot is no farther than ``way_m`` from a state, errors allowed for."""
    far2_m2, sigma2_m2 = 0.0, 0.0
    for i in range(3):
        far2_m2 += (z[i] - mean[i]) ** 2
        sigma2_m2 += R[i, i] + covariance[i, i]
    return bool(far2_m2 <= (way_m + math.sqrt(settings.gate * sigma2_m2)) ** 2)
