"""CZML, as CesiumJS reads it: offline, without a token, in a headless Chromium."""

import json
import os

import numpy as np
import pyproj
import pytest

from bartizan.archive.document import STATEMENT
from bartizan.exchange.about import instant
from bartizan.exchange.czml import czml
from bartizan.exchange.thin import enough
from bartizan.simulate.lower import lower
from bartizan.theatre.recorded import figures_of_run, scenario_of
from bartizan.world.motion import position_velocity
from tests.browser import Watched
from tests.exchange.scenes import FLOWN, flown, picture, truth_at
from tests.source import ROOT

CESIUM = ROOT / "tests/exchange/node_modules/cesium/Build/Cesium/Cesium.js"
ECEF = pyproj.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)

APP_6 = {
    "unknown": (232, 185, 35),
    "hostile": (213, 43, 30),
    "civil": (31, 158, 88),
    "friend": (45, 127, 221),
}
POSITION = """([id, date]) => {
  const at = source.entities.getById(id).position.getValue(Cesium.JulianDate.fromIso8601(date));
  return at ? [at.x, at.y, at.z] : null;
}"""


@pytest.fixture(scope="module")
def cesium(browser):
    """A page in which Cesium holds what was exported."""
    if not CESIUM.is_file():
        if os.environ.get("CI"):
            pytest.fail(f"{CESIUM} is not there: make tests/exchange/node_modules")
        pytest.skip("CesiumJS is not installed (make tests/exchange/node_modules)")
    watched = Watched(browser)
    watched.page.add_script_tag(path=str(CESIUM))
    watched.page.evaluate(
        "async text => { window.source = await Cesium.CzmlDataSource.load(JSON.parse(text)); }",
        czml(picture()).decode(),
    )
    yield watched
    assert watched.errors == []
    assert watched.requests == []
    watched.page.close()


def position_of(cesium, name, time_s):
    return cesium.page.evaluate(POSITION, [name, instant(time_s)])


def of(cesium, name, what):
    """Return something of an entity."""
    return cesium.page.evaluate(
        f"id => {{ const entity = source.entities.getById(id); return {what}; }}", name
    )


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("name", ["cruise[0]", "ballistic[1]", "airway[2]"])
def test_positions_agree_with_the_run_to_a_metre(cesium, name, share):
    flight = next(each for each in picture().flights if each.name == name)
    time_s = float(flight.time_s[int(share * (len(flight.time_s) - 1))])
    row = truth_at(name, time_s)
    there = ECEF.transform(row["lon_deg"], row["lat_deg"], row["height_m"])
    assert (
        np.linalg.norm(np.subtract(position_of(cesium, f"objects/{name}", time_s), there)) < 1
    )


def test_arcs_are_nowhere_ten_metres_beside_the_motion(cesium):
    run = flown()
    scenario = scenario_of(run)
    plan, _ = lower(scenario, figures_of_run(run, scenario), perfect=False)
    for name in ("ballistic[0]", "cruise[1]"):
        flight = next(each for each in picture().flights if each.name == name)
        row = plan.names.targets.index(name)
        times = np.linspace(flight.time_s[0] + 0.5, flight.time_s[-1] - 0.5, 60).round(3)
        for time_s in times.tolist():
            there = position_velocity(plan.world, row, time_s)[:3]
            here = position_of(cesium, f"objects/{name}", time_s)
            assert np.linalg.norm(np.subtract(here, there)) < 10.0


def test_an_object_is_there_from_its_first_sample_to_its_end(cesium):
    flight = next(each for each in picture().flights if each.fate == "killed")
    name, end_s = f"objects/{flight.name}", float(flight.time_s[-1])
    kill = next(e for e in picture().events if e.kind == "kill" and e.object == flight.name)
    assert end_s == pytest.approx(kill.time_s, abs=1e-3)

    def is_there(time_s):
        date = f"Cesium.JulianDate.fromIso8601('{instant(time_s)}')"
        return of(cesium, name, f"entity.isAvailable({date})")

    times = (end_s - 1.0, end_s + 0.01, float(flight.time_s[0]) - 0.01)
    assert [is_there(time_s) for time_s in times] == [True, False, False]


