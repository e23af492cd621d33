"""Plots as they come in: checked, put in order, and rejected where they come too late."""

import numpy as np
import pytest
from benchmarks.tracking.run import plots_of, radar
from benchmarks.tracking.scenes import make_scene

from bartizan.errors import BartizanError
from bartizan.sense.plots import make_plots
from bartizan.tracking.inbox import PLOTS_MAX, Inbox, PositionReports, RadarPlots, chosen
from bartizan.tracking.settings import TrackerSettings
from bartizan.tracking.tracker import Tracker

SCENE = make_scene("spread", 3, 15, 12)


def plots(n=3, **changes):
    columns = {
        "time_s": np.arange(n) * 0.1,
        "sensor": np.zeros(n, dtype=np.int64),
        "range_m": np.full(n, 5e4),
        "azimuth_rad": np.linspace(0.0, 1.0, n),
        "elevation_rad": np.full(n, 0.1),
        "sigma_range_m": np.full(n, 50.0),
        "sigma_azimuth_rad": np.full(n, 1e-3),
        "sigma_elevation_rad": np.full(n, 1e-3),
    }
    return RadarPlots(**{**columns, **changes})


def with_value(name, value, row=1):
    given = plots()
    column = getattr(given, name).copy()
    column[row] = value
    return given._replace(**{name: column})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("time_s", np.nan),
        ("time_s", 2.0),
        ("sensor", 1),
        ("sensor", -1),
        ("range_m", np.nan),
        ("range_m", -5.0),
        ("range_m", np.inf),
        ("azimuth_rad", np.nan),
        ("elevation_rad", 2.0),
        ("sigma_range_m", 0.0),
        ("sigma_range_m", 1e9),
        ("sigma_azimuth_rad", -1e-3),
        ("sigma_elevation_rad", 3.0),
    ],
)
def test_what_is_no_plot_is_refused_and_changes_nothing(name, value):
    tracker = Tracker([radar(SCENE)])
    with pytest.raises(BartizanError, match=rf"{name} is out of range\n +given: .* in row 2\n"):
        tracker.step(with_value(name, value), 1.0)
    assert len(tracker.step(plots(), 1.0).track_id) == 3


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(BartizanError, match="different lengths"):
        Tracker([radar(SCENE)]).step(plots(range_m=np.full(2, 5e4)), 1.0)


def test_a_million_plots_in_one_step_are_refused():
    with pytest.raises(BartizanError, match="too many plots"):
        Tracker([radar(SCENE)]).step(plots(PLOTS_MAX + 1), 1.0)


def test_time_that_goes_back_is_refused():
    tracker = Tracker([radar(SCENE)])
    tracker.step(plots(), 1.0)
    with pytest.raises(BartizanError, match="time goes back"):
        tracker.step(plots(0), 0.5)
    with pytest.raises(BartizanError, match="time goes back"):
        tracker.step(plots(0), np.nan)


def test_no_sensor_at_all_is_refused():
    with pytest.raises(BartizanError, match="no sensor"):
        Tracker([])


def test_late_plots_are_counted_and_left_out():
    tracker = Tracker([radar(SCENE)])
    tracker.step(plots(), 1.0)
    tracker.step(plots(2), 2.0)
    assert tracker.late == 2


def test_plots_within_the_delay_are_put_in_order():
    """Every other plot comes a scan late; the tracks are those of plots on time."""
    delayed = Tracker([radar(SCENE)], TrackerSettings(delay_max_s=1.5))
    prompt = Tracker([radar(SCENE)])
    held = None
    for scan in range(12):
        now = plots_of(SCENE, scan)
        is_late = np.arange(len(now.time_s)) % 2 == 1
        parts = [chosen(now, ~is_late)]
        parts += [] if held is None else [held]
        held = chosen(now, is_late)
        late = delayed.step(parts, float(scan) + 0.25)
    assert delayed.late == 0
    for scan in range(10):  # the delayed one has used what is not later than 9.75 s
        early = prompt.step(plots_of(SCENE, scan), float(scan))
    assert sorted(late.track_id) == sorted(early.track_id)
    np.testing.assert_array_equal(delayed.tracks.mean, prompt.tracks.mean)


def test_radar_plots_and_reports_are_merged_in_order_of_time():
    inbox, table = Inbox(2, 0.0), make_plots(16)
    reports = PositionReports(
        np.array([0.15, 0.05]),
        np.array([1, 1]),
        np.full((2, 3), 4e6),
        np.full(2, 30.0),
        np.array([7, 8]),
    )
    inbox.take([plots(), reports], 1.0, -np.inf)
    assert inbox.n_due(0.12) == 3
    inbox.hand_over(0.12, table)
    assert table.size[0] == 3
    assert table.time_s[:3].tolist() == [0.0, 0.05, 0.1]
    assert table.address[:3].tolist() == [-1, 8, -1]
    assert np.isnan(table.range_m[1])
    assert np.isnan(table.position_ecef_m[0]).all()
    inbox.hand_over(1.0, table)
    assert table.address[: table.size[0]].tolist() == [7, -1]
