"""Checks across the blocks of a valid document: how many objects, and where they stand."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bartizan.errors import Fault
from bartizan.scenario.place import EARTH_RADIUS_M, Position, latitude_longitude
from bartizan.scenario.quantities import MAX_LATITUDE_DEG
from bartizan.scenario.raid import MAX_OBJECTS

if TYPE_CHECKING:
    from bartizan.scenario.schema import Scenario

NEAREST_START_M = 1.0
MAX_UNITS = 1_000


def bound_faults(scenario: "Scenario") -> list[Fault]:
    """Return what is out of bounds in a document whose blocks are valid one by one."""
    places = dict(_places(scenario))
    return [
        *_crowd_faults(scenario),
        *_namesake_faults(scenario),
        *_polar_faults(scenario, places),
        *_start_faults(scenario),
    ]


def _crowd_faults(scenario: "Scenario") -> Iterator[Fault]:
    groups = {
        **{f"raid.{name}": group.count for name, group in scenario.raid.items()},
        **{f"civil.{name}": flow.count for name, flow in scenario.civil.items()},
    }
    n_object = sum(groups.values())
    if n_object > MAX_OBJECTS:
        largest = max(groups, key=lambda path: groups[path])
        allowed = f"at most {MAX_OBJECTS} threats and aircraft in all"
        yield Fault(f"{largest}.count", "too many objects", f"{n_object} in all", allowed)
    if len(scenario.defence) > MAX_UNITS:
        yield Fault("defence", "too many units", f"{len(scenario.defence)}", f"{MAX_UNITS}")


def _namesake_faults(scenario: "Scenario") -> Iterator[Fault]:
    for name in scenario.civil:
        if name in scenario.raid:
            problem, allowed = "a raid group has the same name", "names of their own"
            remedy = f"rename it, to {name}-civil for example"
            yield Fault(f"civil.{name}", problem, name, allowed, remedy)


def _polar_faults(scenario: "Scenario", places: dict[str, Position]) -> Iterator[Fault]:
    for path, place in places.items():
        latitude_deg = math.degrees(latitude_longitude(place, scenario.origin)[0])
        if abs(latitude_deg) > MAX_LATITUDE_DEG:
            allowed = f"latitudes of -{MAX_LATITUDE_DEG} to {MAX_LATITUDE_DEG} deg"
            yield Fault(path, "too near a pole", f"latitude {latitude_deg:.2f} deg", allowed)


def _start_faults(scenario: "Scenario") -> Iterator[Fault]:
    for name, group in scenario.raid.items():
        asset = scenario.assets.get(group.target)
        if asset and _distance_m(scenario, group.start, asset.at) < NEAREST_START_M:
            problem = "the group starts at its target"
            allowed = f"{NEAREST_START_M:g} m away or more"
            yield Fault(f"raid.{name}.from", problem, group.target, allowed, "move `from`")


def _distance_m(scenario: "Scenario", a: Position, b: Position) -> float:
    lat_a, lon_a = latitude_longitude(a, scenario.origin)
    lat_b, lon_b = latitude_longitude(b, scenario.origin)
    east_rad = math.remainder(lon_b - lon_a, 2.0 * math.pi) * math.cos(lat_a)
    return EARTH_RADIUS_M * math.hypot(lat_b - lat_a, east_rad)


def _places(scenario: "Scenario") -> Iterator[tuple[str, Position]]:
    for name, asset in scenario.assets.items():
        yield f"assets.{name}.at", asset.at
    for name, unit in scenario.defence.items():
        yield f"defence.{name}.at", unit.at
    for name, group in scenario.raid.items():
        yield f"raid.{name}.from", group.start
        for k, point in enumerate(group.via):
            yield f"raid.{name}.via[{k}]", point
    for name, flow in scenario.civil.items():
        for k, point in enumerate(flow.route):
            yield f"civil.{name}.route[{k}]", point
