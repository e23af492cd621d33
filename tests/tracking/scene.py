"""Scenes for the tracker: sensors on an invented shore, and plots of given objects."""

import math
from collections.abc import Callable

import numpy as np

from bartizan.events import Events, make_events
from bartizan.sense.plots import IffReply, PlotKind, Plots, make_plots
from bartizan.tracking.follow import follow
from bartizan.tracking.motion import predicted
from bartizan.tracking.plan import Sensors, Settings, TrackingPlan
from bartizan.tracking.scratch import Scratch, make_scratch
from bartizan.tracking.tracks import Tracks, TrackStatus, make_tracks
from bartizan.world.geodesy import ecef_from_geodetic, enu_from_ecef, polar_from_ecef

LATITUDE, LONGITUDE = math.radians(-27.0), math.radians(-17.0)
SITE_M = np.array(ecef_from_geodetic(LATITUDE, LONGITUDE, 20.0))
TURN = enu_from_ecef(LATITUDE, LONGITUDE)
SIGMA_RANGE_M, SIGMA_ANGLE = 50.0, 1.5e-3


def ecef(enu_m):
    return SITE_M + TURN.T @ np.asarray(enu_m, dtype=float)


def state(place_enu_m, velocity_enu_m_s):
    """An ECEF state (6,) from the site's frame."""
    return np.concatenate([ecef(place_enu_m), TURN.T @ np.asarray(velocity_enu_m_s, float)])


def make_sensors(
    period_s=1.0, n=1, false_alarms=50.0, grace=0.01, range_max_m=150e3
) -> Sensors:
    """Return ``n`` all-round radars at the site; ``period_s`` may differ by sensor."""

    def column(value):
        return np.full(n, float(value))

    periods = column(0.0) + np.asarray(period_s, dtype=float)
    return Sensors(
        net=np.zeros(n, dtype=np.int64),
        position_ecef_m=np.tile(SITE_M, (n, 1)),
        enu_from_ecef=np.tile(TURN, (n, 1, 1)),
        scan_period_s=periods,
        grace_s=grace * periods,
        range_min_m=column(1e3),
        range_max_m=column(range_max_m),
        sector_centre_rad=column(0.0),
        sector_half_width_rad=column(math.pi),
        elevation_min_rad=column(0.0),
        elevation_max_rad=column(1.5),
        antenna_height_m=column(20.0),
        detection_probability=column(0.8),
        false_alarms_per_scan=column(max(false_alarms, 1e-3)),
        false_alarm_elevation_rad=column(0.35),
    )


class Scene:
    """A tracker with its tables, fed scan by scan."""

    plan: TrackingPlan
    plots: Plots
    tracks: Tracks
    scratch: Scratch
    events: Events

    def __init__(self, sensors=None, settings=None, n_track=40, n_plot=60):
        self.plan = TrackingPlan(sensors or make_sensors(), settings or Settings())
        n_sensor = self.plan.sensors.scan_period_s.shape[0]
        self.tracks = make_tracks(n_track, n_sensor)
        self.plots = make_plots(n_plot)
        self.scratch = make_scratch(self.plan, self.tracks, self.plots)
        self.events = make_events(2000)

    def clear(self):
        self.plots.size[0] = 0

    def radar_plot(self, t_s, polar, sensor=0, reply=IffReply.NOT_ASKED, sigmas=None):
        """Append a radar plot of range, azimuth and elevation."""
        p, row = self.plots, self.plots.size[0]
        p.time_s[row], p.sensor[row], p.kind[row] = t_s, sensor, PlotKind.RADAR
        p.range_m[row], p.azimuth_rad[row], p.elevation_rad[row] = polar
        p.sigma_range_m[row], p.sigma_azimuth_rad[row], p.sigma_elevation_rad[row] = sigmas or (
            SIGMA_RANGE_M,
            SIGMA_ANGLE,
            SIGMA_ANGLE,
        )
        p.iff_reply[row], p.address[row] = reply, -1
        p.size[0] = row + 1

    def see(self, rng, t_s, place_ecef_m, sensor=0, reply=IffReply.NOT_ASKED):
        """Append a noisy radar plot of a place."""
        polar = np.array(polar_from_ecef(*place_ecef_m, SITE_M, TURN))
        noise = rng.normal(size=3) * (SIGMA_RANGE_M, SIGMA_ANGLE, SIGMA_ANGLE)
        r, azimuth, elevation = polar + noise
        self.radar_plot(t_s, (r, azimuth % (2 * math.pi), elevation), sensor, reply)

    def false_alarm(self, rng, t_s, sensor=0, range_max_m=150e3):
        azimuth, elevation = rng.uniform(0, 2 * math.pi), rng.uniform(0, 0.35)
        self.radar_plot(t_s, (rng.uniform(1e3, range_max_m), azimuth, elevation), sensor)

    def report(self, t_s, place_ecef_m, address, sensor=0, sigma_m=1.0):
        """Append a position report."""
        p, row = self.plots, self.plots.size[0]
        p.time_s[row], p.sensor[row], p.kind[row] = t_s, sensor, PlotKind.REPORT
        p.position_ecef_m[row], p.sigma_position_m[row] = place_ecef_m, sigma_m
        p.address[row], p.iff_reply[row] = address, IffReply.NOT_ASKED
        p.size[0] = row + 1

    def sort(self):
        """Put the plots in the order that `sense` promises: time, sensor, range."""
        n = self.plots.size[0]
        p = self.plots
        order = np.lexsort((p.range_m[:n], p.sensor[:n], p.time_s[:n]))
        for column in p[2:]:
            column[:n] = column[:n][order]

    def follow(self, t0_s, t1_s):
        follow(self.plan, self.plots, self.tracks, self.scratch, self.events, t0_s, t1_s, 0)
        self.clear()

    def confirmed(self):
        t = self.tracks
        return np.flatnonzero(t.alive & (t.status != TrackStatus.TENTATIVE))

    def where(self, row, t_s):
        return np.array(predicted(self.tracks, row, t_s))


def straight(start: np.ndarray) -> Callable[[float], np.ndarray]:
    """Return a straight path: the ECEF state at a time."""
    return lambda t_s: np.concatenate([start[:3] + t_s * start[3:], start[3:]])
