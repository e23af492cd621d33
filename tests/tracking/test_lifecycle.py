import numpy as np
import pytest

from bartizan.events import EventKind
from bartizan.sense.plots import IffReply
from bartizan.tracking.plan import Settings
from bartizan.tracking.scratch import make_scratch
from bartizan.tracking.tracks import TrackStatus, make_tracks
from tests.tracking.scene import TURN, Scene, make_sensors, state, straight

pytestmark = pytest.mark.kernels
PATH = straight(state((40e3, 10e3, 6e3), (-150.0, 100.0, 0.0)))


def scene(**settings):
    return Scene(settings=Settings(**settings)), np.random.default_rng(11)


def scan(tracker, rng, n, seen=True, **kwargs):
    """Let the radar look at second ``n`` + 1."""
    if seen:
        tracker.see(rng, n + 1.0, PATH(n + 1.0)[:3], **kwargs)
    tracker.follow(float(n), n + 1.0)


@pytest.mark.parametrize("hits", [2, 3, 4])
def test_a_track_is_confirmed_at_so_many_plots(hits):
    tracker, rng = scene(confirm_hits=hits)
    for n in range(hits):
        assert len(tracker.confirmed()) == 0
        scan(tracker, rng, n)
    assert tracker.tracks.confirmed_s[0] == hits
    events = tracker.events
    assert events.size[0] == 1
    assert events.kind[0] == EventKind.TRACK_CONFIRMED
    assert (events.subject[0], events.object[0], events.time_s[0]) == (1, 0, hits)


def test_three_plots_in_more_than_five_looks_confirm_nothing():
    tracker, rng = scene(tentative_misses=3, confirm_hits=3)
    for n, seen in enumerate([True, False, False, True, False]):
        scan(tracker, rng, n, seen)
    # the fifth look was missed too, which the radar's grace lets it know a little later
    tracker.follow(5.0, 5.5)
    tracker.follow(5.5, 6.5)
    assert not tracker.tracks.alive.any()
    assert tracker.events.size[0] == 0


def test_a_tentative_track_ends_at_its_second_miss():
    tracker, rng = scene()
    for n, seen in enumerate([True, False, False]):
        scan(tracker, rng, n, seen)
        assert tracker.tracks.alive[0]
    scan(tracker, rng, 3, seen=False)
    assert not tracker.tracks.alive.any()
    assert tracker.events.size[0] == 0


def test_a_confirmed_track_coasts_five_looks_and_is_dropped_at_the_sixth():
    tracker, rng = scene()
    for n in range(6):
        scan(tracker, rng, n)
    statuses = []
    for n in range(6, 13):
        scan(tracker, rng, n, seen=False)
        statuses.append(tracker.tracks.status[0])
        if n < 12:
            np.testing.assert_allclose(
                tracker.where(0, n + 1.0)[:3], PATH(n + 1.0)[:3], atol=900
            )
    assert statuses[0] == TrackStatus.CONFIRMED  # missed at 7 s, known after 7.01 s
    assert statuses[1:6] == [TrackStatus.COASTING] * 5
    assert not tracker.tracks.alive[0]
    row = tracker.events.size[0] - 1
    assert tracker.events.kind[row] == EventKind.TRACK_DROPPED
    assert tracker.events.subject[row] == 1


def test_a_coasting_track_seen_again_is_the_same_track():
    tracker, rng = scene()
    for n in range(12):
        scan(tracker, rng, n, seen=n not in (6, 7, 8))
    tracks = tracker.tracks
    assert tracks.alive.sum() == 1
    assert (tracks.track_id[0], tracks.status[0]) == (1, TrackStatus.CONFIRMED)
    assert (tracks.hits[0], tracks.looks[0], tracks.misses[0]) == (9, 12, 0)


def test_replies_are_counted():
    tracker, rng = scene()
    replies = [IffReply.SILENT, IffReply.CIVIL, IffReply.CIVIL, IffReply.FRIEND]
    for n, reply in enumerate([*replies, IffReply.NOT_ASKED]):
        scan(tracker, rng, n, reply=reply)
    t = tracker.tracks
    assert (t.iff_silent[0], t.iff_civil[0], t.iff_friend[0]) == (1, 2, 1)


@pytest.mark.parametrize(("missed", "silent"), [(1, 5), (3, 5), (5, 1)])
def test_who_more_likely_was_gone_gathers_answers_anew(missed, silent):
    tracker, rng = scene()
    for n in range(4):
        scan(tracker, rng, n, reply=IffReply.SILENT)
    for n in range(4, 4 + missed):
        scan(tracker, rng, n, seen=False)
    scan(tracker, rng, 4 + missed, reply=IffReply.SILENT)
    assert (tracker.tracks.track_id[0], tracker.tracks.hits[0]) == (1, 5)
    assert tracker.tracks.iff_silent[0] == silent


