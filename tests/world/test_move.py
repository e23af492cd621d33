"""Move: who flies, who waits, who left; and the naive twin."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.arrays import copied
from bartizan.world.lower import lower
from bartizan.world.motion import position_velocity
from bartizan.world.move import move
from bartizan.world.truth import Phase, make_targets
from tests.naive import world as naive
from tests.world.documents import figures, flow, group, scenario

pytestmark = pytest.mark.kernels

WORLD, _ = lower(
    scenario(
        {
            "now": group(count=2, every="7.5 s", weave=True),
            "thrown": group(threat="srbm", at="100 s"),
        },
        {
            "airway": flow("0 deg", "20 deg"),
            "gone": flow("90 deg", "91 deg", at="-1 h"),
            "late": flow("90 deg", "270 deg", at="30 min"),
        },
    ),
    figures(),
)
PLAN = WORLD.plan
NOW, SECOND, THROWN, AIRWAY, GONE, LATE = range(6)


def moved(*times):
    targets = make_targets(len(PLAN.start_s))
    for t1_s in times:
        move(PLAN, targets, t1_s)
    return targets


def test_an_object_is_pending_until_its_start():
    assert moved(7.4).phase[SECOND] == Phase.PENDING
    assert np.isnan(moved(7.4).position_ecef_m[SECOND]).all()
    assert moved(7.5).phase[SECOND] == Phase.FLYING
    assert moved(7.4, 8.0).phase[SECOND] == Phase.FLYING


def test_a_civil_object_leaves_at_the_end_of_its_route_and_stays_there():
    end_s = PLAN.end_s[AIRWAY]
    targets = moved(end_s - 0.4)
    assert targets.phase[AIRWAY] == Phase.FLYING
    assert math.isnan(targets.ended_s[AIRWAY])
    move(PLAN, targets, end_s + 0.6)
    assert targets.phase[AIRWAY] == Phase.LEFT
    assert targets.ended_s[AIRWAY] == end_s
    end = position_velocity(PLAN, AIRWAY, end_s)
    assert tuple(targets.position_ecef_m[AIRWAY]) == end[:3]


def test_a_civil_object_whose_route_ended_before_the_start_has_left():
    targets = moved(1.0)
    assert targets.phase[GONE] == Phase.LEFT
    assert targets.ended_s[GONE] == PLAN.end_s[GONE] < 0.0


def test_a_hostile_object_that_arrived_waits_to_be_resolved():
    targets = moved(PLAN.end_s[NOW] + 5.0)
    assert targets.phase[NOW] == Phase.FLYING
    assert math.isnan(targets.ended_s[NOW])
    end = position_velocity(PLAN, NOW, PLAN.end_s[NOW])
    assert tuple(targets.position_ecef_m[NOW]) == end[:3]


@pytest.mark.parametrize("phase", [Phase.KILLED, Phase.LEAKED, Phase.LEFT])
def test_an_ended_object_is_not_moved(phase):
    targets = moved(50.0)
    targets.phase[NOW] = phase
    before = copied(targets)
    move(PLAN, targets, 60.0)
    assert np.array_equal(targets.position_ecef_m[NOW], before.position_ecef_m[NOW])
    assert targets.phase[NOW] == phase


@given(st.lists(st.floats(0.0, 3600.0), min_size=1, max_size=5).map(sorted))
def test_a_moved_table_equals_its_naive_twin(times):
    targets, twin = make_targets(len(PLAN.start_s)), make_targets(len(PLAN.start_s))
    for t1_s in times:
        move(PLAN, targets, t1_s)
        naive.move(PLAN, twin, t1_s)
    assert np.array_equal(targets.phase, twin.phase)
    assert np.array_equal(targets.ended_s, twin.ended_s, equal_nan=True)
    assert np.allclose(targets.position_ecef_m, twin.position_ecef_m, 0, 1e-3, equal_nan=True)
    apart = np.abs(targets.velocity_ecef_m_s - twin.velocity_ecef_m_s)
    # At the very ends the twin's difference is taken 0.01 s further in.
    assert np.nanmax(apart, initial=0.0) < 1.0


def test_where_objects_are_does_not_depend_on_the_ticks_before():
    assert np.array_equal(
        moved(100.0, 200.0, 300.0).position_ecef_m, moved(300.0).position_ecef_m, equal_nan=True
    )
