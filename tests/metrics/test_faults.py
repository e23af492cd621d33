"""What is wrong with tables is told with place, value, what is allowed and the remedy."""

import numpy as np
import pyarrow as pa
import pytest

import bartizan
from bartizan.errors import BartizanError, DocumentError
from tests.metrics.scenes import crowd, table


def faults_of(tracks, truth):
    with pytest.raises(DocumentError) as told:
        bartizan.score(tracks, truth)
    return told.value.faults


def changed(one, name, values, **field):
    """Return a table with another column of a name."""
    i = one.column_names.index(name)
    values = pa.array(values)
    return one.set_column(i, pa.field(name, values.type, **field), values)


def put(one, name, row, value):
    values = one.column(name).to_pylist()
    values[row] = value
    return changed(one, name, values)


def test_all_faults_of_both_tables_are_told_at_once():
    tracks, truth = crowd(1)
    tracks = put(tracks.drop_columns(["track_id"]), "up_m", 3, float("nan"))
    found = faults_of(tracks, truth.drop_columns(["time_s"]))
    assert [(fault.file, fault.path) for fault in found] == [
        ("tracks", "track_id"),
        ("tracks", "up_m"),
        ("truth", "time_s"),
    ]
    assert all(fault.remedy for fault in found)
    assert found[1].given == "nan in row 4"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
@pytest.mark.parametrize("name", ["time_s", "east_m", "v_up_m_s"])
def test_a_value_that_is_none_is_refused(name, value):
    tracks, truth = crowd(1)
    (fault,) = faults_of(tracks, put(truth, name, 0, value))
    assert (fault.file, fault.path, fault.problem) == ("truth", name, "not a number")
    assert "in row 1" in fault.given


@pytest.mark.parametrize(
    ("name", "new", "words"),
    [
        ("up_m", "up_ft", "give 'up_ft' in m and call it up_m"),
        ("time_s", "time", "give 'time' in s and call it time_s"),
        ("track_id", "trackid", "did you mean 'trackid'?"),
    ],
)
def test_a_missing_column_names_the_one_that_may_be_meant(name, new, words):
    tracks, truth = crowd(1)
    names = [new if one == name else one for one in tracks.column_names]
    (fault,) = faults_of(tracks.rename_columns(names), truth)
    assert (fault.path, fault.problem, fault.remedy) == (name, "no such column", words)


def test_places_of_two_kinds_are_no_common_frame():
    tracks, truth = crowd(1)
    names = {"east_m": "lon_deg", "north_m": "lat_deg", "up_m": "height_m"}
    names = [names.get(name, name) for name in truth.column_names]
    found = faults_of(tracks, truth.rename_columns(names))
    assert {fault.path for fault in found} == {"lat_deg", "lon_deg", "height_m"}
    assert {fault.file for fault in found} == {"tracks"}


def test_another_unit_in_the_metadata_is_refused():
    tracks, truth = crowd(1)
    values = tracks.column("up_m").to_pylist()
    (fault,) = faults_of(changed(tracks, "up_m", values, metadata={"unit": "ft"}), truth)
    assert (fault.given, fault.allowed, fault.remedy) == ("ft", "m", "convert the column to m")


def test_texts_are_no_numbers():
    tracks, truth = crowd(1)
    (fault,) = faults_of(changed(tracks, "time_s", ["12:00"] * len(tracks)), truth)
    assert (fault.path, fault.given) == ("time_s", "a column of string")


def test_an_unknown_status_names_the_nearest():
    tracks, truth = crowd(1)
    tracks = tracks.append_column("status", pa.array(["confirmd"] * len(tracks)))
    (fault,) = faults_of(tracks, truth)
    assert (fault.given, fault.remedy) == ("confirmd", "did you mean 'confirmed'?")


@pytest.mark.parametrize(("value", "allowed"), [(0.0, "above 0"), (-1.0, "above 0")])
def test_a_standard_deviation_is_above_zero(value, allowed):
    tracks, truth = crowd(1)
    for name in ("sigma_east_m", "sigma_north_m", "sigma_up_m"):
        tracks = tracks.append_column(name, pa.array(np.ones(len(tracks))))
    (fault,) = faults_of(put(tracks, "sigma_up_m", 2, value), truth)
    assert (fault.path, fault.allowed) == ("sigma_up_m", allowed)


def test_a_latitude_beyond_the_pole_is_refused():
    one = pa.table({"time_s": [0.0], "lat_deg": [91.0], "lon_deg": [0.0], "height_m": [0.0]})
    ids = [one.append_column(key, pa.array([1])) for key in ("track_id", "truth_id")]
    found = faults_of(*ids)
    assert [fault.path for fault in found] == ["lat_deg"] * 2
    assert found[0].allowed == "-90 to 90"


def test_no_time_in_common_tells_both_spans():
    tracks = table("track_id", [0.0, 1.0], [1, 1], np.zeros((2, 3)))
    truth = table("truth_id", [0.5, 9.0], [1, 1], np.zeros((2, 3)))
    (fault,) = faults_of(tracks, truth)
    assert fault.given == "tracks at 0 to 1 s, truth at 0.5 to 9 s"
    assert fault.remedy


def test_one_id_twice_at_a_time_is_refused():
    tracks = table("track_id", [0.0, 0.0004], [7, 7], np.zeros((2, 3)))
    truth = table("truth_id", [0.0], [1], np.zeros((1, 3)))
    (fault,) = faults_of(tracks, truth)
    assert (fault.problem, fault.given) == ("two rows of one id", "7 at 0 s")


def test_nothing_in_either_table_is_refused():
    tracks, truth = crowd(1)
    (fault,) = faults_of(tracks.slice(0, 0), truth.slice(0, 0))
    assert "no rows" in fault.problem


def test_a_missing_name_is_refused():
    tracks, truth = crowd(1)
    (fault,) = faults_of(put(tracks, "track_id", 4, None), truth)
    assert (fault.path, fault.given) == ("track_id", "nothing in row 5")


def test_what_is_no_table_is_refused():
    (fault,) = faults_of([1, 2], crowd(1)[1])
    assert (fault.given, fault.file) == ("list", "tracks")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"cutoff_m": 0.0}, "cut-off"),
        ({"cutoff_m": float("nan")}, "cut-off"),
        ({"order": 0.5}, "order"),
        ({"max_misses": -1}, "max-misses"),
        ({"times": "mine"}, "truth, reports"),
    ],
)
def test_a_setting_out_of_range_is_told(arguments, words):
    with pytest.raises(BartizanError, match=words) as told:
        bartizan.score(*crowd(1), **arguments)
    assert "remedy:" in str(told.value)


def test_a_cut_off_within_which_all_is_near_all_is_refused_before_memory_runs_out():
    n = 5_000
    places = np.zeros((n, 3))
    tracks = table("track_id", np.zeros(n), range(n), places)
    truth = table("truth_id", np.zeros(n), range(n), places)
    with pytest.raises(BartizanError, match="too many tracks are near"):
        bartizan.score(tracks, truth)
