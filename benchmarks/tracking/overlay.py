"""A scene of recorded flights: days laid over one another around one radar.

All legs of one sample are moved, turned and shifted in time together, so that aircraft of one
day keep their distances and their flow. Aircraft of two days know nothing of each other.

Assumes: the plane that touches the Earth at the radar; the sphere falls away below it, and what
is below it is not seen.
"""

import numpy as np
from benchmarks.tracking.legs import EARTH_RADIUS_M, Leg
from benchmarks.tracking.scenes import RANGE_MAX_M, RANGE_MIN_M, Floats, Scene, looked_at
from numpy.typing import NDArray

OVERLAYS_MAX = 2_000


def overlaid(
    legs: list[Leg],
    seed: int,
    n: int = 300,
    period_s: int = 4,
    duration_s: int = 900,
    false_alarms: int = 50,
) -> Scene:
    """Return a scene with at least ``n`` aircraft in coverage on average.

    For each overlay a second of a leg is drawn, of all seconds alike, and put somewhere in the
    disc of the radar's range, at some time of the scene, with some heading; its day goes with
    it. Each unbroken stay in coverage is an object.
    """
    rng = np.random.default_rng(seed)
    seconds = np.array([len(leg.place) for leg in legs])
    scans, stays, present = duration_s // period_s, [], 0
    for _ in range(OVERLAYS_MAX):
        one = legs[rng.choice(len(legs), p=seconds / seconds.sum())]
        k, at_s = rng.integers(len(one.place)), rng.integers(duration_s)
        start_s = one.start_s + int(k) - int(at_s)
        r, angle, turn = RANGE_MAX_M * np.sqrt(rng.random()), *rng.uniform(-np.pi, np.pi, 2)
        middle = r * np.array([np.cos(angle), np.sin(angle)])
        for leg in legs:
            if leg.sample == one.sample:
                place = _window(leg, start_s, duration_s)
                flown = enu_from_place(place, one.place[k], middle, turn)
                stays += stays_of(_states(flown)[::period_s][:scans])
        present = sum(int((~np.isnan(stay[:, 0])).sum()) for stay in stays)
        if present >= n * scans:
            return looked_at(rng, np.stack(stays, axis=1), false_alarms, float(period_s))
    raise ValueError(f"{n} aircraft at once: {OVERLAYS_MAX} overlays are not enough")


def _window(leg: Leg, start_s: int, duration_s: int) -> Floats:
    """Return the places (duration, 3) of a leg from ``start_s`` on, nan where it has none."""
    place = np.full((duration_s, 3), np.nan)
    first = max(start_s, leg.start_s)
    last = min(start_s + duration_s, leg.start_s + len(leg.place))
    if last > first:
        place[first - start_s : last - start_s] = leg.place[
            first - leg.start_s : last - leg.start_s
        ]
    return place


def enu_from_place(place: Floats, origin: Floats, middle_m: Floats, turn_rad: float) -> Floats:
    """Return east, north, up [m] (s, 3) at the radar of places (s, 3).

    Places keep their distance and bearing from ``origin``, counted from ``middle_m`` (2,), the
    bearings turned clockwise by ``turn_rad``.
    """
    latitude, longitude, height_m = place.T
    apart = longitude - origin[1]
    x = np.sin(apart) * np.cos(latitude)
    y = np.cos(origin[0]) * np.sin(latitude)
    y -= np.sin(origin[0]) * np.cos(latitude) * np.cos(apart)
    z = np.sin(origin[0]) * np.sin(latitude)
    z += np.cos(origin[0]) * np.cos(latitude) * np.cos(apart)
    distance = EARTH_RADIUS_M * np.arctan2(np.hypot(x, y), z)
    bearing = np.arctan2(x, y) + turn_rad
    east = middle_m[0] + distance * np.sin(bearing)
    north = middle_m[1] + distance * np.cos(bearing)
    return np.stack([east, north, height_m - (east**2 + north**2) / (2 * EARTH_RADIUS_M)], 1)


def _states(enu: Floats) -> Floats:
    """Return positions and velocities (s, 6) of positions (s, 3) second by second."""
    return np.concatenate([enu, np.gradient(enu, axis=0)], axis=1)


def is_in_coverage(enu: Floats) -> NDArray[np.bool_]:
    """Return which positions (r, 3) the radar looks at: in its range, above its horizon."""
    range_m = np.linalg.norm(enu, axis=1)
    return (range_m >= RANGE_MIN_M) & (range_m <= RANGE_MAX_M) & (enu[:, 2] > 0)


def stays_of(state: Floats) -> list[Floats]:
    """Return each unbroken stay in coverage: the states (scans, 6), nan before and after."""
    is_seen = is_in_coverage(state[:, :3]) & ~np.isnan(state).any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_seen, [False]]).astype(int)))
    stays = []
    for first, last in edges.reshape(-1, 2):
        stay = np.full_like(state, np.nan)
        stay[first:last] = state[first:last]
        stays.append(stay)
    return stays
