"""From a raid group of a scenario to its flights, or to the faults that forbid them."""

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from bartizan.errors import Fault
from bartizan.rng import stable_id
from bartizan.scenario.place import Asset
from bartizan.scenario.raid import RaidGroup
from bartizan.scenario.schema import Scenario
from bartizan.units import format_quantity
from bartizan.world.ballistic import arc_between
from bartizan.world.chaff import Bundle, releases_s
from bartizan.world.craft import Craft
from bartizan.world.flights import Flight
from bartizan.world.formation import formation_m, spread_m
from bartizan.world.geodesy import ecef_from_geodetic
from bartizan.world.ground import bearing_rad, ground_distance_m
from bartizan.world.lower_chaff import chaff_faults
from bartizan.world.orbit import circling
from bartizan.world.place import lat_lon_rad
from bartizan.world.route import Place, length_m, segments_through, shifted, timed, up_to
from bartizan.world.truth import Motion, Side


class Aim(NamedTuple):
    """The asset that a group flies at."""

    asset: int  # its row
    place: Place
    height_m: float


class Offsets(NamedTuple):
    """How far one object keeps from the path of its group."""

    spread_m: float  # at its start, to the right of the bearing to the aim
    right_m: float  # to the right of its heading, at its start and on its way
    ahead_m: float  # at its start


def aim_at(asset: Asset, row: int, scenario: Scenario) -> Aim:
    """Return an asset as an aim."""
    return Aim(row, lat_lon_rad(asset.at, scenario), asset.height_m)


def raid_flights(
    path: str,
    group: RaidGroup,
    craft: Craft,
    kind: int,
    aim: Aim,
    scenario: Scenario,
    key: int,
    noise_w_hz: float = 0.0,
    bundle: Bundle | None = None,
) -> tuple[list[Flight], list[Fault]]:
    """Return the flights of a group; none of them if it has faults.

    Parameters
    ----------
    path
        Of the group in the document: ``raid.cruise``.
    group, scenario
        The documents.
    craft, kind
        The settled figures of its class, and the class's row.
    aim
        Its asset.
    key
        Of the draws of its geometry.
    noise_w_hz
        Of the jammer that each of them carries.
    bundle
        Of the chaff that each of them carries.
    """
    craft = craft._replace(
        release_range_m=craft.release_range_m
        if group.stand_off_m is None
        else group.stand_off_m,
        speed_m_s=group.speed_m_s or craft.speed_m_s,
        altitude_m=craft.altitude_m if group.altitude_m is None else group.altitude_m,
    )
    faults = _time_faults(path, group, scenario) + _motion_faults(path, group, craft)
    if faults:
        return [], faults
    flights: list[Flight] = []
    for k in range(group.count):
        places = _places(group, offsets_of(path, group, k, key), aim, scenario)
        flight = _flight(f"{path}[{k}]", group, craft, places, aim, k)
        fault = _length_fault(path, craft, flight, places, aim)
        if fault:
            return [], [fault]
        if bundle:
            flight = _with_chaff(flight, bundle)
            if wrong := chaff_faults(path, group.chaff or "", bundle, flight):
                return [], wrong
        if group.stand_off_m is not None:
            legs = circling(flight.legs, craft.speed_m_s, scenario.duration_s - flight.start_s)
            flight = flight._replace(legs=legs, duration_s=legs[-1].end_s)
        flights.append(flight._replace(kind=kind, noise_w_hz=noise_w_hz))
    return flights, []


def offsets_of(path: str, group: RaidGroup, k: int, key: int) -> Offsets:
    """Return the offsets of object ``k`` of a group.

    A formation is of those launched together: where launches follow each other there is none,
    and where the launch points are spread, their spread takes the place of its width.
    """
    target_id = stable_id(f"{path}[{k}]")
    right = ahead = spread = 0.0
    if group.every_s == 0.0:
        right, ahead = formation_m(
            group.formation, group.spacing_m, k, group.count, key, target_id
        )
    if group.spread_m > 0.0:
        right, spread = 0.0, spread_m(group.spread_m, k, group.count, key, target_id)
    return Offsets(spread, right, ahead)


def _places(group: RaidGroup, offsets: Offsets, aim: Aim, scenario: Scenario) -> list[Place]:
    """Return where an object starts, turns and aims."""
    path = [lat_lon_rad(position, scenario) for position in (group.start, *group.via)]
    path.append(aim.place)
    headings = [bearing_rad(*a, *b) for a, b in pairwise(path)]
    places = [
        shifted(place, heading, offsets.right_m, 0.0)
        for place, heading in zip(path, headings, strict=False)
    ]
    places[0] = shifted(path[0], headings[0], offsets.right_m, offsets.ahead_m)
    to_aim = bearing_rad(*path[0], *aim.place)
    places[0] = shifted(places[0], to_aim, offsets.spread_m, 0.0)
    return [*places, aim.place]


