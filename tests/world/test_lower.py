"""Lowering: rows, ids and places of raid and civil objects, and every fault."""

import math

import numpy as np
import pytest

from bartizan.catalogue import resolve
from bartizan.rng import run_key, stable_id
from bartizan.sense.plots import IffReply
from bartizan.world.geodesy import ecef_from_geodetic, height_m
from bartizan.world.ground import ground_distance_ecef_m
from bartizan.world.lower import classes, lower
from bartizan.world.motion import position_velocity
from bartizan.world.truth import Motion, Side, Swerling, Transponder
from tests.world.documents import figures, flow, group, scenario

WEST = "270 deg"


def lowered(raid=None, civil=None, **more):
    return lower(scenario(raid, civil, **more), figures())


def world_of(raid=None, civil=None, **more):
    world, faults = lowered(raid, civil, **more)
    assert faults == []
    return world


def fault_paths(raid=None, civil=None, **more):
    return [fault.path for fault in lowered(raid, civil, **more)[1]]


def starts(world):
    plan = world.plan
    return [position_velocity(plan, i, plan.start_s[i])[:3] for i in range(len(plan.start_s))]


def apart_m(world, i, j):
    places = starts(world)
    return ground_distance_ecef_m(*places[i], *places[j])


def test_rows_are_the_raid_then_the_civil_traffic_with_stable_ids():
    world = world_of(
        {"a": group(count=2), "b": group(threat="srbm")}, {"way": flow("0 deg", "180 deg")}
    )
    assert world.names.targets == ("a[0]", "a[1]", "b[0]", "way[0]")
    ids = [stable_id(name) for name in ("raid.a[0]", "raid.a[1]", "raid.b[0]", "civil.way[0]")]
    assert list(world.plan.target_id) == ids
    assert world.names.classes == ("cruise", "srbm", "airliner")
    assert list(world.plan.kind) == [0, 0, 1, 2]
    assert list(world.plan.side) == [Side.HOSTILE] * 3 + [Side.CIVIL]
    assert list(world.plan.motion) == [
        Motion.ROUTE,
        Motion.ROUTE,
        Motion.BALLISTIC,
        Motion.ROUTE,
    ]
    assert list(world.plan.aim_asset) == [0, 0, 0, -1]
    assert classes(scenario()) == ()


def test_figures_of_a_class_reach_its_rows():
    plan = world_of({"a": group()}, {"way": flow("0 deg", "180 deg")}).plan
    assert list(plan.rcs_m2) == [0.1, 0.1]
    assert list(plan.price_usd) == [1e6, 1e6]
    assert list(plan.damage_probability) == [0.8, 0.0]
    assert list(plan.swerling) == [Swerling.SLOW, Swerling.SLOW_DOMINANT]
    assert list(plan.transponder) == [Transponder.SILENT, Transponder.CIVIL]


def test_a_transponder_answers_with_the_reply_that_plots_carry():
    assert {t.name: t.value for t in Transponder}.items() <= {
        r.name: r.value for r in IffReply
    }.items()


def test_an_override_is_of_its_group_alone():
    changed = group(overrides={"rcs": "2 m2"})
    assert list(world_of({"a": group(), "b": changed}).plan.rcs_m2) == [0.1, 2.0]


def test_a_row_does_not_depend_on_other_groups():
    scattered = group(count=5, formation="scatter", spread="20 km")
    alone = world_of({"a": scattered})
    among = world_of({"first": group(count=3), "a": scattered})
    assert starts(alone) == starts(among)[3:]


def test_launches_follow_each_other():
    plan = world_of({"a": group(count=3, at="1 min", every="5 s")}).plan
    assert list(plan.start_s) == [60.0, 65.0, 70.0]
    assert plan.end_s - plan.start_s == pytest.approx([200e3 / 250.0] * 3, rel=1e-6)


def test_speed_and_altitude_of_a_group_come_before_those_of_its_class():
    world = world_of({"a": group(speed="100 m/s", altitude="2 km")})
    assert world.plan.end_s[0] == pytest.approx(2000.0, rel=1e-6)
    assert height_m(*starts(world)[0]) == pytest.approx(2000.0, abs=1e-3)


def test_a_released_weapon_ends_at_its_release_range():
    plan = world_of({"a": group(overrides={"release_range": "60 km"})}).plan
    end = position_velocity(plan, 0, plan.end_s[0])[:3]
    aim = ecef_from_geodetic(math.radians(-27.0), math.radians(-17.0), 0.0)
    assert ground_distance_ecef_m(*end, *aim) == pytest.approx(60e3, abs=0.01)


