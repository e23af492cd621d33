"""Slow twin of `bartizan.tracking.follow`: a tick of records, matrices and full searches.

No gate is sought in a grid, nothing is kept between two plots but the tracks' records.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

from bartizan.sense.plots import IffReply, PlotKind
from bartizan.tracking.tracks import TrackStatus
from tests.naive.tracking import parts, places

ALONE, NEVER = 0.0, 1e6  # costs


@dataclass(eq=False)
class Plot:
    """A plot as a position; `clutter` is the density of false alarms there."""

    time_s: float
    sensor: int
    z: np.ndarray
    R: np.ndarray
    clutter: float
    address: int
    reply: int


@dataclass(eq=False)
class Track:
    """A track; models are (probability, mean, covariance), quiet and agile."""

    number: int
    time_s: float
    models: list
    existence: float
    first_s: float
    last_hit_s: float
    status: TrackStatus = TrackStatus.TENTATIVE
    confirmed_s: float = math.nan
    hits: int = 0
    looks: int = 0
    misses: int = 0
    due_s: float = math.inf
    sensor: int = -1
    address: int = -1
    seen_s: dict = field(default_factory=dict)
    replies: list = field(default_factory=list)

    @property
    def mean(self):
        """Mean of the mixture."""
        return sum(p * mean for p, mean, _ in self.models)

    @property
    def covariance(self):
        """Covariance of the mixture: within the models, and of their means."""
        apart = [mean - self.mean for _, mean, _ in self.models]
        spreads = [P + np.outer(d, d) for d, (_, _, P) in zip(apart, self.models, strict=True)]
        return sum(p * spread for (p, _, _), spread in zip(self.models, spreads, strict=True))


class Tracker:
    """The tracks after each tick, and what happened: (time, kind, track, sensor)."""

    def __init__(self, sensors, settings):
        self.sensors, self.settings = sensors, settings
        self.tracks = []
        self.events = []
        self.started = 0

    def follow(self, plots, t1_s):
        """Take the plots of a tick, batch by batch; count what was missed until its end."""
        left = [_converted(self.sensors, plots, row) for row in range(plots.size[0])]
        while left:
            period_s = self.sensors.scan_period_s[left[0].sensor]
            end_s = left[0].time_s + 0.999 * period_s
            batch = [
                plot for plot in left if plot.sensor == left[0].sensor and plot.time_s <= end_s
            ]
            left = [plot for plot in left if plot not in batch]
            self._take(batch)
        for track in list(self.tracks):
            while track in self.tracks and track.due_s <= t1_s:
                self._miss(track)

    def _take(self, batch):
        """Reports to their addresses, the others by the best assignment, starts of the rest."""
        free = []
        for plot in batch:
            known = [t for t in self.tracks if t.address == plot.address >= 0]
            if known:
                self._hit(known[0], plot)
            else:
                free.append(plot)
        taken = []
        for track, plot in self._pairs(free):
            self._hit(track, plot)
            taken.append(plot)
        self.tracks += [self._start(plot) for plot in free if plot not in taken]

    def _pairs(self, plots):
        """The pairs of least total cost, a track alone costing nothing."""
        n = len(self.tracks)
        costs = np.full((n, len(plots) + n), NEVER)
        for i, track in enumerate(self.tracks):
            costs[i, : len(plots)] = self._costs(track, plots)
            costs[i, len(plots) + i] = ALONE
        found = zip(*linear_sum_assignment(costs), strict=True)
        return [(self.tracks[i], plots[j]) for i, j in found if j < len(plots)]

    def _costs(self, track, plots):
        """-ln of the likelihood ratio of "this track's" to "false" for each plot."""
        costs = np.full(len(plots), NEVER)
        for j, plot in enumerate(plots):
            if not self._is_eligible(track, plot):
                continue
            # a plot older than the track is compared with its state, put back in time
            time_s = max(plot.time_s, track.time_s)
            models = predicted(self.settings, track.models, time_s - track.time_s)
            seen = track.existence * self.sensors.detection_probability[plot.sensor]
            density = 0.0
            for p, mean, P in models:
                d2, det = parts.distance(mean, P, plot.z, plot.R, plot.time_s - time_s)
                if d2 < self.settings.gate:
                    density += p * math.exp(-d2 / 2) / math.sqrt((2 * math.pi) ** 3 * det)
            if density > 0.0:
                costs[j] = -math.log(seen * density / (plot.clutter * (1.0 - seen)))
        return costs

    def _is_eligible(self, track, plot):
        """Not of the scan that gave the last plot, of no other address, not too far."""
        last_s = track.seen_s.get(plot.sensor, -math.inf)
        if plot.time_s - last_s < 0.5 * self.sensors.scan_period_s[plot.sensor]:
            return False
        if plot.address >= 0 and track.address >= 0:
            return False
        sigma2 = np.trace(plot.R) + np.trace(track.covariance[:3, :3])
        way_m = self.settings.speed_max_m_s * abs(plot.time_s - track.time_s)
        way_m += math.sqrt(self.settings.gate * sigma2)
        return np.linalg.norm(plot.z - track.mean[:3]) <= way_m

    def _start(self, plot):
        """A tentative track at rest, its velocity as uncertain as speeds are at its height."""
        settings = self.settings
        level, climb = settings.start_speed_sigma_m_s, settings.start_climb_sigma_m_s
        if places.height_m(plot.z) > 20e3:
            level = climb = settings.start_fast_sigma_m_s
        up = plot.z / np.linalg.norm(plot.z)
        V = level**2 * (np.eye(3) - np.outer(up, up)) + climb**2 * np.outer(up, up)
        mean = np.concatenate([plot.z, np.zeros(3)])
        P = np.block([[plot.R, np.zeros((3, 3))], [np.zeros((3, 3)), V]])
        leave, back = settings.quiet_leave_per_s, settings.agile_leave_per_s
        settled = back / (leave + back)
        self.started += 1
        track = Track(
            number=self.started,
            time_s=plot.time_s,
            models=[(settled, mean, P), (1.0 - settled, mean, P)],
            existence=settings.start_existence,
            first_s=plot.time_s,
            last_hit_s=plot.time_s,
        )
        self._count(track, plot)
        return track

    def _hit(self, track, plot):
        """Take a plot: state, counts, existence, status; nothing too fast is kept."""
        settings = self.settings
        there = track.existence * settings.survival_per_s ** max(
            plot.time_s - track.last_hit_s, 0.0
        )
        time_s = max(plot.time_s, track.time_s)
        models = predicted(settings, track.models, time_s - track.time_s)
        track.models = corrected(models, plot, plot.time_s - time_s)
        track.time_s = time_s
        self._count(track, plot)
        track.existence = 0.95 + 0.05 * there if track.hits < 3 else 0.999
        if track.status == TrackStatus.COASTING:
            track.status = TrackStatus.CONFIRMED
        if track.status == TrackStatus.TENTATIVE and track.hits >= settings.confirm_hits:
            track.status, track.confirmed_s = TrackStatus.CONFIRMED, plot.time_s
            self.events.append((plot.time_s, "confirmed", track.number, plot.sensor))
        if np.linalg.norm(track.mean[3:]) > settings.speed_max_m_s:
            self._drop(track, plot.time_s)

    def _count(self, track, plot):
        """Count a plot; a look missed before it, not counted yet, counts too."""
        s = plot.sensor
        track.looks += 1 + (track.due_s < plot.time_s)
        track.hits, track.misses = track.hits + 1, 0
        track.last_hit_s = max(track.last_hit_s, plot.time_s)
        track.sensor, track.seen_s[s] = s, plot.time_s
        track.due_s = plot.time_s + self.sensors.scan_period_s[s] + self.sensors.grace_s[s]
        if plot.address >= 0:
            track.address = plot.address
        track.replies.append(IffReply(plot.reply))

    def _miss(self, track):
        """Let a look that was due go by; drop the track after too many, or too long ago."""
        settings, due_s = self.settings, track.due_s
        place = places.extrapolated(track.mean, due_s - track.time_s)[:3]
        s = places.looking_sensor(self.sensors, track.sensor, place)
        if s is None:
            track.due_s += self.sensors.scan_period_s[track.sensor]
            if track.due_s - track.last_hit_s > settings.blind_s:
                self._drop(track, due_s)
            return
        track.due_s += self.sensors.scan_period_s[s]
        track.looks, track.misses = track.looks + 1, track.misses + 1
        # Bayes: not seen, though there; or not there
        unseen = track.existence * (1.0 - self.sensors.detection_probability[s])
        track.existence = unseen / (unseen + 1.0 - track.existence)
        if track.status == TrackStatus.TENTATIVE:
            is_over = track.looks >= settings.confirm_looks
            if is_over or track.misses > settings.tentative_misses:
                self._drop(track, due_s)
            return
        track.status = TrackStatus.COASTING
        if track.misses > settings.confirmed_misses:
            self._drop(track, due_s)

    def _drop(self, track, t_s):
        self.tracks.remove(track)
        if track.status != TrackStatus.TENTATIVE:
            self.events.append((t_s, "dropped", track.number, -1))


def _converted(sensors, plots, row):
    s = int(plots.sensor[row])
    if plots.kind[row] == PlotKind.REPORT:
        z = plots.position_ecef_m[row].copy()
        R = plots.sigma_position_m[row] ** 2 * np.eye(3)
    else:
        z, R = parts.convert(
            plots.range_m[row],
            plots.azimuth_rad[row],
            plots.elevation_rad[row],
            (
                plots.sigma_range_m[row],
                plots.sigma_azimuth_rad[row],
                plots.sigma_elevation_rad[row],
            ),
            sensors.position_ecef_m[s],
            sensors.enu_from_ecef[s],
        )
    return Plot(
        time_s=float(plots.time_s[row]),
        sensor=s,
        z=z,
        R=R,
        clutter=places.false_alarm_density(sensors, s, z),
        address=int(plots.address[row]),
        reply=int(plots.iff_reply[row]),
    )


def predicted(settings, models, dt_s):
    """Both models mixed as a Markov chain switches, then moved and spread."""
    leave, back = settings.quiet_leave_per_s, settings.agile_leave_per_s
    settled = 1.0 - math.exp(-(leave + back) * dt_s)
    to_agile, to_quiet = settled * leave / (leave + back), settled * back / (leave + back)
    switch = np.array([[1.0 - to_agile, to_agile], [to_quiet, 1.0 - to_quiet]])
    lasting_s = min(dt_s, settings.manoeuvre_time_s)
    noises = [
        (settings.quiet_noise_m2_s3, settings.quiet_climb_noise_m2_s3),
        (
            settings.agile_acceleration_m_s2**2 * lasting_s,
            settings.agile_climb_acceleration_m_s2**2 * lasting_s,
        ),
    ]
    later = []
    for j in range(2):
        weights = [switch[i, j] * models[i][0] for i in range(2)]
        total = sum(weights)
        mean = sum(w * m for w, (_, m, _) in zip(weights, models, strict=True)) / total
        P = np.zeros((6, 6))
        for w, (_, m, own) in zip(weights, models, strict=True):
            P += w / total * (own + np.outer(m - mean, m - mean))
        F, Q = parts.transition(dt_s), parts.process_noise(mean[:3], dt_s, *noises[j])
        later.append((total, places.extrapolated(mean, dt_s), F @ P @ F.T + Q))
    return later


def corrected(models, plot, late_s):
    """Each model by its Kalman update, and more likely the better it foresaw the plot."""
    fits, after = [], []
    for p, mean, P in models:
        d2, det = parts.distance(mean, P, plot.z, plot.R, late_s)
        # an address may bring a plot from far outside any gate
        fits.append(p * math.exp(-0.5 * min(d2, 600.0)) / math.sqrt(det))
        after.append(parts.update(mean, P, plot.z, plot.R, late_s))
    # and neither is ever ruled out
    shares = [1e-9 + (1.0 - 2e-9) * fit / sum(fits) for fit in fits]
    return [(share, *state) for share, state in zip(shares, after, strict=True)]
