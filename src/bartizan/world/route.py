"""Routes: the way between places as great-circle legs, cut, dived and timed."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bartizan.kernel import kernel
from bartizan.world.ground import (
    circle_length_m,
    destination,
    great_circle,
    normal_distance_m,
    normal_from_geodetic,
    rotated,
)

Place = tuple[float, float]  # latitude, longitude [rad]
Normal = tuple[float, float, float]  # unit ellipsoid normal

# Places nearer than this are one place.
_SAME_M = 0.1


class Segment(NamedTuple):
    """A great circle on the ground."""

    start: Normal
    axis: Normal
    angle_rad: float
    length_m: float


class Leg(NamedTuple):
    """A segment with its heights, and its times since the start of the route."""

    segment: Segment
    from_height_m: float
    to_height_m: float
    start_s: float
    end_s: float


def shifted(place: Place, heading_rad: float, right_m: float, ahead_m: float) -> Place:
    """Return a place some way to the right of, and ahead along, a heading."""
    if right_m == 0.0 and ahead_m == 0.0:
        return place
    turn = math.atan2(right_m, ahead_m)
    return destination(*place, heading_rad + turn, math.hypot(right_m, ahead_m))


def segments_through(places: Sequence[Place]) -> list[Segment]:
    """Return the segments that join places in turn; none between two equal ones."""
    normals = [normal_from_geodetic(*place) for place in places]
    found = []
    for n, m in pairwise(normals):
        ax, ay, az, angle = great_circle(*n, *m)
        length = circle_length_m(*n, ax, ay, az, angle)
        if length > _SAME_M:
            found.append(Segment(n, (ax, ay, az), angle, length))
    return found


def length_m(segments: Sequence[Segment]) -> float:
    """Return the length of a route on the ground."""
    return sum(segment.length_m for segment in segments)


def up_to(segments: Sequence[Segment], aim: Place, distance_m: float) -> list[Segment]:
    """Return the route up to where it first comes within a distance of its aim.

    Empty where it starts there already.
    """
    if distance_m <= 0.0:
        return list(segments)
    aim_normal = normal_from_geodetic(*aim)
    kept: list[Segment] = []
    for segment in segments:
        angle = angle_within(
            segment.start, segment.axis, segment.angle_rad, aim_normal, distance_m
        )
        if angle < 0.0:
            kept.append(segment)
            continue
        before, _ = cut(segment, angle)
        return [*kept, before] if before.length_m > _SAME_M else kept
    return kept


@kernel
def angle_within(
    start: Normal, axis: Normal, angle_rad: float, aim: Normal, distance_m: float
) -> float:
    """Return the angle at which a segment first is within a distance of the aim, or -1."""
    n = rotated(start[0], start[1], start[2], axis[0], axis[1], axis[2], 0.0)
    if normal_distance_m(n[0], n[1], n[2], aim[0], aim[1], aim[2]) <= distance_m:
        return 0.0
    # It comes nearest where it is abeam of the aim.
    ahead = n[3] * aim[0] + n[4] * aim[1] + n[5] * aim[2]
    abeam = n[0] * aim[0] + n[1] * aim[1] + n[2] * aim[2]
    low, high = 0.0, min(max(math.atan2(ahead, abeam), 0.0), angle_rad)
    n = rotated(start[0], start[1], start[2], axis[0], axis[1], axis[2], high)
    if normal_distance_m(n[0], n[1], n[2], aim[0], aim[1], aim[2]) > distance_m:
        return -1.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        n = rotated(start[0], start[1], start[2], axis[0], axis[1], axis[2], middle)
        if normal_distance_m(n[0], n[1], n[2], aim[0], aim[1], aim[2]) <= distance_m:
            high = middle
        else:
            low = middle
    return high


def cut(segment: Segment, angle_rad: float) -> tuple[Segment, Segment]:
    """Return the two parts of a segment before and after an angle from its start."""
    start, axis = segment.start, segment.axis
    n = rotated(*start, *axis, angle_rad)[:3]
    rest = segment.angle_rad - angle_rad
    return (
        Segment(start, axis, angle_rad, circle_length_m(*start, *axis, angle_rad)),
        Segment(n, axis, rest, circle_length_m(*n, *axis, rest)),
    )


def timed(
    segments: Sequence[Segment],
    speed_m_s: float,
    height_m: float,
    dive_m: float = 0.0,
    end_height_m: float = 0.0,
) -> list[Leg]:
    """Return the legs of a route flown level, then from ``dive_m`` to go evenly to its end.

    Parameters
    ----------
    segments
        The way.
    speed_m_s
        Ground speed, > 0.
    height_m
        Of the level part.
    dive_m
        Distance to go at which the dive (or climb) begins, at most the whole way; 0: none.
    end_height_m
        Where the dive ends.
    """
    total = length_m(segments)
    dive = min(dive_m, total)
    legs: list[Leg] = []
    flown = 0.0
    for part in _parted(segments, total - dive):
        ends = flown + part.length_m
        heights = [_height_m(total - s, dive, height_m, end_height_m) for s in (flown, ends)]
        legs.append(Leg(part, heights[0], heights[1], flown / speed_m_s, ends / speed_m_s))
        flown = ends
    return legs


def _height_m(to_go_m: float, dive_m: float, height_m: float, end_height_m: float) -> float:
    if dive_m <= 0.0:
        return height_m
    level = min(max(to_go_m / dive_m, 0.0), 1.0)
    return end_height_m + (height_m - end_height_m) * level


def _parted(segments: Sequence[Segment], at_m: float) -> list[Segment]:
    """Return the segments, the one under way at a distance from the start cut in two there."""
    parts: list[Segment] = []
    flown = 0.0
    for segment in segments:
        into = at_m - flown
        flown += segment.length_m
        if _SAME_M < into < segment.length_m - _SAME_M:
            parts.extend(cut(segment, segment.angle_rad * into / segment.length_m))
        else:
            parts.append(segment)
    return parts
