"""How long scoring takes: objects spread, and in formations of ten."""

import numpy as np
import pyarrow as pa
import pytest

import bartizan

PLACE, VELOCITY = ("east_m", "north_m", "up_m"), ("v_east_m_s", "v_north_m_s", "v_up_m_s")


def scene(n, times, gap_m, side_m):
    """Return tracks and truth: errors of 60 m an axis, one report in twenty missing."""
    draw = np.random.default_rng(1)
    leads = np.repeat(draw.uniform(0.0, side_m, (n // 10, 3)), 10, axis=0)
    place = leads + np.tile(np.arange(10), n // 10)[:, None] * [gap_m, 0.0, 0.0]
    if not gap_m:
        place = draw.uniform(0.0, side_m, (n, 3))
    velocity = np.repeat(draw.normal(0.0, 100.0, (n // 10, 3)), 10, axis=0)
    time_s, number = np.repeat(np.arange(float(times)), n), np.tile(np.arange(n), times)
    position = place[number] + time_s[:, None] * velocity[number]
    speeds = dict(zip(VELOCITY, velocity[number].T, strict=True))

    def of(key, position):
        places = dict(zip(PLACE, position.T, strict=True))
        return pa.table({"time_s": time_s, key: number, **places, **speeds})

    is_seen = pa.array(draw.random(len(number)) < 0.95)
    seen = of("track_id", position + draw.normal(0.0, 60.0, position.shape))
    return seen.filter(is_seen), of("truth_id", position)


@pytest.mark.parametrize("gap_m", [0.0, 400.0], ids=["spread", "formations"])
@pytest.mark.parametrize(("n", "times"), [(300, 1_200), (3_000, 60)])
def test_scoring(benchmark, n, times, gap_m):
    tracks, truth = scene(n, times, gap_m, side_m=120e3)
    found = benchmark.pedantic(bartizan.score, (tracks, truth), rounds=3, warmup_rounds=1)
    assert found.counts.object_rows == n * times
