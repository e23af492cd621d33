"""Plots: rows are claimed, filled and put in order without a word about the truth."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.sense.order import order_plots
from bartizan.sense.plots import IffReply, PlotKind, add_radar_plot, add_report, make_plots
from bartizan.world.truth import Transponder
from tests.naive import sense as naive
from tests.sense.scene import make_sense, radar_of, rows_of

pytestmark = pytest.mark.kernels

# Few values each, so that ties are common.
RADAR = st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 10**9))
REPORT = st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 10**9))


SENSE = make_sense(*[{}] * 6)


def fill(plots, radar, reports):
    """Add the same plots to a table and to the twin's rows."""
    rows = []
    for time_s, sensor, range_m in radar:
        place, snr = (float(range_m), range_m - 0.5, 0.1), 9.0 + sensor
        row = radar_of(SENSE, sensor)
        add_radar_plot(plots, row, float(time_s), *place, snr, IffReply.CIVIL)
        sigmas = naive.sigmas_of(SENSE, sensor, snr)
        naive.add_radar_plot(rows, time_s, sensor, place, sigmas, snr, IffReply.CIVIL)
    for time_s, sensor, address in reports:
        position = np.array([address, 2.0, 3.0])
        add_report(plots, float(time_s), sensor, position, 1.0, address, IffReply.SILENT)
        naive.add_report(rows, time_s, sensor, position, 1.0, address, IffReply.SILENT)
    return rows


def assert_same(found, expected):
    assert len(found) == len(expected)
    for ours, theirs in zip(found, expected, strict=True):
        for name, value in theirs.items():
            assert ours[name] == pytest.approx(value, abs=1e-6, nan_ok=True), name


@given(
    radar=st.lists(RADAR, max_size=80, unique=True),
    reports=st.lists(REPORT, max_size=20, unique=True),
)
def test_plots_are_ordered_as_a_plain_sort_orders_them(radar, reports):
    plots = make_plots(100)
    # Reports before radar plots of the same time and sensor is no rule: keep them apart.
    rows = fill(plots, radar, [(time_s, 3 + sensor, a) for time_s, sensor, a in reports])
    order_plots(plots)
    naive.order_plots(rows)
    assert_same(rows_of(plots), rows)


def test_the_order_of_adding_leaves_no_trace():
    radar = [(k % 3, k % 2, 1000 + 37 * k % 101) for k in range(60)]
    first, second = make_plots(60), make_plots(60)
    fill(first, radar, [])
    fill(second, radar[::-1], [])
    order_plots(first)
    order_plots(second)
    for one, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(one, other)


def test_what_does_not_fit_is_counted():
    plots = make_plots(2)
    fill(plots, [(0, 0, 5), (0, 0, 6), (0, 0, 7)], [(0, 0, 8)])
    assert (plots.size[0], plots.lost[0]) == (2, 2)
    assert not add_report(plots, 0.0, 0, np.zeros(3), 1.0, 1, IffReply.SILENT)


def test_a_used_row_keeps_nothing_of_its_last_plot():
    plots = make_plots(1)
    fill(plots, [(0, 0, 5)], [])
    plots.size[0] = 0
    fill(plots, [], [(0, 0, 8)])
    (row,) = rows_of(plots)
    assert row["kind"] == PlotKind.REPORT
    assert math.isnan(row["range_m"])
    assert math.isnan(row["snr_power"])
    plots.size[0] = 0
    fill(plots, [(0, 0, 5)], [])
    (row,) = rows_of(plots)
    assert row["address"] == -1
    assert all(math.isnan(x) for x in (*row["position_ecef_m"], row["sigma_position_m"]))


@pytest.mark.parametrize("azimuth", [-1e-18, -0.5, 0.0, 2 * math.pi, 7.0, 100.0])
def test_azimuths_are_kept_in_one_turn(azimuth):
    plots = make_plots(1)
    add_radar_plot(plots, radar_of(SENSE, 0), 0.0, 1.0, azimuth, 0.0, 9.0, IffReply.SILENT)
    assert 0.0 <= plots.azimuth_rad[0] < 2 * math.pi
    assert math.cos(plots.azimuth_rad[0]) == pytest.approx(math.cos(azimuth), abs=1e-12)


def test_transponders_speak_the_language_of_plots():
    assert {each.name: each.value for each in Transponder} == {
        each.name: each.value for each in IffReply if each != IffReply.NOT_ASKED
    }
