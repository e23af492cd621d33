"""The theatre: whatever a scenario places stands within 3 000 km of its origin."""

import pytest

from bartizan.errors import DocumentError
from bartizan.scenario import load
from tests.scenario.documents import SMALL

PLACES = [
    ("assets.port.at", "{east: 2 km, north: 9 km}", 6),
    ("defence.battalion.at", "{east: 8 km, north: 2 km}", 10),
    ("raid.cruise.from", "{bearing: 265 deg, range: 120 km}", 15),
    ("raid.cruise.via[0]", "{lat: -27.4, lon: -18.2}", 16),
    ("civil.airway.route[1]", "{east: 0 km, north: -150 km}", 25),
]


def faults_of(tmp_path, text):
    path = tmp_path / "small.yaml"
    path.write_text(text)
    with pytest.raises(DocumentError) as caught:
        load(path)
    return caught.value.faults


@pytest.mark.parametrize(("path", "place", "line"), PLACES)
def test_a_place_outside_the_theatre_is_told_with_its_distance(tmp_path, path, place, line):
    (fault,) = faults_of(tmp_path, SMALL.replace(place, "{lat: 27.4, lon: -17.6}"))
    assert (fault.path, fault.line, fault.problem) == (path, line, "outside the theatre")
    assert fault.given == "6093 km away"
    assert fault.allowed == "at most 3000 km from the origin"
    assert fault.remedy == "check the sign of its lat"


@pytest.mark.parametrize(
    ("place", "remedy"),
    [
        ("{lat: -27.4, lon: 17.6}", "check the sign of its lon"),
        ("{lat: -17.6, lon: -27.4}", ""),
        ("{lat: 50, lon: 100}", "move it, or set the origin near to what is fought over"),
    ],
)
def test_the_remedy_names_the_likely_slip(tmp_path, place, remedy):
    text = SMALL.replace(PLACES[0][1], place)
    if remedy:
        assert [fault.remedy for fault in faults_of(tmp_path, text)] == [remedy]
    else:
        (tmp_path / "small.yaml").write_text(text)
        load(tmp_path / "small.yaml")


def test_an_exchange_of_latitude_and_longitude_is_told(tmp_path):
    text = SMALL.replace("lat: -27.4, lon: -17.6", "lat: 10, lon: 60")
    text = text.replace(PLACES[3][1], "{lat: 10, lon: 60}")
    text = text.replace(PLACES[0][1], "{lat: 60, lon: 10}")
    assert [fault.remedy for fault in faults_of(tmp_path, text)] == [
        "check whether lat and lon are exchanged"
    ]


@pytest.mark.parametrize(("lat_deg", "is_within"), [(-0.5, True), (-0.3, False)])
def test_the_bound_is_three_thousand_kilometres(tmp_path, lat_deg, is_within):
    text = SMALL.replace(PLACES[3][1], f"{{lat: {lat_deg}, lon: -17.6}}")
    if is_within:
        (tmp_path / "small.yaml").write_text(text)
        load(tmp_path / "small.yaml")
    else:
        (fault,) = faults_of(tmp_path, text)
        assert fault.given.startswith("30")
