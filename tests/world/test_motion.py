"""Motion: speed and height on a leg, the two-body arc, velocity, and the naive twin."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from bartizan.world.geodesy import GRAVITATION_M3_S2, height_m
from bartizan.world.ground import ground_distance_ecef_m
from bartizan.world.lower import lower
from bartizan.world.motion import anomaly_rad, position_velocity
from tests.naive import world as naive
from tests.world.documents import figures, flow, group, scenario

pytestmark = pytest.mark.kernels

VIA = [{"bearing": "40 deg", "range": "120 km"}, {"bearing": "10 deg", "range": "60 km"}]


def world_of(raid=None, civil=None, **more):
    world, faults = lower(scenario(raid, civil, **more), figures())
    assert faults == []
    return world.plan


MIXED = world_of(
    {
        "straight": group(),
        "bent": group("90 deg", via=VIA, weave=True, dive="30 km", terminal_altitude="20 m"),
        "weaving": group("200 deg", weave=True, altitude="3 km", dive="50 km"),
        "thrown": group("300 deg", "400 km", threat="srbm", at="1 min"),
    },
    {"airway": flow("30 deg", "200 deg", "100 deg", at="-5 min", altitude="10 km")},
)
NEAR_THE_POLE = world_of(
    {"over": group("0 deg", "300 km", weave=True), "arc": group("9 deg", threat="srbm")},
    origin={"lat": 89.4, "lon": 20.0},
)
AT_THE_DATE_LINE = world_of(
    {"east": group("90 deg", "300 km", weave=True), "arc": group("80 deg", threat="srbm")},
    origin={"lat": 12.0, "lon": -179.9},
)

worlds = st.sampled_from([MIXED, NEAR_THE_POLE, AT_THE_DATE_LINE])
fractions = st.floats(0.0, 1.0)


def objects(plan, which):
    return which % len(plan.start_s)


def time_in(plan, i, fraction):
    return plan.start_s[i] + fraction * (plan.end_s[i] - plan.start_s[i])


def at(plan, i, t):
    state = np.array(position_velocity(plan, i, t))
    return state[:3], state[3:]


@given(worlds, st.integers(0, 4), st.floats(-0.2, 1.2))
def test_a_position_equals_its_naive_twin(plan, which, fraction):
    i = objects(plan, which)
    t = time_in(plan, i, fraction)
    assert at(plan, i, t)[0] == pytest.approx(naive.position(plan, i, t), rel=0, abs=1e-3)


@given(worlds, st.integers(0, 4), fractions)
def test_a_velocity_is_the_derivative_of_the_position(plan, which, fraction):
    i, step_s = objects(plan, which), 0.01
    t = time_in(plan, i, 0.001 + 0.998 * fraction)
    if np.any(np.abs(plan.leg_start_s - t) < 2 * step_s):
        return  # it turns at once there
    slope = (at(plan, i, t + step_s)[0] - at(plan, i, t - step_s)[0]) / (2 * step_s)
    assert at(plan, i, t)[1] == pytest.approx(slope, rel=0, abs=2e-3)


@given(worlds, st.integers(0, 4))
def test_a_position_has_no_jumps(plan, which):
    i = objects(plan, which)
    for t in plan.leg_start_s[plan.leg_first[i] + 1 : plan.leg_first[i + 1]]:
        before, after = at(plan, i, t - 1e-6)[0], at(plan, i, t + 1e-6)[0]
        assert np.linalg.norm(after - before) < 0.01


@pytest.mark.parametrize("i", range(5))
def test_before_its_start_and_after_its_end_an_object_stays(i):
    start, end = MIXED.start_s[i], MIXED.end_s[i]
    assert np.array_equal(at(MIXED, i, start - 9.0), at(MIXED, i, start))
    assert np.array_equal(at(MIXED, i, end + 9.0), at(MIXED, i, end))


def test_a_route_is_flown_at_its_ground_speed_and_height():
    plan = world_of({"straight": group("10 deg", "500 km", altitude="0 m")})
    speeds = [np.linalg.norm(at(plan, 0, time_in(plan, 0, f))[1]) for f in (0.0, 0.3, 0.7, 1.0)]
    assert speeds == pytest.approx([250.0] * 4, rel=1e-3)
    heights = [height_m(*at(plan, 0, time_in(plan, 0, f))[0]) for f in (0.0, 0.5, 1.0)]
    assert heights == pytest.approx([0.0] * 3, abs=1e-6)
    assert plan.end_s[0] - plan.start_s[0] == pytest.approx(500e3 / 250.0, rel=1e-6)


def test_a_dive_goes_evenly_from_level_flight_to_its_end():
    dive = group(altitude="3 km", dive="50 km", terminal_altitude="100 m")
    plan = world_of({"diving": dive})
    heights = [
        height_m(*at(plan, 0, plan.end_s[0] - to_go_m / 250.0)[0])
        for to_go_m in (150e3, 60e3, 50e3, 25e3, 0.0)
    ]
    assert heights == pytest.approx([3000.0, 3000.0, 3000.0, 1550.0, 100.0], abs=1.0)


def test_a_weave_swings_by_its_amplitude_and_ends_on_the_route():
    plan = world_of({"weaving": group("0 deg", weave=True)})
    level = world_of({"weaving": group("0 deg")})
    times = np.linspace(plan.start_s[0], plan.end_s[0], 2001)
    aside = [np.linalg.norm(at(plan, 0, t)[0] - at(level, 0, t)[0]) for t in times]
    assert max(aside) == pytest.approx(500.0, abs=0.5)
    assert aside[0] == pytest.approx(0.0, abs=1e-6)
    assert aside[-1] == pytest.approx(0.0, abs=1e-6)


@given(st.floats(-2.5, 2.5), st.floats(0.0, 0.999))
def test_an_anomaly_solves_kepler_s_equation(x, eccentricity):
    mean = x + eccentricity * math.sin(x)
    again = anomaly_rad(mean, eccentricity)
    assert again + eccentricity * math.sin(again) == pytest.approx(mean, abs=1e-12)


@pytest.mark.parametrize("distance_km", [50, 300, 1000, 2000])
def test_an_arc_is_what_integrating_gravity_gives(distance_km):
    far = group("200 deg", f"{distance_km} km", threat="srbm", overrides=RANGE)
    plan = world_of({"thrown": far})
    start, end = plan.start_s[0], plan.end_s[0]

    def gravity(_, state):
        r = state[:3]
        return np.concatenate([state[3:], -GRAVITATION_M3_S2 * r / np.linalg.norm(r) ** 3])

    times = np.linspace(start, end, 5)
    launched = np.array(position_velocity(plan, 0, start))
    path = solve_ivp(gravity, (start, end), launched, t_eval=times, rtol=1e-10, atol=1e-4)
    ours = np.array([position_velocity(plan, 0, t) for t in times])
    assert np.abs(ours[:, :3] - path.y.T[:, :3]).max() < 1.0
    assert np.abs(ours[:, 3:] - path.y.T[:, 3:]).max() < 1e-2


RANGE = {"range_max": "3000 km"}


@pytest.mark.parametrize("bearing", ["0 deg", "90 deg", "225 deg"])
@pytest.mark.parametrize(
    ("distance_km", "speed_m_s", "apogee_km", "duration_s"),
    [
        (300, 1696, 74, 251),
        (500, 2173, 123, 327),
        (1000, 3016, 240, 474),
        (2000, 4113, 459, 702),
    ],
)
def test_a_ballistic_flight_is_as_the_books_say(
    bearing, distance_km, speed_m_s, apogee_km, duration_s
):
    """Minimum-energy arcs, drag-free, spherical: the simulated ones are within 1 %."""
    far = group(bearing, f"{distance_km} km", threat="srbm", overrides=RANGE)
    plan = world_of({"thrown": far})
    times = np.linspace(plan.start_s[0], plan.end_s[0], 1001)
    heights = [height_m(*at(plan, 0, t)[0]) for t in times]
    launched, landed = at(plan, 0, times[0]), at(plan, 0, times[-1])
    assert np.linalg.norm(launched[1]) == pytest.approx(speed_m_s, rel=0.01)
    assert max(heights) == pytest.approx(apogee_km * 1e3, rel=0.01)
    assert times[-1] - times[0] == pytest.approx(duration_s, rel=0.01)
    assert (heights[0], heights[-1]) == pytest.approx((0.0, 0.0), abs=1e-3)
    flown = ground_distance_ecef_m(*launched[0], *landed[0])
    assert flown == pytest.approx(distance_km * 1e3, rel=1e-6)
