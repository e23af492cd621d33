"""From documents to the doctrine of fire of each unit, with what no unit could follow."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bartizan.arrays import Bools, Floats, Ints
from bartizan.catalogue.figures import Figures, Values
from bartizan.decide.alike import first_like
from bartizan.decide.fire import FirePlan
from bartizan.errors import Fault
from bartizan.scenario.schema import Scenario
from bartizan.world.force import AssetsPlan, ForcePlan
from bartizan.world.ground import ground_distance_ecef_m


@dataclass(frozen=True)
class Block:
    """A defence block with the doctrine that holds for it."""

    name: str
    system: int
    doctrine: Values
    path: str  # of the doctrine in the document


def blocks_of(scenario: Scenario, figures: Figures) -> list[Block]:
    """Return the defence blocks with their own doctrine, or the scenario's."""
    common = scenario.doctrine
    found = []
    for system, (name, defence) in enumerate(scenario.defence.items()):
        path = f"defence.{name}.doctrine" if defence.doctrine else "doctrine"
        used = defence.doctrine or common
        values = figures.overridden(used.use, used.overrides, f"{path}.overrides")
        found.append(Block(name, system, values.entry(used.use), path))
    return found


def lower_fire(
    scenario: Scenario,
    blocks: list[Block],
    force: ForcePlan,
    interceptors: tuple[str, ...],
    assets: AssetsPlan,
) -> tuple[FirePlan, list[Fault]]:
    """Return the doctrine of fire of each unit, and the faults.

    Parameters
    ----------
    scenario
        Loaded.
    blocks
        Of `blocks_of`.
    force
        The fire units.
    interceptors
        Names of the interceptor types (t,), each begun by the id of its entry.
    assets
        What is defended, in the scenario's order.
    """
    ids = [name.partition(" ")[0] for name in interceptors]
    doctrines = [block.doctrine for block in blocks]

    def floats(figure: str) -> Floats:
        values = [_value(each, figure) for each in doctrines]
        return np.array(values, dtype=float)[force.unit_system]

    def counts(figure: str) -> Ints:
        return floats(figure).astype(np.int64)

    def by_type(figure: str) -> Floats:
        families = [each.family(figure) for each in doctrines]
        rows = [[of.get(kind, of["other"]) for kind in ids] for of in families]
        return np.array(rows, dtype=float).reshape(len(rows), len(ids))[force.unit_system]

    salvo, later = np.maximum(counts("salvo"), 1), counts("salvo_later")
    protects = _zones(scenario, blocks, force, assets)
    plan = FirePlan(
        first_like=first_like(force),
        salvo=salvo,
        salvo_later=np.where(later > 0, later, salvo),
        last_rounds=counts("last_rounds"),
        last_rounds_from=counts("last_rounds_from"),
        rounds_max=counts("rounds_max"),
        commit_horizon_s=floats("commit_horizon"),
        kill_probability_min=floats("kill_probability_min"),
        sooner_share=floats("sooner_share"),
        round_worth=by_type("round_worth"),
        kept=by_type("reserve").astype(np.int64),
        leaker_s=floats("leaker_time"),
        damage_rate=np.where(floats("damage_rate") > 0.0, floats("damage_rate"), np.nan),
        protects=protects[force.unit_system],
        takes_kept=np.array(
            [name in scenario.doctrine.reserve_for for name in scenario.aims], dtype=bool
        ),
    )
    faults = list(_asset_faults(scenario))
    for block in blocks:
        faults += _block_faults(block, plan, force, protects[block.system], scenario)
    return plan, list(dict.fromkeys(faults))


def _value(doctrine: Values, figure: str) -> float:
    """Return a figure, 0 where the doctrine's choices leave it out."""
    return doctrine.value(figure) if figure in doctrine.figure_names() else 0.0


