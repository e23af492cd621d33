"""The matching gains as much as the best of all matchings there are."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from bartizan.metrics import matching
from bartizan.metrics.matching import best_matching
from bartizan.metrics.score import Settings, score
from tests.metrics.scenes import crowd, times_of

pairs_of_a_graph = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 6), max_size=9
)


def best_gain(graph):
    """Try every set of pairs."""
    best = 0.0
    for wanted in product((False, True), repeat=len(graph)):
        chosen = [pair for pair, is_in in zip(graph, wanted, strict=True) if is_in]
        ends = ({i for i, _ in chosen}, {j for _, j in chosen})
        if len(ends[0]) == len(ends[1]) == len(chosen):
            best = max(best, sum(graph[pair] for pair in chosen))
    return best


@given(pairs_of_a_graph, st.sampled_from([0, 64]))
@settings(deadline=None)
def test_no_matching_gains_more(graph, dense):
    row, column = (np.array([pair[k] for pair in graph], int) for k in (0, 1))
    gain = np.array(list(graph.values()), float)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "DENSE", dense)  # 0: every part by the sparse solver
        chosen = best_matching(row, column, gain)
    assert len(set(row[chosen])) == len(set(column[chosen])) == len(chosen)
    assert gain[chosen].sum() == pytest.approx(best_gain(graph))


def test_a_large_part_is_solved_as_scipy_solves_the_whole():
    draw = np.random.default_rng(5)
    n, m = 150, 130
    row, column = (ends.ravel() for ends in np.indices((n, m)))
    is_near = draw.random(n * m) < 0.05
    row, column = row[is_near], column[is_near]
    gain = draw.uniform(0.1, 1.0, len(row))
    table = np.zeros((n, m))
    table[row, column] = gain
    best = table[linear_sum_assignment(table, maximize=True)].sum()
    assert gain[best_matching(row, column, gain)].sum() == pytest.approx(best)


def gospa_by_enumeration(there, here, cutoff_m, order):
    """Try every assignment of objects to tracks or to none."""
    best = np.inf
    for chosen in product(range(-1, len(here)), repeat=len(there)):
        used = [j for j in chosen if j >= 0]
        if len(set(used)) < len(used):
            continue
        apart_m = [np.linalg.norm(there[i] - here[j]) for i, j in enumerate(chosen) if j >= 0]
        if any(d >= cutoff_m for d in apart_m):
            continue
        alone = len(there) + len(here) - 2 * len(used)
        best = min(best, sum(d**order for d in apart_m) + 0.5 * cutoff_m**order * alone)
    return best ** (1.0 / order)


@given(st.integers(0, 2**32 - 1), st.sampled_from([1.0, 2.0]))
@settings(max_examples=20, deadline=None)
def test_gospa_is_the_least_of_all_assignments(seed, order):
    tracks, truth = crowd(seed, n=4, times=3, side_m=500.0)
    series = score(tracks, truth, Settings(300.0, order, None)).series
    for k, (_, there, _, here) in enumerate(times_of(tracks, truth).values()):
        expected = gospa_by_enumeration(there, here, 300.0, order)
        assert series.gospa_m[k] == pytest.approx(expected, rel=1e-9)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_idf1_is_the_best_of_all_namings(seed):
    tracks, truth = crowd(seed, n=3, times=5, side_m=500.0)
    together = {}
    for oids, there, hids, here in times_of(tracks, truth).values():
        apart_m = np.linalg.norm(there[:, None] - here, axis=2)
        for i, j in zip(*(apart_m < 300.0).nonzero(), strict=True):
            pair = (int(oids[i]), int(hids[j]))
            together[pair] = together.get(pair, 0) + 1
    found = score(tracks, truth, Settings(300.0, 2.0, None)).identity
    if len(together) <= 12:
        assert found.agreeing == best_gain(together)
    assert found.idf1 == pytest.approx(2 * found.agreeing / (len(tracks) + len(truth)))
