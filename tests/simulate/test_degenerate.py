"""Odd scenarios run and say something sensible: their counts add up and their summaries fit."""

import json
import os
import subprocess
from threading import Timer
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands import BARTIZAN
from tests.simulate.small import SMALL, run, small
from tests.simulate.sound import ran

HERE = {"east": "0 km", "north": "0 km"}
CRUISE, POST = SMALL["raid"]["cruise"], SMALL["assets"]["post"]
BALLISTIC = {
    "threat": "srbm",
    "count": 3,
    "from": {"bearing": "270 deg", "range": "200 km"},
    "target": "post",
    "every": "5 s",
}
ALIKE = {name: CRUISE | {"spread": "0 km"} for name in ("one", "two", "three")}
ROUTE = [HERE, {"east": "1 km", "north": "0 km"}]
SITE = {"system": "s-400", "at": HERE}

ODD = {
    "nothing at all": small(raid={}, assets={}, civil={}, defence={}),
    "no raid": small(raid={}),
    "no raid but its target": small(raid__cruise__count=0),
    "no defence": small(defence={}),
    "no assets": small(raid={}, assets={}),
    "no civil": small(civil={}),
    "civil of none": small(civil__airway__count=0),
    "one target at the radar": small(assets__post__at=HERE, raid__cruise__count=1),
    "one ballistic target at the radar": small(assets__post__at=HERE, raid={"b": BALLISTIC}),
    "overhead": small(
        assets__post__at=HERE,
        raid__cruise__via=[HERE, {"east": "0 km", "north": "1 m"}, HERE],
        raid__cruise__altitude="9 km",
    ),
    "all at one point": small(
        raid=ALIKE,
        defence={"a": SITE, "b": SITE},
        assets={"post": POST | {"at": HERE}, "other": POST | {"at": HERE}},
        civil__airway__route=ROUTE,
    ),
    "from one metre away": small(raid__cruise__from={"east": "4.002 km", "north": "0 km"}),
    "zero magazine": small(defence__battery__overrides={"launchers": 0}),
    "one round": small(defence__battery__overrides={"launchers": 1, "rounds_per_launcher": 1}),
    "no channels": small(defence__battery__overrides={"92n6e.channels": 0}),
    "no engagements": small(defence__battery__overrides={"engagements": 0}),
    "no time": small(raid={}, duration="1e-9 s"),
    "the shortest time": small(duration="0.001 s"),
    "a tick longer than the time": small(duration="3 s", tick="10 s"),
    "a tick that does not divide the time": small(duration="100 s", tick="0.7 s"),
    "the longest tick": small(tick="10 s"),
    "a radar that cannot see": small(
        figures={"91n6e.reference_range": "1 m", "92n6e.reference_range": "1 m"}
    ),
    "looking the other way": small(defence__battery__facing="90 deg"),
    "an asset worth almost nothing": small(assets__post__value=1e-300),
    "an asset worth everything": small(assets__post__value=1e9),
    "slow as a snail": small(raid__cruise__speed="0.001 m/s"),
    "as fast as allowed": small(raid__cruise__speed="10000 m/s"),
    "near the pole": small(origin={"lat": 89.0, "lon": 0}),
    "near the other pole": small(origin={"lat": -88.9, "lon": 180}),
    "at the date line": small(origin={"lat": 0, "lon": 180}),
}


@pytest.mark.parametrize("sensing", ["radar", "perfect"])
@pytest.mark.parametrize("name", ODD)
def test_an_odd_scenario_is_sound(name: str, sensing: str) -> None:
    ran(ODD[name], sensing=sensing)


def around(lon_deg: float, lat_deg: float) -> dict[str, Any]:
    """A battle of which every place is given from one meridian, wherever that lies."""

    def place(north_deg: float, east_deg: float) -> dict[str, float]:
        return {"lat": lat_deg + north_deg, "lon": (lon_deg + east_deg + 180.0) % 360.0 - 180.0}

    cruise = CRUISE | {"count": 12, "from": place(0.0, -0.5), "via": [place(0.05, -0.2)]}
    return small(
        origin=place(0.0, 0.0),
        assets__post__at=place(0.0, 0.05),
        defence__battery__at=place(0.0, 0.02),
        raid={"cruise": cruise, "b": BALLISTIC | {"from": place(0.0, -1.9)}},
        civil__airway__route=[place(0.2, -0.4), place(-0.2, 0.3)],
    )


def story(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What happened: times to a tenth of a millisecond, and all but numbers of the details."""
    events = run(document, seed=5, record="events").events
    times = [round(float(time_s), 4) for time_s in events["time_s"]]
    return sorted(zip(times, events["kind"], events["subject"], events["object"], strict=True))


@pytest.mark.parametrize("lat_deg", [10.0, -60.0])
def test_a_battle_across_the_date_line_is_the_same_battle(lat_deg: float) -> None:
    expected = story(around(0.0, lat_deg))
    assert {"launch", "kill", "leak"} <= {event[1] for event in expected}
    for lon_deg in (180.0, -180.0, 179.97, -179.99):
        assert story(around(lon_deg, lat_deg)) == expected, lon_deg


@given(lon_deg=st.floats(-180.0, 180.0))
@settings(max_examples=5)
def test_a_battle_is_the_same_at_every_longitude(lon_deg: float) -> None:
    assert story(around(lon_deg, 10.0)) == story(around(0.0, 10.0))


@pytest.mark.proof
def test_five_thousand_threats_take_less_than_a_gibibyte(tmp_path) -> None:
    cruise = CRUISE | {"count": 5_000, "every": "0.1 s", "spread": "60 km"}
    cruise["from"] = {"bearing": "270 deg", "range": "120 km"}
    document = small(raid={"cruise": cruise}, duration="15 min")
    (tmp_path / "big.yaml").write_text(json.dumps(document))
    subprocess.run([*BARTIZAN, "warm"], check=True)  # compiling takes memory of its own
    with (tmp_path / "out.json").open("w") as out:
        run = subprocess.Popen(
            [*BARTIZAN, "run", "big.yaml", "--json"], cwd=tmp_path, stdout=out
        )
        ending = Timer(600.0, run.kill)
        ending.start()
        _, status, used = os.wait4(run.pid, 0)
        ending.cancel()
    run.returncode = os.waitstatus_to_exitcode(status)
    assert run.returncode == 0
    printed = (tmp_path / "out.json").read_text()
    total = json.loads(printed.removeprefix("up\n"))["threats"]["total"]
    assert total["launched"] == 5_000
    assert total["killed"] + total["leaked"] + total["in_flight"] == 5_000
    assert used.ru_maxrss < 1 << 20  # KiB
