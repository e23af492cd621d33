import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.tracking.gate import fill, make_grid, near
from tests.naive.tracking import parts as naive

pytestmark = pytest.mark.kernels


@given(st.integers(0, 2**32 - 1), st.floats(50.0, 3e4), st.sampled_from([500.0, 4000.0]))
def test_near_finds_what_a_look_at_all_finds(seed, radius_m, cell_m):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(60, 3)) * (2e4, 1e4, 3e3) + (-2e3, 6.37e6, 0.0)
    grid, found = make_grid(80), np.empty(80, dtype=np.int64)
    fill(grid, points, 50, cell_m)
    for place in points[::6]:
        n = near(grid, points, 50, *place, radius_m, found)
        assert len(set(found[:n])) == n
        assert set(found[:n]) == naive.near(points[:50], place, radius_m)


def test_a_grid_is_filled_afresh():
    grid, found = make_grid(4), np.empty(4, dtype=np.int64)
    points = np.zeros((4, 3))
    fill(grid, points, 4, 100.0)
    fill(grid, points, 1, 100.0)
    assert near(grid, points, 1, 0.0, 0.0, 0.0, 10.0, found) == 1
