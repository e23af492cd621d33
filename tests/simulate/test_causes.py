"""One planted scenario per cause: the first link of the chain that fails is named."""

import pytest

from tests.simulate.small import run, small

FAR = {"east": "-900 km", "north": "0 km"}
NEAR_FAR = {"bearing": "270 deg", "range": "930 km"}
BEHIND = {"east": "-250 km", "north": "0 km"}
NEAR_BEHIND = {"bearing": "270 deg", "range": "280 km"}
CLOSE = {"east": "3 km", "north": "0 km"}

PLANTED = {
    "outside coverage": small(assets__post__at=FAR, raid__cruise__from=NEAR_FAR),
    "below the horizon": small(assets__post__at=BEHIND, raid__cruise__from=NEAR_BEHIND),
    "undetected": small(raid__cruise__overrides={"rcs": "1e-15 m2"}),
    "no confirmed track in time": small(raid__cruise__from=CLOSE),
    "not identified or rules of engagement": small(
        raid__cruise__overrides={"transponder": "civil"}
    ),
    "no feasible window": small(defence__battery__overrides={"48n6e3.altitude_max": "100 m"}),
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
