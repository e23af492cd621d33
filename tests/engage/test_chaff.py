"""Rounds at chaff: the slow twin, and the count of those that met nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.engage.chaff import has_cloud_in_basket
from bartizan.engage.flyouts import Outcome
from bartizan.world.chaff import make_chaff
from bartizan.world.truth import Phase, make_targets
from tests.engage.battle import battle, kills_all
from tests.naive import engage as naive
from tests.sense.scene import Flight

pytestmark = pytest.mark.kernels

TIMES = st.sampled_from([0.0, 10.0, 20.0, 30.0, 40.0])
CLOUD = st.tuples(TIMES, TIMES, st.floats(0.0, 60.0), st.integers(0, 2))


@given(
    each=st.lists(CLOUD, max_size=4),
    fates=st.lists(st.tuples(st.sampled_from(Phase), TIMES), min_size=3, max_size=3),
    time_s=TIMES,
)
def test_a_cloud_in_the_basket_is_that_of_the_twin(each, fates, time_s):
    chaff, targets = make_chaff(len(each)), make_targets(3)
    for b, (release_s, life_s, away_m, carrier) in enumerate(each):
        chaff.release_s[b], chaff.end_s[b] = release_s, release_s + life_s
        chaff.carrier[b], chaff.release_ecef_m[b, 0] = carrier, away_m
        chaff.drift_ecef_m_s[b] = (1.0, 0.5, 0.0)
    for row, (phase, ended_s) in enumerate(fates):
        targets.phase[row], targets.ended_s[row] = phase, ended_s
    args = chaff, targets, np.zeros(3), 40.0, time_s
    assert has_cloud_in_basket(*args) == naive.has_cloud_in_basket(*args)


@pytest.mark.parametrize(("is_near", "rounds"), [(True, 1), (False, 0)])
def test_a_round_that_finds_only_chaff_is_counted(is_near, rounds):
    b = battle(Flight(), force=kills_all())
    b.follow(0)
    place = b.tracks.mean[0, :3].copy()
    chaff = make_chaff(1)
    chaff.release_s[0], chaff.end_s[0], chaff.release_ecef_m[0] = 0.0, 1e3, place
    if not is_near:
        chaff.release_ecef_m[0, 2] += 50e3
    b.world = b.world._replace(chaff=chaff)
    # its track stands still in the cloud, while it flies on
    b.tracks.mean[0, 3:] = 0.0
    b.order(0)
    b.run(200.0)
    assert b.flyouts.outcome[0] == Outcome.EMPTY
    assert b.strikes.at_chaff[0] == rounds
