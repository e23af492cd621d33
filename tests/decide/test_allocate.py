"""Allocation against brute force, column generation, slow twins, and its own constraints."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from bartizan.arrays import copied
from bartizan.decide import allocate
from bartizan.decide.allocate import ALLOCATORS, AllocatorError, allocator, allocator_names
from bartizan.decide.chain import mark_links
from bartizan.decide.choice import Choice, all_of, broken_rule, left_of, no_shots, spend, worth
from bartizan.decide.exchange import exchange, improve, make_search, prepare
from bartizan.decide.flow import min_cost_flow
from bartizan.decide.marginal import add_rounds, first_come, greedy, serve
from bartizan.decide.single import best_order, is_single
from tests.decide import oracle
from tests.naive import decide as naive

pytestmark = pytest.mark.kernels

seeds = st.integers(0, 10_000)


def choice(
    seed: int, n_threat: int, n_unit: int, n_kind: int, n_system: int = 1, most: int = 1
) -> Choice:
    draw = np.random.default_rng(seed)
    probability = draw.uniform(0.1, 0.95, (n_threat, n_unit, n_kind))
    probability[draw.random(probability.shape) < 0.4] = 0.0
    if seed % 2:
        probability[:, 1:] = probability[:, :1]  # units that mean the same to every threat
    kept = draw.integers(0, 2, (n_unit, n_kind)) if seed % 3 == 0 else 0
    system = np.sort(draw.integers(0, n_system, n_unit))
    return Choice(
        value=draw.uniform(0.5, 3.0, n_threat),
        since_s=draw.integers(0, 5, n_threat).astype(float),
        kill_probability=probability,
        cost=np.full((n_unit, n_kind), 0.05 * (seed % 5)),
        most=draw.integers(1, most + 1, probability.shape),
        rounds=draw.integers(0, 4, (n_unit, n_kind)),
        kept=np.zeros((n_unit, n_kind), dtype=np.int64) + kept,
        takes_kept=draw.random((n_threat, n_unit)) < 0.5,
        channels=draw.integers(0, 4, n_unit),
        unit_system=system,
        engagements=draw.integers(1, 6, n_system),
    )


@given(seeds)
@settings(deadline=None, max_examples=25)
def test_flow_is_as_good_as_brute_force_where_each_gets_one_round(seed: int) -> None:
    case = choice(seed, n_threat=4, n_unit=2, n_kind=2, n_system=2)
    found = min_cost_flow(case)
    assert broken_rule(case, found) == ""
    assert worth(case, found) == pytest.approx(naive.optimum(case, most=1), abs=1e-5)


@given(seeds)
@settings(deadline=None, max_examples=25)
def test_where_one_order_may_be_given_it_is_the_best(seed: int) -> None:
    case = choice(seed, n_threat=3, n_unit=2, n_kind=2, most=2)._replace(
        engagements=np.array([1])
    )
    found = min_cost_flow(case)
    assert is_single(case, all_of(case))
    assert broken_rule(case, found) == ""
    assert worth(case, found) == pytest.approx(naive.optimum(case), abs=1e-9)
    best_order(case, all_of(case), shots := no_shots(case))
    assert (shots == found).all()


def test_one_order_is_all_where_channels_or_engagements_are_short() -> None:
    case = choice(1, n_threat=3, n_unit=2, n_kind=1)._replace(
        channels=np.array([0, 1]), engagements=np.array([5])
    )

    def single(**changed: object) -> bool:
        other = case._replace(**changed)
        return is_single(other, all_of(other))

    assert single()
    assert not single(channels=np.array([1, 1]))
    assert single(channels=np.array([4, 4]), engagements=np.array([1]))
    none = case._replace(rounds=np.zeros((2, 1), dtype=np.int64))
    best_order(none, all_of(none), shots := no_shots(none))
    assert not shots.any()


@given(seeds)
@settings(deadline=None, max_examples=25)
def test_the_oracle_is_brute_force(seed: int) -> None:
    case = choice(seed, n_threat=3, n_unit=2, n_kind=1, n_system=2, most=2)
    expected = naive.optimum(case)
    programme = oracle.programme(case)
    assert oracle.optimum(programme) == pytest.approx(expected, abs=1e-6)
    assert oracle.upper_bound(programme)[0] >= expected - 1e-6


@given(seeds, st.sampled_from(sorted(ALLOCATORS)))
@settings(deadline=None, max_examples=50)
def test_what_an_answer_leaves_and_how_far_the_others_came(seed: int, name: str) -> None:
    case = choice(seed, n_threat=7, n_unit=3, n_kind=2, n_system=2, most=2)
    shots, draw = ALLOCATORS[name](case), np.random.default_rng(seed)
    shots[draw.random(shots.shape) < 0.3] = 0
    left = all_of(case)
    spend(case, shots, left)
    for found, column in zip(left, naive.spend(case, shots), strict=True):
        np.testing.assert_array_equal(found, column)
    link, rows = draw.integers(0, 5, 9), draw.permutation(9)[:7]
    expected = link.copy()
    expected[rows] = naive.mark_links(case, shots, link[rows])
    mark_links(case, shots, left, rows, link)
    np.testing.assert_array_equal(link, expected)


def test_flow_is_near_the_oracle_with_two_rounds_each() -> None:
    gaps = []
    for seed in range(12):
        case = choice(seed, n_threat=20, n_unit=4, n_kind=2, n_system=2, most=2)
        found = worth(case, min_cost_flow(case))
        best = oracle.optimum(oracle.programme(case), found)
        gaps.append(1.0 - found / best)
    assert min(gaps) > -1e-9
    assert np.mean(gaps) < 0.01


def test_flow_is_an_assignment_where_each_unit_has_one_round() -> None:
    draw = np.random.default_rng(3)
    case = choice(0, 30, 30, 1)._replace(
        value=np.ones(30),
        kill_probability=draw.uniform(0.1, 0.95, (30, 30, 1)),
        cost=np.zeros((30, 1)),
        rounds=np.ones((30, 1), dtype=np.int64),
        kept=np.zeros((30, 1), dtype=np.int64),
        channels=np.ones(30, dtype=np.int64),
        engagements=np.array([30]),
    )
    rows, columns = linear_sum_assignment(case.kill_probability[:, :, 0], maximize=True)
    best = case.kill_probability[rows, columns, 0].sum()
    assert worth(case, min_cost_flow(case)) == pytest.approx(best, abs=1e-4)


def test_rounds_one_by_one_are_those_of_the_slow_twin() -> None:
    for seed in range(20):
        case = choice(seed, n_threat=5, n_unit=3, n_kind=2, n_system=2, most=3)
        shots = no_shots(case)
        add_rounds(case, all_of(case), shots, np.empty(5))
        assert (shots == naive.add_rounds(case, no_shots(case))).all(), seed
        assert (shots == greedy(case)).all()


def test_first_come_is_served_as_by_the_slow_twin() -> None:
    for seed in range(20):
        case = choice(seed, n_threat=5, n_unit=3, n_kind=2, n_system=2, most=3)
        order, shots = np.argsort(case.since_s, kind="stable"), no_shots(case)
        serve(case, all_of(case), shots, order)
        assert (shots == naive.serve(case, order)).all(), seed
        assert (shots == first_come(case)).all()


@given(seeds)
@settings(deadline=None, max_examples=25)
def test_an_exchange_never_loses_and_keeps_the_books(seed: int) -> None:
    case = choice(seed, n_threat=8, n_unit=3, n_kind=2, n_system=2, most=3)
    shots = first_come(case)
    before, left = worth(case, shots), left_of(case, shots)
    assert before == pytest.approx(naive.worth(case, shots))
    search = make_search(len(shots), 6)
    prepare(case, all_of(case), left, shots, search)
    gained = exchange(case, left, shots, search)
    assert worth(case, shots) == pytest.approx(before + gained)
    improve(case, left, shots)
    assert broken_rule(case, shots) == ""
    assert worth(case, shots) >= before - 1e-9
    for name, column in left_of(case, shots)._asdict().items():
        assert (getattr(left, name) == column).all(), name


def test_exchanges_gain_where_each_may_have_several_rounds() -> None:
    gains = []
    for seed in range(20):
        case = choice(seed, n_threat=15, n_unit=4, n_kind=2, most=2)
        shots = greedy(case)
        before = worth(case, shots)
        improve(case, left_of(case, shots), shots)
        gains.append(worth(case, shots) / before - 1.0)
    assert np.mean(gains) > 0.01


@pytest.mark.parametrize("name", ALLOCATORS)
def test_every_allocator_keeps_the_rules_and_repeats_itself(name: str) -> None:
    for seed in range(20):
        case = choice(seed, n_threat=12, n_unit=3, n_kind=2, n_system=2, most=1 + seed % 4)
        before = copied(case)
        shots = ALLOCATORS[name](case)
        assert broken_rule(case, shots) == ""
        assert (shots == ALLOCATORS[name](case)).all()
        assert all((a == b).all() for a, b in zip(before, case, strict=True))


def test_flow_is_never_worse_than_greedy_with_one_round_and_sometimes_better() -> None:
    gains = []
    for seed in range(40):
        case = choice(seed, n_threat=10, n_unit=3, n_kind=2, n_system=3)
        gains.append(worth(case, min_cost_flow(case)) - worth(case, greedy(case)))
    assert min(gains) > -1e-4
    assert max(gains) > 0.01


@pytest.mark.parametrize("name", ALLOCATORS)
def test_nobody_to_shoot_at_needs_no_orders(name: str) -> None:
    case = choice(1, n_threat=0, n_unit=2, n_kind=2)
    assert ALLOCATORS[name](case).shape == (0, 2, 2)


def test_each_rule_is_told_when_it_is_broken() -> None:
    case = choice(1, n_threat=3, n_unit=2, n_kind=1, most=2)
    case.kill_probability[:] = 0.5
    case = case._replace(
        most=np.full((3, 2, 1), 2), rounds=np.array([[2], [1]]), channels=np.array([1, 3]),
        engagements=np.array([2]), kept=np.zeros((2, 1), dtype=np.int64),
    )  # fmt: skip
    none = np.zeros((3, 2, 1), dtype=np.int64)

    def told(*shots):
        answer = none.copy()
        for threat, unit, rounds in shots:
            answer[threat, unit, 0] = rounds
        return broken_rule(case, answer)

    assert told((0, 0, 1)) == ""
    assert told((0, 0, 3)) == "more rounds at a threat than the doctrine allows"
    assert "more rounds than there are" in told((0, 1, 2))
    assert "more channels than there are" in told((0, 0, 1), (1, 0, 1))
    assert "more engagements than there are" in told((0, 0, 1), (1, 1, 1), (0, 1, 1))
    assert broken_rule(case, none - 1) == "negative rounds"
    assert "shape" in broken_rule(case, none[:2])
    assert "integers" in broken_rule(case, none.astype(float))
    kept = case._replace(
        kept=np.ones((2, 1), dtype=np.int64), takes_kept=np.zeros((3, 2), bool)
    )
    answer = none.copy()
    answer[0, 1, 0] = 1
    assert broken_rule(kept, answer) == "more common than there are"
    assert all_of(kept).common.tolist() == [[1], [0]]


class Entry:
    """An entry point of another package."""

    value = "others:allocate"

    def __init__(self, name, load):
        self.name, self.load = name, load


def of_others(monkeypatch, name, load):
    monkeypatch.setattr(allocate, "entry_points", lambda group: [Entry(name, load)])


def test_an_allocator_of_another_package_is_found_by_name(monkeypatch) -> None:
    of_others(monkeypatch, "mine", lambda: greedy)
    case = choice(4, n_threat=5, n_unit=2, n_kind=1)
    found = allocator("mine")
    assert found is not None
    assert (found(case) == greedy(case)).all()
    assert allocator_names() == ["min-cost-flow", "greedy", "first-come", "mine"]
    assert allocator("nobodys") is None


def test_a_name_of_ours_asks_nobody_else(monkeypatch) -> None:
    monkeypatch.setattr(allocate, "entry_points", lambda group: pytest.fail("asked"))
    assert allocator("greedy") is greedy


def test_what_others_do_wrong_is_told_with_its_name(monkeypatch) -> None:
    def missing():
        raise ImportError("no module named others")

    of_others(monkeypatch, "mine", missing)
    with pytest.raises(AllocatorError, match=r"mine.*no module named others"):
        allocator("mine")
    of_others(monkeypatch, "mine", lambda: 7)
    with pytest.raises(AllocatorError, match="no function"):
        allocator("mine")
    of_others(monkeypatch, "mine", lambda: lambda case: case.most * 100)
    found = allocator("mine")
    assert found is not None
    with pytest.raises(AllocatorError, match="breaks a rule"):
        found(choice(4, n_threat=5, n_unit=2, n_kind=1))


@pytest.mark.parametrize("rounds", [9, 15, 17, 20])
def test_equal_threats_that_nobody_looks_at_share_rounds_evenly(rounds: int) -> None:
    case = choice(4, n_threat=10, n_unit=1, n_kind=1, most=2)._replace(
        value=np.ones(10),
        kill_probability=np.full((10, 1, 1), 0.7),
        cost=np.zeros((1, 1)),
        most=np.full((10, 1, 1), 2),
        rounds=np.array([[rounds]]),
        channels=np.array([20]),
        engagements=np.array([20]),
        takes_kept=np.ones((10, 1), dtype=bool),
    )
    shots = min_cost_flow(case)
    assert shots.sum() == rounds
    assert shots.max() - shots.min() <= 1
