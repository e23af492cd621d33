"""From documents to the table of sensors: figures, names, faults and the capacity of plots."""

import math

import numpy as np
import pytest

from bartizan.catalogue import resolve
from bartizan.scenario import Scenario
from bartizan.sense.detection import detection_probability
from bartizan.sense.lower import lower, plots_capacity, sensor_names
from bartizan.sense.radar import SensorMode, mean_snr
from bartizan.world.geodesy import geodetic_from_ecef
from bartizan.world.lower_nets import lower_nets
from bartizan.world.truth import Swerling
from tests.sense.scene import Flight, Run, make_sense, make_world, radar_of

BATTALION = {
    "system": "s-400",
    "at": {"lat": -27.4, "lon": -17.6},
    "facing": "270 deg",
}
RADARS = ("91n6e", "96l6e", "92n6e")


def scenario(**defence):
    return Scenario.model_validate(
        {
            "bartizan": 1,
            "origin": {"lat": -27.4, "lon": -17.6},
            "duration": "10 min",
            "tick": "2 s",
            "defence": defence,
        }
    )


def lowered(perfect=False, **defence):
    document = scenario(**defence)
    return lower(document, resolve(), lower_nets(document, resolve()), perfect)


def test_every_radar_of_every_block_has_a_row():
    both = scenario(north=BATTALION, south=BATTALION)
    sense, faults = lower(both, resolve(), lower_nets(both, resolve()))
    assert faults == []
    names = sensor_names(both, resolve())
    assert names == tuple(f"{block}.{each}" for block in ("north", "south") for each in RADARS)
    assert all(column.shape[0] == len(names) for column in sense[1:])
    assert len(set(sense.sensor_id.tolist())) == len(names)
    assert len(set(sense.scan_phase.tolist())) == len(names)


def test_figures_arrive_in_their_columns():
    sense, _ = lowered(battalion=BATTALION)
    figures = resolve()
    for row, radar in enumerate(RADARS):
        value = figures.entry(radar).value
        assert sense.range_max_m[row] == value("instrumented_range")
        assert sense.scan_period_s[row] == value("scan_period")
        assert sense.sector_half_width_rad[row] == pytest.approx(value("sector_width") / 2)
        snr = mean_snr(radar_of(sense, row), value("reference_range"), value("reference_rcs"))
        found = detection_probability(snr, value("false_alarm_probability"), Swerling.SLOW)
        assert found == pytest.approx(value("reference_detection_probability"), rel=1e-9)
    assert sense.mode.tolist() == [
        SensorMode.ROTATING,
        SensorMode.ROTATING,
        SensorMode.PHASED_ARRAY,
    ]
    assert sense.sector_centre_rad == pytest.approx(math.radians(270.0))
    assert (sense.scan_phase >= 0.0).all()
    assert (sense.scan_phase < 1.0).all()


def test_antennas_stand_above_their_site():
    sense, _ = lowered(battalion=BATTALION)
    latitude, longitude, height = geodetic_from_ecef(*sense.position_ecef_m[0])
    assert math.degrees(latitude) == pytest.approx(-27.4)
    assert math.degrees(longitude) == pytest.approx(-17.6)
    assert height == pytest.approx(resolve().entry("91n6e").value("antenna_height"), abs=1e-3)
    np.testing.assert_allclose(
        sense.enu_from_ecef[0] @ sense.position_ecef_m[0] / 6.37e6, [0, 0, 1], atol=4e-3
    )


def test_overrides_hold_for_their_block_alone():
    longer = BATTALION | {"overrides": {"91n6e.scan_period": "4 s"}}
    sense, _ = lowered(north=longer, south=BATTALION)
    assert sense.scan_period_s[0] == 4.0
    assert sense.scan_period_s[len(RADARS)] == resolve().entry("91n6e").value("scan_period")


def test_a_beam_does_not_depend_on_other_blocks():
    alone, _ = lowered(south=BATTALION)
    both, _ = lowered(north=BATTALION, south=BATTALION)
    np.testing.assert_array_equal(both.scan_phase[len(RADARS) :], alone.scan_phase)
    np.testing.assert_array_equal(both.sensor_id[len(RADARS) :], alone.sensor_id)


@pytest.mark.parametrize(
    ("figure", "given"),
    [
        ("range_min", "900 km"),
        ("elevation_min", "80 deg"),
        ("reference_detection_probability", 1e-7),
        ("false_alarms_per_scan", 1000),
        ("false_alarm_probability", 1e-120),
    ],
)
def test_figures_that_do_not_fit_each_other_are_faults(figure, given):
    block = BATTALION | {"overrides": {f"91n6e.{figure}": given}}
    _, faults = lowered(battalion=block)
    assert any(f"91n6e.{figure}" in fault.problem for fault in faults)
    assert {fault.path for fault in faults} == {"defence.battalion"}
    assert all(fault.allowed and fault.given and fault.remedy for fault in faults)


def test_all_faults_come_at_once_with_their_places():
    unknown = BATTALION | {"system": "s-4000"}
    misspelt = BATTALION | {"overrides": {"91n6e.scan_perod": "4 s", "tracs": 3}}
    sense, faults = lowered(a=unknown, b=misspelt, c=BATTALION)
    assert [fault.path for fault in faults] == [
        "defence.a.system",
        "defence.b.overrides.91n6e.scan_perod",
        "defence.b.overrides.tracs",
    ]
    assert "scan_period" in faults[1].remedy
    assert sense.sensor_id.shape == (len(RADARS),)


@pytest.mark.parametrize("perfect", [False, True])
def test_no_defence_is_no_fault(perfect):
    sense, faults = lowered(perfect)
    assert faults == []
    assert sense.position_ecef_m.shape == (int(perfect), 3)
    assert sense.enu_from_ecef.shape == (int(perfect), 3, 3)
    run = Run(sense, make_world([Flight()])).until(20.0, 2.0)
    assert len(run.rows) == 10 * perfect


def test_perfect_sensing_is_one_sensor_that_covers_everything():
    sense, faults = lowered(True, battalion=BATTALION)
    assert faults == []
    assert sense.perfect
    assert sensor_names(scenario(battalion=BATTALION), resolve(), True) == ("perfect",)
    assert sense.mode.tolist() == [SensorMode.REPORTS]
    assert sense.scan_period_s.tolist() == [2.0]
    assert all(column.shape[0] == 1 for column in sense[1:])
    assert plots_capacity(sense, 17, 2.0) == 17


def test_perfect_sensing_hides_no_fault():
    assert lowered(True, a=BATTALION | {"overrides": {"91n6e.range_min": "900 km"}})[1]


@pytest.mark.parametrize("tick_s", [0.5, 1.0, 10.0])
def test_no_tick_brings_more_plots_than_the_capacity(tick_s):
    radars = (
        {"false_alarms_per_scan": 20.0},
        {"mode": SensorMode.PHASED_ARRAY, "scan_period_s": 1.5, "false_alarms_per_scan": 0.2},
    )
    sense = make_sense(*radars)
    flights = [
        Flight(f"raid.a[{k}]", (9.0 * k, 40.0), (180.0, 8.0), end_s=100.0, rcs_m2=1e6)
        for k in range(40)
    ]
    capacity = plots_capacity(sense, len(flights), tick_s)
    run = Run(sense, make_world(flights), capacity=capacity).until(100.0, tick_s)
    assert len(run.rows) > 500
    assert run.plots.lost[0] == 0
