"""Places: a document's position in any of its three forms, as geodetic and ECEF coordinates."""

import math

import numpy as np

from bartizan.arrays import Floats
from bartizan.scenario.place import Position
from bartizan.scenario.schema import Scenario
from bartizan.world.geodesy import ecef_from_geodetic
from bartizan.world.ground import destination


def lat_lon_rad(position: Position, scenario: Scenario) -> tuple[float, float]:
    """Return the geodetic latitude and longitude [rad] of a position of a document.

    An offset (east, north) from the origin is a bearing and a range on the ground, so that the
    two forms agree however far they reach.
    """
    if position.lat_rad is not None and position.lon_rad is not None:
        return position.lat_rad, position.lon_rad
    if position.bearing_rad is not None and position.range_m is not None:
        bearing, distance = position.bearing_rad, position.range_m
    else:
        east, north = position.east_m or 0.0, position.north_m or 0.0
        bearing, distance = math.atan2(east, north), math.hypot(east, north)
    origin = scenario.origin
    return destination(origin.lat_rad, origin.lon_rad, bearing, distance)


def ecef_m(position: Position, height_m: float, scenario: Scenario) -> Floats:
    """Return the ECEF coordinates (3,) [m] of a position at a height above the ellipsoid."""
    latitude, longitude = lat_lon_rad(position, scenario)
    return np.array(ecef_from_geodetic(latitude, longitude, height_m))
