"""The summary: what it says, and that it fits."""

import re
from pathlib import Path

import pytest
from rich.console import Console

from bartizan.archive.document import STATEMENT
from bartizan.reports.summary import ONE_REPLICATION, Overview
from tests.archive import fake

RUN = Path("runs/coastal-raid-nominal-s1-ab12cd")


def text(**changes):
    return repr(Overview(fake.summary(RUN, **changes)))


def words(lines):
    return " ".join(lines.split())


def test_it_begins_with_one_replication_and_ends_with_the_standing_words():
    assert text().startswith(ONE_REPLICATION)
    assert words(text()).endswith(STATEMENT)


def test_it_is_one_screen_of_80_columns():
    lines = text().splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 45


def test_every_part_is_there():
    for part in ("THREATS", "WHY THEY LEAKED", "PEAKS", "ROUNDS", "ASSETS", "CIVIL AIRCRAFT"):
        assert part in text()
    for part in (
        "97 of 300",
        "12 of 12",
        "48n6e3     62   55      42    34  fighter 22, drone 20",
        "GOSPA 812 m",
        "seed 1",
    ):
        assert part in text()
    assert "destroyed 9:41" in text()
    assert "hit 1 of 4" in text()
    assert "near misses   3" in text()
    assert "IDENTITY 280 of 300 known as hostile, 32 s after detection · 2 mistaken" in words(
        text()
    )
    assert "rounds 62.0 M USD against a raid of 48.0 M USD" in text()


def test_own_aircraft_get_a_column_where_there_are_any():
    known = fake.summary(RUN)["identification"]
    known = known | {"friend": fake.bystanders(6, 0, 1)}
    lines = words(text(identification=known))
    assert "CIVIL AND OWN AIRCRAFT" in lines
    assert re.search(r"civil own .*present 42 6", lines)


def test_a_run_of_an_older_version_is_shown_without_what_it_did_not_count():
    shown = text(identification=None)
    assert "IDENTITY" not in shown
    assert "near misses" not in shown
    assert "engaged 1" in words(shown)


def test_where_the_figures_come_from_is_said_on_one_line():
    line = "FIGURES   41 sourced · 3 computed · 12 recalled, not re-read · 66 assumed"
    assert line in text().splitlines()


def test_version_and_hashes_are_on_it():
    line = "bartizan 0.1.0 · scenario 0123456789ab · fingerprint a018e430297514a5"
    assert line in text().splitlines()


def test_a_narrow_terminal_loses_no_figure():
    console = Console(width=40, color_system=None)
    with console.capture() as captured:
        console.print(Overview(fake.summary(RUN)), crop=False)
    narrow = captured.get()
    folder = next(line for line in narrow.splitlines() if str(RUN) in line)
    lines = [line for line in narrow.splitlines() if line != folder]
    assert max(map(len, lines)) <= 40
    assert "…" not in narrow
    assert set(re.findall(r"[\d.]+", text())) <= set(re.findall(r"[\d.]+", narrow))


def test_a_long_folder_and_command_are_left_in_one_piece():
    folder = Path("/tmp") / ("x" * 90)
    lines = repr(Overview(fake.summary(folder))).splitlines()
    assert f"Files  {folder}" in lines
    assert f"       bartizan why 'cruise[3]' --run {folder}" in lines


def test_without_events_no_story_is_offered():
    commands = repr(Overview(fake.summary(RUN), is_told=False))
    assert "bartizan why" in commands
    assert "bartizan why '" not in commands


@pytest.mark.parametrize(
    ("ratio", "words"),
    [(1.29, "1.3 to 1"), (0.048, "1 to 21"), (0.5, "1 to 2"), (1.0, "1 to 1")],
)
def test_costs_are_set_against_each_other_in_whole_ones(ratio, words):
    cost = {"rounds_usd": 1e6, "raid_usd": 2e6, "ratio": ratio}
    assert text(cost=cost).count(f"of 2.00 M USD, {words}\n") == 1


def test_the_funnel_has_a_row_for_each_class_and_one_for_all():
    line = next(
        line for line in text().splitlines() if line.strip().startswith("cruise-missile")
    )
    assert line.split()[1:] == ["24", "24", "22", "20", "17", "7"]
    line = next(line for line in text().splitlines() if line.strip().startswith("all"))
    assert line.split()[1:] == ["60", "60", "58", "50", "42", "18"]


def test_only_causes_that_happened_are_listed_most_frequent_first():
    assert "engaged and missed" in text()
    assert "outside coverage" not in text()
    assert text().index("engaged and missed") < text().index("no channel")


def test_perfect_sensing_is_bold():
    console = Console(width=80, force_terminal=True, color_system="standard")
    with console.capture() as captured:
        console.print(Overview(fake.summary(RUN, sensing="perfect")))
    assert "\x1b[1mPERFECT SENSING\x1b[0m" in captured.get()
    assert "PERFECT SENSING" not in text()


def test_overrides_and_overflow_are_told():
    assert "changed: raid.cruise.count=3" in text(overrides=["raid.cruise.count=3"])
    assert "OVERFLOW" not in text()
    assert "12 plots did not fit" in text(overflow={"plots": 12, "tracks": 0})


def test_tracks_beyond_capacity_are_no_overflow_of_a_table():
    beyond = text(overflow={"plots": 0, "tracks beyond capacity": 30})
    assert "OVERFLOW" not in beyond
    assert re.search(r"beyond capacity +30", beyond)
    assert "beyond capacity" not in text()


def test_nominal_figures_stand_beside_any_others():
    other = fake.summary(RUN)
    beside = {**other, "capacity": {"tracks": 300, "engagements": 36}, "figures": "nominal"}
    page = text(figures="claimed", beside=beside)
    assert "CLAIMED BESIDE NOMINAL FIGURES, THE SAME SEED" in page
    assert re.search(r"engagements it may have at once +12 +36\n", page)
    assert "BESIDE" not in text()


def test_objects_still_in_flight_get_a_column():
    total = fake.funnel(3, 3, 3, 0, 0, 0, 3)
    assert "in flight" in text(threats={"total": total, "by_class": {"drone": total}})
    assert "in flight" not in text()


@pytest.mark.parametrize(
    ("directory", "command"),
    [
        (RUN, "bartizan why 'cruise[3]'"),
        (Path("/tmp/my run"), "bartizan why 'cruise[3]' --run '/tmp/my run'"),
    ],
)
def test_the_next_command_can_be_typed(directory, command):
    assert command in repr(Overview(fake.summary(directory)))


@pytest.mark.parametrize(
    ("directory", "command"),
    [(RUN, "Next   bartizan view\n"), (Path("/tmp/my run"), "bartizan view '/tmp/my run'\n")],
)
def test_without_leakers_the_next_command_shows_the_run(directory, command):
    assert command in repr(Overview(fake.summary(directory, leakers=[])))


def test_an_empty_scenario_has_a_summary():
    none = fake.funnel(*[0] * 7)
    quiet = repr(
        Overview(
            fake.summary(
                None,
                threats={"total": none, "by_class": {}},
                causes={},
                leakers=[],
                rounds={key: {} for key in ("fired", "met", "killed", "left")},
                assets={},
                capacity={"tracks": 0, "engagements": 0},
                cost={"rounds_usd": 0.0, "raid_usd": 0.0, "ratio": None},
                tracker=dict.fromkeys(("gospa_m", "localisation_m", "missed", "false")),
            )
        )
    )
    assert "none leaked" in quiet
    assert "none launched" in quiet
    assert "none written" in quiet
