"""Launching: at its own time, spaced, only at what can still be met."""

import numpy as np
import pytest

from bartizan.decide.orders import Report
from bartizan.engage.flyouts import make_flyouts
from bartizan.events import EventKind
from tests import tables
from tests.engage.battle import Flight, battle

pytestmark = pytest.mark.kernels

INBOUND = Flight("raid.a[0]", (270.0, 60.0), (270.0, 5.0), end_s=200.0)


def test_rounds_leave_at_their_time_and_no_closer_than_the_interval() -> None:
    b = battle(INBOUND)
    b.follow(0)
    b.order(0, rounds=3, due_s=1.25)
    b.run(12.0, following=(0,))
    assert [time for time, _, _ in b.happened(EventKind.LAUNCH)] == [1.25, 4.25, 7.25]
    assert b.magazines.rounds[0, 0] == 8 - 3
    assert b.strikes.rounds_fired[0, 0] == 3


def test_two_orders_of_one_unit_share_its_launch_interval() -> None:
    b = battle(INBOUND)
    b.follow(0)
    b.order(0, due_s=0.5)
    b.order(0, due_s=0.5)
    b.run(6.0, following=(0,))
    assert [time for time, _, _ in b.happened(EventKind.LAUNCH)] == [0.5, 3.5]


def test_an_empty_magazine_launches_nothing_and_says_so() -> None:
    b = battle(INBOUND, force=tables.force(rounds=1))
    b.follow(0)
    slot = b.order(0, rounds=2, due_s=0.5)
    b.run(5.0, following=(0,))
    assert len(b.happened(EventKind.LAUNCH)) == 1
    assert len(b.happened(EventKind.MAGAZINE_EMPTY)) == 1
    assert len(b.happened(EventKind.WITHDRAWN)) == 1
    assert b.orders.rounds[slot] == 1


def test_an_order_at_a_lost_track_is_withdrawn() -> None:
    b = battle(INBOUND)
    b.follow(0)
    slot = b.order(0, due_s=3.0)
    b.tracks.alive[0] = False
    b.run(4.0)
    assert b.happened(EventKind.LAUNCH) == []
    assert b.orders.report[slot] == Report.WITHDRAWN
    assert b.orders.report_s[slot] == 3.0


def test_an_order_whose_row_was_taken_by_another_track_is_withdrawn() -> None:
    b = battle(INBOUND)
    b.follow(0)
    slot = b.order(0, due_s=0.5)
    b.tracks.track_id[0] = 999
    b.step()
    assert b.orders.report[slot] == Report.WITHDRAWN


def test_nothing_is_launched_at_a_track_that_left_the_envelope() -> None:
    b = battle(INBOUND, force=tables.force(interceptor_range_max_m=np.array([20e3])))
    b.follow(0)
    slot = b.order(0, due_s=0.5)
    b.step()
    assert b.orders.report[slot] == Report.WITHDRAWN
    assert b.magazines.rounds[0, 0] == 8


def test_half_the_tick_gives_the_same_launches() -> None:
    times = []
    for tick_s in (0.5, 1.0, 2.0):
        b = battle(INBOUND)
        b.follow(0)
        b.order(0, rounds=3, due_s=1.25)
        b.run(12.0, following=(0,), tick_s=tick_s)
        times.append([time for time, _, _ in b.happened(EventKind.LAUNCH)])
    assert times[0] == times[1] == times[2]


def test_a_launch_is_lost_for_want_of_a_row_only_if_it_could_be_made() -> None:
    b = battle(INBOUND)
    b.flyouts = make_flyouts(1)
    b.follow(0)
    b.order(0, due_s=0.5)
    b.run(4.0, following=(0,))
    b.order(0, due_s=4.5)
    b.tracks.track_id[0] = 999  # the track ordered is gone: no launch, no need of a row
    b.step()
    assert b.flyouts.lost[0] == 0
    b.follow(0)
    b.order(0, due_s=5.5)
    b.step()
    assert b.flyouts.lost[0] == 1
