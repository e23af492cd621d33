"""The scan: the slow twin, tick independence, fog of war, statistics and the calendar."""

import math
from itertools import product

import numpy as np
import pytest

from bartizan.events import EventKind
from bartizan.rng import stable_id
from bartizan.sense.detection import detection_probability
from bartizan.sense.look import Outcome, echo_of, look_once
from bartizan.sense.plots import IffReply
from bartizan.sense.radar import SensorMode, mean_snr
from bartizan.sense.scan import scan
from bartizan.world.motion import position_velocity
from bartizan.world.truth import Phase, Side, Swerling, Transponder
from tests.naive import sense as naive
from tests.sense.scene import KEY, Flight, Run, make_sense, make_world, radar_of, where_in
from tests.sense.test_plots import assert_same

pytestmark = pytest.mark.kernels

ROTATING = {"false_alarms_per_scan": 2.0}
SECTOR = {
    "mode": SensorMode.PHASED_ARRAY,
    "scan_period_s": 2.5,
    "sector_centre_rad": math.radians(270.0),
    "sector_half_width_rad": math.radians(60.0),
    "iff_reply_probability": 0.0,
    "false_alarms_per_scan": 1.0,
}
FLIGHTS = [
    Flight("raid.a[0]", (265.0, 60.0), (265.0, 30.0), end_s=100.0),
    Flight("raid.a[1]", (300.0, 170.0), (100.0, 150.0), 11e3, -20.0, 900.0, 20.0),
    Flight("raid.low[0]", (280.0, 70.0), (280.0, 25.0), 50.0, 5.0, 130.0, 1.0),
    Flight("raid.over[0]", (0.0, 20.0), (180.0, 20.0), 9e3, 30.0, 160.0, 2.0, Swerling.STEADY),
    Flight("raid.small[0]", (225.0, 150.0), (230.0, 90.0), 3e3, 12.3, 90.0, 0.3, 3),
    Flight(
        "civil.b[0]", (20.0, 80.0), (90.0, 60.0), 10e3, 0.0, 200.0, 30.0, 3,
        Side.CIVIL, Transponder.CIVIL,
    ),
]  # fmt: skip


def in_order(rows):
    naive.order_plots(rows)
    return rows


@pytest.mark.parametrize("radars", [(ROTATING,), (SECTOR,), (ROTATING, SECTOR)])
def test_the_scan_is_that_of_the_twin(radars):
    sense, world = make_sense(*radars), make_world(FLIGHTS)
    expected = naive.scan(sense, world, where_in(world), KEY, 60.0)
    assert len(expected) > 20
    assert_same(in_order(Run(sense, world).until(60.0).rows), expected)


@pytest.mark.parametrize("time_s", [20.0, 50.0, 80.0])
def test_a_look_is_that_of_the_twin(time_s):
    sense, world = make_sense(ROTATING, SECTOR), make_world(FLIGHTS)
    words = {
        Outcome.OUTSIDE: "",
        Outcome.BELOW_HORIZON: "covered",
        Outcome.UNSEEN: "above horizon",
        Outcome.SEEN: "seen",
    }
    for r, i in product(range(2), range(len(FLIGHTS))):
        rows: list[dict] = []
        expected = naive.look_once(sense, world, where_in(world), rows, KEY, i, r, 7, time_s)
        where = position_velocity(world, i, time_s)[:3]
        found = look_once(radar_of(sense, r), echo_of(world, i), KEY, 7, *where, 1.0)
        assert words[found.outcome] == expected
        for name in ("range_m", "azimuth_rad", "elevation_rad", "snr_power", "iff_reply"):
            cell = rows[0][name] if rows else IffReply.NOT_ASKED if "iff" in name else math.nan
            assert getattr(found, name) == pytest.approx(cell, nan_ok=True), name


def test_an_echo_is_a_row_of_the_world():
    world = make_world(FLIGHTS)
    for i in range(len(FLIGHTS)):
        assert echo_of(world, i)._asdict() == naive.echo_of(world, i)


@pytest.mark.parametrize("tick_s", [0.5, 2.0, 10.0])
def test_the_tick_changes_no_look(tick_s):
    sense, world = make_sense(ROTATING, SECTOR), make_world(FLIGHTS)
    ours, theirs = Run(sense, world).until(200.0), Run(sense, world).until(200.0, tick_s)
    assert repr(in_order(ours.rows)) == repr(in_order(theirs.rows))
    np.testing.assert_array_equal(ours.looks.look, theirs.looks.look)
    np.testing.assert_array_equal(ours.looks.first_detected_s, theirs.looks.first_detected_s)
    np.testing.assert_array_equal(ours.looks.last_detected_s, theirs.looks.last_detected_s)


