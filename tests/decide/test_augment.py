"""Augmenting paths against OR-tools' min-cost flow, to the last digit, on any limits."""

import numpy as np
import pytest
from benchmarks.allocation.cases import make
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from bartizan.decide.augment import assign, list_inner, make_limits, make_offers, make_paths
from bartizan.decide.choice import all_of, no_shots
from bartizan.decide.flow import GAIN_SCALE, give, list_offers, shots_by_flow
from tests.decide.network import solver
from tests.decide.test_allocate import choice

pytestmark = pytest.mark.kernels


def greatest_gain(offers, limits):
    """The total of the best orders, by OR-tools."""
    asked = solver(offers, limits)
    assert asked.solve() == SimpleMinCostFlow.OPTIMAL
    return -asked.optimal_cost()


def a_forest(draw, n_limit):
    """Limits, each within a later one."""
    outer = [draw.integers(limit + 1, n_limit) for limit in range(n_limit - 1)]
    return make_limits(np.array([*outer, n_limit - 1]), draw.integers(0, 4, n_limit))


def some_offers(draw, n_threat, n_limit, gains):
    """Up to six orders a threat, some of the same gain."""
    offers = make_offers(n_threat, 6)
    offers.n[:] = draw.integers(0, 7, n_threat)
    offers.limit[:] = draw.integers(0, n_limit - 1, offers.limit.shape)
    offers.gain[:] = draw.integers(1, gains, offers.gain.shape)
    return offers


def taken_of(offers, limits):
    """Orders that count against each limit, and the gain of all."""
    taken, total = np.zeros(len(limits.outer), dtype=int), 0
    for threat in np.flatnonzero(offers.chosen >= 0):
        column = offers.chosen[threat]
        assert column < offers.n[threat]
        total += offers.gain[threat, column]
        limit = offers.limit[threat, column]
        while limit < len(limits.outer) - 1:
            taken[limit] += 1
            limit = limits.outer[limit]
    return taken, total


@given(st.integers(0, 2**32 - 1), st.integers(2, 14), st.integers(0, 25), st.booleans())
@settings(deadline=None)
def test_any_order_of_threats_comes_to_the_greatest_gain(seed, n_limit, n_threat, has_ties):
    draw = np.random.default_rng(seed)
    limits = a_forest(draw, n_limit)
    offers = some_offers(draw, n_threat, n_limit, 5 if has_ties else 10**9)
    assign(offers, limits, make_paths(n_threat, n_limit), draw.permutation(n_threat))
    taken, total = taken_of(offers, limits)
    assert (taken[:-1] <= limits.most[:-1]).all()
    np.testing.assert_array_equal(taken[:-1], limits.taken[:-1])
    assert total == greatest_gain(offers, limits)


@given(st.integers(0, 2**32 - 1))
def test_prices_prove_that_nobody_has_a_better_choice(seed):
    draw = np.random.default_rng(seed)
    limits, offers = a_forest(draw, 9), some_offers(draw, 20, 9, 100)
    assign(offers, limits, make_paths(20, 9), np.arange(20))
    assert (limits.price >= 0).all()
    assert limits.price[-1] == 0
    for threat in range(20):
        n, chosen = offers.n[threat], offers.chosen[threat]
        net = offers.gain[threat, :n] - limits.price[offers.limit[threat, :n]]
        assert max(net, default=0) <= offers.surplus[threat]
        assert offers.surplus[threat] == (net[chosen] if chosen >= 0 else 0)


def test_limits_within_each_are_listed_in_their_order():
    limits = make_limits(np.array([3, 3, 4, 4, 4]), np.ones(5, dtype=np.int64))
    assert limits.first.tolist() == [-1, -1, -1, 0, 2]
    assert limits.second.tolist() == [1, -1, 3, -1, -1]
    again = limits._replace(first=np.full(5, -1), second=np.full(5, -1))
    list_inner(again)
    assert again.first.tolist() == limits.first.tolist()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_planning_of_three_hundred_threats_is_the_optimum(seed):
    case = make(seed=seed)
    shots, left = shots_by_flow(case, np.minimum(case.most, 1))
    gain = case.value[:, None, None] * case.kill_probability - case.cost
    limits = make_limits(*whole_limits(case))
    offers = make_offers(*gain.reshape(len(gain), -1).shape)
    for threat, cells in enumerate(
        np.rint(GAIN_SCALE * gain).astype(int).reshape(len(gain), -1)
    ):
        useful = np.flatnonzero((cells > 0) & (case.kill_probability[threat].ravel() > 0.0))
        offers.n[threat] = len(useful)
        offers.limit[threat, : len(useful)], offers.gain[threat, : len(useful)] = (
            useful, cells[useful],
        )  # fmt: skip
    chosen = np.rint(GAIN_SCALE * gain).astype(int)[shots > 0]
    assert chosen.sum() == greatest_gain(offers, limits)
    assert (left.rounds == case.rounds - shots.sum(axis=0)).all()


def whole_limits(case):
    """Magazines, then units, then systems."""
    n_unit, n_kind = case.rounds.shape
    n_cell, n_system = n_unit * n_kind, len(case.engagements)
    end = n_cell + n_unit + n_system
    outer = [
        *np.repeat(n_cell + np.arange(n_unit), n_kind), *(n_cell + n_unit + case.unit_system),
        *[end] * (n_system + 1),
    ]  # fmt: skip
    most = [*case.rounds.ravel(), *case.channels, *case.engagements, 0]
    return np.array(outer), np.array(most)


@given(st.integers(0, 10_000))
@settings(deadline=None, max_examples=25)
def test_offers_are_what_gains_something_within_limits_and_orders_what_was_chosen(seed):
    case = choice(seed, n_threat=6, n_unit=3, n_kind=2, n_system=2, most=3)
    left, n_cell = all_of(case), 6
    unit_of = np.repeat(np.arange(3), 2)
    most = np.full(2 * n_cell + 3 + 2 + 1, 9)
    most[:n_cell], most[n_cell : 2 * n_cell] = left.common.ravel(), left.rounds.ravel()
    limits, offers = make_limits(np.full(len(most), len(most) - 1), most), make_offers(6, 6)
    list_offers(case, case.most, limits, offers)
    for threat in range(6):
        expected = {}
        for cell, unit in enumerate(unit_of):
            n, kind = case.most[threat, unit, cell % 2], cell % 2
            survival = (1.0 - case.kill_probability[threat, unit, kind]) ** n
            gain = case.value[threat] * (1.0 - survival) - n * case.cost[unit, kind]
            free = left.rounds if case.takes_kept[threat, unit] else left.common
            if gain > 1e-6 and case.kill_probability[threat, unit, kind] and free[unit, kind]:
                expected[cell] = round(gain * GAIN_SCALE)
        found = offers.limit[threat, : offers.n[threat]] % n_cell
        assert found.tolist() == list(expected)
        gains = offers.gain[threat, : offers.n[threat]]
        np.testing.assert_allclose(gains, list(expected.values()), atol=1)
        assert offers.surplus[threat] == max(gains, default=0)
    offers.chosen[offers.n > 0] = 0
    give(case, case.most, offers, left, shots := no_shots(case))
    for threat in range(6):
        cells = shots[threat].ravel()
        wanted = offers.limit[threat, 0] % n_cell if offers.n[threat] else -1
        assert set(np.flatnonzero(cells)) <= {wanted}
        if wanted >= 0:
            assert cells[wanted] <= case.most[threat].ravel()[wanted]
    assert (left.rounds == all_of(case).rounds - shots.sum(axis=0)).all()
