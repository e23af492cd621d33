"""Jamming, chaff and hits on the defence, through a whole replication."""

import numpy as np
import pytest

from bartizan.catalogue import resolve
from bartizan.scenario import load
from bartizan.simulate.lower import lower
from bartizan.simulate.replicate import replicate

SCENE = {
    "bartizan": 1,
    "name": "hit",
    "origin": {"lat": -27.4, "lon": -17.6},
    "duration": "6 min",
    "assets": {"post": {"at": {"east": "0 km", "north": "0 km"}, "value": 5, "hits": 1000}},
    "defence": {
        "site": {
            "system": "textbook-site",
            "at": {"east": "-5 km", "north": "0 km"},
            "overrides": {"launch_interval": "20 s"},
        }
    },
    "raid": {
        "low": {
            "threat": "cruise-missile",
            "count": 20,
            "from": {"bearing": "270 deg", "range": "60 km"},
            "target": "site",
            "altitude": "100 m",
            "overrides": {"damage_probability": 1},
        },
        "high": {
            "threat": "fighter",
            "count": 2,
            "from": {"bearing": "90 deg", "range": "120 km"},
            "target": "post",
            "at": "3 min",
        },
    },
}


def flown(*sets):
    """Return the plan of the scene with changes, and a replication of it."""
    scenario = load(SCENE, sets)
    plan, faults = lower(scenario, resolve(pins=scenario.figures), False)
    assert faults == []
    return plan, replicate(plan, 1, "events")


def times(replication, kind):
    events = replication.events
    return np.array(
        [t for t, k in zip(events["time_s"], events["kind"], strict=True) if k == kind]
    )


def test_a_unit_that_is_hit_neither_sees_nor_shoots_any_more():
    plan, hit = flown()
    assert plan.names.assets == ("post", "site")
    assert list(plan.assets.block) == [-1, 0]
    (silent_s,) = times(hit, "suppressed")
    for kind in ("launch", "detection won", "order"):
        assert len(times(hit, kind)) > 0
        assert times(hit, kind).max() <= silent_s + plan.tick_s
    site = hit.measures["assets"]["site"]
    assert site["destroyed_s"] == silent_s
    assert (site["value"], site["stands"], site["unit"]) == (5.0, 1, True)
    rounds = hit.measures["rounds"]
    spent = [sum(rounds[column].values()) for column in ("fired", "left")]
    assert [*spent, site["rounds_lost"]] == [spent[0], 0, 32 - spent[0]]


@pytest.mark.parametrize("change", ["defence.site.overrides.hits_to_suppress=1000"])
def test_a_unit_that_stands_shoots_on(change):
    _, stands = flown(change)
    assert len(times(stands, "suppressed")) == 0
    assert times(stands, "launch").max() > 200.0


def test_no_raid_at_a_unit_no_row_among_the_assets():
    plan, _ = flown("raid.low.target=post")
    assert plan.names.assets == ("post",)


def test_jamming_delays_the_first_track_and_leaves_what_it_does_not_reach():
    _, clear = flown("raid.low.count=0")
    jam = ("raid.low.count=0", "raid.high.jammer=screening-jammer")
    watts = "raid.high.overrides.screening-jammer.radiated_power={} W"
    _, jammed = flown(*jam, watts.format(10))
    first = [run.measures["reach"]["first_tracked_m"] for run in (clear, jammed)]
    assert first[1] < first[0] - 5e3
    _, faint = flown(*jam, watts.format(1e-9))
    assert faint.measures["reach"]["first_tracked_m"] == first[0]


CHAFF = (
    "raid.low.count=0",
    "raid.high.count=4",
    "defence.site.overrides.launch_interval=1 s",
    "raid.high.chaff=chaff-bundle",
    "raid.high.overrides.chaff-bundle.bundles=8",
    "raid.high.overrides.chaff-bundle.first_release=115 km",
    "raid.high.overrides.chaff-bundle.interval=20 s",
)


def test_chaff_makes_plots_and_false_tracks_and_is_nobodys_threat():
    _, clear = flown(*CHAFF, "raid.high.chaff=null", "raid.high.overrides=null")
    _, chaff = flown(*CHAFF)
    assert clear.measures["chaff"] == {"bundles": 0, "plots": 0, "rounds": 0}
    released, plots = (chaff.measures["chaff"][key] for key in ("bundles", "plots"))
    assert 0 < released < 32  # who is killed on the way keeps the rest
    assert plots > 10 * released
    assert chaff.measures["tracker"]["false"] > clear.measures["tracker"]["false"] + 0.5
    assert chaff.measures["threats"]["total"]["launched"] == 4
    assert chaff.measures["peak"]["tracks"] > clear.measures["peak"]["tracks"]


def test_a_radar_that_rejects_all_chaff_sees_what_it_saw_without():
    _, clear = flown(*CHAFF, "raid.high.chaff=null", "raid.high.overrides=null")
    _, chaff = flown(*CHAFF, "figures.textbook-radar.chaff_rejection=1")
    assert chaff.measures["chaff"]["plots"] == 0
    for name, column in clear.events.items():
        assert list(chaff.events[name]) == list(column)
