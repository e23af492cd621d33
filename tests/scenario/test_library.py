"""The bundled scenarios: what they promise, measured on the ellipsoid."""

import json
import math
import re
from itertools import pairwise

import pytest
from pyproj import Geod

from bartizan.catalogue import resolve
from bartizan.scenario import load, scenarios, template
from bartizan.scenario.document import Document, keys
from bartizan.scenario.library import bundled_names, library_folder
from bartizan.scenario.schema import (
    Asset,
    CivilFlow,
    Defence,
    DoctrineBlock,
    Origin,
    Position,
    RaidGroup,
    Scenario,
)

WGS84 = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def coastal():
    return load("coastal-raid")


def lon_lat(position, origin):
    """Return a position's longitude and latitude in degrees, by pyproj."""
    if position.lat_rad is not None:
        return math.degrees(position.lon_rad), math.degrees(position.lat_rad)
    if position.range_m is not None:
        azimuth_deg, range_m = math.degrees(position.bearing_rad), position.range_m
    else:
        azimuth_deg = math.degrees(math.atan2(position.east_m, position.north_m))
        range_m = math.hypot(position.east_m, position.north_m)
    lon, lat = math.degrees(origin.lon_rad), math.degrees(origin.lat_rad)
    return WGS84.fwd(lon, lat, azimuth_deg, range_m)[:2]


def distance_m(a, b):
    return WGS84.inv(*a, *b)[2]


def along(points, way_m):
    """Return the point at a distance along a route, or None beyond its end."""
    for a, b in pairwise(points):
        azimuth_deg, _, leg_m = WGS84.inv(*a, *b)
        if way_m <= leg_m:
            return WGS84.fwd(*a, azimuth_deg, way_m)[:2]
        way_m -= leg_m
    return None


def passes(scenario, flow, k, speed_m_s, site, within_m):
    """Return whether the k-th aircraft of a flow comes near a site while simulated."""
    points = [lon_lat(place, scenario.origin) for place in flow.route]
    points = points[::-1] if flow.both_ways and k % 2 else points
    start_s = flow.at_s + k * flow.every_s
    for t_s in range(0, int(scenario.duration_s), 15):
        place = along(points, (t_s - start_s) * speed_m_s) if t_s >= start_s else None
        if place and distance_m(place, site) < within_m:
            return True
    return False


def test_at_least_forty_civil_aircraft_pass_within_fifty_km_of_the_battalion(coastal):
    figures = resolve()
    site = lon_lat(coastal.defence["battalion"].at, coastal.origin)
    n_near = sum(
        passes(coastal, flow, k, figures.entry(flow.aircraft).value("speed"), site, 50e3)
        for flow in coastal.civil.values()
        for k in range(flow.count)
    )
    assert n_near >= 40


def test_the_raid_is_of_eighty_and_of_seven_kinds(coastal):
    assert sum(group.count for group in coastal.raid.values()) == 80
    threats = {group.threat for group in coastal.raid.values()}
    missiles = {"cruise-missile", "supersonic-missile", "srbm", "mrbm"}
    assert threats == {*missiles, "fighter", "drone", "decoy"}
    assert set(coastal.assets) == {group.target for group in coastal.raid.values()}


@pytest.mark.parametrize("name", [*bundled_names(), "new"])
def test_all_threats_arrive_before_the_end(name):
    scenario, figures = load(name), resolve()
    for group in scenario.raid.values():
        places = [group.start, *group.via, scenario.assets[group.target].at]
        points = [lon_lat(place, scenario.origin) for place in places]
        way_m = sum(distance_m(*leg) for leg in pairwise(points))
        values = figures.entry(group.threat)
        is_route = values.choice("motion") == "route"
        speed_m_s = group.speed_m_s or values.value("speed") if is_route else way_m / 500.0
        flight_s = way_m / speed_m_s
        assert way_m < values.value("range_max")
        last_s = group.at_s + (group.count - 1) * group.every_s + flight_s
        assert last_s < scenario.duration_s - 60.0


@pytest.mark.parametrize("name", [*bundled_names(), "new"])
def test_everything_starts_in_the_open_south_atlantic(name):
    scenario = load(name)
    places = [asset.at for asset in scenario.assets.values()]
    places += [group.start for group in scenario.raid.values()]
    places += [place for flow in scenario.civil.values() for place in flow.route]
    for place in places:
        lon, lat = lon_lat(place, scenario.origin)
        assert -30.0 < lat < -24.5
        assert -29.0 < lon < -15.0


def is_inside(point, ring):
    """Return whether a point is in a ring, by counting crossings."""
    x, y = point
    return (
        sum(
            (a[1] > y) != (b[1] > y) and x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])
            for a, b in pairwise(ring)
        )
        % 2
        == 1
    )


def test_assets_and_battalion_stand_on_land_and_the_raid_starts_at_sea(coastal):
    (ring,) = coastal.coastline
    assert ring[0] == ring[-1]
    assert 80 <= len(ring) <= 200
    on_land = [asset.at for asset in coastal.assets.values()]
    on_land += [unit.at for unit in coastal.defence.values()]
    assert all(is_inside(lon_lat(place, coastal.origin), ring) for place in on_land)
    for group in coastal.raid.values():
        assert not is_inside(lon_lat(group.start, coastal.origin), ring)


def test_the_library_tells_names_titles_and_one_line():
    listed = scenarios()
    assert [name for name, _, _ in listed] == bundled_names()
    assert "new" not in bundled_names()
    assert all(title and line and "\n" not in title + line for _, title, line in listed)


@pytest.mark.parametrize("name", bundled_names())
def test_bundled_scenarios_are_named_like_their_files(name):
    assert load(name).name == name


BLOCKS: tuple[type[Document], ...] = (
    Scenario,
    Asset,
    CivilFlow,
    Defence,
    DoctrineBlock,
    Origin,
    Position,
    RaidGroup,
)


def test_the_template_shows_every_key():
    text = template()
    for block in BLOCKS:
        for key in keys(block):
            assert re.search(rf"(^|[ {{#]){key}:", text, re.MULTILINE), f"{block}: {key}"


def test_the_template_runs_as_it_is_and_with_every_line_uncommented(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text(template())
    assert sum(group.count for group in load(path).raid.values()) == 14
    optional = re.compile(r"^( *)# ( *[\w.-]+: ?.*)$", re.MULTILINE)
    full = optional.sub(r"\1\2", template())
    path.write_text(full)
    scenario = load(path)
    assert scenario.raid["cruise"].weave
    assert scenario.coastline
    assert scenario.figures


def test_the_coast_is_geojson_that_says_it_is_invented():
    data = json.loads((library_folder() / "coast.geojson").read_text())
    assert data["type"] == "Feature"
    assert "invented" in data["properties"]["name"]
