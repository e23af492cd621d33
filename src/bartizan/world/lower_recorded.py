"""From recorded traffic of a scenario to its flights, or to the faults that forbid them."""

import math

from bartizan.errors import Fault
from bartizan.scenario.bounds import THEATRE_M, theatre_fault
from bartizan.scenario.civil import RecordedFlow
from bartizan.scenario.recording import RecordedTrack
from bartizan.scenario.schema import Scenario
from bartizan.units import format_quantity
from bartizan.world.craft import Craft
from bartizan.world.flights import Flight
from bartizan.world.ground import ground_distance_m
from bartizan.world.place import lat_lon_rad
from bartizan.world.recorded import Moved, Waypoint, legs_through, thinned, waypoints
from bartizan.world.route import Place
from bartizan.world.truth import Side, Transponder


def recorded_flights(
    path: str, flow: RecordedFlow, craft: Craft, kind: int, scenario: Scenario
) -> tuple[list[Flight], list[Fault]]:
    """Return the flights of recorded traffic; none of them if it has faults.

    Parameters
    ----------
    path
        Of the flow in the document: ``civil.recorded``.
    flow, scenario
        The documents.
    craft, kind
        The settled figures of its class, and the class's row.
    """
    tracks = flow.tracks_within(scenario.duration_s)
    if not tracks:
        return [], [_time_fault(path, flow, scenario)]
    moved = None
    if flow.moved:
        start = flow.moved.start
        moved = Moved((start.lat_rad, start.lon_rad), lat_lon_rad(flow.moved.to, scenario))
    ways = [waypoints(track.states, moved) for track in tracks]
    faults = _theatre_faults(path, flow, ways, scenario)
    if faults:
        return [], faults
    return [
        _flight(path, flow, track, thinned(way), craft, kind)
        for track, way in zip(tracks, ways, strict=True)
    ], []


def _flight(
    path: str,
    flow: RecordedFlow,
    track: RecordedTrack,
    way: list[Waypoint],
    craft: Craft,
    kind: int,
) -> Flight:
    legs = legs_through(way)
    answers = flow.transponder and track.aircraft_id not in flow.silent
    return Flight(
        name=f"{path}[{track.name}]",
        side=Side.CIVIL,
        kind=kind,
        craft=craft,
        start_s=flow.at_s + track.states[0].time_s,
        duration_s=legs[-1].end_s,
        aim_asset=-1,
        transponder=craft.transponder if answers else Transponder.SILENT,
        legs=tuple(legs),
    )


def _time_fault(path: str, flow: RecordedFlow, scenario: Scenario) -> Fault:
    """Return the fault of a recording that is over before the start or begins after the end."""
    last_s = max((track.states[-1].time_s for track in flow.states.tracks), default=0.0)
    first, last = (format_quantity(flow.at_s + s, "time") for s in (0.0, last_s))
    allowed = f"0 s to {format_quantity(scenario.duration_s, 'time')}, the scenario's time"
    problem, remedy = "none of its aircraft flies in the scenario's time", "set `at`"
    return Fault(f"{path}.at", problem, f"{first} to {last}", allowed, remedy)


def _theatre_faults(
    path: str, flow: RecordedFlow, ways: list[list[Waypoint]], scenario: Scenario
) -> list[Fault]:
    """Return the fault of recorded places outside the theatre."""
    origin = scenario.origin.lat_rad, scenario.origin.lon_rad
    places = [point.place for way in ways for point in way]
    away_m = max(ground_distance_m(*origin, *place) for place in places)
    if away_m <= THEATRE_M:
        return []
    remedy = "leave out the rows of aircraft that far away"
    if not flow.moved:
        latitude, longitude = (f"{math.degrees(x):.1f}" for x in _middle(places))
        start = f"{{lat: {latitude}, lon: {longitude}}}"
        remedy = f"add `moved: {{from: {start}, to: {{east: 0 km, north: 0 km}}}}`"
    return [theatre_fault(f"{path}.states", away_m, remedy)]


def _middle(places: list[Place]) -> Place:
    """Return the place in the middle of the order of latitudes and of longitudes."""
    latitudes, longitudes = (sorted(x) for x in zip(*places, strict=True))
    return latitudes[len(places) // 2], longitudes[len(places) // 2]
