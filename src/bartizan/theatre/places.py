"""Places on a map: latitude and longitude [deg] and height [m], out of documents and ECEF."""

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from bartizan.arrays import Floats
from bartizan.scenario.place import Position
from bartizan.scenario.schema import Scenario
from bartizan.world.geodesy import geodetic_from_ecef
from bartizan.world.ground import geodetic_from_normal, rotated
from bartizan.world.place import lat_lon_rad
from bartizan.world.route import segments_through

Places: TypeAlias = Floats
"""(n, 3) geodetic latitude [deg], longitude [deg] in [-180, 180], ellipsoidal height [m]."""

STEP_M = 20_000.0  # a chord of as much is 8 m below its arc


def place_of(position: Position, height_m: float, scenario: Scenario) -> Floats:
    """Return the place (3,) of a position of a document."""
    lat, lon = lat_lon_rad(position, scenario)
    return np.array([math.degrees(lat), math.degrees(lon), height_m])


def place_of_ecef(position_ecef_m: Floats) -> Floats:
    """Return the place (3,) of an ECEF position (3,) [m]."""
    x, y, z = position_ecef_m
    lat, lon, height_m = geodetic_from_ecef(float(x), float(y), float(z))
    return np.array([math.degrees(lat), math.degrees(lon), height_m])


def way_through(
    positions: Sequence[Position], scenario: Scenario, height_m: float = 0.0
) -> Places:
    """Return the great circles that join positions in turn, a place each 20 km at least."""
    corners = [lat_lon_rad(position, scenario) for position in positions]
    found = [corners[0]]
    for segment in segments_through(corners):
        n_step = max(math.ceil(segment.length_m / STEP_M), 1)
        for k in range(1, n_step + 1):
            n = rotated(*segment.start, *segment.axis, segment.angle_rad * k / n_step)
            found.append(geodetic_from_normal(n[0], n[1], n[2]))
    return np.array([(math.degrees(lat), math.degrees(lon), height_m) for lat, lon in found])


def line_of(points: Sequence[tuple[float, float]]) -> Places:
    """Return points (longitude, latitude) [deg], as GeoJSON has them, as places at height 0."""
    lon_lat = np.array(points, dtype=np.float64).reshape(-1, 2)
    return np.column_stack([lon_lat[:, 1], lon_lat[:, 0], np.zeros(len(lon_lat))])
