"""The verbs from Python: each twice, to and fro, and what they promise."""

import json
import subprocess
import sys
import threading
import tomllib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

import bartizan
from bartizan import BartizanError, DocumentError, RunError
from bartizan.catalogue import CHOICES

TINY = {
    "bartizan": 1,
    "name": "tiny",
    "title": "Two missiles at one port",
    "origin": {"lat": -27.4, "lon": -17.6},
    "duration": "3 min",
    "assets": {"port": {"at": {"east": "2 km", "north": "9 km"}, "value": 6, "hits": 4}},
    "defence": {
        "battalion": {
            "system": "s-400",
            "at": {"east": "8 km", "north": "2 km"},
            "facing": "270 deg",
        }
    },
    "raid": {
        "cruise": {
            "threat": "cruise-missile",
            "count": 2,
            "from": {"bearing": "265 deg", "range": "30 km"},
            "target": "port",
            "at": "5 s",
            "altitude": "300 m",
        }
    },
}

RADAR = {"radar": {"lat_deg": 0.0, "lon_deg": 0.0, "height_m": 0.0, "scan_period_s": 1.0}}
PLOTS = pa.table({"time_s": [0.0, 1.0], "range_m": [5e4, 5e4], "azimuth_rad": [0.0, 0.0]})


def viewed():
    """View the latest run until it is served; a checkout may be without the page."""

    def interrupt(address):
        raise KeyboardInterrupt

    with suppress(RunError):
        bartizan.view(is_opened=False, ready=interrupt)


