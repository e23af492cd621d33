"""How numbers read, and the doctor's table."""

import pytest

from bartizan.reports.doctor import examine
from bartizan.reports.wording import clock, count, duration, money


@pytest.mark.parametrize(
    ("time_s", "words"),
    [(0.0, "0:00"), (581.4, "9:41"), (3600.0, "60:00"), (-30.0, "-0:30"), (-0.5, "0:00")],
)
def test_clock(time_s, words):
    assert clock(time_s) == words


@pytest.mark.parametrize(
    ("time_s", "words"),
    [
        (3.21, "3.2 s"),
        (0.5, "0.5 s"),
        (61.0, "61 s"),
        (1200.0, "20 min"),
        (9000.0, "2 h 30 min"),
    ],
)
def test_duration(time_s, words):
    assert duration(time_s) == words


@pytest.mark.parametrize(
    ("amount_usd", "words"),
    [
        (0.0, "0 USD"),
        (999.0, "999 USD"),
        (20_000.0, "20.0 k USD"),
        (999_900.0, "1.00 M USD"),
        (6.24e7, "62.4 M USD"),
        (4.81e8, "481 M USD"),
        (2.5e9, "2.50 bn USD"),
        (None, "unknown"),
    ],
)
def test_money(amount_usd, words):
    assert money(amount_usd) == words


def test_zero_is_dimmed_and_an_alarm_is_not():
    assert count(0, "red").style == "dim"
    assert count(2, "red").style == "red"
    assert count(None).plain == "–"


def test_the_doctor_names_versions_fingerprint_cache_and_run(tmp_path):
    facts = examine("0.1.0", tmp_path / "runs").facts
    assert {"bartizan", "python", "numba", "platform", "fingerprint", "kernel cache"} <= {
        *facts
    }
    assert facts["latest run"] == f"{tmp_path}/runs: no run here yet"
    assert "fingerprint" in repr(examine("0.1.0", tmp_path))
