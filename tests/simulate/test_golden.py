"""Golden replications of the bundled scenarios; where a change is meant: make golden."""

import pytest

from bartizan.archive.fingerprint import numeric_fingerprint
from tests.simulate import golden
from tests.simulate.small import plan_of

RENEW = "where this change is meant, `make golden` stores it"


def assert_within_bands(name: str) -> None:
    stored = golden.read(name)["bands"]
    found = golden.samples(plan_of(name), golden.TRIED_SEEDS)
    assert found.keys() == stored.keys(), RENEW
    wrong = {
        count: (stored[count], sample)
        for count, sample in found.items()
        if golden.outside(stored[count], sample)
    }
    assert not wrong, RENEW


def test_every_bundled_scenario_has_its_golden_replications() -> None:
    assert {path.stem for path in golden.FOLDER.glob("*.json")} == set(golden.NAMES), RENEW


@pytest.mark.parametrize("name", golden.NAMES)
def test_the_bits_are_those_of_before_or_the_counts_within_their_bands(name: str) -> None:
    known = golden.read(name)["bits"].get(numeric_fingerprint())
    if known is None:
        assert_within_bands(name)
    else:
        assert golden.bits(plan_of(name)) == known, RENEW


@pytest.mark.proof
@pytest.mark.parametrize("name", golden.NAMES)
def test_the_counts_of_other_seeds_are_within_their_bands(name: str) -> None:
    assert_within_bands(name)


def test_a_band_holds_chance_and_no_more() -> None:
    band = {"mean": 40.0, "deviation": 5.0}
    assert not golden.outside(band, [35, 45] * 10)
    assert not golden.outside(band, [44] * 20)
    assert golden.outside(band, [45] * 20)
    never = {"mean": 0.0, "deviation": 0.0}
    assert not golden.outside(never, [1] + [0] * 19)
    assert golden.outside(never, [1, 1] + [0] * 18)
