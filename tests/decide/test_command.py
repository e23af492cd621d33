"""Orders: channels, rounds, looks, reaction, and the reports that end engagements."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.arrays import copied
from bartizan.decide.command import command, is_planning_due
from bartizan.decide.fire import make_doses
from bartizan.decide.flow import min_cost_flow
from bartizan.decide.hear import hear
from bartizan.decide.identify import identify
from bartizan.decide.orders import Report, make_orders
from bartizan.decide.picture import Link, make_picture
from bartizan.decide.reassess import reassess
from bartizan.events import EventKind, make_events
from bartizan.tracking.nets import Rows
from bartizan.tracking.tracks import TrackStatus
from bartizan.world.force import make_magazines
from tests.naive import decide as naive
from tests.tables import (
    assert_same,
    assets,
    at_height,
    doctrine,
    ecef_velocity,
    fire,
    force,
    tracks,
)


def certain(**changed):
    """A doctrine of a war in which whatever flies is hostile."""
    prior = np.array([1e-4, 1e-4, 1e-4, 0.9997])
    known = doctrine().identification._replace(prior=prior)
    return doctrine(identification=known, **changed)


class Desk:
    """A defender with tracks before him."""

    def __init__(self, *states, plan=None, own=None, **rules) -> None:
        self.plan, self.force = plan or certain(), own or force()
        self.fire = fire(self.force, **rules)
        self.allocate, self.doses = min_cost_flow, make_doses(16, 1)
        self.tracks = tracks(*states, capacity=16)
        self.picture, self.events = make_picture(16), make_events(200)
        self.orders = make_orders(int(self.force.unit_channels.sum()))
        self.magazines = make_magazines(self.force)

    def plan_now(self, now_s: float = 0.0) -> "Desk":
        self.tracks.time_s[:] = now_s
        identify(self.plan, assets(), self.tracks, self.picture, self.events, 1, now_s)
        command(
            self.plan, self.fire, self.allocate, self.force, self.magazines, self.tracks,
            self.picture, self.doses, self.orders, self.events,
            Rows(1, 16, 0), 0, now_s,
        )  # fmt: skip
        return self

    def report(self, slot: int, report: Report, now_s: float) -> None:
        self.orders.launched[slot] = self.orders.rounds[slot]
        self.orders.report[slot], self.orders.report_s[slot] = report, now_s
        hear(self.orders, self.picture, self.magazines, self.events, now_s)

    @property
    def ordered(self) -> list[tuple[int, int]]:
        """(track id, rounds) of the orders under way."""
        o = self.orders
        alive = np.flatnonzero(o.alive)
        return sorted((int(o.track_id[i]), int(o.rounds[i])) for i in alive)


def inbound(east_m: float = 90e3, north_m: float = 0.0, speed: float = 250.0):
    return at_height(east_m, north_m, 6e3), ecef_velocity(-speed, 0.0, 0.0)


def test_one_round_goes_to_each_hostile_track() -> None:
    desk = Desk(inbound(), inbound(80e3, 3e3)).plan_now()
    assert desk.ordered == [(1, 1), (2, 1)]
    assert desk.magazines.channels_busy[0] == 2
    assert (desk.picture.link[:2] == Link.ORDERED).all()


def test_the_first_engagement_waits_for_the_reaction_time() -> None:
    desk = Desk(inbound()).plan_now(now_s=3.0)
    assert desk.orders.due_s[0] == pytest.approx(13.0, abs=0.1)


def test_a_second_look_needs_no_reaction_time() -> None:
    desk = Desk(inbound(150e3)).plan_now()
    desk.report(0, Report.MISS, now_s=2.0)
    desk.plan_now(now_s=2.0)
    assert desk.orders.due_s[0] == pytest.approx(2.0, abs=0.1)


def test_nothing_more_is_ordered_while_an_engagement_is_under_way() -> None:
    desk = Desk(inbound()).plan_now()
    desk.plan_now(now_s=5.0)
    assert desk.ordered == [(1, 1)]


def test_channels_bind_and_the_cause_is_remembered() -> None:
    desk = Desk(*[inbound(60e3 + 5e3 * k) for k in range(5)], own=force(channels=2)).plan_now()
    assert [track for track, _ in desk.ordered] == [1, 2]  # the nearest are worth most
    assert (desk.picture.link[2:5] == Link.FEASIBLE).all()
    desk.plan_now(now_s=5.0)
    assert len(desk.ordered) == 2


def test_rounds_bind_and_the_cause_is_remembered() -> None:
    desk = Desk(*[inbound(60e3 + 5e3 * k) for k in range(5)], own=force(rounds=3)).plan_now()
    assert len(desk.ordered) == 3
    desk.plan_now(now_s=5.0)  # the rounds ordered are as good as gone
    assert len(desk.ordered) == 3
    assert (desk.picture.link[3:5] == Link.CHANNEL).all()


def test_system_capacity_binds_below_its_channels() -> None:
    own = force(system_engagements=np.array([2]))
    desk = Desk(*[inbound(60e3 + 5e3 * k) for k in range(5)], own=own).plan_now()
    assert len(desk.ordered) == 2


def test_track_capacity_hands_over_the_most_valuable() -> None:
    own = force(system_tracks=np.array([2]))
    desk = Desk(*[inbound(120e3 - 15e3 * k) for k in range(5)], own=own).plan_now()
    assert [track for track, _ in desk.ordered] == [4, 5]
    assert desk.picture.beyond_capacity[0] == 3


def test_without_time_for_a_second_look_two_rounds_go() -> None:
    low = at_height(8e3, 0.0, 500.0), ecef_velocity(-250.0, 0.0, 0.0)
    desk = Desk(low).plan_now()
    assert desk.ordered == [(1, 2)]


def test_a_second_round_is_never_one_that_another_order_awaits() -> None:
    low = [(at_height(8e3, y, 500.0), ecef_velocity(-250.0, 0.0, 0.0)) for y in (0.0, 1e3)]
    desk = Desk(*low, own=force(rounds=3))
    desk.tracks.status[1] = TrackStatus.TENTATIVE
    assert desk.plan_now().ordered == [(1, 2)]  # neither is launched yet
    desk.tracks.status[1] = TrackStatus.CONFIRMED
    assert desk.plan_now().ordered == [(1, 2), (2, 1)]


def test_a_window_open_beyond_the_horizon_leaves_time_for_a_second_look() -> None:
    desk = Desk(inbound(200e3), plan=certain(commit_horizon_s=200.0)).plan_now()
    assert desk.ordered == [(1, 1)]


def test_a_salvo_is_as_large_as_the_doctrine_says() -> None:
    three, none = np.array([3]), np.array([0])
    rules = {"salvo": three, "salvo_later": three, "last_rounds": none}
    desk = Desk(inbound(150e3), **rules).plan_now()
    assert desk.ordered == [(1, 3)]
    desk.report(0, Report.MISS, now_s=5.0)
    desk.plan_now(now_s=5.0)
    assert desk.ordered == [(1, 1)]  # four in all, no more
    desk.report(0, Report.MISS, now_s=9.0)
    assert desk.plan_now(now_s=9.0).ordered == []


def test_a_reported_kill_ends_it_and_a_reported_miss_goes_on() -> None:
    desk = Desk(inbound(150e3), inbound(140e3)).plan_now()
    first = int(np.flatnonzero(desk.orders.track_id == 1)[0])
    desk.report(first, Report.KILL, now_s=4.0)
    desk.report(1 - first, Report.MISS, now_s=4.0)
    desk.plan_now(now_s=4.0)
    assert [track for track, _ in desk.ordered] == [2]
    assert desk.picture.reported_killed[0]


@given(st.integers(0, 2**32 - 1))
def test_hear_does_what_its_naive_twin_does(seed: int) -> None:
    draw = np.random.default_rng(seed)
    desk = Desk(*[inbound(60e3 + 5e3 * k) for k in range(5)])
    orders, picture = desk.orders, desk.picture
    picture.track_id[:] = np.arange(16)
    orders.alive[:] = draw.random(6) < 0.8
    orders.track_row[:] = orders.track_id[:] = draw.integers(1, 5, 6)
    orders.track_id[draw.random(6) < 0.2] = (
        77  # a track that has gone, and its row is another's
    )
    orders.unit[:], orders.launched[:] = 0, draw.integers(0, 3, 6)
    orders.report[:] = draw.integers(1, 4, 6)
    orders.report_s[:] = draw.choice([1.0, 5.0, 9.0, np.inf], 6)
    before = copied(orders), copied(picture), copied(desk.magazines)
    logged = naive.hear(*before, 5.0)
    hear(orders, picture, desk.magazines, desk.events, 5.0)
    for found, expected in zip((orders, picture, desk.magazines), before, strict=True):
        assert_same(found, expected)
    e = desk.events
    n = e.size[0]
    assert (
        list(zip(e.time_s[:n], e.subject[:n], e.object[:n], e.code[:n], strict=True)) == logged
    )


def test_who_is_seen_long_after_its_reported_kill_is_shot_at_again() -> None:
    desk = Desk(inbound(150e3)).plan_now()
    desk.report(0, Report.KILL, now_s=4.0)
    desk.magazines.channels_busy[0] = 0
    for seen_s, is_dead in ((4.0, True), (19.0, True), (19.5, False)):
        desk.tracks.last_hit_s[0] = seen_s
        desk.picture.replan[0] = False
        reassess(desk.plan, desk.tracks, desk.picture)
        assert desk.picture.reported_killed[0] == is_dead
        assert desk.picture.replan[0] != is_dead
    assert [track for track, _ in desk.plan_now(now_s=19.5).ordered] == [1]


@given(st.integers(0, 2**32 - 1))
def test_reassessment_does_what_its_naive_twin_does(seed: int) -> None:
    draw = np.random.default_rng(seed)
    desk = Desk(*[inbound(60e3 + 5e3 * k) for k in range(5)])
    tracks, picture = desk.tracks, desk.picture
    picture.track_id[:] = tracks.track_id
    picture.track_id[draw.random(16) < 0.2] = 77
    picture.reported_killed[:] = draw.random(16) < 0.7
    picture.killed_s[:] = draw.choice([-np.inf, 0.0, 5.0, 10.0], 16)
    tracks.last_hit_s[:] = draw.choice([5.0, 15.0, 20.0, 30.0], 16)
    twin = copied(picture)
    naive.reassess(desk.plan, tracks, twin)
    reassess(desk.plan, tracks, picture)
    assert_same(picture, twin)


def test_a_report_on_a_track_that_is_gone_changes_nobody() -> None:
    desk = Desk(inbound()).plan_now()
    desk.picture.track_id[0] = 99
    desk.report(0, Report.KILL, now_s=1.0)
    assert not desk.picture.reported_killed[0]
    assert desk.magazines.channels_busy[0] == 0


def test_nobody_shoots_at_the_unidentified() -> None:
    desk = Desk(inbound(), plan=doctrine())
    desk.tracks.iff_silent[0] = 0
    assert desk.plan_now().ordered == []
    assert desk.picture.link[0] == Link.NOBODY


def test_a_target_out_of_reach_has_no_window() -> None:
    desk = Desk(inbound(), own=force(interceptor_range_max_m=np.array([10e3]))).plan_now()
    assert desk.ordered == []
    assert desk.picture.link[0] == Link.ENGAGEABLE


def test_planning_is_due_by_period_and_by_event() -> None:
    picture, plan = make_picture(4), doctrine()
    assert is_planning_due(plan, picture, 1.0)
    assert not is_planning_due(plan, picture, 3.0)
    picture.replan[0] = True
    assert is_planning_due(plan, picture, 4.0)
    assert not is_planning_due(plan, picture, 8.0)
    assert is_planning_due(plan, picture, 9.0)


def test_orders_are_events() -> None:
    desk = Desk(inbound()).plan_now()
    kinds = desk.events.kind[: desk.events.size[0]].tolist()
    assert kinds == [EventKind.IDENTIFIED, EventKind.ORDER]
