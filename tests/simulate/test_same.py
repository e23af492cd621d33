"""The same every time: in other processes, threads and orders, and whatever else there is."""

import copy
import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bartizan.simulate.replicate import replicate
from tests.simulate.bits import bits_of, outcomes_of
from tests.simulate.small import SMALL, plan_of, run, small

SITE = {"system": "s-400", "facing": "290 deg"}
BUSY = small(
    duration="6 min",
    assets={
        "post": SMALL["assets"]["post"],
        "port": {"at": {"east": "9 km", "north": "12 km"}, "value": 3, "hits": 4},
        "mast": {"at": {"east": "-3 km", "north": "-8 km"}, "value": 8},
    },
    defence={
        "north": SITE | {"at": {"east": "2 km", "north": "9 km"}},
        "south": SITE | {"at": {"east": "1 km", "north": "-7 km"}, "facing": "250 deg"},
    },
    raid={
        "cruise": SMALL["raid"]["cruise"] | {"count": 9},
        "fast": SMALL["raid"]["cruise"]
        | {
            "threat": "fighter",
            "count": 4,
            "from": {"bearing": "300 deg", "range": "110 km"},
            "target": "port",
            "altitude": "6 km",
        },
        "fall": {
            "threat": "srbm",
            "count": 3,
            "from": {"bearing": "280 deg", "range": "220 km"},
            "target": "mast",
            "every": "4 s",
        },
    },
    civil={
        "airway": SMALL["civil"]["airway"],
        "low": SMALL["civil"]["airway"] | {"aircraft": "light-aircraft", "every": "40 s"},
    },
)  # fmt: skip
SEEDS = (1, 2)
BLOCKS = ("assets", "defence", "raid", "civil")

ELSEWHERE = """
import json, sys
from bartizan.simulate.replicate import replicate
from tests.simulate.bits import bits_of
from tests.simulate.small import plan_of
plan = plan_of(json.load(sys.stdin))
for seed in map(int, sys.argv[1:]):
    print(bits_of(replicate(plan, seed)))
"""


@pytest.fixture(scope="module")
def bits() -> list[str]:
    return [bits_of(run(BUSY, seed, record="full")) for seed in SEEDS]


def elsewhere(*seeds: int) -> list[str]:
    """The bits of seeds, simulated in a process of its own in this order."""
    command = [sys.executable, "-c", ELSEWHERE, *map(str, seeds)]
    given = json.dumps(BUSY)
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_another_process_and_another_order_give_the_same_bits(bits: list[str]) -> None:
    assert bits[0] != bits[1]
    assert elsewhere(*reversed(SEEDS)) == bits[::-1]


def test_two_threads_at_once_and_other_work_give_the_same_bits(bits: list[str]) -> None:
    plan = plan_of(BUSY)
    with ThreadPoolExecutor(3) as pool:
        other = pool.submit(lambda: [run(small(), seed) for seed in range(10)])
        found = list(pool.map(lambda seed: bits_of(replicate(plan, seed)), SEEDS))
        assert len(other.result()) == 10
    assert found == bits


def shuffled(document: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same scenario with its groups, assets and units in another order of the file."""
    draw = random.Random(seed)
    mixed = copy.deepcopy(document)
    for block in BLOCKS:
        items = list(mixed[block].items())
        draw.shuffle(items)
        mixed[block] = dict(items)
    return mixed


@pytest.mark.parametrize("order", range(3))
def test_the_order_of_the_file_changes_no_outcome(order: int) -> None:
    for seed in SEEDS:
        expected = outcomes_of(run(BUSY, seed, record="events"))
        found = outcomes_of(run(shuffled(BUSY, order), seed, record="events"))
        assert found == expected


FAR = {"bearing": "90 deg", "range": "1900 km"}
FARTHER = {"bearing": "91 deg", "range": "1950 km"}
AIRLINERS = {"aircraft": "airliner", "count": 3, "route": [FAR, FARTHER]}
AWAY = {
    "civil": AIRLINERS,
    "raid": SMALL["raid"]["cruise"] | {"from": FARTHER, "target": "away"},
}


def of_the_others(outcomes: dict[str, Any]) -> dict[str, Any]:
    """Outcomes without what lies far away."""
    lists = {name: [row for row in outcomes[name] if "far[" not in str(row) and "away" not in
                    str(row)] for name in ("leakers", "moments")}  # fmt: skip
    assets = {name: asset for name, asset in outcomes["assets"].items() if name != "away"}
    return {**lists, "assets": assets, "rounds": outcomes["rounds"]}


@pytest.mark.parametrize("block", AWAY)
@pytest.mark.parametrize("is_first", [True, False])
def test_what_nobody_can_see_changes_nothing_for_the_others(block: str, is_first: bool) -> None:
    before = copy.deepcopy(BUSY)
    before["assets"]["away"] = {"at": FAR, "value": 1}
    after, far = copy.deepcopy(before), {"far": AWAY[block]}
    after[block] = far | after[block] if is_first else after[block] | far
    for seed in SEEDS:
        expected = of_the_others(outcomes_of(run(before, seed, record="events")))
        assert of_the_others(outcomes_of(run(after, seed, record="events"))) == expected
