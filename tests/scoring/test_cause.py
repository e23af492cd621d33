"""The cause of a leak, as a table: the first link that failed, and exactly one."""

import itertools

import pytest

from bartizan.decide.picture import Link
from bartizan.scoring.cause import CAUSE_WORDS, Cause, leak_cause
from tests.naive import scoring as naive

pytestmark = pytest.mark.kernels


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        (
            (False, False, False, False, Link.NOBODY, False, False, False),
            Cause.OUTSIDE_COVERAGE,
        ),
        ((True, False, False, False, Link.NOBODY, False, False, False), Cause.BELOW_HORIZON),
        ((True, True, False, False, Link.NOBODY, False, False, False), Cause.UNDETECTED),
        ((True, True, True, False, Link.NOBODY, False, False, False), Cause.NO_TRACK),
        ((True, True, True, True, Link.NOBODY, False, False, False), Cause.NOT_ENGAGEABLE),
        ((True, True, True, True, Link.ENGAGEABLE, False, False, False), Cause.NO_WINDOW),
        ((True, True, True, True, Link.FEASIBLE, False, False, False), Cause.NO_CHANNEL),
        ((True, True, True, True, Link.CHANNEL, False, False, False), Cause.NO_ROUND),
        ((True, True, True, True, Link.ORDERED, False, False, False), Cause.NO_LAUNCH),
        ((True, True, True, True, Link.ORDERED, True, True, False), Cause.MISSED),
        ((True, True, True, True, Link.ORDERED, True, False, False), Cause.MISSED),
        ((True, True, True, True, Link.ORDERED, True, False, True), Cause.WRONG_OBJECT),
        ((True, True, True, True, Link.ORDERED, True, True, True), Cause.MISSED),
    ],
)
def test_the_first_failed_link_is_the_cause(chain, expected) -> None:
    assert leak_cause(*chain) == expected


def test_every_chain_has_the_cause_of_the_naive_twin() -> None:
    booleans = itertools.product((False, True), repeat=4)
    for (covered, above, detected, tracked), link in itertools.product(booleans, Link):
        for engaged, met, other in itertools.product((False, True), repeat=3):
            chain = (covered, above, detected, tracked, int(link), engaged, met, other)
            assert leak_cause(*chain) == naive.leak_cause(*chain)


def test_every_cause_has_words() -> None:
    assert set(CAUSE_WORDS) == set(Cause)
    assert len(set(CAUSE_WORDS.values())) == len(Cause)
