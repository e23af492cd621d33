"""Where things are: the origin, positions in one of three forms, and assets."""

import math
from typing import Self

from pydantic import Field, model_validator

from bartizan.scenario.document import Document
from bartizan.scenario.quantities import (
    Bearing,
    Height,
    Latitude,
    Longitude,
    Offset,
    Range,
    refusal,
)

EARTH_RADIUS_M = 6_371_008.8
_FORMS = (("lat", "lon"), ("east", "north"), ("bearing", "range"))


class Origin(Document):
    """The point that offsets and bearings of the scenario are counted from."""

    lat_rad: Latitude = Field(alias="lat", description="Latitude, degrees north [rad inside].")
    lon_rad: Longitude = Field(alias="lon", description="Longitude, degrees east [rad inside].")


class Position(Document):
    """A place in exactly one form: lat and lon, east and north, or bearing and range."""

    lat_rad: Latitude | None = Field(None, alias="lat", description="Latitude, degrees north.")
    lon_rad: Longitude | None = Field(None, alias="lon", description="Longitude, degrees east.")
    east_m: Offset | None = Field(None, alias="east", description="East of the origin.")
    north_m: Offset | None = Field(None, alias="north", description="North of the origin.")
    bearing_rad: Bearing | None = Field(
        None, alias="bearing", description="From the origin, clockwise from north."
    )
    range_m: Range | None = Field(None, alias="range", description="From the origin.")

    @model_validator(mode="after")
    def _in_one_form(self) -> Self:
        given = [str(field.alias) for name, field in Position.model_fields.items()
                 if getattr(self, name) is not None]  # fmt: skip
        if tuple(given) not in _FORMS:
            allowed = "one of {lat, lon}, {east, north}, {bearing, range}"
            raise refusal("a place takes one form", ", ".join(given) or "nothing", allowed)
        return self


class Asset(Document):
    """Something worth defending."""

    at: Position = Field(description="Where it stands.")
    value: float = Field(gt=0.0, le=1e9, description="Its worth to the defence, any scale [-].")
    hits: int = Field(1, ge=1, le=1000, description="Damaging hits that destroy it.")
    height_m: Height = Field(0.0, alias="height", description="Of its aim point above the sea.")


def latitude_longitude(position: Position, origin: Origin) -> tuple[float, float]:
    """Return a position's latitude and longitude [rad], good to 1 % of the offset.

    For checks of a document; the world places things on the ellipsoid.

    Assumes: a sphere of the mean Earth radius.
    """
    if position.lat_rad is not None and position.lon_rad is not None:
        return position.lat_rad, position.lon_rad
    if position.range_m is not None and position.bearing_rad is not None:
        range_m, bearing_rad = position.range_m, position.bearing_rad
    else:
        east_m, north_m = position.east_m or 0.0, position.north_m or 0.0
        range_m, bearing_rad = math.hypot(east_m, north_m), math.atan2(east_m, north_m)
    return _destination(origin, bearing_rad, range_m / EARTH_RADIUS_M)


def great_circle_rad(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the angle [rad] between two places (latitude, longitude) [rad] on a sphere."""
    rise = math.sin(0.5 * (b[0] - a[0])) ** 2
    turn = math.sin(0.5 * (b[1] - a[1])) ** 2
    return 2.0 * math.asin(min(1.0, math.sqrt(rise + math.cos(a[0]) * math.cos(b[0]) * turn)))


def _destination(origin: Origin, bearing_rad: float, arc_rad: float) -> tuple[float, float]:
    sin0, cos0 = math.sin(origin.lat_rad), math.cos(origin.lat_rad)
    sine = sin0 * math.cos(arc_rad) + cos0 * math.sin(arc_rad) * math.cos(bearing_rad)
    east = math.sin(bearing_rad) * math.sin(arc_rad) * cos0
    north = math.cos(arc_rad) - sin0 * sine
    lon_rad = origin.lon_rad + math.atan2(east, north)
    return math.asin(max(-1.0, min(1.0, sine))), math.remainder(lon_rad, 2.0 * math.pi)
