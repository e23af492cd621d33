"""Harder scenes to score trackers on: what radars and objects do that `scenes` leaves out.

The frame is the flat tangent plane at the first radar, whose antenna stands 20 m above the
sea; the Earth is round. Nothing that the Earth hides is seen. Modes:

fading
    `spread`, detected by the fourth power of range: 0.98 near, 0.5 at 90 km.
merged
    `raid`, with one plot for what stands within 150 m of range and 20 mrad.
two-radars, two-biased
    `spread`, and a second radar 58 km away that looks each 2.5 s; in the second mode it
    measures 150 m and 3 mrad too much.
crossing
    Pairs that meet at 4 to 60 degrees, at most 150 m apart.
salvo
    Ballistic missiles that fly 85 km far and 25 to 45 km high, from boost to re-entry.
horizon
    Low-flying objects that stay below the horizon for 20 s; half of them turn meanwhile.
"""

import numpy as np
from benchmarks.tracking.looks import Looking, horizon_height_m, is_in_sight, looked_at
from benchmarks.tracking.scenes import RANGE_MAX_M, Floats, Scene, Site, make_scene
from numpy.typing import NDArray

from bartizan.sense.horizon import EARTH_RADIUS_M

# objects, scans
SIZES = {
    "fading": (300, 60),
    "merged": (300, 60),
    "two-radars": (300, 60),
    "two-biased": (300, 60),
    "crossing": (300, 60),
    "salvo": (30, 240),
    "horizon": (100, 80),
}
HARDER = tuple(SIZES)
ANTENNA_M = 20.0
MIDDLE_M = np.array([0.0, 0.0, -EARTH_RADIUS_M - ANTENNA_M])  # of the Earth
HALF_SEEN_M = 90e3
BIAS_RANGE_M, BIAS_AZIMUTH_RAD = 150.0, 3e-3
SITE = Site(height_m=ANTENNA_M)
OTHER = Site(-26.75, -16.5, ANTENNA_M, period_s=2.5)
BIASED = OTHER._replace(bias_range_m=BIAS_RANGE_M, bias_azimuth_rad=BIAS_AZIMUTH_RAD)
SITES = {"two-radars": (SITE, OTHER), "two-biased": (SITE, BIASED)}
LOOKING = {"fading": Looking(half_seen_m=HALF_SEEN_M), "merged": Looking(is_merging=True)}
HIDDEN_S = 20.0

GRAVITY_M_S2 = 9.81
BOOST_M_S2 = 70.0  # of the thrust
BALLISTIC_COEFFICIENT_KG_M2 = 15e3  # mass by drag area
LOSSES = 1.1  # more speed than without air
AIR_KG_M3, SCALE_HEIGHT_M = 1.225, 7400.0  # an exponential atmosphere
STEP_S = 0.05


def make_harder(
    mode: str, seed: int = 1, n: int | None = None, false_alarms: int = 50
) -> Scene:
    """Return a scene of ``n`` objects, by default as many as `SIZES` tells of the mode.

    The same arguments give the same arrays.
    """
    if mode not in HARDER:
        raise ValueError(f"mode {mode!r}: one of {', '.join(HARDER)}")
    rng, (usual, scans) = np.random.default_rng([seed, HARDER.index(mode)]), SIZES[mode]
    n = usual if n is None else n
    if mode == "crossing":
        truth = _crossing(rng, n, scans)
    elif mode == "salvo":
        truth = _salvo(rng, n, scans)
    elif mode == "horizon":
        truth = _low(rng, n, scans)
    else:
        truth = make_scene("raid" if mode == "merged" else "spread", seed, n, scans, 0).truth
    sites, looking = SITES.get(mode, (SITE,)), LOOKING.get(mode, Looking())
    truth[np.linalg.norm(truth[..., :3], axis=2) > RANGE_MAX_M] = np.nan
    return looked_at(rng, truth, sites, looking, false_alarms)


def hidden(scene: Scene) -> NDArray[np.bool_]:
    """Tell which objects (scans, n) are there, but below the first radar's horizon."""
    there = ~np.isnan(scene.truth[..., 0])
    in_sight = [is_in_sight(now[:, :3], scene.sites, 0) for now in scene.truth]
    return there & ~np.array(in_sight)


