"""Units that plan as one: the same as one by one, and never more than each has."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.decide.alike import group_units, groups_of, pool, shared_out, units_alone
from bartizan.decide.flow import min_cost_flow
from bartizan.world.force import make_magazines
from tests.decide.test_command import Desk, inbound
from tests.naive import decide as naive
from tests.tables import ecef, fire, force

pytestmark = pytest.mark.kernels


def party(own, next_launch_s, now_s=10.0):
    magazines = make_magazines(own)
    magazines.next_launch_s[:] = next_launch_s
    free = magazines.rounds, own.unit_channels, own.system_engagements
    return groups_of(own, fire(own), magazines, free, now_s), free


def test_units_of_a_site_are_one_group_while_they_are_ready_alike() -> None:
    found, _ = party(force(n_unit=4, rounds=5, channels=2), [0.0, 9.0, 10.5, 10.5])
    assert found.group.tolist() == [0, 0, 1, 1]
    assert found.free[0].tolist() == [[10], [10]]
    assert found.free[1].tolist() == [4, 4]
    assert len(found.force.unit_id) == len(found.fire.salvo) == 2


@given(st.integers(0, 2**32 - 1), st.integers(1, 9))
def test_groups_are_those_of_the_naive_twin(seed: int, n: int) -> None:
    draw = np.random.default_rng(seed)
    marks = draw.integers(0, 2, n), draw.integers(0, 2, n), draw.integers(0, 2, n) / 2.0
    group, first = np.full(n, -1), np.full(n, -1)
    n_group = group_units(*marks, group, first)
    expected, firsts = naive.group_units(*marks)
    assert group.tolist() == expected
    assert first[:n_group].tolist() == firsts
    rounds, channels, kept = (draw.integers(0, 9, shape) for shape in ((n, 2), n, (n, 2)))
    sums = [np.zeros((n_group, *each.shape[1:]), int) for each in (rounds, channels, kept)]
    pool(group, rounds, channels, kept, *sums)
    for found, column in zip(sums, (rounds, channels, kept), strict=True):
        np.testing.assert_array_equal(found, naive.pool(expected, column))


def test_units_apart_or_of_different_systems_are_not_alike() -> None:
    sites = np.array([ecef(0.0, 0.0, 10.0), ecef(5e3, 0.0, 10.0)])
    apart, _ = party(force(n_unit=2, unit_position_ecef_m=sites), [0.0, 0.0])
    two = force(n_unit=2, unit_system=np.array([0, 1]), system_engagements=np.array([6, 6]))
    others, _ = party(two, [0.0, 0.0])
    assert apart.group.tolist() == others.group.tolist() == [0, 1]


def test_orders_go_where_most_channels_are_free() -> None:
    found, free = party(force(n_unit=3, channels=2), [0.0] * 3)
    shots = np.array([1, 1, 2, 1])[:, None, None]
    orders = shared_out(found, shots, free)
    assert orders == [(0, 0, 0, 1), (1, 1, 0, 1), (2, 2, 0, 2), (3, 0, 0, 1)]


def test_an_order_that_no_unit_can_fill_is_not_shared_out() -> None:
    found, free = party(force(n_unit=2, rounds=1), [0.0, 0.0])
    assert shared_out(found, np.full((1, 1, 1), 2), free) is None


@pytest.mark.parametrize("rounds", [0, 1, 2, 8])
def test_together_they_do_what_they_do_one_by_one(rounds: int, monkeypatch) -> None:
    threats = [inbound(60e3 + 2e3 * k) for k in range(9)]
    own = force(n_unit=4, rounds=rounds, channels=2)
    many = {name: getattr(fire(own), name) for name in fire(own)._fields}
    many["salvo"] = np.full(4, 2)
    together = Desk(*threats, own=own, **many).plan_now()
    monkeypatch.setattr(
        "bartizan.decide.command.groups_of", lambda f, d, m, free, _: units_alone(f, d, m, free)
    )
    alone = Desk(*threats, own=own, **many).plan_now()
    assert alone.allocate is min_cost_flow
    assert sum(n for _, n in together.ordered) == sum(n for _, n in alone.ordered)
    left = together.magazines.rounds.copy()
    alive = together.orders.alive
    np.subtract.at(left, (together.orders.unit[alive], 0), together.orders.rounds[alive])
    assert (left >= 0).all()
    assert (together.magazines.channels_busy <= 2).all()
