"""Chaff in the world: when it is released, where it drifts, when it is gone, and faults."""

import math

import numpy as np
import pytest

from bartizan.catalogue import resolve
from bartizan.rng import stable_id
from bartizan.scenario import load
from bartizan.world.chaff import Bundle, cloud_position, cloud_rcs_m2, releases_s
from bartizan.world.geodesy import enu_from_vector, geodetic_from_ecef, height_m
from bartizan.world.lower import lower
from bartizan.world.motion import position_velocity

pytestmark = pytest.mark.kernels

BUNDLE = Bundle(20.0, 5.0, 600.0, 0.3, 15.0, 0.0, 3, 10.0, 60e3)
SCENE = {
    "bartizan": 1,
    "origin": {"lat": -27.4, "lon": -17.6},
    "duration": "10 min",
    "assets": {"post": {"at": {"east": "0 km", "north": "0 km"}, "value": 5}},
    "raid": {
        "a": {
            "threat": "fighter",
            "count": 2,
            "from": {"bearing": "90 deg", "range": "100 km"},
            "target": "post",
            "altitude": "5 km",
            "speed": "250 m/s",
            "at": "10 s",
            "chaff": "chaff-bundle",
            "overrides": {
                "release_range": "20 km",
                "chaff-bundle.bundles": 3,
                "chaff-bundle.drift_bearing": "30 deg",
                "chaff-bundle.drift_speed": "20 m/s",
                "chaff-bundle.fall_speed": "1 m/s",
            },
        },
        "b": {
            "threat": "srbm",
            "count": 1,
            "from": {"bearing": "90 deg", "range": "200 km"},
            "target": "post",
        },
    },
}


def lowered(*sets):
    scenario = load(SCENE, sets)
    return lower(scenario, resolve(pins=scenario.figures))


def test_bundles_are_released_one_by_one_from_so_far_to_go():
    # 250 m/s, 20 km short of the aim: 80 km of way, 60 km to go after 40 km
    assert releases_s(BUNDLE, 10.0, 320.0, 250.0, 20e3) == (170.0, 180.0, 190.0)


def test_who_starts_nearer_releases_at_once_and_who_ends_before_keeps_the_rest():
    assert releases_s(BUNDLE, 10.0, 100.0, 250.0, 20e3) == (10.0, 20.0, 30.0)
    assert releases_s(BUNDLE, 10.0, 15.0, 250.0, 20e3) == (10.0, 20.0)
    assert releases_s(BUNDLE, 0.0, 100.0, 250.0, 70e3) == ()


def test_a_cloud_begins_where_its_carrier_is_and_goes_with_the_wind():
    world, faults = lowered()
    assert faults == []
    plan, chaff = world.plan, world.plan.chaff
    assert chaff.carrier.tolist() == [0, 0, 0, 1, 1, 1]
    assert chaff.cloud_id[4] == stable_id("raid.a[1].chaff[1]")
    np.testing.assert_allclose(chaff.release_s[:3], [170.0, 180.0, 190.0], atol=0.5)
    for cloud in range(6):
        place = position_velocity(plan, chaff.carrier[cloud], chaff.release_s[cloud])[:3]
        assert cloud_position(chaff, cloud, chaff.release_s[cloud]) == pytest.approx(place)
        assert height_m(*place) == pytest.approx(5e3, abs=1.0)
        after = np.array(cloud_position(chaff, cloud, chaff.release_s[cloud] + 100.0))
        lat, lon, _ = geodetic_from_ecef(*place)
        moved = enu_from_vector(lat, lon, *(after - place))
        assert moved == pytest.approx((1000.0, 1000.0 * math.sqrt(3.0), -100.0), abs=1e-3)


def test_a_cloud_is_gone_at_the_end_of_its_life_or_on_the_ground():
    chaff = lowered()[0].plan.chaff
    np.testing.assert_allclose(chaff.end_s - chaff.release_s, 600.0)
    chaff = lowered("raid.a.overrides.chaff-bundle.fall_speed=50 m/s")[0].plan.chaff
    np.testing.assert_allclose(chaff.end_s - chaff.release_s, 100.0, atol=0.1)


def test_a_cloud_blooms():
    chaff = lowered()[0].plan.chaff
    at_s = chaff.release_s[0]
    sizes = [cloud_rcs_m2(chaff, 0, at_s + age_s) for age_s in (0.0, 1.0, 2.5, 5.0, 500.0)]
    assert sizes == pytest.approx([0.0, 4.0, 10.0, 20.0, 20.0])


def test_without_chaff_there_is_none():
    assert len(lowered("raid.a.chaff=null")[0].plan.chaff.cloud_id) == 0


@pytest.mark.parametrize(
    ("change", "path", "problem"),
    [
        ("raid.a.overrides.chaff-bundle.first_release=10 km", "raid.a.chaff", "ever released"),
        ("raid.b.chaff=chaff-bundle", "raid.b.chaff", "flies the arc its range gives"),
        ("raid.a.overrides.chaff-bundle.bundles=10001", "raid", "too much chaff"),
    ],
)
def test_chaff_that_cannot_be_is_a_fault(change, path, problem):
    more = ("raid.a.overrides.chaff-bundle.interval=0 s",)
    (fault,) = lowered(change, *more)[1]
    assert fault.path == path
    assert problem in fault.problem
