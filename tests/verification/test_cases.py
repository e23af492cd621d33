"""Every case passes on theory's own numbers, notices its planted error, and is well written."""

from dataclasses import replace

import pytest

from bartizan.verification import chaff, jamming, sensing, shots
from bartizan.verification.cases import CASES
from bartizan.verification.flight import scenario_of
from bartizan.verification.verify import verify

NAMES = [case.name for case in CASES]
SHARES = (32, 8, 4)  # of the flights that `bartizan verify` takes: a part shows planted errors


def by_name(name):
    return next(case for case in CASES if case.name == name)


def test_names_are_told_apart_and_each_case_has_a_scenario_and_a_planted_error():
    assert len(set(NAMES)) == len(NAMES)
    for case in CASES:
        assert scenario_of(case).name == case.name
        assert case.planted
        assert case.assumes
        assert case.source


def fewer(case, share):
    """Return a case with a part of its flights, but enough for a mean to be normal."""
    return replace(case, flights=max(min(case.flights, 12), case.flights // share))


@pytest.mark.parametrize("name", NAMES)
def test_a_planted_error_is_noticed(name):
    case = by_name(name)
    tried = (verify([fewer(case, share)], sets=case.planted) for share in SHARES)
    assert any("FAIL" in [finding.verdict for finding in found] for found in tried)


def test_without_them_nothing_is():
    found = verify([fewer(case, 16) for case in CASES])
    assert [f.quantity.name for f in found if f.verdict == "FAIL"] == []
    assert len(found) == sum(len(case.quantities) for case in CASES)


def test_too_few_flights_are_weak_and_not_passed():
    case = replace(by_name("layers"), flights=3)
    assert [finding.verdict for finding in verify([case])] == ["weak"]


@pytest.mark.proof
def test_the_whole_table_passes():
    found = verify(CASES)
    assert {finding.verdict for finding in found} == {"pass"}


def test_the_same_seed_gives_the_same_numbers_and_another_does_not():
    case = replace(by_name("even-split"), flights=40)
    one, two, other = (verify([case], seed=seed)[0].mean for seed in (1, 1, 2))
    assert one == two != other


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (shots.RAID * (1 - shots.P) ** 2, 1.8),
        ((1 - (1 - shots.P) ** 2) ** shots.RAID, 0.1516),
        (shots.SLS_ROUNDS, 1.390),
        (shots.SLS_LEAK, 0.027),
        (shots.ASSESSED_ROUNDS, 1.4632),
        (shots.ASSESSED_LEAK, 0.0436),
        (shots.kills_of_magazine(12, 10, 0.7), 8.3011),
        (shots.split_leakers(25, 10, 0.7), 0.585),
        (shots.erlang_loss(6, 6.0), 0.2649),
        (sensing.detection(300e3), 0.5),
        (chaff.plots_of_cloud(300e3), 3.0),
        (jamming.burn_through_m(0.0, 1.0), 300e3),
        (jamming.detection(284.344e3, 100.0, jamming.jamming(2e-7, 284.344e3)), 0.5),
    ],
)
def test_theory_gives_the_values_of_the_textbooks(value, expected):
    assert value == pytest.approx(expected, abs=6e-5)
