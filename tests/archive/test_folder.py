"""Run folders: written, opened, found, replaced, refused, damaged."""

import json
import os
from dataclasses import replace

import pytest

from bartizan.archive.folder import FILES, find_run, latest_run, open_run, run_folder, write_run
from bartizan.errors import RunError
from tests.archive import fake

WHOLE = FILES | {"coast.geojson"}


def written(directory, force=False, **changes):
    run = fake.run(directory, **changes)
    with run_folder(directory, run.manifest["run"], force=force) as stage:
        write_run(run, stage)
    return run


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_a_run_reads_back_as_it_was_written(tmp_path):
    made = written(tmp_path / "one")
    read = open_run(tmp_path / "one")
    assert names(tmp_path / "one") == WHOLE
    assert read.scenario_yaml == made.scenario_yaml
    assert read.summary == {**made.summary, "tracker": dict(made.summary["tracker"])}
    for table in ("events", "tracks", "truth"):
        assert getattr(read, table).equals(getattr(made, table), check_metadata=True)


def test_the_manifest_says_which_run_it_is(tmp_path):
    written(tmp_path / "one")
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text())
    assert manifest["format"] == "1.1"
    assert {"version", "seed", "figures", "fingerprint", "duration_s", "simulated_s"} <= {
        *manifest
    }
    assert {"scenario_hash", "catalogue_hash", "run_hash", "overrides", "sensing"} <= {
        *manifest
    }
    assert manifest["statement"].startswith("Simulated from published and assumed figures")
    assert set(manifest["files"]) == WHOLE - {"manifest.json"}


@pytest.mark.parametrize(
    ("record", "tables"), [("none", set()), ("full", {"events", "tracks", "truth"})]
)
def test_only_what_was_recorded_is_written(tmp_path, record, tables):
    written(tmp_path / "one", record=record)
    found = {name.partition(".")[0] for name in names(tmp_path / "one") if "parquet" in name}
    assert found == tables


def test_tables_that_were_not_recorded_are_refused_with_the_remedy(tmp_path):
    written(tmp_path / "one", record="none")
    with pytest.raises(RunError, match=r"(?s)no events were recorded.*record events"):
        _ = open_run(tmp_path / "one").events
    with pytest.raises(RunError, match=r"(?s)no truth were recorded.*record full"):
        _ = open_run(tmp_path / "one").truth


def test_the_same_run_replaces_itself(tmp_path):
    written(tmp_path / "one", record="none")
    written(tmp_path / "one", record="full")
    assert names(tmp_path / "one") == WHOLE
    assert names(tmp_path) == {"one"}


def test_another_run_is_replaced_only_by_force(tmp_path):
    written(tmp_path / "one", seed=1)
    with pytest.raises(RunError, match=r"(?s)holds another run.*-s2-.*-s1-.*--force"):
        written(tmp_path / "one", seed=2)
    assert open_run(tmp_path / "one").manifest["seed"] == 1
    written(tmp_path / "one", seed=2, force=True)
    assert open_run(tmp_path / "one").manifest["seed"] == 2


