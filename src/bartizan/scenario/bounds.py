"""Checks across the blocks of a valid document: how many objects, and where they stand.

The theatre is what lies within `THEATRE_M` of the origin: farther than any radar or threat of
the catalogue reaches, so that a place beyond it is a slip of the pen.
"""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bartizan.errors import Fault, nearest
from bartizan.scenario.civil import CivilFlow, RecordedFlow
from bartizan.scenario.identification import rule_faults
from bartizan.scenario.nets import net_faults
from bartizan.scenario.place import (
    EARTH_RADIUS_M,
    Position,
    great_circle_rad,
    latitude_longitude,
)
from bartizan.scenario.quantities import MAX_LATITUDE_DEG
from bartizan.scenario.raid import MAX_OBJECTS
from bartizan.scenario.zones import zone_faults

if TYPE_CHECKING:
    from bartizan.scenario.schema import Scenario

NEAREST_START_M = 1.0
MAX_UNITS = 1_000
THEATRE_M = 3.0e6


def bound_faults(scenario: "Scenario") -> list[Fault]:
    """Return what is out of bounds in a document whose blocks are valid one by one."""
    places = dict(_places(scenario))
    return [
        *_crowd_faults(scenario),
        *_namesake_faults(scenario),
        *_polar_faults(scenario, places),
        *_theatre_faults(scenario, places),
        *_silent_faults(scenario),
        *_start_faults(scenario),
        *net_faults(scenario),
        *zone_faults(scenario.zones, scenario.origin),
        *rule_faults(
            scenario.doctrine.roe, scenario.doctrine.self_defence, bool(scenario.defence)
        ),
    ]


def _crowd_faults(scenario: "Scenario") -> Iterator[Fault]:
    groups = {
        **{f"raid.{name}": group.count for name, group in scenario.raid.items()},
        **{f"civil.{name}": n for name, n in n_civil(scenario).items()},
    }
    n_object = sum(groups.values())
    if n_object > MAX_OBJECTS:
        largest = max(groups, key=lambda path: groups[path])
        allowed = f"at most {MAX_OBJECTS} threats and aircraft in all"
        flow = scenario.civil.get(largest.removeprefix("civil."))
        place = f"{largest}.{'states' if isinstance(flow, RecordedFlow) else 'count'}"
        yield Fault(place, "too many objects", f"{n_object} in all", allowed)
    if len(scenario.defence) > MAX_UNITS:
        yield Fault("defence", "too many units", f"{len(scenario.defence)}", f"{MAX_UNITS}")


def n_civil(scenario: "Scenario") -> dict[str, int]:
    """Return how many aircraft of each civil flow there are in the scenario's time."""
    return {
        name: flow.count
        if isinstance(flow, CivilFlow)
        else len(flow.tracks_within(scenario.duration_s))
        for name, flow in scenario.civil.items()
    }


def theatre_fault(path: str, away_m: float, remedy: str) -> Fault:
    """Return the fault of a place outside the theatre."""
    allowed = f"at most {THEATRE_M / 1e3:g} km from the origin"
    return Fault(path, "outside the theatre", f"{away_m / 1e3:.0f} km away", allowed, remedy)


def _theatre_faults(scenario: "Scenario", places: dict[str, Position]) -> Iterator[Fault]:
    origin = scenario.origin.lat_rad, scenario.origin.lon_rad
    for path, place in places.items():
        here = latitude_longitude(place, scenario.origin)
        away_m = EARTH_RADIUS_M * great_circle_rad(origin, here)
        if away_m > THEATRE_M:
            yield theatre_fault(path, away_m, _nearer(origin, here))


def _nearer(origin: tuple[float, float], here: tuple[float, float]) -> str:
    """Return the remedy for a place far off: a sign, an exchange, or the origin itself."""
    lat, lon = here
    turned = {"the sign of its lat": (-lat, lon), "the sign of its lon": (lat, -lon)}
    turned["whether lat and lon are exchanged"] = (lon, lat)
    for words, other in turned.items():
        if EARTH_RADIUS_M * great_circle_rad(origin, other) <= THEATRE_M:
            return f"check {words}"
    return "move it, or set the origin near to what is fought over"


def _silent_faults(scenario: "Scenario") -> Iterator[Fault]:
    for name, flow in scenario.civil.items():
        if not isinstance(flow, RecordedFlow) or not flow.states.tracks:
            continue  # without tracks its file has faults, which are told
        ids = flow.states.ids
        for k, one in enumerate(flow.silent):
            if one not in ids:
                some = ", ".join(ids[:8]) + (", ..." if len(ids) > 8 else "")
                problem, path = "no aircraft of this id", f"civil.{name}.silent[{k}]"
                yield Fault(path, problem, one, some, nearest(one, ids))


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
    aims = scenario.aims
    for name, group in scenario.raid.items():
        aim = aims.get(group.target)
        if aim and _distance_m(scenario, group.start, aim) < NEAREST_START_M:
            problem = "the group starts at its target"
            allowed = f"{NEAREST_START_M:g} m away or more"
            yield Fault(f"raid.{name}.from", problem, group.target, allowed, "move `from`")


def _distance_m(scenario: "Scenario", a: Position, b: Position) -> float:
    ends = (latitude_longitude(place, scenario.origin) for place in (a, b))
    return EARTH_RADIUS_M * great_circle_rad(*ends)


def _places(scenario: "Scenario") -> Iterator[tuple[str, Position]]:
    for name, asset in scenario.assets.items():
        yield f"assets.{name}.at", asset.at
    for name, unit in scenario.defence.items():
        yield f"defence.{name}.at", unit.at
    for name, group in scenario.raid.items():
        yield f"raid.{name}.from", group.start
        for k, point in enumerate(group.via):
            yield f"raid.{name}.via[{k}]", point
    for name, zone in scenario.zones.items():
        for k, point in enumerate(zone.polygon):
            yield f"zones.{name}.polygon[{k}]", point
    for name, flow in scenario.civil.items():
        if isinstance(flow, CivilFlow):
            for k, point in enumerate(flow.route):
                yield f"civil.{name}.route[{k}]", point
        elif flow.moved:
            yield f"civil.{name}.moved.to", flow.moved.to
