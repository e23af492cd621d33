"""The Kalman filter of one motion model, in ECEF: position and velocity, six states.

Source: Bar-Shalom, Li and Kirubarajan, Estimation with Applications to Tracking and
Navigation, 2001, ch. 5 (update), 6.2.2 (nearly constant velocity) and 11.7.1 (coordinated
turn of known rate).
Assumes: white acceleration, of one strength along the ground and another upward; "up" is away
from the Earth's centre.
"""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats
from bartizan.kernel import kernel


class FilterWork(NamedTuple):
    """Matrices of the update under way."""

    residual: Floats  # (3,)
    spread: Floats  # (3, 3) covariance of the residual
    inverse: Floats  # (3, 3) of it
    gain: Floats  # (6, 3)
    cross: Floats  # (6, 3) P H'
    way: Floats  # (3, 3) displacement by velocity, in a turn
    turn: Floats  # (3, 3) velocity by velocity, in a turn
    half: Floats  # (3, 3) half of a product


def make_filter_work() -> FilterWork:
    """Return room for one update."""
    return FilterWork(
        residual=arrays.zeros(3),
        spread=arrays.zeros(3, 3),
        inverse=arrays.zeros(3, 3),
        gain=arrays.zeros(6, 3),
        cross=arrays.zeros(6, 3),
        way=arrays.zeros(3, 3),
        turn=arrays.zeros(3, 3),
        half=arrays.zeros(3, 3),
    )


@kernel
def spread_in_time(
    mean: Floats, covariance: Floats, dt_s: float, noise_m2_s3: float, climb_noise_m2_s3: float
) -> None:
    """Advance a covariance (6, 6) by ``dt_s`` >= 0 in place: P <- F P F' + Q.

    Parameters
    ----------
    mean
        (6,) whose position tells which way is up.
    covariance
        (6, 6) [m, m/s].
    dt_s, noise_m2_s3, climb_noise_m2_s3
        Time step, and strength of the white acceleration along the ground and upward.
    """
    P = covariance
    for i in range(3):
        for j in range(3):
            P[i, j] += dt_s * (P[i + 3, j] + P[i, j + 3]) + dt_s * dt_s * P[i + 3, j + 3]
    for i in range(3):
        for j in range(3):
            P[i, j + 3] += dt_s * P[i + 3, j + 3]
    add_noise(mean, P, dt_s, noise_m2_s3, climb_noise_m2_s3)


@kernel
def add_noise(
    mean: Floats, P: Floats, dt_s: float, noise_m2_s3: float, climb_noise_m2_s3: float
) -> None:
    """Add Q to a covariance whose upper triangle holds; the lower one is made its mirror."""
    scale = 1.0 / math.sqrt(mean[0] * mean[0] + mean[1] * mean[1] + mean[2] * mean[2])
    for i in range(3):
        for j in range(3):
            up_up = mean[i] * scale * mean[j] * scale
            level = (1.0 if i == j else 0.0) - up_up
            q = dt_s * (noise_m2_s3 * level + climb_noise_m2_s3 * up_up)
            P[i, j] += dt_s * dt_s / 3.0 * q
            P[i, j + 3] += 0.5 * dt_s * q
            P[i + 3, j + 3] += q
            P[j + 3, i] = P[i, j + 3]


