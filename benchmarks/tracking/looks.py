"""Plots of radars with limits: range, horizon, fading echoes, merged plots, and biases.

A look is at all objects at once, once a period. Two objects or more in one resolution cell
around the strongest of them give one plot, at their middle weighted by the power of the echoes.

Source: Skolnik, Introduction to Radar Systems, 3rd ed., ch. 2 (Swerling I: detection
probability from the signal-to-noise ratio; echoes of exponential power), ch. 8 (horizon).
"""

import math
from typing import NamedTuple

import numpy as np
from benchmarks.tracking.scenes import (
    DETECTION_PROBABILITY,
    ELEVATION_MAX_RAD,
    RANGE_MAX_M,
    RANGE_MIN_M,
    SIGMA_ANGLE_RAD,
    SIGMA_RANGE_M,
    Floats,
    Ints,
    Scene,
    Site,
)
from numpy.typing import NDArray

from bartizan.sense.horizon import EARTH_RADIUS_M, EFFECTIVE_RADIUS_M
from bartizan.world.geodesy import ecef_from_geodetic, enu_from_ecef

FALSE_ALARM_PROBABILITY = 1e-6  # of a resolution cell
NEAR_PROBABILITY = 0.98  # of detection; no echo is surer
CELL_RANGE_M, CELL_ANGLE_RAD = 150.0, 20e-3


class Looking(NamedTuple):
    """What limits the radars of a scene."""

    half_seen_m: float = math.inf  # where half of the looks detect; inf: 0.9 of them anywhere
    is_merging: bool = False


def looked_at(
    rng: np.random.Generator,
    truth: Floats,
    sites: tuple[Site, ...],
    looking: Looking,
    false_alarms: int,
) -> Scene:
    """Return the scene with the plots of all radars of the ``truth`` (scans, n, 6)."""
    parts = []
    for s, site in enumerate(sites):
        for look in range(math.floor((len(truth) - 1) / site.period_s + 1e-9) + 1):
            now = state_at(truth, look * site.period_s)
            plots, whose = _look(rng, now, sites, s, looking, false_alarms)
            at_s = np.full(len(whose), look * site.period_s)
            parts.append((plots, whose, np.full(len(whose), s), at_s))
    columns = (np.concatenate(column) for column in zip(*parts, strict=True))
    polar, source, sensor, time_s = columns
    scan = np.ceil(time_s - 1e-9).astype(np.int64)
    order = np.argsort(scan, kind="stable")
    range_m, azimuth_rad, elevation_rad = polar[order].T
    return Scene(
        truth=truth,
        scan=scan[order],
        range_m=range_m,
        azimuth_rad=azimuth_rad,
        elevation_rad=elevation_rad,
        source=source[order],
        false_alarms=float(false_alarms),
        time_s=time_s[order],
        sensor=sensor[order],
        sites=sites,
    )


def state_at(truth: Floats, time_s: float) -> Floats:
    """Return the states (n, 6) at a time, by a cubic between the scans around it."""
    scan = min(int(time_s), len(truth) - 2)
    w = time_s - scan
    one, other = truth[scan], truth[scan + 1]
    if w == 0.0:
        return np.asarray(one)
    if w == 1.0:
        return np.asarray(other)
    step = other[:, :3] - one[:, :3]
    bend, twist = one[:, 3:] - step, other[:, 3:] - step
    place = one[:, :3] + w * step + w * (1 - w) * ((1 - w) * bend - w * twist)
    return np.concatenate([place, (1 - w) * one[:, 3:] + w * other[:, 3:]], axis=1)


def polar_at(place: Floats, sites: tuple[Site, ...], s: int) -> Floats:
    """Return range, azimuth and elevation (n, 3) at radar ``s`` of places in the frame."""
    (first, turn), (site, own) = _frame(sites[0]), _frame(sites[s])
    x, y, z = own @ (turn.T @ place.T + (first - site)[:, None])
    range_m = np.sqrt(x * x + y * y + z * z)
    return np.stack([range_m, np.mod(np.arctan2(x, y), 2 * np.pi), np.arcsin(z / range_m)], 1)


def _frame(site: Site) -> tuple[Floats, Floats]:
    lat, lon = math.radians(site.lat_deg), math.radians(site.lon_deg)
    return np.array(ecef_from_geodetic(lat, lon, site.height_m)), enu_from_ecef(lat, lon)


