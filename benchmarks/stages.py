"""Where the time of a replication goes, by stage: `python benchmarks/stages.py [scenario ...]`.

One kernel calls the stages. Here they are called one by one, each timed less what handing over
its tables costs. The file is not called profile, which
would hide the standard library's from whoever runs it.
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
from bartizan.kernel import kernel
from bartizan.scenario import load
from bartizan.simulate.lower import lower
from bartizan.simulate.plan import Plan
from bartizan.simulate.replicate import replicate
from bartizan.table import quick

TICK: Any = importlib.import_module("bartizan.simulate.tick")
KERNELS = {
    "_ticks": "ticks",
    "_before_orders": "_before_orders",
    "_after_orders": "_after_orders",
}
STAGES = ("move", "scan", "follow", "hear", "identify", "launch", "resolve", "assign_truth")
STAGES += ("count", "watch", "measure", "is_planning_due")
IN_PYTHON = ("command",)


@kernel
def take(tables: tuple[Any, ...]) -> int:
    """Do nothing: what this takes is what handing the tables over takes."""
    return 0


def seconds(call: Callable[..., Any], *arguments: Any) -> float:
    """Return the processor time of a call."""
    began_s = time.process_time()
    call(*arguments)
    return time.process_time() - began_s


def timed(name: str, spent_s: Counter[str], is_kernel: bool) -> Callable[..., Any]:
    """Return a stage that adds its processor time to ``spent_s``."""
    stage, handing = getattr(TICK, name), quick(take)
    if is_kernel:
        stage = quick(stage)

    def call(*tables: Any) -> Any:
        if is_kernel:
            spent_s[name] -= seconds(handing, tables)
        began_s = time.process_time()
        answer = stage(*tables)
        spent_s[name] += time.process_time() - began_s
        return answer

    return call


def profile(plan: Plan) -> Counter[str]:
    """Return the processor time [s] of each stage in one replication, and of the rest."""
    spent_s: Counter[str] = Counter()
    with ExitStack() as stack:
        for called, name in KERNELS.items():
            stack.enter_context(patch.object(TICK, called, getattr(TICK, name).py_func))
        replicate(plan, 1, "none")
        for name in STAGES + IN_PYTHON:
            one = timed(name, spent_s, name in STAGES)
            stack.enter_context(patch.object(TICK, name, one))
        replicate(plan, 1, "none")  # compiles `take`
        spent_s.clear()
        replicate(plan, 1, "none")
    replicate(plan, 1, "none")
    whole_s = seconds(replicate, plan, 1, "none")
    spent_s["tables and Python"] = whole_s - sum(spent_s.values())
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
            print(f"  {stage:18s} {1e3 * stage_s:8.1f} ms {100 * stage_s / whole_s:5.1f} %")


if __name__ == "__main__":
    main(sys.argv[1:] or ["coastal-raid"])
