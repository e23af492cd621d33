"""Zones and rules of engagement in a scenario, and every contradiction in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.api.running import lowered
from bartizan.errors import DocumentError
from bartizan.scenario import load
from tests.scenario.documents import SMALL

SQUARE = [(0, 0), (20, 0), (20, 20), (0, 20)]
BOW_TIE = [(0, 0), (20, 20), (20, 0), (0, 20)]


def zone_of(corners, **more):
    polygon = [{"east": f"{e} km", "north": f"{n} km"} for e, n in corners]
    return {"rule": "no-fire", "polygon": polygon, **more}


def faults_of(tmp_path, *sets, zones=None):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    with pytest.raises(DocumentError) as caught:
        checked(path, sets, zones)
    return caught.value.faults


def checked(path, sets, zones):
    scenario = load(path, sets)
    lowered(scenario.set("zones", zones) if zones else scenario, "radar")


def accepted(zones):
    return load(SMALL_DOCUMENT).set("zones", zones)


SMALL_DOCUMENT = {
    "bartizan": 1,
    "origin": {"lat": -27.4, "lon": -17.6},
    "duration": "1 min",
}


def test_zones_are_read_in_any_sense_of_rotation_and_need_not_be_convex():
    hook = [(0, 0), (20, 0), (20, 20), (15, 20), (15, 5), (0, 5)]
    found = accepted({"a": zone_of(SQUARE), "b": zone_of(SQUARE[::-1]), "c": zone_of(hook)})
    assert [len(zone.polygon) for zone in found.zones.values()] == [4, 4, 6]


def test_a_polygon_that_crosses_itself_is_told_where(tmp_path):
    (fault,) = faults_of(tmp_path, zones={"port": zone_of(BOW_TIE)})
    assert fault.path == "zones.port.polygon"
    assert fault.problem == "the polygon crosses itself"
    assert fault.given == "edges 0-1 and 2-3"
    assert fault.remedy == "give the corners in order round it"


@pytest.mark.parametrize(
    ("corners", "problem"),
    [
        ([(0, 0), (20, 0), (20, 20), (10, 0), (0, 20)], "the polygon crosses itself"),
        ([(0, 0), (20, 0), (10, 0), (10, 10)], "the polygon crosses itself"),
        ([(0, 0), (20, 0), (20, 0), (0, 20)], "two corners in a row are one place"),
        ([(0, 0), (20, 0), (20, 20), (0, 0)], "two corners in a row are one place"),
    ],
)
def test_a_polygon_that_touches_itself_is_refused(tmp_path, corners, problem):
    (fault,) = faults_of(tmp_path, zones={"port": zone_of(corners)})
    assert fault.problem == problem


@given(st.permutations(SQUARE[1:]))
def test_of_four_corners_only_the_orders_round_them_are_taken(rest):
    corners = [SQUARE[0], *rest]
    is_round = abs(corners[2][0] - corners[0][0]) == abs(corners[2][1] - corners[0][1]) == 20
    try:
        accepted({"a": zone_of(corners)})
    except DocumentError:
        assert not is_round
    else:
        assert is_round


def test_floors_lie_below_ceilings_and_beginnings_before_ends(tmp_path):
    flat = zone_of(SQUARE, floor="3 km", ceiling="3 km")
    over = zone_of(SQUARE, **{"from": "5 min", "until": "2 min"})
    first, second = faults_of(tmp_path, zones={"a": flat, "b": over})
    assert (first.path, first.given) == ("zones.a.ceiling", "3 km")
    assert first.allowed == "above its floor, 3 km"
    assert (second.path, second.allowed) == ("zones.b.until", "after it begins, 5 min")


def test_a_corner_outside_the_theatre_is_told(tmp_path):
    away = {"rule": "no-fire", "polygon": [{"lat": a, "lon": b} for a, b in AWAY]}
    paths = [fault.path for fault in faults_of(tmp_path, zones={"a": away})]
    assert "zones.a.polygon[0]" in paths


AWAY = [(40, -17), (41, -17), (41, -16)]


@pytest.mark.parametrize(
    ("sets", "path", "problem"),
    [
        (
            ("doctrine.roe=weapons-hold", "doctrine.self-defence=false"),
            "doctrine.self-defence",
            "weapons-hold without self-defence: nothing may ever be fired",
        ),
        (
            ("identification.overrides.engage_free=0.95",),
            "identification.overrides.engage_free",
            "engage_free asks for more than engage_self_defence",
        ),
        (
            ("identification.overrides.engage_self_defence=0.95",),
            "identification.overrides.engage_self_defence",
            "self-defence would be stricter than weapons-tight",
        ),
        (
            ("identification.overrides.declare_civil=0.4",),
            "identification.overrides.declare_civil",
            "two identities could stand at once, or none for long",
        ),
        (
            ("identification.overrides.revoke=0.92",),
            "identification.overrides.revoke",
            "revoke asks for more than engage_tight",
        ),
    ],
)
def test_contradictory_rules_of_engagement_are_told(tmp_path, sets, path, problem):
    found = {fault.path: fault.problem for fault in faults_of(tmp_path, *sets)}
    assert found[path] == problem


def test_unknown_rules_identifications_and_figures_name_the_nearest(tmp_path):
    (fault,) = faults_of(tmp_path, "doctrine.roe=weapons-fre")
    assert "weapons-free" in fault.allowed
    (fault,) = faults_of(tmp_path, "identification.use=standrd")
    assert fault.problem == "unknown identification"
    assert fault.remedy == "did you mean 'standard'?"
    (fault,) = faults_of(tmp_path, "identification.overrides.declare_hostil=0.9")
    assert "declare_hostile" in fault.remedy
    (fault,) = faults_of(tmp_path, zones={"a": zone_of(SQUARE, rule="no-fly")})
    assert "no-fire" in fault.allowed
