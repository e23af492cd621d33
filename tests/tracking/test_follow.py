import numpy as np
import pytest
from scipy.stats import chi2

from bartizan import arrays
from bartizan.tracking.plan import Settings
from bartizan.tracking.tracks import TrackStatus
from tests.naive.tracking import parts as naive
from tests.tracking.scene import Scene, make_sensors, state, straight

pytestmark = pytest.mark.kernels


def run(paths, seed=5, scans=10, alarms=3, detection=0.9, shuffle=False):
    """Track given paths for some scans of one second."""
    rng = np.random.default_rng(seed)
    tracker = Scene()
    for n in range(scans):
        t_s = n + 1.0
        for path in paths:
            if rng.random() < detection:
                tracker.see(rng, t_s, path(t_s)[:3])
        for _ in range(rng.poisson(alarms)):
            tracker.false_alarm(rng, t_s)
        if shuffle:
            shuffled(tracker, np.random.default_rng(n))
        else:
            tracker.sort()
        tracker.follow(float(n), t_s)
    return tracker


def shuffled(tracker, rng):
    n = tracker.plots.size[0]
    order = rng.permutation(n)
    for column in tracker.plots[2:]:
        column[:n] = column[:n][order]


def some_paths(n, seed=1):
    rng = np.random.default_rng(seed)
    places = rng.uniform((-60e3, -60e3, 2e3), (60e3, 60e3, 9e3), (n, 3)) + np.array(
        [20e3, 0, 0]
    )
    velocities = rng.normal(0.0, (150.0, 150.0, 3.0), (n, 3))
    return [straight(state(p, v)) for p, v in zip(places, velocities, strict=True)]


def test_each_object_gets_one_track():
    paths = some_paths(5)
    tracker = run(paths)
    rows = tracker.confirmed()
    assert len(rows) == 5
    for path in paths:
        gaps = [np.linalg.norm(tracker.where(r, 10.0)[:3] - path(10.0)[:3]) for r in rows]
        assert min(gaps) < 500.0


def test_the_same_plots_give_the_same_bits():
    first, second = (run(some_paths(4)).tracks for _ in range(2))
    assert_same(first, second)


def assert_same(first, second):
    """Compare tables to the bit, and the tables in them."""
    for a, b in zip(first, second, strict=True):
        if isinstance(a, tuple):
            assert_same(a, b)
        else:
            np.testing.assert_array_equal(a, b)


def test_the_order_of_plots_of_one_time_does_not_matter():
    first, second = run(some_paths(5)), run(some_paths(5), shuffle=True)
    a, b = first.confirmed(), second.confirmed()
    assert len(a) == len(b)
    places = np.array([second.where(r, 10.0)[:3] for r in b])
    for row in a:
        gap = np.linalg.norm(places - first.where(row, 10.0)[:3], axis=1).min()
        assert gap < 1e-3


def test_a_tick_without_plots_changes_no_state():
    tracker = run(some_paths(3))
    before = arrays.copied(tracker.tracks)
    tracker.follow(10.0, 10.005)
    np.testing.assert_array_equal(before.mean, tracker.tracks.mean)
    np.testing.assert_array_equal(before.misses, tracker.tracks.misses)


def test_crossing_reports_go_to_the_track_of_their_address():
    tracker = Scene()
    first = straight(state((30e3, -200.0, 5e3), (0.0, 100.0, 0.0)))
    second = straight(state((30e3, 200.0, 5e3), (0.0, -100.0, 0.0)))
    for n in range(6):
        tracker.report(n + 1.0, second(n + 1.0)[:3], address=2**61 + 3)
        tracker.report(n + 1.0, first(n + 1.0)[:3], address=17)
        tracker.follow(float(n), n + 1.0)
    tracks = tracker.tracks
    assert tracks.alive.sum() == 2
    assert set(tracks.address[:2]) == {17, 2**61 + 3}
    row = int(np.flatnonzero(tracks.address == 17)[0])
    np.testing.assert_allclose(tracker.where(row, 6.0)[:3], first(6.0)[:3], atol=5.0)
    np.testing.assert_array_equal(tracks.hits[:2], [6, 6])