def _crossing(rng: np.random.Generator, n: int, scans: int) -> Floats:
    """Return straight paths (scans, n, 6) of pairs that meet in the middle third."""
    n_pair = -(-n // 2)
    r, angle = np.sqrt(rng.uniform(20e3**2, 80e3**2, n_pair)), rng.uniform(0, 2 * np.pi, n_pair)
    meeting = np.stack([r * np.sin(angle), r * np.cos(angle), rng.uniform(2e3, 9e3, n_pair)], 1)
    when_s = rng.uniform(scans / 3, 2 * scans / 3, n_pair)
    heading = rng.uniform(0, 2 * np.pi, n_pair)[:, None]
    turned = np.radians(rng.uniform(4, 60, n_pair))[:, None]
    heading = (heading + turned * [0, 1]).ravel()[:n]
    speed = rng.uniform(150, 300, 2 * n_pair)[:n]
    velocity = speed[:, None] * np.stack([np.sin(heading), np.cos(heading), 0 * heading], 1)
    aside = rng.uniform(-75, 75, (2 * n_pair, 3))[:n] * [1, 1, 0.5]
    since_s = np.arange(scans)[:, None, None] - np.repeat(when_s, 2)[:n, None]
    place = np.repeat(meeting, 2, axis=0)[:n] + aside + since_s * velocity
    return np.concatenate([place, np.broadcast_to(velocity, place.shape)], axis=2)


def _salvo(rng: np.random.Generator, n: int, scans: int) -> Floats:
    """Return the arcs (scans, n, 6), while they are in sight.

    Launched within 30 s from an area 8 km wide, 85 km away; steep, at 57 to 65 degrees.
    """
    away = rng.uniform(0, 2 * np.pi)
    outward = np.array([np.sin(away), np.cos(away)])
    start = 85e3 * outward + rng.uniform(-4e3, 4e3, (n, 2))
    aside = np.array([outward[1], -outward[0]])
    flight = 15e3 * aside + rng.uniform(-3e3, 3e3, (n, 2)) - start
    distance_m = np.linalg.norm(flight, axis=1)
    loft = np.radians(rng.uniform(57, 65, n))
    level = np.cos(loft) / distance_m
    thrust = BOOST_M_S2 * np.concatenate([flight * level[:, None], np.sin(loft)[:, None]], 1)
    speed_m_s = np.sqrt(GRAVITY_M_S2 * distance_m / np.sin(2 * loft))
    burn_s = LOSSES * speed_m_s / (BOOST_M_S2 - GRAVITY_M_S2 * np.sin(loft))
    launch_s = rng.uniform(0, 30, n)
    p = np.concatenate([start, -(start**2).sum(1, keepdims=True) / (2 * EARTH_RADIUS_M)], 1)
    v = np.zeros((n, 3))
    truth = np.full((scans, n, 6), np.nan)
    for scan in range(scans):
        is_there = (scan > launch_s) & (_height_m(p) > 0) & is_in_sight(p, (SITE,), 0)
        truth[scan, is_there] = np.concatenate([p, v], 1)[is_there]
        for step in range(round(1 / STEP_S)):
            since_s = scan + step * STEP_S - launch_s
            is_off = (since_s >= 0)[:, None]
            push = np.where((since_s < burn_s)[:, None], thrust, 0.0)
            half = v + 0.5 * STEP_S * is_off * (push + _fall(p, v))
            middle = p + 0.5 * STEP_S * half
            p = p + is_off * STEP_S * half
            v = v + is_off * STEP_S * (push + _fall(middle, half))
    return truth


def _height_m(place: Floats) -> Floats:
    return np.asarray(np.linalg.norm(place - MIDDLE_M, axis=1) - EARTH_RADIUS_M)


def _fall(place: Floats, velocity: Floats) -> Floats:
    """Return the acceleration (n, 3) by gravity and the drag of the air."""
    down = MIDDLE_M - place
    down /= np.linalg.norm(down, axis=1, keepdims=True)
    height_m = _height_m(place)
    air = AIR_KG_M3 * np.exp(-np.maximum(height_m, 0) / SCALE_HEIGHT_M)
    gravity = GRAVITY_M_S2 * (EARTH_RADIUS_M / (EARTH_RADIUS_M + height_m)) ** 2
    speed = np.linalg.norm(velocity, axis=1)
    drag = 0.5 * air * speed / BALLISTIC_COEFFICIENT_KG_M2
    return np.asarray(gravity[:, None] * down - drag[:, None] * velocity)


def _low(rng: np.random.Generator, n: int, scans: int) -> Floats:
    """Return low inbound paths (scans, n, 6) that dip below the horizon once.

    Half of them turn at 1 g, for up to 6 s, while they are hidden.
    """
    r, angle = rng.uniform(52e3, 68e3, n), rng.uniform(0, 2 * np.pi, n)
    heading, speed = angle + np.pi + rng.normal(0, 0.4, n), rng.uniform(180, 280, n)
    lost_s = rng.uniform(20, 35, n)
    turns_s = np.where(rng.random(n) < 0.5, rng.uniform(3, 6, n), 0.0)
    rate = 9.81 / speed * rng.choice([-1, 1], n)
    fine_s = np.arange(0, scans, STEP_S)[:, None]
    on_s = np.clip(fine_s - lost_s - 5.0, 0.0, turns_s)
    course = heading + rate * on_s
    flat = STEP_S * speed[None, :, None] * np.stack([np.sin(course), np.cos(course)], 2)
    flat = np.cumsum(flat, axis=0) - flat + np.stack([r * np.sin(angle), r * np.cos(angle)], 1)
    ground_m = np.linalg.norm(flat, axis=2)
    horizon_m = horizon_height_m(ground_m, ANTENNA_M)
    middle_s = lost_s + HIDDEN_S / 2
    above_m = np.clip(12.0 * (np.abs(fine_s - middle_s) - HIDDEN_S / 2), -30.0, 50.0)
    height_m = np.maximum(horizon_m + above_m, 5.0)
    arc = ground_m / EARTH_RADIUS_M
    place = (EARTH_RADIUS_M + height_m)[..., None] * np.concatenate(
        [flat * (np.sin(arc) / ground_m)[..., None], np.cos(arc)[..., None]], axis=2
    ) + MIDDLE_M
    velocity = np.gradient(place, STEP_S, axis=0)
    return np.concatenate([place, velocity], axis=2)[:: round(1 / STEP_S)]
