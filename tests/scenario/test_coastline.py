"""Coastlines: GeoJSON beside the scenario or in it."""

import json

import pytest

from bartizan.errors import DocumentError
from bartizan.scenario import load
from tests.scenario.documents import SMALL

RING = [[-17, -27], [-16, -27], [-16, -28.5], [-17, -27]]
POLYGON = {"type": "Polygon", "coordinates": [RING]}
LINE = {"type": "LineString", "coordinates": RING[:3]}
POINTS = [(-17.0, -27.0), (-16.0, -27.0), (-16.0, -28.5), (-17.0, -27.0)]


def read(tmp_path, geojson, key="coastline: land.geojson\n"):
    text = geojson if isinstance(geojson, bytes) else json.dumps(geojson).encode()
    (tmp_path / "land.geojson").write_bytes(text)
    path = tmp_path / "small.yaml"
    path.write_text(SMALL + key)
    return load(path)


def refused(tmp_path, geojson, key="coastline: land.geojson\n"):
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, geojson, key)
    (fault,) = caught.value.faults
    assert (fault.path.split("[")[0], fault.line) == ("coastline", 27)
    return fault


@pytest.mark.parametrize(
    ("geojson", "n_ring"),
    [
        (POLYGON, 1),
        (LINE, 1),
        ({"type": "MultiPolygon", "coordinates": [[RING, RING], [RING]]}, 3),
        ({"type": "MultiLineString", "coordinates": [RING, RING]}, 2),
        ({"type": "Feature", "geometry": POLYGON, "properties": {}}, 1),
        ({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": LINE}]}, 1),
        ({"type": "GeometryCollection", "geometries": [POLYGON, LINE]}, 2),
        ({"type": "FeatureCollection", "features": []}, 0),
    ],
)
def test_polygons_lines_and_collections_are_read(tmp_path, geojson, n_ring):
    coastline = read(tmp_path, geojson).coastline
    assert len(coastline) == n_ring
    assert all(ring in (POINTS, POINTS[:3]) for ring in coastline)


def test_geojson_may_stand_in_the_scenario_itself(tmp_path):
    assert read(tmp_path, {}, f"coastline: {json.dumps(POLYGON)}\n").coastline == [POINTS]


def test_the_bundled_coast_is_found_from_anywhere(tmp_path):
    (ring,) = read(tmp_path, {}, "coastline: coast.geojson\n").coastline
    assert len(ring) > 80


@pytest.mark.parametrize(
    ("geojson", "problem"),
    [
        ({"type": "Point", "coordinates": [1, 2]}, "not a coastline"),
        ({"type": ["Point"]}, "not a coastline"),
        ({"type": "Feature", "geometry": None}, "not a coastline"),
        ([1, 2], "not a coastline"),
        ("text", "not a coastline"),
        (3, "not a coastline"),
        ({"type": "Polygon", "coordinates": [[[-17, -127], [0, 0]]]}, "a point off the globe"),
        ({"type": "Polygon", "coordinates": [[[True, 2], [0, 0]]]}, "a point off the globe"),
        ({"type": "Polygon", "coordinates": RING}, "not a point"),
        ({"type": "Polygon", "coordinates": [[[1, 2]]]}, "a line needs points"),
        ({"type": "Polygon", "coordinates": 4}, "coordinates are lists of points"),
        ({"type": "Polygon"}, "coordinates are lists of points"),
        ({"type": "MultiPolygon", "coordinates": [4]}, "coordinates are lists of points"),
        (b"{", "is not GeoJSON"),
        (b"[" * 100_000, "is not GeoJSON"),
        (b"9" * 10_000, "is not GeoJSON"),
        (b"", "is not GeoJSON"),
        (b"\xff", "the file is not UTF-8"),
    ],
)
def test_other_geojson_is_refused_at_its_line(tmp_path, geojson, problem):
    assert problem in refused(tmp_path, geojson).problem


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("coastline: lnd.geojson\n", "no such file"),
        ("coastline: .\n", "this is a folder"),
        ('coastline: "a\\0b"\n', "characters that are no text"),
        ("coastline: 4\n", "not a coastline"),
        ("coastline: [[[1, 2], [3, 4, 5, 6]]]\n", "not a point"),
    ],
)
def test_a_coastline_that_is_not_there_is_refused(tmp_path, key, problem):
    assert problem in refused(tmp_path, POLYGON, key).problem


def test_a_coastline_that_is_not_there_names_the_nearest(tmp_path):
    fault = refused(tmp_path, POLYGON, "coastline: lnd.geojson\n")
    assert fault.remedy == "did you mean 'land.geojson'?"
    assert fault.given.endswith("lnd.geojson")
