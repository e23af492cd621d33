"""Whole ticks of the tracker equal those of its slow twin, scene by scene, tick by tick."""

import math
from collections import Counter

import numpy as np
import pytest

from bartizan.events import EventKind
from bartizan.sense.plots import IffReply
from bartizan.tracking.lower import report_sensor
from bartizan.tracking.plan import Settings
from bartizan.tracking.tracks import TrackStatus
from bartizan.world.geodesy import ecef_from_geodetic, enu_from_ecef, polar_from_ecef
from tests.naive.tracking.follow import Tracker
from tests.tracking.scene import LATITUDE, LONGITUDE, Scene, ecef, make_sensors, state

pytestmark = pytest.mark.kernels

COUNTS = ("hits", "looks", "misses", "sensor", "address", "code", "status")
TIMES = ("time_s", "first_s", "confirmed_s", "last_hit_s", "due_s", "existence", "evidence")
REPLIES = {"iff_silent": "SILENT", "iff_civil": "CIVIL", "iff_friend": "FRIEND"}
WORDS = {EventKind.TRACK_CONFIRMED: "confirmed", EventKind.TRACK_DROPPED: "dropped"}


class Twins:
    """A tracker and its slow twin, fed the same plots and compared after each tick."""

    def __init__(self, sensors, settings=None, n_track=60, n_plot=80):
        self.fast = Scene(sensors, settings, n_track, n_plot)
        self.slow = Tracker(sensors, self.fast.plan.settings)
        self.seen = Counter()  # what has happened in the scene

    def follow(self, t0_s, t1_s):
        self.fast.sort()
        self.slow.follow(self.fast.plots, t1_s)
        self.fast.follow(t0_s, t1_s)
        self.compare()

    def compare(self):
        tracks = self.fast.tracks
        rows = {int(tracks.track_id[r]): r for r in np.flatnonzero(tracks.alive)}
        assert set(rows) == {track.number for track in self.slow.tracks}
        for track in self.slow.tracks:
            compare(tracks, rows[track.number], track)
            self.seen[TrackStatus(track.status).name] += 1
            self.seen["member"] += track.formation is not None
        assert tracks.next_id[0] == self.slow.started + 1
        assert tracks.lost[0] == self.fast.scratch.candidates.lost[0] == 0
        expected = [(round(t_s, 9), *what) for t_s, *what in self.slow.events]
        assert sorted(happened(self.fast.events)) == sorted(expected)
        self.seen.update(word for _, word, _, _ in self.slow.events)
        self.fast.events.size[0] = 0
        self.slow.events.clear()


def happened(events):
    """Return the events as the twin writes them, times to a nanosecond."""
    columns = events.time_s, events.kind, events.subject, events.object
    rows = zip(*(column[: events.size[0]].tolist() for column in columns), strict=True)
    return [(round(t_s, 9), WORDS[kind], track, sensor) for t_s, kind, track, sensor in rows]


def compare(tracks, row, track):
    for name in COUNTS:
        assert getattr(tracks, name)[row] == getattr(track, name), name
    for name in TIMES:
        expected = pytest.approx(getattr(track, name), rel=1e-9, abs=1e-12, nan_ok=True)
        assert getattr(tracks, name)[row] == expected, name
    for name, reply in REPLIES.items():
        assert getattr(tracks, name)[row] == track.replies.count(IffReply[reply]), name
    for s, seen_s in enumerate(tracks.seen_s[row]):
        assert seen_s == track.seen_s.get(s, -math.inf)
    compare_states(tracks.mean[row], tracks.covariance[row], track.mean, track.covariance)
    for model, slow in enumerate(track.models):
        p, *state = slow or (0.0, None, None)
        assert tracks.model_probability[row, model] == pytest.approx(p, rel=1e-6, abs=1e-9)
        if slow is not None:
            found = tracks.model_mean[row, model], tracks.model_covariance[row, model]
            compare_states(*found, *state)
    assert (tracks.formation[row] >= 0) == (track.formation is not None)


