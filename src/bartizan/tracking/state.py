"""The state of a track: begun from a plot, predicted, corrected by a plot."""

import math

from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.tracking.batch import Batch
from bartizan.tracking.imm import Mixture, blend, copy_state, correct, mixture_at, predict
from bartizan.tracking.motion import BALLISTIC_HEIGHT_M
from bartizan.tracking.plan import Settings
from bartizan.tracking.scratch import Predictions
from bartizan.tracking.tracks import N_MODEL, Model, Tracks
from bartizan.world.geodesy import height_m


@kernel
def models_of(tracks: Tracks, row: int) -> Mixture:
    """Return the models of a track, as views."""
    return Mixture(
        tracks.model_probability[row], tracks.model_mean[row], tracks.model_covariance[row]
    )


@kernel
def begin_state(settings: Settings, batch: Batch, place: int, tracks: Tracks, row: int) -> None:
    """Begin a state at a plot: no velocity is known yet."""
    mean, covariance, models = tracks.mean[row], tracks.covariance[row], models_of(tracks, row)
    first_guess(settings, batch.position_m[place], batch.covariance_m2[place], mean, covariance)
    both = settings.quiet_leave_per_s + settings.agile_leave_per_s
    models.probability[Model.AGILE] = settings.quiet_leave_per_s / both
    models.probability[Model.QUIET] = settings.agile_leave_per_s / both
    for model in range(N_MODEL):
        copy_state(mean, covariance, models.mean[model], models.covariance[model])
    tracks.time_s[row] = batch.time_s[place]


@kernel
def first_guess(
    settings: Settings, position_m: Floats, R: Floats, mean: Floats, covariance: Floats
) -> None:
    """Write a state (6,), (6, 6) at rest, as uncertain as speeds are at its height."""
    x, y, z = position_m[0], position_m[1], position_m[2]
    level, climb = settings.start_speed_sigma_m_s**2, settings.start_climb_sigma_m_s**2
    if height_m(x, y, z) > BALLISTIC_HEIGHT_M:
        level = climb = settings.start_fast_sigma_m_s**2
    radius2_m2 = x * x + y * y + z * z
    for i in range(3):
        mean[i], mean[i + 3] = position_m[i], 0.0
        for j in range(3):
            up_up = position_m[i] * position_m[j] / radius2_m2
            covariance[i, j] = R[i, j]
            covariance[i, j + 3] = covariance[i + 3, j] = 0.0
            covariance[i + 3, j + 3] = climb * up_up + level * ((i == j) - up_up)


@kernel
def predict_state(
    settings: Settings, tracks: Tracks, row: int, t_s: float, predictions: Predictions
) -> None:
    """Write a track's models at ``t_s``, or at its own time where that is later."""
    t_s = max(t_s, tracks.time_s[row])
    if predictions.time_s[row] != t_s:
        later = mixture_at(predictions.models, row)
        predict(settings, models_of(tracks, row), t_s - tracks.time_s[row], later)
        predictions.time_s[row] = t_s


@kernel
def correct_state(
    settings: Settings,
    tracks: Tracks,
    row: int,
    batch: Batch,
    place: int,
    predictions: Predictions,
) -> None:
    """Predict a track to a plot's time and take the plot into its state."""
    t_s = batch.time_s[place]
    predict_state(settings, tracks, row, t_s, predictions)
    z, R = batch.position_m[place], batch.covariance_m2[place]
    before, models = mixture_at(predictions.models, row), models_of(tracks, row)
    correct(before, z, R, t_s - predictions.time_s[row], models, predictions.work)
    blend(models, models.probability[Model.AGILE], tracks.mean[row], tracks.covariance[row])
    tracks.time_s[row] = predictions.time_s[row]
    predictions.time_s[row] = math.nan
