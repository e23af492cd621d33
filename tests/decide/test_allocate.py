"""Allocation against brute force, an assignment solver, and its own constraints."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from bartizan.decide.allocate import ALLOCATORS, Choice, greedy, min_cost_flow


def choice(seed: int, n_threat: int, n_unit: int, n_type: int, n_system: int = 1) -> Choice:
    draw = np.random.default_rng(seed)
    benefit = draw.uniform(0.1, 1.0, (n_threat, n_unit, n_type))
    benefit[draw.random(benefit.shape) < 0.4] = 0.0
    if seed % 2:
        benefit[:, 1:] = benefit[:, :1]  # units that mean the same to every threat
    return Choice(
        benefit=benefit,
        rounds=draw.integers(0, 3, (n_unit, n_type)),
        channels=draw.integers(0, 4, n_unit),
        unit_system=draw.integers(0, n_system, n_unit),
        engagements=draw.integers(1, 6, n_system),
    )


def total(chosen: np.ndarray, case: Choice) -> float:
    flat = case.benefit.reshape(len(chosen), -1)
    return sum(flat[i, option] for i, option in enumerate(chosen) if option >= 0)


def is_allowed(chosen: np.ndarray, case: Choice) -> bool:
    n_unit, n_type = case.rounds.shape
    rounds, engagements = np.zeros((n_unit, n_type)), np.zeros(len(case.engagements))
    for threat, option in enumerate(chosen):
        if option < 0:
            continue
        unit, kind = divmod(int(option), n_type)
        if case.benefit[threat, unit, kind] <= 0.0:
            return False
        rounds[unit, kind] += 1
        engagements[case.unit_system[unit]] += 1
    return bool(
        (rounds <= case.rounds).all()
        and (rounds.sum(axis=1) <= case.channels).all()
        and (engagements <= case.engagements).all()
    )


@given(st.integers(0, 10_000))
@settings(deadline=None, max_examples=40)
def test_flow_is_as_good_as_brute_force(seed: int) -> None:
    case = choice(seed, n_threat=4, n_unit=2, n_type=2, n_system=2)
    every = itertools.product(range(-1, 4), repeat=4)
    best = max(total(np.array(c), case) for c in every if is_allowed(np.array(c), case))
    chosen = min_cost_flow(case)
    assert is_allowed(chosen, case)
    assert total(chosen, case) == pytest.approx(best, abs=1e-5)


def test_flow_is_an_assignment_where_each_unit_has_one_round() -> None:
    draw = np.random.default_rng(3)
    benefit = draw.uniform(0.1, 1.0, (30, 30, 1))
    case = Choice(
        benefit=benefit,
        rounds=np.ones((30, 1), dtype=np.int64),
        channels=np.ones(30, dtype=np.int64),
        unit_system=np.zeros(30, dtype=np.int64),
        engagements=np.array([30]),
    )
    rows, columns = linear_sum_assignment(benefit[:, :, 0], maximize=True)
    best = benefit[rows, columns, 0].sum()
    assert total(min_cost_flow(case), case) == pytest.approx(best, abs=1e-4)


@pytest.mark.parametrize("name", ALLOCATORS)
def test_every_allocator_keeps_the_limits_and_repeats_itself(name: str) -> None:
    for seed in range(20):
        case = choice(seed, n_threat=12, n_unit=3, n_type=2, n_system=2)
        before = [column.copy() for column in case]
        chosen = ALLOCATORS[name](case)
        assert is_allowed(chosen, case)
        assert (chosen == ALLOCATORS[name](case)).all()
        assert all((a == b).all() for a, b in zip(before, case, strict=True))


def test_flow_is_never_worse_than_greedy_and_sometimes_better() -> None:
    gains = []
    for seed in range(40):
        case = choice(seed, n_threat=10, n_unit=3, n_type=1)
        gains.append(total(min_cost_flow(case), case) - total(greedy(case), case))
    assert min(gains) > -1e-4
    assert max(gains) > 0.01


@pytest.mark.parametrize("name", ALLOCATORS)
def test_nobody_to_shoot_at_needs_no_orders(name: str) -> None:
    case = choice(1, n_threat=0, n_unit=2, n_type=2)
    assert len(ALLOCATORS[name](case)) == 0