@kernel
def turn_in_time(
    mean: Floats,
    covariance: Floats,
    dt_s: float,
    rate: float,
    noise_m2_s3: float,
    climb_noise_m2_s3: float,
    work: FilterWork,
) -> None:
    """Advance a state through a level turn: x <- F x, P <- F P F' + Q.

    Parameters
    ----------
    mean, covariance
        (6,), (6, 6) changed in place.
    dt_s, rate
        Time step, and rate of turn [rad/s], > 0 to the left seen from above, not 0.
    noise_m2_s3, climb_noise_m2_s3
        As of `spread_in_time`.
    work
        Scratch.
    """
    P, A, B, C = covariance, work.way, work.turn, work.half
    fill_turn(mean, dt_s, rate, A, B)
    # C = P_pv + A P_vv; then P_pp + A P_vp + C A', of which P_pp + A P_vp + P_pv A' + A P_vv A'
    for i in range(3):
        for j in range(3):
            C[i, j] = P[i, j + 3]
            for k in range(3):
                C[i, j] += A[i, k] * P[k + 3, j + 3]
    for i in range(3):
        for j in range(i, 3):
            total = P[i, j]
            for k in range(3):
                total += A[i, k] * P[k + 3, j] + C[i, k] * A[j, k]
            P[i, j] = P[j, i] = total
    for i in range(3):
        for j in range(3):
            P[i, j + 3] = C[i, 0] * B[j, 0] + C[i, 1] * B[j, 1] + C[i, 2] * B[j, 2]
    for i in range(3):
        for j in range(3):
            C[i, j] = 0.0
            for k in range(3):
                C[i, j] += B[i, k] * P[k + 3, j + 3]
    for i in range(3):
        for j in range(i, 3):
            total = C[i, 0] * B[j, 0] + C[i, 1] * B[j, 1] + C[i, 2] * B[j, 2]
            P[i + 3, j + 3] = P[j + 3, i + 3] = total
    add_noise(mean, P, dt_s, noise_m2_s3, climb_noise_m2_s3)
    _turn_mean(mean, A, B)


@kernel
def fill_turn(mean: Floats, dt_s: float, rate: float, A: Floats, B: Floats) -> None:
    """Write how a velocity (3,) displaces (A) and changes (B) in a level turn."""
    scale = 1.0 / math.sqrt(mean[0] * mean[0] + mean[1] * mean[1] + mean[2] * mean[2])
    x, y, z = mean[0] * scale, mean[1] * scale, mean[2] * scale
    sine, cosine = math.sin(rate * dt_s), math.cos(rate * dt_s)
    ahead, aside = sine / rate, (1.0 - cosine) / rate
    for i in range(3):
        for j in range(3):
            up_up = mean[i] * scale * mean[j] * scale
            level = (1.0 if i == j else 0.0) - up_up
            A[i, j] = ahead * level + dt_s * up_up
            B[i, j] = cosine * level + up_up
    # the cross product with "up"
    A[0, 1], A[1, 0] = A[0, 1] - aside * z, A[1, 0] + aside * z
    A[0, 2], A[2, 0] = A[0, 2] + aside * y, A[2, 0] - aside * y
    A[1, 2], A[2, 1] = A[1, 2] - aside * x, A[2, 1] + aside * x
    B[0, 1], B[1, 0] = B[0, 1] - sine * z, B[1, 0] + sine * z
    B[0, 2], B[2, 0] = B[0, 2] + sine * y, B[2, 0] - sine * y
    B[1, 2], B[2, 1] = B[1, 2] - sine * x, B[2, 1] + sine * x


@kernel
def _turn_mean(mean: Floats, A: Floats, B: Floats) -> None:
    vx, vy, vz = mean[3], mean[4], mean[5]
    for i in range(3):
        mean[i] += A[i, 0] * vx + A[i, 1] * vy + A[i, 2] * vz
        mean[i + 3] = B[i, 0] * vx + B[i, 1] * vy + B[i, 2] * vz


