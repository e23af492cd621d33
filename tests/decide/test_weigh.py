"""The doctrine of fire as an allocator sees it, each rule by what it orders."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.decide.options import make_options
from bartizan.decide.orders import Report
from bartizan.decide.picture import make_picture
from bartizan.decide.weigh import limit, offer
from tests.decide.test_command import Desk, inbound
from tests.naive import decide as naive
from tests.tables import at_height, ecef_velocity, fire, force


def low(north_m: float = 0.0):
    """A threat so near that nobody can look again."""
    return at_height(8e3, north_m, 500.0), ecef_velocity(-250.0, 0.0, 0.0)


def counts(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_rounds_after_a_look_are_the_later_salvo() -> None:
    desk = Desk(inbound(150e3), salvo=counts(2), last_rounds=counts(0)).plan_now()
    assert desk.ordered == [(1, 2)]
    desk.report(0, Report.MISS, now_s=4.0)
    assert desk.plan_now(now_s=4.0).ordered == [(1, 1)]


@pytest.mark.parametrize(("last", "rounds"), [(0, 1), (1, 2), (2, 3)])
def test_the_last_rounds_go_where_nobody_can_look_again(last: int, rounds: int) -> None:
    assert Desk(low(), last_rounds=counts(last)).plan_now().ordered == [(1, rounds)]


@pytest.mark.parametrize(("left", "rounds"), [(4, [2, 2]), (3, [1, 1])])
def test_nobody_gets_a_second_last_round_while_rounds_are_short(left, rounds) -> None:
    own = force(rounds=left, channels=4)
    desk = Desk(low(), low(500.0), own=own, last_rounds=counts(1)).plan_now()
    assert [n for _, n in desk.ordered] == rounds


def test_a_second_round_comes_from_whoever_has_it() -> None:
    own = force(n_unit=2, unit_rounds=counts(1, 1)[:, None])
    desk = Desk(low(), own=own, last_rounds=counts(1, 1)).plan_now()
    assert desk.ordered == [(1, 1), (1, 1)]
    assert sorted(desk.orders.unit[desk.orders.alive]) == [0, 1]
    assert desk.picture.orders_alive[0] == 2
    desk.report(0, Report.MISS, now_s=4.0)
    assert len(desk.plan_now(now_s=4.0).ordered) == 1  # nothing more before the other is over


def far_and_near(rounds_near: int):
    """A unit that cannot shoot nearer than 15 km, and one that reaches 9 km."""
    return force(
        n_unit=2, unit_fires=np.eye(2, dtype=bool), unit_rounds=np.diag([8, rounds_near]),
        interceptor_range_min_m=np.array([15e3, 1e3]),
        interceptor_range_max_m=np.array([240e3, 9e3]),
        interceptor_altitude_min_m=np.full(2, 10.0), interceptor_altitude_max_m=np.full(2, 3e4),
        interceptor_speed_near_m_s=np.full(2, 1e3), interceptor_speed_far_m_s=np.full(2, 1e3),
        interceptor_target_speed_max_m_s=np.full(2, 2800.0),
        interceptor_basket_m=np.full(2, 1e3), interceptor_price_usd=np.full(2, 1e6),
        kill_probability=np.full((2, 2), 0.7), expected_kill=np.full((2, 2), 0.7),
        unit_reaction_s=np.zeros(2),
    )  # fmt: skip


@pytest.mark.parametrize(("rounds_near", "ordered"), [(8, [(1, 1)]), (0, [(1, 2)])])
def test_a_unit_that_can_fire_later_saves_the_second_round(rounds_near, ordered) -> None:
    assert Desk(inbound(20e3), own=far_and_near(rounds_near)).plan_now().ordered == ordered


def test_what_is_kept_is_for_leakers_and_for_what_matters() -> None:
    rules = {"kept": counts(2)[:, None], "leaker_s": np.array([60.0])}
    three = [inbound(100e3 + 5e3 * k) for k in range(3)]
    desk = Desk(*three, own=force(rounds=3), **rules).plan_now()
    assert desk.ordered == [(1, 1)]
    desk.magazines.rounds[0] -= 1
    desk.report(0, Report.MISS, now_s=4.0)
    assert desk.plan_now(now_s=4.0).ordered == [(1, 1)]  # it came through: from what is kept
    near = Desk(low(), own=force(rounds=2), **rules).plan_now()
    assert near.ordered == [(1, 2)]
    matters = Desk(*three, own=force(rounds=3), takes_kept=np.array([True]), **rules).plan_now()
    assert len(matters.ordered) == 3


def test_a_unit_shoots_for_its_own_zone_only() -> None:
    systems = {"unit_system": counts(0, 1), "system_engagements": counts(1, 1)}
    own = force(n_unit=2, channels=1, **systems)
    rules = {"protects": np.array([[False], [True]])}
    desk = Desk(inbound(), inbound(80e3, 3e3), own=own, **rules).plan_now()
    assert desk.orders.unit[desk.orders.alive].tolist() == [1]


def test_a_round_worth_more_than_the_threat_is_kept() -> None:
    assert Desk(inbound(), round_worth=np.array([[100.0]])).plan_now().ordered == []
    assert len(Desk(inbound(), round_worth=np.array([[0.1]])).plan_now().ordered) == 1


def test_a_shot_that_waits_loses_its_share() -> None:
    half = Desk(
        inbound(150e3), inbound(60e3), sooner_share=np.array([0.9]), own=force(rounds=1)
    )
    assert half.plan_now().ordered == [(2, 1)]


def test_attackers_get_their_doses_in_turn_and_no_more() -> None:
    rules = {"damage_rate": np.array([0.125]), "rounds_max": counts(8)}
    own = force(rounds=20, expected_kill=np.array([[0.8, 0.8]]))
    desk = Desk(*[inbound(60e3 + 5e3 * k) for k in range(5)], own=own, **rules)
    desk.fire = desk.fire._replace(sooner_share=np.zeros(1))
    assert desk.plan_now().ordered == [(1, 2), (2, 1), (3, 2), (4, 1), (5, 1)]
    assert desk.doses.attackers[0] == 5
    desk.report(0, Report.MISS, now_s=4.0)
    assert len(desk.plan_now(now_s=4.0).ordered) == 4


@pytest.mark.kernels
@given(st.integers(0, 2**32 - 1))
def test_offers_and_limits_are_those_of_the_naive_twin(seed: int) -> None:
    draw, (m, u, t) = np.random.default_rng(seed), (6, 3, 2)
    picture, rows = make_picture(9), draw.permutation(9)[:m]
    picture.aim_asset[:] = draw.integers(-1, 2, 9)
    picture.rounds_spent[:] = draw.choice([0, 0, 1, 3], 9)
    picture.time_to_go_s[:] = draw.choice([30.0, 60.0, 300.0], 9)
    options = make_options(m, u, t)
    has = draw.random((m, u, t)) < draw.choice([0.1, 0.7])
    # whole seconds, so that a look often ends just when the last launch is
    options.intercept_s[has] = 50.0 + draw.integers(0, 6, has.sum())
    options.last_launch_s[has] = 50.0 + draw.integers(0, 6, has.sum())
    options.kill_probability[has] = draw.uniform(0.0, 1.0, has.sum())
    own = force(n_unit=u, unit_assessment_s=draw.integers(0, 3, u).astype(float))
    rounds = draw.integers(0, 3, (u, t))
    rules = fire(
        own,
        n_asset=2,
        salvo=draw.integers(1, 3, u),
        salvo_later=draw.integers(1, 3, u),
        last_rounds=draw.integers(0, 3, u),
        last_rounds_from=draw.integers(0, 3, u),
        rounds_max=draw.integers(1, 5, u),
        commit_horizon_s=draw.uniform(20.0, 45.0, u),
        kill_probability_min=draw.uniform(0.0, 0.3, u),
        sooner_share=draw.uniform(0.0, 1.0, u),
        leaker_s=draw.choice([0.0, 60.0], u),
        protects=draw.random((u, 2)) < 0.6,
        takes_kept=draw.random(2) < 0.3,
    )
    now_s = 20.0
    probability, takes_kept = np.zeros((m, u, t)), np.zeros((m, u), dtype=bool)
    soonest_s = float(np.nanmin(options.intercept_s, initial=np.inf))
    offer(rules, picture, rows, options, now_s, soonest_s, probability, takes_kept)
    expected = naive.offer(rules, picture, rows, options, now_s)
    np.testing.assert_allclose(probability, expected[0], atol=1e-12)
    np.testing.assert_array_equal(takes_kept, expected[1])
    most = np.zeros((m, u, t), dtype=np.int64)
    limit(rules, own, rounds, picture, rows, options, probability, most)
    again = naive.limit(rules, own, rounds, picture, rows, options, probability)
    np.testing.assert_array_equal(most, again)
