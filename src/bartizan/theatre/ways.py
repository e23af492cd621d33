"""Ways on a map: where the raid comes from, where others fly, and zones with their rules."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from bartizan.scenario.civil import RecordedFlow
from bartizan.scenario.schema import RaidGroup, Scenario
from bartizan.simulate.plan import Plan
from bartizan.theatre.places import Places, place_of, place_of_ecef, way_through
from bartizan.world.ground import geodetic_from_normal, rotated
from bartizan.world.motion import position_velocity
from bartizan.world.truth import Motion, WorldPlan

ARC_PLACES = 61


class Axis(NamedTuple):
    """The way of a raid group: on the ground, or the arc of its middle object."""

    name: str  # of the group
    threat: str  # entry of the catalogue
    target: str
    number: int
    spread_m: float  # width of its launch points
    is_ballistic: bool
    places: Places  # from its launch over its points to its aim


class Route(NamedTuple):
    """The way of a flow of other aircraft, or of one that was recorded."""

    name: str  # of the flow
    aircraft: str  # entry of the catalogue
    side: str  # civil or friend
    number: int
    spread_m: float
    is_both_ways: bool
    is_recorded: bool
    places: Places


class Zone(NamedTuple):
    """An area with a rule, from a floor to a ceiling, for a time."""

    name: str
    rule: str  # no-fire, safe-corridor, hostile-origin or civil-origin
    places: Places  # its corners, the first again at the end; height 0
    floor_m: float
    ceiling_m: float
    begin_s: float
    end_s: float


def zones_of(scenario: Scenario) -> tuple[Zone, ...]:
    """Return the zones; their edges are straight in latitude and longitude."""
    return tuple(
        Zone(
            name=name,
            rule=zone.rule,
            places=np.array(
                [place_of(p, 0.0, scenario) for p in (*zone.polygon, zone.polygon[0])]
            ),
            floor_m=zone.floor_m,
            ceiling_m=zone.ceiling_m,
            begin_s=zone.begin_s,
            end_s=zone.end_s,
        )
        for name, zone in scenario.zones.items()
    )


def axes_of(scenario: Scenario, plan: Plan) -> tuple[Axis, ...]:
    """Return the way of each raid group."""
    return tuple(_axis(name, group, scenario, plan) for name, group in scenario.raid.items())


def _axis(name: str, group: RaidGroup, scenario: Scenario, plan: Plan) -> Axis:
    rows = _rows(name, plan)
    middle = rows[len(rows) // 2] if rows else -1
    is_ballistic = middle >= 0 and bool(plan.world.motion[middle] == Motion.BALLISTIC)
    stops = (group.start, *group.via, scenario.aims[group.target])
    return Axis(
        name=name,
        threat=group.threat,
        target=group.target,
        number=group.count,
        spread_m=group.spread_m,
        is_ballistic=is_ballistic,
        places=_arc(plan.world, middle) if is_ballistic else way_through(stops, scenario),
    )


def _rows(group: str, plan: Plan) -> list[int]:
    """Return the rows of the objects of a group or flow."""
    names = enumerate(plan.names.targets)
    return [row for row, name in names if name.partition("[")[0] == group]


def _arc(world: WorldPlan, row: int) -> Places:
    times_s = np.linspace(world.start_s[row], world.end_s[row], ARC_PLACES)
    states = (position_velocity(world, row, float(time_s)) for time_s in times_s)
    return np.array([place_of_ecef(np.array(state[:3])) for state in states])


def routes_of(scenario: Scenario, plan: Plan) -> tuple[Route, ...]:
    """Return the routes of the flows, and of recorded traffic the way of each aircraft."""
    return tuple(_routes(scenario, plan))


def _routes(scenario: Scenario, plan: Plan) -> Iterator[Route]:
    for name, flow in scenario.civil.items():
        if isinstance(flow, RecordedFlow):
            for row in _rows(name, plan):
                places = _legs(plan.world, row)
                yield Route(name, flow.aircraft, "civil", 1, 0.0, False, True, places)
        else:
            yield Route(
                name=name,
                aircraft=flow.aircraft,
                side=flow.side,
                number=flow.count,
                spread_m=flow.spread_m,
                is_both_ways=flow.both_ways,
                is_recorded=False,
                places=way_through(flow.route, scenario),
            )


def _legs(world: WorldPlan, row: int) -> Places:
    """Return the corners of the route of an object, as high as it flies there."""
    first, end = world.leg_first[row], world.leg_first[row + 1]
    starts = [(*world.leg_from[leg], world.leg_from_height_m[leg]) for leg in range(first, end)]
    last = end - 1
    start, axis = world.leg_from[last], world.leg_axis[last]
    n = rotated(
        start[0], start[1], start[2], axis[0], axis[1], axis[2], world.leg_angle_rad[last]
    )
    corners = [*starts, (*n[:3], world.leg_to_height_m[last])]
    found = []
    for x, y, z, height_m in corners:
        lat, lon = geodetic_from_normal(x, y, z)
        found.append((math.degrees(lat), math.degrees(lon), height_m))
    return np.array(found)
