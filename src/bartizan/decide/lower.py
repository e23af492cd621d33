"""From documents to the doctrine and the airways that the defender knows of."""

import itertools

import numpy as np

from bartizan.arrays import Floats
from bartizan.catalogue.figures import Figures
from bartizan.decide.allocate import ALLOCATORS, Allocator
from bartizan.decide.doctrine import DecidePlan, Policy, RulesOfEngagement
from bartizan.decide.lower_identification import lower_identification, zones_plan
from bartizan.errors import Fault, nearest
from bartizan.scenario.civil import CivilFlow
from bartizan.scenario.schema import Scenario
from bartizan.sense.radar import SensePlan
from bartizan.world.place import ecef_m

_RULES = {
    "weapons-hold": RulesOfEngagement.WEAPONS_HOLD,
    "weapons-tight": RulesOfEngagement.WEAPONS_TIGHT,
    "weapons-free": RulesOfEngagement.WEAPONS_FREE,
}
_POLICIES = {"shoot-look-shoot": Policy.SHOOT_LOOK_SHOOT, "salvo": Policy.SALVO}


def lower(
    scenario: Scenario, figures: Figures, sense: SensePlan
) -> tuple[DecidePlan, Allocator, list[Fault]]:
    """Return the settings of the decision stage, the allocator and the faults.

    The published civil routes are the airways that the defender knows of; ``sense`` are his
    own interrogators.
    """
    block = scenario.doctrine
    doctrine = figures.overridden(block.use, block.overrides, "doctrine.overrides").entry(
        block.use
    )
    airways, heights_m = _airways(scenario, figures)
    zones = zones_plan(scenario)
    identification, rules, faults = lower_identification(scenario, figures, sense, zones)
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
        airway_height_m=heights_m,
        identification=identification,
        rules_of=rules,
        zones=zones,
    )
    name = doctrine.choice("allocator")
    faults += [] if name in ALLOCATORS else [_no_allocator(name)]
    return plan, ALLOCATORS.get(name, ALLOCATORS["greedy"]), faults


def _no_allocator(name: str) -> Fault:
    return Fault(
        path="doctrine.overrides.allocator",
        problem="unknown allocator",
        given=name,
        allowed=", ".join(ALLOCATORS),
        remedy=nearest(name, ALLOCATORS),
    )


def _airways(scenario: Scenario, figures: Figures) -> tuple[Floats, Floats]:
    """Return (w, 2, 3) unit vectors from the Earth's centre to the ends of each airway leg.

    And (w,) their heights. Recorded traffic adds none: what aircraft flew on one day is no
    published route, and to know it beforehand would be to know the truth.
    """
    legs, heights_m = [], []
    for name, flow in scenario.civil.items():
        if not isinstance(flow, CivilFlow) or flow.side != "civil":
            continue
        height_m = flow.altitude_m
        if height_m is None:
            path = f"civil.{name}.overrides"
            entry = figures.overridden(flow.aircraft, flow.overrides, path)
            height_m = entry.entry(flow.aircraft).value("altitude")
        for leg in itertools.pairwise(flow.route):
            legs.append([ecef_m(point, 0.0, scenario) for point in leg])
            heights_m.append(height_m)
    ends = np.array(legs, dtype=float).reshape(-1, 2, 3)
    units = np.asarray(ends / np.linalg.norm(ends, axis=2, keepdims=True))
    return units, np.array(heights_m, dtype=float)
