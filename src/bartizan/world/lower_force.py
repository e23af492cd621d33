"""From documents to own force: fire units, magazines and interceptor types.

A fire unit is one engagement radar with its share of the block's launchers. A block has as many
of each engagement radar as its system's figures say.
"""

from dataclasses import dataclass

import numpy as np

from bartizan import arrays
from bartizan.catalogue.figures import Figures, Values
from bartizan.errors import Fault
from bartizan.rng import stable_id
from bartizan.scenario.schema import Defence, Scenario
from bartizan.world.force import ForcePlan
from bartizan.world.lower_nets import Nets
from bartizan.world.place import ecef_m


@dataclass(frozen=True)
class Unit:
    """One engagement radar of a defence block, with the figures that hold for it."""

    name: str
    block: str
    system: int
    radar: Values
    entry: Values
    figures: Figures
    rounds: dict[str, int]  # by interceptor id


def lower_force(
    scenario: Scenario, figures: Figures, classes: tuple[str, ...], nets: Nets
) -> tuple[ForcePlan, tuple[str, ...], tuple[str, ...], list[Fault]]:
    """Return the plan, the names of units and of interceptor types, and the faults.

    Interceptor types are one for each (defence block, interceptor), because a block may
    override their figures; ``classes`` are the target classes in order, ``nets`` are of
    `lower_nets`.
    """
    units, faults = [], []
    for system, (block, defence) in enumerate(scenario.defence.items()):
        found = _units(block, system, defence, figures)
        if not found and figures.entry(defence.system).parts.loadout:
            faults.append(_no_radar(block, defence.system))
        units += found
    types = [(unit.block, kind) for unit in units for kind in unit.rounds]
    types = list(dict.fromkeys(types))
    values = {
        (unit.block, kind): unit.figures.entry(kind) for unit in units for kind in unit.rounds
    }
    plan = _plan(scenario, figures, units, types, values, classes, nets)
    blocks = {block for block, _ in types}
    names = tuple(kind if len(blocks) == 1 else f"{kind} ({block})" for block, kind in types)
    return plan, tuple(unit.name for unit in units), names, faults


def _no_radar(block: str, system: str) -> Fault:
    return Fault(
        path=f"defence.{block}.system",
        problem="this system has no engagement radar, so that it cannot shoot",
        given=system,
        remedy="choose a system with an engagement radar",
    )


def _units(block: str, system: int, defence: Defence, figures: Figures) -> list[Unit]:
    own = figures.overridden(defence.system, defence.overrides)
    entry = own.entry(defence.system)
    kinds = [part.radar for part in entry.parts.radars if part.role == "engagement"]
    radars = kinds * int(entry.value("engagement_radars"))
    total = int(entry.value("launchers") * entry.value("rounds_per_launcher"))
    shares = defence.loadout or entry.parts.loadout
    rounds = _split(total, shares)
    units = []
    for number, radar in enumerate(radars):
        part = {kind: _nth_part(n, len(radars), number) for kind, n in rounds.items()}
        name = block if len(radars) == 1 else f"{block}/{radar}[{number}]"
        units.append(Unit(name, block, system, own.entry(radar), entry, own, part))
    return units


def _split(total: int, shares: dict[str, float]) -> dict[str, int]:
    """Split whole rounds by shares; the largest remainders get the rest."""
    whole = {kind: total * share / sum(shares.values()) for kind, share in shares.items()}
    rounds = {kind: int(exact) for kind, exact in whole.items()}
    rest = sorted(whole, key=lambda kind: rounds[kind] - whole[kind])
    for kind in rest[: total - sum(rounds.values())]:
        rounds[kind] += 1
    return rounds


def _nth_part(total: int, parts: int, number: int) -> int:
    return total // parts + (1 if number < total % parts else 0)