def compare_states(mean, covariance, expected_mean, expected_covariance):
    """Positions to 0.1 mm, variances to a millionth of the greatest."""
    np.testing.assert_allclose(mean[:3], expected_mean[:3], rtol=0, atol=1e-4)
    np.testing.assert_allclose(mean[3:], expected_mean[3:], rtol=0, atol=1e-5)
    sigma = np.sqrt(np.diag(expected_covariance))
    errors = (covariance - expected_covariance) / np.outer(sigma, sigma)
    assert np.abs(errors).max() < 1e-6


def flight(rng):
    """Return a path that turns for a while: the ECEF state at a time."""
    place = rng.uniform((-50e3, -50e3, 2e3), (50e3, 50e3, 9e3))
    heading, speed = rng.uniform(0, 2 * math.pi), rng.uniform(100.0, 300.0)
    turn_s, rate = rng.uniform(5.0, 25.0), rng.choice([-0.1, 0.1])

    def path(t_s):
        angle = heading + rate * np.clip(np.arange(0.0, t_s, 0.1) - turn_s, 0.0, 10.0)
        way = 0.1 * speed * np.array([np.sin(angle).sum(), np.cos(angle).sum()])
        return ecef(place + np.array([*way, 0.0]))

    return path


def descent(t_s):
    """A steep, fast fall towards the site, at first above 20 km."""
    return state((60e3 - 900.0 * t_s, -30e3, 45e3 - 850.0 * t_s), (0, 0, 0))[:3]


def two_radars(rotating_s, array_s):
    """One turns and looks all round, one at another place looks north-east, both not far."""
    sensors = make_sensors((rotating_s, array_s), n=2, false_alarms=4.0, range_max_m=90e3)
    site = LATITUDE + 0.003, LONGITUDE - 0.004
    sensors.position_ecef_m[1] = ecef_from_geodetic(*site, 35.0)
    sensors.enu_from_ecef[1] = enu_from_ecef(*site)
    sensors.grace_s[0] = 0.25 * rotating_s
    sensors.sector_centre_rad[1], sensors.sector_half_width_rad[1] = 0.8, 1.2
    sensors.elevation_min_rad[1], sensors.elevation_max_rad[1] = 0.01, 1.1
    sensors.detection_probability[1] = 0.9
    return sensors


def look(twins, rng, s, t_s, place, code=-1):
    """Append a noisy plot, now and then an interrogation's."""
    sensors = twins.fast.plan.sensors
    site, turn = sensors.position_ecef_m[s], sensors.enu_from_ecef[s]
    r, azimuth, elevation = np.array(polar_from_ecef(*place, site, turn))
    sigmas = tuple(rng.uniform(0.5, 2.0) * np.array([50.0, 1.5e-3, 1.5e-3]))
    r, azimuth, elevation = np.array([r, azimuth, elevation]) + rng.normal(size=3) * sigmas
    reply = IffReply(rng.integers(0, 4))
    polar = r, azimuth % (2 * math.pi), elevation
    twins.fast.radar_plot(t_s, polar, s, reply, sigmas)
    plots = twins.fast.plots
    plots.code[plots.size[0] - 1] = code


def looks(twins, rng, paths, t0_s, t1_s):
    """Let both radars look at what they pass or see within a tick."""
    periods = twins.fast.plan.sensors.scan_period_s
    for s, period_s in enumerate(periods):
        for scan in range(int(t0_s / period_s) - 1, int(t1_s / period_s) + 1):
            places = [path(max(t0_s, 0.0)) for path in paths if rng.random() < 0.85]
            places += [ecef(rng.uniform((-6e4, -6e4, 0), (6e4, 6e4, 9e3))) for _ in range(2)]
            for place in places:
                azimuth = math.atan2(*place_enu(twins, s, place)[:2]) % (2 * math.pi)
                share = azimuth / (2 * math.pi) if s == 0 else 0.4
                t_s = period_s * (scan + share)
                if t0_s < t_s <= t1_s:
                    look(twins, rng, s, t_s, place)


def place_enu(twins, s, place):
    sensors = twins.fast.plan.sensors
    return sensors.enu_from_ecef[s] @ (place - sensors.position_ecef_m[s])