def test_the_order_of_objects_leaves_no_trace_in_the_plots():
    sense = make_sense(ROTATING, SECTOR)
    ours = Run(sense, make_world(FLIGHTS)).until(100.0, 5.0)
    theirs = Run(sense, make_world(FLIGHTS[::-1])).until(100.0, 5.0)
    assert repr(ours.rows) == repr(theirs.rows)


def test_other_objects_and_radars_change_no_plot():
    alone = Run(make_sense({}), make_world(FLIGHTS[:1])).until(100.0).rows
    crowd = Run(make_sense({}, SECTOR), make_world(FLIGHTS)).until(100.0).rows
    assert len(alone) > 5
    assert {repr(row) for row in alone} <= {repr(row) for row in crowd}


def test_other_runs_have_other_plots():
    sense, world = make_sense({}), make_world(FLIGHTS)
    ours = Run(sense, world).until(60.0).rows
    theirs = Run(sense, world, stable_id("another seed")).until(60.0).rows
    assert not {row["range_m"] for row in ours} & {row["range_m"] for row in theirs}


@pytest.mark.parametrize("swerling", list(Swerling))
@pytest.mark.parametrize("range_km", [110.0, 150.0, 190.0])
def test_objects_are_detected_as_often_as_their_range_says(swerling, range_km):
    n = 400
    ring = [((0.9 * k, range_km), (0.9 * k, range_km - 0.1)) for k in range(n)]
    flights = [
        Flight(f"raid.a[{k}]", *ends, rcs_m2=1.0, swerling=swerling)
        for k, ends in enumerate(ring)
    ]
    sense = make_sense({})
    run = Run(sense, make_world(flights), capacity=1000).until(30.0)
    looks = int(run.looks.look.sum())
    expected = detection_probability(
        mean_snr(radar_of(sense, 0), range_km * 1e3, 1.0), 1e-6, swerling
    )
    assert looks == pytest.approx(n * 5, abs=n)
    spread = 4 * math.sqrt(expected * (1 - expected) / looks)
    assert len(run.rows) / looks == pytest.approx(expected, abs=spread + 0.005)


def test_errors_are_as_large_as_the_plots_state():
    n = 200
    turn = 360.0 / n
    ring = [((k * turn, 100.0), (k * turn, 99.9)) for k in range(n)]
    flights = [
        Flight(f"raid.a[{k}]", *ends, rcs_m2=20.0, swerling=Swerling.STEADY)
        for k, ends in enumerate(ring)
    ]
    sense, world = make_sense({}), make_world(flights)
    errors = []
    for row in Run(sense, world).until(30.0).rows:
        i = round(math.degrees(row["azimuth_rad"]) / turn) % n
        true = naive.polar(sense, 0, where_in(world)(i, row["time_s"]))
        names = ("range_m", "azimuth_rad", "elevation_rad")
        wrong = [row[name] - place for name, place in zip(names, true, strict=True)]
        wrong[1] = math.remainder(wrong[1], 2 * math.pi)
        errors.append(np.array(wrong) / [row[f"sigma_{name}"] for name in names])
    assert len(errors) == pytest.approx(5 * n, abs=n)
    spread = 4 / math.sqrt(len(errors))
    np.testing.assert_allclose(np.mean(errors, axis=0), 0.0, atol=spread)
    np.testing.assert_allclose(np.cov(errors, rowvar=False), np.eye(3), atol=1.5 * spread)


def test_nothing_is_seen_beyond_range_sector_and_elevation():
    sense = make_sense(SECTOR | {"false_alarms_per_scan": 0.0, "range_max_m": 60e3})
    flights = [
        Flight("raid.far[0]", (270.0, 100.0), (270.0, 65.0), end_s=60.0, rcs_m2=1e6),
        Flight("raid.aside[0]", (100.0, 50.0), (100.0, 30.0), end_s=60.0, rcs_m2=1e6),
        Flight("raid.above[0]", (270.0, 6.0), (270.0, 4.0), 20e3, end_s=60.0, rcs_m2=1e6),
    ]
    run = Run(sense, make_world(flights)).until(60.0)
    assert run.rows == []
    assert not run.looks.ever_covered.any()
    assert (run.looks.look[:, 0] == 24).all()


