"""Where a track will be: straight on, or along a ballistic arc.

Source: Bate, Mueller and White, Fundamentals of Astrodynamics, 1971, ch. 1 (two-body motion).
Assumes: arcs without drag, a spherical gravity field, an Earth that does not turn under them
(as the truth's arcs; 15 m in 10 s at 2 km/s otherwise).
"""

import math

from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.tracking.tracks import Tracks
from bartizan.world.geodesy import GRAVITATION_M3_S2, height_m

BALLISTIC_SPEED_M_S = 700.0
BALLISTIC_HEIGHT_M = 20e3  # above it no wing carries at these speeds
BALLISTIC_STEEPNESS = 0.5  # sine of 30 degrees: steeper than aircraft fly at these speeds
APOGEE_SPEED_M_S, STEEP_SPEED_M_S = 300.0, 500.0  # of what may fall, high up or steeply
STEP_MAX_S = 4.0  # of a fall


@kernel
def is_ballistic(x: float, y: float, z: float, vx: float, vy: float, vz: float) -> bool:
    """Tell whether an ECEF state [m, m/s] falls rather than flies: fast, and high or steep."""
    return _is_fast(x, y, z, vx, vy, vz, BALLISTIC_SPEED_M_S, BALLISTIC_SPEED_M_S)


@kernel
def may_fall(x: float, y: float, z: float, vx: float, vy: float, vz: float) -> bool:
    """Tell whether an ECEF state [m, m/s] may fall, be it slow for that: plots will tell.

    Missiles are slow at their apogee, where a few aircraft fly too.
    """
    return _is_fast(x, y, z, vx, vy, vz, APOGEE_SPEED_M_S, STEEP_SPEED_M_S)


@kernel
def _is_fast(
    x: float, y: float, z: float, vx: float, vy: float, vz: float, high: float, steep: float
) -> bool:
    """Tell whether a state is high and faster than one speed, or steep and than the other."""
    speed_m_s = math.sqrt(vx * vx + vy * vy + vz * vz)
    if speed_m_s < min(high, steep):
        return False
    climb_m_s = (x * vx + y * vy + z * vz) / math.sqrt(x * x + y * y + z * z)
    if speed_m_s >= steep and abs(climb_m_s) > BALLISTIC_STEEPNESS * speed_m_s:
        return True
    return speed_m_s >= high and height_m(x, y, z) > BALLISTIC_HEIGHT_M


@kernel
def extrapolated(
    mean: Floats, duration_s: float
) -> tuple[float, float, float, float, float, float]:
    """Return the state (6,) after ``duration_s``: ECEF position [m] and velocity [m/s].

    Gravity acts if the state `is_ballistic`.
    """
    x, y, z, vx, vy, vz = mean[0], mean[1], mean[2], mean[3], mean[4], mean[5]
    if not is_ballistic(x, y, z, vx, vy, vz):
        return x + vx * duration_s, y + vy * duration_s, z + vz * duration_s, vx, vy, vz
    return fallen(x, y, z, vx, vy, vz, duration_s)


@kernel
def fallen(
    x: float, y: float, z: float, vx: float, vy: float, vz: float, duration_s: float
) -> tuple[float, float, float, float, float, float]:
    """Return an ECEF state [m, m/s] after ``duration_s`` of free fall; back if negative.

    By leapfrog steps of at most `STEP_MAX_S`, which keep the energy of an arc.
    """
    n_step = math.ceil(abs(duration_s) / STEP_MAX_S)
    step_s = duration_s / max(n_step, 1)
    for _ in range(n_step):
        x, y, z = x + 0.5 * step_s * vx, y + 0.5 * step_s * vy, z + 0.5 * step_s * vz
        pull = -GRAVITATION_M3_S2 * step_s / (x * x + y * y + z * z) ** 1.5
        vx, vy, vz = vx + pull * x, vy + pull * y, vz + pull * z
        x, y, z = x + 0.5 * step_s * vx, y + 0.5 * step_s * vy, z + 0.5 * step_s * vz
    return x, y, z, vx, vy, vz


@kernel
def predicted(
    tracks: Tracks, row: int, t_s: float
) -> tuple[float, float, float, float, float, float]:
    """Return where a track is expected at ``t_s``: ECEF x, y, z [m] and vx, vy, vz [m/s]."""
    return extrapolated(tracks.mean[row], t_s - tracks.time_s[row])


@kernel
def height_sigma_m(tracks: Tracks, row: int, t_s: float) -> float:
    """Return one sigma of a track's predicted height at ``t_s`` [m]; as `position_sigma_m`."""
    dt, m, P = t_s - tracks.time_s[row], tracks.mean[row], tracks.covariance[row]
    total = 0.0
    for i in range(3):
        for j in range(3):
            apart = P[i, j] + dt * (P[i, j + 3] + P[i + 3, j]) + dt * dt * P[i + 3, j + 3]
            total += m[i] * m[j] * apart
    return math.sqrt(max(total, 0.0) / (m[0] * m[0] + m[1] * m[1] + m[2] * m[2]))


@kernel
def position_sigma_m(tracks: Tracks, row: int, t_s: float) -> float:
    """Return one sigma of a track's predicted position at ``t_s`` [m], mean of three axes.

    Assumes: no manoeuvre since its last plot; the velocity's uncertainty is carried along.
    """
    dt = t_s - tracks.time_s[row]
    total = 0.0
    for i in range(3):
        total += tracks.covariance[row, i, i]
        total += 2.0 * dt * tracks.covariance[row, i, i + 3]
        total += dt * dt * tracks.covariance[row, i + 3, i + 3]
    return math.sqrt(max(total, 0.0) / 3.0)


@kernel
def place_covariance(tracks: Tracks, row: int, t_s: float, out: Floats) -> None:
    """Write the covariance (3, 3) of a predicted position [m²]; as `position_sigma_m`."""
    dt, P = t_s - tracks.time_s[row], tracks.covariance[row]
    for i in range(3):
        for j in range(3):
            out[i, j] = P[i, j] + dt * (P[i, j + 3] + P[i + 3, j]) + dt * dt * P[i + 3, j + 3]
