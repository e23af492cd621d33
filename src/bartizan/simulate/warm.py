"""Warm: compile every kernel once, so that the first run does not wait for it."""

from collections.abc import Callable
from typing import Any

from bartizan.catalogue.figures import resolve
from bartizan.kernel import count_kernels, watched
from bartizan.scenario.load import load
from bartizan.simulate.lower import lower
from bartizan.simulate.replicate import replicate

Report = Callable[[int, int, str], None]

SCENARIO: dict[str, Any] = {
    "bartizan": 1,
    "name": "warm",
    "origin": {"lat": -27.4, "lon": -17.6},
    "duration": "60 s",
    "assets": {"post": {"at": {"east": "5 km", "north": "0 km"}, "value": 1}},
    "defence": {
        "battery": {
            "system": "s-400",
            "at": {"east": "0 km", "north": "0 km"},
            "facing": "270 deg",
        }
    },
    "raid": {
        "cruise": {
            "threat": "cruise-missile",
            "count": 2,
            "from": {"bearing": "270 deg", "range": "20 km"},
            "target": "post",
            "altitude": "300 m",
        },
        "ballistic": {
            "threat": "srbm",
            "count": 1,
            "from": {"bearing": "270 deg", "range": "100 km"},
            "target": "post",
        },
    },
    "civil": {
        "airway": {
            "aircraft": "airliner",
            "count": 1,
            "route": [
                {"bearing": "0 deg", "range": "40 km"},
                {"bearing": "180 deg", "range": "40 km"},
            ],
        }
    },
}


def warm(report: Report | None = None) -> int:
    """Compile what is not yet compiled; return how many kernels that were.

    ``report`` is called with the number of the kernel that is being compiled, how many there
    are at most, and its name.
    """
    names: list[str] = []
    n_kernel = count_kernels()

    def on_compile(name: str) -> None:
        names.append(name)
        if report:
            report(min(len(names), n_kernel), n_kernel, name)

    with watched(on_compile):
        scenario = load(SCENARIO)
        for perfect in (False, True):
            plan, _ = lower(scenario, resolve(), perfect)
            replicate(plan, seed=1)
    return len(names)
