"""Orbits: who stays at a stand-off circles there to the end, and comes no nearer."""

import numpy as np
import pytest

from bartizan.world.ground import ground_distance_ecef_m
from bartizan.world.motion import position_velocity
from tests.world.documents import group, scenario
from tests.world.test_lower import fault_paths, lowered, world_of


def ranges_m(world, times_s):
    """Return the distance of the first object from the port at the origin, at some times."""
    port = world.assets.position_ecef_m[0]
    return np.array(
        [
            ground_distance_ecef_m(*port, *position_velocity(world.plan, 0, t)[:3])
            for t in times_s
        ]
    )


def stand_off(**more):
    return group(
        **{"from": {"bearing": "270 deg", "range": "150 km"}, "stand-off": "90 km"} | more
    )


def test_it_stays_at_its_distance_past_the_end():
    world = world_of({"a": stand_off()})
    duration_s = scenario().duration_s
    assert world.plan.end_s[0] > duration_s
    away_m = ranges_m(world, np.arange(0.0, duration_s, 5.0))
    assert away_m.min() == pytest.approx(90e3, abs=300.0)
    late = ranges_m(world, np.arange(300.0, duration_s, 5.0))
    assert late.max() < 90e3 + 52e3  # the round is 48 km wide


def test_it_keeps_speed_and_place_where_legs_meet():
    plan = world_of({"a": stand_off()}).plan
    for t in plan.leg_start_s[1:]:
        one, two = (np.array(position_velocity(plan, 0, t + e)) for e in (-1e-3, 1e-3))
        assert np.linalg.norm(one[:3] - two[:3]) < 2.0
        assert np.linalg.norm(two[3:]) == pytest.approx(250.0, rel=2e-3)


def test_it_needs_a_start_beyond_it_and_a_route():
    near = stand_off(**{"stand-off": "160 km"})
    assert fault_paths({"a": near}) == ["raid.a.from"]
    arc = group(threat="srbm", **{"stand-off": "90 km"})
    assert fault_paths({"a": arc}) == ["raid.a.stand-off"]


def test_without_it_nothing_stays():
    world, faults = lowered({"a": group()})
    assert not faults
    assert len(world.plan.leg_start_s) == 1
    assert len(world.plan.jammer) == 0
