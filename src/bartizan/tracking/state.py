"""The state of a track: begun from a plot, predicted, corrected by a plot."""

import math

from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.tracking.batch import Batch
from bartizan.tracking.imm import (
    Mixture,
    blend,
    copy_state,
    correct,
    mixture_at,
    models_of,
    predict,
)
from bartizan.tracking.motion import BALLISTIC_HEIGHT_M
from bartizan.tracking.plan import Settings
from bartizan.tracking.scratch import Predictions
from bartizan.tracking.stations import write_station_state
from bartizan.tracking.tracks import N_OWN, Model, Tracks
from bartizan.world.geodesy import height_m

PER_SECOND = 8.0  # times of comparison: a power of two, so that they are exact


@kernel
def begin_state(settings: Settings, batch: Batch, place: int, tracks: Tracks, row: int) -> None:
    """Begin a state at a plot: no velocity is known yet."""
    mean, covariance = tracks.mean[row], tracks.covariance[row]
    first_guess(settings, batch.position_m[place], batch.covariance_m2[place], mean, covariance)
    begin_models(settings, mean, covariance, models_of(tracks, row))
    tracks.time_s[row] = batch.time_s[place]


@kernel
def begin_models(settings: Settings, mean: Floats, covariance: Floats, models: Mixture) -> None:
    """Let all models of flight begin with one state, as likely as they are in the long run."""
    both = settings.turn_start_per_s + settings.turn_end_per_s
    turning = settings.turn_start_per_s / both
    models.probability[Model.STRAIGHT] = 1.0 - turning
    models.probability[Model.LEFT] = models.probability[Model.RIGHT] = 0.5 * turning
    models.probability[Model.FALL] = models.probability[Model.STATION] = 0.0
    for model in range(N_OWN):
        copy_state(mean, covariance, models.mean[model], models.covariance[model])


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
def comparison_s(t_s: float) -> float:
    """Return the time at which a track is compared with a plot of time ``t_s``.

    The plots of a turning radar all have times of their own; their tracks are predicted to
    the last eighth of a second before, once for all, and from there as `filter.distance` does.
    """
    return math.floor(PER_SECOND * t_s) / PER_SECOND


@kernel
def predict_state(
    settings: Settings, tracks: Tracks, row: int, t_s: float, predictions: Predictions
) -> None:
    """Write a track's models at ``t_s``, or at its own time where that is later."""
    t_s = max(t_s, tracks.time_s[row])
    if predictions.time_s[row] != t_s:
        later, dt_s = mixture_at(predictions.models, row), t_s - tracks.time_s[row]
        now, mean = models_of(tracks, row), tracks.mean[row]
        predict(settings, now, mean, dt_s, later, predictions.work)
        predictions.time_s[row] = t_s


@kernel
def correct_state(
    settings: Settings,
    tracks: Tracks,
    row: int,
    batch: Batch,
    place: int,
    predictions: Predictions,
) -> float:
    """Predict a track to the time of comparison and take the plot into its state.

    A member of a formation is predicted already, to the time of the formation. Returns the
    probability density of the plot before it came [1/m3].
    """
    t_s = batch.time_s[place]
    if tracks.formation[row] < 0:
        predict_state(settings, tracks, row, comparison_s(t_s), predictions)
    z, R = batch.position_m[place], batch.covariance_m2[place]
    before, models = mixture_at(predictions.models, row), models_of(tracks, row)
    late_s = t_s - predictions.time_s[row]
    density = correct(before, z, R, late_s, models, predictions.work.filter)
    _settle(tracks, row, predictions)
    return density


@kernel
def coast_member(tracks: Tracks, row: int, predictions: Predictions) -> None:
    """Move a member of a formation along with it, without a plot."""
    before, models = mixture_at(predictions.models, row), models_of(tracks, row)
    for model in range(N_OWN):
        models.probability[model] = before.probability[model]
        if before.probability[model] > 0.0:
            mean, covariance = before.mean[model], before.covariance[model]
            copy_state(mean, covariance, models.mean[model], models.covariance[model])
    models.probability[Model.STATION] = before.probability[Model.STATION]
    _settle(tracks, row, predictions)


@kernel
def _settle(tracks: Tracks, row: int, predictions: Predictions) -> None:
    """Make the models' moments the track's, at the time that they were predicted to."""
    models = models_of(tracks, row)
    if models.probability[Model.STATION] > 0.0:
        mean, covariance = models.mean[Model.STATION], models.covariance[Model.STATION]
        write_station_state(tracks, row, mean, covariance)
    blend(models, tracks.mean[row], tracks.covariance[row])
    tracks.time_s[row] = predictions.time_s[row]
    predictions.time_s[row] = math.nan
