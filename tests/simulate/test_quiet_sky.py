"""Three hundred civil aircraft and a nervous defence: whom it shoots at, and whom never."""

import pytest

import bartizan
from bartizan.api.running import lowered
from bartizan.simulate.replicate import replicate

NAME = "quiet-sky"
TIGHT, FREE = "weapons-tight", "weapons-free"


def civil_of(roe, seeds):
    """Return the civil measures of replications under rules of engagement."""
    plan = lowered(bartizan.load(NAME, [f"doctrine.roe={roe}"]), "radar")
    for seed in seeds:
        yield replicate(plan, seed, "none").measures["civil"]


def test_three_hundred_fly_and_a_few_are_silent():
    scenario = bartizan.load(NAME)
    silent = sum(flow.count for flow in scenario.civil.values() if not flow.transponder)
    assert sum(flow.count for flow in scenario.civil.values()) == 300
    assert 0 < silent <= 6
    assert not scenario.raid


def test_weapons_tight_engages_nobody_and_weapons_free_the_silent():
    (tight,) = civil_of(TIGHT, [1])
    assert tight == {"present": 300, "engaged": 0, "lost": 0}
    (free,) = civil_of(FREE, [1])
    assert free["engaged"] >= free["lost"] > 0


@pytest.mark.proof
def test_in_500_seeds_weapons_tight_engages_nobody():
    engaged = {seed: each["engaged"] for seed, each in enumerate(civil_of(TIGHT, range(500)))}
    assert [seed for seed, n in engaged.items() if n] == []


@pytest.mark.proof
def test_in_most_of_50_seeds_weapons_free_engages_somebody():
    engaged = [each["engaged"] for each in civil_of(FREE, range(50))]
    print("engaged under weapons-free, mean of 50 seeds:", sum(engaged) / 50)
    assert sum(n > 0 for n in engaged) >= 40
