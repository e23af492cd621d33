"""Turning away: who is shot at may give up, once and for all, and is gone a while later."""

import math

import numpy as np
import pytest

from bartizan.arrays import copied
from bartizan.engage.turn_away import TURN_S, turn_away
from bartizan.events import EventKind
from bartizan.world.truth import Phase
from tests.engage.battle import battle
from tests.naive import engage as naive
from tests.sense.scene import Flight

pytestmark = pytest.mark.kernels

KEY = 5


def fought(chance):
    """Yield a battle of six at each tick, and what the twin tells of the same tick."""
    flights = [
        Flight(f"raid.a[{k}]", (250.0 + 4 * k, 90.0), (270.0, 20.0), end_s=300.0)
        for k in range(6)
    ]
    b = battle(*flights)
    b.world = b.world._replace(turn_away_probability=np.full(6, chance))
    for n in range(60):
        b.follow(*range(6))
        if n % 9 == 0 and n < 45:
            b.order(n // 9, rounds=2, due_s=b.now_s + 0.5)
        t0 = b.now_s
        b.step()
        targets, strikes = copied(b.targets), copied(b.strikes)
        told = naive.turn_away(
            b.world, b.force, targets, b.tracks, b.flyouts, strikes, KEY, t0, b.now_s
        )
        turn_away(
            b.world, b.force, b.targets, b.tracks, b.flyouts, b.strikes, b.events, KEY, t0,
            b.now_s,
        )  # fmt: skip
        np.testing.assert_array_equal(b.targets.phase, targets.phase)
        np.testing.assert_array_equal(b.targets.ended_s, targets.ended_s)
        np.testing.assert_array_equal(b.strikes.leaves_s, strikes.leaves_s)
        yield b, told


def test_who_turns_away_is_whom_the_twin_lets_turn():
    everything = [(b, told) for b, told in fought(0.6)]
    b = everything[-1][0]
    told = [each for _, tick in everything for each in tick]
    assert [(t, i) for t, i, _ in b.happened(EventKind.TURNED_AWAY)] == told
    assert 0 < len(told) < 5


def test_whoever_surely_gives_up_leaves_after_the_first_launch_and_none_else():
    b = [b for b, _ in fought(1.0)][-1]
    assert b.targets.phase[5] == Phase.FLYING  # nobody shot at it
    for i in range(5):
        if b.targets.phase[i] == Phase.LEFT:
            assert b.targets.ended_s[i] == pytest.approx(9 * i + 0.5 + TURN_S)
    assert (b.targets.phase == Phase.LEFT).sum() >= 3


def test_by_default_nobody_does():
    b = [b for b, _ in fought(0.0)][-1]
    assert all(math.isinf(each) for each in b.strikes.leaves_s)
    assert not b.happened(EventKind.TURNED_AWAY)
