"""Interacting multiple models: a track is a mixture of a quiet and an agile filter.

Source: Blom and Bar-Shalom, The interacting multiple model algorithm, IEEE Trans. AC 33(8),
1988.
Assumes: the object switches between the models as a Markov chain in time; an acceleration of
the agile model lasts up to ``manoeuvre_time_s``, so that its noise grows with the step.
"""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.tracking.filter import FilterWork, distance, spread_in_time, update
from bartizan.tracking.motion import extrapolated
from bartizan.tracking.plan import Settings
from bartizan.tracking.tracks import N_MODEL, Model

# no model is less likely after a plot: from 0 it could not be mixed, nor come back
RULED_OUT = 1e-9


class Mixture(NamedTuple):
    """The models of one track, or of one column of tracks."""

    probability: Floats  # (2,)
    mean: Floats  # (2, 6)
    covariance: Floats  # (2, 6, 6)


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
def switching(settings: Settings, dt_s: float) -> tuple[float, float]:
    """Return the probabilities of quiet -> agile and of agile -> quiet within ``dt_s``."""
    leave, back = settings.quiet_leave_per_s, settings.agile_leave_per_s
    settled = 1.0 - math.exp(-(leave + back) * dt_s)
    return settled * leave / (leave + back), settled * back / (leave + back)


@kernel
def model_noise(settings: Settings, model: int, dt_s: float) -> tuple[float, float]:
    """Return the white acceleration of a model along the ground and upward [m2/s3]."""
    if model == Model.QUIET:
        return settings.quiet_noise_m2_s3, settings.quiet_climb_noise_m2_s3
    lasting_s = min(dt_s, settings.manoeuvre_time_s)
    return (
        settings.agile_acceleration_m_s2**2 * lasting_s,
        settings.agile_climb_acceleration_m_s2**2 * lasting_s,
    )


@kernel
def predict(settings: Settings, now: Mixture, dt_s: float, later: Mixture) -> None:
    """Write the models of a track ``dt_s`` >= 0 after ``now``: mixed, then moved."""
    to_agile, to_quiet = switching(settings, dt_s)
    quiet, agile = now.probability[0], now.probability[1]
    _mix(now, Model.QUIET, (1.0 - to_agile) * quiet, to_quiet * agile, later)
    _mix(now, Model.AGILE, to_agile * quiet, (1.0 - to_quiet) * agile, later)
    for model in range(N_MODEL):
        mean, covariance = later.mean[model], later.covariance[model]
        x, y, z, vx, vy, vz = extrapolated(mean, dt_s)
        noise, climb_noise = model_noise(settings, model, dt_s)
        spread_in_time(mean, covariance, dt_s, noise, climb_noise)
        mean[0], mean[1], mean[2], mean[3], mean[4], mean[5] = x, y, z, vx, vy, vz


@kernel
def _mix(now: Mixture, model: int, quiet: float, agile: float, later: Mixture) -> None:
    """Write what a model starts from: both models, by how likely it was entered from each."""
    total = quiet + agile
    later.probability[model] = total
    blend(now, agile / total, later.mean[model], later.covariance[model])


@kernel
def blend(mixture: Mixture, w: float, mean: Floats, covariance: Floats) -> None:
    """Write the moments (6,), (6, 6) of the two models, the agile one of weight ``w``."""
    means, covariances = mixture.mean, mixture.covariance
    for i in range(6):
        mean[i] = means[0, i] + w * (means[1, i] - means[0, i])
        for j in range(6):
            apart = (means[1, i] - means[0, i]) * (means[1, j] - means[0, j])
            within = (1.0 - w) * covariances[0, i, j] + w * covariances[1, i, j]
            covariance[i, j] = within + w * (1.0 - w) * apart


@kernel
def copy_state(mean: Floats, covariance: Floats, into: Floats, into_covariance: Floats) -> None:
    """Copy a state (6,), (6, 6)."""
    for i in range(6):
        into[i] = mean[i]
        for j in range(6):
            into_covariance[i, j] = covariance[i, j]


@kernel
def likelihood(
    predicted: Mixture,
    position_m: Floats,
    position_covariance_m2: Floats,
    late_s: float,
    gate: float,
) -> tuple[float, float]:
    """Compare the predicted models of a track with a plot.

    Parameters
    ----------
    predicted
        Of `predict`.
    position_m, position_covariance_m2, late_s
        (3,), (3, 3) the plot, and its time after the prediction.
    gate
        Squared Mahalanobis distance within which a model has a say.

    Returns
    -------
    distance2, density
        Least squared Mahalanobis distance of a model [-]; the mixture's probability density
        at the plot [1/m3].
    """
    z, R = position_m, position_covariance_m2
    least, density = math.inf, 0.0
    for model in range(N_MODEL):
        mean, covariance = predicted.mean[model], predicted.covariance[model]
        distance2, determinant = distance(mean, covariance, z, R, late_s, gate)
        least = min(least, distance2)
        if distance2 < gate:
            fit = math.exp(-0.5 * distance2) / math.sqrt(determinant)
            density += predicted.probability[model] * fit
    return least, density / (2.0 * math.pi) ** 1.5


@kernel
def correct(
    predicted: Mixture,
    position_m: Floats,
    position_covariance_m2: Floats,
    late_s: float,
    corrected: Mixture,
    work: FilterWork,
) -> None:
    """Take a plot into the predicted models of a track; arguments as of `likelihood`."""
    z, R = position_m, position_covariance_m2
    total = 0.0
    for model in range(N_MODEL):
        mean, covariance = corrected.mean[model], corrected.covariance[model]
        copy_state(predicted.mean[model], predicted.covariance[model], mean, covariance)
        distance2, determinant = distance(mean, covariance, z, R, late_s, math.inf)
        update(mean, covariance, z, R, late_s, work)
        # an address may bring a plot from far outside any gate
        fit = math.exp(-0.5 * min(distance2, 600.0)) / math.sqrt(determinant)
        corrected.probability[model] = predicted.probability[model] * fit
        total += corrected.probability[model]
    for model in range(N_MODEL):
        share = corrected.probability[model] / total
        corrected.probability[model] = RULED_OUT + (1.0 - N_MODEL * RULED_OUT) * share
