"""Warm: compile every kernel once, so that the first run does not wait for it.

Most of that time goes into a few stages, which do not wait for each other; so the stages can
be compiled by several processes, that meet in the kernel cache.
"""

from collections.abc import Callable
from dataclasses import replace
from types import FunctionType
from typing import Any, NamedTuple

import numpy as np

from bartizan.arrays import Ints
from bartizan.catalogue.figures import resolve
from bartizan.decide.allocate import ALLOCATORS
from bartizan.decide.choice import Choice, all_of, no_shots
from bartizan.decide.flow import shots_by_flow
from bartizan.decide.options import find_options, make_options
from bartizan.decide.single import best_order
from bartizan.kernel import compile_for, is_kernel
from bartizan.scenario.load import load
from bartizan.simulate.lower import lower
from bartizan.simulate.plan import Plan
from bartizan.simulate.replicate import replicate
from bartizan.simulate.state import State, make_state
from bartizan.simulate.tick import tables_of, ticks

Kernel = Callable[..., Any]

DEAREST_FIRST = ("follow", "scan", "resolve", "find_options", "count", "launch", "identify")
"""Stages that take long to compile, so that none of them comes last."""

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
        },
        "picket": {
            "system": "aew-aircraft",
            "at": {"east": "9 km", "north": "0 km"},
        },
    },
    "nets": {"ours": ["battery"], "theirs": ["picket"]},
    "links": {"feed": {"from": "theirs", "to": "ours"}},
    "doctrine": {"use": "salvo"},
    "raid": {
        "cruise": {
            "threat": "cruise-missile",
            "count": 4,
            "from": {"bearing": "270 deg", "range": "20 km"},
            "target": "post",
            "altitude": "300 m",
            "overrides": {"release_range": "1 km"},
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


class Call(NamedTuple):
    """A kernel, and arguments of the types that it takes in a run."""

    kernel: Kernel
    arguments: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The kernel's name."""
        return self.kernel.__name__

    def compile(self) -> None:
        """Compile the kernel and all that it calls, or take them from the cache."""
        compile_for(self.kernel, self.arguments)


class Job(NamedTuple):
    """What there is to compile: stages in any order, then their callers, then theirs."""

    stages: dict[str, Call]
    halves: dict[str, Call]
    whole: Call


def job() -> Job:
    """Return the kernels of a tick with their arguments, the dearest stages first."""
    plan, state = _small_run()
    whole = Call(ticks, (0, plan.tick_s, 0, 1, False, *tables_of(plan, state)))
    halves = calls_of(whole.kernel, *whole.arguments)
    called = [call for half in halves for call in calls_of(half.kernel, *half.arguments)]
    found = {call.name: call for call in (*called, _planning(plan, state))}
    dearest = {name: found.pop(name) for name in DEAREST_FIRST}
    return Job({**dearest, **found}, {half.name: half for half in halves}, whole)


def finish() -> None:
    """Fly each way of sensing once with every allocator, which compiles whatever is left."""
    for perfect in (False, True):
        plan, _ = _small_run(perfect)
        replicate(replace(plan, allocate=_ask_all), seed=1)


def _ask_all(choice: Choice) -> Ints:
    """Return the default's answer, after it went either way and every allocator gave his."""
    best_order(choice, all_of(choice), no_shots(choice))
    shots_by_flow(choice, choice.most)
    answers = [allocator(choice) for allocator in ALLOCATORS.values()]
    return answers[0]


def calls_of(function: Kernel, *arguments: Any) -> list[Call]:
    """Return the kernels that a function would call, in their order.

    None of them runs but those that only hand out a part of a table.
    """
    python: Any = getattr(function, "py_func", function)
    calls: list[Call] = []

    def noted(kernel: Kernel) -> Kernel:
        def call(*taken: Any) -> Any:
            calls.append(Call(kernel, taken))
            source: Any = getattr(kernel, "py_func", kernel)
            # a table is what the next one takes; nothing else is asked for its answer
            return source(*taken) if is_table(source.__annotations__["return"]) else None

        return call

    names = {
        name: noted(value) if is_kernel(value) else value
        for name, value in python.__globals__.items()
    }
    FunctionType(python.__code__, names)(*arguments)
    return calls


def is_table(kind: Any) -> bool:
    """Tell whether an annotation is of a table: a tuple of named columns."""
    return isinstance(kind, type) and issubclass(kind, tuple)


def _small_run(perfect: bool = False) -> tuple[Plan, State]:
    plan, _ = lower(load(SCENARIO), resolve(), perfect)
    return plan, make_state(plan)


def _planning(plan: Plan, state: State) -> Call:
    """Return the kernel that `command` calls where there is something to decide."""
    path, apex = np.empty((1, 7)), np.empty(7)
    tables = (plan.decide, plan.force, state.magazines, state.tracks, state.picture)
    rows = np.zeros(1, dtype=np.int64)
    return Call(find_options, (*tables, rows, path, apex, 0, rows, 0.0, make_options(1, 1, 1)))
