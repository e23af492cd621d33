"""Zones: areas of the airspace with a rule, and who is in one.

Assumes: edges straight in latitude and longitude; no zone reaches half round the Earth.
"""

import math
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel


class ZoneRule(IntEnum):
    """What holds in a zone."""

    NO_FIRE = 0
    SAFE_CORRIDOR = 1
    HOSTILE_ORIGIN = 2
    CIVIL_ORIGIN = 3


class ZonesPlan(NamedTuple):
    """Static columns of z zones with m corners in all."""

    rule: Ints  # (z,) ZoneRule
    floor_m: Floats  # (z,)
    ceiling_m: Floats  # (z,)
    begin_s: Floats  # (z,)
    end_s: Floats  # (z,)
    corner_first: Ints  # (z + 1,) zone i has corners corner_first[i] to corner_first[i + 1]
    corner_lat_rad: Floats  # (m,)
    corner_east_rad: Floats  # (m,) longitude from the reference
    reference_lon_rad: float


def no_zones() -> ZonesPlan:
    """Return the plan of an airspace without zones."""
    none, zero = np.empty(0), np.zeros(1, dtype=np.int64)
    return ZonesPlan(zero[:0], none, none, none, none, zero, none, none, 0.0)


@kernel
def is_in_zone(
    zones: ZonesPlan, rule: int, lat_rad: float, lon_rad: float, height_m: float, now_s: float
) -> bool:
    """Tell whether a place is in a zone of a rule that holds at ``now_s``."""
    east = lon_rad - zones.reference_lon_rad
    if east > math.pi:
        east -= 2.0 * math.pi
    elif east < -math.pi:
        east += 2.0 * math.pi
    for zone in range(zones.rule.shape[0]):
        if zones.rule[zone] != rule:
            continue
        if height_m < zones.floor_m[zone] or height_m > zones.ceiling_m[zone]:
            continue
        if now_s < zones.begin_s[zone] or now_s >= zones.end_s[zone]:
            continue
        if _is_within(zones, zone, lat_rad, east):
            return True
    return False


@kernel
def _is_within(zones: ZonesPlan, zone: int, lat: float, east: float) -> bool:
    """Tell whether a point is in a polygon: a ray to the east crosses its edges oddly often.

    Source: Shimrat, Algorithm 112, Communications of the ACM 5, 1962.
    """
    first, end = zones.corner_first[zone], zones.corner_first[zone + 1]
    is_within, before = False, end - 1
    for corner in range(first, end):
        a_lat, b_lat = zones.corner_lat_rad[before], zones.corner_lat_rad[corner]
        if (a_lat > lat) != (b_lat > lat):
            a, b = zones.corner_east_rad[before], zones.corner_east_rad[corner]
            if east < a + (b - a) * (lat - a_lat) / (b_lat - a_lat):
                is_within = not is_within
        before = corner
    return is_within