def _plan(
    scenario: Scenario,
    figures: Figures,
    units: list[Unit],
    types: list[tuple[str, str]],
    values: dict[tuple[str, str], Values],
    classes: tuple[str, ...],
    nets: Nets,
) -> ForcePlan:
    def of_units(figure: str) -> arrays.Floats:
        return np.array([unit.entry.value(figure) for unit in units], dtype=float)

    def of_radars(figure: str) -> arrays.Floats:
        return np.array([unit.radar.value(figure) for unit in units], dtype=float)

    def of_types(figure: str) -> arrays.Floats:
        return np.array([values[key].value(figure) for key in types], dtype=float)

    rounds = [
        [unit.rounds.get(k, 0) if b == unit.block else 0 for b, k in types] for unit in units
    ]
    tracks, engagements = _capacities(len(scenario.defence), units)
    speed = of_types("speed_max")
    heights = of_radars("antenna_height")
    sites = [
        ecef_m(scenario.defence[unit.block].at, height, scenario)
        for unit, height in zip(units, heights, strict=True)
    ]
    kill = [[_kill_probability(values[key], name) for name in classes] for key in types]
    expected = [_expected_kill(values[key], figures) for key in types]
    return ForcePlan(
        system_net=np.array([nets.of_block[name] for name in scenario.defence], dtype=np.int64),
        system_tracks=tracks,
        system_engagements=engagements,
        unit_id=np.array(
            [stable_id(f"defence.{unit.name}.unit") for unit in units], dtype=np.int64
        ),
        unit_net=np.array([nets.of_block[unit.block] for unit in units], dtype=np.int64),
        unit_system=np.array([unit.system for unit in units], dtype=np.int64),
        unit_position_ecef_m=np.array(sites, dtype=float).reshape(-1, 3),
        unit_antenna_height_m=heights,
        unit_guidance_range_m=of_radars("instrumented_range"),
        unit_channels=of_radars("channels").astype(np.int64),
        unit_reaction_s=of_units("reaction_time"),
        unit_launch_interval_s=of_units("launch_interval"),
        unit_assessment_s=of_units("assessment_delay"),
        unit_kill_unseen_probability=of_units("kill_unseen_probability"),
        unit_miss_as_kill_probability=of_units("miss_as_kill_probability"),
        unit_rounds=np.array(rounds, dtype=np.int64).reshape(len(units), len(types)),
        unit_fires=np.array(
            [[unit.block == block for block, _ in types] for unit in units], dtype=bool
        ).reshape(len(units), len(types)),
        sensor_guides=_guides(scenario, figures, units),
        interceptor_range_min_m=of_types("range_min"),
        interceptor_range_max_m=of_types("range_max"),
        interceptor_altitude_min_m=of_types("altitude_min"),
        interceptor_altitude_max_m=of_types("altitude_max"),
        interceptor_speed_near_m_s=speed * of_types("speed_fraction_near"),
        interceptor_speed_far_m_s=speed * of_types("speed_fraction_far"),
        interceptor_target_speed_max_m_s=of_types("target_speed_max"),
        interceptor_basket_m=of_types("basket"),
        interceptor_price_usd=of_types("price"),
        kill_probability=np.array(kill, dtype=float).reshape(len(types), len(classes)),
        expected_kill=np.array(expected, dtype=float).reshape(len(types), 2),
    )


def _guides(scenario: Scenario, figures: Figures, units: list[Unit]) -> arrays.Bools:
    """Tell of each radar, in the order of sensors, whether its block has fire units."""
    blocks = {unit.block for unit in units}
    radars = [
        block in blocks
        for block, defence in scenario.defence.items()
        for _ in figures.entry(defence.system).parts.radars
    ]
    return np.array(radars, dtype=bool)


def _kill_probability(interceptor: Values, target_class: str) -> float:
    family = interceptor.family("kill_probability")
    return family.get(target_class, family["other"])


def _expected_kill(interceptor: Values, figures: Figures) -> tuple[float, float]:
    """Return the mean kill probability over all threats that fly, and over all that fall.

    The defender cannot tell a class from a track, nor what the raid is made of.
    """
    family = interceptor.family("kill_probability")
    means = []
    for motion in ("route", "ballistic"):
        threats = [figures.entry(name) for name in figures.ids("threat")]
        of_motion = [each.id for each in threats if each.choice("motion") == motion]
        found = [family.get(name, family["other"]) for name in of_motion]
        means.append(sum(found) / len(found) if found else family["other"])
    return means[0], means[1]


def _capacities(n_system: int, units: list[Unit]) -> tuple[arrays.Ints, arrays.Ints]:
    """Return tracks and engagements of each system: min(published, sum of radar channels)."""
    tracks, engagements = arrays.counts(n_system), arrays.counts(n_system)
    channels = arrays.counts(n_system)
    for unit in units:
        channels[unit.system] += int(unit.radar.value("channels"))
        tracks[unit.system] = int(unit.entry.value("tracks"))
        engagements[unit.system] = int(unit.entry.value("engagements"))
    return tracks, np.minimum(engagements, channels)
