"""Feasible windows: when a fire unit can meet a track, and the envelope it must lie in."""

import math

from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.sense.horizon import ground_range_m, is_above_horizon
from bartizan.tracking.tracks import Tracks
from bartizan.world.force import ForcePlan

BISECTIONS = 8
SIGHT_SIGMAS = 4.0  # as much lower than expected may one of many tracks be
LOWEST_FLIGHT_M = 30.0  # assumed: nothing flies lower than that, whatever its track says
LOW_M = 3048.0  # flight level 100
SEEN_S = 20.0  # two turns of a slow radar


@kernel
def flight_time_s(force: ForcePlan, interceptor: int, range_m: float) -> float:
    """Return the flight time to a slant range [s]; the average speed is linear in range."""
    near: float = force.interceptor_speed_near_m_s[interceptor]
    far: float = force.interceptor_speed_far_m_s[interceptor]
    share: float = min(1.0, range_m / force.interceptor_range_max_m[interceptor])
    speed_m_s: float = near + (far - near) * share
    return range_m / speed_m_s


@kernel
def slant_range_m(force: ForcePlan, unit: int, x: float, y: float, z: float) -> float:
    """Return the distance of an ECEF point from a fire unit [m]."""
    site = force.unit_position_ecef_m[unit]
    return math.sqrt((x - site[0]) ** 2 + (y - site[1]) ** 2 + (z - site[2]) ** 2)


@kernel
def is_in_envelope(
    force: ForcePlan,
    unit: int,
    interceptor: int,
    x: float,
    y: float,
    z: float,
    height_m: float,
    sight_height_m: float,
    speed_m_s: float,
) -> bool:
    """Tell whether a fire unit may meet a target there: reach, height, speed, line of sight.

    ``x``, ``y``, ``z`` is an ECEF point [m], ``height_m`` its height above the ellipsoid, and
    ``sight_height_m`` the one that it must be seen at.
    """
    range_m = slant_range_m(force, unit, x, y, z)
    if range_m < force.interceptor_range_min_m[interceptor]:
        return False
    if range_m > force.interceptor_range_max_m[interceptor]:
        return False
    if range_m > force.unit_guidance_range_m[unit]:
        return False
    if speed_m_s > force.interceptor_target_speed_max_m_s[interceptor]:
        return False
    if max(height_m, LOWEST_FLIGHT_M) < force.interceptor_altitude_min_m[interceptor]:
        return False
    if height_m > force.interceptor_altitude_max_m[interceptor]:
        return False
    ground_m = ground_range_m(force.unit_position_ecef_m[unit], x, y, z)
    return is_above_horizon(force.unit_antenna_height_m[unit], sight_height_m, ground_m)


@kernel
def is_seen(force: ForcePlan, tracks: Tracks, row: int, now_s: float) -> bool:
    """Tell whether a radar that stands with fire units has seen a track of late."""
    for s in range(force.sensor_guides.shape[0]):
        if force.sensor_guides[s] and tracks.seen_s[row, s] > now_s - SEEN_S:
            return True
    return False


@kernel
def is_announced(force: ForcePlan, tracks: Tracks, row: int, now_s: float) -> bool:
    """Tell whether a radar elsewhere in the net has a track, so that it surprises nobody."""
    for s in range(force.sensor_guides.shape[0]):
        if not force.sensor_guides[s] and tracks.seen_s[row, s] > now_s - SEEN_S:
            return True
    return False


@kernel
def sight_height_m(height_m: float, sigma_m: float, is_seen: bool) -> float:
    """Return the height that a track must be seen at, though it may be lower than it seems [m].

    Else rounds would be spent on what then turns out to be below the horizon. Who is not seen
    from where fire units stand is taken for a low flier, unless he surely is none: radars far
    away err by kilometres in height.
    """
    lower_m = height_m - SIGHT_SIGMAS * sigma_m
    if not is_seen and lower_m < LOW_M:
        lower_m = -math.inf
    return max(lower_m, min(height_m, LOWEST_FLIGHT_M))


@kernel
def is_feasible(
    force: ForcePlan, unit: int, interceptor: int, point: Floats, ready_s: float
) -> bool:
    """Tell whether a path point, a row of `predict_path`, can be met by a launch in time."""
    range_m = slant_range_m(force, unit, point[1], point[2], point[3])
    if point[0] - flight_time_s(force, interceptor, range_m) < ready_s:
        return False
    return is_in_envelope(
        force, unit, interceptor, point[1], point[2], point[3], point[4], point[6], point[5]
    )


@kernel
def feasible_window(
    force: ForcePlan,
    unit: int,
    interceptor: int,
    path: Floats,
    n_path: int,
    ready_s: float,
    point: Floats,
) -> tuple[float, float, float]:
    """Return first launch, first intercept and last launch of the first window [s].

    Parameters
    ----------
    path
        (g, 7) of `predict_path`; ``n_path`` rows count.
    ready_s
        No launch before this time.
    point
        (7,) scratch; holds the point of the first intercept afterwards.

    Returns
    -------
    tuple
        All nan where no point of the path can be met. The last launch is infinite where the
        window is still open at the end of a full path.
    """
    first = -1
    for row in range(n_path):
        if is_feasible(force, unit, interceptor, path[row], ready_s):
            first = row
            break
    if first < 0:
        return math.nan, math.nan, math.nan
    _refine_start(force, unit, interceptor, path, first, ready_s, point)
    range_m = slant_range_m(force, unit, point[1], point[2], point[3])
    launch_s = point[0] - flight_time_s(force, interceptor, range_m)
    last = first
    while last + 1 < n_path and is_feasible(force, unit, interceptor, path[last + 1], ready_s):
        last += 1
    if last == path.shape[0] - 1:
        return launch_s, point[0], math.inf
    range_m = slant_range_m(force, unit, path[last, 1], path[last, 2], path[last, 3])
    last_launch_s = path[last, 0] - flight_time_s(force, interceptor, range_m)
    return launch_s, point[0], max(launch_s, last_launch_s)


@kernel
def _refine_start(
    force: ForcePlan,
    unit: int,
    interceptor: int,
    path: Floats,
    first: int,
    ready_s: float,
    point: Floats,
) -> None:
    """Set ``point`` to the start of the window, between row ``first`` and the one before."""
    for k in range(7):
        point[k] = path[first, k]
    if first == 0:
        return
    low, high = 0.0, 1.0
    for _ in range(BISECTIONS):
        share = 0.5 * (low + high)
        for k in range(7):
            point[k] = path[first - 1, k] + share * (path[first, k] - path[first - 1, k])
        if is_feasible(force, unit, interceptor, point, ready_s):
            high = share
        else:
            low = share
    for k in range(7):
        point[k] = path[first - 1, k] + high * (path[first, k] - path[first - 1, k])
