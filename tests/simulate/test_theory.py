"""Closed forms through the whole chain: salvos and shoot-look-shoot against one-round kills.

Source: each threat is a run of independent shots at kill probability p; with M threats and n
rounds each, M (1 - p)^n leak; with up to k looks, (1 - (1 - p)^k) / p rounds go to a threat.
"""

import numpy as np
import pytest

from bartizan.simulate.replicate import replicate
from tests.simulate.small import plan_of, small

M, P = 20, 0.7
RAID = {
    "threat": "fighter",
    "count": M,
    "from": {"bearing": "270 deg", "range": "150 km"},
    "target": "post",
    "altitude": "9 km",
    "spread": "60 km",
    "speed": "250 m/s",
    "overrides": {"release_range": "0 km"},
}
FIGURES = {
    "48n6e3.kill_probability.fighter": P,
    "s-400.kill_unseen_probability": 0,
    "s-400.miss_as_kill_probability": 0,
    "s-400.launchers": 20,
    "s-400.engagements": 80,
    "s-400.launch_interval": "0.5 s",
    "92n6e.channels": 40,
}


def outcomes(
    doctrine: dict[str, object], n: int, perfect: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Leakers and rounds fired of n seeds."""
    document = small(
        raid={"a": RAID}, civil={}, duration="12 min", figures=FIGURES, doctrine=doctrine
    )
    plan = plan_of(document, perfect)
    found = [replicate(plan, seed, "none").measures for seed in range(n)]
    leaked = [measures["threats"]["total"]["leaked"] for measures in found]
    fired = [measures["rounds"]["fired"]["48n6e3"] for measures in found]
    return np.array(leaked), np.array(fired)


def assert_mean(sample: np.ndarray, expected: float) -> None:
    error = sample.std(ddof=1) / np.sqrt(len(sample))
    assert abs(sample.mean() - expected) < 4.0 * error, (sample.mean(), error, expected)


@pytest.mark.proof
@pytest.mark.parametrize("n_round", [1, 2])
def test_a_salvo_at_each_threat_leaves_what_the_formula_says(n_round: int) -> None:
    doctrine = {"use": "salvo", "overrides": {"salvo": n_round, "rounds_max": n_round}}
    leaked, fired = outcomes(doctrine, 400, perfect=True)
    assert_mean(leaked, M * (1.0 - P) ** n_round)
    assert (fired == M * n_round).all()


@pytest.mark.proof
def test_shoot_look_shoot_spends_and_leaves_what_the_formula_says() -> None:
    doctrine = {"use": "shoot-look-shoot", "overrides": {"rounds_max": 3}}
    leaked, fired = outcomes(doctrine, 400, perfect=True)
    assert_mean(leaked, M * (1.0 - P) ** 3)
    assert_mean(fired, M * (1.0 - (1.0 - P) ** 3) / P)