def test_a_formation_is_kept_by_those_launched_together():
    line = world_of({"a": group(count=3, spacing="2 km")})
    assert apart_m(line, 0, 2) == pytest.approx(4e3, rel=1e-3)
    turns = world_of({"a": group(count=3, spacing="2 km", every="1 s")})
    assert apart_m(turns, 0, 2) == pytest.approx(0.0, abs=1e-3)


def test_a_formation_is_kept_on_the_way_until_the_last_leg():
    via = [{"bearing": "0 deg", "range": "100 km"}]
    plan = world_of({"a": group(count=2, spacing="2 km", via=via)}).plan
    turn_s = plan.leg_end_s[0]
    one, two = (position_velocity(plan, i, turn_s)[:3] for i in range(2))
    assert ground_distance_ecef_m(*one, *two) == pytest.approx(2e3, rel=1e-3)
    one, two = (position_velocity(plan, i, plan.end_s[i])[:3] for i in range(2))
    assert ground_distance_ecef_m(*one, *two) == pytest.approx(0.0, abs=0.01)


def test_a_spread_takes_the_place_of_a_formation_s_width():
    world = world_of({"a": group(WEST, count=11, spread="40 km", spacing="5 km")})
    assert 30e3 < apart_m(world, 0, 10) < 40e3
    # It lies across the way in: from the west, north to south.
    bow = [height_m(*place) for place in starts(world)]
    assert bow == pytest.approx([100.0] * 11, abs=1e-3)
    x = np.array(starts(world))
    assert np.ptp(x[:, 2]) > 25e3


def test_a_thrown_group_starts_on_the_ground_and_ends_on_its_asset():
    world = world_of({"a": group("300 deg", "400 km", threat="srbm", count=4, spread="30 km")})
    for i, start in enumerate(starts(world)):
        assert height_m(*start) == pytest.approx(0.0, abs=1e-3)
        end = position_velocity(world.plan, i, world.plan.end_s[i])[:3]
        assert end == pytest.approx(tuple(world.assets.position_ecef_m[0]), abs=1e-3)


def test_every_second_aircraft_flies_the_other_way_on_other_levels():
    both = flow("0 deg", "180 deg", count=40, every="10 s", both_ways=True, altitude="10 km")
    world = world_of(None, {"way": both})
    assert apart_m(world, 0, 1) == pytest.approx(400e3, rel=1e-3)
    assert apart_m(world, 0, 2) == pytest.approx(0.0, abs=1e-3)
    levels = [round((height_m(*start) - 10e3) / 304.8, 6) for start in starts(world)]
    assert set(levels[0::2]) == {-2.0, 0.0, 2.0}
    assert set(levels[1::2]) == {-1.0, 1.0, 3.0}


def test_a_low_flow_keeps_near_its_altitude():
    low = flow("0 deg", "180 deg", count=20, altitude="300 m")
    heights = [height_m(*start) for start in starts(world_of(None, {"way": low}))]
    assert 270.0 - 1e-3 <= min(heights) <= max(heights) <= 345.0


def test_an_airway_has_lanes_that_stay_apart():
    wide = flow("0 deg", "90 deg", "180 deg", count=2, spread="20 km")
    plan = world_of(None, {"way": wide}).plan
    for leg_ends in (plan.start_s, plan.end_s):
        one, two = (position_velocity(plan, i, leg_ends[i])[:3] for i in range(2))
        assert 5e3 < ground_distance_ecef_m(*one, *two) < 20e3


def test_aircraft_without_transponder_are_silent():
    silent = flow("0 deg", "90 deg", transponder=False)
    assert list(world_of(None, {"way": silent}).plan.transponder) == [Transponder.SILENT]


def test_aircraft_may_be_on_their_way_at_the_start():
    plan = world_of(None, {"way": flow("0 deg", "180 deg", at="-10 min")}).plan
    assert plan.start_s[0] == -600.0


def test_assets_have_ids_places_and_hits():
    world = world_of()
    assert world.names.assets == ("port",)
    assert list(world.assets.asset_id) == [stable_id("assets.port")]
    assert list(world.assets.hits_to_destroy) == [2]
    assert list(world.assets.value) == [6.0]
    site = ecef_from_geodetic(math.radians(-27.0), math.radians(-17.0), 0.0)
    assert world.assets.position_ecef_m[0] == pytest.approx(site)


