"""Recorded traffic: a CSV of state vectors beside the scenario, and every mistake in it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.errors import DocumentError
from bartizan.scenario import load, portable, with_copies
from bartizan.scenario.raid import MAX_OBJECTS
from bartizan.scenario.state_vectors import MAX_FAULTS, read_states
from tests.scenario.documents import SMALL
from tests.scenario.recordings import (
    MOVED,
    OPENSKY,
    OWN,
    TRAFFIC,
    csv_of,
    opensky,
    own,
    traffic,
    way,
    with_recording,
)  # fmt: skip

GOOD = csv_of(OWN, own(way()))
SPLICED = ["", ",", "\n", '"', "-", "9" * 20, "nan", "1e308", "\x00", "é", ";"]
SPELLINGS = [(OWN, own), (OPENSKY, opensky), (TRAFFIC, traffic)]


def read(folder, text=GOOD, *sets, name="flights.csv", **more):
    content = text if isinstance(text, bytes) else text.encode()
    (folder / name).write_bytes(content)
    (folder / "small.yaml").write_text(with_recording(**({"moved": MOVED} | more)))
    return load(folder / "small.yaml", sets)


def faults_of(folder, text=GOOD, *sets, **more):
    with pytest.raises(DocumentError) as caught:
        read(folder, text, *sets, **more)
    return caught.value.faults


def one(folder, text=GOOD, *sets, **more):
    faults = faults_of(folder, text, *sets, **more)
    assert len(faults) == 1, faults
    return faults[0]


def line_of(fault):
    return fault.file.rsplit("/", 1)[-1], fault.line


def tracks(scenario):
    return scenario.civil["recorded"].states.tracks


@pytest.mark.parametrize(("header", "rows"), SPELLINGS)
def test_every_spelling_says_the_same(tmp_path, header, rows):
    (track,) = tracks(read(tmp_path, csv_of(header, rows(way()))))
    assert (track.aircraft_id, track.name) == ("3c6444", "3c6444")
    for state, expected in zip(track.states, way(), strict=True):
        assert tuple(state) == pytest.approx(expected)


def test_feet_and_knots_of_our_own_spelling_are_si_inside(tmp_path):
    header = "time_s,id,lat_deg,lon_deg,altitude_ft,ground_speed_kt,vertical_rate_ft_min"
    knots, feet_per_min = 200.0 * 3600 / 1852, 5.0 / 0.3048 * 60
    rows = [
        f"{t},a,{lat!r},{lon},{h / 0.3048!r},{knots},{feet_per_min}" for t, lat, lon, h in way()
    ]
    (track,) = tracks(read(tmp_path, csv_of(header, rows)))
    assert [state.altitude_m for state in track.states] == pytest.approx(
        [altitude for *_, altitude in way()]
    )


def test_columns_may_stand_in_any_order_and_among_others(tmp_path):
    rows = [f"x,{h},{lon},{lat!r},b,{t}" for t, lat, lon, h in way()]
    (track,) = tracks(read(tmp_path, csv_of("note,altitude_m,lon_deg,lat_deg,id,time_s", rows)))
    assert tuple(track.states[3]) == pytest.approx(way()[3])


def test_a_byte_order_mark_windows_lines_and_blank_lines_are_read(tmp_path):
    text = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n\r\n").encode()
    assert tracks(read(tmp_path, text)) == tracks(read(tmp_path))


def test_the_clock_begins_at_the_first_state(tmp_path):
    late = [(t + 500.0, *place) for t, *place in way()]
    assert tracks(read(tmp_path, csv_of(OWN, own(late)))) == tracks(read(tmp_path))


def test_a_gap_of_more_than_five_minutes_begins_another_object(tmp_path):
    rows = way(4) + [(t + 331.0, lat + 0.1, *rest) for t, lat, *rest in way(3)]
    again = [(t + 1000.0, lat + 0.2, *rest) for t, lat, *rest in way(2)]
    found = tracks(read(tmp_path, csv_of(OWN, own(rows + again))))
    assert [track.name for track in found] == ["3c6444", "3c6444#2", "3c6444#3"]
    near = way(4) + [(t + 330.0, lat + 0.1, *rest) for t, lat, *rest in way(3)]
    assert len(tracks(read(tmp_path, csv_of(OWN, own(near))))) == 1


@pytest.mark.parametrize("blank", ["", "nan", "NaN", "None", "<NA>"])
@pytest.mark.parametrize(("header", "rows"), SPELLINGS[1:])
def test_archives_have_rows_without_a_place_that_are_left_out(tmp_path, header, rows, blank):
    lines = rows(way())
    cells = lines[3].split(",")
    cells[header.split(",").index("lat" if rows is opensky else "latitude")] = blank
    lines[3] = ",".join(cells)
    alone = rows(way(1), "abcdef")
    (track,) = tracks(read(tmp_path, csv_of(header, lines, alone)))
    assert [state.time_s for state in track.states] == [0, 10, 20, 40, 50, 60, 70]


def test_archives_repeat_a_place_that_counts_once(tmp_path):
    rows = way()
    rows[3] = (rows[3][0], *rows[2][1:])
    (track,) = tracks(read(tmp_path, csv_of(OPENSKY, opensky(rows))))
    assert [state.time_s for state in track.states] == [0, 10, 20, 40, 50, 60, 70]
    (track,) = tracks(read(tmp_path, csv_of(OWN, own(rows))))
    assert len(track.states) == 8


def test_the_hash_depends_on_the_content_of_the_file_and_not_on_its_spelling(tmp_path):
    plain = read(tmp_path).scenario_hash
    shuffled = csv_of(OWN + ",note", [f"{row},x" for row in own(way())])
    assert read(tmp_path, shuffled).scenario_hash == plain
    assert read(tmp_path, GOOD.replace("3050", "3051")).scenario_hash != plain
    assert read(tmp_path, GOOD, silent='["3c6444"]').scenario_hash != plain


@pytest.mark.parametrize(
    "path",
    ["flights.csv", "maps/flights.csv", "'maps/flights.csv'  # of a day", "maps/flights.txt"],
)
def test_a_moved_scenario_has_the_same_content(tmp_path, path):
    (tmp_path / "maps").mkdir()
    for name in ("maps/flights.csv", "maps/flights.txt"):
        (tmp_path / name).write_text(csv_of(TRAFFIC, traffic(way())))
    scenario = read(tmp_path, csv_of(TRAFFIC, traffic(way())), states=path)
    text, beside = portable(scenario)
    assert len(beside) == 1
    assert all(re.fullmatch(r"\w+\.csv", name) for name in beside)
    # The text is as read, but for the path.
    assert len(text.splitlines()) == len(scenario.text.splitlines())
    assert (text == scenario.text) == (path == "flights.csv")
    assert copied(tmp_path / "run", text, beside).scenario_hash == scenario.scenario_hash


def copied(folder, text, beside, sets=(), copies=None):
    folder.mkdir()
    (folder / "scenario.yaml").write_text(text)
    for name, content in beside.items():
        (folder / name).write_text(content)
    return load(folder / "scenario.yaml", sets, copies=copies or {})


def test_two_files_of_one_name_have_two_copies(tmp_path):
    second = f"  second: {{aircraft: airliner, states: b/flights.csv, moved: {MOVED}}}\n"
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "flights.csv").write_text(csv_of(OWN, own(way(5))))
    read(tmp_path)
    text = (tmp_path / "small.yaml").read_text() + second
    (tmp_path / "small.yaml").write_text(text)
    scenario = load(tmp_path / "small.yaml")
    moved, beside = portable(scenario)
    assert sorted(beside) == ["flights.csv", "second-flights.csv"]
    assert copied(tmp_path / "run", moved, beside).scenario_hash == scenario.scenario_hash


def test_a_flow_removed_by_set_leaves_a_copy_that_loads(tmp_path):
    scenario = read(tmp_path, GOOD, "civil.recorded=null")
    assert scenario.civil == {}
    assert copied(tmp_path / "run", *portable(scenario)).n_civil == 1


@pytest.mark.parametrize("path", ["other.csv", "maps/flights.csv", "maps/flights.txt"])
@pytest.mark.parametrize(
    "change",
    ["civil.recorded.states={}", "civil.second={{aircraft: airliner, states: {}, {}}}"],
)
def test_a_file_named_by_set_is_copied_too(tmp_path, path, change):
    (tmp_path / "maps").mkdir()
    (tmp_path / path).write_text(csv_of(OWN, own(way(5))))
    change = change.format(path, f"moved: {MOVED}")
    read(tmp_path)
    scenario = read(tmp_path, GOOD, "civil.second=null", change)
    text, beside = portable(scenario)
    copies, beside = with_copies([scenario], beside)
    assert all(re.fullmatch(r"[\w-]+\.csv", name) for name in beside)
    again = copied(tmp_path / "run", text, beside, scenario.overrides, copies)
    assert again.scenario_hash == scenario.scenario_hash


def test_each_arm_has_the_file_that_it_names(tmp_path):
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "flights.csv").write_text(csv_of(OWN, own(way(5))))
    scenario = read(tmp_path)
    arms = [scenario, scenario.set("civil.recorded.states", "maps/flights.csv")]
    copies, beside = with_copies(arms, portable(scenario)[1])
    assert copies == {"maps/flights.csv": "other-flights.csv"}
    again = copied(tmp_path / "run", scenario.text, beside, copies=copies)
    assert again.scenario_hash == scenario.scenario_hash
    moved = again.set("civil.recorded.states", "maps/flights.csv")
    assert moved.scenario_hash == arms[1].scenario_hash != scenario.scenario_hash


def test_aircraft_outside_the_scenario_s_time_are_not_counted(tmp_path):
    other = [(t + 900.0, *place) for t, *place in way()]
    text = csv_of(OWN, own(way()), own(other, "b"))
    assert read(tmp_path, text).n_civil == 1
    assert read(tmp_path, text, at="-8 min").n_civil == 1
    assert read(tmp_path, text, at="-70 s").n_civil == 0
    assert read(tmp_path, text, at="-6 min").n_civil == 1
    assert read(tmp_path, text, "duration=16 min").n_civil == 2
    assert read(tmp_path, text, "duration=15 min").n_civil == 1


def test_more_aircraft_than_fit_are_refused(tmp_path):
    rows = [f"{t},a{k},48,2,{3000 + t}" for k in range(MAX_OBJECTS) for t in (0, 10)]
    fault = one(tmp_path, csv_of("time_s,id,lat_deg,lon_deg,altitude_m", rows))
    assert (fault.path, fault.problem) == ("civil.recorded.states", "too many objects")


CELLS = [
    ("lat_deg", "north", "not a number", "a plain number of deg"),
    ("lat_deg", "nan", "nothing stands here", "a value"),
    ("altitude_m", "", "nothing stands here", "a value"),
    ("id", "", "nothing stands here", "a value"),
    ("id", "AB 1", "not an id", "letters, digits, '-' and '_', at most 64"),
    ("time_s", "inf", "not a finite number", "a number"),
    ("lat_deg", "90.5", "out of range", "-90 to 90 deg"),
    ("lon_deg", "-180.5", "out of range", "-180 to 180 deg"),
    ("altitude_m", "36000", "out of range", "-1 km to 30 km"),
    ("heading_deg", "N", "not a number", "a plain number of deg"),
    ("ground_speed_m_s", "fast", "not a number", "a plain number of m/s"),
]


def spoilt(column, value, line=5, header=OWN, rows=own):
    lines = rows(way())
    cells = lines[line - 2].split(",")
    cells[header.split(",").index(column)] = value
    lines[line - 2] = ",".join(cells)
    return csv_of(header, lines)


@pytest.mark.parametrize(("column", "value", "problem", "allowed"), CELLS)
def test_a_bad_cell_is_told_with_its_line(tmp_path, column, value, problem, allowed):
    fault = one(tmp_path, spoilt(column, value))
    assert (*line_of(fault), fault.path) == ("flights.csv", 5, column)
    assert (fault.problem, fault.allowed) == (problem, allowed)
    assert fault.given in (value, "an empty cell or nan")


@pytest.mark.parametrize(
    ("column", "value", "remedy"),
    [
        ("altitude_m", "36000", "is it in feet? name it altitude_ft"),
        ("altitude_m", '"3000,5"', "write a point for the decimals: 3000.5"),
        (
            "ground_speed_m_s",
            "200 m/s",
            "write 200 alone; the unit is in the column's name",
        ),
        ("lat_deg", "102", "are latitude and longitude exchanged?"),
        ("id", "AB 1", "write 'AB-1'"),
    ],
)
def test_a_bad_cell_has_a_remedy(tmp_path, column, value, remedy):
    assert one(tmp_path, spoilt(column, value)).remedy == remedy


def test_a_time_without_a_zone_is_refused(tmp_path):
    text = spoilt("timestamp", "2018-05-30 15:00:30", header=TRAFFIC, rows=traffic)
    fault = one(tmp_path, text)
    assert (fault.line, fault.problem) == (5, "a time without a zone")
    assert fault.remedy == "append Z if it is UTC: 2018-05-30 15:00:30Z"


def test_epoch_seconds_and_other_zones_are_times_of_traffic_frames(tmp_path):
    lines = traffic(way())
    same = lines[3].replace("2018-05-30 15:00:30+00:00", "2018-05-30T17:00:30+02:00")
    epoch = lines[4].replace("2018-05-30 15:00:40+00:00", "1527692440")
    text = csv_of(TRAFFIC, lines[:3], [same, epoch], lines[5:])
    (track,) = tracks(read(tmp_path, text))
    assert [state.time_s for state in track.states] == [t for t, *_ in way()]


@pytest.mark.parametrize(
    ("header", "path", "remedy"),
    [
        (OWN.replace("lat_deg", "latitude"), "lat_deg", "is it 'latitude'? name it lat_deg"),
        (OWN.replace("altitude_m", "altitude"), "altitude_m", "name it altitude_m"),
        (OWN.replace("time_s", "time"), "time_s", "is it 'time'? name it time_s"),
        (OWN.replace("lon_deg", "x"), "lon_deg", "add lon_deg"),
        (OWN.replace(",", ";"), "time_s", "separate the columns by commas, not by semicolons"),
        (OPENSKY.replace("lon,", "x,"), "lon", "add lon"),
        (TRAFFIC.replace("timestamp", "time"), "timestamp", "is it 'time'? name it timestamp"),
    ],
)  # fmt: skip
def test_a_missing_column_is_told_with_what_is_there_and_the_nearest(
    tmp_path, header, path, remedy
):
    fault = faults_of(tmp_path, csv_of(header, own(way())))[0]
    assert (*line_of(fault), fault.path) == ("flights.csv", 1, path)
    assert fault.problem.startswith("no column of ")
    assert fault.given.startswith(header[:4])
    assert remedy in fault.remedy


def test_two_columns_of_one_quantity_are_refused(tmp_path):
    rows = [f"{row},{10_000},{400}" for row in own(way())]
    faults = faults_of(tmp_path, csv_of(OWN + ",altitude_ft,ground_speed_kt", rows))
    assert [fault.path for fault in faults] == ["altitude_ft", "ground_speed_kt"]
    assert [fault.line for fault in faults] == [1, 1]
    assert faults[0].problem == "two columns of altitude, in m and in ft"
    fault = one(tmp_path, csv_of(OWN + ",lat_deg", [f"{row},48" for row in own(way())]))
    assert (fault.path, fault.problem) == ("lat_deg", "the column stands there twice")


@pytest.mark.parametrize(
    ("factor", "unit"), [(3600 / 1852, "kt"), (3.6, "km/h")]
)  # fmt: skip
def test_speeds_in_another_unit_than_their_name_says_are_told(tmp_path, factor, unit):
    fault = one(tmp_path, csv_of(OWN, own(way(), speed=200.0 * factor)))
    assert (*line_of(fault), fault.path) == ("flights.csv", 1, "ground_speed_m_s")
    assert fault.problem == "every ground speed disagrees with the distances flown"
    assert f"{factor:.3g}" in fault.given
    assert f"look like {unit}" in fault.remedy


@pytest.mark.parametrize(
    ("speed", "climb", "path", "unit"),
    [
        (200.0 / (3600 / 1852), 5.0, "groundspeed", "m/s"),
        (200.0, 5.0 * 0.3048 / 60, "vertical_rate", "m/s"),
        (200.0, 5.0 / 0.3048, "altitude", "m"),
    ],
)
def test_frames_in_si_are_told(tmp_path, speed, climb, path, unit):
    fault = one(tmp_path, csv_of(TRAFFIC, traffic(way(), speed=speed, climb=climb)))
    assert (fault.path, fault.line) == (path, 1)
    assert f"look like {unit}: " in fault.remedy


@pytest.mark.parametrize(
    ("change", "path", "unit"),
    [
        ({"climb": 5.0 / 0.3048 * 60}, "vertical_rate_m_s", "ft/min"),
        ({"climb": 5.0 * 0.3048}, "altitude_m", "ft"),
    ],
)
def test_heights_that_disagree_with_the_climb_are_told(tmp_path, change, path, unit):
    fault = one(tmp_path, csv_of(OWN, own(way(), **change)))
    assert (fault.path, fault.line) == (path, 1)
    assert f"look like {unit}: name the column " in fault.remedy


def test_speeds_that_scatter_say_nothing_about_units(tmp_path):
    rows = [own([row], speed=150.0 + 90.0 * (k % 3))[0] for k, row in enumerate(way())]
    assert read(tmp_path, csv_of(OWN, rows)).n_civil == 1


def test_time_runs_forward_for_each_aircraft(tmp_path):
    rows = own(way())
    rows[3], rows[4] = rows[4], rows[3]
    fault = one(tmp_path, csv_of(OWN, rows))
    assert (*line_of(fault), fault.path) == ("flights.csv", 6, "time_s")
    assert fault.problem == "time runs backwards for 3c6444"
    assert fault.remedy == "sort the rows by time"
    # Of others it may stand anywhere.
    assert len(tracks(read(tmp_path, csv_of(OWN, own(way()), own(way(), "b"))))) == 2


def test_an_aircraft_is_at_one_place_at_a_time(tmp_path):
    rows = own(way())
    away = own([(30.0, 48.1, 2.0, 3150.0)])
    fault = one(tmp_path, csv_of(OWN, rows[:4], away, rows[4:]))
    assert (fault.line, fault.problem) == (6, "3c6444 is at two places at one time")
    assert read(tmp_path, csv_of(OWN, rows[:4], rows[3:])).n_civil == 1


def test_a_leap_is_a_misread_place(tmp_path):
    fault = one(tmp_path, spoilt("lon_deg", "9.0", line=9))
    assert (fault.line, fault.path, fault.problem) == (9, "lat_deg", "3c6444 leaps")


def test_an_aircraft_of_one_row_is_a_fault_of_our_own_spelling(tmp_path):
    fault = one(tmp_path, csv_of(OWN, own(way()), own(way(1), "b")))
    assert (fault.line, fault.problem) == (10, "b has only one row")


def test_an_archive_without_any_way_is_a_fault(tmp_path):
    fault = one(tmp_path, csv_of(OPENSKY, opensky(way(1)), opensky(way(1), "b")))
    assert fault.problem == "no aircraft has two places"


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        (b"", "the file is empty", 1),
        (b"\n\n", "the file is empty", 1),
        (OWN.encode(), "no aircraft has two places", 1),
        (GOOD.encode() + b"1,2\n", "a row of another length", 10),
        (GOOD.encode() + b'"', "this is not CSV", 10),
        (GOOD.encode() + b"caf\xe9", "the file is not UTF-8", 10),
    ],
)
def test_a_file_that_is_none_is_refused_at_its_line(tmp_path, text, problem, line):
    fault = one(tmp_path, text)
    assert line_of(fault) == ("flights.csv", line)
    assert fault.problem.startswith(problem)


def test_a_file_that_is_too_large_is_refused(tmp_path):
    with (tmp_path / "big.csv").open("wb") as file:
        file.truncate((64 << 20) + 1)
    fault = one(tmp_path, states="big.csv")
    assert fault.problem == "the file is too large"
    assert fault.allowed == "at most 64 MiB"
    assert line_of(fault) == ("small.yaml", 22)


def test_a_file_that_is_not_there_names_the_nearest(tmp_path):
    fault = one(tmp_path, states="fligths.csv")
    assert (*line_of(fault), fault.path) == ("small.yaml", 22, "civil.recorded.states")
    assert fault.problem == "no such file"
    assert fault.given.endswith("fligths.csv")
    assert fault.remedy == "did you mean 'flights.csv'?"


def test_all_faults_come_at_once_the_first_ones_in_full(tmp_path):
    bad = [row.replace("3c6444", "3 c") for row in own(way(40))]
    faults = faults_of(tmp_path, csv_of(OWN, own(way(), "b"), bad), transponder="maybe")
    assert (faults[0].path, line_of(faults[0])[0]) == (
        "civil.recorded.transponder",
        "small.yaml",
    )
    assert [fault.line for fault in faults[1:]] == [*range(10, 30), 30]
    assert len(faults) == 1 + MAX_FAULTS + 1
    assert str(faults[-1]).endswith("flights.csv:30: and 20 more")


def test_a_plain_document_reads_its_states_from_the_working_folder(tmp_path, monkeypatch):
    scenario = read(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert load(scenario.document).scenario_hash == scenario.scenario_hash
    assert scenario.set("civil.recorded.at", "1 min").civil["recorded"].at_s == 60.0


@pytest.mark.parametrize("given", ["4", "[1, 2]", "{a: 1}", "true"])
def test_states_name_a_file(tmp_path, given):
    fault = one(tmp_path, states=given)
    assert (fault.path, fault.problem) == ("civil.recorded.states", "not the name of a file")


@pytest.mark.parametrize(
    ("key", "value"), [("count", 3), ("every", "5 s"), ("both_ways", "true")]
)
def test_keys_of_a_route_are_no_keys_of_recorded_traffic(tmp_path, key, value):
    fault = one(tmp_path, **{key: value})
    assert fault.path == f"civil.recorded.{key.replace('_', '-')}"
    assert fault.problem == "a key of the other form of this block"
    assert "states" in fault.allowed
    assert "as their file says" in fault.remedy


def test_keys_of_recorded_traffic_are_no_keys_of_a_route(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL + "    silent: [a]\n")
    with pytest.raises(DocumentError) as caught:
        load(path)
    (fault,) = caught.value.faults
    assert (fault.path, fault.line) == ("civil.airway.silent", 27)
    assert "no route" in fault.remedy


def test_a_misspelt_key_of_recorded_traffic_names_the_nearest(tmp_path):
    fault = one(tmp_path, silnt="[a]")
    assert (fault.path, fault.remedy) == ("civil.recorded.silnt", "did you mean 'silent'?")


def test_recorded_traffic_without_states_is_told_what_is_missing(tmp_path):
    path = tmp_path / "small.yaml"
    text = with_recording(moved=MOVED).replace("    states: flights.csv\n", "")
    path.write_text(text)
    with pytest.raises(DocumentError) as caught:
        load(path)
    (fault,) = caught.value.faults
    assert (fault.path, fault.problem) == ("civil.recorded.states", "missing")
    assert "CSV" in fault.allowed


def test_faults_inside_a_move_are_told_at_their_place(tmp_path):
    fault = one(tmp_path, moved="{from: {lat: 48.0, lon: 200}, to: {east: 0 km, north: 0 km}}")
    assert fault.path == "civil.recorded.moved.from.lon"


def test_a_silent_aircraft_is_one_of_the_file(tmp_path):
    fault = one(tmp_path, silent="[3c6445]")
    assert (fault.path, fault.problem) == ("civil.recorded.silent[0]", "no aircraft of this id")
    assert fault.remedy == "did you mean '3c6444'?"


def test_a_file_with_faults_raises_none_about_its_ids(tmp_path):
    assert one(tmp_path, spoilt("lat_deg", "x"), silent="[3c6444]").problem == "not a number"


@pytest.mark.parametrize("given", ["400123", "3e6444", "4.5"])
def test_an_id_that_yaml_takes_for_a_number_wants_quotes(tmp_path, given):
    fault = one(tmp_path, silent=f"[{given}]")
    assert fault.problem == "this id reads as a number"
    assert fault.remedy.startswith("put it in quotes")


def test_an_unknown_class_is_told_with_the_faults_of_the_file(tmp_path):
    faults = faults_of(tmp_path, spoilt("lat_deg", "x"), aircraft="airlinr")
    assert [fault.problem for fault in faults] == ["unknown aircraft", "not a number"]


@given(
    spelling=st.sampled_from(SPELLINGS),
    edits=st.lists(
        st.tuples(
            st.integers(0, 400),
            st.integers(0, 9),
            st.sampled_from(
                ["", ",", "\n", '"', "-", "9" * 20, "nan", "1e308", "\x00", "é", ";"]
            ),
        ),
        min_size=1,
        max_size=4,
    ),
)
@settings(deadline=None, max_examples=80)
def test_spliced_files_are_read_or_told_with_faults(spelling, edits):
    header, rows = spelling
    text = csv_of(header, rows(way(5)))
    for place, length, value in edits:
        text = text[:place] + value + text[place + length :]
    try:
        recording = read_states(text, "flights.csv")
    except DocumentError as error:
        faults = error.faults
    else:
        # What was read is written so that it reads back the same.
        assert read_states(recording.csv(), "copy.csv") == recording
        faults = ()
    assert all(fault.problem and fault.line > 0 for fault in faults)
