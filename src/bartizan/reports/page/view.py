"""What part of the world a map shows, and where places are on it."""

import math
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats
from bartizan.reports.page.rings import RCS_M2, reach_deg
from bartizan.reports.page.svg import NARROW
from bartizan.theatre.rings import coverage
from bartizan.theatre.theatre import Theatre

EARTH_M = 6_371_000.0
LEAST_M = 20_000.0
"""Half of the least width."""


class View(NamedTuple):
    """The part of the world that is shown: an equirectangular projection about a place."""

    lat: float  # deg, of the middle
    lon: float
    scale: float  # pixels a metre
    width: float
    height: float

    def at(self, places: Floats) -> Floats:
        """Return places (n, 3) as pixels (n, 2)."""
        places = np.atleast_2d(places)
        x_m, y_m = metres(places, self.lat, self.lon)
        x = self.width / 2.0 + self.scale * x_m
        return np.column_stack([x, self.height / 2.0 - self.scale * y_m])


def metres(places: Floats, lat: float, lon: float) -> tuple[Floats, Floats]:
    """Return how far east and north of a place others are."""
    d_lon = (places[:, 1] - lon + 180.0) % 360.0 - 180.0
    east = np.radians(d_lon) * EARTH_M * math.cos(math.radians(lat))
    return east, np.radians(places[:, 0] - lat) * EARTH_M


def view_of(theatre: Theatre, width: int) -> View:
    """Return the part of the world that holds what is defended and where the raid begins.

    Ballistic missiles may begin far outside of it; ``width`` is in pixels.
    """
    near = [site.place for site in theatre.assets] + [block.place for block in theatre.blocks]
    near += [place for axis in theatre.axes if not axis.is_ballistic for place in axis.places]
    far = [axis.places[0] for axis in theatre.axes]
    if not near:
        near = far or [theatre.origin]
    lat, lon = float(theatre.origin[0]), float(theatre.origin[1])
    east, north = metres(np.array(near), lat, lon)
    half_x = max((east.max() - east.min()) / 2.0 * 1.3, LEAST_M)
    half_y = max(
        (north.max() - north.min()) / 2.0 * 1.3,
        min(0.9 * _low_reach_m(theatre), 0.75 * half_x),
        LEAST_M,
    )
    centre = ((east.max() + east.min()) / 2.0, (north.max() + north.min()) / 2.0)
    ratio = min(max(half_y / half_x, 0.7 if width > NARROW else 0.95), 1.1)
    height = round(width * ratio)
    scale = min(width / (2.0 * half_x), height / (2.0 * half_y))
    lat_mid = lat + math.degrees(centre[1] / EARTH_M)
    lon_mid = lon + math.degrees(centre[0] / (EARTH_M * math.cos(math.radians(lat))))
    return View(lat_mid, lon_mid, scale, float(width), float(height))


def _low_reach_m(theatre: Theatre) -> float:
    """Return how far the defence sees what flies 1 km up, or 0."""
    rings = [ring for radar in theatre.radars if (ring := coverage(radar, 1_000.0, RCS_M2))]
    return max((np.radians(reach_deg(ring)) * EARTH_M / 2.0 for ring in rings), default=0.0)
