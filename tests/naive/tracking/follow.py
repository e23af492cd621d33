"""Slow twin of `bartizan.tracking.follow`: a tick of records, matrices and full searches.

No gate is sought in a grid, nothing is kept between two plots but the tracks' records.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

from bartizan.sense.plots import IffReply, PlotKind
from bartizan.tracking.tracks import TrackStatus
from tests.naive.tracking import formation as formations
from tests.naive.tracking import models as imm
from tests.naive.tracking import parts, places
from tests.naive.tracking.models import STATION

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
    code: int
    reply: int
    holder: object = None


@dataclass(eq=False)
class Track:
    """A track; models as of `models`; `expected` are those before the plots of the batch."""

    number: int
    time_s: float
    models: list
    existence: float
    first_s: float
    last_hit_s: float
    status: TrackStatus = TrackStatus.TENTATIVE
    confirmed_s: float = math.nan
    evidence: float = 0.0
    hits: int = 0
    looks: int = 0
    misses: int = 0
    due_s: float = math.inf
    sensor: int = -1
    address: int = -1
    code: int = -1
    seen_s: dict = field(default_factory=dict)
    replies: list = field(default_factory=list)
    formation: object = None
    station: tuple = None
    expected: list = None
    expected_s: float = math.nan

    @property
    def mean(self):
        """Mean of the mixture."""
        return imm.moments(self.models)[0]

    @property
    def covariance(self):
        """Covariance of the mixture."""
        return imm.moments(self.models)[1]

    def is_seen_member(self):
        """Tell whether it is a member of a formation that plots of the batch lie near."""
        return self.formation is not None and self.formation.is_seen


class Tracker:
    """The tracks after each tick, and what happened: (time, kind, track, sensor)."""

    def __init__(self, sensors, settings):
        self.sensors, self.settings = sensors, settings
        self.tracks, self.formations, self.leftovers = [], [], []
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
        for plot in batch:
            known = [t for t in self.tracks if t.address == plot.address >= 0]
            if known:
                self._leave(known[0])
                self._hit(known[0], plot, self.settings.confirm_hits)
        self._associate(batch)
        for track in self.tracks:
            if track.is_seen_member() and track.time_s < track.expected_s:
                track.models, track.time_s = track.expected, track.expected_s
                self._settle(track)
                track.expected_s = math.nan
        self._part()
        for plot in batch:
            if plot.holder is None:
                self._start(plot, batch)
        for plot in batch:
            self._join(plot, batch)
        self._keep(batch)
        self._begin(batch)

    # ---- association

    def _associate(self, batch):
        self._see_formations(batch)
        for track in self.tracks:
            if track.is_seen_member():
                track.expected_s = max(track.formation.time_s, track.time_s)
        self._expect()
        pairs = self._pairs(batch)
        if any(formation.is_seen for formation in self.formations):
            self._correct_formations(pairs)
            self._expect()
            pairs = self._pairs(batch)
            self._correct_formations(pairs, with_stations=True)
        for track, plot in pairs:
            needed = self.settings.confirm_hits
            crowd = sum(np.linalg.norm(p.z - plot.z) <= self.settings.crowd_m for p in batch)
            if track.status == TrackStatus.TENTATIVE and crowd - 1 > 2:
                needed = self.settings.crowded_confirm_hits
            self._hit(track, plot, needed)

    def _see_formations(self, batch):
        for formation in self.formations:
            mean, P = formation.state
            dt_s = batch[len(batch) // 2].time_s - formation.time_s
            sigma2 = np.trace(P[:3, :3]) + dt_s**2 * np.trace(P[3:, 3:])
            stations = [track.station[0][:3] for track in formation.members]
            radius = max(np.linalg.norm(o) for o in stations)
            radius += self.settings.formation_spacing_m
            radius += math.sqrt(self.settings.gate * sigma2)
            place = mean[:3] + dt_s * mean[3:]
            times = [p.time_s for p in batch if np.linalg.norm(p.z - place) <= radius]
            formation.is_seen = bool(times)
            if times:
                dt_s = max(min(times) - formation.time_s, 0.0)
                formation.predict(self.settings, dt_s)
                middle = formation.state[0][:3]
                for track in formation.members:
                    track.station = formations.predicted_station(
                        self.settings, middle, track.station, dt_s
                    )

    def _expect(self):
        """Predict the members of the formations seen, with their stations as of now."""
        for track in self.tracks:
            if track.is_seen_member():
                track.expected = imm.predicted(
                    self.settings,
                    track.models,
                    track.expected_s - track.time_s,
                    track.formation.at(track.station),
                )

    def _correct_formations(self, pairs, with_stations=False):
        loyal = [(t, plot) for t, plot in pairs if self._contributes(t, plot)]
        for formation in self.formations:
            mine = [(t, plot) for t, plot in loyal if t.formation is formation]
            if formation.is_seen:
                formation.correct([(t.station, plot.z, plot.R) for t, plot in mine])
            if with_stations:
                for track, plot in mine:
                    track.station = formation.corrected_station(track.station, plot.z, plot.R)

    def _contributes(self, track, plot):
        """Tell whether a plot is of a likely member, at its station."""
        if not track.is_seen_member() or track.expected[STATION][0] <= 0.5:
            return False
        _, mean, P = track.expected[STATION]
        return parts.distance(mean, P, plot.z, plot.R, 0.0)[0] < self.settings.gate

    def _pairs(self, batch):
        """The pairs of least total cost, a track alone costing nothing."""
        plots = [plot for plot in batch if plot.holder is None]
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
        if track.formation is not None and not track.formation.is_seen:
            return costs
        for j, plot in enumerate(plots):
            if not self._is_eligible(track, plot):
                continue
            models, time_s = self._expected(track, plot)
            seen = track.existence * self.sensors.detection_probability[plot.sensor]
            late_s = plot.time_s - time_s
            density = imm.density(models, plot.z, plot.R, late_s, self.settings.gate)
            if density > 0.0:
                costs[j] = -math.log(seen * density / (plot.clutter * (1.0 - seen)))
        return costs

    def _expected(self, track, plot):
        """The models before a plot, and their time."""
        if track.formation is not None:
            return track.expected, track.expected_s
        # at the last eighth of a second before the plot; what is older than the track is
        # compared with its state, put back in time
        time_s = max(plot.time_s - plot.time_s % 0.125, track.time_s)
        return imm.predicted(self.settings, track.models, time_s - track.time_s), time_s

    def _is_eligible(self, track, plot):
        """Not of the scan that gave the last plot, of no other address, not too far."""
        last_s = track.seen_s.get(plot.sensor, -math.inf)
        if plot.time_s - last_s < 0.5 * self.sensors.scan_period_s[plot.sensor]:
            return False
        if plot.code >= 0 and track.code >= 0 and plot.code != track.code:
            return False
        if plot.address >= 0 and track.address >= 0:
            return False
        sigma2 = np.trace(plot.R) + np.trace(track.covariance[:3, :3])
        way_m = self.settings.speed_max_m_s * abs(plot.time_s - track.time_s)
        way_m += math.sqrt(self.settings.gate * sigma2)
        return np.linalg.norm(plot.z - track.mean[:3]) <= way_m

    # ---- formations

    def _leave(self, track):
        if track.formation is not None:
            track.formation.members.remove(track)
            track.formation, track.models = None, imm.without_station(track.models)

    def _enrol(self, track, formation, station, probability):
        track.formation, track.station = formation, station
        formation.members.append(track)
        own = imm.moments(track.models)
        track.models = imm.with_station(track.models, probability, *own)

    def _part(self):
        """The unfaithful leave; what slipped or is too small ends."""
        for track in self.tracks:
            if track.formation is not None and track.models[STATION][0] < 0.05:
                self._leave(track)
        for formation in self.formations:
            if formation.is_seen:
                if min(formation.born, formation.lost) > self.settings.slip_members:
                    for track in list(formation.members):
                        self._leave(track)
                        self._begin_anew(track)
                formation.born *= 0.7
                formation.lost *= 0.7
        for formation in self.formations:
            if len(formation.members) < 3:
                for track in list(formation.members):
                    self._leave(track)
        self.formations = [one for one in self.formations if one.members]

    def _begin_anew(self, track):
        track.hits = 0
        state = first_guess(self.settings, track.mean[:3], track.covariance[:3, :3])
        track.models = imm.begun(self.settings, *state)

    def _neighbours(self, plot, batch):
        return [
            other
            for other in batch
            if other is not plot and formations.is_neighbour(self.settings, plot.z, other.z)
        ]

    def _is_in_stream(self, plot, batch):
        """Many more plots within four spacings than near by: no formation stands apart."""
        reach_m = 4.0 * self.settings.formation_spacing_m
        around = sum(np.linalg.norm(other.z - plot.z) <= reach_m for other in batch)
        return around > 3.0 * (len(self._neighbours(plot, batch)) + 1)

    def _formation_near(self, plot, batch, track=None):
        """The formation of the nearest member, of one that moves alike if asked."""
        near = [
            other.holder
            for other in self._neighbours(plot, batch)
            if other.holder is not None
            and other.holder.is_seen_member()
            and (track is None or self._is_alike(track, other.holder))
        ]
        near.sort(key=lambda other: np.linalg.norm(other.mean[:3] - plot.z))
        return near[0].formation if near else None

    def _is_alike(self, track, other):
        apart = np.linalg.norm(track.mean[3:] - other.mean[3:])
        return apart <= self.settings.formation_speed_m_s

    def _may_join(self, track):
        return (
            track in self.tracks
            and track.formation is None
            and track.address < 0
            and track.hits >= 4
            and track.status != TrackStatus.TENTATIVE
        )

    def _join(self, plot, batch):
        track = plot.holder
        if not self._may_join(track) or self._is_in_stream(plot, batch):
            return
        formation = self._formation_near(plot, batch, track)
        if formation is not None:
            self._take_station(track, formation)
            return
        founders = [
            other.holder
            for other in self._neighbours(plot, batch)
            if other.holder is not None
            and self._may_join(other.holder)
            and self._is_alike(track, other.holder)
        ]
        if len(founders) + 1 >= self.settings.formation_founders:
            self._found([*founders, track])

    def _found(self, founders):
        """A formation with the mean of its founders, all at the time of the last."""
        n, time_s = len(founders), founders[-1].time_s
        mean = sum(parts.transition(time_s - t.time_s) @ t.mean for t in founders) / n
        P = sum(track.covariance for track in founders) / n**2
        formation = formations.Formation(time_s, imm.begun(self.settings, mean, P))
        formation.is_seen = True
        self.formations.append(formation)
        for track in founders:
            self._take_station(track, formation)

    def _take_station(self, track, formation):
        dt_s = track.time_s - formation.time_s
        middle = parts.transition(dt_s) @ formation.state[0]
        self._enrol(track, formation, (track.mean - middle, track.covariance), 0.5)

    def _keep(self, batch):
        """Forget old leftovers; keep the plots of the batch that only young tracks took."""
        now_s, periods = batch[-1].time_s, self.sensors.scan_period_s
        self.leftovers = [
            plot for plot in self.leftovers if plot.time_s > now_s - 2.6 * periods[plot.sensor]
        ]
        self.leftovers += [
            plot
            for plot in batch
            if plot.address < 0 and plot.holder.formation is None and plot.holder.hits < 4
        ]

    def _scans(self, batch):
        """The leftover plots of the sensor in the last three scans, the oldest first."""
        s, now_s = batch[0].sensor, batch[-1].time_s
        scans = [[], [], []]
        for plot in self.leftovers:
            ago = math.floor((now_s - plot.time_s) / self.sensors.scan_period_s[s] + 0.5)
            if plot.sensor == s and ago <= 2:
                scans[2 - ago].append(plot)
        return scans

    def _begin(self, batch):
        """Begin formations of the leftover plots that agree on a velocity."""
        settings = self.settings
        if len(self.leftovers) < settings.formation_founders:
            return
        for first in formations.clusters(self._scans(batch)[0]):
            later, least = [], settings.formation_founders
            for k in (1, 2):
                reach_m = k * self.sensors.scan_period_s[batch[0].sensor] * 2.8
                reach_m *= settings.start_speed_sigma_m_s
                later.append(
                    [
                        plot
                        for plot in self._scans(batch)[k]
                        if min(np.linalg.norm(plot.z - p.z) for p in first) <= reach_m
                    ]
                )
            if len(first) < least or min(map(len, later)) < least - 1:
                continue
            if any(len(later[k]) > (2 + k) * len(first) for k in (0, 1)):
                continue
            votes, velocity = formations.vote(settings, first, *later)
            if votes > settings.vote_score:
                made = formations.begin(settings, self.sensors, first, later, velocity)
                self._enter(float(np.mean([plot.time_s for plot in later[1]])), *made)

    def _enter(self, now_s, formation, stations, taken):
        """Make tracks that hold members' plots those members, holders of the latest first."""
        members = [
            (s, plots) for s, plots in zip(stations, taken, strict=True) if any(plots[1:])
        ]
        if len(members) < self.settings.formation_founders:
            return
        formation.is_seen = True
        self.formations.append(formation)
        entered = set()
        for k in (2, 1, 0):
            for m, (station, plots) in enumerate(members):
                if m not in entered and plots[k] is not None and self._is_held(plots[k]):
                    entered.add(m)
                    self._make_member(plots[k].holder, formation, station, now_s)
        for _, plots in members:
            for plot in (plot for plot in plots if plot is not None):
                if self._is_held(plot):
                    self._drop(plot.holder, now_s)
                self.leftovers.remove(plot)

    def _is_held(self, plot):
        return plot.holder in self.tracks and plot.holder.formation is None

    def _make_member(self, track, formation, station, now_s):
        track.models = imm.begun(self.settings, *formation.at(station))
        track.time_s, track.existence = formation.time_s, 0.9
        self._enrol(track, formation, station, 0.9)
        if track.status == TrackStatus.TENTATIVE:
            self._confirm(track, now_s, track.sensor)

    # ---- life of a track

    def _start(self, plot, batch):
        """A member near other members, else a tentative track at rest."""
        state = first_guess(self.settings, plot.z, plot.R)
        self.started += 1
        track = Track(
            number=self.started,
            time_s=plot.time_s,
            models=imm.begun(self.settings, *state),
            existence=self.settings.start_existence,
            first_s=plot.time_s,
            last_hit_s=plot.time_s,
        )
        formation = self._formation_near(plot, batch) if plot.address < 0 else None
        self.tracks.append(track)
        self._count(track, plot)
        if formation is not None and not self._is_in_stream(plot, batch):
            self._bear(track, plot, formation)

    def _bear(self, track, plot, formation):
        (mean, P), (_, own) = formation.state, track.models[0][1:]
        station = formations.fresh_station(plot.z - mean[:3], plot.R)
        own = own.copy()
        own[3:, 3:] = P[3:, 3:] + 25.0 * np.eye(3)
        own_mean = np.concatenate([plot.z, mean[3:]])
        track.models = imm.begun(self.settings, own_mean, own)
        track.existence = 0.9
        formation.born += 1.0
        self._enrol(track, formation, station, 0.9)
        self._confirm(track, plot.time_s, plot.sensor)

    def _hit(self, track, plot, needed):
        """Take a plot: state, counts, existence, status; nothing too fast is kept."""
        settings = self.settings
        there = track.existence
        if track.status == TrackStatus.COASTING and there < 0.5:
            track.replies = []
        models, time_s = self._expected(track, plot)
        track.models = imm.corrected(models, plot.z, plot.R, plot.time_s - time_s)
        density = imm.evidence(models, plot.z, plot.R, plot.time_s - time_s)
        seen = self.sensors.detection_probability[plot.sensor]
        track.evidence += math.log(seen * density / plot.clutter)
        track.time_s = time_s
        self._settle(track)
        track.expected_s = math.nan
        self._count(track, plot)
        track.existence = 0.95 + 0.05 * there if track.hits < 3 else 0.999
        if track.status == TrackStatus.COASTING:
            track.status = TrackStatus.CONFIRMED
        is_sure = track.evidence >= -math.log(settings.false_track_probability)
        if track.status == TrackStatus.TENTATIVE and is_sure and track.hits >= needed:
            self._confirm(track, plot.time_s, plot.sensor)
        if np.linalg.norm(track.mean[3:]) > settings.speed_max_m_s:
            self._drop(track, plot.time_s)

    def _settle(self, track):
        """Let a member's station be where its formation and its place in it are now."""
        if track.models[STATION] is not None:
            state = track.formation.at(track.station)
            track.models = [*track.models[:STATION], (track.models[STATION][0], *state)]

    def _confirm(self, track, t_s, sensor):
        track.status, track.confirmed_s = TrackStatus.CONFIRMED, t_s
        self.events.append((t_s, "confirmed", track.number, sensor))

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
        if plot.code >= 0:
            track.code = plot.code
        plot.holder = track
        track.replies.append(IffReply(plot.reply))

    def _miss(self, track):
        """Let a look that was due go by; drop the track after too many, or too long ago."""
        settings, due_s = self.settings, track.due_s
        place = places.extrapolated(track.mean, due_s - track.time_s)[:3]
        if track.status != TrackStatus.TENTATIVE:
            F = parts.transition(due_s - track.time_s)
            variance = np.trace((F @ track.covariance @ F.T)[:3, :3]) / 3.0
            place = place - 2.0 * math.sqrt(variance) * place / np.linalg.norm(place)
        s = places.looking_sensor(self.sensors, track.sensor, place)
        period_s = self.sensors.scan_period_s[track.sensor if s is None else s]
        track.existence *= settings.survival_per_s**period_s
        track.due_s += period_s
        if s is None:
            if track.due_s - track.last_hit_s > settings.blind_s:
                self._drop(track, due_s)
            return
        track.looks, track.misses = track.looks + 1, track.misses + 1
        # Bayes: not seen, though there; or not there
        unseen = track.existence * (1.0 - self.sensors.detection_probability[s])
        track.existence = unseen / (unseen + 1.0 - track.existence)
        track.evidence += math.log(1.0 - self.sensors.detection_probability[s])
        if track.existence < settings.existence_min:
            self._drop(track, due_s)
            return
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
        if track.formation is not None:
            track.formation.members.remove(track)
            track.formation.lost += 1.0
            track.formation = None
        if track.status != TrackStatus.TENTATIVE:
            self.events.append((t_s, "dropped", track.number, -1))


def first_guess(settings, z, R):
    """At rest, its velocity as uncertain as speeds are at its height."""
    level, climb = settings.start_speed_sigma_m_s, settings.start_climb_sigma_m_s
    if places.height_m(z) > 20e3:
        level = climb = settings.start_fast_sigma_m_s
    up = z / np.linalg.norm(z)
    V = level**2 * (np.eye(3) - np.outer(up, up)) + climb**2 * np.outer(up, up)
    P = np.block([[R, np.zeros((3, 3))], [np.zeros((3, 3)), V]])
    return np.concatenate([z, np.zeros(3)]), P


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
        code=int(plots.code[row]),
        reply=int(plots.iff_reply[row]),
    )
