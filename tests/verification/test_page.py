"""What a user sees of a verification: the table, the page, its plot, and the exit code."""

import json
import xml.etree.ElementTree as ET

import pytest
from typer.testing import CliRunner

import bartizan
from bartizan.cli.verbs import app
from bartizan.reports.scatter import normal_plot
from bartizan.reports.verification import Verification


def typed(*words):
    return CliRunner().invoke(app, ["verify", *words])


def test_the_table_says_what_it_is_and_fits_a_terminal():
    shown = typed("--case", "looks", "--case", "horizon")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("VERIFICATION, NOT VALIDATION")
    assert "All 7 quantities of 2 cases agree with theory." in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_a_case_that_is_none_names_the_nearest():
    shown = typed("--case", "loooks")
    assert shown.exit_code == 2
    assert "did you mean" in shown.stderr
    assert "looks" in shown.stderr


def test_json_holds_every_number():
    document = json.loads(typed("--case", "magazine", "--json", "--seed", "3").stdout)
    (row,) = document["rows"]
    assert row["theory"] == pytest.approx(8.3011, abs=1e-4)
    assert row["verdict"] == "pass"
    assert document["seed"] == 3
    assert document["passed"] is True


def test_a_verdict_against_it_is_told_and_ends_with_1(monkeypatch):
    found = bartizan.verify(["burst"])
    row = {**found.document["rows"][0], "verdict": "FAIL"}
    bad = Verification({**found.document, "rows": [row], "passed": False})
    assert "do not pass: burst: leakers (FAIL)" in repr(bad)
    monkeypatch.setattr("bartizan.api.verify", lambda *_, **__: bad)
    assert typed().exit_code == 1


def test_the_page_and_its_plot_are_written_whole(tmp_path):
    page = tmp_path / "verification.md"
    assert typed("--case", "burst", "--case", "looks", "--out", str(page)).exit_code == 0
    text = page.read_text()
    assert text.startswith("# Verification, not validation")
    assert "![Simulated z" in text
    plot = ET.parse(tmp_path / "verification.svg").getroot()
    assert sum(element.tag.endswith("circle") for element in plot.iter()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "verification.md",
        "verification.svg",
    ]


def test_a_page_that_cannot_be_written_is_told(tmp_path):
    shown = typed("--case", "looks", "--out", str(tmp_path / "no" / "page.md"))
    assert shown.exit_code == 2
    assert "cannot be written" in shown.stderr


def test_the_plot_keeps_even_wild_values_inside():
    plot = ET.fromstring(normal_plot([-40.0, 0.0, 90.0]))
    places = [float(e.get("cy")) for e in plot.iter() if e.tag.endswith("circle")]
    assert all(0.0 <= place <= 420.0 for place in places)
