"""Small scenarios for tests of the whole chain, and how to run them."""

import copy
from typing import Any

from bartizan.catalogue.figures import resolve
from bartizan.scenario.load import load
from bartizan.simulate.lower import lower
from bartizan.simulate.plan import Plan
from bartizan.simulate.replicate import Replication, replicate

SMALL: dict[str, Any] = {
    "bartizan": 1,
    "name": "small",
    "origin": {"lat": -27.4, "lon": -17.6},
    "duration": "4 min",
    "assets": {"post": {"at": {"east": "4 km", "north": "0 km"}, "value": 5, "hits": 2}},
    "defence": {
        "battery": {
            "system": "s-400",
            "at": {"east": "0 km", "north": "0 km"},
            "facing": "270 deg",
            "loadout": {"48n6e3": 1.0},
        }
    },
    "raid": {
        "cruise": {
            "threat": "cruise-missile",
            "count": 3,
            "from": {"bearing": "270 deg", "range": "35 km"},
            "target": "post",
            "altitude": "200 m",
            "spread": "8 km",
        }
    },
    "civil": {
        "airway": {
            "aircraft": "airliner",
            "count": 3,
            "every": "20 s",
            "route": [
                {"bearing": "315 deg", "range": "60 km"},
                {"bearing": "225 deg", "range": "60 km"},
            ],
        }
    },
}


def small(**sets: Any) -> dict[str, Any]:
    """The small scenario with values set at paths: ``raid__cruise__count=5``."""
    document = copy.deepcopy(SMALL)
    for path, value in sets.items():
        *parents, last = path.split("__")
        block = document
        for parent in parents:
            block = block.setdefault(parent, {})
        block[last] = value
    return document


def plan_of(document: dict[str, Any] | str, perfect: bool = False) -> Plan:
    scenario = load(document)
    plan, faults = lower(scenario, resolve(pins=scenario.figures), perfect)
    assert not faults, [str(fault) for fault in faults]
    return plan


def run(
    document: dict[str, Any], seed: int = 1, perfect: bool = False, record: str = "none"
) -> Replication:
    return replicate(plan_of(document, perfect), seed, record)
