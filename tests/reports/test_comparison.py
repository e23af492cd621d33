"""Systems side by side: the same raid, the same seeds, another defence."""

import json

import pytest
from rich.console import Console

import bartizan
from bartizan.archive.document import STATEMENT

RAID = {
    "bartizan": 1,
    "name": "small",
    "origin": {"lat": -27.4, "lon": -17.6},
    "duration": "4 min",
    "assets": {"post": {"at": {"east": "0 km", "north": "0 km"}, "value": 1}},
    "defence": {
        "site": {
            "system": "s-400",
            "at": {"east": "2 km", "north": "0 km"},
            "facing": "270 deg",
            "loadout": {"48n6e3": 1.0},
            "overrides": {"48n6e3.kill_probability.fighter": 0.0},
        }
    },
    "raid": {
        "fighters": {
            "threat": "fighter",
            "count": 4,
            "from": {"bearing": "270 deg", "range": "60 km"},
            "target": "post",
            "spread": "20 km",
            "overrides": {"release_range": "0 km"},
        }
    },
}


@pytest.fixture(scope="module")
def comparison():
    return bartizan.compare_systems(RAID, ["patriot", "s-400"], n=2, seed=5)


def test_every_arm_flies_the_same_raid_with_the_same_seeds(comparison):
    arms = comparison.document["arms"]
    assert [each["system"] for arm in arms for each in arm["defence"]] == [
        *("s-400", "patriot", "s-400")
    ]
    launched = {run["threats"]["total"]["launched"] for arm in arms for run in arm["runs"]}
    assert launched == {4}
    assert all(len(arm["runs"]) == 2 for arm in arms)


def test_the_scenarios_own_defence_keeps_its_overrides_and_the_others_have_none(comparison):
    own, _, bare = comparison.document["arms"]
    assert sum(run["threats"]["total"]["killed"] for run in own["runs"]) == 0
    assert sum(run["threats"]["total"]["killed"] for run in bare["runs"]) > 0


def test_a_replication_is_that_of_a_run_with_its_seed(comparison):
    run = bartizan.run(RAID, seed=6, record="none").summary
    again = comparison.document["arms"][0]["runs"][1]
    assert {key: run[key] for key in again} == again


def test_the_page_fits_and_says_what_it_is_about(comparison):
    page = repr(comparison)
    assert max(map(len, page.splitlines())) <= 80
    words = " ".join(page.split())
    assert "About published claims, not about the systems" in words
    assert words.endswith(STATEMENT)
    assert "seeds 5 to 6" in page


def test_a_narrow_page_has_every_system(comparison):
    console = Console(width=40, color_system=None)
    with console.capture() as captured:
        console.print(comparison)
    lines = captured.get().splitlines()
    assert max(map(len, lines)) <= 40
    assert "PATRIOT" in lines


def test_the_document_is_plain(comparison):
    assert json.loads(json.dumps(comparison.document)) == comparison.document


def test_a_system_that_is_not_there_brings_the_nearest():
    with pytest.raises(bartizan.DocumentError, match="did you mean 'patriot'"):
        bartizan.compare_systems(RAID, ["patriott"], n=1)


def test_a_scenario_without_defence_is_refused():
    with pytest.raises(bartizan.BartizanError, match="no defence to exchange"):
        bartizan.compare_systems({**RAID, "defence": {}}, ["patriot"], n=1)
