"""The theatre: everything of a scenario that a map shows is there, and where it should be."""

import json

import numpy as np
import pyproj
import pytest

import bartizan
from bartizan.errors import DocumentError, RunError
from bartizan.simulate.lower import lower
from bartizan.theatre.recorded import has_changed, theatre_of_run
from bartizan.theatre.theatre import theatre_of
from tests.theatre.scenes import FEATURES, figures_of, scene

GEODESIC = pyproj.Geod(ellps="WGS84")
SCENARIO = scene()
THEATRE = theatre_of(SCENARIO, figures_of(SCENARIO))


def away_m(one, other):
    return GEODESIC.inv(one[1], one[0], other[1], other[0])[2]


def from_origin(place):
    azimuth, _, away = GEODESIC.inv(THEATRE.origin[1], THEATRE.origin[0], place[1], place[0])
    return azimuth % 360.0, away


def test_coast_is_latitude_longitude_at_sea_level():
    (line,) = THEATRE.coast
    assert line.tolist() == [[-27.0, -17.6, 0.0], [-27.8, -17.5, 0.0]]


def test_a_unit_that_is_attacked_stands_among_the_assets():
    port, battalion = THEATRE.assets
    assert (port.name, port.block, port.value, port.hits) == ("port", "", 6.0, 4)
    assert (battalion.name, battalion.block) == ("battalion", "battalion")
    assert from_origin(port.place)[1] == pytest.approx(np.hypot(2e3, 9e3), abs=1.0)


def test_radars_stand_with_their_unit_as_high_as_their_antenna():
    assert [(r.name, r.net, r.role) for r in THEATRE.radars] == [
        ("battalion.91n6e", "republic", "acquisition"),
        ("battalion.96l6e", "republic", "acquisition"),
        ("battalion.92n6e", "republic", "engagement"),
        ("watch.aew-radar", "allies", "acquisition"),
    ]
    for radar in THEATRE.radars:
        block = next(block for block in THEATRE.blocks if block.name == radar.block)
        assert away_m(radar.place, block.place) < 0.01
        assert radar.place[2] == pytest.approx(radar.antenna_height_m, abs=1e-3)
    guide = THEATRE.radars[2]
    assert guide.sector_centre_deg == pytest.approx(270.0)
    assert guide.sector_width_deg == pytest.approx(120.0)


def test_launchers_hold_what_is_loaded():
    plan, _ = lower(SCENARIO, figures_of(SCENARIO), perfect=False)
    (launcher,) = THEATRE.launchers
    assert launcher.block == "battalion"
    assert {r.entry for r in launcher.rounds} == {"40n6e", "48n6e3", "9m96e2"}
    assert [r.number for r in launcher.rounds] == plan.force.unit_rounds[0].tolist()
    for interceptor in launcher.rounds:
        assert interceptor.range_max_m > interceptor.range_min_m >= 0.0


def test_a_link_runs_from_one_net_to_the_other():
    (link,) = THEATRE.links
    watch, battalion = (
        next(block.place for block in THEATRE.blocks if block.name == name)
        for name in ("watch", "battalion")
    )
    assert (link.source, link.to, link.entry) == ("allies", "republic", "data-link")
    assert away_m(link.places[0], watch) < 0.01
    assert away_m(link.places[-1], battalion) < 0.01


def test_a_zone_is_closed_and_has_its_heights_and_times():
    (zone,) = THEATRE.zones
    assert zone.rule == "safe-corridor"
    assert len(zone.places) == 4
    assert (zone.places[0] == zone.places[-1]).all()
    assert (zone.floor_m, zone.ceiling_m, zone.begin_s) == (1000.0, 4000.0, 60.0)


