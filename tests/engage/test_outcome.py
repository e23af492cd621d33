"""What an interceptor hits: the shots follow the tracks, the truth decides."""

import numpy as np
import pytest

from bartizan.decide.orders import Report
from bartizan.engage.flyouts import Outcome
from bartizan.engage.outcome import object_in_basket, track_quality
from bartizan.events import EventKind
from bartizan.world.motion import position_velocity
from bartizan.world.truth import Phase, Side
from tests import tables
from tests.engage.battle import Flight, battle, kills_all
from tests.naive import engage as naive

pytestmark = pytest.mark.kernels

NORTH = Flight("raid.a[0]", (290.0, 60.0), (290.0, 5.0), end_s=200.0)
SOUTH = Flight("raid.a[1]", (250.0, 60.0), (250.0, 5.0), end_s=200.0)


def test_a_round_kills_what_its_track_follows() -> None:
    b = battle(NORTH, SOUTH, force=kills_all())
    b.follow(0, 1)
    b.order(1, due_s=0.5)
    b.run(80.0, following=(0, 1))
    assert b.targets.phase[0] == Phase.FLYING
    assert b.targets.phase[1] == Phase.KILLED


def test_the_shots_follow_two_swapped_tracks() -> None:
    b = battle(NORTH, SOUTH, force=kills_all())
    b.follow(0, 1)
    b.order(1, due_s=0.5)
    b.run(80.0, following=(1, 0))  # from the first tick on, row 1 follows object 0
    assert b.targets.phase[0] == Phase.KILLED
    assert b.targets.phase[1] == Phase.FLYING


def test_a_civil_aircraft_in_the_basket_takes_the_shot() -> None:
    civil = NORTH._replace(name="civil.a[0]", side=int(Side.CIVIL), height_m=8300.0)
    b = battle(NORTH, civil, force=kills_all())
    b.follow(1)  # the track has drifted onto the civil aircraft, 300 m above the threat
    b.order(0, due_s=0.5)
    b.run(80.0, following=(1,))
    assert b.targets.phase[1] == Phase.KILLED
    assert b.strikes.shots.tolist() == [0, 1]


def test_nothing_in_the_basket_is_a_miss_without_an_object() -> None:
    b = battle(NORTH, force=tables.force(interceptor_basket_m=np.array([50.0])))
    b.follow(0)
    b.tracks.mean[0, :3] += 500.0  # a track half a kilometre off
    b.order(0, due_s=0.5)
    for _ in range(80):
        b.step()
    assert b.targets.phase[0] == Phase.FLYING
    assert b.flyouts.outcome[0] == Outcome.EMPTY
    assert b.happened(EventKind.MISS)[0][2] == -1


def test_an_intercept_point_that_leaves_the_envelope_is_a_miss() -> None:
    b = battle(NORTH, force=kills_all())
    b.follow(0)
    b.order(0, due_s=0.5)
    b.step()
    b.tracks.mean[0, 3:] *= -1.0  # it turns away and outruns the range
    b.tracks.mean[0, 3:] *= 3.0
    for _ in range(250):
        b.step()
    assert b.flyouts.outcome[0] == Outcome.OUTSIDE
    assert b.flyouts.resolved_s[0] == pytest.approx(0.5 + 240.0)


@pytest.mark.parametrize(("height_m", "is_killed"), [(26.9e3, True), (27.1e3, False)])
def test_the_ceiling_holds_for_shots(height_m: float, is_killed: bool) -> None:
    b = battle(NORTH._replace(height_m=height_m), force=kills_all())
    b.follow(0)
    b.order(0, due_s=0.5)
    b.run(100.0, following=(0,))
    assert bool(b.targets.phase[0] == Phase.KILLED) is is_killed


def test_the_report_comes_after_the_assessment_delay() -> None:
    b = battle(NORTH, force=kills_all())
    b.follow(0)
    slot = b.order(0, rounds=1, due_s=0.5)
    b.run(80.0, following=(0,))
    kill_s = b.happened(EventKind.KILL)[0][0]
    assert b.orders.report[slot] == Report.KILL
    assert b.orders.report_s[slot] == pytest.approx(kill_s + 5.0)
    assert b.targets.ended_s[0] == pytest.approx(kill_s)


def test_a_kill_is_reported_though_the_second_round_could_not_be_launched() -> None:
    near = NORTH._replace(start=(290.0, 8.0), stop=(290.0, 5.0), height_m=1000.0)
    b = battle(near, force=kills_all()._replace(unit_launch_interval_s=np.array([30.0])))
    b.follow(0)
    slot = b.order(0, rounds=2, due_s=0.5)
    b.run(20.0, following=(0,))
    b.tracks.alive[0] = False
    b.run(40.0)
    assert len(b.happened(EventKind.WITHDRAWN)) == 1
    assert b.orders.rounds[slot] == 1
    assert b.orders.report[slot] == Report.KILL


