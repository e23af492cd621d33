import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.tracking.assignment import (
    add_pair,
    assign,
    clear_pairs,
    end_row,
    make_assignment,
    make_pairs,
)
from tests.naive.tracking import parts as naive

pytestmark = pytest.mark.kernels


def solved(costs):
    """Return the column of each row, after checking that both sides agree."""
    n_row, n_column = costs.shape
    pairs, answer = make_pairs(n_row, n_row * n_column), make_assignment(n_row, n_column)
    clear_pairs(pairs)
    for row in range(n_row):
        for column in range(n_column):
            if not np.isnan(costs[row, column]):
                add_pair(pairs, column, costs[row, column])
        end_row(pairs)
    assign(pairs, n_column, answer)
    for row, column in enumerate(answer.row_column):
        assert column < 0 or answer.column_row[column] == row
    taken = answer.row_column[answer.row_column >= 0]
    assert len(set(taken)) == len(taken)
    assert (answer.column_row >= 0).sum() == len(taken)
    return answer.row_column


def total(costs, columns):
    return sum(costs[row, column] for row, column in enumerate(columns) if column >= 0)


def a_case(seed, n_row, n_column, density):
    rng = np.random.default_rng(seed)
    costs = rng.normal(-1.0, 3.0, (n_row, n_column))
    costs[rng.random(costs.shape) > density] = np.nan
    return costs


@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.integers(1, 4))
def test_assignment_is_the_best_of_all_permutations(seed, n_row, n_column):
    costs = a_case(seed, n_row, n_column, 0.7)
    assert total(costs, solved(costs)) == pytest.approx(naive.least_cost(costs))


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.05, 0.2, 0.8]))
def test_assignment_costs_what_scipy_finds(seed, density):
    costs = a_case(seed, 30, 25, density)
    assert total(costs, solved(costs)) == pytest.approx(naive.least_cost_dense(costs))


def test_a_row_gives_way_where_both_gain():
    costs = np.array([[-5.0, -4.0], [-3.0, np.nan]])
    assert list(solved(costs)) == [1, 0]


def test_a_row_gives_way_and_stays_alone_where_that_is_cheaper():
    costs = np.array([[-1.0], [-5.0]])
    assert list(solved(costs)) == [-1, 0]


def test_whole_numbers_with_ties_are_solved():
    rng = np.random.default_rng(5)
    for _ in range(30):
        costs = rng.integers(-4, 2, (12, 12)).astype(float)
        assert total(costs, solved(costs)) == pytest.approx(naive.least_cost_dense(costs))


def test_pairs_that_do_not_fit_are_counted():
    pairs = make_pairs(1, 2)
    for column in range(5):
        add_pair(pairs, column, -1.0)
    assert pairs.lost[0] == 3