def test_an_axis_runs_over_its_points_to_its_aim():
    axis = THEATRE.axes[0]
    assert (axis.name, axis.threat, axis.target, axis.number) == (
        *("cruise", "cruise-missile", "port", 3),
    )
    assert from_origin(axis.places[0]) == pytest.approx((265.0, 90e3), abs=1.0)
    assert min(abs(from_origin(p)[1] - 60e3) for p in axis.places) < 1.0
    assert away_m(axis.places[-1], THEATRE.assets[0].place) < 1.0
    steps_m = [away_m(a, b) for a, b in zip(axis.places, axis.places[1:], strict=False)]
    assert max(steps_m) <= 20_001.0
    assert not axis.is_ballistic


def test_the_axis_of_a_ballistic_group_is_its_arc():
    axis = THEATRE.axes[1]
    assert axis.is_ballistic
    heights_m = axis.places[:, 2]
    assert heights_m.argmax() == pytest.approx(len(heights_m) / 2, abs=2)
    # The apogee of the arc of least energy is a quarter of its range.
    assert heights_m.max() == pytest.approx(288e3 / 4.0, rel=0.05)
    assert abs(heights_m[[0, -1]]).max() < 1.0


def test_routes_tell_whose_they_are():
    airway, patrol = THEATRE.routes
    assert (airway.side, airway.is_both_ways, airway.number) == ("civil", True, 4)
    assert (patrol.side, patrol.aircraft) == ("friend", "light-aircraft")
    assert from_origin(airway.places[0])[1] == pytest.approx(np.hypot(45e3, 90e3), rel=1e-5)


def test_kinds_tell_cross_sections_and_numbers_of_each_side():
    kinds = {(kind.entry, kind.side): kind for kind in THEATRE.kinds}
    assert kinds["cruise-missile", "hostile"].number == 3
    assert kinds["airliner", "civil"].number == 4
    assert kinds["light-aircraft", "friend"].number == 1
    assert kinds["cruise-missile", "hostile"].rcs_m2 == pytest.approx(0.15)


def test_recorded_aircraft_have_the_way_that_they_flew(tmp_path):
    rows = ["time_s,id,lat_deg,lon_deg,altitude_m"]
    flown = [(0, -27.0, -17.9, 9000), (60, -27.1, -17.9, 9500), (120, -27.1, -17.7, 10000)]
    rows += [f"{t},3c6444,{lat},{lon},{height}" for t, lat, lon, height in flown]
    (tmp_path / "flown.csv").write_text("\n".join(rows) + "\n")
    civil = {"recorded": {"aircraft": "airliner", "states": "flown.csv"}}
    (tmp_path / "scene.yaml").write_text(json.dumps({**FEATURES, "civil": civil}))
    scenario = bartizan.load(tmp_path / "scene.yaml")
    (route,) = theatre_of(scenario, figures_of(scenario)).routes
    assert route.is_recorded
    for place, (_, lat, lon, height_m) in zip(route.places, flown, strict=True):
        assert away_m(place, (lat, lon)) < 1.0
        assert place[2] == pytest.approx(height_m, abs=1.0)


def test_a_scenario_that_cannot_fly_is_refused():
    raid = {
        "far": {
            **FEATURES["raid"]["ballistic"],
            "from": {"bearing": "280 deg", "range": "900 km"},
        }
    }
    broken = scene(raid=raid)
    with pytest.raises(DocumentError, match="farther from its aim than it flies"):
        theatre_of(broken, figures_of(broken))


def test_a_run_has_the_theatre_it_was_flown_in(tmp_path):
    run = bartizan.run(
        FEATURES,
        sets=["duration=5 min", "assets.port.hits=9", "raid.cruise.count=1"],
        record="none",
        figures="pessimistic",
        out=tmp_path / "run",
    )
    theatre = theatre_of_run(bartizan.open_run(run.directory))
    assert theatre.assets[0].hits == 9
    assert theatre.axes[0].number == 1
    assert (
        theatre.launchers[0].rounds[0].range_max_m <= THEATRE.launchers[0].rounds[0].range_max_m
    )
    assert not has_changed(run)


def test_a_run_in_no_folder_says_how_to_get_one():
    run = bartizan.run(FEATURES, sets=["duration=5 min"], record="none")
    with pytest.raises(RunError, match="lies in no folder"):
        theatre_of_run(run)
