"""From a civil flow of a scenario to its flights, or to the faults that forbid them."""

import math
from itertools import pairwise

from bartizan.errors import Fault
from bartizan.rng import Purpose, draw, stable_id
from bartizan.scenario.civil import CivilFlow
from bartizan.scenario.schema import Scenario
from bartizan.units import format_quantity
from bartizan.world.craft import Craft
from bartizan.world.flights import Flight
from bartizan.world.formation import spread_m
from bartizan.world.ground import bearing_rad
from bartizan.world.place import lat_lon_rad
from bartizan.world.route import Place, Segment, segments_through, shifted, timed
from bartizan.world.truth import Side, Transponder

# Flight levels lie 1 000 ft apart, or nearer where that is much of the altitude.
_LEVEL_M = 304.8
_LEVEL_SHARE = 0.05
# Levels are drawn from this many of each direction.
_LEVELS = 3


def civil_flights(
    path: str, flow: CivilFlow, craft: Craft, kind: int, scenario: Scenario, key: int
) -> tuple[list[Flight], list[Fault]]:
    """Return the flights of a flow; none of them if it has faults.

    Parameters
    ----------
    path
        Of the flow in the document: ``civil.airway``.
    flow, scenario
        The documents.
    craft, kind
        The settled figures of its class, and the class's row.
    key
        Of the draws of its lanes and flight levels.
    """
    route = [lat_lon_rad(position, scenario) for position in flow.route]
    faults = _time_faults(path, flow, scenario)
    if not segments_through(route):
        remedy = "give two places that differ"
        faults.append(Fault(f"{path}.route", "it leads nowhere", remedy=remedy))
    if faults:
        return [], faults
    craft = craft._replace(
        speed_m_s=flow.speed_m_s or craft.speed_m_s,
        altitude_m=craft.altitude_m if flow.altitude_m is None else flow.altitude_m,
    )
    return [_flight(path, flow, craft, kind, route, k, key) for k in range(flow.count)], []


def level_m(altitude_m: float, is_backward: bool, key: int, target_id: int) -> float:
    """Return the altitude of one aircraft: a drawn flight level about that of its flow.

    The levels of the two directions alternate, so that opposite traffic passes above or below.
    """
    step = min(_LEVEL_M, _LEVEL_SHARE * altitude_m)
    u = draw(key, Purpose.SCHEDULE.value, target_id, 0, 1)
    rank = int(_LEVELS * u) - (_LEVELS - 1) // 2
    return altitude_m + step * (2 * rank + (1 if is_backward else 0))


def _flight(
    path: str, flow: CivilFlow, craft: Craft, kind: int, route: list[Place], k: int, key: int
) -> Flight:
    name = f"{path}[{k}]"
    target_id = stable_id(name)
    is_backward = flow.both_ways and k % 2 == 1
    lane = spread_m(flow.spread_m, k, flow.count, key, target_id)
    legs = timed(
        _beside(route[::-1] if is_backward else route, lane),
        craft.speed_m_s,
        level_m(craft.altitude_m, is_backward, key, target_id),
    )
    side, answer = Side.CIVIL, craft.transponder
    if flow.side == "friend":
        side, answer = Side.FRIEND, Transponder.FRIEND
    return Flight(
        name=name,
        side=side,
        kind=kind,
        craft=craft,
        start_s=flow.at_s + k * flow.every_s,
        duration_s=legs[-1].end_s,
        aim_asset=-1,
        transponder=answer if flow.transponder else Transponder.SILENT,
        legs=tuple(legs),
    )


def _beside(route: list[Place], right_m: float) -> list[Segment]:
    """Return a route some way to the right of another one."""
    headings = [bearing_rad(*a, *b) for a, b in pairwise(route)]
    headings.append((bearing_rad(*route[-1], *route[-2]) + math.pi) % (2.0 * math.pi))
    lane = [shifted(p, h, right_m, 0.0) for p, h in zip(route, headings, strict=True)]
    return segments_through(lane)


def _time_faults(path: str, flow: CivilFlow, scenario: Scenario) -> list[Fault]:
    if flow.at_s < scenario.duration_s:
        return []
    given = format_quantity(flow.at_s, "time")
    allowed = f"before {format_quantity(scenario.duration_s, 'time')}, the scenario's duration"
    return [Fault(f"{path}.at", "it starts after the end", given, allowed)]
