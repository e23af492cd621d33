"""Recorded ways: states moved, thinned to the legs that are worth flying, and timed.

Long-range radars turn in five to ten seconds, and see nothing between their looks: one state
in ten seconds is enough. An airliner at 230 m/s that turns with a bank of 25 degrees departs
from the chord of ten seconds by 57 m. Of those states the ones are left out that lie within
`ASIDE_M` and `ABOVE_M` of where a straight leg has the aircraft at that time: cruise becomes
long legs, and turns, climbs and changes of speed keep their points.

Assumes: altitudes, barometric or not, are heights above the ellipsoid.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bartizan.scenario.place import EARTH_RADIUS_M
from bartizan.scenario.recording import State
from bartizan.world.ground import (
    bearing_rad,
    circle_length_m,
    destination,
    great_circle,
    ground_distance_m,
    normal_from_geodetic,
)
from bartizan.world.route import Leg, Normal, Place, Segment

STEP_S = 10.0
LONGEST_LEG_S = 300.0
ASIDE_M = 100.0
ABOVE_M = 30.0


class Waypoint(NamedTuple):
    """Where an aircraft is at one time."""

    time_s: float
    place: Place
    normal: Normal
    height_m: float


class Moved(NamedTuple):
    """A move: what is at one place comes to another."""

    start: Place
    to: Place


def waypoints(states: Sequence[State], moved: Moved | None) -> list[Waypoint]:
    """Return states as waypoints, one in `STEP_S` and the last one, moved if they are.

    Parameters
    ----------
    states
        Of one aircraft, in order of time.
    moved
        The move of all places, or None.
    """
    found: list[Waypoint] = []
    for state in every(states, STEP_S):
        place = math.radians(state.lat_deg), math.radians(state.lon_deg)
        if moved:
            place = moved_place(place, moved)
        normal = normal_from_geodetic(*place)
        found.append(Waypoint(state.time_s, place, normal, state.altitude_m))
    return found


def every(states: Sequence[State], step_s: float) -> list[State]:
    """Return states at least some time apart, the first and the last among them."""
    kept = [states[0]]
    for state in states[1:-1]:
        if state.time_s - kept[-1].time_s >= step_s:
            kept.append(state)
    if len(kept) > 1 and states[-1].time_s - kept[-1].time_s < step_s:
        kept.pop()
    return [*kept, states[-1]]


def moved_place(place: Place, moved: Moved) -> Place:
    """Return a place at the bearing and distance at which it was before the move.

    Distances and the angles between them are kept; bearings from true north are, where the move
    begins and ends, and elsewhere differ as the meridians there do.
    """
    bearing, distance_m = (
        bearing_rad(*moved.start, *place),
        ground_distance_m(*moved.start, *place),
    )
    return destination(*moved.to, bearing, distance_m)


def thinned(points: Sequence[Waypoint]) -> list[Waypoint]:
    """Return the waypoints whose straight legs keep near all others, in space and time."""
    kept, begin = [points[0]], 0
    while begin < len(points) - 1:
        end = begin + 1
        until_s = points[begin].time_s + LONGEST_LEG_S
        while end + 1 < len(points) and points[end + 1].time_s <= until_s:
            end += 1
        kept += _needed(points, begin, end)
        begin = end
    return kept


def _needed(points: Sequence[Waypoint], begin: int, end: int) -> list[Waypoint]:
    """Return the waypoints that are needed after one, up to another and with it.

    Source: Douglas and Peucker, Algorithms for the reduction of the number of points required
    to represent a digitized line or its caricature, Cartographica 10, 1973; here a point is
    held against where the leg is at its time.
    """
    a, b = points[begin], points[end]
    off = [departure(a, b, point) for point in points[begin + 1 : end]]
    if max(off, default=0.0) <= 1.0:
        return [b]
    worst = begin + 1 + off.index(max(off))
    return _needed(points, begin, worst) + _needed(points, worst, end)


def legs_through(points: Sequence[Waypoint]) -> list[Leg]:
    """Return the legs between waypoints, each with its own times since the first one."""
    start_s = points[0].time_s
    return [
        Leg(_segment(a, b), a.height_m, b.height_m, a.time_s - start_s, b.time_s - start_s)
        for a, b in pairwise(points)
    ]


def _segment(a: Waypoint, b: Waypoint) -> Segment:
    """Return the great circle between two waypoints; one that hovers has a leg of no length."""
    ax, ay, az, angle = great_circle(*a.normal, *b.normal)
    return Segment(a.normal, (ax, ay, az), angle, circle_length_m(*a.normal, ax, ay, az, angle))


def departure(a: Waypoint, b: Waypoint, point: Waypoint) -> float:
    """Return how far a waypoint is from where a straight leg has it, in what is allowed [-]."""
    share = (point.time_s - a.time_s) / (b.time_s - a.time_s)
    above_m = point.height_m - (a.height_m + share * (b.height_m - a.height_m))
    # The chord stands for the great circle: over a few minutes it is as good as even.
    x, y, z = (p + share * (q - p) for p, q in zip(a.normal, b.normal, strict=True))
    length = math.sqrt(x * x + y * y + z * z)
    aside = math.dist((x / length, y / length, z / length), point.normal)
    return max(abs(above_m) / ABOVE_M, EARTH_RADIUS_M * aside / ASIDE_M)
