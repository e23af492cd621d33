"""From documents to arrays: every object that will fly and every asset, with the faults."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bartizan.catalogue.figures import Figures
from bartizan.errors import DocumentError, Fault
from bartizan.rng import run_key, stable_id
from bartizan.scenario.civil import RecordedFlow
from bartizan.scenario.schema import Asset, RaidGroup, Scenario
from bartizan.world.craft import Craft, craft_of
from bartizan.world.flights import Flight, world_plan
from bartizan.world.force import AssetsPlan
from bartizan.world.lower_chaff import bundle_of, chaff_plan, crowd_faults
from bartizan.world.lower_civil import civil_flights
from bartizan.world.lower_raid import aim_at, raid_flights
from bartizan.world.lower_recorded import recorded_flights
from bartizan.world.place import ecef_m
from bartizan.world.truth import WorldPlan

# Lanes, launch points and flight levels belong to the scenario: they are the same in every
# replication, whatever its seed.
SCHEDULE_KEY = run_key(0)


class Names(NamedTuple):
    """What rows are called, for people; the rows of the tables in order."""

    targets: tuple[str, ...]  # cruise[17], recorded[3c6444]
    assets: tuple[str, ...]
    classes: tuple[str, ...]  # threats, then traffic; `WorldPlan.kind` counts in it


@dataclass(frozen=True)
class World:
    """What is there, before anything moves."""

    plan: WorldPlan
    assets: AssetsPlan
    names: Names


def lower(
    scenario: Scenario, figures: Figures, key: int = SCHEDULE_KEY
) -> tuple[World, list[Fault]]:
    """Return the world of a scenario, and what is wrong with it.

    Parameters
    ----------
    scenario
        The document; that its names exist was checked when it was loaded.
    figures
        Of the catalogue, settled, with the scenario's pins.
    key
        Of the draws of lanes, launch points and flight levels.

    Returns
    -------
    tuple
        The world without the groups and flows that have faults, and the faults.
    """
    flights: list[Flight] = []
    faults: list[Fault] = []
    for found, wrong in (_raid(scenario, figures, key), _civil(scenario, figures, key)):
        flights += found
        faults += wrong
    names = Names(
        targets=tuple(flight.name.partition(".")[2] for flight in flights),
        assets=tuple(scenario.aims),
        classes=classes(scenario),
    )
    faults += (crowd := crowd_faults(flights))
    plan = world_plan(flights)
    if not crowd:
        plan = plan._replace(chaff=chaff_plan(plan, flights))
    return World(plan, assets_plan(scenario, figures), names), faults


def classes(scenario: Scenario) -> tuple[str, ...]:
    """Return the ids of the threat and traffic classes used, threats first, each once."""
    threats = (group.threat for group in scenario.raid.values())
    aircraft = (flow.aircraft for flow in scenario.civil.values())
    return tuple(dict.fromkeys((*threats, *aircraft)))


def assets_plan(scenario: Scenario, figures: Figures) -> AssetsPlan:
    """Return the table of the assets in the order of the document, then of attacked units."""
    assets, blocks = _aims(scenario, figures), list(scenario.defence)
    ids = [f"assets.{name}" for name in scenario.assets]
    ids += [f"defence.{name}" for name in scenario.attacked]
    rows = [-1] * len(scenario.assets) + [blocks.index(name) for name in scenario.attacked]
    places = [ecef_m(asset.at, asset.height_m, scenario) for asset in assets.values()]
    return AssetsPlan(
        asset_id=np.array([stable_id(each) for each in ids], dtype=np.int64),
        position_ecef_m=np.array(places, dtype=np.float64).reshape(-1, 3),
        value=np.array([asset.value for asset in assets.values()], dtype=np.float64),
        hits_to_destroy=np.array([asset.hits for asset in assets.values()], dtype=np.int64),
        block=np.array(rows, dtype=np.int64),
    )


def _aims(scenario: Scenario, figures: Figures) -> dict[str, Asset]:
    """Return the assets, and units of the defence as assets where a raid flies at them."""
    worth = max((asset.value for asset in scenario.assets.values()), default=1.0)
    found = dict(scenario.assets)
    for name in scenario.attacked:
        defence = scenario.defence[name]
        own = figures.overridden(defence.system, defence.overrides, f"defence.{name}.overrides")
        found[name] = Asset.model_construct(
            at=defence.at,
            value=worth if defence.value is None else defence.value,
            hits=int(own.entry(defence.system).value("hits_to_suppress")),
        )
    return found


def _raid(scenario: Scenario, figures: Figures, key: int) -> tuple[list[Flight], list[Fault]]:
    flights: list[Flight] = []
    faults: list[Fault] = []
    kinds, aims = classes(scenario), _aims(scenario, figures)
    rows = list(aims)
    for name, group in scenario.raid.items():
        path = f"raid.{name}"
        craft, wrong = _craft(path, group.threat, group.overrides, figures)
        if craft:
            aim = aim_at(aims[group.target], rows.index(group.target), scenario)
            kind = kinds.index(group.threat)
            found, wrong = raid_flights(
                path, group, craft, kind, aim, scenario, key, _noise_w_hz(group, figures),
                bundle_of(group, figures),
            )  # fmt: skip
            flights += found
        faults += wrong
    return flights, faults


def _noise_w_hz(group: RaidGroup, figures: Figures) -> float:
    """Return the effective power in each hertz of a group's jammer that a radar takes in."""
    if group.jammer is None:
        return 0.0
    jammer = figures.overridden(group.threat, group.overrides).entry(group.jammer)
    power_w, share = jammer.value("radiated_power"), jammer.value("matched_share")
    return share * power_w / jammer.value("bandwidth")


def _civil(scenario: Scenario, figures: Figures, key: int) -> tuple[list[Flight], list[Fault]]:
    flights: list[Flight] = []
    faults: list[Fault] = []
    kinds = classes(scenario)
    for name, flow in scenario.civil.items():
        path = f"civil.{name}"
        craft, wrong = _craft(path, flow.aircraft, flow.overrides, figures)
        if craft:
            kind = kinds.index(flow.aircraft)
            if isinstance(flow, RecordedFlow):
                found, wrong = recorded_flights(path, flow, craft, kind, scenario)
            else:
                found, wrong = civil_flights(path, flow, craft, kind, scenario, key)
            flights += found
        faults += wrong
    return flights, faults


def _craft(
    path: str, entry_id: str, overrides: Mapping[str, str | float], figures: Figures
) -> tuple[Craft | None, list[Fault]]:
    place = f"{path}.overrides"
    try:
        return craft_of(figures.overridden(entry_id, overrides, place).entry(entry_id)), []
    except DocumentError as error:
        return None, list(error.faults)
    except KeyError as error:
        # An override of `motion` needs figures that the class does not have.
        return None, [Fault(f"{place}.motion", "its class cannot fly so", str(error.args[0]))]
