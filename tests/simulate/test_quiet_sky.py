"""Three hundred civil aircraft and a nervous defence: whom it shoots at, and whom never."""

import pytest

import bartizan
from bartizan.api.running import lowered
from bartizan.simulate.replicate import replicate

NAME = "quiet-sky"
HOLD, TIGHT, FREE = "weapons-hold", "weapons-tight", "weapons-free"


def measures_of(roe, seeds):
    """Return whom the defence took for whom in replications under rules of engagement."""
    plan = lowered(bartizan.load(NAME, [f"doctrine.roe={roe}"]), "radar")
    for seed in seeds:
        yield replicate(plan, seed, "none").measures["identification"]


def civil_of(roe, seeds):
    return (each["civil"] for each in measures_of(roe, seeds))


def test_three_hundred_fly_and_a_few_are_silent():
    scenario = bartizan.load(NAME)
    civil = [flow for flow in scenario.civil.values() if flow.side == "civil"]
    assert sum(flow.count for flow in civil) == scenario.n_civil == 300
    assert sum(flow.count for flow in civil if not flow.transponder) == 6
    assert len(scenario.civil) == len(civil) + 2
    assert not scenario.raid


def test_weapons_tight_engages_nobody_and_weapons_free_the_silent():
    for roe in (HOLD, TIGHT):
        (found,) = measures_of(roe, [1])
        assert found["civil"]["present"] == 300
        assert found["friend"]["present"] == 6
        for side in (found["civil"], found["friend"]):
            assert (side["engaged"], side["harmed"], side["in_path"]) == (0, 0, 0)
    (free,) = civil_of(FREE, [1])
    assert free["engaged"] >= free["harmed"] > 0
    assert free["near_misses"] >= free["in_path"] >= free["harmed"]


@pytest.mark.proof
def test_in_500_seeds_weapons_tight_engages_nobody():
    engaged = {seed: each["engaged"] for seed, each in enumerate(civil_of(TIGHT, range(500)))}
    assert [seed for seed, n in engaged.items() if n] == []


@pytest.mark.proof
def test_in_most_of_50_seeds_weapons_free_engages_somebody():
    engaged = [each["engaged"] for each in civil_of(FREE, range(50))]
    print("engaged under weapons-free, mean of 50 seeds:", sum(engaged) / 50)
    assert sum(n > 0 for n in engaged) >= 40
