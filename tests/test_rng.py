"""Draws: known answers, the naive twin, and the statistics of what comes out."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bartizan.rng import Purpose, draw, draw4, normals, philox, poisson, run_key, stable_id
from tests.naive import rng as naive

pytestmark = pytest.mark.kernels

KEY = run_key(1)
words = st.integers(0, 2**32 - 1)
ids = st.integers(0, 2**63 - 1)


@pytest.mark.parametrize(
    ("counter", "key", "block"),
    [
        (
            (0x00000000, 0x00000000, 0x00000000, 0x00000000),
            (0x00000000, 0x00000000),
            (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
        ),
        (
            (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
            (0xFFFFFFFF, 0xFFFFFFFF),
            (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
        ),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
    ids=["zeros", "ones", "digits of pi"],
)
def test_philox_gives_the_answers_of_its_authors(counter, key, block):
    """The three vectors published with Random123 (Salmon et al. 2011) for philox4x32-10."""
    assert tuple(int(word) for word in philox(*counter, *key)) == block


@given(st.tuples(words, words, words, words, words, words))
def test_philox_equals_its_naive_twin(block):
    assert tuple(int(word) for word in philox(*block)) == naive.philox(*block)


@given(ids, st.sampled_from(list(Purpose)), ids, ids, st.integers(0, 10**7))
def test_draws_equal_their_naive_twin(key, purpose, a, b, i):
    assert draw4(key, purpose, a, b, i) == naive.draw4(key, purpose, a, b, i)
    assert draw(key, purpose, a, b, i) == naive.draw(key, purpose, a, b, i)


@given(ids, ids, ids, st.integers(0, 10**7))
def test_normals_equal_their_naive_twin(key, a, b, i):
    fast = normals(key, Purpose.NOISE, a, b, i)
    assert fast == pytest.approx(naive.normals(key, Purpose.NOISE, a, b, i), abs=1e-13)


@given(st.floats(0.0, 30.0), st.floats(1e-9, 1 - 1e-9))
def test_poisson_equals_its_naive_twin_and_scipy(mean, u):
    count = poisson(mean, u)
    # Within rounding of a step of the distribution either neighbour is right.
    assert stats.poisson.cdf(count, mean) >= u - 1e-12
    assert count == 0 or stats.poisson.cdf(count - 1, mean) <= u + 1e-12
    assert abs(naive.poisson(mean, u) - count) <= 1


def test_poisson_of_no_mean_is_zero_and_of_a_large_mean_ends():
    assert poisson(0.0, 0.999) == 0
    assert poisson(400.0, 0.5) == 400
    assert poisson(400.0, 1.0) <= 2000


def test_draws_are_uniform():
    n = 4000
    u = np.array([draw4(KEY, Purpose.DETECTION, 5, 7, i) for i in range(n)]).ravel()
    assert u.min() > 0.0
    assert u.max() < 1.0
    cells = np.histogram(u, bins=64, range=(0.0, 1.0))[0]
    assert stats.chisquare(cells).pvalue > 1e-3
    assert stats.kstest(u, "uniform").pvalue > 1e-3


@pytest.mark.parametrize("changed", range(5), ids=["key", "purpose", "a", "b", "i"])
def test_draws_that_differ_in_one_name_are_independent(changed):
    n = 2000
    pairs = np.empty((n, 2))
    for k in range(n):
        names = [KEY, int(Purpose.KILL), stable_id(f"raid.x[{k}]"), stable_id("radar"), k]
        pairs[k, 0] = draw(*names)
        names[changed] += 1
        pairs[k, 1] = draw(*names)
    cells = np.histogram2d(pairs[:, 0], pairs[:, 1], bins=6, range=[(0, 1), (0, 1)])[0]
    assert stats.chisquare(cells.ravel()).pvalue > 1e-3


def test_successive_draws_and_the_four_of_a_block_are_uncorrelated():
    n = 2500
    u = np.array([draw4(KEY, Purpose.NOISE, 11, 13, i) for i in range(n)])
    successive = np.corrcoef(u[:-1, 0], u[1:, 0])[0, 1]
    within = [
        np.corrcoef(u[:, j], u[:, k])[0, 1] for j, k in itertools.combinations(range(4), 2)
    ]
    assert np.abs([successive, *within]).max() < 4.5 / math.sqrt(n)


def test_a_draw_does_not_depend_on_what_was_drawn_before():
    alone = draw(KEY, Purpose.KILL, 3, 4, 9)
    for i in range(20):
        draw(KEY, Purpose.KILL, 3, 4, i)
    assert draw(KEY, Purpose.KILL, 3, 4, 9) == alone


def test_normals_have_the_moments_of_the_normal_distribution():
    x = np.array([normals(KEY, Purpose.NOISE, 2, 3, i) for i in range(3000)]).ravel()
    n = x.size
    assert abs(x.mean()) < 4 / math.sqrt(n)
    assert abs(x.var() - 1) < 4 * math.sqrt(2 / n)
    assert abs(stats.skew(x)) < 4 * math.sqrt(6 / n)
    assert abs(stats.kurtosis(x)) < 4 * math.sqrt(24 / n)
    assert stats.kstest(x, "norm").pvalue > 1e-3


@given(st.text())
def test_stable_ids_and_keys_fit_a_signed_word(name):
    assert 0 <= stable_id(name) < 2**63
    assert stable_id(name) == stable_id(name)


def test_stable_ids_never_change():
    """A change here changes every result ever published with a seed."""
    assert stable_id("raid.cruise[17]") == 8890534770567600456
    assert run_key(1) == 8396846120843383190
    assert run_key(1) != run_key(2)


def test_neighbouring_names_get_unrelated_ids():
    found = [stable_id(f"raid.cruise[{k}]") for k in range(1000)]
    assert len(set(found)) == 1000
    bits = np.array([[word >> k & 1 for k in range(63)] for word in found])
    assert np.abs(bits.mean(axis=0) - 0.5).max() < 0.09


@pytest.mark.proof
def test_a_million_draws_are_uniform_at_every_scale():
    n = 250_000
    u = np.empty((n, 4))
    for i in range(n):
        u[i] = draw4(KEY, Purpose.KILL, stable_id("a"), stable_id("b"), i)
    low_bits = np.floor(u * 2**32).astype(np.int64) & 0xFF
    assert stats.chisquare(np.bincount(low_bits.ravel(), minlength=256)).pvalue > 1e-4
    cells = np.histogramdd(u, bins=12, range=[(0.0, 1.0)] * 4)[0]
    assert stats.chisquare(cells.ravel()).pvalue > 1e-4
    assert stats.kstest(u.ravel(), "uniform").pvalue > 1e-4


@pytest.mark.proof
def test_flipping_any_bit_of_any_name_flips_half_the_bits_of_the_draw():
    names = [KEY, int(Purpose.KILL), stable_id("a"), stable_id("b"), 5]
    widths = [63, 4, 63, 63, 32]
    n = 200
    for position, width in enumerate(widths):
        for bit in range(width):
            flipped = 0
            for k in range(n):
                here = [*names[:4], k]
                there = list(here)
                there[position] ^= 1 << bit
                x = round(draw(*here) * 2**32 - 0.5) ^ round(draw(*there) * 2**32 - 0.5)
                flipped += x.bit_count()
            assert abs(flipped / (32 * n) - 0.5) < 5.5 * 0.5 / math.sqrt(32 * n), (
                position,
                bit,
            )