def _flight(
    name: str, group: RaidGroup, craft: Craft, places: list[Place], aim: Aim, k: int
) -> Flight:
    common = Flight(
        name=name,
        side=Side.HOSTILE,
        kind=-1,
        craft=craft,
        start_s=group.at_s + k * group.every_s,
        duration_s=0.0,
        aim_asset=aim.asset,
        transponder=craft.transponder,
    )
    if craft.motion == Motion.BALLISTIC:
        arc = arc_between(
            np.array(ecef_from_geodetic(*places[0], 0.0)),
            np.array(ecef_from_geodetic(*aim.place, aim.height_m)),
        )
        return common._replace(arc=arc, duration_s=arc.duration_s if arc else 0.0)
    terminal = group.terminal_altitude_m
    legs = timed(
        up_to(segments_through(places), aim.place, craft.release_range_m),
        craft.speed_m_s,
        craft.altitude_m,
        group.dive_m or 0.0,
        aim.height_m if terminal is None else terminal,
    )
    duration_s = legs[-1].end_s if legs else 0.0
    return common._replace(legs=tuple(legs), duration_s=duration_s, is_weaving=group.weave)


def _with_chaff(flight: Flight, bundle: Bundle) -> Flight:
    """Return the flight, on its way in, with the times at which it releases its chaff."""
    craft = flight.craft
    times_s = releases_s(
        bundle, flight.start_s, flight.duration_s, craft.speed_m_s, craft.release_range_m
    )
    return flight._replace(bundle=bundle, releases_s=times_s)


def _length_fault(
    path: str, craft: Craft, flight: Flight, places: list[Place], aim: Aim
) -> Fault | None:
    away = ground_distance_m(*places[0], *aim.place)
    near = format_quantity(craft.release_range_m, "length")
    if flight.duration_s <= 0.0:
        return Fault(
            f"{path}.from",
            "it starts where it would end",
            f"{format_quantity(away, 'length')} from its aim",
            f"more than {near}, where it releases or stays",
            "begin farther out",
        )
    flown = away if flight.arc else length_m([leg.segment for leg in flight.legs])
    if craft.range_max_m <= 0.0 or flown <= craft.range_max_m:
        return None
    return Fault(
        f"{path}.from",
        "farther from its aim than it flies",
        f"{format_quantity(flown, 'length')} for {flight.name}",
        f"at most {format_quantity(craft.range_max_m, 'length')}",
        "begin nearer, or set range_max in its overrides",
    )


def _time_faults(path: str, group: RaidGroup, scenario: Scenario) -> list[Fault]:
    ends_s = scenario.duration_s
    last_s = group.at_s + max(group.count - 1, 0) * group.every_s
    allowed = f"before {format_quantity(ends_s, 'time')}, the scenario's duration"
    if group.at_s >= ends_s:
        given = format_quantity(group.at_s, "time")
        return [Fault(f"{path}.at", "it starts after the end", given, allowed)]
    if last_s >= ends_s:
        given = f"the last at {format_quantity(last_s, 'time')}"
        remedy = "launch faster or fewer, or lengthen the duration"
        return [Fault(f"{path}.every", "some start after the end", given, allowed, remedy)]
    return []


def _motion_faults(path: str, group: RaidGroup, craft: Craft) -> list[Fault]:
    if craft.motion == Motion.BALLISTIC:
        return _ballistic_faults(path, group)
    faults = []
    if not (math.isfinite(craft.speed_m_s) and craft.speed_m_s > 0.0):
        given = format_quantity(craft.speed_m_s, "speed")
        faults.append(Fault(f"{path}.speed", "it does not move", given, "more than 0"))
    if group.terminal_altitude_m is not None and not group.dive_m:
        place, remedy = f"{path}.terminal-altitude", "add `dive: 20 km`, the distance to go"
        faults.append(Fault(place, "it says no distance to go", "", "with dive", remedy))
    if group.weave and not craft.weave_amplitude_m > 0.0:
        remedy = "set weave_amplitude in its overrides, or leave weave out"
        faults.append(Fault(f"{path}.weave", f"{group.threat} has no weave", remedy=remedy))
    return faults


def _ballistic_faults(path: str, group: RaidGroup) -> list[Fault]:
    route_only = {
        "via": bool(group.via),
        "speed": group.speed_m_s is not None,
        "altitude": group.altitude_m is not None,
        "dive": group.dive_m is not None,
        "terminal-altitude": group.terminal_altitude_m is not None,
        "weave": group.weave,
        "stand-off": group.stand_off_m is not None,
        "chaff": group.chaff is not None,
    }
    problem = "a ballistic threat flies the arc its range gives"
    return [
        Fault(f"{path}.{word}", problem, remedy=f"leave {word} out")
        for word, is_given in route_only.items()
        if is_given
    ]
