"""Slow twin of formations: a common motion, stations in it, and the vote that begins one."""

import itertools
import math
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

from tests.naive.tracking import models as imm
from tests.naive.tracking import parts

NEVER = 1e6


@dataclass(eq=False)
class Formation:
    """A formation; ``prior`` are its models before the plots of the batch."""

    time_s: float
    models: list
    members: list = field(default_factory=list)
    born: float = 0.0
    lost: float = 0.0
    is_seen: bool = False
    prior: list = None
    measured: np.ndarray = None
    n_plot: int = 0

    @property
    def state(self):
        return imm.moments(self.models)

    def predict(self, settings, dt_s):
        self.models = self.prior = imm.predicted(settings, self.models, dt_s)
        self.time_s += dt_s

    def correct(self, seen):
        """Take (station, z, R) of members: the mean of where they say the middle is."""
        self.n_plot, self.models = len(seen), self.prior
        if seen:
            weights = [np.linalg.inv(R + P[:3, :3]) for (_, P), _, R in seen]
            wanted = [
                w @ (z - mean[:3]) for w, ((mean, _), z, _) in zip(weights, seen, strict=True)
            ]
            spread = np.linalg.inv(sum(weights))
            self.measured = spread @ sum(wanted)
            self.models = imm.corrected(self.prior, self.measured, spread, 0.0)

    def corrected_station(self, station, z, R):
        if self.n_plot < 2:
            return station
        share = 1.0 - 1.0 / self.n_plot
        return parts.update(*station, z - self.measured, R * share, 0.0)

    def at(self, station):
        """The state of one who keeps a station."""
        mean, P = self.state
        return mean + station[0], P + station[1]


def predicted_station(settings, middle, station, dt_s):
    noises = settings.station_noise_m2_s3, settings.station_climb_noise_m2_s3
    F, Q = parts.transition(dt_s), parts.process_noise(middle, dt_s, *noises)
    return F @ station[0], F @ station[1] @ F.T + Q


def fresh_station(place, R):
    return np.concatenate([place, np.zeros(3)]), np.block(
        [[R, np.zeros((3, 3))], [np.zeros((3, 3)), 25.0 * np.eye(3)]]
    )


def clusters(plots):
    """Plots of one scan linked with their neighbours along the ground and in height."""
    left = list(plots)
    while left:
        cluster, todo = [], [left.pop(0)]
        while todo:
            one = todo.pop()
            cluster.append(one)
            near = [other for other in left if _is_linked(one.z, other.z)]
            left = [other for other in left if other not in near]
            todo += near
        yield cluster


def _is_linked(here, there):
    up = here / np.linalg.norm(here)
    rise = up @ (there - here)
    level = np.linalg.norm(there - here - rise * up)
    return abs(rise) <= 600.0 and level <= 700.0


def vote(settings, first, second, third):
    """The velocity with the most votes, and its log-likelihood a plot."""
    R = sum(plot.R for plot in first) / len(first)
    metric = np.linalg.inv(2.0 * R)
    times = [np.mean([plot.time_s for plot in plots]) for plots in (first, second, third)]
    sets = [np.array([plot.z for plot in plots]) for plots in (first, second, third)]
    steps = [t - times[0] for t in times]
    best = (-math.inf, None)
    for a, b in itertools.product(sets[0], sets[1]):
        v = (b - a) / steps[1]
        if np.linalg.norm(b - a) > 2.8 * settings.start_speed_sigma_m_s * steps[1]:
            continue
        for _ in range(4):
            v = v + _pull(sets, steps, metric, v)
        total = _score(sets, steps, metric, v)
        total -= 0.5 * (np.linalg.norm(v) / settings.start_speed_sigma_m_s) ** 2
        n = 2 * len(first) + len(second) + len(third)
        best = max(best, (total / n, tuple(v)))
    return best


def _apart(sets, steps, metric, v, s):
    e = sets[s][None] - sets[0][:, None] - steps[s] * v
    return e, np.einsum("abi,ij,abj->ab", e, metric, e)


def _pull(sets, steps, metric, v):
    moved, total = np.zeros(3), 0.0
    for s in (1, 2):
        e, d2 = _apart(sets, steps, metric, v, s)
        u = np.where(d2 < 16.0, np.exp(-0.5 * d2), 0.0)
        moved += steps[s] * np.einsum("ab,abi->i", u, e)
        total += steps[s] ** 2 * u.sum()
    return moved / total if total > 0.0 else moved


def _score(sets, steps, metric, v):
    total = 0.0
    for s in (1, 2):
        _, d2 = _apart(sets, steps, metric, v, s)
        total += np.log(0.15 + np.exp(-0.5 * d2.min(axis=1))).sum()
        total += np.log(0.15 + np.exp(-0.5 * d2.min(axis=0))).sum()
    return total


def begin(settings, sensors, first, later, v):
    """A formation of the plots of ``first``, and the plots that each member takes."""
    n = len(first)
    R = sum(plot.R for plot in first) / n
    middle = sum(plot.z for plot in first) / n
    P = np.block([[R / n, np.zeros((3, 3))], [np.zeros((3, 3)), 2500.0 * np.eye(3)]])
    time_s = float(np.mean([plot.time_s for plot in first]))
    made = Formation(time_s, imm.begun(settings, np.concatenate([middle, v]), P))
    stations = [fresh_station(plot.z - middle, plot.R) for plot in first]
    taken = [[plot] for plot in first]
    for plots in later:
        dt_s = np.mean([plot.time_s for plot in plots]) - made.time_s
        made.predict(settings, dt_s)
        stations = [
            predicted_station(settings, made.state[0][:3], station, dt_s)
            for station in stations
        ]
        pairs = _paired(settings, sensors, [made.at(station) for station in stations], plots)
        made.correct([(stations[m], plots[q].z, plots[q].R) for m, q in pairs.items()])
        for m, q in pairs.items():
            stations[m] = made.corrected_station(stations[m], plots[q].z, plots[q].R)
        for m, mine in enumerate(taken):
            mine.append(plots[pairs[m]] if m in pairs else None)
    return made, stations, taken


def _paired(settings, sensors, states, plots):
    costs = np.full((len(states), len(plots) + len(states)), NEVER)
    for m, (mean, P) in enumerate(states):
        costs[m, len(plots) + m] = 0.0
        for q, plot in enumerate(plots):
            density = imm.density([(1.0, mean, P)], plot.z, plot.R, 0.0, settings.gate)
            seen = 0.9 * sensors.detection_probability[plot.sensor]
            if density > 0.0:
                costs[m, q] = -math.log(seen * density / (plot.clutter * (1.0 - seen)))
    rows, columns = linear_sum_assignment(costs)
    return {m: q for m, q in zip(rows, columns, strict=True) if q < len(plots)}


def is_neighbour(settings, place, other):
    """Tell whether two plots stand as members of a formation do."""
    above = (other - place) @ place / np.linalg.norm(place)
    is_near = np.linalg.norm(place - other) <= settings.formation_spacing_m
    return is_near and abs(above) <= settings.formation_height_m
