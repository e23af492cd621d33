"""A flight: one replication of a case's scenario, stepped to its end and kept whole."""

from importlib import resources

import numpy as np

from bartizan.catalogue import resolve
from bartizan.errors import DocumentError
from bartizan.rng import run_key
from bartizan.scenario import Scenario, load
from bartizan.simulate.lower import lower
from bartizan.simulate.plan import Plan
from bartizan.simulate.state import make_state
from bartizan.simulate.tick import advance
from bartizan.verification.case import Case, Flown


def scenario_of(case: Case, sets: tuple[str, ...] = ()) -> Scenario:
    """Return the scenario of a case, with changes ``path=value``; else a bundled one."""
    own = resources.files("bartizan.verification") / "scenarios" / f"{case.name}.yaml"
    with resources.as_file(own) as path:
        return load(path if path.exists() else case.name, sets)


def plan_of(case: Case, sets: tuple[str, ...] = ()) -> Plan:
    """Return the plan of a case with nominal figures."""
    scenario = scenario_of(case, sets)
    plan, faults = lower(scenario, resolve(pins=scenario.figures), case.is_perfect)
    if faults:
        raise DocumentError(scenario.placed(faults))
    return plan


def fly(case: Case, plan: Plan, seed: int) -> Flown:
    """Return one flight of a case; the same plan and seed give the same bits."""
    key = run_key(seed)
    if case.prepare:
        plan = case.prepare(plan, key)
    state, seen = make_state(plan), []
    n, n_tick = 0, int(np.ceil(plan.duration_s / plan.tick_s))
    while n < n_tick:
        n = advance(plan, state, key, n, n + 1 if case.watch else n_tick)
        if case.watch:
            seen.append(case.watch(plan, state, n * plan.tick_s))
    return Flown(plan, state, seen)
