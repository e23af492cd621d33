"""Plots of chaff: the slow twin, who releases none, and that nothing else is touched."""

import math

import numpy as np
import pytest

from bartizan.rng import stable_id
from bartizan.sense.radar import SensorMode
from bartizan.world.chaff import make_chaff
from bartizan.world.geodesy import ecef_from_geodetic, vector_from_enu
from bartizan.world.ground import destination
from bartizan.world.truth import Phase
from tests.naive import sense as naive
from tests.sense.scene import KEY, SITE, Flight, Run, make_sense, make_world, where_in
from tests.sense.test_plots import assert_same

pytestmark = pytest.mark.kernels

SECTOR = {
    "mode": SensorMode.PHASED_ARRAY,
    "scan_period_s": 2.5,
    "sector_centre_rad": math.radians(270.0),
    "sector_half_width_rad": math.radians(60.0),
    "iff_reply_probability": 0.0,
    "chaff_rejection": 0.0,
}
CARRIER = Flight("raid.a[0]", (265.0, 60.0), (265.0, 30.0), end_s=100.0)


def cloud(bearing_deg, range_km, height_m, release_s, end_s, rcs_m2=20.0, bloom_s=8.0):
    """Return a table of one bundle that drifts at 30 m/s to the east and falls."""
    place = destination(*SITE, math.radians(bearing_deg), range_km * 1e3)
    chaff = make_chaff(1)
    chaff.cloud_id[0] = stable_id(f"chaff {bearing_deg} {range_km} {release_s}")
    chaff.carrier[0], chaff.release_s[0], chaff.end_s[0] = 0, release_s, end_s
    chaff.release_ecef_m[0] = ecef_from_geodetic(*place, height_m)
    chaff.drift_ecef_m_s[0] = vector_from_enu(*place, 30.0, 0.0, -0.5)
    chaff.rcs_m2[0], chaff.bloom_s[0] = rcs_m2, bloom_s
    return chaff


def clouds(*each):
    """Return one table of all."""
    return type(each[0])(*(np.concatenate(columns) for columns in zip(*each, strict=True)))


CLOUDS = clouds(
    cloud(265.0, 55.0, 8000.0, 3.4, 50.0),
    cloud(265.5, 50.0, 7000.0, 0.0, 500.0, bloom_s=0.0),
    cloud(100.0, 150.0, 9000.0, 20.0, 500.0, rcs_m2=0.5),
    cloud(250.0, 90.0, 20.0, 0.0, 500.0),  # below the horizon
    cloud(255.0, 30.0, 3000.0, 100.0, 500.0),  # later than the end
)


@pytest.mark.parametrize("radars", [({},), (SECTOR,), ({}, SECTOR)])
def test_plots_of_chaff_are_those_of_the_twin(radars):
    jammer = Flight("raid.j[0]", (264.0, 90.0), (264.0, 60.0), noise_w_hz=1e-9)
    sense, world = make_sense(*radars), make_world([CARRIER, jammer], CLOUDS)
    run = Run(sense, world).until(60.0)
    naive.order_plots(run.rows)
    assert_same(run.rows, naive.scan(sense, world, where_in(world), KEY, 60.0))
    assert run.looks.chaff_plots[0] > 10


def test_plots_of_objects_are_the_same_with_chaff_and_without():
    sense = make_sense({"false_alarms_per_scan": 2.0})
    plain, beside = (Run(sense, make_world([CARRIER], c)).until(60.0) for c in (None, CLOUDS))
    assert len(beside.rows) == len(plain.rows) + beside.looks.chaff_plots[0]
    ranges_m = {row["range_m"] for row in plain.rows}
    assert_same([row for row in beside.rows if row["range_m"] in ranges_m], plain.rows)
    assert beside.logged() == plain.logged()
    assert (beside.looks.look == plain.looks.look).all()


@pytest.mark.parametrize(("ended_s", "is_seen"), [(3.3, False), (3.5, True)])
@pytest.mark.parametrize("phase", [Phase.KILLED, Phase.LEFT])
def test_who_is_gone_releases_nothing_more(phase, ended_s, is_seen):
    world = make_world([CARRIER], cloud(265.0, 55.0, 8000.0, 3.4, 500.0))
    run = Run(make_sense({"chaff_rejection": 0.0}), world)
    run.targets.phase[0], run.targets.ended_s[0] = phase, ended_s
    assert bool(run.until(40.0).looks.chaff_plots[0]) == is_seen


def test_a_filter_of_moving_targets_rejects_the_share_it_is_said_to():
    seen = []
    for rejection in (0.0, 0.7, 1.0):
        world = make_world([CARRIER], cloud(90.0, 40.0, 8000.0, 0.0, 1e4, bloom_s=0.0))
        sense = make_sense({"chaff_rejection": rejection, "scan_period_s": 0.25})
        run = Run(sense, world._replace(end_s=np.zeros(1))).until(200.0)
        seen.append(run.looks.chaff_plots[0])
    assert seen[0] == 800
    assert seen[1] == pytest.approx(0.3 * 800, abs=4 * math.sqrt(0.21 * 800))
    assert seen[2] == 0
