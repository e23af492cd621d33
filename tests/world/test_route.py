"""Routes: cut at the release range, parted at the dive, timed by the ground speed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.world.ground import (
    destination,
    geodetic_from_normal,
    ground_distance_m,
    normal_from_geodetic,
    rotated,
)
from bartizan.world.route import (
    angle_within,
    cut,
    length_m,
    segments_through,
    shifted,
    timed,
    up_to,
)
from tests.naive import world as naive

pytestmark = pytest.mark.kernels

AIM = (-0.47, -0.3)


def away(bearing_deg, distance_m):
    return destination(*AIM, math.radians(bearing_deg), distance_m)


def end_of(segments):
    last = segments[-1]
    return geodetic_from_normal(*rotated(*last.start, *last.axis, last.angle_rad)[:3])


def test_a_route_through_one_place_twice_has_no_segment_there():
    segments = segments_through([away(0, 9e4), away(0, 9e4), AIM])
    assert len(segments) == 1
    assert length_m(segments) == pytest.approx(9e4, abs=0.01)
    assert segments_through([AIM, AIM]) == []


@given(st.floats(0.0, 359.0), st.floats(1e3, 89e3))
def test_a_route_ends_at_its_release_range(bearing_deg, release_m):
    segments = up_to(segments_through([away(bearing_deg, 9e4), AIM]), AIM, release_m)
    assert ground_distance_m(*end_of(segments), *AIM) == pytest.approx(release_m, abs=1e-3)
    assert length_m(segments) == pytest.approx(9e4 - release_m, abs=0.01)


def test_a_release_range_counts_from_the_aim_not_along_the_way():
    past = segments_through([away(270, 9e4), away(90, 9e4), AIM])
    segments = up_to(past, AIM, 2e4)
    assert len(segments) == 1
    assert ground_distance_m(*end_of(segments), *AIM) == pytest.approx(2e4, abs=1e-3)


@given(st.floats(0.0, 359.0), st.floats(0.0, 1.2e5))
def test_where_a_segment_comes_near_equals_the_naive_twin(bearing_deg, release_m):
    (past,) = segments_through([away(bearing_deg, 9e4), away(bearing_deg + 120.0, 9e4)])
    aim = normal_from_geodetic(*AIM)
    ours = angle_within(past.start, past.axis, past.angle_rad, aim, release_m)
    twin = naive.angle_within(past.start, past.axis, past.angle_rad, aim, release_m)
    # The twin walks 400 steps, and may step over a near miss.
    if abs(release_m - 45e3) > 200.0:
        assert ours == pytest.approx(twin, abs=past.angle_rad / 300)


def test_a_route_that_passes_by_outside_the_release_range_goes_on():
    past = segments_through([away(315, 9e4), away(45, 9e4), AIM])
    assert len(up_to(past, AIM, 2e4)) == 2


def test_a_route_that_starts_within_the_release_range_is_empty():
    assert up_to(segments_through([away(10, 1e4), AIM]), AIM, 2e4) == []


def test_a_route_without_release_range_goes_to_its_aim():
    segments = segments_through([away(10, 1e4), AIM])
    assert up_to(segments, AIM, 0.0) == segments


@given(st.floats(0.0, 1.0))
def test_the_parts_of_a_segment_make_the_whole(share):
    (segment,) = segments_through([away(33, 3e5), AIM])
    before, after = cut(segment, share * segment.angle_rad)
    assert before.length_m + after.length_m == pytest.approx(segment.length_m, abs=1e-3)
    assert end_of([after]) == pytest.approx(AIM, abs=1e-9)


def test_times_are_those_of_the_ground_speed_and_join():
    legs = timed(segments_through([away(0, 9e4), away(90, 9e4), AIM]), 300.0, 100.0)
    assert [leg.start_s for leg in legs][1:] == [leg.end_s for leg in legs][:-1]
    assert legs[0].start_s == 0.0
    assert legs[1].end_s - legs[1].start_s == pytest.approx(300.0, abs=1e-3)
    assert {leg.from_height_m for leg in legs} == {leg.to_height_m for leg in legs} == {100.0}


def test_a_dive_over_a_bend_is_even_along_both_legs():
    segments = segments_through([away(0, 9e4), away(0, 3e4), AIM])
    legs = timed(segments, 300.0, 1000.0, dive_m=6e4, end_height_m=0.0)
    assert [leg.from_height_m for leg in legs] == pytest.approx([1000, 1000, 500], abs=0.1)
    assert [leg.to_height_m for leg in legs] == pytest.approx([1000, 500, 0], abs=0.1)


def test_a_dive_longer_than_the_way_begins_at_the_start():
    (leg,) = timed(segments_through([away(0, 9e4), AIM]), 300.0, 1000.0, 2e5, 50.0)
    assert (leg.from_height_m, leg.to_height_m) == (1000.0, 50.0)


@given(st.floats(0.0, 6.28), st.floats(-5e4, 5e4), st.floats(-5e4, 5e4))
def test_a_shifted_place_lies_right_and_ahead(heading, right_m, ahead_m):
    place = shifted(AIM, heading, right_m, ahead_m)
    assert ground_distance_m(*AIM, *place) == pytest.approx(
        math.hypot(right_m, ahead_m), abs=0.01
    )


def test_right_of_north_is_east():
    assert shifted(AIM, 0.0, 1000.0, 0.0)[1] > AIM[1]
    assert shifted(AIM, 0.0, 0.0, 1000.0)[0] > AIM[0]
    assert shifted(AIM, 0.0, 0.0, 0.0) == AIM
