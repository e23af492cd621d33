"""Registration: how far the ranges and angles of each radar are off, from common objects.

Each radar's own tracks are paired with those of the others; where two radars see one object at
two places, their biases must explain the difference. All differences together are solved for
all biases by weighted least squares, with a weak prior because a shift common to all radars
shows in no difference; pairs that do not fit are left out and the rest solved again.

Source: Dana, Registration: a prerequisite for multiple sensor tracking, in Bar-Shalom (ed.),
Multitarget-multisensor tracking, Artech House 1990, ch. 5.
Assumes: constant biases, small beside the distances; tracks `APART_S` apart are independent.
"""

from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from bartizan.arrays import Bools, Floats, Ints
from bartizan.tracking.plan import Sensors

NEAR_M = 5e3
SPEED_M_S = 50.0  # that the velocities of a pair differ by, at most
APART_S = 10.0
PRIOR = (500.0, 0.02, 0.02)  # sigma of a bias before: m, rad, rad
MISFIT = 16.27  # squared distance; 0.999 of a chi-square of 3 degrees
PASSES = 4
PAIRS_MIN = 10


class Sighting(NamedTuple):
    """Confirmed tracks of one radar alone at one time; r rows."""

    state: Floats  # (r, 6) ECEF
    covariance: Floats  # (r, 6, 6)


class Bias(NamedTuple):
    """What a radar measures too much, and one sigma of it."""

    range_m: float
    azimuth_rad: float
    elevation_rad: float
    sigma_range_m: float
    sigma_azimuth_rad: float
    sigma_elevation_rad: float


class _Pairs(NamedTuple):
    """Common objects: how far apart two radars see them, its weight, and what biases do."""

    difference_m: Floats  # (n, 3)
    weight: Floats  # (n, 3, 3)
    effect: Floats  # (n, 3, 3 s)


def biases(sensors: Sensors, seen: list[list[Sighting]]) -> list[Bias] | None:
    """Return the bias of each of s radars; None where too few objects are common.

    Parameters
    ----------
    sensors
        The radars.
    seen
        For each radar its sightings, all at the same times, `APART_S` or more apart.
    """
    pairs = _all_pairs(sensors, seen)
    if len(pairs.difference_m) < PAIRS_MIN:
        return None
    n_bias = pairs.effect.shape[2]
    prior = np.diag(np.tile(1.0 / np.square(PRIOR), n_bias // 3))
    fits, b, cov = np.ones(len(pairs.difference_m), bool), np.zeros(n_bias), prior
    for _ in range(PASSES):
        b, cov = _solved(pairs, fits, prior)
        fits = _fitting(pairs, b)
    if fits.sum() < PAIRS_MIN:
        return None
    sigma = np.sqrt(np.diag(cov))
    return [Bias(*b[k : k + 3], *sigma[k : k + 3]) for k in range(0, n_bias, 3)]


def _solved(pairs: _Pairs, fits: Bools, prior: Floats) -> tuple[Floats, Floats]:
    H, W, d = pairs.effect[fits], pairs.weight[fits], pairs.difference_m[fits]
    information = prior + np.einsum("nia,nij,njb->ab", H, W, H)
    covariance = np.linalg.inv(information)
    return covariance @ np.einsum("nia,nij,nj->a", H, W, d), covariance


def _fitting(pairs: _Pairs, b: Floats) -> Bools:
    left = pairs.difference_m - pairs.effect @ b
    return np.asarray(np.einsum("ni,nij,nj->n", left, pairs.weight, left) < MISFIT)


def _all_pairs(sensors: Sensors, seen: list[list[Sighting]]) -> _Pairs:
    n_sensor = len(seen)
    none = _Pairs(np.zeros((0, 3)), np.zeros((0, 3, 3)), np.zeros((0, 3, 3 * n_sensor)))
    found = [none]
    for i in range(n_sensor):
        for j in range(i):
            for one, other in zip(seen[i], seen[j], strict=True):
                a, b = _common(one, other)
                found.append(_pairs(sensors, (i, one, a), (j, other, b), n_sensor))
    return _Pairs(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _common(one: Sighting, other: Sighting) -> tuple[Ints, Ints]:
    """Return rows of tracks that are each other's nearest, near, and of like velocity."""
    if not len(one.state) or not len(other.state):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    away, nearest = cKDTree(other.state[:, :3]).query(one.state[:, :3])
    back = cKDTree(one.state[:, :3]).query(other.state[:, :3])[1]
    rows = np.arange(len(one.state))
    speed = np.linalg.norm(one.state[:, 3:] - other.state[nearest, 3:], axis=1)
    is_pair = (back[nearest] == rows) & (away < NEAR_M) & (speed < SPEED_M_S)
    return rows[is_pair], nearest[is_pair]


def _pairs(
    sensors: Sensors,
    first: tuple[int, Sighting, Ints],
    second: tuple[int, Sighting, Ints],
    n_sensor: int,
) -> _Pairs:
    n = len(first[2])
    effect = np.zeros((n, 3, 3 * n_sensor))
    for sign, (s, seen, rows) in ((1.0, first), (-1.0, second)):
        place = seen.state[rows, :3] - sensors.position_ecef_m[s]
        effect[:, :, 3 * s : 3 * s + 3] = sign * _effect(sensors.enu_from_ecef[s], place)
    (_, a, i), (_, b, j) = first, second
    spread = a.covariance[i, :3, :3] + b.covariance[j, :3, :3]
    weight = np.asarray(np.linalg.inv(spread), np.float64)
    return _Pairs(a.state[i, :3] - b.state[j, :3], weight, effect)


def _effect(turn: Floats, place: Floats) -> Floats:
    """Return what range, azimuth and elevation too large by one do to a place (n, 3, 3)."""
    enu = place @ turn.T
    flat = np.maximum(np.hypot(enu[:, 0], enu[:, 1]), 1.0)
    range_m = np.linalg.norm(enu, axis=1)
    outward = enu / range_m[:, None]
    aside = np.stack([enu[:, 1], -enu[:, 0], np.zeros(len(enu))], axis=1)
    upward = np.stack(
        [-enu[:, 0] * enu[:, 2] / flat, -enu[:, 1] * enu[:, 2] / flat, flat], axis=1
    )
    return np.asarray(np.stack([outward @ turn, aside @ turn, upward @ turn], axis=2))
