"""Slow twins of parts of `bartizan.tracking`: matrices, loops over all pairs, permutations."""

import itertools
import math

import numpy as np
from scipy.integrate import solve_ivp
from scipy.linalg import block_diag, expm
from scipy.optimize import linear_sum_assignment

GRAVITATION = 3.986004418e14


def convert(range_m, azimuth, elevation, sigmas, site_m, enu_from_ecef):
    """Convert by matrices: a frame along the line of sight, turned to ENU, turned to ECEF."""
    sigma_range, sigma_azimuth, sigma_elevation = sigmas
    level = np.array([math.sin(azimuth), math.cos(azimuth), 0.0])
    right = np.array([math.cos(azimuth), -math.sin(azimuth), 0.0])
    up = np.array([0.0, 0.0, 1.0])
    out = math.cos(elevation) * level + math.sin(elevation) * up
    upright = math.cos(elevation) * up - math.sin(elevation) * level
    less_level = math.exp(-(sigma_azimuth**2) / 2) * math.exp(-(sigma_elevation**2) / 2)
    less_up = math.exp(-(sigma_elevation**2) / 2)
    enu = range_m * math.cos(elevation) * level / less_level
    enu = enu + range_m * math.sin(elevation) * up / less_up
    bulge = range_m**2 / 2 * (math.cos(elevation) ** 4 * sigma_azimuth**4 + sigma_elevation**4)
    axes = np.column_stack([out, right, upright])
    sizes = [
        math.sqrt(sigma_range**2 + bulge),
        range_m * math.cos(elevation) * sigma_azimuth,
        range_m * sigma_elevation,
    ]
    turn = enu_from_ecef.T
    covariance = turn @ axes @ np.diag(np.square(sizes)) @ axes.T @ turn.T
    return site_m + turn @ enu, covariance


def transition(dt_s):
    return np.kron([[1.0, dt_s], [0.0, 1.0]], np.eye(3))


def process_noise(position_m, dt_s, noise, climb_noise):
    up = np.asarray(position_m) / np.linalg.norm(position_m)
    strength = noise * (np.eye(3) - np.outer(up, up)) + climb_noise * np.outer(up, up)
    return np.kron([[dt_s**3 / 3, dt_s**2 / 2], [dt_s**2 / 2, dt_s]], strength)


def turn_transition(position_m, dt_s, rate):
    """By the exponential of the equations of motion; left is counter-clockwise from above."""
    x, y, z = np.asarray(position_m) / np.linalg.norm(position_m)
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    motion = np.block([[np.zeros((3, 3)), np.eye(3)], [np.zeros((3, 3)), rate * cross]])
    return expm(motion * dt_s)


def switch_matrix(settings, dt_s, is_falling, is_member):
    """By the exponential of a chain's rates; straight, left, right, fall, station."""
    rates = np.zeros((4, 4))
    quiet = [0, 3] if is_falling else [0]
    for i in quiet:
        rates[i, [1, 2]] = settings.turn_start_per_s / 2
        for j in quiet:
            if i != j:
                rates[i, j] = settings.fall_switch_per_s
    for i, other in ((1, 2), (2, 1)):
        rates[i, other] = settings.turn_reverse_per_s
        rates[i, quiet] = settings.turn_end_per_s / len(quiet)
    if not is_falling:
        # who still falls flies straight on from here
        rates[3] = 0.0
    rates -= np.diag(rates.sum(axis=1))
    own = expm(rates * dt_s)
    if not is_falling:
        own[3] = own[0]
    back = 1 - math.exp(-settings.station_return_per_s * dt_s) if is_member else 0.0
    leave = 1 - math.exp(-settings.station_leave_per_s * dt_s) if is_member else 1.0
    models = [0, 1, 2, 3] if is_falling else [0, 1, 2]
    shares = np.isin(range(4), models) / len(models)
    return np.block(
        [
            [own * (1 - back), np.full((4, 1), back)],
            [leave * shares[None], np.full((1, 1), 1 - leave)],
        ]
    )


def predict(mean, covariance, dt_s, noise, climb_noise):
    F = transition(dt_s)
    Q = process_noise(mean[:3], dt_s, noise, climb_noise)
    return F @ mean, F @ covariance @ F.T + Q


def update(mean, covariance, z, R, late_s):
    H = np.hstack([np.eye(3), late_s * np.eye(3)])
    S = H @ covariance @ H.T + R
    K = covariance @ H.T @ np.linalg.inv(S)
    return mean + K @ (z - H @ mean), covariance - K @ S @ K.T


def distance(mean, covariance, z, R, late_s):
    H = np.hstack([np.eye(3), late_s * np.eye(3)])
    S = H @ covariance @ H.T + R
    e = z - H @ mean
    return float(e @ np.linalg.inv(S) @ e), float(np.linalg.det(S))


def fall(state, duration_s):
    """Integrate the two-body equation."""

    def rate(_, s):
        return np.concatenate([s[3:], -GRAVITATION * s[:3] / np.linalg.norm(s[:3]) ** 3])

    return solve_ivp(rate, (0.0, duration_s), state, rtol=1e-11, atol=1e-6).y[:, -1]


def near(points_m, place_m, radius_m):
    return {
        i for i, point in enumerate(points_m) if np.linalg.norm(point - place_m) <= radius_m
    }


def least_cost(costs):
    """The least total cost over all permutations; nan: forbidden, a row alone costs 0."""
    n_row, n_column = costs.shape
    best = 0.0
    choices = [*range(n_column), *[None] * n_row]
    for choice in set(itertools.permutations(choices, n_row)):
        total = sum(costs[i, j] for i, j in enumerate(choice) if j is not None)
        if total < best:
            best = total
    return best


def least_cost_dense(costs):
    """The same by scipy: a column of its own, of cost 0, for each row."""
    n_row = costs.shape[0]
    alone = np.full((n_row, n_row), 1e9)
    np.fill_diagonal(alone, 0.0)
    dense = np.hstack([np.nan_to_num(costs, nan=1e9), alone])
    rows, columns = linear_sum_assignment(dense)
    return dense[rows, columns].sum()


def nees(mean, covariance, truth):
    e = np.asarray(mean) - truth
    return float(e @ np.linalg.solve(covariance, e))


def random_spread(rng, position_sigma_m, speed_sigma_m_s):
    """A random covariance of position and velocity, correlated."""
    A = rng.normal(size=(6, 6)) + 2.0 * np.eye(6)
    scale = block_diag(position_sigma_m * np.eye(3), speed_sigma_m_s * np.eye(3))
    return scale @ A @ A.T @ scale / 8.0
