"""Rings: how far out a radar sees at an altitude, and where a launcher may meet something.

A ring is found with the functions by which `sense` decides whether a look may succeed, and by
the bounds that `decide` and `engage` heed, bearing by bearing.

Assumes: as `sense` does, a smooth Earth of 4/3 its radius, no terrain, no jamming; ranges vary
so little with the bearing on the ellipsoid that sixteen bearings tell the others to metres.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats
from bartizan.sense.detection import required_snr
from bartizan.sense.horizon import ground_range_m, horizon_range_m, is_above_horizon
from bartizan.theatre.force import Launcher, Radar, Round
from bartizan.theatre.places import Places
from bartizan.world.geodesy import ecef_from_geodetic, enu_from_ecef, polar_from_ecef
from bartizan.world.ground import destination
from bartizan.world.truth import Swerling

BEARINGS = 16
BISECTIONS = 20  # of 600 km: to a metre
STEP_DEG = 2.0


class Bounds(NamedTuple):
    """What limits a view from a place: slant ranges, elevations, a sector, the horizon."""

    place: Floats  # (3,) lat_deg, lon_deg, height_m
    antenna_height_m: float
    range_min_m: float
    range_max_m: float
    elevation_min_rad: float
    elevation_max_rad: float
    sector_centre_rad: float
    sector_width_rad: float


class Ring(NamedTuple):
    """An area at one altitude: its outline, and what is left out in its middle.

    Both are closed and run as GeoJSON has it: the outline counterclockwise, the hole clockwise.
    The hole has no places where there is none.
    """

    altitude_m: float
    outline: Places
    hole: Places


def detection_range_m(radar: Radar, rcs_m2: float, probability: float = 0.5) -> float:
    """Return the slant range [m] at which one look finds a slowly fluctuating echo so often.

    Parameters
    ----------
    radar
        Whose look.
    rcs_m2
        The cross-section, > 0.
    probability
        Of detection in one look [-], above that of a false alarm.

    Returns
    -------
    float
        Not cut by the instrumented range.
    """
    snr = required_snr(probability, radar.false_alarm_probability, Swerling.SLOW)
    # SNR = constant rcs / range^4
    return float((radar.snr_constant_m2 * rcs_m2 / snr) ** 0.25)


def coverage(
    radar: Radar, altitude_m: float, rcs_m2: float = 1.0, probability: float = 0.5
) -> Ring | None:
    """Return where a radar finds a cross-section at an altitude; None: nowhere.

    Cut by its ranges, elevations and sector, by the horizon, and where one look finds it less
    often than stated.

    Parameters
    ----------
    radar
        Of a theatre.
    altitude_m
        Above the ellipsoid.
    rcs_m2, probability
        As for `detection_range_m`.
    """
    reach_m = min(radar.range_max_m, detection_range_m(radar, rcs_m2, probability))
    bounds = Bounds(
        place=radar.place,
        antenna_height_m=radar.antenna_height_m,
        range_min_m=radar.range_min_m,
        range_max_m=reach_m,
        elevation_min_rad=math.radians(radar.elevation_min_deg),
        elevation_max_rad=math.radians(radar.elevation_max_deg),
        sector_centre_rad=math.radians(radar.sector_centre_deg),
        sector_width_rad=math.radians(radar.sector_width_deg),
    )
    return ring(bounds, altitude_m)


def envelope(launcher: Launcher, interceptor: Round, altitude_m: float) -> Ring | None:
    """Return where a launcher may meet something at an altitude; None: nowhere.

    Cut by the ranges and altitudes of the interceptor, the guidance range and the horizon of
    the launcher's radar; how fast the target is and whether it comes in time is not heeded.
    """
    if not interceptor.altitude_min_m <= altitude_m <= interceptor.altitude_max_m:
        return None
    bounds = Bounds(
        place=launcher.place,
        antenna_height_m=launcher.antenna_height_m,
        range_min_m=interceptor.range_min_m,
        range_max_m=min(interceptor.range_max_m, launcher.guidance_range_m),
        elevation_min_rad=-0.5 * math.pi,
        elevation_max_rad=0.5 * math.pi,
        sector_centre_rad=0.0,
        sector_width_rad=2.0 * math.pi,
    )
    return ring(bounds, altitude_m)


def ring(bounds: Bounds, altitude_m: float) -> Ring | None:
    """Return the area that is within bounds at an altitude; None: there is none."""
    bearings = np.arange(BEARINGS) * (2.0 * math.pi / BEARINGS)
    found = [_reach(bounds, altitude_m, float(bearing)) for bearing in bearings]
    if any(near is None for near in found):
        return None
    near_m, far_m = np.array(found, dtype=np.float64).T
    is_round = bounds.sector_width_rad > 2.0 * math.pi - 1e-9
    width = 2.0 * math.pi if is_round else bounds.sector_width_rad
    steps = max(math.ceil(math.degrees(width) / STEP_DEG), 2)
    along = bounds.sector_centre_rad + width * (np.arange(steps + 1) / steps - 0.5)
    inner, outer = (
        np.interp(along, bearings, each, period=2.0 * math.pi) for each in (near_m, far_m)
    )
    far = _places(bounds, altitude_m, along[::-1], outer[::-1])
    near = _places(bounds, altitude_m, along, inner)
    if is_round:
        return Ring(altitude_m, far, near if inner.max() > 0.0 else np.empty((0, 3)))
    return Ring(altitude_m, np.vstack([far, near, far[:1]]), np.empty((0, 3)))


def _places(bounds: Bounds, altitude_m: float, bearings: Floats, ranges_m: Floats) -> Places:
    lat, lon = math.radians(bounds.place[0]), math.radians(bounds.place[1])
    pairs = zip(bearings.tolist(), ranges_m.tolist(), strict=True)
    at = [destination(lat, lon, bearing, range_m) for bearing, range_m in pairs]
    return np.array([(math.degrees(a), math.degrees(b), altitude_m) for a, b in at])


def _reach(bounds: Bounds, altitude_m: float, bearing: float) -> tuple[float, float] | None:
    """Return the ground ranges [m] at which a view begins and ends on a bearing."""
    horizon_m = horizon_range_m(bounds.antenna_height_m, altitude_m)
    farthest_m = 1.01 * min(horizon_m, bounds.range_max_m)
    look = _look(bounds, altitude_m, bearing)

    def is_far(along_m: float) -> bool:
        range_m, elevation, ground_m = look(along_m)
        if range_m > bounds.range_max_m or max(elevation, 0.0) < bounds.elevation_min_rad:
            return True
        return not is_above_horizon(bounds.antenna_height_m, altitude_m, ground_m)

    def is_near(along_m: float) -> bool:
        range_m, elevation, _ = look(along_m)
        return range_m < bounds.range_min_m or elevation > bounds.elevation_max_rad

    if is_far(0.0):
        return None
    far_m = _change(farthest_m, is_far)
    if is_near(far_m):
        return None
    return (_change(far_m, lambda m: not is_near(m)) if is_near(0.0) else 0.0), far_m


def _look(
    bounds: Bounds, altitude_m: float, bearing: float
) -> Callable[[float], tuple[float, float, float]]:
    """Return slant range [m], elevation [rad] and ground range [m] of a way on the ground."""
    lat, lon = math.radians(bounds.place[0]), math.radians(bounds.place[1])
    site = np.array(ecef_from_geodetic(lat, lon, float(bounds.place[2])))
    turn = enu_from_ecef(lat, lon)

    def look(along_m: float) -> tuple[float, float, float]:
        x, y, z = ecef_from_geodetic(*destination(lat, lon, bearing, along_m), altitude_m)
        range_m, _, elevation = polar_from_ecef(x, y, z, site, turn)
        return range_m, elevation, ground_range_m(site, x, y, z)

    return look


def _change(high_m: float, has_changed: Callable[[float], bool]) -> float:
    """Return where a condition that holds from some way on begins to hold."""
    low_m = 0.0
    for _ in range(BISECTIONS):
        middle_m = 0.5 * (low_m + high_m)
        if has_changed(middle_m):
            high_m = middle_m
        else:
            low_m = middle_m
    return 0.5 * (low_m + high_m)