def test_an_empty_scenario_has_empty_tables():
    world = world_of(assets={})
    assert world.plan.target_id.shape == (0,)
    assert world.plan.leg_from.shape == (0, 3)
    assert world.assets.position_ecef_m.shape == (0, 3)
    assert list(world.plan.leg_first) == [0]


def test_geometry_is_drawn_by_its_own_key_and_no_other():
    document = scenario({"a": group(count=3, spread="30 km")})
    one, two = (lower(document, figures())[0] for _ in range(2))
    other, _ = lower(document, figures(), key=run_key(5))
    assert starts(one) == starts(two) != starts(other)


@pytest.mark.parametrize(
    ("bad", "path"),
    [
        (group("0 deg", "1500 km", threat="srbm"), "raid.a.from"),
        (group("0 deg", "1500 km"), "raid.a.from"),
        (group("0 deg", "50 km", overrides={"release_range": "60 km"}), "raid.a.from"),
        (group("0 deg", "0 km"), "raid.a.from"),
        (group("0 deg", "0 km", threat="srbm"), "raid.a.from"),
        (group(at="2 h"), "raid.a.at"),
        (group(count=3, every="30 min"), "raid.a.every"),
        (group(threat="srbm", speed="900 m/s"), "raid.a.speed"),
        (group(threat="srbm", altitude="90 km"), "raid.a.altitude"),
        (group(threat="srbm", dive="9 km"), "raid.a.dive"),
        (group(threat="srbm", weave=True), "raid.a.weave"),
        (group(threat="srbm", via=[{"lat": -26.0, "lon": -17.0}]), "raid.a.via"),
        (group(terminal_altitude="10 m"), "raid.a.terminal-altitude"),
        (group(weave=True, overrides={"weave_amplitude": "0 m"}), "raid.a.weave"),
        (group(overrides={"speed": "0 m/s"}), "raid.a.speed"),
    ],
)
def test_a_bad_group_is_a_fault_at_its_place_and_the_rest_stands(bad, path):
    world, faults = lowered({"a": bad, "b": group()})
    assert [fault.path for fault in faults] == [path]
    assert world.names.targets == ("b[0]",)


def test_a_group_of_nobody_is_no_fault():
    assert world_of({"a": group(count=0)}).names.targets == ()


def test_a_bad_flow_is_a_fault_at_its_place():
    assert fault_paths(None, {"a": flow("0 deg", "0 deg")}) == ["civil.a.route"]
    assert fault_paths(None, {"a": flow("0 deg", "9 deg", at="2 h")}) == ["civil.a.at"]


def test_all_faults_come_at_once():
    raid = {"a": group(at="2 h", terminal_altitude="1 m"), "b": group("0 deg", "1500 km")}
    paths = ["raid.a.at", "raid.a.terminal-altitude", "raid.b.from"]
    assert fault_paths(raid) == paths


def test_a_fault_says_what_was_given_and_what_is_allowed():
    (fault,) = lowered({"a": group("0 deg", "1500 km", threat="srbm")})[1]
    assert fault.given == "1500 km for raid.a[0]"
    assert fault.allowed == "at most 1000 km"
    assert "range_max" in fault.remedy


def test_the_catalogue_s_own_classes_lower():
    raid = {
        threat: group(threat=threat, distance=distance)
        for threat, distance in (
            ("cruise-missile", "200 km"), ("fighter", "200 km"), ("drone", "90 km"),
            ("srbm", "290 km"),
        )
    }  # fmt: skip
    civil = {
        name: flow("0 deg", "9 deg", aircraft=name) for name in ("airliner", "light-aircraft")
    }
    world, faults = lower(scenario(raid, civil), resolve())
    assert faults == []
    assert len(world.names.targets) == 6


def test_a_catalogue_class_cannot_fly_as_its_figures_do_not_say():
    document = scenario({"a": group(threat="srbm", overrides={"motion": "route"})})
    assert [fault.path for fault in lower(document, resolve())[1]] == [
        "raid.a.overrides.motion"
    ]


def test_a_misspelt_override_is_a_fault_at_its_place():
    document = scenario({"a": group(threat="srbm", overrides={"rsc": "1 m2"})})
    assert [fault.path for fault in lower(document, resolve())[1]] == ["raid.a.overrides.rsc"]
