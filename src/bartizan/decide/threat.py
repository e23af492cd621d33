"""Threat evaluation: which asset a track is heading for, when, and how much that matters.

Assumes: a defender who knows his own assets and nothing of the raid's plan; the value is the
asset's value, discounted by the time to go.
"""

import math

from bartizan.decide.picture import Picture
from bartizan.kernel import kernel
from bartizan.sense.horizon import EARTH_RADIUS_M
from bartizan.tracking.motion import fallen, is_ballistic
from bartizan.tracking.tracks import Tracks
from bartizan.world.force import AssetsPlan
from bartizan.world.geodesy import geodetic_from_ecef
from bartizan.world.ground import ground_distance_ecef_m
from bartizan.world.vectors import added, divided, dot, vector

IMPACT_STEP_S = 4.0
IMPACT_HORIZON_S = 1200.0
AIM_RADIUS_M = 30_000.0
URGENCY_S = 120.0
SIDELONG_SHARE = 0.3


@kernel
def evaluate(
    assets: AssetsPlan, tracks: Tracks, row: int, now_s: float, picture: Picture
) -> float:
    """Set aim asset, time to go and value of one track; return its miss distance [m]."""
    mean = tracks.mean[row]
    if is_ballistic(mean[0], mean[1], mean[2], mean[3], mean[4], mean[5]):
        asset, to_go_s, miss_m = _impact(assets, tracks, row)
    else:
        asset, to_go_s, miss_m = _closest_approach(assets, tracks, row)
    picture.aim_asset[row] = asset
    if asset < 0:
        picture.time_to_go_s[row] = math.inf
        picture.value[row] = 0.0
        return miss_m
    to_go_s = max(0.0, to_go_s - (now_s - tracks.time_s[row]))
    share = 1.0 if miss_m < AIM_RADIUS_M else SIDELONG_SHARE
    picture.time_to_go_s[row] = to_go_s
    picture.value[row] = share * assets.value[asset] / (1.0 + to_go_s / URGENCY_S)
    return miss_m


@kernel
def _impact(assets: AssetsPlan, tracks: Tracks, row: int) -> tuple[int, float, float]:
    """Return asset nearest to the predicted impact, time to it [s], its distance [m]."""
    mean = tracks.mean[row]
    x, y, z, vx, vy, vz = mean[0], mean[1], mean[2], mean[3], mean[4], mean[5]
    to_go_s, height_m = 0.0, geodetic_from_ecef(x, y, z)[2]
    while to_go_s < IMPACT_HORIZON_S and height_m > 0.0:
        a, b, c, vx, vy, vz = fallen(x, y, z, vx, vy, vz, IMPACT_STEP_S)
        after_m = geodetic_from_ecef(a, b, c)[2]
        share = height_m / (height_m - after_m) if after_m < 0.0 else 1.0
        x, y, z = x + share * (a - x), y + share * (b - y), z + share * (c - z)
        to_go_s += share * IMPACT_STEP_S
        height_m = after_m
    nearest, nearest_m = -1, math.inf
    for asset in range(assets.value.shape[0]):
        site = assets.position_ecef_m[asset]
        distance_m = ground_distance_ecef_m(site[0], site[1], site[2], x, y, z)
        if distance_m < nearest_m:
            nearest, nearest_m = asset, distance_m
    return nearest, to_go_s, nearest_m


@kernel
def _closest_approach(assets: AssetsPlan, tracks: Tracks, row: int) -> tuple[int, float, float]:
    """Return the asset passed most closely on the present great circle, when [s], how [m].

    An asset behind the track counts with its present distance.
    """
    position, velocity = vector(tracks.mean[row]), vector(tracks.mean[row, 3:])
    n = divided(position, math.sqrt(dot(position, position)))
    level = added(velocity, -dot(velocity, n), n)
    speed = math.sqrt(dot(level, level))
    nearest, nearest_s, nearest_m = -1, math.inf, math.inf
    for asset in range(assets.value.shape[0]):
        site = vector(assets.position_ecef_m[asset])
        a = divided(site, math.sqrt(dot(site, site)))
        along = dot(a, level) / max(speed, 1e-9)
        across = math.sqrt(max(0.0, 1.0 - along * along - dot(a, n) ** 2))
        if along > 0.0:
            miss_m, to_go_s = EARTH_RADIUS_M * across, EARTH_RADIUS_M * along / max(speed, 1.0)
        else:
            miss_m, to_go_s = EARTH_RADIUS_M * math.hypot(along, across), math.inf
        if miss_m < nearest_m:
            nearest, nearest_s, nearest_m = asset, to_go_s, miss_m
    return nearest, nearest_s, nearest_m
