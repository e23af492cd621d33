"""Zones: areas with a rule for whoever is above them, and what a polygon must not be.

Assumes: edges are straight in latitude and longitude. Against great circles that is 20 m on an
edge of 30 km at 30 degrees of latitude, and grows with the square of its length.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from bartizan.errors import Fault
from bartizan.scenario.document import Document
from bartizan.scenario.place import EARTH_RADIUS_M, Origin, Position, latitude_longitude
from bartizan.scenario.quantities import Altitude, Moment, Name
from bartizan.units import format_quantity

MAX_CORNERS = 100
MAX_ZONES = 100
LEAST_AREA_M2 = 1.0

Point = tuple[float, float]


class Zone(Document):
    """A polygon on the ground, from a floor to a ceiling, for a time, and its rule."""

    rule: Literal["no-fire", "safe-corridor", "hostile-origin", "civil-origin"] = Field(
        description="no-fire: nothing in it is engaged; safe-corridor: own aircraft keep to it,"
        " and weapons-free is weapons-tight there; the others: who comes out of it."
    )
    polygon: list[Position] = Field(
        min_length=3, max_length=MAX_CORNERS, description="Its corners, in order round it."
    )
    floor_m: Altitude = Field(0.0, alias="floor", description="Lowest altitude.")
    ceiling_m: Altitude = Field(2.0e6, alias="ceiling", description="Highest altitude.")
    begin_s: Moment = Field(-864000.0, alias="from", description="When it begins.")
    end_s: Moment = Field(864000.0, alias="until", description="When it ends.")


Zones = Annotated[dict[Name, Zone], Field(max_length=MAX_ZONES)]


def zone_faults(zones: Mapping[str, Zone], origin: Origin) -> Iterator[Fault]:
    """Yield what is wrong with zones whose blocks are valid one by one."""
    for name, zone in zones.items():
        path = f"zones.{name}"
        if zone.floor_m >= zone.ceiling_m:
            given = format_quantity(zone.ceiling_m, "length")
            allowed = f"above its floor, {format_quantity(zone.floor_m, 'length')}"
            yield Fault(
                f"{path}.ceiling", "nothing is between floor and ceiling", given, allowed
            )
        if zone.begin_s >= zone.end_s:
            given = format_quantity(zone.end_s, "time")
            allowed = f"after it begins, {format_quantity(zone.begin_s, 'time')}"
            yield Fault(f"{path}.until", "it ends before it begins", given, allowed)
        yield from _polygon_faults(f"{path}.polygon", _flat(zone.polygon, origin))


def _polygon_faults(path: str, corners: Sequence[Point]) -> Iterator[Fault]:
    """Yield why a polygon, corners in metres, encloses no area that can be told."""
    edges = list(pairwise([*corners, corners[0]]))
    for i, (a, b) in enumerate(edges):
        if math.dist(a, b) < 1.0:
            remedy = "leave one out; the last corner is joined with the first"
            given = f"corners {i} and {(i + 1) % len(edges)}"
            yield Fault(path, "two corners in a row are one place", given, "", remedy)
            return
    for i, one in enumerate(edges):
        for k in range(i + 1, len(edges)):
            if _touches(one, edges[k], is_next=k == i + 1 or (i == 0 and k == len(edges) - 1)):
                given = f"edges {_edge(i, edges)} and {_edge(k, edges)}"
                remedy = "give the corners in order round it"
                problem = "the polygon crosses itself"
                yield Fault(path, problem, given, "edges that do not meet", remedy)
                return
    if abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in edges)) < 2.0 * LEAST_AREA_M2:
        yield Fault(path, "it encloses no area", f"{len(corners)} corners on a line")


def _edge(i: int, edges: Sequence[object]) -> str:
    return f"{i}-{(i + 1) % len(edges)}"


def _flat(polygon: Sequence[Position], origin: Origin) -> list[Point]:
    """Return corners [m] east and north of the origin, true to scale near it."""
    points = [latitude_longitude(corner, origin) for corner in polygon]
    scale = math.cos(origin.lat_rad) * EARTH_RADIUS_M
    return [
        (
            scale * math.remainder(lon - origin.lon_rad, 2.0 * math.pi),
            EARTH_RADIUS_M * (lat - origin.lat_rad),
        )
        for lat, lon in points
    ]


def _touches(one: tuple[Point, Point], other: tuple[Point, Point], is_next: bool) -> bool:
    """Tell whether two edges meet; of neighbours, elsewhere than in their common corner."""
    (a, b), (c, d) = one, other
    if is_next:
        # They share a corner, and meet elsewhere only where one folds back on the other.
        corner, p, q = (b, a, d) if b == c else (a, b, c)
        return _turn(corner, p, q) == 0.0 and _along(corner, p, q) > 0.0
    turns = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if turns[0] * turns[1] < 0.0 and turns[2] * turns[3] < 0.0:
        return True
    ends = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(
        turn == 0.0 and _along(point, p, q) <= 0.0
        for turn, (p, q, point) in zip(turns, ends, strict=True)
    )


def _turn(a: Point, b: Point, c: Point) -> float:
    """Return twice the signed area of a triangle; 0 where it is thinner than a millimetre."""
    area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    length = max(math.dist(a, b), math.dist(a, c), 1.0)
    return 0.0 if abs(area) < 1e-3 * length else area


def _along(corner: Point, p: Point, q: Point) -> float:
    """Return the scalar product of the ways from a corner to two points."""
    return (p[0] - corner[0]) * (q[0] - corner[0]) + (p[1] - corner[1]) * (q[1] - corner[1])
