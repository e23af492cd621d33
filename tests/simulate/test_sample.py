"""Samples: what is written for replay is what an independent geodesy makes of the states."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.simulate.sample import geodetic_states
from tests.naive import simulate as naive

pytestmark = pytest.mark.kernels


@given(st.integers(0, 2**32 - 1), st.integers(0, 5))
def test_geodetic_states_are_those_of_the_naive_twin(seed: int, n: int) -> None:
    draw = np.random.default_rng(seed)
    direction = draw.normal(size=(n, 3))
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    radius_m = draw.uniform(6.36e6, 6.5e6, (n, 1))
    states = np.hstack([radius_m * direction, draw.normal(0.0, 800.0, (n, 3))])
    found, expected = np.empty_like(states), naive.geodetic_states(states)
    geodetic_states(states, found)
    np.testing.assert_allclose(found[:, :2], expected[:, :2], rtol=0.0, atol=1e-8)
    np.testing.assert_allclose(found[:, 2:], expected[:, 2:], rtol=0.0, atol=2e-3)
