"""ACMI, as pyacmi reads it."""

import io
import re
import zipfile

import numpy as np
import pytest
from pyacmi import Acmi, AcmiType

from bartizan.archive.document import STATEMENT
from bartizan.exchange.acmi import acmi, zipped
from tests.exchange.scenes import flown, picture, truth_at


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """What pyacmi makes of the file."""
    file = tmp_path_factory.mktemp("acmi") / "run.acmi"
    file.write_bytes(acmi(picture()))
    found = Acmi()
    found.load_acmi(str(file))
    return found


@pytest.fixture(scope="module")
def objects(read):
    """Its objects by their names in the run."""
    found = read.objects.values()
    return {each.call_sign() or each.name: each for each in found}


def test_a_zipped_file_reads_the_same(read, tmp_path):
    file = tmp_path / "run.zip.acmi"
    file.write_bytes(zipped(picture()))
    found = Acmi()
    found.load_acmi(str(file))
    assert len(found.objects) == len(read.objects)
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
        assert archive.read("run.acmi") == acmi(picture())


def test_positions_are_those_of_the_run(objects):
    for name in ("cruise[0]", "ballistic[1]", "airway[0]"):
        flight = next(each for each in picture().flights if each.name == name)
        time_s = float(flight.time_s[0])
        row = truth_at(name, time_s)
        found = objects[name]
        # pyacmi adds the reference itself.
        assert (found.longitude(time_s), found.latitude(time_s)) == pytest.approx(
            (row["lon_deg"], row["lat_deg"]), abs=2e-7
        )
        assert found.altitude(time_s) == pytest.approx(row["height_m"], abs=0.01)


def test_types_and_coalitions(objects):
    of = {name: (each.type, each.coalition(), each.color()) for name, each in objects.items()}
    assert of["cruise[0]"] == (AcmiType.Missile, "Raid", "Red")
    assert of["ballistic[0]"] == (AcmiType.Missile, "Raid", "Red")
    assert of["airway[0]"] == (AcmiType.Plane, "Civil", "Green")
    assert of["battalion"] == (AcmiType.AntiAircraft, "Defence", "Blue")
    assert of["port"] == (AcmiType.Building, "Defence", "Blue")
    assert of[picture().shots[0].name][:2] == (AcmiType.Missile, "Defence")
    assert objects["patrol[0]"].coalition() == "Defence"


def test_whoever_ended_is_removed_then(objects):
    for flight in picture().flights:
        if flight.fate:
            end_s = round(float(flight.time_s[-1]), 2)
            assert objects[flight.name].removed_at == pytest.approx(end_s)
    still = [each for each in picture().flights if each.time_s[-1] > 655.0 and not each.fate]
    assert still
    assert all(objects[each.name].removed_at is None for each in still)


def test_every_kill_and_leak_is_an_event():
    text = acmi(picture()).decode()
    for flight in picture().flights:
        if flight.fate == "killed":
            assert re.search(
                rf"^0,Event=Destroyed\|[0-9a-f]+\|{re.escape(flight.name)} ", text, re.M
            )
        if flight.fate == "leaked":
            words = re.escape(f"{flight.name} leaked to {flight.by}")
            assert re.search(rf"^0,Event=Bookmark\|[0-9a-f]+\|{words}$", text, re.M)
    kills = re.findall(r"Event=Timeout\|.*\|Outcome:Kill$", text, re.M)
    assert len(kills) == sum(shot.outcome == "killed" for shot in picture().shots)


def test_times_rise_and_are_said_once():
    times = [float(t) for t in re.findall(r"^#(.+)$", acmi(picture()).decode(), re.M)]
    assert (np.diff(times) > 0.0).all()


def test_it_says_that_it_is_simulated(read):
    text = acmi(picture()).decode()
    assert text.startswith("\ufeffFileType=text/acmi/tacview\nFileVersion=2.2\n")
    assert "\n0,Title=Simulated data: shown\\, seed 3\n" in text
    assert STATEMENT.replace(",", "\\,") in text
    assert 'title: Fish & chips\\, <b>"quoted"</b>; a/path\\\n' in text
    assert read.data_source == f"Bartizan {flown().manifest['version']}"