@pytest.mark.parametrize(
    ("kill", "unseen", "taken", "expected"),
    [
        (1.0, 0.0, 0.0, Report.KILL),
        (1.0, 1.0, 0.0, Report.MISS),  # the kill is not seen
        (0.0, 0.0, 0.0, Report.MISS),
        (0.0, 0.0, 1.0, Report.KILL),  # the miss is taken for a kill
    ],
)
def test_the_report_can_be_wrong(kill, unseen, taken, expected) -> None:
    plan = tables.force(
        kill_probability=np.full((1, 2), kill),
        unit_kill_unseen_probability=np.array([unseen]),
        unit_miss_as_kill_probability=np.array([taken]),
    )
    b = battle(NORTH, force=plan)
    b.follow(0)
    slot = b.order(0, due_s=0.5)
    b.run(80.0, following=(0,))
    assert b.orders.report[slot] == expected


@pytest.mark.parametrize(("unseen", "expected"), [(0.0, Report.KILL), (1.0, Report.MISS)])
def test_a_round_at_a_dead_object_is_one_more_look_at_it(unseen, expected) -> None:
    plan = kills_all()._replace(unit_kill_unseen_probability=np.array([unseen]))
    b = battle(NORTH, force=plan)
    b.follow(0)
    first = b.order(0, due_s=0.5)
    second = b.order(0, due_s=3.5)
    b.run(80.0, following=(0,))
    assert b.flyouts.outcome[:2].tolist() == [Outcome.KILL, Outcome.EMPTY]
    assert b.orders.report[first] == b.orders.report[second] == expected
    assert b.strikes.order_shot[second] == 2  # looks at one object are drawn apart


@pytest.mark.skipif("NUMBA_DISABLE_JIT" in __import__("os").environ, reason="too slow")
def test_kills_come_at_the_stated_probability() -> None:
    n, kills = 400, 0
    for key in range(n):
        b = battle(NORTH)
        b.follow(0)
        b.order(0, due_s=0.5)
        while not b.happened(EventKind.KILL) and not b.happened(EventKind.MISS):
            b.follow(0)
            b.step(tick_s=4.0, key=key)
        kills += len(b.happened(EventKind.KILL))
    assert abs(kills / n - 0.7) < 4.0 * np.sqrt(0.7 * 0.3 / n)


def test_an_arrival_leaks_at_its_time_and_damages() -> None:
    b = battle(NORTH, SOUTH._replace(end_s=150.5))
    b.world.damage_probability[:] = 1.0
    b.run(160.0)
    assert b.targets.phase[1] == Phase.LEAKED
    assert b.targets.ended_s[1] == 150.5
    assert b.assets.hits[0] == 1
    assert np.isnan(b.assets.destroyed_s[0])
    b.run(210.0)
    assert b.assets.hits[0] == 2
    assert b.assets.destroyed_s[0] == 200.0


def test_arrivals_of_one_tick_damage_in_order_of_time() -> None:
    b = battle(*(NORTH._replace(name=f"raid.a[{k}]", end_s=20.0 - k) for k in range(3)))
    b.world.damage_probability[:] = 1.0
    b.run(20.0, tick_s=10.0)
    assert [time for time, _, _ in b.happened(EventKind.DAMAGE)] == [18.0, 19.0, 20.0]
    assert b.assets.destroyed_s[0] == 19.0  # by the second hit


def test_a_threat_that_arrives_before_the_intercept_leaks() -> None:
    near = NORTH._replace(start=(290.0, 30.0), stop=(290.0, 29.0), end_s=5.0)
    b = battle(near, force=kills_all())
    b.follow(0)
    b.order(0, due_s=0.5)
    b.run(60.0, following=(0,))
    assert b.targets.phase[0] == Phase.LEAKED
    assert b.happened(EventKind.KILL) == []


def test_the_basket_takes_the_nearest_as_the_naive_twin_does() -> None:
    flights = [
        NORTH._replace(name=f"raid.a[{k}]", height_m=8000.0 + 170.0 * k) for k in range(6)
    ]
    b = battle(*flights)
    b.run(10.0)
    b.targets.phase[[1, 4]] = Phase.KILLED
    draw = np.random.default_rng(5)
    for _ in range(30):
        near = position_velocity(b.world, int(draw.integers(6)), 9.5)[:3]
        aim = np.array(near) + draw.normal(0.0, 600.0, 3)
        for phase in (Phase.FLYING, Phase.KILLED):
            at = (aim, 700.0, 9.5)
            found = object_in_basket(b.world, b.targets, phase, *at, 10.0)
            assert found[0] == naive.object_in_basket(b.world, b.targets, phase, *at)


def test_track_quality_is_one_for_a_perfect_track_and_half_at_the_basket() -> None:
    assert track_quality(0.0, 800.0) == 1.0
    assert track_quality(800.0, 800.0) == 0.5
