"""Biases of radars from the objects that they have in common."""

import numpy as np

from bartizan.tracking.registration import PAIRS_MIN, Sighting, biases
from bartizan.tracking.sensors import Sensor, table_of

RADARS = [Sensor(-27.0, -17.0, 50.0, 1.0), Sensor(-27.3, -16.4, 10.0, 1.0)]
SIGMA_M = 40.0


def seen_with(bias, n_object=60, n_time=8, seed=3):
    """What two radars see of the same objects, one with a bias in range and azimuth."""
    rng, table = np.random.default_rng(seed), table_of(RADARS)
    middle = table.position_ecef_m.mean(axis=0)
    up = middle / np.linalg.norm(middle)
    places = (
        middle + 4e3 * up + rng.normal(0.0, 3e4, (n_object, 3)) @ (np.eye(3) - np.outer(up, up))
    )
    velocity = rng.normal(0.0, 100.0, (n_object, 3))
    seen = []
    for s, (range_m, azimuth_rad) in enumerate(bias):
        site, turn = table.position_ecef_m[s], table.enu_from_ecef[s]
        mine = []
        for k in range(n_time):
            enu = (places + 10.0 * k * velocity - site) @ turn.T
            enu *= 1.0 + range_m / np.linalg.norm(enu, axis=1)[:, None]
            c, sn = np.cos(azimuth_rad), np.sin(azimuth_rad)
            enu = np.stack(
                [c * enu[:, 0] + sn * enu[:, 1], c * enu[:, 1] - sn * enu[:, 0], enu[:, 2]], 1
            )
            noise = rng.normal(0.0, SIGMA_M, (n_object, 3))
            state = np.concatenate([enu @ turn + site + noise, velocity], axis=1)
            spread = np.broadcast_to(np.eye(6) * SIGMA_M**2, (n_object, 6, 6))
            mine.append(Sighting(state, spread))
        seen.append(mine)
    return table, seen


def test_a_bias_is_found_within_its_own_error():
    truth = (200.0, 3e-3), (-100.0, -1e-3)
    found = biases(*seen_with(truth))
    for one, (range_m, azimuth_rad) in zip(found, truth, strict=True):
        assert abs(one.range_m - range_m) < 4.0 * one.sigma_range_m
        assert abs(one.azimuth_rad - azimuth_rad) < 4.0 * one.sigma_azimuth_rad
        assert one.sigma_range_m < 40.0
        assert one.sigma_azimuth_rad < 1e-3


def test_errors_are_as_large_as_stated():
    """Over seeds, the error of a bias over its sigma has a mean square near 1."""
    ratios = []
    for seed in range(40):
        found = biases(*seen_with(((0.0, 0.0), (150.0, 2e-3)), 30, 4, seed))
        ratios += [
            (found[1].range_m - 150.0) / found[1].sigma_range_m,
            (found[1].azimuth_rad - 2e-3) / found[1].sigma_azimuth_rad,
        ]
    assert 0.5 < np.mean(np.square(ratios)) < 2.0


def test_strangers_that_are_paired_by_mistake_are_left_out():
    table, seen = seen_with(((0.0, 0.0), (0.0, 0.0)))
    for sighting in seen[1]:
        sighting.state[:6, :3] += 2500.0
    found = biases(table, seen)
    assert abs(found[0].range_m - found[1].range_m) < 60.0


def test_too_few_common_objects_give_no_bias():
    assert biases(*seen_with(((0.0, 0.0), (0.0, 0.0)), PAIRS_MIN - 1, 1)) is None
    table, seen = seen_with(((0.0, 0.0), (0.0, 0.0)), 3, 1)
    empty = Sighting(np.zeros((0, 6)), np.zeros((0, 6, 6)))
    assert biases(table, [seen[0], [empty]]) is None
