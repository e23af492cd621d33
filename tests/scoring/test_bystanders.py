"""Bystanders: what objects were taken for, and how near rounds came to those not hostile."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.decide.picture import Identity, make_picture
from bartizan.engage.flyouts import Outcome
from bartizan.scoring.bystanders import make_bystanders, watch
from bartizan.world.truth import Phase, Side
from tests.engage.battle import Flight, battle
from tests.naive import scoring as naive
from tests.tables import at_height, force

pytestmark = pytest.mark.kernels


class Scene:
    """Three objects with a track each: a threat, a civil and an own aircraft."""

    def __init__(self) -> None:
        self.battle = battle(*(Flight(f"raid.a[{k}]") for k in range(3)))
        self.battle.follow(0, 1, 2)
        self.battle.targets.phase[:] = Phase.FLYING
        side = np.array([Side.HOSTILE, Side.CIVIL, Side.FRIEND], dtype=np.int64)
        self.world = self.battle.world._replace(side=side)
        self.force = force()
        self.picture = make_picture(8)
        self.picture.track_id[:3] = self.battle.tracks.track_id[:3]
        self.bystanders = make_bystanders(3)

    def watch(self, t0_s: float, assigned=(0, 1, 2)) -> None:
        b = self.battle
        watch(
            self.world, self.force, b.targets, b.tracks, self.picture, b.flyouts,
            np.array(assigned), self.bystanders, t0_s, t0_s + 1.0,
        )  # fmt: skip

    def fly(self, aim, launch_s: float, intercept_s: float, row: int = 0) -> None:
        f = self.battle.flyouts
        f.alive[row], f.unit[row], f.launch_s[row] = True, 0, launch_s
        f.intercept_s[row], f.aim_ecef_m[row] = intercept_s, aim

    def land(self, time_s: float, row: int = 0) -> None:
        f = self.battle.flyouts
        f.alive[row], f.resolved_s[row], f.outcome[row] = False, time_s, Outcome.MISS


def test_the_first_moment_of_each_identity_is_kept() -> None:
    scene = Scene()
    for t0_s, identity in ((0.0, 0), (1.0, 1), (2.0, 3), (3.0, 1), (4.0, 3)):
        scene.picture.identity[1] = identity
        scene.watch(t0_s)
    declared_s = scene.bystanders.declared_s
    assert declared_s[1, Identity.CIVIL] == 2.0
    assert declared_s[1, Identity.HOSTILE] == 3.0
    assert np.isnan(declared_s[[0, 2]]).all()
    assert np.isnan(declared_s[:, Identity.UNKNOWN]).all()


def test_a_row_that_is_not_its_own_declares_nothing() -> None:
    scene = Scene()
    scene.picture.identity[:3] = Identity.HOSTILE
    scene.picture.track_id[2] = 99
    scene.watch(0.0, assigned=(-1, -1, 2))
    assert np.isnan(scene.bystanders.declared_s).all()


def test_a_round_is_in_the_path_of_bystanders_only_and_between_launch_and_intercept() -> None:
    scene = Scene()
    place = scene.battle.targets.position_ecef_m
    scene.battle.targets.velocity_ecef_m_s[:] = 0.0
    place[1] = at_height(30e3, 0.0, 5e3)
    place[2] = place[1] + [0.0, 0.0, 300.0]
    place[0] = place[1]
    site = scene.force.unit_position_ecef_m[0]
    scene.fly(site + 2.0 * (place[1] - site), 10.0, 30.0)  # it passes at 20 s
    scene.watch(5.0)
    assert np.isinf(scene.bystanders.near_m).all()
    scene.watch(12.0)
    assert scene.bystanders.near_m[1] > 1e3
    scene.watch(19.5)
    near_m = scene.bystanders.near_m
    assert near_m[1] == pytest.approx(0.0, abs=1.0)
    assert near_m[2] == pytest.approx(300.0, rel=0.2)
    assert np.isinf(near_m[0])


def test_a_round_that_is_over_passes_nobody() -> None:
    scene = Scene()
    place = scene.battle.targets.position_ecef_m
    scene.battle.targets.velocity_ecef_m_s[:] = 0.0
    place[:] = at_height(30e3, 0.0, 5e3)
    site = scene.force.unit_position_ecef_m[0]
    scene.fly(site + 2.0 * (place[1] - site), 10.0, 30.0)
    scene.land(15.0)
    scene.watch(19.5)
    assert np.isinf(scene.bystanders.near_m).all()


@given(st.integers(0, 2**32 - 1))
def test_watch_does_what_its_naive_twin_does(seed: int) -> None:
    draw, scene = np.random.default_rng(seed), Scene()
    targets = scene.battle.targets
    middle = targets.position_ecef_m[0].copy()
    targets.position_ecef_m[:] = middle + draw.normal(0.0, 2e3, (3, 3))
    targets.velocity_ecef_m_s[:] = draw.normal(0.0, 200.0, (3, 3))
    targets.phase[:] = draw.choice([Phase.FLYING, Phase.FLYING, Phase.KILLED, Phase.PENDING], 3)
    targets.ended_s[:] = np.where(
        targets.phase == Phase.KILLED, draw.uniform(15.0, 25.0), np.nan
    )
    for row in range(3):
        launch_s = draw.uniform(0.0, 21.0)
        aim = middle + draw.normal(0.0, 2e3, 3)
        scene.fly(aim, launch_s, launch_s + draw.uniform(5.0, 30.0), row)
        if draw.random() < 0.4:
            scene.land(draw.uniform(19.0, 22.0), row)
    t0_s = 20.0
    scene.watch(t0_s)
    expected = naive.watch(
        scene.world, scene.force, targets, scene.battle.flyouts, t0_s, t0_s + 1.0
    )
    np.testing.assert_allclose(scene.bystanders.near_m, expected, atol=2.0)