def test_ids_are_never_used_twice():
    tracker, rng = scene()
    seen = set()
    for n in range(30):
        scan(tracker, rng, n, seen=n % 5 == 0)
        seen |= set(tracker.tracks.track_id[tracker.tracks.alive])
    assert seen == set(range(1, 7))
    assert tracker.tracks.next_id[0] == 7


def test_a_full_table_counts_what_it_lost():
    tracker, rng = Scene(n_track=2), np.random.default_rng(1)
    for _ in range(5):
        tracker.false_alarm(rng, 1.0)
    tracker.follow(0.0, 1.0)
    assert tracker.tracks.alive.sum() == 2
    assert tracker.tracks.lost[0] == 3


def test_a_slow_radar_keeps_a_track_that_a_fast_one_does_not_see():
    sensors = make_sensors(period_s=(1.0, 10.0), n=2)
    tracker, rng = Scene(sensors), np.random.default_rng(2)
    for n in range(60):
        if n % 10 == 4:
            tracker.see(rng, n + 0.5, PATH(n + 0.5)[:3], sensor=1)
        tracker.follow(float(n), n + 1.0)
    assert list(tracker.tracks.track_id[tracker.confirmed()]) == [1]
    assert tracker.tracks.misses[0] == 0


def test_a_fast_radar_keeps_a_track_that_a_slow_one_does_not_see():
    sensors = make_sensors(period_s=(1.0, 10.0), n=2)
    tracker, rng = Scene(sensors), np.random.default_rng(2)
    for n in range(30):
        scan(tracker, rng, n)
    assert list(tracker.tracks.track_id[tracker.confirmed()]) == [1]


def test_both_radars_feed_one_track():
    sensors = make_sensors(period_s=(2.0, 5.0), n=2)
    tracker, rng = Scene(sensors), np.random.default_rng(3)
    for n in range(40):
        if n % 2 == 0:
            tracker.see(rng, n + 0.9, PATH(n + 0.9)[:3], sensor=0)
        if n % 5 == 0:
            tracker.see(rng, n + 0.3, PATH(n + 0.3)[:3], sensor=1)
        tracker.sort()
        tracker.follow(float(n), n + 1.0)
    assert tracker.tracks.alive.sum() == 1
    assert tracker.tracks.hits[0] == 28


def test_a_track_no_sensor_can_see_misses_nothing_and_ends_when_blind_too_long():
    tracker, rng = scene(blind_s=8.0, start_speed_sigma_m_s=250.0)
    out = straight(state((145e3, 0.0, 9e3), (900.0, 0.0, 0.0)))
    for n in range(5):
        tracker.see(rng, n + 1.0, out(n + 1.0)[:3])
        tracker.follow(float(n), n + 1.0)
    for n in range(5, 12):
        tracker.follow(float(n), n + 1.0)
    assert len(tracker.confirmed()) == 1
    assert tracker.tracks.misses[0] == 0
    for n in range(12, 16):
        tracker.follow(float(n), n + 1.0)
    assert not tracker.tracks.alive.any()


def test_nothing_faster_than_the_limit_is_tracked():
    tracker, rng = scene()
    fast = straight(state((100e3, 0.0, 60e3), (-6000.0, 0.0, 0.0)))
    for n in range(10):
        tracker.see(rng, n + 1.0, fast(n + 1.0)[:3])
        tracker.follow(float(n), n + 1.0)
    assert len(tracker.confirmed()) == 0


def test_tracks_made_for_too_few_sensors_are_refused():
    tracker = Scene(make_sensors(n=2))
    with pytest.raises(ValueError, match="1 of 2 sensors"):
        make_scratch(tracker.plan, make_tracks(3), tracker.plots)


def test_a_second_plot_of_the_same_scan_is_not_taken_by_the_same_track():
    tracker, rng = Scene(make_sensors(period_s=10.0, grace=0.25)), np.random.default_rng(4)
    for n in range(31):
        if n % 10 == 0:
            tracker.see(rng, n + 0.98, PATH(n + 0.98)[:3])
        if n % 10 == 1 and n > 1:  # a neighbour, seen just after the beam passed
            beside = PATH(n + 0.02)[:3] + 300.0 * TURN[0]
            tracker.see(rng, n + 0.02, beside)
        tracker.follow(float(n), n + 1.0)
    first = tracker.tracks.track_id.tolist().index(1)
    assert tracker.tracks.hits[first] == 4
