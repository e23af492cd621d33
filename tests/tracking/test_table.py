"""`bartizan.track`: tables of plots in, a table of tracks out; and what is wrong with them."""

import json
import math
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from benchmarks.tracking.run import radar
from benchmarks.tracking.scenes import SIGMA_ANGLE_RAD, SIGMA_RANGE_M, make_scene
from benchmarks.tracking.write import plots_table, truth_table
from typer.testing import CliRunner

import bartizan
from bartizan.api.tracking import tracked
from bartizan.cli.tracking import app
from bartizan.errors import BartizanError, DocumentError

SCENE = make_scene("spread", 5, 20, 20)
PLOTS, TRUTH = plots_table(SCENE), truth_table(SCENE)
RADAR = {"radar": radar(SCENE)}
SENSORS = """radar: {lat_deg: -27.0, lon_deg: -17.0, height_m: 0.0, scan_period_s: 1.0,
  range_min_m: 5e3, range_max_m: 110e3, false_alarm_elevation_rad: 0.35}
"""


def faults_of(plots, sensors=RADAR, settings=None):
    with pytest.raises(DocumentError) as told:
        bartizan.track(plots, sensors, settings)
    return [(fault.path, fault.problem) for fault in told.value.faults]


def put(table, name, row, value):
    values = table.column(name).to_pylist()
    values[row] = value
    return table.set_column(table.column_names.index(name), name, pa.array(values))


def test_tracks_are_scored_as_they_come():
    tracks = bartizan.track(PLOTS, RADAR)
    found = bartizan.score(tracks, TRUTH)
    assert found.siap.completeness > 0.9
    assert found.identity.idf1 > 0.9  # the first scans find no track yet
    assert found.accuracy.velocity_m_s < 60.0
    models = [name for name in tracks.column_names if name.startswith("p_")]
    total = sum(tracks.column(name).to_numpy() for name in models)
    np.testing.assert_allclose(total, 1.0, atol=1e-9)
    assert set(tracks.column("status").to_pylist()) <= {"tentative", "confirmed", "coasting"}


def test_places_in_the_plane_and_on_the_ground_are_the_same():
    tracks = bartizan.track(PLOTS, RADAR).slice(200, 30)
    from pyproj import Transformer

    to_enu = Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        "+step +proj=cart +ellps=WGS84 +step +proj=topocentric +ellps=WGS84 "
        "+lon_0=-17 +lat_0=-27 +h_0=0"
    )
    here = [tracks.column(name).to_numpy() for name in ("lon_deg", "lat_deg", "height_m")]
    plane = [tracks.column(name).to_numpy() for name in ("east_m", "north_m", "up_m")]
    np.testing.assert_allclose(to_enu.transform(*here), plane, atol=1e-3)


def test_the_order_of_rows_changes_no_track():
    order = np.random.default_rng(1).permutation(PLOTS.num_rows)
    assert bartizan.track(PLOTS.take(order), RADAR).equals(bartizan.track(PLOTS, RADAR))


def test_a_delay_changes_nothing_where_all_plots_are_there():
    delayed = bartizan.track(PLOTS, RADAR, bartizan.TrackerSettings(delay_max_s=3.0))
    assert delayed.equals(bartizan.track(PLOTS, RADAR))


def test_pandas_frames_and_files_give_the_same(tmp_path):
    expected = bartizan.track(PLOTS, RADAR)
    assert bartizan.track(PLOTS.to_pandas(), RADAR).equals(expected)
    pa.parquet.write_table(PLOTS, tmp_path / "plots.parquet")
    assert bartizan.track(tmp_path / "plots.parquet", RADAR).equals(expected)


def test_a_radar_without_elevation_still_tracks_on_the_ground():
    tracks = bartizan.track(PLOTS.drop_columns(["elevation_rad", "sigma_elevation_rad"]), RADAR)
    last = tracks.filter(pa.compute.equal(tracks.column("time_s"), 19.0))
    place = np.stack([last.column("east_m"), last.column("north_m")], axis=1)
    truth = TRUTH.filter(pa.compute.equal(TRUTH.column("time_s"), 19.0))
    objects = np.stack([truth.column("east_m"), truth.column("north_m")], axis=1)
    away = np.linalg.norm(objects[:, None] - place[None], axis=2).min(axis=1)
    assert np.median(away) < 1000.0


