"""Slow twins of parts of `bartizan.tracking`: matrices, loops over all pairs, permutations."""

import itertools
import math

import numpy as np
from scipy.integrate import solve_ivp
from scipy.linalg import block_diag
from scipy.optimize import linear_sum_assignment
from scipy.stats import multivariate_normal

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


def imm_step(probability, means, covariances, switch, noises, dt_s, z, R):
    """One cycle of the textbook: mix, predict, update, weigh, merge."""
    entered = switch.T @ probability
    starts, spreads = [], []
    for j in range(2):
        w = switch[:, j] * probability / entered[j]
        mean = w @ means
        spread = sum(
            w[i] * (covariances[i] + np.outer(means[i] - mean, means[i] - mean))
            for i in range(2)
        )
        starts.append(mean)
        spreads.append(spread)
    weights, after, after_spread = [], [], []
    for j in range(2):
        mean, P = predict(starts[j], spreads[j], dt_s, *noises[j])
        weights.append(entered[j] * multivariate_normal.pdf(z, mean[:3], P[:3, :3] + R))
        mean, P = update(mean, P, z, R, 0.0)
        after.append(mean)
        after_spread.append(P)
    weights = np.array(weights)
    return weights.sum(), weights / weights.sum(), np.array(after), np.array(after_spread)


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
