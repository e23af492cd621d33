"""The life of a track: started by a plot, confirmed, coasting, dropped.

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
from bartizan.tracking.imm import correct, predict
from bartizan.tracking.motion import BALLISTIC_HEIGHT_M, predicted
from bartizan.tracking.plan import Sensors, Settings, TrackingPlan
from bartizan.tracking.scratch import Scratch
from bartizan.tracking.tracks import Model, Tracks, TrackStatus
from bartizan.world.geodesy import height_m

SURE = 0.999  # existence of a track with three plots


@kernel
def start_track(
    plan: TrackingPlan, plots: Plots, tracks: Tracks, place: int, row: int, scratch: Scratch
) -> None:
    """Start a tentative track in the free ``row`` from a plot that no track took."""
    plot = scratch.plot[place]
    t_s = plots.time_s[plot]
    _start_state(plan.settings, tracks, place, row, scratch)
    tracks.alive[row] = True
    tracks.track_id[row] = tracks.next_id[0]
    tracks.next_id[0] += 1
    tracks.status[row] = TrackStatus.TENTATIVE
    tracks.time_s[row] = t_s
    scratch.predictions.time_s[row] = math.nan
    tracks.existence[row] = plan.settings.start_existence
    tracks.hits[row], tracks.looks[row] = 0, 0
    tracks.first_s[row], tracks.confirmed_s[row] = t_s, math.nan
    tracks.last_hit_s[row] = t_s
    tracks.seen_s[row, :] = -math.inf
    tracks.address[row] = -1
    tracks.iff_silent[row], tracks.iff_civil[row], tracks.iff_friend[row] = 0, 0, 0
    _count_hit(plan.sensors, plots, tracks, row, plot)


@kernel
def _start_state(
    settings: Settings, tracks: Tracks, place: int, row: int, scratch: Scratch
) -> None:
    """Set position from the plot and velocity to 0, as uncertain as speeds at its height."""
    z, R = scratch.position_m[place], scratch.covariance_m2[place]
    level, climb = settings.start_speed_sigma_m_s, settings.start_climb_sigma_m_s
    if height_m(z[0], z[1], z[2]) > BALLISTIC_HEIGHT_M:
        level = climb = settings.start_fast_sigma_m_s
    scale = 1.0 / math.sqrt(z[0] * z[0] + z[1] * z[1] + z[2] * z[2])
    mean, P = tracks.mean[row], tracks.covariance[row]
    mean[:], P[:] = 0.0, 0.0
    for i in range(3):
        mean[i] = z[i]
        for j in range(3):
            up_up = z[i] * scale * z[j] * scale
            P[i, j] = R[i, j]
            P[i + 3, j + 3] = climb**2 * up_up - level**2 * up_up
        P[i + 3, i + 3] += level**2
    settled = settings.quiet_leave_per_s + settings.agile_leave_per_s
    tracks.model_probability[row, Model.AGILE] = settings.quiet_leave_per_s / settled
    tracks.model_probability[row, Model.QUIET] = settings.agile_leave_per_s / settled
    for model in range(2):
        tracks.model_mean[row, model] = mean
        tracks.model_covariance[row, model] = P


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
    predict(settings, tracks, row, t_s, scratch.predictions)
    z, R = scratch.position_m[place], scratch.covariance_m2[place]
    correct(tracks, row, scratch.predictions, z, R, t_s, scratch.filter_work)
    tracks.last_hit_s[row] = max(t_s, tracks.last_hit_s[row])
    _count_hit(plan.sensors, plots, tracks, row, plot)
    there = tracks.existence[row] * settings.survival_per_s**elapsed_s
    tracks.existence[row] = SURE if tracks.hits[row] >= 3 else 0.95 + 0.05 * there
    if tracks.status[row] == TrackStatus.COASTING:
        tracks.status[row] = TrackStatus.CONFIRMED
    if tracks.status[row] == TrackStatus.TENTATIVE and tracks.hits[row] >= settings.confirm_hits:
        tracks.status[row] = TrackStatus.CONFIRMED
        tracks.confirmed_s[row] = t_s
        sensor = plots.sensor[plot]
        log(events, t_s, EventKind.TRACK_CONFIRMED, tracks.track_id[row], sensor)
    if not _is_possible(settings, tracks, row):
        drop(tracks, row, t_s, events)


@kernel
def _is_possible(settings: Settings, tracks: Tracks, row: int) -> bool:
    v = tracks.mean[row, 3:]
    return v[0] * v[0] + v[1] * v[1] + v[2] * v[2] <= settings.speed_max_m_s**2


@kernel
def _count_hit(sensors: Sensors, plots: Plots, tracks: Tracks, row: int, plot: int) -> None:
    s, t_s = plots.sensor[plot], plots.time_s[plot]
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
        return tracks.due_s[row] - tracks.last_hit_s[row] > settings.blind_s
    if tracks.status[row] != TrackStatus.TENTATIVE:
        return tracks.misses[row] > settings.confirmed_misses
    return (
        tracks.misses[row] > settings.tentative_misses
        or tracks.looks[row] >= settings.confirm_looks
    )


@kernel
def drop(tracks: Tracks, row: int, t_s: float, events: Events) -> None:
    """Free the row of a track."""
    tracks.alive[row] = False
    if tracks.status[row] != TrackStatus.TENTATIVE:
        log(events, t_s, EventKind.TRACK_DROPPED, tracks.track_id[row], -1)
