"""KML: valid against the OGC's schema with Google's extension, and opened by GDAL."""

import zipfile
from pathlib import Path

import fastkml
import numpy as np
import pyogrio
import pyproj
import pytest
from lxml import etree

from bartizan.archive.document import STATEMENT
from bartizan.exchange.about import instant
from bartizan.exchange.kml import GX, KML, kml, kmz
from tests.exchange.scenes import picture

SCHEMA = Path(fastkml.__file__).parent / "schema" / "kml22gx.xsd"
NAMES = {"k": KML, "gx": GX}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    written = tmp_path_factory.mktemp("kml") / "run.kml"
    written.write_bytes(kml(picture()))
    return written


@pytest.fixture(scope="module")
def tree(file):
    return etree.parse(file)


def track_of(tree, name):
    """Return dates and coordinates of the track of a placemark."""
    (found,) = tree.xpath(f"//k:Placemark[k:name='{name}']/gx:Track", namespaces=NAMES)
    dates = found.xpath("k:when/text()", namespaces=NAMES)
    rows = found.xpath("gx:coord/text()", namespaces=NAMES)
    return dates, np.array([[float(number) for number in row.split()] for row in rows])


def test_it_is_valid(file):
    assert fastkml.validator.validate(schema=SCHEMA, file_to_validate=file)


def test_the_schema_would_notice_a_mistake(file, tmp_path):
    broken = tmp_path / "broken.kml"
    broken.write_text(file.read_text().replace("<altitudeMode>absolute", "<altitudeMode>up"))
    with pytest.raises(AssertionError):
        fastkml.validator.validate(schema=SCHEMA, file_to_validate=broken)


def test_a_track_has_a_date_for_each_place(tree):
    flight = next(each for each in picture().flights if each.name == "ballistic[0]")
    dates, places = track_of(tree, "ballistic[0]")
    assert len(dates) == len(places) > 50
    assert dates[0] == instant(float(flight.time_s[0]))
    assert dates == sorted(dates)
    assert places[0] == pytest.approx(flight.places[0][[1, 0, 2]], abs=0.01)
    assert places[:, 2].max() == pytest.approx(flight.places[:, 2].max(), abs=1.0)


def test_an_envelope_ends_at_the_range_of_its_interceptor(tree):
    (launcher,) = picture().theatre.launchers
    each = launcher.rounds[0]
    name = f"battalion: {each.title} at 10000 m"
    path = f"//k:Placemark[k:name='{name}']//k:outerBoundaryIs//k:coordinates/text()"
    (text,) = tree.xpath(path, namespaces=NAMES)
    lons, lats, _ = np.array([row.split(",") for row in text.split()], float).T
    n = len(lons)
    lat, lon, _ = launcher.place
    away_m = pyproj.Geod(ellps="WGS84").inv([lon] * n, [lat] * n, lons, lats)[2]
    assert away_m == pytest.approx(min(each.range_max_m, launcher.guidance_range_m), rel=3e-3)


def test_gdal_opens_every_folder(file):
    layers = dict(pyogrio.list_layers(file).tolist())
    for name in ("Objects as they were", "Tracks as they were believed", "Interceptors"):
        assert name in layers
    read = pyogrio.raw.read(file, layer="Objects as they were")
    assert len(read[2]) == len(picture().flights)
    names = read[3][list(read[0]["fields"]).index("Name")]
    assert sorted(names) == sorted(flight.name for flight in picture().flights)


def test_a_kmz_holds_the_same(tmp_path):
    written = tmp_path / "run.kmz"
    written.write_bytes(kmz(picture()))
    with zipfile.ZipFile(written) as archive:
        assert archive.read("doc.kml") == kml(picture())


def test_it_says_that_it_is_simulated(tree):
    (name,) = tree.xpath("/k:kml/k:Document/k:name/text()", namespaces=NAMES)
    (words,) = tree.xpath("/k:kml/k:Document/k:description/text()", namespaces=NAMES)
    assert name == "Simulated data: shown, seed 3"
    assert STATEMENT in words
    assert '<b>"quoted"</b>' in words
