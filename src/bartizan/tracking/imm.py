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
from bartizan.tracking.tracks import N_MODEL, Model, Tracks


class Predictions(NamedTuple):
    """The tracks' models before the plots of the batch, one row a track; c tracks."""

    time_s: Floats  # (c,) nan: the track has changed since
    probability: Floats  # (c, 2)
    mean: Floats  # (c, 2, 6)
    covariance: Floats  # (c, 2, 6, 6)


def make_predictions(capacity: int) -> Predictions:
    """Return room for the predictions of ``capacity`` tracks."""
    return Predictions(
        time_s=arrays.nan(capacity),
        probability=arrays.zeros(capacity, N_MODEL),
        mean=arrays.zeros(capacity, N_MODEL, 6),
        covariance=arrays.zeros(capacity, N_MODEL, 6, 6),
    )


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
def predict(
    settings: Settings, tracks: Tracks, row: int, t_s: float, predictions: Predictions
) -> None:
    """Write the models of a track at ``t_s``, or at its own time where that is later."""
    t_s = max(t_s, tracks.time_s[row])
    if predictions.time_s[row] == t_s:
        return
    dt_s = t_s - tracks.time_s[row]
    predictions.time_s[row] = t_s
    to_agile, to_quiet = switching(settings, dt_s)
    quiet, agile = tracks.model_probability[row, 0], tracks.model_probability[row, 1]
    stay_quiet, stay_agile = (1.0 - to_agile) * quiet, (1.0 - to_quiet) * agile
    _mix(tracks, row, Model.QUIET, stay_quiet, to_quiet * agile, predictions)
    _mix(tracks, row, Model.AGILE, to_agile * quiet, stay_agile, predictions)
    for model in range(N_MODEL):
        mean, covariance = predictions.mean[row, model], predictions.covariance[row, model]
        x, y, z, vx, vy, vz = extrapolated(mean, dt_s)
        noise, climb_noise = model_noise(settings, model, dt_s)
        spread_in_time(mean, covariance, dt_s, noise, climb_noise)
        mean[0], mean[1], mean[2], mean[3], mean[4], mean[5] = x, y, z, vx, vy, vz


@kernel
def _mix(
    tracks: Tracks, row: int, model: int, from_quiet: float, from_agile: float, into: Predictions
) -> None:
    """Write the moment-matched mixture of both models that a model starts from."""
    into.probability[row, model] = from_quiet + from_agile
    w = from_agile / (from_quiet + from_agile)
    mean, covariance = into.mean[row, model], into.covariance[row, model]
    blend(tracks.model_mean[row], tracks.model_covariance[row], w, mean, covariance)


@kernel
def blend(means: Floats, covariances: Floats, w: float, mean: Floats, covariance: Floats) -> None:
    """Write mean (6,) and covariance (6, 6) of two Gaussians, the second of weight ``w``."""
    for i in range(6):
        mean[i] = means[0, i] + w * (means[1, i] - means[0, i])
        for j in range(6):
            apart = (means[1, i] - means[0, i]) * (means[1, j] - means[0, j])
            within = (1.0 - w) * covariances[0, i, j] + w * covariances[1, i, j]
            covariance[i, j] = within + w * (1.0 - w) * apart


@kernel
def likelihood(
    probabilities: Floats,
    means: Floats,
    covariances: Floats,
    position_m: Floats,
    position_covariance_m2: Floats,
    late_s: float,
    gate: float,
) -> tuple[float, float]:
    """Compare the predicted models of a track with a plot.

    Parameters
    ----------
    probabilities, means, covariances
        (2,), (2, 6), (2, 6, 6): a row of `Predictions`.
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
    least, density = math.inf, 0.0
    for model in range(N_MODEL):
        distance2, determinant = distance(
            means[model], covariances[model], position_m, position_covariance_m2, late_s, gate
        )
        least = min(least, distance2)
        if distance2 < gate:
            density += probabilities[model] * math.exp(-0.5 * distance2) / math.sqrt(determinant)
    return least, density / (2.0 * math.pi) ** 1.5


@kernel
def correct(
    tracks: Tracks,
    row: int,
    predictions: Predictions,
    position_m: Floats,
    position_covariance_m2: Floats,
    t_s: float,
    work: FilterWork,
) -> None:
    """Take a plot into a predicted track: models, their probabilities and the mixture."""
    late_s = t_s - predictions.time_s[row]
    total = 0.0
    for model in range(N_MODEL):
        mean, covariance = tracks.model_mean[row, model], tracks.model_covariance[row, model]
        mean[:] = predictions.mean[row, model]
        covariance[:] = predictions.covariance[row, model]
        distance2, determinant = distance(
            mean, covariance, position_m, position_covariance_m2, late_s, math.inf
        )
        update(mean, covariance, position_m, position_covariance_m2, late_s, work)
        fit = math.exp(-0.5 * min(distance2, 600.0)) / math.sqrt(determinant)
        tracks.model_probability[row, model] = predictions.probability[row, model] * fit
        total += tracks.model_probability[row, model]
    for model in range(N_MODEL):
        tracks.model_probability[row, model] /= total
    tracks.time_s[row] = predictions.time_s[row]
    predictions.time_s[row] = math.nan
    w = tracks.model_probability[row, 1]
    blend(
        tracks.model_mean[row],
        tracks.model_covariance[row],
        w,
        tracks.mean[row],
        tracks.covariance[row],
    )
