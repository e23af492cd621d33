"""Accuracy: what counts, when it is sampled, and GOSPA by its definition."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.scoring.accuracy import accuracy_measures, make_accuracy, measure
from bartizan.scoring.matching import make_matching
from bartizan.sense.looks import make_looks
from bartizan.tracking.tracks import TrackStatus
from bartizan.world.truth import Phase, make_targets
from tests.naive import scoring as naive
from tests.tables import at_height, ecef_velocity, tracks

pytestmark = pytest.mark.kernels

N = 6


def scene(draw: np.random.Generator):
    """Objects of every phase, in view or never, each near a track; two of them fall."""
    targets, looks = make_targets(N), make_looks(N, 1)
    targets.phase[:] = draw.choice([Phase.PENDING, *[Phase.FLYING] * 4, Phase.LEAKED], N)
    looks.ever_above_horizon[:] = draw.random(N) < 0.8
    states = []
    for i in range(N):
        height_m, speed = (6e3, 250.0) if i < 4 else (40e3, 1200.0)
        place = at_height(*draw.uniform(-2e3, 2e3, 2), height_m)
        velocity = ecef_velocity(*draw.normal(0.0, speed, 2), 0.0)
        targets.position_ecef_m[i] = place
        states.append((place + draw.normal(0.0, 200.0, 3), velocity))
    table = tracks(*states)
    table.status[:N] = draw.choice([*TrackStatus, TrackStatus.CONFIRMED], N)
    table.time_s[:N] = draw.uniform(8.0, 10.0, N)
    return targets, looks, table


@given(st.integers(0, 2**32 - 1))
def test_a_sample_is_the_one_of_the_naive_twin(seed: int) -> None:
    draw = np.random.default_rng(seed)
    sums, matching = make_accuracy(), make_matching(N, 8)
    expected = np.zeros(4)
    pairs = 0
    for now_s in (10.0, 20.0):
        targets, looks, table = scene(draw)
        table.time_s[:] += now_s - 10.0
        measure(targets, looks, table, 8, matching, sums, now_s)
        sample = np.array(naive.measure(targets, looks, table, now_s))
        counted = (targets.phase == Phase.FLYING) & looks.ever_above_horizon
        pairs += int(counted.sum()) - int(sample[2])
        expected += sample
    found = sums.distance_m[0], sums.localisation_m2[0], sums.missed[0], sums.false[0]
    assert found == pytest.approx(expected, rel=1e-4, abs=0.1)
    assert (sums.samples[0], sums.pairs[0]) == (2, pairs)


def test_a_sample_is_taken_every_ten_seconds() -> None:
    targets, looks, table = scene(np.random.default_rng(1))
    sums, matching = make_accuracy(), make_matching(N, 8)
    for now_s in range(1, 36):
        measure(targets, looks, table, 8, matching, sums, float(now_s))
    assert sums.samples[0] == 3


def test_measures_are_means_and_unknown_without_a_sample() -> None:
    sums = make_accuracy()
    assert set(accuracy_measures(sums).values()) == {None}
    sums.samples[0], sums.pairs[0], sums.missed[0], sums.false[0] = 4, 10, 2, 6
    sums.distance_m[0], sums.localisation_m2[0], sums.duplicate[0] = 100.0, 250.0, 1
    assert accuracy_measures(sums) == {
        "gospa_m": 25.0,
        "localisation_m": math.sqrt(25.0),
        "missed": 0.5,
        "false": 1.5,
        "duplicate": 0.25,
    }
