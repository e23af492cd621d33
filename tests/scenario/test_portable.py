"""A scenario that moves: its text as read, its coastline beside it."""

import pytest

from bartizan.scenario import load, portable
from bartizan.scenario.tree import read_tree
from tests.scenario.documents import SMALL

GEOJSON = (
    '{"type": "Polygon", "coordinates": [[[-17.6, -27.4], [-17.5, -27.4], [-17.6, -27.4]]]}'
)


def written(folder, line):
    text = "\n".join(
        ["# mine", "bartizan: 1", "origin: {lat: -27.4, lon: -17.6}", "duration: 1 min", line]
    )
    (folder / "mine.yaml").write_text(text)
    return text


def moved(scenario, folder):
    text, beside = portable(scenario)
    folder.mkdir()
    (folder / "scenario.yaml").write_text(text)
    for name, content in beside.items():
        (folder / name).write_text(content)
    return load(folder / "scenario.yaml")


def test_without_a_coastline_the_text_is_as_read(tmp_path):
    text = written(tmp_path, "tick: 1 s")
    assert portable(load(tmp_path / "mine.yaml")) == (text, {})


def test_with_a_coastline_beside_it_the_text_is_as_read(tmp_path):
    text = written(tmp_path, "coastline: mine.geojson # drawn")
    (tmp_path / "mine.geojson").write_text(GEOJSON)
    as_read, beside = portable(load(tmp_path / "mine.yaml"))
    assert as_read == text
    assert list(beside) == ["mine.geojson"]


@pytest.mark.parametrize(
    "line",
    [
        "coastline: mine.geojson",
        "coastline: maps/mine.geojson   # drawn",
        "coastline: 'maps/mine.geojson'",
        "coastline: maps/mine.json",
        "coastline: >-\n  maps/mine.geojson",
        '"coastline": maps/mine.geojson',
    ],
)
def test_a_moved_scenario_has_the_same_content(tmp_path, line):
    written(tmp_path, line)
    (tmp_path / "maps").mkdir()
    for name in ("mine.geojson", "maps/mine.geojson", "maps/mine.json"):
        (tmp_path / name).write_text(GEOJSON)
    scenario = load(tmp_path / "mine.yaml")
    assert moved(scenario, tmp_path / "run").scenario_hash == scenario.scenario_hash


def test_only_the_path_of_the_coastline_changes(tmp_path):
    text = written(tmp_path, "coastline: maps/mine.geojson   # drawn")
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "mine.geojson").write_text(GEOJSON)
    assert portable(load(tmp_path / "mine.yaml"))[0] == text.replace(
        "maps/mine.geojson", '"mine.geojson"'
    )


def test_a_coastline_changed_by_set_leaves_a_text_that_loads(tmp_path):
    written(tmp_path, "coastline: maps/mine.geojson")
    (tmp_path / "mine.geojson").write_text(GEOJSON)
    for change in ("coastline=mine.geojson", "coastline=null"):
        scenario = load(tmp_path / "mine.yaml", [change])
        folder = tmp_path / change.partition("=")[2]
        assert moved(scenario, folder.with_suffix(".run")).coastline == (
            scenario.coastline or []
        )


def test_a_scenario_made_in_python_becomes_yaml(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.geojson").write_text(GEOJSON)
    scenario = load({**read_tree(SMALL).data, "coastline": str(tmp_path / "mine.geojson")})
    text, beside = portable(scenario)
    assert read_tree(text).data["coastline"] == "mine.geojson"
    assert list(beside) == ["mine.geojson"]
    assert moved(scenario, tmp_path / "run").scenario_hash == scenario.scenario_hash
