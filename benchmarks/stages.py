"""Where the time of a replication goes, by stage: `python benchmarks/stages.py [scenario ...]`.

Each stage is timed as the tick calls it, what handing over the tables costs included. The file
is not called profile, which would hide the standard library's from whoever runs it.
"""

import importlib
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from bartizan.catalogue import resolve
from bartizan.scenario import load
from bartizan.simulate.lower import lower
from bartizan.simulate.plan import Plan
from bartizan.simulate.replicate import replicate

TICK: Any = importlib.import_module("bartizan.simulate.tick")
STAGES = (
    *("move", "scan", "follow", "hear", "identify", "is_planning_due", "command"),
    *("launch", "resolve", "assign_truth", "count", "measure"),
)


def timed(name: str, spent_s: Counter[str]) -> Callable[..., Any]:
    """Return a stage that adds the processor time of each call to ``spent_s``."""
    stage = getattr(TICK, name)

    def call(*tables: Any) -> Any:
        began_s = time.process_time()
        answer = stage(*tables)
        spent_s[name] += time.process_time() - began_s
        return answer

    return call


def profile(plan: Plan) -> Counter[str]:
    """Return the processor time [s] of each stage in one replication, and of the rest."""
    replicate(plan, 1, "none")
    spent_s: Counter[str] = Counter()
    with ExitStack() as stack:
        for name in STAGES:
            stack.enter_context(patch.object(TICK, name, timed(name, spent_s)))
        began_s = time.process_time()
        replicate(plan, 1, "none")
        whole_s = time.process_time() - began_s
    spent_s["the rest"] = whole_s - sum(spent_s.values())
    return spent_s


def main(names: list[str]) -> None:
    """Print a table for each scenario, the dearest stage first."""
    for name in names:
        scenario = load(name)
        plan, _ = lower(scenario, resolve(pins=scenario.figures), False)
        spent_s = profile(plan)
        whole_s = sum(spent_s.values())
        print(f"{name}: {1e3 * whole_s:.0f} ms, {plan.duration_s / whole_s:.0f} x real time")
        for stage, stage_s in spent_s.most_common():
            print(f"  {stage:16s} {1e3 * stage_s:8.1f} ms {100 * stage_s / whole_s:5.1f} %")


if __name__ == "__main__":
    main(sys.argv[1:] or ["coastal-raid"])
