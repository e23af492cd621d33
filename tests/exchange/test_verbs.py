"""export and view as people type them: what is written, what is refused, what stays behind."""

import dataclasses
import json
import re
import shutil

import pytest
from typer.testing import CliRunner

import bartizan
from bartizan import BartizanError, RunError, api
from bartizan.cli.exporting import app
from bartizan.exchange.formats import FORMATS
from bartizan.exchange.picture import picture_of
from tests.commands import left_in, read_only
from tests.exchange.scenes import FLOWN, flown

BEGINS = {
    "czml": b'[{"id":"document"',
    "acmi": b"\xef\xbb\xbfFileType=text/acmi",
    "kml": b"<?xml version='1.0'",
    "geojson": b'{"type":"FeatureCollection"',
    "csv": b"# Simulated data.",
    "parquet": b"PAR1",
}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def typed(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


def refused(*arguments):
    """Return what is said of a mistake, on one line, after checking that it is told as one."""
    ended = typed(*arguments)
    assert ended.exit_code == 2, ended.output
    assert "Traceback" not in ended.stderr
    return " ".join(ended.stderr.split())


@pytest.mark.parametrize("to", FORMATS)
def test_a_run_is_written_under_its_own_name(here, to):
    ended = typed("export", flown().directory, "--to", to)
    name = f"{flown().manifest['run']}.{to}"
    assert left_in(here) == [name]
    assert (here / name).read_bytes().startswith(BEGINS[to])
    assert ended.stdout.startswith(f"wrote {name} (")


@pytest.mark.parametrize(
    ("to", "name", "begins"),
    [
        *(("acmi", "a.zip.acmi", b"PK"), ("acmi", "a.ACMI", BEGINS["acmi"])),
        *(("kml", "a.kmz", b"PK"), ("kml", "a.txt", BEGINS["kml"])),
    ],
)
def test_the_ending_chooses_where_a_format_has_several(here, to, name, begins):
    assert str(bartizan.export(flown(), to, name)) == name
    assert (here / name).read_bytes().startswith(begins)


def test_the_same_run_gives_the_same_bytes(here):
    for to in ("acmi", "kml"):
        suffix = list(FORMATS[to].suffixes)[-1]
        first, second = (bartizan.export(flown(), to, f"{k}{suffix}") for k in "ab")
        assert first.read_bytes() == second.read_bytes()


def test_the_latest_run_is_meant_by_default(here):
    shutil.copytree(flown().directory, here / "runs" / "one")
    ended = typed("export", "--to", "acmi", "-o", "x.acmi")
    assert ended.exit_code == 0, ended.output
    assert typed("export", "one", "--to", "acmi", "-o", "y.acmi").exit_code == 0
    assert (here / "x.acmi").read_bytes() == (here / "y.acmi").read_bytes()


def test_a_run_in_memory_is_written_too(here):
    run = bartizan.run(FLOWN, seed=3)
    written = bartizan.export(run, "acmi", "memory.acmi")
    kept = bartizan.export(flown(), "acmi", "folder.acmi")
    assert written.read_bytes() == kept.read_bytes()


def test_help_lists_every_format_and_its_endings():
    words = " ".join(typed("export", "--help").stdout.split())
    for name, (endings, readers) in api.EXPORTS.items():
        assert f"{name} ({', '.join(endings)}) for {readers}" in words
    assert set(api.EXPORTS) == {"html", *FORMATS}


def test_every_format_names_a_function_that_is_there():
    for each in FORMATS.values():
        for place in each.suffixes.values():
            module, _, function = place.partition(".")
            found = __import__(f"bartizan.exchange.{module}", fromlist=[function])
            assert callable(getattr(found, function))


def test_an_unknown_format_is_refused_with_the_list(here):
    words = refused("export", flown().directory, "--to", "kmll")
    assert "html, czml, acmi, kml, geojson, csv, parquet" in words
    assert "did you mean 'kml'?" in words
    assert left_in(here) == []


@pytest.mark.parametrize("record", ["none", "events"])
def test_a_run_without_states_says_how_to_record_them(here, record):
    sets = ["duration=5 min", "raid.cruise.count=1"]
    run = bartizan.run(FLOWN, seed=7, record=record, out="bare", figures="claimed", sets=sets)
    for verb in (("export", "bare", "--to", "kml"), ("view", "bare", "--no-open")):
        words = refused(*verb)
        assert f"record {record}" in words or f"--record {record}" in words
        assert "--record full" in words
    told = refused("export", "bare", "--to", "kml")
    command = "bartizan run bare/scenario.yaml --seed 7 --figures claimed"
    assert f"{command} --set 'duration=5 min' --set raid.cruise.count=1 --record full" in told
    assert left_in(here) == ["bare"]
    assert run.manifest["record"] == record


def test_a_damaged_run_is_told(here):
    shutil.copytree(flown().directory, "broken")
    with (here / "broken" / "truth.parquet").open("r+b") as file:
        file.seek(1000)
        file.write(b"flipped")
    assert "truth.parquet was changed" in refused("export", "broken", "--to", "kml")
    assert "truth.parquet was changed" in refused("view", "broken", "--no-open")
    assert left_in(here) == ["broken"]


def test_no_such_run_is_told():
    assert "no such run" in refused("export", "nothing", "--to", "kml")
    assert "no run here yet" in refused("export", "--to", "kml")


def test_a_place_that_takes_no_file_is_told_before_anything_is_drawn(here):
    (here / "folder").mkdir()
    run = flown().directory
    assert "is a folder" in refused("export", run, "--to", "kml", "-o", "folder")
    assert "no such folder" in refused("export", run, "--to", "kml", "-o", "a/b/c.kml")
    with read_only(here / "folder"):
        assert "cannot be written" in refused(
            "export", run, "--to", "kml", "-o", "folder/a.kml"
        )
    assert left_in(here / "folder") == []


def test_an_export_that_fails_leaves_what_was_there(here, monkeypatch):
    (here / "a.kml").write_text("as it was")

    def fails(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("bartizan.exchange.kml.kml", fails)
    assert typed("export", flown().directory, "--to", "kml", "-o", "a.kml").exit_code == 130
    assert (here / "a.kml").read_text() == "as it was"
    assert left_in(here) == ["a.kml"]


def test_an_older_version_of_a_scenario_that_cannot_be_read_is_told(here):
    shutil.copytree(flown().directory, "old")
    manifest = json.loads((here / "old" / "manifest.json").read_text())
    text = (here / "old" / "scenario.yaml").read_text().replace("cruise-missile", "forgotten")
    (here / "old" / "scenario.yaml").write_text(text)
    manifest["format"] = "1.0"
    manifest["files"] = {
        name: (here / "old" / name).stat().st_size for name in manifest["files"]
    }
    (here / "old" / "manifest.json").write_text(json.dumps(manifest))
    words = refused("export", "old", "--to", "kml")
    assert "cannot read its scenario" in words
    assert "forgotten" in words


def test_a_run_of_another_catalogue_says_so(here):
    run = flown()
    assert "note" not in picture_of(run).about
    old = dataclasses.replace(run, manifest={**run.manifest, "catalogue_hash": "other"})
    assert "catalogue are not those" in picture_of(old).about["note"]
    assert b"catalogue are not those" in bartizan.export(old, "csv", "old.csv").read_bytes()


def test_a_run_to_be_viewed_must_record_states(here):
    words = refused("run", "coastal-raid", "--view", "--record", "events")
    assert "nothing to replay" in words
    assert left_in(here) == []


def test_replications_are_of_studies_only():
    words = refused("export", flown().directory, "--to", "kml", "--replication", "3")
    assert "a run is one replication" in words
    with pytest.raises(BartizanError, match="leave --arm out"):
        bartizan.export(flown(), "kml", arm="as written")


def test_perfect_sensing_shows_no_coverage(here):
    sets = ["duration=4 min", "nets={}", "links={}"]
    run = bartizan.run(FLOWN, sensing="perfect", sets=sets)
    packets = json.loads(bartizan.export(run, "czml", "a.czml").read_bytes())
    assert not [each for each in packets if each["id"].startswith("coverage/")]
    assert [each for each in packets if each["id"].startswith("tracks/")]


def test_a_run_in_which_nothing_flew_is_exported(here):
    run = bartizan.run(FLOWN, sets=["duration=2 min", "raid={}", "civil={}"])
    for to in FORMATS:
        assert bartizan.export(run, to).stat().st_size > 0


def test_the_error_of_a_run_is_a_run_error():
    with pytest.raises(RunError, match=re.escape("no such run")):
        bartizan.export("nothing", "kml")