VERBS = {
    "load": lambda: bartizan.load(TINY),
    "check": lambda: bartizan.check(TINY),
    "run": lambda: bartizan.run(TINY, runs="runs"),
    "open_run": lambda: bartizan.open_run(),
    "summarise": lambda: bartizan.summarise(bartizan.open_run()),
    "why": lambda: bartizan.why(),
    "export": lambda: bartizan.export(to="acmi", out="run.acmi"),
    "view": viewed,
    "study": lambda: bartizan.study(TINY, 2, workers=1, out="study"),
    "open_study": lambda: bartizan.open_study("study"),
    "compare": lambda: bartizan.compare("study", "study"),
    "sql": lambda: bartizan.sql("study", "select leakers from replications"),
    "report": lambda: bartizan.report("study", flights=1),
    "compare_systems": lambda: bartizan.compare_systems(TINY, ["nasams"], n=1),
    "nets": lambda: bartizan.nets("integration", ["stand-alone", "data-link"], n=1),
    "scenarios": lambda: bartizan.scenarios(),
    "new": lambda: bartizan.new("new.yaml", force=True),
    "warm": lambda: bartizan.warm(),
    "verify": lambda: bartizan.verify(["looks"]),
    "track": lambda: bartizan.track(PLOTS, RADAR),
    "score": lambda: bartizan.score(bartizan.open_run()),
    "doctor": lambda: bartizan.doctor(),
    "entries": lambda: bartizan.entries(),
    "entry": lambda: bartizan.entry("s-400"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One full run of the tiny raid, in a folder of runs."""
    return bartizan.run(TINY, runs=tmp_path_factory.mktemp("made") / "runs")


@pytest.fixture(scope="module")
def made_study(tmp_path_factory):
    """A study of two replications."""
    return bartizan.study(TINY, 2, workers=1, out=tmp_path_factory.mktemp("made") / "study")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def without_clock(summary):
    return {key: value for key, value in summary.items() if key not in ("wall_s", "directory")}


def everything(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_every_public_verb_is_tried():
    verbs = {name for name in bartizan.__all__ if name[0].islower()}
    assert verbs == set(VERBS)


def test_every_verb_works_after_every_verb(here, made, made_study):
    """To and fro: each is called after each other, and a second time."""
    (here / "runs").symlink_to(made.directory.parent)
    (here / "study").symlink_to(made_study.directory)
    for verb in (*VERBS, *reversed(VERBS)):
        VERBS[verb]()


def test_every_choice_of_figures_is_offered():
    assert tuple(CHOICES) == bartizan.api.FIGURES


def test_no_room_has_the_name_of_a_verb():
    rooms = {path.stem for path in Path(bartizan.__file__).parent.iterdir()}
    assert not rooms & set(bartizan.__all__)


def test_the_version_is_that_of_the_package():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())
    assert bartizan.__version__ == project["project"]["version"]


def test_a_run_shows_its_summary_in_a_notebook(made):
    opened = bartizan.open_run(made.directory)
    for run in (made, opened, bartizan.run(TINY, record="none")):
        page = run._repr_html_()
        assert page.startswith("<pre")
        assert run.summary["title"] in page
        assert "Not for operational" in page.replace("\n", " ")


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'runn'"):
        _ = bartizan.runn


def test_importing_bartizan_imports_nothing_heavy():
    heavy = ("numpy", "numba", "pyarrow", "scipy", "ortools", "pydantic", "rich", "typer")
    script = f"import bartizan, sys; print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert found.stdout == "[]\n", found.stderr


def test_a_summary_holds_what_it_promises(made):
    summary = made.summary
    assert summary["statement"].startswith("Simulated from published and assumed figures")
    for key in ("scenario", "seed", "figures", "version", "scenario_hash", "causes", "assets"):
        assert key in summary
    for key in ("catalogue_hash", "fingerprint"):
        assert summary[key] == made.manifest[key]
    for key in ("sensing", "overrides", "cost", "simulated_s", "wall_s", "directory"):
        assert key in summary
    funnel = {"launched", "detected", "tracked", "engaged", "killed", "leaked"}
    assert funnel <= set(summary["threats"]["total"])
    assert funnel <= set(summary["threats"]["by_class"]["cruise-missile"])
    assert {"tracks", "hostiles_tracked", "hostiles_engaged"} <= set(summary["peak"])
    assert {"tracks", "engagements"} <= set(summary["capacity"])
    assert {"fired", "left"} <= set(summary["rounds"])
    assert {"present", "engaged", "lost"} <= set(summary["civil"])
    assert "gospa_m" in summary["tracker"]
    assert sum(summary["causes"].values()) == summary["threats"]["total"]["leaked"]


def test_a_run_in_memory_is_the_run_on_disk(made):
    memory = bartizan.run(TINY)
    assert memory.directory is None
    read = bartizan.open_run(made.directory)
    assert without_clock(read.summary) == without_clock(memory.summary)
    for table in ("events", "tracks", "truth"):
        # nan is what is not known, and no Arrow table with one equals itself
        found, expected = (getattr(run, table).to_pandas() for run in (read, memory))
        assert found.equals(expected)


def test_a_run_writes_nothing_unless_asked(here):
    bartizan.run(TINY, record="none")
    assert everything(here) == []


def test_the_same_run_has_the_same_bits_and_the_same_folder(here, made):
    again = bartizan.run(TINY, runs="runs")
    assert again.directory.name == made.directory.name
    for table in ("events.parquet", "tracks.parquet", "truth.parquet", "scenario.yaml"):
        assert (again.directory / table).read_bytes() == (made.directory / table).read_bytes()


def test_another_seed_sensing_or_change_is_another_run(made):
    others = [
        bartizan.run(TINY, seed=2, record="none"),
        bartizan.run(TINY, sensing="perfect", record="none"),
        bartizan.run(TINY, sets=["raid.cruise.count=1"], record="none"),
    ]
    names = {run.manifest["run"] for run in (made, *others)}
    assert len(names) == 4
    assert others[2].summary["threats"]["total"]["launched"] == 1
    assert others[2].summary["overrides"] == ["raid.cruise.count=1"]


def test_a_run_made_from_its_own_folder_is_the_same(made, tmp_path):
    (tmp_path / "again.yaml").write_text((made.directory / "scenario.yaml").read_text())
    again = bartizan.run(tmp_path / "again.yaml", record="none")
    assert without_clock(again.summary) == without_clock(made.summary)


@pytest.mark.parametrize("named", ["mine.geojson", "maps/mine.geojson", "../mine.json"])
def test_a_run_keeps_the_coastline_that_its_scenario_names(tmp_path, named):
    coast = tmp_path / "raids" / named
    coast.parent.mkdir(parents=True, exist_ok=True)
    coast.write_text('{"type": "LineString", "coordinates": [[-17.6, -27.4], [-17.5, -27.3]]}')
    (tmp_path / "raids" / "mine.yaml").write_text(json.dumps({**TINY, "coastline": named}))
    made = bartizan.run(tmp_path / "raids" / "mine.yaml", record="none", runs=tmp_path / "runs")
    coast.unlink()
    again = bartizan.run(
        made.directory / "scenario.yaml", record="none", runs=tmp_path / "runs"
    )
    assert again.directory == made.directory
    assert again.summary["scenario_hash"] == made.summary["scenario_hash"]


def test_two_runs_in_two_threads_do_not_know_of_each_other(made):
    found = {}

    def simulate(seed):
        found[seed] = bartizan.run(TINY, seed=seed)

    threads = [threading.Thread(target=simulate, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[1].events.equals(made.events)
    assert without_clock(found[1].summary) == without_clock(made.summary)
    assert found[2].summary["seed"] == 2


def test_a_scenario_can_be_changed_and_run():
    changed = bartizan.load(TINY).set("raid.cruise.count", 5)
    assert bartizan.load(changed, ["raid.cruise.count=4"]).raid["cruise"].count == 4
    run = bartizan.run(changed, record="events")
    assert run.summary["threats"]["total"]["launched"] == 5
    assert run.events.num_rows > 0


def test_a_seed_may_come_from_an_array():
    run = bartizan.run(TINY, seed=np.int64(3), record="none")
    assert run.summary == {**run.summary, "seed": 3}
    json.dumps(run.summary)


def test_progress_comes_to_the_end():
    reports = []
    bartizan.run(TINY, record="none", progress=reports.append)
    assert reports[-1].now_s == reports[-1].duration_s == 180.0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"seed": -1}, "seed: not a whole number"),
        ({"seed": 1.5}, "seed: not a whole number"),
        ({"seed": "1"}, "seed: not a whole number"),
        ({"sensing": "prefect"}, "did you mean 'perfect'"),
        ({"record": "all"}, "none, events, full"),
    ],
)
def test_a_wrong_argument_is_told_with_what_is_allowed(arguments, words):
    with pytest.raises(BartizanError) as told:
        bartizan.run(TINY, **arguments)
    assert words in str(told.value)
    assert "allowed:" in str(told.value)
    assert "remedy:" in str(told.value)


def test_a_dict_has_the_same_faults_as_a_file():
    broken = {**TINY, "raid": {"cruise": {**TINY["raid"]["cruise"], "count": -2}}}
    with pytest.raises(DocumentError) as told:
        bartizan.run(broken)
    assert "raid.cruise.count" in str(told.value)


def test_an_unknown_scenario_names_the_nearest():
    with pytest.raises(DocumentError, match="did you mean 'coastal-raid'"):
        bartizan.load("coastal-rad")


def test_interruption_leaves_nothing(here):
    def interrupt(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bartizan.run(TINY, runs="runs", progress=interrupt)
    assert everything(here) == []


def test_interruption_leaves_the_run_of_before(here):
    before = bartizan.run(TINY, out="one", record="events")

    def interrupt(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bartizan.run(TINY, out="one", progress=interrupt)
    assert bartizan.open_run("one").manifest["created"] == before.manifest["created"]
    assert {name.split("/")[0] for name in everything(here)} == {"one"}


def test_a_folder_that_cannot_be_used_is_told_before_the_simulation(here):
    (here / "file").write_text("")

    def never(_):
        pytest.fail("it simulated")

    for place in ("file", "file/one", "/proc/one"):
        with pytest.raises(RunError, match="remedy:"):
            bartizan.run(TINY, out=place, progress=never)
    assert everything(here) == ["file"]


def test_a_new_file_is_never_replaced_unasked(here):
    assert bartizan.new("my-raid.yaml") == Path("my-raid.yaml")
    (here / "my-raid.yaml").write_text("mine")
    with pytest.raises(RunError, match=r"(?s)exists already.*--force"):
        bartizan.new("my-raid.yaml")
    assert (here / "my-raid.yaml").read_text() == "mine"
    bartizan.new("my-raid.yaml", force=True)
    assert bartizan.check("my-raid.yaml").name == "my-scenario"


@pytest.mark.parametrize("path", ["my-raid", "nowhere/my-raid.yaml", "folder.yaml"])
def test_a_new_file_that_cannot_be_written_is_told(here, path):
    (here / "folder.yaml").mkdir()
    with pytest.raises(RunError, match="remedy:"):
        bartizan.new(path)


def test_why_tells_of_a_run_in_memory():
    run = bartizan.run({**TINY, "defence": {}}, record="events")
    assert "2 leaked" in str(bartizan.why(run=run))
    assert "leaked at" in str(bartizan.why("cruise[0]", run))
    with pytest.raises(RunError, match=r"cruise\[0\]"):
        bartizan.why("cruis[0]", run)
