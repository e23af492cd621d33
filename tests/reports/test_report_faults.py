"""What goes wrong with a report, told in words: exit code 2, nothing half-written."""

import json
import sys

import pytest
from typer.testing import CliRunner

import bartizan
from bartizan.archive.study import BEGUN, read_study_manifest, write_manifest
from bartizan.cli.reporting import app


def typed(*arguments):
    return CliRunner().invoke(app, ["report", *map(str, arguments)])


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(result, *words):
    assert result.exit_code == 2, result.output
    assert all(word in result.output for word in words), result.output
    assert "Traceback" not in result.output


def test_a_folder_that_is_no_study_is_refused(here):
    (here / "empty").mkdir()
    refused(typed("empty"), "no study", "remedy:")
    refused(typed("nowhere"), "nowhere: no such study", "remedy:")
    assert list(here.glob("*.html")) == []


def test_a_study_that_is_not_whole_is_refused(here, studied, tmp_path_factory):
    import shutil

    folder = tmp_path_factory.mktemp("begun") / "study"
    shutil.copytree(studied.directory, folder)
    manifest = read_study_manifest(folder)
    write_manifest(folder, {**manifest, "state": BEGUN})
    refused(typed(folder), "not made to its end", "repeat its command")
    assert list(here.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told_before_anything_is_flown(here, studied):
    flown = []
    with pytest.raises(bartizan.RunError, match="there is no such folder"):
        bartizan.report(studied, "no/such/folder.html", progress=lambda *at: flown.append(at))
    assert flown == []
    (here / "taken.html").mkdir()
    refused(typed(studied.directory, "-o", "taken.html"), "cannot be written", "-o")
    assert [path.name for path in here.iterdir()] == ["taken.html"]


@pytest.mark.parametrize("package", ["plotly", "jinja2"])
def test_a_package_that_is_missing_is_named(here, studied, monkeypatch, package):
    for name in list(sys.modules):
        if name.partition(".")[0] == package:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    refused(typed(studied.directory), f"{package} is not installed", "bartizan[all]")
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("flights", ["0", "-3"])
def test_a_report_flies_at_least_the_raid_that_stands_for_all(here, studied, flights):
    refused(typed(studied.directory, "--flights", flights), "flights", "1, 2, 3")


def test_the_verb_says_where_the_report_is(here, studied):
    result = typed(studied.directory, "--flights", "1")
    assert result.exit_code == 0
    assert result.output.startswith("hard.html  ")
    assert typed(studied.directory, "--flights", 1, "-q", "-o", "b.html").output == "b.html\n"
    assert sorted(path.name for path in here.iterdir()) == ["b.html", "hard.html"]


def test_format_of_sql_is_refused_like_any_choice(here, studied):
    result = CliRunner().invoke(app, ["sql", str(studied.directory), "x", "--format", "jsn"])
    refused(result, "--format: no such choice", "json")
    assert json.dumps("jsn")[1:-1] in result.output
