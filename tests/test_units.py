"""Quantities are read as pint reads them, shown as people write them, refused with a remedy."""

import math

import pint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.units import DIMENSIONS, UNITS, UnitError, allowed_units, format_quantity, parse

PINT = pint.UnitRegistry()
PINT_NAMES = {
    "m": "meter",
    "km": "kilometer",
    "ft": "foot",
    "nmi": "nautical_mile",
    "s": "second",
    "min": "minute",
    "h": "hour",
    "d": "day",
    "m/s": "meter/second",
    "km/h": "kilometer/hour",
    "kt": "knot",
    "deg": "degree",
    "mrad": "milliradian",
    "rad": "radian",
    "m2": "meter**2",
}
SI = {
    "length": "meter",
    "time": "second",
    "speed": "meter/second",
    "angle": "radian",
    "area": "meter**2",
}
SIGNED = {"length", "time", "angle", "ratio"}
SIZES = st.floats(1e-3, 1e6)


def refusal(text, dimension):
    with pytest.raises(UnitError) as caught:
        parse(text, dimension)
    return caught.value


@pytest.mark.parametrize(
    ("dimension", "unit"), [(d, u) for d in SI for u in UNITS[d] if u in PINT_NAMES]
)
@settings(deadline=None, max_examples=20)
@given(number=st.floats(0.0, 1e9))
def test_a_quantity_is_what_pint_says_it_is(dimension, unit, number):
    oracle = PINT.Quantity(number, PINT_NAMES[unit]).to(SI[dimension]).magnitude
    assert parse(f"{number!r} {unit}", dimension) == pytest.approx(oracle, rel=1e-12)


@given(decibels=st.floats(-100.0, 100.0))
@settings(deadline=None, max_examples=30)
def test_a_cross_section_in_decibels_is_what_pint_says_it_is(decibels):
    oracle = PINT.Quantity(decibels, "dB").to("dimensionless").magnitude
    assert parse(f"{decibels!r} dBsm", "area") == pytest.approx(oracle, rel=1e-9)


def test_every_unit_with_a_dimension_of_physics_has_its_oracle():
    assert {unit for d in SI for unit in UNITS[d]} - {"dBsm"} == set(PINT_NAMES)


@pytest.mark.parametrize(
    ("text", "dimension", "value"),
    [
        ("850 km/h", "speed", 236.1111111111111),
        ("-20 dBsm", "area", 0.01),
        ("2.5 bn USD", "money", 2.5e9),
        ("500k USD", "money", 5e5),
        ("5 M USD", "money", 5e6),
        ("7 USD", "money", 7.0),
        ("-10 min", "time", -600.0),
        ("+.5deg", "angle", math.pi / 360.0),
        ("  1e3   m ", "length", 1000.0),
        (300, "count", 300.0),
        ("300", "count", 300.0),
        (1e-6, "probability", 1e-6),
        ("0.97", "probability", 0.97),
        (-0.5, "ratio", -0.5),
    ],
)
def test_a_quantity_is_read_as_it_is_written(text, dimension, value):
    assert parse(text, dimension) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize("dimension", DIMENSIONS)
@settings(deadline=None, max_examples=50)
@given(size=SIZES, sign=st.sampled_from((-1.0, 1.0)))
def test_what_is_shown_is_read_back(dimension, size, sign):
    value = size * sign if dimension in SIGNED else size
    if dimension == "probability":
        value /= 1e6
    if dimension == "count":
        value = math.floor(value)
    assert parse(format_quantity(value, dimension), dimension) == pytest.approx(value, rel=1e-5)