def test_a_report_joins_the_radar_track_it_lies_on():
    rng, tracker = np.random.default_rng(8), Scene()
    path = straight(state((30e3, 0.0, 5e3), (0.0, 200.0, 0.0)))
    for n in range(5):
        tracker.see(rng, n + 1.0, path(n + 1.0)[:3])
        tracker.follow(float(n), n + 1.0)
    tracker.report(6.0, path(6.0)[:3], address=9)
    tracker.follow(5.0, 6.0)
    assert tracker.tracks.alive.sum() == 1
    assert tracker.tracks.address[0] == 9


def test_what_a_scratch_was_used_for_before_does_not_matter():
    first, second = run(some_paths(2), scans=5), run(some_paths(2), scans=5)
    # as if it had predicted other tracks to the time of the next scan
    second.scratch.predictions.time_s[:] = 6.0
    second.scratch.predictions.models.mean[:] = 1.0
    for tracker in (first, second):
        for path in some_paths(2):
            tracker.see(np.random.default_rng(4), 6.0, path(6.0)[:3])
        tracker.follow(5.0, 6.0)
    assert_same(first.tracks, second.tracks)


def test_a_model_is_never_ruled_out_for_good():
    """Reports of one moment far apart, so that the quiet model's likelihood runs to 0."""
    tracker = Scene()
    place = state((30e3, 0.0, 5e3), (0, 0, 0))[:3]
    for n in range(4):
        tracker.report(n + 1.0, place, address=3)
        tracker.follow(float(n), n + 1.0)
    for k in range(8):
        tracker.report(5.0, place + 2000.0 * (k % 2), address=3)
    tracker.follow(4.0, 5.0)
    assert tracker.tracks.model_probability[0, :3].min() > 0.0
    assert tracker.tracks.model_probability[0].sum() == pytest.approx(1.0, abs=1e-12)
    assert np.isfinite(tracker.tracks.mean[0]).all()


def test_two_scans_within_one_tick_are_two_looks():
    rng, tracker = np.random.default_rng(8), Scene(make_sensors(period_s=0.5))
    path = straight(state((30e3, 0.0, 5e3), (0.0, 200.0, 0.0)))
    for n in range(4):
        for t_s in (n + 0.5, n + 1.0):
            tracker.see(rng, t_s, path(t_s)[:3])
        tracker.follow(float(n), n + 1.0)
    assert tracker.tracks.alive.sum() == 1
    assert tracker.tracks.hits[0] == 8


def test_plots_of_another_sensor_a_moment_older_are_taken():
    rng, tracker = np.random.default_rng(8), Scene(make_sensors(n=2))
    path = straight(state((30e3, 0.0, 5e3), (0.0, 300.0, 0.0)))
    for n in range(8):
        # sensor 0 looks at 0.1 and 0.9 of objects far apart, sensor 1 at 0.5
        tracker.see(rng, n + 0.1, state((-40e3, 0.0, 5e3), (0, 0, 0))[:3], sensor=0)
        tracker.see(rng, n + 0.5, path(n + 0.5)[:3], sensor=1)
        tracker.see(rng, n + 0.9, path(n + 0.9)[:3], sensor=0)
        tracker.follow(float(n), n + 1.0)
    assert tracker.tracks.alive.sum() == 2
    row = int(np.argmax(tracker.tracks.hits))
    assert tracker.tracks.hits[row] == 16
    np.testing.assert_allclose(tracker.where(row, 8.0)[:3], path(8.0)[:3], atol=150.0)


def test_errors_of_straight_tracks_are_as_large_as_the_tracker_says():
    squares = []
    for seed in range(8):
        path = straight(state((40e3, -1e3 * seed, 6e3), (-180.0, 120.0, 0.0)))
        tracker = run([path], seed=seed, scans=16, alarms=0, detection=1.0)
        tracks = tracker.tracks
        squares.append(naive.nees(tracks.mean[0], tracks.covariance[0], path(16.0)))
    # the agile model makes the filter cautious, never overconfident
    assert np.mean(squares) < chi2.ppf(0.999, 6 * 8) / 8
    assert np.mean(squares) > 1.0


