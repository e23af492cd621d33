"""The radar equation, coverage, and when the beam next passes an object."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bartizan.sense.beam import array_look_s, beam_pass_s, look_after_s
from bartizan.sense.detection import detection_probability
from bartizan.sense.radar import SensorMode, is_covered, mean_snr, sigma_factor
from bartizan.world.truth import Swerling
from tests.naive import sense as naive
from tests.sense.scene import Flight, make_sense, make_world, radar_of, where_in

pytestmark = pytest.mark.kernels

SECTOR = make_sense(
    {
        "sector_centre_rad": math.radians(350.0),
        "sector_half_width_rad": math.radians(45.0),
        "elevation_min_rad": math.radians(2.0),
    },
    {},
)


def test_the_published_range_gives_the_published_probability():
    sense = make_sense({})
    snr = mean_snr(radar_of(sense, 0), 150e3, 1.0)
    assert snr == pytest.approx(sense.snr_reference[0])
    assert detection_probability(snr, 1e-6, Swerling.SLOW) == pytest.approx(0.5)


@given(range_m=st.floats(1e3, 6e5), rcs_m2=st.floats(1e-3, 100))
def test_the_echo_falls_with_the_fourth_power_of_range(range_m, rcs_m2):
    sense = make_sense({})
    snr = mean_snr(radar_of(sense, 0), range_m, rcs_m2)
    assert snr == pytest.approx(naive.mean_snr(sense, 0, range_m, rcs_m2), rel=1e-12)
    assert mean_snr(radar_of(sense, 0), 2 * range_m, 16 * rcs_m2) == pytest.approx(
        snr, rel=1e-12
    )


@given(snr=st.floats(0.1, 1e9))
def test_errors_fall_with_the_root_of_the_ratio_down_to_a_floor(snr):
    sense = make_sense({})
    factor = sigma_factor(radar_of(sense, 0), snr)
    assert factor == pytest.approx(naive.sigma_factor(sense, 0, snr), rel=1e-12)
    assert factor >= 0.2
    assert sigma_factor(radar_of(sense, 0), sense.snr_reference[0]) == pytest.approx(
        math.hypot(1, 0.2)
    )


@given(
    r=st.integers(0, 1),
    range_m=st.floats(0, 4e5),
    azimuth=st.floats(0, 6.283),
    elevation=st.floats(-0.3, 1.57),
)
def test_coverage_is_that_of_the_twin(r, range_m, azimuth, elevation):
    expected = naive.is_covered(SECTOR, r, range_m, azimuth, elevation)
    assert is_covered(radar_of(SECTOR, r), range_m, azimuth, elevation) == expected


@pytest.mark.parametrize(
    ("range_m", "azimuth_deg", "elevation_deg", "expected"),
    [
        (100e3, 350, 10, True),
        (1e3, 350, 10, False),  # too near
        (301e3, 350, 10, False),  # beyond the instrumented range
        (100e3, 306, 10, True),
        (100e3, 304, 10, False),  # left of the sector
        (100e3, 34, 10, True),  # the sector reaches over north
        (100e3, 36, 10, False),
        (100e3, 350, 1.9, False),  # below the lower limit
        (100e3, 350, 61, False),  # in the cone above
    ],
)
def test_a_sector_has_limits_on_all_sides(range_m, azimuth_deg, elevation_deg, expected):
    angles = math.radians(azimuth_deg), math.radians(elevation_deg)
    assert is_covered(radar_of(SECTOR, 0), range_m, *angles) == expected


def test_without_a_lower_limit_what_is_below_the_horizontal_is_left_to_the_horizon():
    assert is_covered(radar_of(SECTOR, 1), 100e3, 0.0, math.radians(-1.0))


@pytest.mark.parametrize("r", [0, 1])
def test_a_radar_is_a_row_of_the_table(r):
    expected = naive.radar_of(SECTOR, r)
    found = radar_of(SECTOR, r)._asdict()
    assert list(found) == list(expected)
    for name, cell in expected.items():
        np.testing.assert_array_equal(found[name], cell)


PLACE = st.tuples(st.floats(0, 359), st.floats(5, 200))


@given(start=PLACE, stop=PLACE, after_s=st.floats(0, 380), phase=st.floats(0, 0.999))
def test_the_beam_passes_when_a_search_says_so(start, stop, after_s, phase):
    world = make_world([Flight(start=start, stop=stop, end_s=400.0)])
    sense = make_sense({"scan_phase": phase})
    expected = naive.beam_pass_s(sense, where_in(world), 0, 0, after_s)
    found = beam_pass_s(radar_of(sense, 0), world, 0, after_s)
    # Just after the object or just before it: both searches are right.
    assume(min(found, expected) - after_s > 1e-4)
    assert found == pytest.approx(expected, abs=1e-5)
    assert look_after_s(radar_of(sense, 0), world, 0, after_s) == found


@pytest.mark.parametrize("mode", [SensorMode.ROTATING, SensorMode.PHASED_ARRAY])
def test_looks_follow_each_other_at_about_the_scan_period(mode):
    world = make_world([Flight(start=(200.0, 60.0), stop=(330.0, 40.0))])
    sense = make_sense({"mode": mode})
    times = [look_after_s(radar_of(sense, 0), world, 0, 0.0)]
    for _ in range(40):
        times.append(look_after_s(radar_of(sense, 0), world, 0, times[-1] + 3.0))
    gaps = [b - a for a, b in pairwise(times)]
    assert max(abs(gap - 6.0) for gap in gaps) < (0.15 if mode == SensorMode.ROTATING else 1e-9)


@given(bearing=st.floats(0, 359), phase=st.floats(0, 0.999), miss_km=st.floats(0, 0.2))
def test_one_that_flies_right_over_the_radar_keeps_being_looked_at(bearing, phase, miss_km):
    over = Flight(start=(bearing, 15.0), stop=(bearing + 180.0, 15.0 + miss_km), end_s=100.0)
    world, radar = make_world([over]), radar_of(make_sense({"scan_phase": phase}), 0)
    time_s = look_after_s(radar, world, 0, 0.0)
    while time_s < 100.0:
        next_s = look_after_s(radar, world, 0, time_s + 3.0)
        assert 3.0 <= next_s - time_s <= 15.0
        time_s = next_s


@given(after_s=st.floats(0, 500), phase=st.floats(0, 0.999), period_s=st.floats(0.5, 12))
def test_a_phased_array_keeps_its_own_time(after_s, phase, period_s):
    world = make_world([Flight()])
    sense = make_sense(
        {"mode": SensorMode.PHASED_ARRAY, "scan_phase": phase, "scan_period_s": period_s}
    )
    expected = naive.array_look_s(sense, 0, after_s)
    found = array_look_s(radar_of(sense, 0), after_s)
    assume(expected - after_s > 1e-9)
    assert found == pytest.approx(expected, abs=1e-9)
    assert look_after_s(radar_of(sense, 0), world, 0, after_s) == found
