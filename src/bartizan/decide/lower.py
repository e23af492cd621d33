"""From documents to the doctrine and the airways that the defender knows of."""

import itertools
from collections.abc import Iterator

import numpy as np

from bartizan.arrays import Floats
from bartizan.catalogue.figures import Figures
from bartizan.decide.allocate import Allocator, AllocatorError, allocator, allocator_names
from bartizan.decide.doctrine import DecidePlan, RulesOfEngagement
from bartizan.decide.fire import FirePlan
from bartizan.decide.lower_fire import Block, blocks_of, lower_fire
from bartizan.decide.lower_identification import lower_identification, zones_plan
from bartizan.decide.marginal import greedy
from bartizan.errors import Fault, nearest
from bartizan.scenario.civil import CivilFlow
from bartizan.scenario.schema import Scenario
from bartizan.sense.radar import SensePlan
from bartizan.world.force import AssetsPlan, ForcePlan
from bartizan.world.place import ecef_m

_RULES = {
    "weapons-hold": RulesOfEngagement.WEAPONS_HOLD,
    "weapons-tight": RulesOfEngagement.WEAPONS_TIGHT,
    "weapons-free": RulesOfEngagement.WEAPONS_FREE,
}


def lower(
    scenario: Scenario,
    figures: Figures,
    sense: SensePlan,
    force: ForcePlan,
    interceptors: tuple[str, ...],
    assets: AssetsPlan,
) -> tuple[DecidePlan, FirePlan, Allocator, list[Fault]]:
    """Return the settings of the decision stage, the allocator and the faults.

    The published civil routes are the airways that the defender knows of. Blocks with doctrines
    of their own plan together: as often as the hastiest, as far ahead as the most farsighted.

    Parameters
    ----------
    scenario, figures
        Loaded, and settled.
    sense
        Its interrogators are his own.
    force, interceptors
        The fire units, and the names of interceptor types.
    assets
        What is defended.
    """
    block = scenario.doctrine
    common = figures.overridden(block.use, block.overrides, "doctrine.overrides").entry(
        block.use
    )
    blocks = blocks_of(scenario, figures)
    fire, faults = lower_fire(scenario, blocks, force, interceptors, assets)
    doctrines = [each.doctrine for each in blocks] or [common]
    airways, heights_m = _airways(scenario, figures)
    zones = zones_plan(scenario)
    identification, rules, found = lower_identification(scenario, figures, sense, zones)
    faults += found
    plan = DecidePlan(
        rules=int(_RULES[block.roe]),
        planning_period_s=min(each.value("planning_period") for each in doctrines),
        reassess_s=min(each.value("reassess_time") for each in doctrines),
        commit_horizon_s=max(each.value("commit_horizon") for each in doctrines),
        airway_from=np.ascontiguousarray(airways[:, 0]),
        airway_to=np.ascontiguousarray(airways[:, 1]),
        airway_height_m=heights_m,
        identification=identification,
        rules_of=rules,
        zones=zones,
    )
    allocate, more = _allocator(common.choice("allocator"))
    faults += more + list(_other_allocators(blocks, common.choice("allocator")))
    return plan, fire, allocate, faults


def _allocator(name: str) -> tuple[Allocator, list[Fault]]:
    """Return the allocator of a name, and why it cannot be had."""
    path = "doctrine.overrides.allocator"
    try:
        if found := allocator(name):
            return found, []
    except AllocatorError as error:
        return greedy, [Fault(path, str(error), name, remedy="mend or remove its package")]
    names = allocator_names()
    fault = Fault(path, "unknown allocator", name, ", ".join(names), nearest(name, names))
    return greedy, [fault]


def _other_allocators(blocks: list[Block], name: str) -> Iterator[Fault]:
    """Yield the blocks whose doctrine names another allocator: all units share one."""
    for block in blocks:
        given = block.doctrine.choice("allocator")
        if given != name:
            yield Fault(
                f"{block.path}.overrides.allocator", "one allocator serves all blocks", given,
                name, "set doctrine.overrides.allocator",
            )  # fmt: skip


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