def test_objects_have_labels_and_trails(cesium):
    assert of(cesium, "objects/cruise[0]", "entity.label.text.getValue()") == "cruise[0]"
    assert of(cesium, "objects/cruise[0]", "entity.path.trailTime.getValue()") == 90.0
    assert of(cesium, "objects/cruise[0]", "entity.path.leadTime.getValue()") == 0.0
    assert of(cesium, "objects/cruise[0]", "entity.properties.side.getValue()") == "hostile"


def test_coverage_is_a_polygon_at_its_altitude_with_its_hole(cesium):
    (cover, *_) = [each for each in picture().covers if each.altitude_m == 10_000.0]
    name = f"coverage/{cover.radar}/10000"
    size = "[h.positions.length, h.holes.length, entity.polygon.height.getValue()]"
    found = of(cesium, name, f"(h => {size})(entity.polygon.hierarchy.getValue())")
    assert found == [len(cover.ring.outline) - 1, 1, 10_000.0]


def test_a_track_has_the_colour_of_what_it_was_taken_for(cesium):
    trail = next(t for t in picture().trails if len(t.identities()) > 1)
    (_, before), (change_s, after) = trail.identities()[:2]
    assert before != after
    for time_s, identity in ((change_s - 1.0, before), (change_s + 1.0, after)):
        date = f"Cesium.JulianDate.fromIso8601('{instant(time_s)}')"
        colour = f"entity.point.color.getValue({date}).toBytes()"
        found = of(cesium, f"tracks/{trail.track_id}", colour)
        assert found == [*APP_6[identity], 255]


def test_a_round_flies_from_its_launcher_to_what_it_met(cesium):
    shot = next(each for each in picture().shots if each.outcome == "killed")
    begin_s, end_s = shot.time_s
    (launcher,) = picture().theatre.launchers
    lat, lon, height_m = launcher.place
    start = ECEF.transform(lon, lat, height_m)
    here = position_of(cesium, f"rounds/{shot.name}", begin_s)
    assert np.linalg.norm(np.subtract(here, start)) < 1.0
    ends = [position_of(cesium, each, end_s - 1e-3)
            for each in (f"rounds/{shot.name}", f"objects/{shot.target}")]  # fmt: skip
    assert np.linalg.norm(np.subtract(*ends)) < 10.0


def test_it_says_that_it_is_simulated(cesium):
    name = cesium.page.evaluate("source.name")
    assert name == f"Simulated data: {FLOWN['name']}, seed 3"
    about = of(cesium, "about", "entity.description.getValue()")
    assert STATEMENT in about
    assert of(cesium, "about", "entity.properties.version.getValue()") == "0.1.0"
    assert "Fish &amp; chips, &lt;b&gt;" in about


def test_the_clock_is_that_of_the_run(cesium):
    span = "[source.clock.startTime, source.clock.stopTime].map(t => t.toString())"
    start, stop = cesium.page.evaluate(span)
    assert start == "2000-01-01T00:00:00Z"
    assert stop == "2000-01-01T00:11:00Z"


def test_every_packet_has_an_id_of_its_own():
    ids = [packet["id"] for packet in json.loads(czml(picture()))]
    assert len(set(ids)) == len(ids)


def test_thinning_keeps_every_sample_near_the_lines():
    for flight in picture().flights:
        rows = enough(flight.time_s, flight.ecef_m, 0.5)
        line = [np.interp(flight.time_s, flight.time_s[rows], flight.ecef_m[rows, k])
                for k in range(3)]  # fmt: skip
        assert np.linalg.norm(np.array(line).T - flight.ecef_m, axis=1).max() <= 0.5
    airliner = next(each for each in picture().flights if each.side == "civil")
    assert len(enough(airliner.time_s, airliner.ecef_m, 0.5)) < 0.2 * len(airliner.time_s)
