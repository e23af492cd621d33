"""GeoJSON, as GDAL reads it."""

import json

import numpy as np
import pyogrio
import pytest

from bartizan.archive.document import STATEMENT
from bartizan.exchange.geojson import geojson
from tests.exchange.scenes import picture, truth_at


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    written = tmp_path_factory.mktemp("geojson") / "run.geojson"
    written.write_bytes(geojson(picture()))
    return written


@pytest.fixture(scope="module")
def features(file):
    return json.loads(file.read_bytes())["features"]


def named(features, what, name):
    return next(
        each for each in features
        if (each["properties"]["what"], each["properties"]["name"]) == (what, name)
    )  # fmt: skip


def test_gdal_reads_every_feature(file, features):
    meta, _, shapes, columns = pyogrio.raw.read(file)
    assert len(shapes) == len(features)
    assert meta["crs"] == "EPSG:4979" or "4326" in meta["crs"]
    fields = dict(zip(meta["fields"].tolist(), columns, strict=True))
    assert sorted(set(fields["what"])) == [
        *(
            "asset",
            "axis",
            "coast",
            "coverage",
            "envelope",
            "link",
            "object",
            "radar",
            "round",
            "route",
        ),
        *("track", "unit", "zone"),
    ]
    lons = pyogrio.read_info(file, force_total_bounds=True)["total_bounds"]
    assert lons[0] == pytest.approx(-22.0, abs=2.0)


def test_a_way_has_a_time_for_each_point(features):
    found = named(features, "object", "cruise[0]")
    points, times = found["geometry"]["coordinates"], found["properties"]["time_s"]
    assert len(points) == len(times)
    row = truth_at("cruise[0]", times[0])
    assert points[0] == pytest.approx(
        [row["lon_deg"], row["lat_deg"], row["height_m"]], abs=0.01
    )
    assert found["properties"]["fate"] in ("killed", "leaked")


def test_polygons_run_as_rfc_7946_has_it(features):
    polygons = [each for each in features if each["geometry"]["type"] == "Polygon"]
    assert {each["properties"]["what"] for each in polygons} == {"coverage", "envelope", "zone"}
    for polygon in polygons:
        for k, ring in enumerate(polygon["geometry"]["coordinates"]):
            lon, lat = np.array(ring)[:, :2].T
            twice_area = np.sum(lon[:-1] * lat[1:] - lon[1:] * lat[:-1])
            assert (twice_area > 0.0) == (k == 0)
            assert ring[0] == ring[-1]


def test_a_way_across_the_date_line_makes_no_jump():
    def turned(flight):
        places = np.add(flight.places, [0.0, 197.65, 0.0])
        places[:, 1] = np.mod(places[:, 1] + 180.0, 360.0) - 180.0
        return flight._replace(places=places)

    flights = tuple(map(turned, picture().flights))
    assert any(np.abs(np.diff(each.places[:, 1])).max() > 300.0 for each in flights)
    document = json.loads(geojson(picture()._replace(flights=flights)))
    for each in document["features"]:
        if each["geometry"]["type"] == "LineString":
            lons = np.array(each["geometry"]["coordinates"])[:, 0]
            assert np.abs(np.diff(lons)).max() < 5.0


def test_ids_are_unique(features):
    ids = [each["id"] for each in features]
    assert len(set(ids)) == len(ids)


def test_it_says_that_it_is_simulated(file):
    about = json.loads(file.read_bytes())["bartizan"]
    assert about["notice"] == "Simulated data"
    assert about["statement"] == STATEMENT
    assert (about["scenario"], about["seed"], about["version"]) == ("shown", 3, "0.1.0")