def horizon_height_m(ground_m: Floats, antenna_m: float) -> Floats:
    """Return the height above the ground that is just seen, by range along the ground [m]."""
    beyond = np.maximum(ground_m / EFFECTIVE_RADIUS_M - _dip(antenna_m), 0.0)
    return EFFECTIVE_RADIUS_M * (1.0 / np.cos(beyond) - 1.0)


def _dip(height_m: float) -> float:
    return math.acos(EFFECTIVE_RADIUS_M / (EFFECTIVE_RADIUS_M + height_m))


def is_in_sight(place: Floats, sites: tuple[Site, ...], s: int) -> NDArray[np.bool_]:
    """Tell whether the Earth hides no place (n, 3) of the frame from radar ``s``."""
    range_m, _, elevation = polar_at(place, sites, s).T
    antenna_m = sites[s].height_m
    flat, up = range_m * np.cos(elevation), range_m * np.sin(elevation)
    middle = up + EARTH_RADIUS_M + antenna_m
    height_m = np.hypot(flat, middle) - EARTH_RADIUS_M
    ground_m = EARTH_RADIUS_M * np.arctan2(flat, middle)
    return np.asarray(height_m >= horizon_height_m(ground_m, antenna_m))


def detection_probability(range_m: Floats, half_seen_m: float) -> Floats:
    """Return the Swerling I probability of one look, 0.5 at ``half_seen_m``.

    The signal-to-noise ratio falls with the fourth power of range.
    """
    if half_seen_m == math.inf:
        return np.full(len(range_m), DETECTION_PROBABILITY)
    alarm = math.log(FALSE_ALARM_PROBABILITY)
    at_half = alarm / math.log(0.5) - 1.0
    snr = at_half * (half_seen_m / range_m) ** 4
    return np.minimum(np.exp(alarm / (1.0 + snr)), NEAR_PROBABILITY)


def merged(polar: Floats, source: Ints, power: Floats) -> tuple[Floats, Ints]:
    """Return plots (m, 3) where echoes (n, 3) of one cell are one; the strongest's source."""
    is_free = np.ones(len(polar), bool)
    places, sources = [np.zeros((0, 3))], []
    for i in np.argsort(-power):
        if not is_free[i]:
            continue
        away = polar - polar[i]
        away[:, 1] = np.mod(away[:, 1] + np.pi, 2 * np.pi) - np.pi
        cell = np.array([CELL_RANGE_M, CELL_ANGLE_RAD, CELL_ANGLE_RAD])
        is_one = is_free & (np.abs(away) < cell).all(axis=1)
        is_free &= ~is_one
        places.append(polar[i] + np.average(away[is_one], axis=0, weights=power[is_one])[None])
        sources.append(source[i])
    return np.concatenate(places), np.array(sources, dtype=np.int64)


def _look(
    rng: np.random.Generator,
    now: Floats,
    sites: tuple[Site, ...],
    s: int,
    looking: Looking,
    false_alarms: int,
) -> tuple[Floats, Ints]:
    """Return range, azimuth and elevation of the plots of a look, and their sources."""
    there = np.flatnonzero(~np.isnan(now[:, 0]))
    place = now[there, :3]
    polar = polar_at(place, sites, s)
    chance = detection_probability(polar[:, 0], looking.half_seen_m)
    is_reached = (polar[:, 0] >= RANGE_MIN_M) & (polar[:, 0] <= RANGE_MAX_M)
    is_seen = rng.random(len(there)) < chance
    is_seen &= is_reached & is_in_sight(place, sites, s)
    polar, source = polar[is_seen], there[is_seen]
    if looking.is_merging:
        polar, source = merged(polar, source, rng.exponential(size=len(source)))
    site, n_false = sites[s], rng.poisson(false_alarms)
    polar = polar + np.array([site.bias_range_m, site.bias_azimuth_rad, 0.0])
    polar += rng.normal(0, [SIGMA_RANGE_M, SIGMA_ANGLE_RAD, SIGMA_ANGLE_RAD], polar.shape)
    lowest, highest = (RANGE_MIN_M, 0.0, 0.0), (RANGE_MAX_M, 2 * np.pi, ELEVATION_MAX_RAD)
    polar = np.concatenate([polar, rng.uniform(lowest, highest, (n_false, 3))])
    polar[:, 1] = np.mod(polar[:, 1], 2 * np.pi)
    source = np.concatenate([source, np.full(n_false, -1)])
    order = rng.permutation(len(polar))
    return polar[order], source[order]
