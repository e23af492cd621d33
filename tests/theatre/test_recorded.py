"""A run or study that lies in its folder needs nothing that lay elsewhere when it was flown."""

import shlex
import shutil

import pytest

import bartizan
from bartizan.archive.study import open_study
from bartizan.theatre.recorded import command_of, scenario_of
from tests.commands import bartizan_shell
from tests.scenario.recordings import MOVED, OWN, csv_of, own, way, with_recording

STATES = "civil.recorded.states"


@pytest.fixture
def elsewhere(tmp_path):
    """A scenario that names a recording, and another recording in a folder beside it."""
    folder = tmp_path / "elsewhere"
    (folder / "days").mkdir(parents=True)
    (folder / "flights.csv").write_text(csv_of(OWN, own(way())))
    (folder / "days" / "flights.csv").write_text(csv_of(OWN, own(way(5))))
    (folder / "mine.yaml").write_text(with_recording(moved=MOVED))
    return folder


def test_a_run_by_set_is_read_and_flown_again_from_its_folder_alone(tmp_path, elsewhere):
    sets = [f"{STATES}=days/flights.csv", "duration=2 min"]
    run = bartizan.run(elsewhere / "mine.yaml", sets=sets, out=tmp_path / "run", record="none")
    shutil.rmtree(elsewhere)
    run = bartizan.open_run(tmp_path / "run")
    assert scenario_of(run).scenario_hash == run.manifest["scenario_hash"]
    command = command_of(run)
    assert f"--set {STATES}=flights.csv" in command
    again = bartizan_shell(*shlex.split(command)[1:], "--quiet", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    (flown,) = (tmp_path / "runs").iterdir()
    assert bartizan.open_run(flown).manifest["scenario_hash"] == run.manifest["scenario_hash"]


def test_a_study_keeps_the_files_of_its_arms(tmp_path, elsewhere):
    vary = [f"{STATES}=flights.csv,days/flights.csv"]
    sets, place = ["duration=2 min"], tmp_path / "study"
    bartizan.study(elsewhere / "mine.yaml", 1, vary=vary, sets=sets, out=place, workers=1)
    written = bartizan.load(elsewhere / "mine.yaml", sets)
    arms = [written.set(STATES, path) for path in ("flights.csv", "days/flights.csv")]
    shutil.rmtree(elsewhere)
    kept = scenario_of(open_study(place))
    for path, arm in zip(("flights.csv", "days/flights.csv"), arms, strict=True):
        assert kept.set(STATES, path).scenario_hash == arm.scenario_hash
