"""False alarms: how many, where, and that they keep to their own draws."""

import math

import numpy as np
import pytest
from scipy import stats

from bartizan.rng import stable_id
from bartizan.sense.alarms import add_false_alarms
from bartizan.sense.detection import threshold_power
from bartizan.sense.plots import IffReply, make_plots
from bartizan.sense.radar import SensorMode
from tests.naive import sense as naive
from tests.sense.scene import KEY, make_sense, radar_of, rows_of
from tests.sense.test_plots import assert_same

pytestmark = pytest.mark.kernels

ROTATING = {"false_alarms_per_scan": 5.0}
SECTOR = ROTATING | {
    "mode": SensorMode.PHASED_ARRAY,
    "scan_period_s": 4.0,
    "sector_centre_rad": math.radians(10.0),
    "sector_half_width_rad": math.radians(60.0),
    "iff_reply_probability": 0.0,
}


def alarms(radar, duration_s, tick_s=1.0, key=KEY):
    """Return the rows of all false alarms of a radar."""
    row, plots = radar_of(make_sense(radar), 0), make_plots(500)
    rows = []
    for n in range(round(duration_s / tick_s)):
        plots.size[0] = 0
        add_false_alarms(plots, row, key, n * tick_s, (n + 1) * tick_s)
        rows += rows_of(plots)
    assert plots.lost[0] == 0
    return rows


@pytest.mark.parametrize("radar", [ROTATING, SECTOR], ids=["rotating", "phased array"])
def test_false_alarms_are_those_of_the_twin(radar):
    expected = []
    naive.add_false_alarms(make_sense(radar), expected, KEY, 0, 0.0, 40.0)
    found = alarms(radar, 40.0)
    naive.order_plots(found)
    naive.order_plots(expected)
    assert len(expected) > 10
    assert_same(found, expected)


@pytest.mark.parametrize("radar", [ROTATING, SECTOR], ids=["rotating", "phased array"])
@pytest.mark.parametrize("tick_s", [0.5, 2.0, 10.0])
def test_the_tick_changes_no_false_alarm(radar, tick_s):
    ours, theirs = alarms(radar, 60.0), alarms(radar, 60.0, tick_s)
    naive.order_plots(ours)
    naive.order_plots(theirs)
    assert repr(ours) == repr(theirs)


@pytest.mark.parametrize("mean", [0.3, 5.0, 40.0])
def test_the_number_in_a_scan_is_poisson(mean):
    n = 300
    radar = SECTOR | {"false_alarms_per_scan": mean, "scan_phase": 0.5, "scan_period_s": 1.0}
    rows = alarms(radar, n)
    counts = np.bincount([math.floor(row["time_s"]) for row in rows], minlength=n)
    assert counts.mean() == pytest.approx(mean, abs=4 * math.sqrt(mean / n))
    assert counts.var() == pytest.approx(mean, rel=4 * math.sqrt((2 + 1 / mean) / n))


def test_they_lie_evenly_over_the_coverage():
    rows = alarms(SECTOR | {"false_alarms_per_scan": 60.0}, 80.0)
    aside = [math.remainder(row["azimuth_rad"] - math.radians(10), 2 * math.pi) for row in rows]
    half = math.radians(60.0)
    spans = {
        "azimuth": (aside, -half, half),
        "range": ([row["range_m"] for row in rows], 2e3, 300e3),
        "elevation": ([row["elevation_rad"] for row in rows], 0.0, math.radians(10)),
    }
    for name, (values, low, high) in spans.items():
        assert low <= min(values) <= max(values) <= high, name
        assert stats.kstest(values, stats.uniform(low, high - low).cdf).pvalue > 1e-3, name


def test_the_beam_points_at_them_when_they_come():
    sense = make_sense(ROTATING)
    for row in alarms(ROTATING, 60.0):
        turns = row["time_s"] / sense.scan_period_s[0] + sense.scan_phase[0]
        assert math.remainder(row["azimuth_rad"] / (2 * math.pi) - turns, 1) == pytest.approx(0)


def test_they_are_as_strong_as_noise_beyond_the_threshold():
    rows = alarms(SECTOR | {"false_alarms_per_scan": 60.0}, 80.0)
    beyond = [row["snr_power"] + 1 - threshold_power(1e-6) for row in rows]
    assert min(beyond) > 0
    assert stats.kstest(beyond, stats.expon.cdf).pvalue > 1e-3


def test_nothing_answers_the_interrogator_there():
    assert {row["iff_reply"] for row in alarms(ROTATING, 30.0)} == {IffReply.SILENT}
    assert {row["iff_reply"] for row in alarms(SECTOR, 30.0)} == {IffReply.NOT_ASKED}


def test_other_runs_have_other_false_alarms():
    times = {row["time_s"] for row in alarms(ROTATING, 60.0)}
    assert not times & {row["time_s"] for row in alarms(ROTATING, 60.0, key=stable_id("b"))}
