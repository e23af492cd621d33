"""Interacting multiple models: a track is a mixture of filters, one a way of moving.

A model of probability 0 is not in use and costs nothing. The state of `Model.STATION` comes
from a formation (`stations`); here it is mixed and compared like any other.

Source: Blom and Bar-Shalom, The interacting multiple model algorithm, IEEE Trans. AC 33(8),
1988.
Assumes: the object switches between the models as a Markov chain in time; what an acceleration
in a turn differs by lasts up to ``manoeuvre_time_s``, so that its noise grows with the step.
"""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.tracking.filter import (
    FilterWork,
    distance,
    make_filter_work,
    spread_in_time,
    turn_in_time,
    update,
)
from bartizan.tracking.motion import fallen, may_fall
from bartizan.tracking.plan import Settings
from bartizan.tracking.switching import Switching, fill_switching, make_switching
from bartizan.tracking.tracks import N_MODEL, N_OWN, Model, Tracks

# no model in use is less likely after a plot: from 0 it could not be mixed, nor come back
RULED_OUT = 1e-9


class Mixture(NamedTuple):
    """The models of one track, or of one column of tracks."""

    probability: Floats  # (5,)
    mean: Floats  # (5, 6)
    covariance: Floats  # (5, 6, 6)


class ImmWork(NamedTuple):
    """Scratch of a step."""

    switching: Switching
    filter: FilterWork


def make_imm_work() -> ImmWork:
    """Return scratch for the steps of one track after another."""
    return ImmWork(switching=make_switching(), filter=make_filter_work())


def make_mixtures(capacity: int) -> Mixture:
    """Return room for the models of ``capacity`` tracks: columns with one row a track."""
    return Mixture(
        probability=arrays.zeros(capacity, N_MODEL),
        mean=arrays.zeros(capacity, N_MODEL, 6),
        covariance=arrays.zeros(capacity, N_MODEL, 6, 6),
    )


@kernel
def mixture_at(mixtures: Mixture, row: int) -> Mixture:
    """Return one row of columns of mixtures, as a view."""
    return Mixture(mixtures.probability[row], mixtures.mean[row], mixtures.covariance[row])


@kernel
def models_of(tracks: Tracks, row: int) -> Mixture:
    """Return the models of a track, as views."""
    return Mixture(
        tracks.model_probability[row], tracks.model_mean[row], tracks.model_covariance[row]
    )


@kernel
def model_noise(settings: Settings, model: int, dt_s: float) -> tuple[float, float]:
    """Return the white acceleration of a model along the ground and upward [m2/s3]."""
    if model == Model.STRAIGHT or model == Model.FALL:
        return settings.straight_noise_m2_s3, settings.straight_climb_noise_m2_s3
    lasting_s = min(dt_s, settings.manoeuvre_time_s)
    return (
        settings.turn_sigma_m_s2**2 * lasting_s,
        settings.turn_climb_sigma_m_s2**2 * lasting_s,
    )


@kernel
def predict(
    settings: Settings, now: Mixture, mean: Floats, dt_s: float, later: Mixture, work: ImmWork
) -> None:
    """Write the models of a track ``dt_s`` >= 0 after ``now``: mixed, then moved.

    Parameters
    ----------
    settings, now
        The models; that of the station in use makes it a member of a formation.
    mean
        (6,) of the mixture, which tells whether it may fall.
    dt_s, later, work
        Of the station the probability is written only.
    """
    falling = settings.fall_switch_per_s > 0.0 and may_fall(*_six(mean))
    member = now.probability[Model.STATION] > 0.0
    fill_switching(settings, dt_s, falling, member, work.switching)
    W = work.switching.probability
    for j in range(N_MODEL):
        total = 0.0
        for i in range(N_MODEL):
            total += now.probability[i] * W[i, j]
        later.probability[j] = total
        if total > 0.0 and j < N_OWN:
            _mix(now, W, j, total, later.mean[j], later.covariance[j])
            _move(settings, j, dt_s, later.mean[j], later.covariance[j], work.filter)


@kernel
def _mix(now: Mixture, W: Floats, j: int, total: float, mean: Floats, P: Floats) -> None:
    """Write what model ``j`` starts from: all, by how likely it was entered from each."""
    for a in range(6):
        mean[a] = 0.0
        for b in range(a, 6):
            P[a, b] = 0.0
    for i in range(N_MODEL):
        w = now.probability[i] * W[i, j] / total
        if w > 0.0:
            for a in range(6):
                mean[a] += w * now.mean[i, a]
    for i in range(N_MODEL):
        w = now.probability[i] * W[i, j] / total
        if w > 0.0:
            _add_spread(w, now.mean[i], now.covariance[i], mean, P)
    for a in range(6):
        for b in range(a):
            P[a, b] = P[b, a]


@kernel
def _add_spread(w: float, m: Floats, own: Floats, mean: Floats, P: Floats) -> None:
    """Add a part of weight ``w`` to the upper triangle of a mixture's covariance."""
    for a in range(6):
        apart = w * (m[a] - mean[a])
        for b in range(a, 6):
            P[a, b] += w * own[a, b] + apart * (m[b] - mean[b])


