"""The life of a track: updated, confirmed, coasting, dropped.

Expected looks are counted without knowing where a beam is: a sensor looks at each place once
a scan, so that a track which its last sensor did not see again within one period (and the
grace of that sensor) has missed a look. The count therefore follows the sensor that sees the
track, whatever others with other periods see or miss. Where the last sensor no longer looks,
another that looks there takes its place; where none looks, nothing is missed and the track
ends after ``blind_s``.
"""

import math

from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.sense.plots import IffReply, Plots
from bartizan.tracking.coverage import looking_sensor
from bartizan.tracking.imm import Mixture, blend, correct, mixture_at, predict
from bartizan.tracking.motion import predicted
from bartizan.tracking.plan import Sensors, Settings, TrackingPlan
from bartizan.tracking.scratch import Scratch
from bartizan.tracking.tracks import Model, Tracks, TrackStatus

SURE = 0.999  # existence of a track with three plots


@kernel
def predict_track(
    settings: Settings, tracks: Tracks, row: int, t_s: float, scratch: Scratch
) -> None:
    """Write a track's models at ``t_s``, or at its own time where that is later."""
    t_s = max(t_s, tracks.time_s[row])
    if scratch.predicted_s[row] != t_s:
        later = mixture_at(scratch.predicted, row)
        predict(settings, models_of(tracks, row), t_s - tracks.time_s[row], later)
        scratch.predicted_s[row] = t_s


@kernel
def models_of(tracks: Tracks, row: int) -> Mixture:
    """Return the models of a track, as views."""
    return Mixture(
        tracks.model_probability[row], tracks.model_mean[row], tracks.model_covariance[row]
    )


@kernel
def hit(
    plan: TrackingPlan,
    plots: Plots,
    tracks: Tracks,
    row: int,
    place: int,
    scratch: Scratch,
    events: Events,
) -> None:
    """Update a track with a plot of the batch; confirm it at enough hits."""
    settings, plot = plan.settings, scratch.plot[place]
    t_s = plots.time_s[plot]
    elapsed_s = max(t_s - tracks.last_hit_s[row], 0.0)
    _correct_track(settings, tracks, row, place, t_s, scratch)
    count_hit(plan.sensors, plots, tracks, row, plot)
    there = tracks.existence[row] * settings.survival_per_s**elapsed_s
    tracks.existence[row] = SURE if tracks.hits[row] >= 3 else 0.95 + 0.05 * there
    if tracks.status[row] == TrackStatus.COASTING:
        tracks.status[row] = TrackStatus.CONFIRMED
    if (
        tracks.status[row] == TrackStatus.TENTATIVE
        and tracks.hits[row] >= settings.confirm_hits
    ):
        tracks.status[row] = TrackStatus.CONFIRMED
        tracks.confirmed_s[row] = t_s
        sensor = plots.sensor[plot]
        log(events, t_s, EventKind.TRACK_CONFIRMED, tracks.track_id[row], sensor)
    if not _is_possible(settings, tracks, row):
        drop(tracks, row, t_s, events)


@kernel
def _correct_track(
    settings: Settings, tracks: Tracks, row: int, place: int, t_s: float, scratch: Scratch
) -> None:
    """Predict a track to a plot's time and take the plot into its state."""
    predict_track(settings, tracks, row, t_s, scratch)
    z, R = scratch.position_m[place], scratch.covariance_m2[place]
    before, models = mixture_at(scratch.predicted, row), models_of(tracks, row)
    late_s = t_s - scratch.predicted_s[row]
    correct(before, z, R, late_s, models, scratch.filter_work)
    blend(models, models.probability[Model.AGILE], tracks.mean[row], tracks.covariance[row])
    tracks.time_s[row] = scratch.predicted_s[row]
    scratch.predicted_s[row] = math.nan


@kernel
def _is_possible(settings: Settings, tracks: Tracks, row: int) -> bool:
    v = tracks.mean[row, 3:]
    return bool(v[0] * v[0] + v[1] * v[1] + v[2] * v[2] <= settings.speed_max_m_s**2)


@kernel
def count_hit(sensors: Sensors, plots: Plots, tracks: Tracks, row: int, plot: int) -> None:
    """Count a plot that a track took: hits, calendar, address and reply."""
    s, t_s = plots.sensor[plot], plots.time_s[plot]
    tracks.last_hit_s[row] = max(t_s, tracks.last_hit_s[row])
    tracks.hits[row] += 1
    tracks.looks[row] += 1
    tracks.misses[row] = 0
    tracks.sensor[row] = s
    tracks.seen_s[row, s] = t_s
    tracks.due_s[row] = t_s + sensors.scan_period_s[s] + sensors.grace_s[s]
    if plots.address[plot] >= 0:
        tracks.address[row] = plots.address[plot]
    if plots.iff_reply[plot] == IffReply.SILENT:
        tracks.iff_silent[row] += 1
    elif plots.iff_reply[plot] == IffReply.CIVIL:
        tracks.iff_civil[row] += 1
    elif plots.iff_reply[plot] == IffReply.FRIEND:
        tracks.iff_friend[row] += 1


@kernel
def count_misses(
    plan: TrackingPlan, tracks: Tracks, row: int, t1_s: float, events: Events
) -> None:
    """Count the looks that a track was due until ``t1_s`` and missed; drop it at too many."""
    sensors = plan.sensors
    while tracks.alive[row] and tracks.due_s[row] <= t1_s:
        due_s = tracks.due_s[row]
        x, y, z, _, _, _ = predicted(tracks, row, due_s)
        s = looking_sensor(sensors, tracks.sensor[row], x, y, z)
        if s >= 0:
            _count_miss(plan, tracks, row, s)
            tracks.due_s[row] += sensors.scan_period_s[s]
        else:
            tracks.due_s[row] += sensors.scan_period_s[tracks.sensor[row]]
        if _is_lost(plan.settings, tracks, row, s >= 0):
            drop(tracks, row, due_s, events)


@kernel
def _count_miss(plan: TrackingPlan, tracks: Tracks, row: int, s: int) -> None:
    tracks.misses[row] += 1
    tracks.looks[row] += 1
    unseen = 1.0 - tracks.existence[row] * plan.sensors.detection_probability[s]
    tracks.existence[row] *= (1.0 - plan.sensors.detection_probability[s]) / unseen
    if tracks.status[row] == TrackStatus.CONFIRMED:
        tracks.status[row] = TrackStatus.COASTING


@kernel
def _is_lost(settings: Settings, tracks: Tracks, row: int, is_watched: bool) -> bool:
    if not is_watched:
        return bool(tracks.due_s[row] - tracks.last_hit_s[row] > settings.blind_s)
    if tracks.status[row] != TrackStatus.TENTATIVE:
        return bool(tracks.misses[row] > settings.confirmed_misses)
    is_over = tracks.looks[row] >= settings.confirm_looks
    return bool(is_over or tracks.misses[row] > settings.tentative_misses)


@kernel
def drop(tracks: Tracks, row: int, t_s: float, events: Events) -> None:
    """Free the row of a track."""
    tracks.alive[row] = False
    if tracks.status[row] != TrackStatus.TENTATIVE:
        log(events, t_s, EventKind.TRACK_DROPPED, tracks.track_id[row], -1)
