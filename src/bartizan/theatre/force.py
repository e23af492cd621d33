"""Own force on a map: units of the defence, their radars, their launchers."""

import math
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats
from bartizan.catalogue.figures import Figures
from bartizan.scenario.nets import net_of_blocks
from bartizan.scenario.schema import Scenario
from bartizan.simulate.plan import Plan
from bartizan.theatre.places import place_of, place_of_ecef


class Block(NamedTuple):
    """One unit of the defence; its radars and launchers stand where it stands."""

    name: str  # in the scenario
    system: str  # entry of the catalogue
    system_name: str
    net: str  # in the scenario; `defence` where it names none
    place: Floats  # (3,) lat_deg, lon_deg, height_m
    facing_deg: float


class Radar(NamedTuple):
    """One radar, with what bounds its view."""

    name: str  # of the sensor, as in events: battalion.91n6e
    entry: str
    title: str
    block: str
    net: str
    role: str  # acquisition or engagement
    place: Floats  # (3,) of its antenna
    antenna_height_m: float
    range_min_m: float
    range_max_m: float  # instrumented
    elevation_min_deg: float
    elevation_max_deg: float
    sector_centre_deg: float
    sector_width_deg: float  # 360: all round
    scan_period_s: float
    false_alarm_probability: float
    snr_constant_m2: float  # SNR = constant * rcs / range^4


class Round(NamedTuple):
    """One type of interceptor in a launcher group, with the bounds of where it may meet."""

    name: str  # as in events
    entry: str
    title: str
    number: int  # loaded at the start
    range_min_m: float  # slant
    range_max_m: float
    altitude_min_m: float
    altitude_max_m: float


class Launcher(NamedTuple):
    """A fire unit: one engagement radar with its launchers, and what they hold."""

    name: str  # of the unit, as in events
    block: str
    net: str
    place: Floats  # (3,) of its radar's antenna
    antenna_height_m: float
    guidance_range_m: float
    channels: int
    rounds: tuple[Round, ...]


def blocks_of(scenario: Scenario, figures: Figures) -> tuple[Block, ...]:
    """Return the units of the defence in the order of their names."""
    net_of = net_of_blocks(scenario)
    return tuple(
        Block(
            name=name,
            system=defence.system,
            system_name=figures.entry(defence.system).name,
            net=net_of[name],
            place=place_of(defence.at, 0.0, scenario),
            facing_deg=math.degrees(defence.facing_rad),
        )
        for name, defence in scenario.defence.items()
    )


def radars_of(scenario: Scenario, figures: Figures, plan: Plan) -> tuple[Radar, ...]:
    """Return the radars in the order of the sensors of a plan, not of perfect reports."""
    sense, net_of = plan.sense, net_of_blocks(scenario)
    parts = [
        (block, part)
        for block, defence in scenario.defence.items()
        for part in figures.entry(defence.system).parts.radars
    ]
    return tuple(
        Radar(
            name=plan.names.sensors[r],
            entry=part.radar,
            title=figures.entry(part.radar).name,
            block=block,
            net=net_of[block],
            role=part.role,
            place=place_of_ecef(sense.position_ecef_m[r]),
            antenna_height_m=float(sense.antenna_height_m[r]),
            range_min_m=float(sense.range_min_m[r]),
            range_max_m=float(sense.range_max_m[r]),
            elevation_min_deg=math.degrees(sense.elevation_min_rad[r]),
            elevation_max_deg=math.degrees(sense.elevation_max_rad[r]),
            sector_centre_deg=math.degrees(sense.sector_centre_rad[r]),
            sector_width_deg=math.degrees(2.0 * sense.sector_half_width_rad[r]),
            scan_period_s=float(sense.scan_period_s[r]),
            false_alarm_probability=float(sense.false_alarm_probability[r]),
            snr_constant_m2=float(sense.snr_constant_m2[r]),
        )
        for r, (block, part) in enumerate(parts)
    )


def launchers_of(scenario: Scenario, figures: Figures, plan: Plan) -> tuple[Launcher, ...]:
    """Return the fire units in the order of a plan."""
    force, net_of, blocks = plan.force, net_of_blocks(scenario), list(scenario.defence)
    return tuple(
        Launcher(
            name=name,
            block=blocks[force.unit_system[u]],
            net=net_of[blocks[force.unit_system[u]]],
            place=place_of_ecef(force.unit_position_ecef_m[u]),
            antenna_height_m=float(force.unit_antenna_height_m[u]),
            guidance_range_m=float(force.unit_guidance_range_m[u]),
            channels=int(force.unit_channels[u]),
            rounds=_rounds(figures, plan, u),
        )
        for u, name in enumerate(plan.names.units)
    )


def _rounds(figures: Figures, plan: Plan, u: int) -> tuple[Round, ...]:
    force, names = plan.force, plan.names.interceptors
    found = []
    for t in np.flatnonzero(force.unit_fires[u]):
        # An interceptor of one block among several is called `48n6e3 (battalion)`.
        entry = names[t].partition(" ")[0]
        found.append(
            Round(
                name=names[t],
                entry=entry,
                title=figures.entry(entry).name,
                number=int(force.unit_rounds[u, t]),
                range_min_m=float(force.interceptor_range_min_m[t]),
                range_max_m=float(force.interceptor_range_max_m[t]),
                altitude_min_m=float(force.interceptor_altitude_min_m[t]),
                altitude_max_m=float(force.interceptor_altitude_max_m[t]),
            )
        )
    return tuple(found)