@pytest.mark.parametrize(
    ("seed", "tick_s", "rotating_s", "array_s"),
    [(1, 1.0, 4.0, 1.0), (2, 1.0, 5.0, 2.0), (3, 4.0, 4.0, 1.0), (4, 6.0, 3.0, 7.0)],
)
def test_two_radars_among_false_alarms_and_misses(seed, tick_s, rotating_s, array_s):
    rng = np.random.default_rng(seed)
    twins = Twins(two_radars(rotating_s, array_s), Settings(confirmed_misses=3))
    paths = [*(flight(rng) for _ in range(5)), descent]
    # the objects are gone after 22 ticks, so that tracks coast and end
    for n in range(42):
        t0_s, t1_s = n * tick_s, (n + 1) * tick_s
        looks(twins, rng, paths if n < 22 else [], t0_s, t1_s)
        twins.follow(t0_s, t1_s)
    assert twins.seen["confirmed"] >= 4
    assert twins.seen["COASTING"] >= 5
    assert twins.seen["dropped"] >= 3


@pytest.mark.parametrize(("seed", "tick_s", "members"), [(11, 1.0, 100), (12, 5.0, 1)])
def test_a_formation_under_a_rotating_radar(seed, tick_s, members):
    rng, twins = np.random.default_rng(seed), Twins(two_radars(5.0, 2.0))
    starts = rng.uniform((-26e3, 5e3, 3.9e3), (-24e3, 7e3, 4.1e3), (7, 3))
    east = np.array([240.0, 0.0, 0.0])
    paths = [lambda t_s, start=start: ecef(start + t_s * east) for start in starts]
    for n in range(int(50 / tick_s)):
        t0_s, t1_s = n * tick_s, (n + 1) * tick_s
        looks(twins, rng, paths, t0_s, t1_s)
        twins.follow(t0_s, t1_s)
    assert twins.seen["confirmed"] >= 7
    assert twins.seen["member"] >= members


@pytest.mark.parametrize(("seed", "period_s", "n"), [(31, 2.0, 20), (35, 6.0, 24)])
def test_a_dense_stream_beside_a_formation(seed, period_s, n):
    """No formation stands apart in a stream; one well beside it does."""
    rng = np.random.default_rng(seed)
    twins = Twins(make_sensors(period_s), n_track=200, n_plot=400)
    stream = rng.uniform((-28e3, 5e3, 3.9e3), (-20e3, 8e3, 4.1e3), (n, 3))
    others = rng.uniform((-22e3, 19e3, 3.9e3), (-21e3, 20e3, 4.1e3), (6, 3))
    for scan in range(8):
        t_s = period_s * (scan + 0.5)
        for start in (*stream, *others):
            if rng.random() < 0.9:
                look(twins, rng, 0, t_s, ecef(start + t_s * np.array([240.0, 0.0, 0.0])))
        twins.follow(period_s * scan, period_s * (scan + 1))
    assert twins.seen["confirmed"] >= 20
    assert twins.seen["member"] >= 12


def crossing(t_s, k):
    """Objects in pairs that meet after 12 s."""
    side = 1.0 if k % 2 else -1.0
    return state((30e3 + 5e3 * (k // 2), side * 100.0 * (12.0 - t_s), 5e3), (0, 0, 0))[:3]


def test_reports_go_by_address_beside_a_radar():
    """A report sensor and a radar; some reports come late, one address jumps, one is fast."""
    radar, reports = two_radars(2.0, 2.0), report_sensor(1.0)
    sensors = type(radar)(
        *(np.concatenate([a[1:], b]) for a, b in zip(radar, reports, strict=True))
    )
    rng, twins = np.random.default_rng(21), Twins(sensors)
    for n in range(40):
        t_s = n + 1.0
        for k in range(4):
            place = crossing(t_s, k) + (40e3 if (k, n) == (1, 20) else 0.0)
            if rng.random() < 0.8 and n < 30:
                twins.fast.report(t_s - 0.2 * (k == 2), place, 2**61 + k, sensor=1, sigma_m=5.0)
            if n % 2 == 0:
                code = k if rng.random() < 0.5 else -1
                look(twins, rng, 0, t_s - 0.1, crossing(t_s - 0.1, k), code)
        if n < 30:
            fast = ecef((-80e3 + 3450.0 * n + 5.0 * n * n, 60e3, 60e3))
            twins.fast.report(t_s, fast, 7, sensor=1, sigma_m=20.0)
        twins.follow(float(n), t_s)
    assert twins.seen["confirmed"] >= 5
    assert twins.seen["dropped"] >= 1
