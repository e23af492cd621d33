"""One planted scenario per cause: the first link of the chain that fails is named."""

import pytest

from tests.simulate.small import run, small

FAR = {"east": "-900 km", "north": "0 km"}
NEAR_FAR = {"bearing": "270 deg", "range": "930 km"}
BEHIND = {"east": "-250 km", "north": "0 km"}
NEAR_BEHIND = {"bearing": "270 deg", "range": "280 km"}
CLOSE = {"east": "3 km", "north": "0 km"}

GLIDERS = {
    "aircraft": "light-aircraft",
    "count": 60,
    "route": [{"east": "-35 km", "north": "0 km"}, {"east": "4 km", "north": "0 km"}],
    "spread": "150 m",
    "altitude": "200 m",
    "speed": "250 m/s",
    "overrides": {"rcs": "1e-15 m2"},
}

PLANTED = {
    "outside coverage": small(assets__post__at=FAR, raid__cruise__from=NEAR_FAR),
    "below the horizon": small(assets__post__at=BEHIND, raid__cruise__from=NEAR_BEHIND),
    "undetected": small(raid__cruise__overrides={"rcs": "1e-15 m2"}),
    "no confirmed track in time": small(raid__cruise__from=CLOSE),
    "not identified or rules of engagement": small(
        raid__cruise__overrides={"transponder": "civil"}
    ),
    "no feasible window": small(
        defence__battery__overrides={"48n6e3.target_speed_max": "50 m/s"}
    ),
    "no channel": small(defence__battery__overrides={"92n6e.channels": 0}),
    "no ready round": small(defence__battery__overrides={"launchers": 0}),
    "engaged and missed": small(
        figures={"48n6e3.kill_probability.cruise-missile": 0.0},
    ),
}


@pytest.mark.parametrize("cause", PLANTED)
def test_the_planted_cause_is_found(cause: str) -> None:
    measures = run(PLANTED[cause]).measures
    total = measures["threats"]["total"]
    assert total["leaked"] == 3
    assert measures["causes"][cause] == 3
    assert sum(measures["causes"].values()) == total["leaked"]
    assert [leaker["cause"] for leaker in measures["leakers"]] == [cause] * 3


def test_orders_that_wait_too_long_for_the_launcher_are_not_carried_out() -> None:
    slow = small(
        defence__battery__overrides={"launch_interval": "20 min"},
        figures={"48n6e3.kill_probability.cruise-missile": 0.0},
    )
    measures = run(slow).measures
    assert measures["causes"]["order not carried out"] == 2
    assert measures["causes"]["engaged and missed"] == 1


def test_a_threat_in_an_unseen_crowd_is_shot_at_wrongly_and_the_harm_counts() -> None:
    cruise = {
        "threat": "cruise-missile",
        "count": 1,
        "from": GLIDERS["route"][0],
        "target": "post",
        "altitude": "200 m",
        "speed": "250 m/s",
    }
    # Low and fast, but on what passes for an airway here: unknown, and fair game.
    doctrine = {"roe": "weapons-free", "overrides": {"rounds_max": 3}}
    # With it, the first round, fired at a glider, happens to find and kill the threat.
    blind = {"96l6e.reference_range": "1 km", "96l6e.instrumented_range": "5 km"}
    document = small(
        raid={"cruise": cruise},
        civil={"gliders": GLIDERS},
        doctrine=doctrine,
        defence__battery__overrides=blind,
    )
    harmless = {"48n6e3.kill_probability.light-aircraft": 0.0}
    measures = run(document | {"figures": harmless}).measures
    assert measures["causes"]["shot at the wrong object"] == 1
    assert measures["civil"] == {"present": 60, "engaged": 3, "lost": 0}
    deadly = {"48n6e3.kill_probability.light-aircraft": 1.0}
    assert run(document | {"figures": deadly}).measures["civil"]["lost"] > 0
