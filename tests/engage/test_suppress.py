"""A defence block that is hit often enough is silent, and its ready rounds are lost."""

import math

import numpy as np
import pytest

from bartizan.engage.suppress import suppress
from bartizan.events import EventKind, make_events
from bartizan.world.force import AssetsPlan, make_assets, make_magazines
from tests import tables
from tests.naive import engage as naive

pytestmark = pytest.mark.kernels


def scene(seed):
    """Return a force of three units in two blocks, its assets and magazines, at random."""
    draw = np.random.default_rng(seed)
    one = tables.force()
    force = one._replace(
        unit_system=np.array([0, 1, 1]), unit_rounds=draw.integers(0, 5, (3, 2))
    )
    n = 4
    plan = AssetsPlan(
        asset_id=np.arange(n), position_ecef_m=np.zeros((n, 3)), value=np.ones(n),
        hits_to_destroy=np.ones(n, int), block=np.array([-1, -1, 0, 1]),
    )  # fmt: skip
    assets = make_assets(plan, 2)
    assets.destroyed_s[:] = np.where(draw.random(n) < 0.5, draw.uniform(0, 90, n), math.nan)
    magazines = make_magazines(force)._replace(rounds=force.unit_rounds.copy())
    return force, plan, assets, magazines


@pytest.mark.parametrize("seed", range(12))
def test_blocks_fall_silent_as_those_of_the_twin(seed):
    force, plan, assets, magazines = scene(seed)
    _, _, other, rounds = scene(seed)
    events = make_events(10)
    for _ in range(2):  # a second time changes nothing
        suppress(force, plan, assets, magazines, events)
    told = naive.suppress(force, plan, other, rounds)
    np.testing.assert_array_equal(magazines.rounds, rounds.rounds)
    np.testing.assert_array_equal(assets.silent_s, other.silent_s)
    np.testing.assert_array_equal(assets.rounds_lost, other.rounds_lost)
    n = events.size[0]
    assert (events.kind[:n] == EventKind.SUPPRESSED).all()
    assert [(events.subject[k], events.value[k]) for k in range(n)] == told
    assert magazines.rounds.sum() + assets.rounds_lost.sum() == force.unit_rounds.sum()