@kernel
def distance(
    mean: Floats,
    covariance: Floats,
    position_m: Floats,
    position_covariance_m2: Floats,
    late_s: float,
    gate: float,
) -> tuple[float, float]:
    """Compare a state with a measured position.

    Parameters
    ----------
    mean, covariance
        (6,), (6, 6) state.
    position_m, position_covariance_m2
        (3,), (3, 3) measurement.
    late_s
        Time of the measurement after the state, small: its process noise is neglected.
        Of the tracker's plots it is 0, or negative: a plot older than the track.
    gate
        Squared distance beyond which the answer may be infinity, to save time.

    Returns
    -------
    distance2, determinant
        Squared Mahalanobis distance [-] and determinant of the residual's covariance [m6].
    """
    m, P, z, R, t = mean, covariance, position_m, position_covariance_m2, late_s
    e0, e1, e2 = z[0] - m[0] - t * m[3], z[1] - m[1] - t * m[4], z[2] - m[2] - t * m[5]
    # S = H P H' + R with H = [I, t I]
    a = P[0, 0] + R[0, 0] + t * (P[3, 0] + P[0, 3] + t * P[3, 3])
    d = P[1, 1] + R[1, 1] + t * (P[4, 1] + P[1, 4] + t * P[4, 4])
    f = P[2, 2] + R[2, 2] + t * (P[5, 2] + P[2, 5] + t * P[5, 5])
    # no distance is less than along one axis alone
    if e0 * e0 > gate * a or e1 * e1 > gate * d or e2 * e2 > gate * f:
        return math.inf, 1.0
    b = P[0, 1] + R[0, 1] + t * (P[3, 1] + P[0, 4] + t * P[3, 4])
    c = P[0, 2] + R[0, 2] + t * (P[3, 2] + P[0, 5] + t * P[3, 5])
    e = P[1, 2] + R[1, 2] + t * (P[4, 2] + P[1, 5] + t * P[4, 5])
    aa, ab, ac = d * f - e * e, c * e - b * f, b * e - c * d
    bb, bc, cc = a * f - c * c, b * c - a * e, a * d - b * b
    determinant = a * aa + b * ab + c * ac
    square = e0 * e0 * aa + e1 * e1 * bb + e2 * e2 * cc
    square += 2.0 * (e0 * e1 * ab + e0 * e2 * ac + e1 * e2 * bc)
    return square / determinant, determinant


@kernel
def update(
    mean: Floats,
    covariance: Floats,
    position_m: Floats,
    position_covariance_m2: Floats,
    late_s: float,
    updated_mean: Floats,
    updated_covariance: Floats,
    work: FilterWork,
) -> None:
    """Take a measured position into a state; arguments as of `distance`.

    The answer, ``updated_mean`` (6,) and ``updated_covariance`` (6, 6), may be the state.
    """
    P, K, M, e = covariance, work.gain, work.cross, work.residual
    _fill_gain(P, position_covariance_m2, late_s, work)
    for i in range(3):
        e[i] = position_m[i] - mean[i] - late_s * mean[i + 3]
    # P <- P - K S K' with K S = P H'
    for i in range(6):
        updated_mean[i] = mean[i] + K[i, 0] * e[0] + K[i, 1] * e[1] + K[i, 2] * e[2]
        for j in range(i + 1):
            less = K[i, 0] * M[j, 0] + K[i, 1] * M[j, 1] + K[i, 2] * M[j, 2]
            updated_covariance[i, j] = updated_covariance[j, i] = P[i, j] - less


@kernel
def _fill_gain(P: Floats, R: Floats, late_s: float, work: FilterWork) -> None:
    # M = P H', K = M S^-1
    M, S, inverse = work.cross, work.spread, work.inverse
    for i in range(6):
        for j in range(3):
            M[i, j] = P[i, j] + late_s * P[i, j + 3]
    for i in range(3):
        for j in range(3):
            S[i, j] = M[i, j] + late_s * M[i + 3, j] + R[i, j]
    invert(S, inverse)
    for i in range(6):
        for j in range(3):
            total = M[i, 0] * inverse[0, j] + M[i, 1] * inverse[1, j]
            work.gain[i, j] = total + M[i, 2] * inverse[2, j]


@kernel
def invert(matrix: Floats, inverse: Floats) -> None:
    """Write the inverse of a symmetric positive definite (3, 3) matrix, by cofactors."""
    a, b, c = matrix[0, 0], matrix[0, 1], matrix[0, 2]
    d, e, f = matrix[1, 1], matrix[1, 2], matrix[2, 2]
    aa, ab, ac = d * f - e * e, c * e - b * f, b * e - c * d
    scale = 1.0 / (a * aa + b * ab + c * ac)
    inverse[0, 0], inverse[1, 1] = aa * scale, (a * f - c * c) * scale
    inverse[2, 2] = (a * d - b * b) * scale
    inverse[0, 1] = inverse[1, 0] = ab * scale
    inverse[0, 2] = inverse[2, 0] = ac * scale
    inverse[1, 2] = inverse[2, 1] = (b * c - a * e) * scale
