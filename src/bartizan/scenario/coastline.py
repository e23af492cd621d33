"""Coastlines: GeoJSON to rings of (longitude, latitude); drawn, never simulated.

Source: RFC 7946, The GeoJSON Format, 2016.
"""

import math
from typing import Annotated, Any

from pydantic import BeforeValidator

from bartizan.scenario.quantities import refusal

MAX_VERTICES = 500_000
MAX_MEMBERS = 50_000

Ring = list[tuple[float, float]]

_ALLOWED = "GeoJSON polygons, lines, features or collections, or a .geojson file"
# How many lists lie between a geometry's coordinates and its points.
_DEPTHS = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
_MEMBERS = {"FeatureCollection": "features", "GeometryCollection": "geometries"}


def rings_from_geojson(data: Any) -> list[Ring]:
    """Return the rings and lines of a GeoJSON object, points as (lon, lat) in degrees.

    Raises
    ------
    PydanticCustomError
        If it is none, holds other geometries, or points outside the globe.
    """
    if isinstance(data, list) and all(isinstance(ring, list) for ring in data):
        rings = [_ring(ring) for ring in data]
    else:
        rings = [_ring(line) for geometry in _geometries(data) for line in _lines(geometry)]
    n_vertex = sum(len(ring) for ring in rings)
    if n_vertex > MAX_VERTICES:
        raise refusal("a coastline of too many points", str(n_vertex), f"{MAX_VERTICES}")
    return rings


def _geometries(data: Any) -> list[Any]:
    """Return the geometries of an object, its features and collections opened."""
    found: list[Any] = []
    left = [data]
    for _ in range(MAX_MEMBERS):
        if not left:
            return found[::-1]
        member = left.pop()
        kind = member.get("type") if isinstance(member, dict) else None
        if kind == "Feature":
            left.append(member.get("geometry"))
        elif isinstance(kind, str) and isinstance(member.get(_MEMBERS.get(kind, "")), list):
            left.extend(member[_MEMBERS[kind]])
        elif isinstance(kind, str) and kind in _DEPTHS:
            found.append(member)
        else:
            raise refusal("not a coastline", str(kind or _kind(member)), _ALLOWED)
    raise refusal("a coastline of too many members", "", f"at most {MAX_MEMBERS}")


def _lines(geometry: dict[str, Any]) -> list[Any]:
    """Return the lists of points of a geometry."""
    lists = [geometry.get("coordinates")]
    for _ in range(_DEPTHS[geometry["type"]]):
        if not all(isinstance(inner, list) for inner in lists):
            raise refusal("coordinates are lists of points", "", "[[lon, lat], ...]")
        lists = [inner for outer in lists for inner in outer or []]
    return lists


def _ring(points: Any) -> Ring:
    if not isinstance(points, list) or len(points) < 2:
        raise refusal("a line needs points", _kind(points), "two points or more")
    return [_point(point) for point in points]


def _point(point: Any) -> tuple[float, float]:
    if not isinstance(point, list | tuple) or not 2 <= len(point) <= 3:
        raise refusal("not a point", str(point)[:60], "[lon, lat] in degrees")
    lon, lat = point[:2]
    if not (_is_within(lon, 180.0) and _is_within(lat, 90.0)):
        allowed = "[lon, lat] in degrees, -180 to 180 and -90 to 90"
        raise refusal("a point off the globe", str(point)[:60], allowed)
    return float(lon), float(lat)


def _is_within(degrees: Any, most: float) -> bool:
    is_number = isinstance(degrees, int | float) and not isinstance(degrees, bool)
    return is_number and math.isfinite(degrees) and abs(degrees) <= most


def _kind(data: Any) -> str:
    if isinstance(data, dict):
        return "an object without a known type"
    return "a list" if isinstance(data, list) else str(data)[:60]


Coastline = Annotated[list[Ring], BeforeValidator(rings_from_geojson)]
