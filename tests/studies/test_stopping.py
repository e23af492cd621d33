"""A study that stops by itself covers as often as it says, and stops where it should."""

import math

import numpy as np
import pytest

from bartizan.errors import BartizanError
from bartizan.studies.arms import Arm
from bartizan.studies.stopping import (
    PILOT_DRAWS,
    Rule,
    half_width,
    need,
    outcome,
    parse_rule,
    until,
)
from tests.studies.samples import counts, covered, nested, truths

REPEATS = 1500
SLACK = 3.0 * math.sqrt(0.05 * 0.95 / REPEATS)


def stopped(rule, made, rng, m=5):
    """Return mean and half width after both stages of a study that ``made`` draws from."""
    pilot, draws = made(rng, PILOT_DRAWS, m)
    found = need(rule, pilot, draws, len(pilot))
    more = found.draws - PILOT_DRAWS
    rest = made(rng, more, m)[0] if more > 0 else np.zeros(0)
    values = np.concatenate([pilot, rest])
    return values.mean(), half_width(found, found.draws), found.draws


@pytest.mark.parametrize("width", [0.3, 1.0, 5.0])
def test_intervals_that_stop_by_themselves_cover(width):
    def once(rng):
        mean, half, _ = stopped(
            Rule("leakers", width), lambda r, d, m: nested(r, d, m, 2.0, 1.0), rng
        )
        assert half <= width * 1.000001
        return abs(mean - 10.0) <= half

    assert covered(REPEATS, 1, once) == pytest.approx(0.95, abs=SLACK)


def test_with_skewed_counts_they_cover_nearly():
    def once(rng):
        mean, half, _ = stopped(Rule("leakers", 1.0), counts, rng)
        return abs(mean - 10.0) <= half

    assert covered(REPEATS, 2, once) > 0.92


@pytest.mark.parametrize(("a", "b"), [(2.0, 2.0), (0.4, 3.6)])
def test_probabilities_that_stop_by_themselves_cover(a, b):
    def once(rng):
        rule = Rule("no_leaker", 0.05)
        mean, half, _ = stopped(rule, lambda r, d, m: truths(r, d, m, a, b), rng)
        return abs(mean - a / (a + b)) <= half

    assert covered(REPEATS, 3, once) > 0.92


def test_stopping_when_the_interval_looks_short_would_not_cover():
    """What the two stages are for: the naive rule, on the same case, is wrong too often."""

    def once(rng):
        values, _ = nested(rng, 400, 1, 0.0, 1.0)
        for n in range(4, 400):
            half = 1.96 * values[:n].std(ddof=1) / math.sqrt(n)
            if half <= 0.6:
                return abs(values[:n].mean() - 10.0) <= half
        return False

    assert covered(REPEATS, 4, once) < 0.93


def test_the_stages_are_a_pilot_and_what_it_asks_for():
    rng = np.random.default_rng(5)
    values, draws = nested(rng, 400, 5, 2.0, 1.0)
    rule, arms = Rule("leakers", 0.5), [Arm()]
    stages = until(rule, arms, 10_000, 5, True, lambda *_: (values[:100], draws[:100]))
    pilot, rest = (sum(block.n for block in stage.blocks) for stage in stages)
    needed = need(rule, values, draws, 100)
    assert pilot == 100
    assert pilot + rest == 5 * needed.draws
    assert needed.draws == math.ceil((2.093 * needed.sd / 0.5) ** 2)


def test_a_study_that_may_not_go_on_says_how_far_it_came():
    values, draws = nested(np.random.default_rng(6), 24, 5, 2.0, 1.0)
    found = outcome(Rule("leakers", 0.01), [Arm()], 120, 5, True, lambda *_: (values, draws))
    assert not found["reached"]
    assert found["arms"][0]["half_width"] > 0.01


@pytest.mark.parametrize("text", ["leakers ±0.5", "leakers+-0.5", "leakers +/- 0.5"])
def test_rules_are_read(text):
    assert parse_rule(text) == Rule("leakers", 0.5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("leakers", "not a stopping rule"),
        ("leakers ±0", "not a stopping rule"),
        ("leaker ±1", "did you mean 'leakers'"),
        ("", "not a stopping rule"),
    ],
)
def test_what_is_no_rule_is_refused(text, words):
    with pytest.raises(BartizanError, match=words):
        parse_rule(text)