def _zones(
    scenario: Scenario, blocks: list[Block], force: ForcePlan, assets: AssetsPlan
) -> Bools:
    """Return which assets each block shoots for (s, a): those it names, or is nearest to."""
    names = list(scenario.aims)
    named = np.zeros((len(blocks), len(names)), dtype=bool)
    away_m = np.full(named.shape, np.inf)
    for block in blocks:
        named[block.system] = [name in scenario.defence[block.name].protects for name in names]
        units = np.flatnonzero(force.unit_system == block.system)
        if len(units):
            here = force.unit_position_ecef_m[units[0]]
            away_m[block.system] = [
                ground_distance_ecef_m(*here, *there) for there in assets.position_ecef_m
            ]
    nearest = (away_m == away_m.min(axis=0, initial=np.inf)) & np.isfinite(away_m)
    zones = np.where(named.any(axis=0), named, nearest)
    is_free = [block.doctrine.choice("assignment") == "any" for block in blocks]
    zones[np.array(is_free, dtype=bool)] = True
    return np.asarray(zones, dtype=bool)


def _asset_faults(scenario: Scenario) -> Iterator[Fault]:
    """Yield the names of assets that are none."""
    named = [("doctrine.reserve-for", scenario.doctrine.reserve_for)]
    named += [(f"defence.{name}.protects", d.protects) for name, d in scenario.defence.items()]
    for path, assets in named:
        for n, asset in enumerate(assets):
            if asset not in scenario.aims:
                known = ", ".join(scenario.aims) or "none: there are no assets"
                yield Fault(f"{path}[{n}]", "unknown asset", asset, known)


def _block_faults(
    block: Block, plan: FirePlan, force: ForcePlan, protects: Bools, scenario: Scenario
) -> Iterator[Fault]:
    """Yield what contradicts itself, and what no unit of the block could follow."""
    doctrine, path = block.doctrine, f"{block.path}.overrides"
    units = np.flatnonzero(force.unit_system == block.system)
    most = doctrine.value("rounds_max")
    for figure in ("salvo", "salvo_later"):
        if (rounds := _value(doctrine, figure)) > most:
            problem, remedy = (
                "more rounds than rounds_max",
                f"raise rounds_max, or lower {figure}",
            )
            yield Fault(f"{path}.{figure}", problem, f"{rounds:g}", f"at most {most:g}", remedy)
    period_s, horizon_s = doctrine.value("planning_period"), doctrine.value("commit_horizon")
    if horizon_s < period_s:
        problem, allowed = "it ends before the next planning", f"at least {period_s:g} s"
        yield Fault(f"{path}.commit_horizon", problem, f"{horizon_s:g} s", allowed)
    if np.any(plan.round_worth[units] < 0.0):
        yield Fault(f"{path}.round_worth", "a worth below 0", allowed="0 or more")
    is_zone = doctrine.choice("assignment") == "zone"
    if scenario.defence[block.name].protects and not is_zone:
        place, remedy = f"defence.{block.name}.protects", "use zone, or set assignment: zone"
        yield Fault(place, "its doctrine assigns nothing by zone", doctrine.id, remedy=remedy)
    if len(units) and is_zone and len(protects) and not np.any(protects):
        problem = "assigned by zone, it is nearest to no asset and would never fire"
        remedy = "name its assets under protects"
        yield Fault(f"defence.{block.name}", problem, remedy=remedy)
    if len(units):
        yield from _useless_faults(block, path, plan, force, int(units[0]))


def _useless_faults(
    block: Block, path: str, plan: FirePlan, force: ForcePlan, unit: int
) -> Iterator[Fault]:
    """Yield why a unit with rounds would never fire the first."""
    loaded = force.unit_rounds[unit] > 0
    if not np.any(loaded):
        return
    best = float(force.expected_kill[loaded].max())
    least = float(plan.kill_probability_min[unit])
    if 0.0 < best < least:
        problem = "no interceptor of this block can follow it"
        allowed = f"at most {best:g}, of the best interceptor of {block.name}"
        yield Fault(f"{path}.kill_probability_min", problem, f"{least:g}", allowed)
    kept, rounds = plan.kept[unit][loaded], force.unit_rounds[unit][loaded]
    if np.all(kept >= rounds):
        problem = "every round is kept, so that none is left to begin with"
        allowed = f"less than {rounds.max()}, what a fire unit of {block.name} has"
        yield Fault(f"{path}.reserve.other", problem, f"{kept.max()}", allowed)
    reaction_s, horizon_s = force.unit_reaction_s[unit], plan.commit_horizon_s[unit]
    if reaction_s >= horizon_s:
        problem = "no round could be launched within it"
        allowed = f"more than the reaction time, {reaction_s:g} s"
        yield Fault(f"{path}.commit_horizon", problem, f"{horizon_s:g} s", allowed)
