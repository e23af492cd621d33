"""The start of a track: one plot, no velocity yet."""

import math

from bartizan.kernel import kernel
from bartizan.sense.plots import Plots
from bartizan.tracking.lifecycle import count_hit
from bartizan.tracking.motion import BALLISTIC_HEIGHT_M
from bartizan.tracking.plan import Settings, TrackingPlan
from bartizan.tracking.scratch import Scratch
from bartizan.tracking.tracks import N_MODEL, Model, Tracks, TrackStatus
from bartizan.world.geodesy import height_m


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
    scratch.predicted_s[row] = math.nan
    tracks.existence[row] = plan.settings.start_existence
    tracks.hits[row], tracks.looks[row] = 0, 0
    tracks.first_s[row], tracks.confirmed_s[row] = t_s, math.nan
    tracks.last_hit_s[row] = t_s
    tracks.seen_s[row, :] = -math.inf
    tracks.address[row] = -1
    tracks.iff_silent[row], tracks.iff_civil[row], tracks.iff_friend[row] = 0, 0, 0
    count_hit(plan.sensors, plots, tracks, row, plot)


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
    for model in range(N_MODEL):
        tracks.model_mean[row, model] = mean
        tracks.model_covariance[row, model] = P
