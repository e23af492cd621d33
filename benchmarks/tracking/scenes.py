"""Scenes to score trackers on: manoeuvring objects, alone or in formations, and their plots.

The frame is the flat tangent plane at the radar: east, north, up. Half of the objects fly
straight on, half make one level turn of 2 to 4 g. Modes:

spread
    Objects all over a ring of 15 to 90 km, in any direction.
raid
    Formations of ten, 400 m apart, inbound, that turn as one.
raid-jitter, raid-split, raid-solo, raid-weave
    Raids whose formations are not rigid: members begin the turn up to 2 s apart with up to
    20 % more or less; five turn left and five right; three leave, one every 3 s; each turns to
    a side of its own, up to 5 s apart.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MODES = ("spread", "raid", "raid-jitter", "raid-split", "raid-solo", "raid-weave")
SIGMA_RANGE_M, SIGMA_ANGLE_RAD = 50.0, 1.5e-3
DETECTION_PROBABILITY = 0.9
RANGE_MIN_M, RANGE_MAX_M, ELEVATION_MAX_RAD = 5e3, 110e3, 0.35
G_M_S2 = 9.81
GROUP = 10  # objects of a formation
SUBSTEPS = 10  # of the motion between two scans of one second

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Site(NamedTuple):
    """A radar: where it stands, how often it looks, and what it measures too much."""

    lat_deg: float = -27.0
    lon_deg: float = -17.0
    height_m: float = 0.0
    period_s: float = 1.0
    bias_range_m: float = 0.0
    bias_azimuth_rad: float = 0.0


class Scene(NamedTuple):
    """Truth of s scans of n objects, and p plots in order of scan, shuffled within each.

    A scan takes ``period_s``; the plots of a radar with another period are of the scan in which
    they come.
    """

    truth: Floats  # (s, n, 6) position [m] and velocity [m/s]; nan where absent
    scan: Ints  # (p,)
    range_m: Floats  # (p,)
    azimuth_rad: Floats  # (p,) clockwise from north, in [0, 2 pi)
    elevation_rad: Floats  # (p,)
    source: Ints  # (p,) object; -1: false alarm
    false_alarms: float  # expected of a scan
    time_s: Floats  # (p,)
    sensor: Ints  # (p,) row of the radar
    sites: tuple[Site, ...]  # the radars; the first one's plane is the frame
    period_s: float = 1.0  # from one scan to the next


class Turns(NamedTuple):
    """The one turn of each object."""

    is_turning: NDArray[np.bool_]  # (n,)
    start: Ints  # (n,) scan
    duration: Ints  # (n,) scans
    acceleration_m_s2: Floats  # (n,) to the left if positive


def make_scene(
    mode: str = "spread", seed: int = 1, n: int = 300, scans: int = 60, false_alarms: int = 50
) -> Scene:
    """Return a scene; the same arguments give the same arrays."""
    if mode not in MODES:
        raise ValueError(f"mode {mode!r}: one of {', '.join(MODES)}")
    rng = np.random.default_rng(seed)
    start = _spread(rng, n) if mode == "spread" else _formations(rng, n)
    born = np.where(rng.random(n) < 0.2, rng.integers(1, max(2, scans // 3), n), 0)
    dead = np.where(rng.random(n) < 0.1, rng.integers(2 * scans // 3, scans, n), scans)
    turns = _turns(rng, n, scans, mode)
    truth = _flown(rng, start, turns._replace(**_apart(turns, mode, seed, n)), scans)
    scan = np.arange(scans)[:, None]
    truth[(scan < born) | (scan >= dead)] = np.nan
    return looked_at(rng, truth, false_alarms)


def _spread(rng: np.random.Generator, n: int) -> Floats:
    r = np.sqrt(rng.uniform(15e3**2, 90e3**2, n))
    angle, height = rng.uniform(-np.pi, np.pi, n), rng.uniform(1e3, 11e3, n)
    heading, speed = rng.uniform(-np.pi, np.pi, n), rng.uniform(80, 300, n)
    place = np.stack([r * np.cos(angle), r * np.sin(angle), height], -1)
    return _state(rng, place, heading, speed)


def _formations(rng: np.random.Generator, n: int) -> Floats:
    n_group, group, k = -(-n // GROUP), np.arange(n) // GROUP, np.arange(n) % GROUP
    r, angle = rng.uniform(40e3, 90e3, n_group), rng.uniform(-np.pi, np.pi, n_group)
    height = rng.uniform(1e3, 9e3, n_group)
    heading = angle + np.pi + rng.normal(0, 0.15, n_group)
    speed = rng.uniform(150, 300, n_group)
    slot = np.stack([(k % 5 - 2) * 400.0, (k // 5) * 400.0, rng.normal(0, 60, n)], -1)
    slot = slot + rng.normal(0, 40, (n, 3))
    middle = np.stack([r * np.cos(angle), r * np.sin(angle), height], -1)
    speeds = speed[group] + rng.normal(0, 1, n)
    return _state(rng, middle[group] + slot, heading[group], speeds)


def _state(rng: np.random.Generator, place: Floats, heading: Floats, speed: Floats) -> Floats:
    climb = rng.normal(0, 2, len(place))
    velocity = np.stack([speed * np.cos(heading), speed * np.sin(heading), climb], -1)
    return np.concatenate([place, velocity], axis=1)


def _turns(rng: np.random.Generator, n: int, scans: int, mode: str) -> Turns:
    """Draw a turn for each object; those of a formation have that of its number."""
    of = np.arange(n) if mode == "spread" else np.arange(n) // GROUP
    is_turning = rng.random(n if mode == "spread" else -(-n // GROUP)) < 0.5
    start = rng.integers(scans // 5, max(scans // 5 + 1, scans // 2), n)
    duration = rng.integers(6, 16, n)
    strength = rng.uniform(2, 4, n) * G_M_S2 * np.where(rng.random(n) < 0.5, 1, -1)
    return Turns(is_turning[of], start[of], duration[of], strength[of])


def _apart(turns: Turns, mode: str, seed: int, n: int) -> dict[str, NDArray[np.generic]]:
    """Return the columns in which members of a formation differ."""
    rng, k, strength = np.random.default_rng(seed + 7777), np.arange(n) % GROUP, turns[3]
    if mode == "raid-jitter":
        start = turns.start + rng.integers(-2, 3, n)
        return {"start": start, "acceleration_m_s2": strength * rng.uniform(0.8, 1.2, n)}
    if mode == "raid-split":
        return {"acceleration_m_s2": np.where(k < 5, strength, -strength)}
    if mode == "raid-solo":
        return {"is_turning": turns.is_turning & (k < 3), "start": turns.start + 3 * k}
    if mode == "raid-weave":
        strength = strength * np.where(rng.random(n) < 0.5, 1, -1)
        return {"acceleration_m_s2": strength, "start": turns.start + rng.integers(-5, 6, n)}
    return {}


def _flown(rng: np.random.Generator, start: Floats, turns: Turns, scans: int) -> Floats:
    """Return the states (scans, n, 6): level turns, and a small white acceleration."""
    n, dt_s = len(start), 1.0 / SUBSTEPS
    p, v = start[:, :3], start[:, 3:]
    truth = np.empty((scans, n, 6))
    for scan in range(scans):
        truth[scan, :, :3], truth[scan, :, 3:] = p, v
        is_on = turns.is_turning & (scan >= turns.start) & (scan < turns.start + turns.duration)
        speed = np.maximum(np.hypot(v[:, 0], v[:, 1]), 50)
        rate = np.where(is_on, turns.acceleration_m_s2 / speed, 0)
        for _ in range(SUBSTEPS):
            cosine, sine = np.cos(rate * dt_s), np.sin(rate * dt_s)
            turned = v.copy()
            turned[:, 0] = cosine * v[:, 0] - sine * v[:, 1]
            turned[:, 1] = sine * v[:, 0] + cosine * v[:, 1]
            turned += rng.normal(0, [0.3, 0.3, 0.1], (n, 3)) * np.sqrt(dt_s)
            p, v = p + (v + turned) * dt_s / 2, turned
    return truth


def looked_at(
    rng: np.random.Generator, truth: Floats, false_alarms: int, period_s: float = 1.0
) -> Scene:
    """Return the scene with the radar's plots of the ``truth`` (s, n, 6)."""
    parts = [_scan(rng, now, false_alarms) for now in truth]
    scan = np.repeat(np.arange(len(parts)), [len(source) for _, source in parts])
    polar = np.concatenate([polar for polar, _ in parts])
    source = np.concatenate([source for _, source in parts])
    azimuth = np.mod(np.pi / 2 - polar[:, 0], 2 * np.pi)
    return Scene(
        truth=truth,
        scan=scan,
        range_m=polar[:, 2],
        azimuth_rad=azimuth,
        elevation_rad=polar[:, 1],
        source=source,
        false_alarms=float(false_alarms),
        time_s=scan * period_s,
        sensor=np.zeros(len(scan), dtype=np.int64),
        sites=(Site(period_s=period_s),),
        period_s=period_s,
    )


def _scan(rng: np.random.Generator, now: Floats, false_alarms: int) -> tuple[Floats, Ints]:
    """Return angle from east, elevation and range of the plots of a scan, and their sources."""
    seen = np.flatnonzero(~np.isnan(now[:, 0]))
    seen = seen[rng.random(len(seen)) < DETECTION_PROBABILITY]
    x, y, z = now[seen, :3].T
    r = np.linalg.norm(now[seen, :3], axis=1)
    noise = rng.normal(0, [SIGMA_ANGLE_RAD, SIGMA_ANGLE_RAD, SIGMA_RANGE_M], (len(seen), 3))
    true = np.stack([np.arctan2(y, x), np.arcsin(z / r), r], -1) + noise
    n_false = rng.poisson(false_alarms)
    angle = rng.uniform(-np.pi, np.pi, n_false)
    elevation = rng.uniform(0, ELEVATION_MAX_RAD, n_false)
    false = np.stack([angle, elevation, rng.uniform(RANGE_MIN_M, RANGE_MAX_M, n_false)], -1)
    polar = np.concatenate([true, false])
    source = np.concatenate([seen, np.full(n_false, -1)])
    order = rng.permutation(len(polar))
    return polar[order], source[order]
