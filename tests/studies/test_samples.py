"""Indices, capacity and factors on cases with known answers."""

import numpy as np
import pytest
from scipy import stats

from bartizan.studies import capacity
from bartizan.studies.arms import Arm, blocks_of, chunks_of
from bartizan.studies.factors import parse_factor
from bartizan.studies.indices import indices_of, morris, sobol
from bartizan.studies.samples import Factor, index_arms, morris_arms, span

FACTORS = [Factor(name, (), -np.pi, np.pi) for name in ("x1", "x2", "x3")]


def ishigami(x):
    return np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def values_at(arms, function=ishigami):
    return np.array([function([value for _, value in arm.changes]) for arm in arms])


def test_indices_are_those_of_ishigami_and_of_scipy():
    n = 1 << 12
    arms = index_arms(FACTORS, n, 1, is_drawn=False)
    values = values_at(arms)
    rows = {row["factor"]: row for row in sobol(values[: 64 * 6], FACTORS, 64, False, 1)}
    table = values.reshape(n, 6)
    first, total = indices_of(table)
    # Ishigami and Homma, 1990, with a = 7 and b = 0.1; chance has no part here.
    assert first == pytest.approx([0.3139, 0.4424, 0.0, 0.0], abs=0.02)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437, 0.0], abs=0.02)
    for row, exact in zip(rows.values(), [0.5576, 0.4424, 0.2437, 0.0], strict=True):
        assert row["total_low"] - 0.02 <= exact <= row["total_high"] + 0.02
    func = {"f_A": table[:, 0][None], "f_B": table[:, 1][None], "f_AB": table[:, 2:].T[:, None]}
    peer = stats.sobol_indices(func=func, n=n)
    assert first == pytest.approx(np.ravel(peer.first_order))
    assert total == pytest.approx(np.ravel(peer.total_order))


def test_chance_and_figures_take_rows_of_keys_of_their_own():
    a, b, mixed, chance, figures = index_arms(FACTORS[:1], 2, 1, is_drawn=True)[:5]
    assert (a.chance, a.figures) == (mixed.chance, mixed.figures) == (0, 0)
    assert (b.chance, b.figures) == (1, 1)
    assert (chance.chance, chance.figures) == (1, 0)
    assert (figures.chance, figures.figures) == (0, 1)
    assert a.changes == chance.changes == figures.changes
    assert mixed.changes == b.changes


def test_morris_finds_the_order_of_a_linear_function():
    pytest.importorskip("SALib")
    factors = [Factor(name, ()) for name in "abc"]
    arms, points = morris_arms(factors, 10, 1)
    values = values_at(arms, lambda x: 5.0 * x[0] - 2.0 * x[1])
    rows = morris(values, points, factors, 1)
    assert [row["effect"] for row in rows] == pytest.approx([5.0, -2.0, 0.0])
    assert [row["size"] for row in rows] == pytest.approx([5.0, 2.0, 0.0])
    assert [row["spread"] for row in rows] == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a.b=20:200:60", [20, 80, 140, 200]),
        ("a.b=0.1:0.3:0.1", [0.1, 0.2, 0.3]),
        ("a.b=5:1:-2", [5, 3, 1]),
        ("a.b=1 km:2 km:500 m", None),
        ("a.b=1:2:0.5 km", ["1 km", "1.5 km", "2 km"]),
        ("a.b=salvo,shoot-look-shoot", ["salvo", "shoot-look-shoot"]),
        ("a.b={x: 1, y: 2},{x: 2, y: 2}", [{"x": 1, "y": 2}, {"x": 2, "y": 2}]),
        ("a.b=1:3:1,10", [1, 2, 3, 10]),
    ],
)
def test_factors_are_read(text, values):
    if values is None:
        with pytest.raises(Exception, match="two units"):
            parse_factor(text)
    else:
        assert parse_factor(text) == ("a.b", values)


def test_a_factor_between_two_ends_keeps_its_kind():
    whole = span("a", 1, 3)
    assert [whole.at(u) for u in (0.0, 0.4, 0.99)] == [1, 2, 3]
    assert span("a", "100 m", "200 m").at(0.5) == "150 m"
    assert span("a", 1.0, 100.0, "log").at(0.5) == pytest.approx(10.0)


@pytest.mark.parametrize("n", [7, 50, 3000])
def test_chunks_hold_every_replication_once_and_grow_at_the_end_only(n):
    arms = [Arm()]
    chunks = chunks_of(blocks_of([0], n, 5), arms, 0)
    held = [r for c in chunks for b in c.blocks for r in range(b.first, b.first + b.n)]
    assert held == list(range(n))
    longer = chunks_of(blocks_of([0], n + 1000, 5), arms, 0)
    assert chunks[:-1] == longer[: len(chunks) - 1]


def searched(p_of, seed, level=0.9, n=200):
    """Return what a search finds where the probability of a size is known."""
    search = capacity.Search("raid.count", list(range(1, 65)), level)
    labels = [arm.label for arm in capacity.arms_of(search)]
    rng = np.random.default_rng(seed)
    made: dict[str, list[float]] = {}

    def read(measure, label):
        values = np.array(made.get(label, []))
        return values, np.arange(len(values))

    for stage in capacity.bisected(search, n, 5, read):
        for block in stage.blocks:
            p = p_of(search.sizes[block.arm])
            made.setdefault(labels[block.arm], []).extend(rng.random(block.n) < p)
    return capacity.answer(search, n, 5, read)


def test_the_capacity_lies_where_it_is_said_as_surely_as_is_said():
    def p_of(size):
        return 1.0 / (1.0 + np.exp((size - 40.3) / 4.0))

    exact = 40.3 - 4.0 * np.log(9.0)  # p is 0.9 there: 31.5
    found = [searched(p_of, seed) for seed in range(60)]
    right = [f["held"] <= exact and exact <= (f["not_held"] or 65) for f in found]
    assert np.mean(right) >= 0.95
    widths = [f["not_held"] - f["held"] for f in found]
    assert np.median(widths) <= 16
    assert searched(lambda size: 1.0, 1)["held"] == 64
    assert searched(lambda size: 0.0, 1)["held"] is None
