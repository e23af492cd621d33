"""Prim-Read doses: against the textbook's sequence, and the bound that they keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.decide.dose import doses, next_dose
from bartizan.verification.doctrines import prim_read_doses


def test_nine_rounds_are_spread_as_in_the_textbook() -> None:
    assert doses(1 / 8, 0.8) == [2, 1, 2, 1, 1, 1, 1]


@given(st.floats(0.02, 0.9), st.floats(0.05, 0.99))
def test_doses_are_those_found_by_trying(rate: float, p: float) -> None:
    assert doses(rate, p) == prim_read_doses(rate, p)


@given(st.floats(0.02, 0.9), st.floats(0.05, 0.99))
def test_no_number_of_attackers_buys_more_than_the_rate_each(rate: float, p: float) -> None:
    survival = 1.0
    for n, dose in enumerate(doses(rate, p), start=1):
        survival *= 1.0 - (1.0 - p) ** dose
        assert 1.0 - survival <= n * rate + 1e-9


@pytest.mark.parametrize(("p", "dose"), [(0.0, 0), (1.0, 1)])
def test_rounds_that_never_or_always_kill_need_no_logarithm(p: float, dose: int) -> None:
    assert next_dose(1.0, 0, 0.1, p) == dose


def test_an_asset_as_good_as_lost_gets_nothing() -> None:
    assert next_dose(0.3, 7, 1 / 8, 0.8) == 0
