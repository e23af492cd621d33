"""From documents to the doctrine and the airways that the defender knows of."""

import itertools

import numpy as np

from bartizan.arrays import Floats
from bartizan.catalogue.figures import Figures
from bartizan.decide.allocate import ALLOCATORS, Allocator
from bartizan.decide.doctrine import DecidePlan, Policy, RulesOfEngagement
from bartizan.errors import Fault, nearest
from bartizan.scenario.civil import CivilFlow
from bartizan.scenario.schema import Scenario
from bartizan.world.place import ecef_m

AIRWAY_HALF_WIDTH_M = 10_000.0  # assumed: 5 NM of lane and what an old transponder errs

_RULES = {
    "weapons-tight": RulesOfEngagement.WEAPONS_TIGHT,
    "weapons-free": RulesOfEngagement.WEAPONS_FREE,
}
_POLICIES = {"shoot-look-shoot": Policy.SHOOT_LOOK_SHOOT, "salvo": Policy.SALVO}


def lower(scenario: Scenario, figures: Figures) -> tuple[DecidePlan, Allocator, list[Fault]]:
    """Return the settings of the decision stage, the allocator and the faults.

    The published civil routes are the airways that the defender knows of.
    """
    block = scenario.doctrine
    doctrine = figures.overridden(block.use, block.overrides, "doctrine.overrides").entry(
        block.use
    )
    airways = _airways(scenario)
    plan = DecidePlan(
        rules=int(_RULES[block.roe]),
        policy=int(_POLICIES[doctrine.choice("policy")]),
        salvo=int(doctrine.value("salvo")),
        rounds_max=int(doctrine.value("rounds_max")),
        planning_period_s=doctrine.value("planning_period"),
        commit_horizon_s=doctrine.value("commit_horizon"),
        kill_probability_min=doctrine.value("kill_probability_min"),
        airway_from=np.ascontiguousarray(airways[:, 0]),
        airway_to=np.ascontiguousarray(airways[:, 1]),
        airway_half_width_m=AIRWAY_HALF_WIDTH_M,
    )
    name = doctrine.choice("allocator")
    faults = [] if name in ALLOCATORS else [_no_allocator(name)]
    return plan, ALLOCATORS.get(name, ALLOCATORS["greedy"]), faults


def _no_allocator(name: str) -> Fault:
    return Fault(
        path="doctrine.overrides.allocator",
        problem="unknown allocator",
        given=name,
        allowed=", ".join(ALLOCATORS),
        remedy=nearest(name, ALLOCATORS),
    )


def _airways(scenario: Scenario) -> Floats:
    """Return (w, 2, 3) unit vectors from the Earth's centre to the ends of each airway leg.

    Recorded traffic adds none: what aircraft flew on one day is no published route, and to know
    it beforehand would be to know the truth.
    """
    legs = [
        [ecef_m(point, 0.0, scenario) for point in leg]
        for flow in scenario.civil.values()
        if isinstance(flow, CivilFlow)
        for leg in itertools.pairwise(flow.route)
    ]
    ends = np.array(legs, dtype=float).reshape(-1, 2, 3)
    return np.asarray(ends / np.linalg.norm(ends, axis=2, keepdims=True))