def test_what_is_no_run_is_left_alone_even_by_force(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("years of work")
    with pytest.raises(RunError, match=r"is no run folder, or a damaged one; it is left alone"):
        written(tmp_path / "mine", force=True)
    assert names(tmp_path / "mine") == {"thesis.tex"}


def test_a_file_added_to_a_run_is_never_deleted_with_it(tmp_path):
    written(tmp_path / "one")
    (tmp_path / "one" / "notes.txt").write_text("mine")
    with pytest.raises(RunError, match=r"holds 'notes.txt', which is of no run"):
        written(tmp_path / "one", force=True)
    assert names(tmp_path / "one") == WHOLE | {"notes.txt"}


def test_a_coastline_added_to_a_run_is_never_deleted_with_it(tmp_path):
    written(tmp_path / "one")
    (tmp_path / "one" / "mine.geojson").write_text("{}")
    with pytest.raises(RunError, match=r"holds 'mine.geojson', which is of no run"):
        written(tmp_path / "one", force=True)


def test_recorded_traffic_of_a_run_is_replaced_with_it(tmp_path):
    run = replace(fake.run(tmp_path / "one"), beside={"flights.csv": "time_s,id\n"})
    for _ in range(2):
        with run_folder(tmp_path / "one", run.manifest["run"], force=False) as stage:
            write_run(run, stage)
    assert "flights.csv" in names(tmp_path / "one")


def test_an_empty_folder_may_be_used(tmp_path):
    (tmp_path / "one").mkdir()
    written(tmp_path / "one")
    assert names(tmp_path / "one") == WHOLE


def test_a_file_is_refused_as_a_folder(tmp_path):
    (tmp_path / "one").write_text("")
    with pytest.raises(RunError, match=r"one: is a file"):
        written(tmp_path / "one", force=True)


@pytest.mark.parametrize("place", [".", ".."])
def test_the_folder_one_stands_in_is_refused(tmp_path, monkeypatch, place):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(RunError, match=r"you are in it"):
        written(fake.Path(place))


def test_a_refused_folder_is_told_before_anything_is_simulated(tmp_path):
    (tmp_path / "one").write_text("")
    with pytest.raises(RunError), run_folder(tmp_path / "one", "name", force=False):
        pytest.fail("the block must not run")


def damage_nothing(folder):
    folder.joinpath("manifest.json").unlink()


def damage_json(folder):
    folder.joinpath("manifest.json").write_text("{")


def damage_kind(folder):
    folder.joinpath("manifest.json").write_text("{}")


def damage_list(folder):
    folder.joinpath("manifest.json").write_text("[]")


def damage_format(folder):
    folder.joinpath("manifest.json").write_text('{"bartizan": "run", "format": "1.2"}')


def damage_keys(folder):
    folder.joinpath("manifest.json").write_text('{"bartizan": "run", "format": 1}')


def damage_missing(folder):
    folder.joinpath("tracks.parquet").unlink()


def damage_size(folder):
    folder.joinpath("events.parquet").write_bytes(b"PAR1")


def damage_encoding(folder):
    folder.joinpath("manifest.json").write_bytes(b"\xff\xfe")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (damage_nothing, "no manifest.json"),
        (damage_json, "manifest.json cannot be read"),
        (damage_encoding, "manifest.json cannot be read"),
        (damage_kind, "not the manifest of a run"),
        (damage_list, "not a JSON object"),
        (damage_format, "it has format 1.2, this version reads formats 1.0 and 1.1"),
        (damage_keys, "manifest.json lacks 'created'"),
        (damage_missing, "tracks.parquet is missing"),
        (damage_size, "events.parquet has 4 bytes instead of"),
    ],
)
def test_a_damaged_folder_is_named_with_what_is_wrong(tmp_path, damage, words):
    written(tmp_path / "one")
    damage(tmp_path / "one")
    with pytest.raises(RunError) as told:
        open_run(tmp_path / "one")
    assert str(told.value).startswith(f"{tmp_path}/one: cannot be read as a run: ")
    assert words in str(told.value)
    assert "remedy:" in str(told.value)


def test_a_table_damaged_after_the_opening_is_named(tmp_path):
    written(tmp_path / "one")
    read, path = open_run(tmp_path / "one"), tmp_path / "one" / "events.parquet"
    path.write_bytes(b"X" * path.stat().st_size)
    with pytest.raises(RunError, match=r"events.parquet: this table cannot be read"):
        _ = read.events


def test_a_damaged_run_does_not_hide_a_newer_one(tmp_path):
    for name, seed in (("a", 1), ("b", 2)):
        written(tmp_path / name, seed=seed)
    damage_format(tmp_path / "a")
    os.utime(tmp_path / "a", (0.0, 0.0))
    assert latest_run(tmp_path).manifest["seed"] == 2
    damage_json(tmp_path / "b")
    with pytest.raises(RunError, match=r"b: cannot be read as a run"):
        latest_run(tmp_path)


def test_the_latest_run_is_the_one_made_last(tmp_path):
    for name, seed in (("b", 1), ("a", 2), ("c", 3)):
        written(tmp_path / name, seed=seed)
    (tmp_path / ".x.writing").mkdir()
    (tmp_path / "not-a-run").mkdir()
    assert latest_run(tmp_path).manifest["seed"] == 3


def test_without_a_run_the_remedy_is_to_make_one(tmp_path):
    with pytest.raises(RunError, match=r"(?s)no run here yet.*bartizan run coastal-raid"):
        latest_run(tmp_path / "runs")


def test_a_run_is_found_by_path_by_name_and_by_default(tmp_path):
    written(tmp_path / "one")
    for given in (tmp_path / "one", str(tmp_path / "one"), "one", None):
        assert find_run(given, tmp_path).manifest["seed"] == 1


def test_an_unknown_run_names_the_nearest(tmp_path):
    written(tmp_path / "coastal-raid-s1")
    with pytest.raises(RunError, match=r"did you mean 'coastal-raid-s1'"):
        find_run("coastal-raid-s2", tmp_path)