def test_position_reports_are_tracked_and_keep_their_addresses_apart():
    truth = TRUTH.select(["time_s", "lat_deg", "lon_deg", "height_m"])
    noisy = truth.append_column("sigma_position_m", pa.array([20.0] * truth.num_rows))
    named = noisy.append_column("address", TRUTH.column("truth_id"))
    for reports in (noisy, named):
        tracks = bartizan.track(reports, RADAR)
        found = bartizan.score(tracks, TRUTH)
        assert found.identity.idf1 > 0.9


def crossings(seed):
    """Four pairs that meet and part again, as if they crossed: plots with codes, truth."""
    rng, rows = np.random.default_rng(seed), []
    for t_s in range(30):
        for k in range(8):
            aside = (30.0 if k % 2 else -30.0) * abs(15.0 - t_s)
            enu = np.array([3e4 + 6e3 * (k // 2) + 200.0 * t_s, aside, 5e3])
            range_m = np.linalg.norm(enu)
            polar = np.array([range_m, np.arctan2(enu[0], enu[1]), np.arcsin(enu[2] / range_m)])
            plot = polar + rng.normal(0.0, (50.0, 1.5e-3, 1.5e-3))
            rows.append([float(t_s), *plot, k, f"A{k}", *enu])
    names = ("time_s", "range_m", "azimuth_rad", "elevation_rad", "truth_id", "code")
    columns = map(list, zip(*rows, strict=True))
    table = pa.table(dict(zip((*names, "east_m", "north_m", "up_m"), columns, strict=True)))
    return table.select([*names[:4], "code"]), table.select(["time_s", *table.column_names[4:]])


def test_codes_keep_objects_apart_that_seem_to_cross():
    switches = np.zeros(2, int)
    for seed in range(5):
        plots, truth = crossings(seed)
        for n, one in enumerate((plots.drop_columns(["code"]), plots)):
            switches[n] += bartizan.score(bartizan.track(one, RADAR), truth).clear.switches
    assert switches[1] == 0 < switches[0], switches


def test_a_period_and_gaps_of_hours_take_no_time():
    gap = pa.concat_tables([PLOTS, put(PLOTS.slice(0, 1), "time_s", 0, 90_000.0)])
    tracks = bartizan.track(gap, RADAR, period_s=5.0)
    assert set(np.diff(np.unique(tracks.column("time_s").to_numpy()))) >= {5.0}
    with pytest.raises(BartizanError, match="too many reports"):
        bartizan.track(gap, RADAR, period_s=1e-3)


@pytest.mark.parametrize("name", ["time_s", "range_m", "azimuth_rad"])
def test_a_missing_column_is_named(name):
    assert faults_of(PLOTS.drop_columns([name]))[0] == (name, "no such column")


def test_an_unknown_sensor_is_named():
    assert faults_of(put(PLOTS, "sensor", 4, "rador")) == [("sensor", "unknown sensor")]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("range_m", -3.0, "range_m is out of range"),
        ("azimuth_rad", float("nan"), "azimuth_rad is out of range"),
        ("time_s", float("nan"), "time_s is out of range"),
        ("sigma_range_m", 0.0, "sigma_range_m is out of range"),
        ("sigma_elevation_rad", 9.0, "sigma_elevation_rad is out of range"),
    ],
)
def test_a_bad_value_is_told_with_its_row(name, value, words):
    with pytest.raises(BartizanError, match=words):
        bartizan.track(put(PLOTS, name, 7, value), RADAR)


def test_a_row_without_a_place_is_told():
    assert "no place in row 8" in faults_of(put(PLOTS, "range_m", 7, None))[0][1]


def test_settings_and_sensors_out_of_range_are_told():
    with pytest.raises(DocumentError, match="confirm_hits: out of range"):
        bartizan.TrackerSettings(confirm_hits=0)
    with pytest.raises(DocumentError, match="turns: out of range"):
        bartizan.TrackerSettings(turns=1)
    assert faults_of(PLOTS, {"radar": {"lat_deg": 95.0}})[0] == ("radar", "lon_deg is missing")
    whole = {"lat_deg": 95.0, "lon_deg": 0.0, "height_m": 0.0, "scan_period_s": 1.0}
    assert faults_of(PLOTS, {"radar": whole}) == [("radar.lat_deg", "out of range")]
    assert faults_of(PLOTS, {"radar": {**whole, "lat": 1}}) == [("radar.lat", "unknown key")]
    assert faults_of(PLOTS, {})[0][1] == "no sensors"


def test_no_plots_give_no_tracks():
    assert bartizan.track(PLOTS.slice(0, 0), RADAR).num_rows == 0


def test_models_are_switched_off_by_name():
    plain = bartizan.TrackerSettings(turns=False, formations=False)
    tracks = bartizan.track(PLOTS, RADAR, plain)
    for name in ("p_left_turn", "p_right_turn", "p_station"):
        assert not tracks.column(name).to_numpy().any()


def test_biased_radars_are_told_apart():
    scene = make_scene("spread", 6, 60, 41, 5)
    one, truth = plots_table(scene), truth_table(scene)
    rng = np.random.default_rng(2)
    # The second radar reports its plots of the same objects with ranges 300 m too large.
    enu = np.stack([truth.column(k).to_numpy() for k in ("east_m", "north_m", "up_m")], 1)
    n = len(enu)
    range_m = np.linalg.norm(enu, axis=1)
    other = pa.table(
        {
            "time_s": truth.column("time_s"),
            "sensor": ["other"] * n,
            "range_m": range_m + 300.0 + rng.normal(0, SIGMA_RANGE_M, n),
            "azimuth_rad": np.arctan2(enu[:, 0], enu[:, 1]) + rng.normal(0, SIGMA_ANGLE_RAD, n),
            "elevation_rad": np.arcsin(enu[:, 2] / range_m) + rng.normal(0, SIGMA_ANGLE_RAD, n),
            "sigma_range_m": np.full(n, SIGMA_RANGE_M),
            "sigma_azimuth_rad": np.full(n, SIGMA_ANGLE_RAD),
            "sigma_elevation_rad": np.full(n, SIGMA_ANGLE_RAD),
        }
    )
    known = {"radar": radar(scene), "other": radar(scene)}
    bias = tracked(pa.concat_tables([one, other]), known, None, None).summary["bias"]
    # At one place the two differ by 300 m, and nobody can tell which is right.
    assert abs(bias["other"]["range_m"] - bias["radar"]["range_m"] - 300.0) < 25.0
    assert abs(bias["other"]["azimuth_rad"] - bias["radar"]["azimuth_rad"]) < 5e-4


def test_the_command_writes_the_table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pa.parquet.write_table(PLOTS, "plots.parquet")
    (tmp_path / "sensors.yaml").write_text(SENSORS)
    ask = ["track", "plots.parquet", "--sensors", "sensors.yaml", "--out"]
    ended = CliRunner().invoke(app, [*ask, "tracks.parquet"])
    assert ended.exit_code == 0, ended.output
    assert max(map(len, ended.stdout.splitlines())) <= 80
    written = pa.parquet.read_table("tracks.parquet")
    expected = bartizan.track("plots.parquet", "sensors.yaml")
    assert written.column("east_m").equals(expected.column("east_m"))
    ended = CliRunner().invoke(app, [*ask, "tracks.csv", "--json", "--set", "formations=false"])
    summary = json.loads(ended.stdout)
    assert summary["rows"] == pa.csv.read_csv("tracks.csv").num_rows
    assert summary["plots"] == {"radar": PLOTS.num_rows}
    assert math.isclose(summary["end_s"], 19.0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (["--out", "tracks.txt"], "not the name of a table"),
        (["--set", "formation=false"], "no such setting"),
        (["--set", "confirm_hits=none"], "out of range"),
        (["--sensors", "absent.yaml"], "cannot be read"),
        (["--out", "absent/tracks.csv"], "no such folder"),
    ],
)
def test_mistakes_end_with_code_two(tmp_path, monkeypatch, change, words):
    monkeypatch.chdir(tmp_path)
    pa.parquet.write_table(PLOTS, "plots.parquet")
    (tmp_path / "sensors.yaml").write_text(SENSORS)
    ask = ["track", "plots.parquet", "--sensors", "sensors.yaml", "--out", "tracks.csv"]
    ended = CliRunner().invoke(app, [*ask, *change])
    assert ended.exit_code == 2
    assert words in ended.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plots.parquet", "sensors.yaml"]


def test_the_tracker_needs_no_optimiser():
    code = (
        "import sys\n"
        "for name in ('ortools', 'duckdb', 'plotly', 'pandas'): sys.modules[name] = None\n"
        "from bartizan import Sensor, Tracker, TrackerSettings\n"
        "Tracker([Sensor(0.0, 0.0, 0.0, 1.0)], TrackerSettings())\n"
        "import bartizan.api.tracking\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
