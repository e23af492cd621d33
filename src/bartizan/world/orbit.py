"""Orbit: the way of an aircraft that stays where it is, an eight-sided round flown for ever."""

import math
from collections.abc import Sequence

from bartizan.world.ground import destination, geodetic_from_normal, rotated
from bartizan.world.route import Leg, Place, Segment, segments_through

SIDES = 8
SIDE_M = 20e3
# Flown so long at least: a fast one would change its course all the time.
SIDE_S = 60.0


def circling(legs: Sequence[Leg], speed_m_s: float, until_s: float) -> tuple[Leg, ...]:
    """Return a route with rounds at its end, until past a time since its start.

    The first side is flown across the way in, so that no side comes nearer to what lies ahead.

    Parameters
    ----------
    legs
        The way in, one at least.
    speed_m_s
        Ground speed, > 0.
    until_s
        The last leg ends after it.
    """
    last, found = legs[-1], list(legs)
    sides = _sides(last.segment, max(SIDE_M, SIDE_S * speed_m_s))
    while found[-1].end_s <= until_s:
        start_s, height_m = found[-1].end_s, last.to_height_m
        side = sides[(len(found) - len(legs)) % SIDES]
        end_s = start_s + side.length_m / speed_m_s
        found.append(Leg(side, height_m, height_m, start_s, end_s))
    return tuple(found)


def _sides(way_in: Segment, side_m: float) -> list[Segment]:
    """Return the sides of a round to the right of the end of a way in, and back to it."""
    n = rotated(*way_in.start, *way_in.axis, way_in.angle_rad)
    place: Place = geodetic_from_normal(n[0], n[1], n[2])
    # east and north of the direction of flight there
    lat, lon = place
    east = -n[3] * math.sin(lon) + n[4] * math.cos(lon)
    north = n[5] * math.cos(lat) - math.sin(lat) * (n[3] * math.cos(lon) + n[4] * math.sin(lon))
    heading, corners = math.atan2(east, north) + 0.5 * math.pi, [place]
    for k in range(SIDES - 1):
        turn = 2.0 * math.pi * k / SIDES
        corners.append(destination(*corners[-1], heading + turn, side_m))
    return segments_through([*corners, place])
