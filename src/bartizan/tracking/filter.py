"""The Kalman filter of one motion model, in ECEF: position and velocity, six states.

Source: Bar-Shalom, Li and Kirubarajan, Estimation with Applications to Tracking and
Navigation, 2001, ch. 5 (update in Joseph form) and 6.2.2 (nearly constant velocity).
Assumes: white acceleration, of one strength along the ground and another upward.
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
    keep: Floats  # (6, 6) I - K H
    half: Floats  # (6, 6) (I - K H) P


def make_filter_work() -> FilterWork:
    """Return room for one update."""
    return FilterWork(
        residual=arrays.zeros(3),
        spread=arrays.zeros(3, 3),
        inverse=arrays.zeros(3, 3),
        gain=arrays.zeros(6, 3),
        keep=arrays.zeros(6, 6),
        half=arrays.zeros(6, 6),
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
    scale = 1.0 / math.sqrt(mean[0] * mean[0] + mean[1] * mean[1] + mean[2] * mean[2])
    for i in range(3):
        for j in range(3):
            P[i, j] += dt_s * (P[i + 3, j] + P[i, j + 3]) + dt_s * dt_s * P[i + 3, j + 3]
    for i in range(3):
        for j in range(3):
            up_up = mean[i] * scale * mean[j] * scale
            level = (1.0 if i == j else 0.0) - up_up
            q = noise_m2_s3 * level + climb_noise_m2_s3 * up_up
            P[i, j + 3] += dt_s * P[i + 3, j + 3] + 0.5 * dt_s * dt_s * q
            P[i, j] += dt_s * dt_s * dt_s / 3.0 * q
    for i in range(3):
        for j in range(3):
            up_up = mean[i] * scale * mean[j] * scale
            level = (1.0 if i == j else 0.0) - up_up
            q = noise_m2_s3 * level + climb_noise_m2_s3 * up_up
            P[i + 3, j + 3] += dt_s * q
            P[i + 3, j] = P[j, i + 3]


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
    work: FilterWork,
) -> None:
    """Take a measured position into a state, in place; arguments as of `distance`.

    Joseph form, so that the covariance (6, 6) stays symmetric and positive definite.
    """
    P, K, A, B, R = covariance, work.gain, work.keep, work.half, position_covariance_m2
    _fill_gain(P, R, late_s, work)
    for i in range(3):
        work.residual[i] = position_m[i] - mean[i] - late_s * mean[i + 3]
    for i in range(6):
        for j in range(3):
            mean[i] += K[i, j] * work.residual[j]
            A[i, j] = (1.0 if i == j else 0.0) - K[i, j]
            A[i, j + 3] = (1.0 if i == j + 3 else 0.0) - late_s * K[i, j]
    for i in range(6):
        for j in range(6):
            total = 0.0
            for k in range(6):
                total += A[i, k] * P[k, j]
            B[i, j] = total
    # P <- (I - K H) P (I - K H)' + K R K'
    for i in range(6):
        for j in range(i + 1):
            total = 0.0
            for k in range(6):
                total += B[i, k] * A[j, k]
            for k in range(3):
                for m in range(3):
                    total += K[i, k] * R[k, m] * K[j, m]
            P[i, j] = P[j, i] = total


@kernel
def _fill_gain(P: Floats, R: Floats, late_s: float, work: FilterWork) -> None:
    # K = P H' S^-1
    for i in range(3):
        for j in range(3):
            work.spread[i, j] = (
                P[i, j]
                + R[i, j]
                + late_s * (P[i + 3, j] + P[i, j + 3] + late_s * P[i + 3, j + 3])
            )
    invert(work.spread, work.inverse)
    for i in range(6):
        for j in range(3):
            total = 0.0
            for k in range(3):
                total += (P[i, k] + late_s * P[i, k + 3]) * work.inverse[k, j]
            work.gain[i, j] = total


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