@pytest.mark.parametrize(
    ("value", "dimension", "text"),
    [
        (240e3, "length", "240 km"),
        (-6e3, "length", "-6 km"),
        (150.0, "length", "150 m"),
        (0.0, "length", "0 m"),
        (12_345.678, "length", "12.3457 km"),
        (600.0, "time", "10 min"),
        (125.0, "time", "125 s"),
        (259_200.0, "time", "3 d"),
        (51.0, "speed", "51 m/s"),
        (math.radians(0.15), "angle", "0.15 deg"),
        (0.002, "angle", "2 mrad"),
        (0.0, "angle", "0 deg"),
        (0.03, "area", "0.03 m2"),
        (2.5e9, "money", "2.5 bn USD"),
        (35e3, "money", "35 k USD"),
        (300.0, "count", "300"),
        (1e-6, "probability", "1e-06"),
    ],
)
def test_a_quantity_is_shown_the_way_people_write_it(value, dimension, text):
    assert format_quantity(value, dimension) == text


@pytest.mark.parametrize("dimension", [d for d in DIMENSIONS if UNITS[d]])
@pytest.mark.parametrize("bare", [12, 12.5, "12", " -3 "])
def test_a_bare_number_is_refused_with_the_units_that_are_allowed(dimension, bare):
    error = refusal(bare, dimension)
    assert "needs a unit" in error.problem
    assert error.allowed == allowed_units(dimension)
    assert str(bare).strip() in error.remedy


@pytest.mark.parametrize(
    ("text", "dimension", "words"),
    [
        ("100 nm", "length", "write 'nmi'"),
        ("3 g", "speed", "acceleration"),
        ("5 M", "money", "write 'M USD'"),
        ("2 M", "speed", "Mach number"),
        ("3 knots", "speed", "did you mean 'kt'?"),
        ("4 m²", "area", "did you mean 'm2'?"),
        ("5 KM", "length", "did you mean 'km'?"),
        ("5 kms", "length", "did you mean 'km'?"),
        ("5 minutes", "time", "did you mean 'min'?"),
        ("5 m usd", "money", "did you mean 'M USD'?"),
        ("5 s", "length", "a unit of time, not of length"),
        ("5 m", "probability", "has no unit"),
        ("70 %", "probability", "write 0.7"),
        ("70", "probability", "for 70 % write 0.7"),
        ("2.5", "count", "whole number"),
        ("-3 m/s", "speed", "cannot be negative"),
        ("-1 m2", "area", "cannot be negative"),
        ("five km", "length", "begin with a number"),
        ("", "length", "begin with a number"),
        ("1,5 km", "length", "unknown unit"),
        ("5 parsec", "length", "unknown unit"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(text, dimension, words):
    error = refusal(text, dimension)
    assert words in str(error)
    assert error.given == text.strip()


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("number", ["nan", "inf", "-inf", ".inf", "1e999", math.nan, math.inf])
def test_numbers_that_are_not_finite_are_refused(dimension, number):
    unit = next(iter(UNITS[dimension]), "")
    assert "not a finite number" in refusal(f"{number} {unit}", dimension).problem
    assert "not a finite number" in refusal(number, dimension).problem


def test_decibels_without_a_finite_area_are_refused():
    assert "not a finite number" in refusal("99999 dBsm", "area").problem


@pytest.mark.parametrize("thing", [True, None, [1], {"km": 1}])
def test_what_is_no_text_and_no_number_is_refused(thing):
    assert "not a count" in refusal(thing, "count").problem


@pytest.mark.parametrize("dimension", DIMENSIONS)
@settings(deadline=None, max_examples=50)
@given(text=st.text(max_size=20))
def test_any_text_is_a_finite_number_or_refused(dimension, text):
    try:
        value = parse(text, dimension)
    except UnitError:
        return
    assert math.isfinite(value)


def test_a_refusal_becomes_a_fault_of_its_place():
    fault = refusal("100 nm", "length").fault("raid.cruise.altitude", "my-raid.yaml", 14)
    assert str(fault).splitlines()[0].startswith("my-raid.yaml:14: raid.cruise.altitude: 'nm'")
    assert "remedy:  for nautical miles write 'nmi'" in str(fault)
