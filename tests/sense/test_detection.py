"""Detection: published check values, integrals, SciPy's distribution and simulated looks."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ncx2

from bartizan.rng import Purpose, draw4
from bartizan.sense.detection import (
    detection_probability,
    echo_power,
    required_snr,
    snr_from_power,
    threshold_power,
)
from bartizan.world.truth import Swerling
from tests.naive import sense as naive

pytestmark = pytest.mark.kernels

MODELS = list(Swerling)
KEY = 20_251_122


@pytest.mark.parametrize(
    ("swerling", "probability", "decibels"),
    [
        (Swerling.STEADY, 0.9, 13.183),
        (Swerling.STEADY, 0.5, 11.243),
        (Swerling.SLOW, 0.9, 21.144),
        (Swerling.SLOW, 0.5, 12.772),
        (Swerling.SLOW_DOMINANT, 0.9, 17.296),
    ],
)
def test_published_detection_figures_are_met(swerling, probability, decibels):
    snr = 10 ** (decibels / 10)
    assert detection_probability(snr, 1e-6, swerling) == pytest.approx(probability, abs=2e-4)
    assert 10 * math.log10(required_snr(probability, 1e-6, swerling)) == pytest.approx(
        decibels, abs=6e-4
    )


@pytest.mark.parametrize("false_alarm", [1e-2, 1e-6, 1e-12, 1e-60])
@pytest.mark.parametrize("snr", [0.0, 0.01, 1.0, 10.0, 14.0, 30.0, 100.0, 300.0, 1e4, 1e9])
def test_steady_detection_is_the_noncentral_chi_square(snr, false_alarm):
    expected = ncx2.sf(-2 * math.log(false_alarm), 2, 2 * snr) if snr < 1e4 else 1.0
    found = detection_probability(snr, false_alarm, Swerling.STEADY)
    assert found == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("swerling", MODELS)
@pytest.mark.parametrize("snr", [0.5, 8.0, 25.0, 150.0])
def test_detection_is_the_integral_over_echo_and_noise(swerling, snr):
    expected = naive.detection_probability(snr, 1e-4, swerling)
    assert detection_probability(snr, 1e-4, swerling) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("swerling", MODELS)
def test_noise_alone_is_detected_with_the_false_alarm_probability(swerling):
    assert detection_probability(0.0, 1e-6, swerling) == pytest.approx(1e-6, rel=1e-12)


@pytest.mark.parametrize("swerling", MODELS)
@given(low=st.floats(0, 1e4), more=st.floats(1.01, 10), exponent=st.floats(-12, -1))
def test_detection_grows_with_the_echo_and_stays_a_probability(swerling, low, more, exponent):
    weak = detection_probability(low, 10**exponent, swerling)
    strong = detection_probability(low * more, 10**exponent, swerling)
    assert 0 < weak <= strong + 1e-15 <= 1 + 1e-15


@pytest.mark.parametrize("swerling", MODELS)
@given(probability=st.floats(1e-3, 0.999), exponent=st.floats(-12, -4))
def test_required_snr_undoes_the_detection_probability(swerling, probability, exponent):
    snr = required_snr(probability, 10**exponent, swerling)
    assert detection_probability(snr, 10**exponent, swerling) == pytest.approx(
        probability, rel=1e-9
    )


def test_required_snr_is_what_a_search_on_the_integral_finds():
    expected = naive.required_snr(0.7, 1e-5, Swerling.STEADY)
    assert required_snr(0.7, 1e-5, Swerling.STEADY) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("snr", "false_alarm", "swerling"),
    [(-1.0, 1e-6, 0), (math.nan, 1e-6, 0), (1.0, 0.0, 0), (1.0, 1.0, 1), (1.0, 1e-6, 2)],
)
def test_arguments_out_of_range_give_no_probability(snr, false_alarm, swerling):
    assert math.isnan(detection_probability(snr, false_alarm, swerling))


@pytest.mark.parametrize(
    ("probability", "false_alarm", "swerling"),
    [(1e-7, 1e-6, 1), (1.0, 1e-6, 1), (math.nan, 1e-6, 1), (0.5, 0.0, 1), (0.5, 1e-6, 2)],
)
def test_impossible_requirements_give_no_ratio(probability, false_alarm, swerling):
    assert math.isnan(required_snr(probability, false_alarm, swerling))


@given(exponent=st.floats(-30, -0.01), power=st.floats(0, 1e6))
def test_threshold_and_seen_ratio_are_those_of_the_twin(exponent, power):
    expected = naive.threshold_power(10**exponent)
    assert threshold_power(10**exponent) == pytest.approx(expected, rel=1e-9)
    assert snr_from_power(power) == naive.snr_from_power(power)


UNIFORM = st.floats(1e-9, 1 - 1e-9)


@given(
    snr=st.floats(0, 1e5), swerling=st.sampled_from(MODELS), u0=UNIFORM, u1=UNIFORM, u2=UNIFORM
)
def test_the_echo_is_that_of_the_twin(snr, swerling, u0, u1, u2):
    expected = naive.echo_power(snr, swerling, u0, u1, u2)
    assert echo_power(snr, swerling, u0, u1, u2) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_an_unknown_fluctuation_has_no_echo():
    assert math.isnan(echo_power(1.0, 2, 0.5, 0.5, 0.5))


@pytest.mark.parametrize("swerling", MODELS)
@pytest.mark.parametrize("snr", [2.0, 12.0, 40.0])
def test_echoes_exceed_the_threshold_as_often_as_they_should(swerling, snr):
    n, false_alarm = 4000, 1e-3
    threshold = threshold_power(false_alarm)
    powers = np.array([
        echo_power(snr, swerling, *draw4(KEY, Purpose.DETECTION, 1, 2, i)[:3]) for i in range(n)
    ])  # fmt: skip
    expected = detection_probability(snr, false_alarm, swerling)
    error = math.sqrt(expected * (1 - expected) / n)
    assert np.mean(powers > threshold) == pytest.approx(expected, abs=4 * error)
    assert np.mean(powers) == pytest.approx(1 + snr, abs=4 * np.std(powers) / math.sqrt(n))