@kernel
def _move(
    settings: Settings, model: int, dt_s: float, mean: Floats, P: Floats, work: FilterWork
) -> None:
    """Advance one model by ``dt_s`` in place."""
    noise, climb_noise = model_noise(settings, model, dt_s)
    if model == Model.LEFT or model == Model.RIGHT:
        rate = _turn_rate(settings, mean)
        rate = rate if model == Model.LEFT else -rate
        turn_in_time(mean, P, dt_s, rate, noise, climb_noise, work)
        return
    spread_in_time(mean, P, dt_s, noise, climb_noise)
    if model == Model.FALL:
        x, y, z, vx, vy, vz = fallen(*_six(mean), dt_s)
        mean[0], mean[1], mean[2], mean[3], mean[4], mean[5] = x, y, z, vx, vy, vz
    else:
        for i in range(3):
            mean[i] += dt_s * mean[i + 3]


@kernel
def _six(mean: Floats) -> tuple[float, float, float, float, float, float]:
    return mean[0], mean[1], mean[2], mean[3], mean[4], mean[5]


@kernel
def _turn_rate(settings: Settings, mean: Floats) -> float:
    """Return the rate of a level turn at the speed along the ground [rad/s]."""
    x, y, z, vx, vy, vz = _six(mean)
    climb2 = (x * vx + y * vy + z * vz) ** 2 / (x * x + y * y + z * z)
    level = math.sqrt(max(vx * vx + vy * vy + vz * vz - climb2, 0.0))
    fastest = settings.turn_rate_max_rad_s
    return min(settings.turn_acceleration_m_s2 / max(level, 1.0), fastest)


@kernel
def blend(mixture: Mixture, mean: Floats, covariance: Floats) -> None:
    """Write the moments (6,), (6, 6) of a mixture."""
    for a in range(6):
        mean[a] = 0.0
    for i in range(N_MODEL):
        if mixture.probability[i] > 0.0:
            for a in range(6):
                mean[a] += mixture.probability[i] * mixture.mean[i, a]
    spread_about(mixture, mean, covariance)


@kernel
def spread_about(mixture: Mixture, mean: Floats, covariance: Floats) -> None:
    """Write the second moments (6, 6) of a mixture around a state (6,), its mean or another."""
    P = covariance
    for a in range(6):
        for b in range(a, 6):
            P[a, b] = 0.0
    for i in range(N_MODEL):
        if mixture.probability[i] > 0.0:
            _add_spread(mixture.probability[i], mixture.mean[i], mixture.covariance[i], mean, P)
    for a in range(6):
        for b in range(a):
            P[a, b] = P[b, a]


@kernel
def copy_state(mean: Floats, covariance: Floats, into: Floats, into_covariance: Floats) -> None:
    """Copy a state (6,), (6, 6)."""
    for i in range(6):
        into[i] = mean[i]
        for j in range(6):
            into_covariance[i, j] = covariance[i, j]


@kernel
def copy_mixture(mixture: Mixture, into: Mixture) -> None:
    """Copy the models in use."""
    for i in range(N_MODEL):
        into.probability[i] = mixture.probability[i]
        if mixture.probability[i] > 0.0:
            copy_state(mixture.mean[i], mixture.covariance[i], into.mean[i], into.covariance[i])


@kernel
def likelihood(
    predicted: Mixture,
    first: int,
    end: int,
    position_m: Floats,
    position_covariance_m2: Floats,
    late_s: float,
    gate: float,
) -> float:
    """Compare predicted models of a track with a plot.

    Parameters
    ----------
    predicted, first, end
        Of `predict`, and which of its models.
    position_m, position_covariance_m2, late_s
        (3,), (3, 3) the plot, and its time after the prediction.
    gate
        Squared Mahalanobis distance within which a model has a say.

    Returns
    -------
    float
        The mixture's probability density at the plot [1/m3]; 0: in no model's gate.
    """
    z, R, density = position_m, position_covariance_m2, 0.0
    for model in range(first, end):
        if predicted.probability[model] == 0.0:
            continue
        mean, covariance = predicted.mean[model], predicted.covariance[model]
        distance2, determinant = distance(mean, covariance, z, R, late_s, gate)
        if distance2 < gate:
            fit = math.exp(-0.5 * distance2) / math.sqrt(determinant)
            density += predicted.probability[model] * fit
    return float(density / (2.0 * math.pi) ** 1.5)


@kernel
def correct(
    predicted: Mixture,
    position_m: Floats,
    position_covariance_m2: Floats,
    late_s: float,
    corrected: Mixture,
    work: FilterWork,
) -> float:
    """Take a plot into the predicted models of a track; arguments as of `likelihood`.

    Of the station's model the probability is written only.

    Returns
    -------
    float
        The mixture's probability density at the plot, never quite 0 [1/m3].
    """
    z, R = position_m, position_covariance_m2
    total, n_used = 0.0, 0
    for model in range(N_MODEL):
        corrected.probability[model] = 0.0
        if predicted.probability[model] == 0.0:
            continue
        mean, covariance = predicted.mean[model], predicted.covariance[model]
        distance2, determinant = distance(mean, covariance, z, R, late_s, math.inf)
        # an address may bring a plot from far outside any gate
        fit = math.exp(-0.5 * min(distance2, 600.0)) / math.sqrt(determinant)
        corrected.probability[model] = predicted.probability[model] * fit
        total += corrected.probability[model]
        n_used += 1
        if model < N_OWN:
            into, into_covariance = corrected.mean[model], corrected.covariance[model]
            update(mean, covariance, z, R, late_s, into, into_covariance, work)
    for model in range(N_MODEL):
        if predicted.probability[model] > 0.0:
            share = corrected.probability[model] / total
            corrected.probability[model] = RULED_OUT + (1.0 - n_used * RULED_OUT) * share
    return float(total / (2.0 * math.pi) ** 1.5)