def test_what_is_below_the_horizon_is_covered_and_not_seen():
    flight = Flight("raid.low[0]", (270.0, 60.0), (270.0, 45.0), 50.0, rcs_m2=1e6)
    run = Run(make_sense({}), make_world([flight])).until(380.0)
    assert run.rows == []
    assert run.looks.ever_covered[0]
    assert not run.looks.ever_above_horizon[0]
    nearer = flight._replace(stop=(270.0, 30.0))
    run = Run(make_sense({}), make_world([nearer])).until(380.0)
    assert run.looks.ever_above_horizon[0]
    assert max(row["range_m"] for row in run.rows) < 42.5e3


def test_a_killed_object_gets_no_more_looks():
    run = Run(make_sense({}), make_world(FLIGHTS[:1])).until(40.0)
    before = run.looks.look.copy()
    run.targets.phase[0] = Phase.KILLED
    run.targets.ended_s[0] = 39.0
    assert [run.tick(float(n), n + 1.0) for n in range(40, 60)] == [[]] * 20
    np.testing.assert_array_equal(run.looks.look, before)


def test_an_object_is_looked_at_from_its_launch_to_its_end():
    flight = Flight("raid.a[0]", (265.0, 60.0), (265.0, 40.0), 8e3, 10.4, 33.3, 1e6)
    rows = (
        Run(make_sense(SECTOR | {"false_alarms_per_scan": 0.0}), make_world([flight]))
        .until(60.0)
        .rows
    )
    times = [row["time_s"] for row in rows]
    # phase 0.3 of 2.5 s: looks at 1.75 s, 4.25 s, ...
    assert times == pytest.approx(np.arange(11.75, 33.3, 2.5))


def test_a_civil_aircraft_is_seen_up_to_the_end_of_its_route():
    flight = Flight(side=Side.CIVIL, end_s=20.5, rcs_m2=1e6)
    sense = make_sense(
        {"mode": SensorMode.PHASED_ARRAY, "scan_period_s": 0.5, "scan_phase": 0.9}
    )
    times = [row["time_s"] for row in Run(sense, make_world([flight])).until(30.0).rows]
    assert times == pytest.approx(np.arange(0.05, 20.5, 0.5))


def test_detections_are_won_and_lost_as_the_object_comes_and_goes():
    flight = Flight(start=(270.0, 60.0), stop=(90.0, 60.0), end_s=600.0, rcs_m2=1e5)
    sense = make_sense({"range_max_m": 40e3, "elevation_max_rad": math.radians(30.0)})
    run = Run(sense, make_world([flight])).until(600.0)
    won, lost = (EventKind.DETECTION_WON, 0, 0), (EventKind.DETECTION_LOST, 0, 0)
    # in, into the cone above the radar, out of it, and away
    assert run.logged() == [won, lost, won, lost]
    assert run.looks.misses[0, 0] > 3
    times = [row["time_s"] for row in run.rows]
    assert run.looks.first_detected_s[0] == min(times)
    assert run.looks.last_detected_s[0] == max(times)


def test_detected_in_tick_is_of_this_tick():
    run = Run(make_sense({}), make_world([Flight(rcs_m2=1e6)]))
    for n in range(30):
        rows = run.tick(float(n), n + 1.0)
        assert run.looks.detected_in_tick[0] == bool(rows)
        assert all(n < row["time_s"] <= n + 1 for row in rows)


def test_transponders_answer_as_often_as_they_are_heard():
    flights = [
        Flight(f"civil.a[{k}]", (k, 60.0), (k, 50.0), rcs_m2=1e5, side=Side.CIVIL,
               transponder=Transponder.CIVIL)
        for k in range(200)
    ]  # fmt: skip
    rows = Run(make_sense({"iff_reply_probability": 0.7}), make_world(flights)).until(60.0).rows
    replies = np.array([row["iff_reply"] for row in rows])
    assert set(replies) == {IffReply.CIVIL, IffReply.SILENT}
    assert np.mean(replies == IffReply.CIVIL) == pytest.approx(0.7, abs=0.05)


def test_plots_that_do_not_fit_are_counted():
    sense, world = make_sense(ROTATING, SECTOR), make_world(FLIGHTS)
    run, small = (
        Run(sense, world).until(60.0, 10.0),
        Run(sense, world, capacity=3).until(60.0, 10.0),
    )
    assert len(small.rows) + small.plots.lost[0] == len(run.rows)


def test_nothing_flying_and_no_radar_is_an_empty_picture():
    world = make_world(FLIGHTS)
    assert Run(make_sense({}), make_world([])).until(10.0).rows == []
    run = Run(make_sense(), world)
    scan(
        run.sense, world, run.targets, run.looks, run.cues, run.silent_s, run.plots, run.events,
        KEY, 0.0, 1.0,
    )  # fmt: skip
    assert run.plots.size[0] == 0