def test_without_a_model_for_turns_errors_follow_chi_square():
    quiet = Settings(turn_start_per_s=1e-9, turn_end_per_s=1.0)
    squares = []
    for seed in range(12):
        path = straight(state((40e3, -1e3 * seed, 6e3), (-180.0, 120.0, 0.0)))
        rng, tracker = np.random.default_rng(seed), Scene(settings=quiet)
        for n in range(14):
            tracker.see(rng, n + 1.0, path(n + 1.0)[:3])
            tracker.follow(float(n), n + 1.0)
        tracks = tracker.tracks
        squares.append(naive.nees(tracks.mean[0], tracks.covariance[0], path(14.0)))
    assert np.mean(squares) < chi2.ppf(0.999, 6 * 12) / 12
    assert np.mean(squares) > chi2.ppf(0.001, 6 * 12) / 12 / 2


def one_track(tracker, models_apart_m=0.0, address=-1):
    """Put a well known, confirmed track at rest at second 0; its models lie east and west."""
    tracks, start = tracker.tracks, state((40e3, 0.0, 5e3), (0.0, 0.0, 0.0))
    aside = state((40e3 + models_apart_m / 2, 0.0, 5e3), (0.0, 0.0, 0.0)) - start
    known = np.diag([100.0**2] * 3 + [1.0] * 3)
    tracks.alive[0], tracks.track_id[0], tracks.next_id[0] = True, 1, 2
    tracks.status[0], tracks.existence[0], tracks.hits[0] = TrackStatus.CONFIRMED, 0.999, 5
    tracks.time_s[0] = tracks.last_hit_s[0] = 0.0
    tracks.mean[0], tracks.covariance[0] = start, known + np.outer(aside, aside)
    tracks.model_probability[0, :2], tracks.model_covariance[0, :2] = 0.5, known
    tracks.model_mean[0, :2] = start + aside, start - aside
    tracks.sensor[0], tracks.address[0] = 0, address


def test_a_plot_on_one_model_is_taken_however_far_apart_the_models_are():
    tracker = Scene()
    one_track(tracker, models_apart_m=6e3)
    tracker.see(np.random.default_rng(1), 1.0, state((43e3, 0.0, 5e3), (0, 0, 0))[:3])
    tracker.follow(0.0, 1.0)
    assert tracker.tracks.hits[0] == 6


def test_late_in_a_long_batch_a_track_may_have_gone_farther():
    """1.3 km in 9.5 s: within the gate, though not in that of the middle of the batch.

    An unforeseen turn spreads by 0.4 km in 9.5 s and by 0.15 km in 5 s, and the gate is four
    times as wide.
    """
    tracker = Scene(make_sensors(period_s=10.0))
    one_track(tracker)
    tracker.see(np.random.default_rng(1), 0.5, state((-40e3, 0.0, 5e3), (0, 0, 0))[:3])
    tracker.see(np.random.default_rng(1), 9.5, state((40e3, 1.3e3, 5e3), (0, 0, 0))[:3])
    tracker.follow(0.0, 10.0)
    assert tracker.tracks.hits[0] == 6


@pytest.mark.parametrize(("address", "tracks"), [(-1, 1), (8, 1), (9, 2)])
def test_a_report_joins_no_track_of_another_address(address, tracks):
    tracker = Scene()
    one_track(tracker, address=address)
    tracker.report(1.0, state((40e3, 0.0, 5e3), (0, 0, 0))[:3], address=8)
    tracker.follow(0.0, 1.0)
    assert tracker.tracks.alive.sum() == tracks
    assert sorted(tracker.tracks.address[:tracks]) == sorted({8, address} - {-1})


@pytest.mark.parametrize(("seen_s", "hits"), [(0.2, 6), (0.8, 5)])
def test_a_sensor_gives_a_track_one_plot_a_scan(seen_s, hits):
    tracker = Scene()
    one_track(tracker)
    tracker.tracks.seen_s[0, 0] = seen_s
    tracker.see(np.random.default_rng(1), 1.0, state((40e3, 0.0, 5e3), (0, 0, 0))[:3])
    tracker.follow(0.0, 1.0)
    assert tracker.tracks.hits[0] == hits
