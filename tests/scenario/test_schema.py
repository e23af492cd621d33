"""The scenario as the stages see it: SI attributes, defaults, identity."""

import math
import pickle
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from bartizan.errors import DocumentError, Fault
from bartizan.scenario import load
from bartizan.scenario.place import Origin, Position, latitude_longitude
from bartizan.scenario.schema import Scenario
from bartizan.scenario.tree import read_tree
from tests.scenario.documents import SMALL


def document():
    return read_tree(SMALL).data


def test_quantities_are_si_and_angles_radians():
    scenario = load(document())
    group = scenario.raid["cruise"]
    assert scenario.duration_s == 600.0
    assert scenario.origin.lat_rad == pytest.approx(math.radians(-27.4))
    assert group.start.bearing_rad == pytest.approx(math.radians(265.0))
    assert group.start.range_m == 120e3
    assert (group.start.east_m, group.start.lat_rad) == (None, None)
    assert scenario.civil["airway"].at_s == -480.0


def test_defaults_are_those_of_the_format():
    scenario = load(document())
    group, flow = scenario.raid["cruise"], scenario.civil["airway"]
    assert (scenario.tick_s, scenario.coastline, scenario.figures) == (1.0, None, {})
    assert (scenario.doctrine.use, scenario.doctrine.roe) == (
        "shoot-look-shoot",
        "weapons-tight",
    )
    assert (group.at_s, group.spread_m, group.speed_m_s, group.weave) == (0.0, 0.0, None, False)
    assert (group.formation, group.spacing_m, group.dive_m) == ("line", 500.0, None)
    assert (flow.transponder, flow.both_ways) == (True, False)
    assert (scenario.assets["port"].hits, scenario.defence["battalion"].facing_rad) == (1, 0.0)


def test_the_text_as_read_is_kept(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    scenario = load(path, ["raid.cruise.count=4"])
    assert scenario.text == SMALL
    assert scenario.file == str(path)
    assert scenario.document["raid"]["cruise"]["count"] == 4
    assert load(scenario.document).scenario_hash == scenario.scenario_hash


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load(path).scenario_hash == load(document()).scenario_hash


def test_the_hash_is_blind_to_comments_order_of_keys_and_units():
    data = document()
    turned = dict(reversed(data.items())) | {"duration": "600 s", "tick": "1 s"}
    turned["raid"] = {
        name: dict(reversed(group.items())) for name, group in data["raid"].items()
    }
    assert load(turned).scenario_hash == load(data).scenario_hash
    turned["raid"]["cruise"]["count"] += 1
    assert load(turned).scenario_hash != load(data).scenario_hash


def test_faults_of_a_stage_are_placed_on_their_lines(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    scenario = load(path, ["raid.cruise.spread=3 km"])
    given = [
        Fault("raid.cruise.count", "a"),
        Fault("raid.cruise[3]", "b"),
        Fault("raid.cruise.dive", "c"),
        Fault("raid.cruise.spread", "d"),
        Fault("nowhere", "e"),
    ]
    found = {fault.problem: (fault.file, fault.line) for fault in scenario.placed(given)}
    assert found == {
        "a": (str(path), 14),
        "b": (str(path), 12),
        "c": (str(path), 12),
        "d": ("--set raid.cruise.spread=3 km", 0),
        "e": (str(path), 1),
    }


def test_a_plain_document_has_the_same_faults_without_lines():
    data = document()
    data["raid"]["cruise"]["count"] = -3
    with pytest.raises(DocumentError) as caught:
        load(data)
    assert str(caught.value).startswith("raid.cruise.count: out of range\n")


def test_an_empty_key_is_as_good_as_absent():
    data = document() | {"civil": None, "figures": None, "doctrine": None}
    assert load(data).civil == {}


def test_a_scenario_goes_to_another_process(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    scenario = pickle.loads(pickle.dumps(load(path, ["raid.cruise.count=4"])))
    assert scenario.overrides == ["raid.cruise.count=4"]
    assert scenario.set("raid.cruise.count", 5).raid["cruise"].count == 5


def test_blocks_are_frozen():
    with pytest.raises(ValueError, match="frozen"):
        load(document()).raid["cruise"].count = 3


def test_every_key_is_described():
    def described(schema):
        for block in [schema, *schema.get("$defs", {}).values()]:
            for key, field in block["properties"].items():
                assert field.get("description", "").endswith("."), key

    described(Scenario.model_json_schema(by_alias=True, mode="serialization"))


def test_importing_the_room_is_light():
    heavy = "('numpy', 'numba', 'pyarrow', 'ortools', 'scipy')"
    code = (
        "import sys, bartizan.scenario as s; s.load('coastal-raid');"
        f" sys.exit(any(name in sys.modules for name in {heavy}))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(
    east_km=st.floats(-150.0, 150.0),
    north_km=st.floats(-150.0, 150.0),
    lat_deg=st.floats(-70.0, 70.0),
)
@settings(deadline=None, max_examples=50)
def test_offsets_lie_where_geodesy_puts_them_within_one_percent(east_km, north_km, lat_deg):
    origin = Origin.model_validate({"lat": lat_deg, "lon": -17.6})
    place = Position.model_validate({"east": f"{east_km} km", "north": f"{north_km} km"})
    lat_rad, lon_rad = latitude_longitude(place, origin)
    azimuth_deg = math.degrees(math.atan2(east_km, north_km))
    way_m = 1e3 * math.hypot(east_km, north_km)
    geod = Geod(ellps="WGS84")
    lon, lat, _ = geod.fwd(-17.6, lat_deg, azimuth_deg, way_m)
    off_m = geod.inv(lon, lat, math.degrees(lon_rad), math.degrees(lat_rad))[2]
    assert off_m <= 0.01 * way_m + 1e-6


def test_an_offset_over_a_pole_is_refused():
    data = document() | {"origin": {"lat": 89.0, "lon": 0}}
    data["assets"]["port"]["at"] = {"east": "0 km", "north": "110 km"}
    with pytest.raises(DocumentError, match=r"assets.port.at: too near a pole"):
        load(data)


def test_numbers_of_arrays_and_endless_ones_are_taken_as_plain():
    scenario = load(document()).set("raid.cruise.count", np.int64(5))
    assert scenario.overrides == ["raid.cruise.count=5"]
    with pytest.raises(DocumentError, match=r"not a time|not a finite number"):
        scenario.set("duration", 10**5000)
