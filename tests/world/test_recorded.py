"""Recorded traffic in the world: moved rigidly, thinned within bounds, flown on time."""

import math
from itertools import pairwise

import numpy as np
import pytest
from pyproj import Geod

from bartizan.catalogue import resolve
from bartizan.rng import stable_id
from bartizan.scenario.recording import State, recording_of
from bartizan.simulate.lower import lower as lower_all
from bartizan.world.geodesy import geodetic_from_ecef
from bartizan.world.lower import lower
from bartizan.world.motion import position_velocity
from bartizan.world.recorded import (
    ABOVE_M,
    ASIDE_M,
    LONGEST_LEG_S,
    STEP_S,
    Moved,
    every,
    moved_place,
    thinned,
    waypoints,
)
from bartizan.world.truth import Motion, Side, Transponder
from tests.world.documents import figures, flow, scenario

GEOD = Geod(ellps="WGS84")
PARIS, ORIGIN = (48.7, 2.4), (-27.0, -17.0)
MOVED = {"from": {"lat": 48.7, "lon": 2.4}, "to": {"east": "0 km", "north": "0 km"}}


def way(n=60, step_s=10.0, speed_m_s=200.0, start=PARIS, turn_deg_s=0.0, climb_m_s=0.0):
    """Return states of an aircraft that sets out to the north, by pyproj."""
    lat, lon, states, heading = *start, [], 0.0
    for k in range(n):
        states.append(State(k * step_s, lat, lon, 5000.0 + climb_m_s * k * step_s))
        lon, lat, _ = GEOD.fwd(lon, lat, heading, speed_m_s * step_s)
        heading += turn_deg_s * step_s
    return states


def block(states=None, **more):
    states = {"3c6444": way()} if states is None else states
    recorded = {"aircraft": "airliner", "states": recording_of(states), "moved": MOVED}
    return {"recorded": recorded | more}


def lowered(states=None, **more):
    return lower(scenario(civil=block(states, **more)), figures())


def plan_of(states=None, **more):
    world, faults = lowered(states, **more)
    assert faults == []
    return world.plan


def lat_lon_height(plan, row, t_s):
    lat, lon, height = geodetic_from_ecef(*position_velocity(plan, row, t_s)[:3])
    return math.degrees(lat), math.degrees(lon), height


def bearing_distance(one, other):
    azimuth, _, distance = GEOD.inv(one[1], one[0], other[1], other[0])
    return azimuth, distance


def test_recorded_aircraft_are_rows_named_by_their_ids():
    world, faults = lowered({"3c6444": way(), "4ca1fa": way(start=(49.0, 3.0))})
    assert faults == []
    assert world.names.targets == ("recorded[3c6444]", "recorded[4ca1fa]")
    names = ("civil.recorded[3c6444]", "civil.recorded[4ca1fa]")
    assert list(world.plan.target_id) == [stable_id(name) for name in names]
    assert set(world.plan.side) == {Side.CIVIL}
    assert set(world.plan.motion) == {Motion.ROUTE}
    assert list(world.plan.aim_asset) == [-1, -1]


def test_a_move_keeps_distances_and_bearings_to_a_thousandth():
    rng = np.random.default_rng(5)
    places = [PARIS, *((PARIS[0] + a, PARIS[1] + b) for a, b in rng.uniform(-4, 4, (12, 2)))]
    moved = Moved(tuple(map(math.radians, PARIS)), tuple(map(math.radians, ORIGIN)))
    after = [
        tuple(map(math.degrees, moved_place(tuple(map(math.radians, place)), moved)))
        for place in places
    ]
    assert after[0] == pytest.approx(ORIGIN)
    for place, new in zip(places[1:], after[1:], strict=True):
        azimuth, _ = bearing_distance(PARIS, place)
        azimuth_after, _ = bearing_distance(ORIGIN, new)
        turn = math.remainder(azimuth_after - azimuth, 360.0)
        assert abs(turn) < 0.36  # a thousandth of a turn
    for i in range(len(places)):
        for j in range(i):
            _, before_m = bearing_distance(places[i], places[j])
            _, after_m = bearing_distance(after[i], after[j])
            assert after_m == pytest.approx(before_m, rel=1e-3)


def test_a_move_by_degrees_would_not_keep_distances():
    """The bound above tells a move from an addition of degrees."""
    (lat, lon), (to_lat, to_lon) = PARIS, ORIGIN
    _, before_m = bearing_distance(PARIS, (lat, lon + 2.0))
    _, after_m = bearing_distance(ORIGIN, (to_lat, to_lon + 2.0))
    assert after_m != pytest.approx(before_m, rel=0.1)


def test_angles_between_aircraft_are_kept():
    moved = Moved(tuple(map(math.radians, PARIS)), tuple(map(math.radians, ORIGIN)))
    places = [(50.0, 4.0), (49.0, 5.0), (51.5, 3.0)]

    def angle(a, b, c):
        return math.remainder(bearing_distance(a, b)[0] - bearing_distance(a, c)[0], 360.0)

    after = [
        tuple(map(math.degrees, moved_place(tuple(map(math.radians, place)), moved)))
        for place in places
    ]
    assert angle(*after) == pytest.approx(angle(*places), abs=0.1)


def test_an_aircraft_is_at_its_states_at_their_times():
    states = way(turn_deg_s=1.5, climb_m_s=4.0)
    plan = plan_of({"a": states}, at="3 min")
    assert (plan.start_s[0], plan.end_s[0]) == pytest.approx((180.0, 180.0 + states[-1].time_s))
    for state in states:
        azimuth, distance = bearing_distance(PARIS, (state.lat_deg, state.lon_deg))
        lon, lat, _ = GEOD.fwd(ORIGIN[1], ORIGIN[0], azimuth, distance)
        *here, height = lat_lon_height(plan, 0, 180.0 + state.time_s)
        assert bearing_distance((lat, lon), here)[1] < ASIDE_M + 5.0
        assert abs(height - state.altitude_m) < ABOVE_M + 1.0
    first, last = (lat_lon_height(plan, 0, t) for t in (plan.start_s[0], plan.end_s[0]))
    assert first[2] == pytest.approx(5000.0, abs=0.01)
    assert last[2] == pytest.approx(states[-1].altitude_m, abs=0.01)


def test_without_a_move_places_are_as_recorded():
    states = way(start=(-27.0, -17.0))
    plan = plan_of({"a": states}, moved=None)
    here = lat_lon_height(plan, 0, 0.0)
    assert here == pytest.approx((-27.0, -17.0, 5000.0), abs=1e-6)


def test_speed_and_heading_come_from_the_way():
    plan = plan_of({"a": way(speed_m_s=230.0)})
    velocity = position_velocity(plan, 0, 300.0)[3:]
    assert math.hypot(*velocity) == pytest.approx(230.0, rel=2e-3)


def test_a_straight_way_has_few_legs_and_a_turn_keeps_its_points():
    straight = thinned(waypoints(way(n=181, step_s=10.0), None))
    assert len(straight) == 1800 / LONGEST_LEG_S + 1
    turning = thinned(waypoints(way(n=61, turn_deg_s=1.5), None))
    assert len(turning) > 20


def test_thinned_ways_keep_near_every_state_left_out():
    for turn, climb in ((0.0, 0.0), (0.3, 0.0), (1.5, 6.0), (3.0, -2.0)):
        points = waypoints(way(n=90, turn_deg_s=turn, climb_m_s=climb), None)
        kept = thinned(points)
        assert (kept[0], kept[-1]) == (points[0], points[-1])
        for point in points:
            legs = ((a, b) for a, b in pairwise(kept) if a.time_s <= point.time_s <= b.time_s)
            a, b = next(legs)
            share = (point.time_s - a.time_s) / (b.time_s - a.time_s)
            x = np.array(a.normal) + share * (np.array(b.normal) - np.array(a.normal))
            aside_m = 6371e3 * np.linalg.norm(x / np.linalg.norm(x) - np.array(point.normal))
            assert aside_m <= ASIDE_M + 1.0
            height_m = a.height_m + share * (b.height_m - a.height_m)
            assert abs(height_m - point.height_m) <= ABOVE_M


def test_a_change_of_speed_keeps_its_point():
    slow, fast = way(n=7), way(n=7, speed_m_s=260.0)
    shift = slow[-1].lat_deg - fast[0].lat_deg
    later = [State(60.0 + s.time_s, s.lat_deg + shift, *s[2:]) for s in fast[1:]]
    times = [point.time_s for point in thinned(waypoints(slow + later, None))]
    assert times[0] == 0.0
    assert any(abs(time_s - 60.0) <= STEP_S for time_s in times[1:-1])


def test_states_are_at_least_ten_seconds_apart_with_both_ends():
    states = way(n=64, step_s=1.0)
    kept = every(states, STEP_S)
    assert [state.time_s for state in kept] == [0, 10, 20, 30, 40, 50, 63]
    assert every(states[:2], STEP_S) == states[:2]


def test_one_that_hovers_stays_where_it_is():
    hover = [State(10.0 * k, *PARIS, 300.0 + k) for k in range(20)]
    plan = plan_of({"a": hover})
    for t_s in (0.0, 95.0, 190.0):
        state = position_velocity(plan, 0, t_s)
        assert np.isfinite(state).all()
        lat, lon, height = lat_lon_height(plan, 0, t_s)
        assert (lat, lon) == pytest.approx(ORIGIN, abs=1e-6)
        assert height == pytest.approx(300.0 + t_s / 10.0, abs=0.1)


def test_after_a_gap_it_is_another_object():
    states = way(n=10)
    later = [state._replace(time_s=state.time_s + 1000.0) for state in way(n=10)]
    world, _ = lowered({"a": states + later})
    assert world.names.targets == ("recorded[a]", "recorded[a#2]")
    assert list(world.plan.start_s) == [0.0, 1000.0]


def test_objects_are_under_way_at_the_start_or_left_out():
    early, late = way(n=10), [s._replace(time_s=s.time_s + 800.0) for s in way(n=10)]
    world, faults = lowered({"early": early, "late": late}, at="-60 s")
    assert (world.names.targets, faults) == (("recorded[early]", "recorded[late]"), [])
    assert world.plan.start_s[0] == -60.0
    assert lowered({"early": early, "late": late}, at="-2 min")[0].names.targets == (
        "recorded[late]",
    )
    far = lowered({"early": early, "late": late}, at="59 min")[0]
    assert far.names.targets == ("recorded[early]",)


@pytest.mark.parametrize("at", ["-2 min", "60 min"])
def test_a_recording_outside_the_scenario_s_time_is_a_fault(at):
    world, (fault,) = lowered({"a": way(n=10)}, at=at)
    assert (fault.path, world.names.targets) == ("civil.recorded.at", ())
    assert fault.problem == "none of its aircraft flies in the scenario's time"
    assert fault.allowed == "0 s to 1 h, the scenario's time"


def test_a_recording_far_from_the_origin_is_a_fault_that_says_how_to_move_it():
    (fault,) = lowered({"a": way()}, moved=None)[1]
    assert (fault.path, fault.problem) == ("civil.recorded.states", "outside the theatre")
    distance_km = GEOD.inv(-17.0, -27.0, 2.4, 48.7 + 1.06)[2] / 1e3
    assert int(fault.given.split()[0]) == pytest.approx(distance_km, abs=20)
    assert re_moved(fault.remedy) == pytest.approx((49.2, 2.4), abs=0.1)


def re_moved(remedy):
    """Return the place that a remedy moves from."""
    words = remedy.replace("}", " ").replace(",", " ").split()
    return float(words[words.index("{lat:") + 1]), float(words[words.index("lon:") + 1])


def test_those_named_do_not_answer():
    states = {"a": way(n=9), "b": way(n=9, start=(49.0, 2.0))}
    civil, silent = int(Transponder.CIVIL), int(Transponder.SILENT)
    assert list(plan_of(states).transponder) == [civil, civil]
    assert list(plan_of(states, silent=["b"]).transponder) == [civil, silent]
    assert list(plan_of(states, transponder=False).transponder) == [silent, silent]


def test_it_flies_beside_flows_along_routes():
    document = scenario(civil={"way": flow("0 deg", "180 deg"), **block()})
    world, faults = lower(document, figures())
    assert faults == []
    assert world.names.targets == ("way[0]", "recorded[3c6444]")
    assert world.names.classes == ("airliner",)


def test_a_misspelt_override_is_a_fault_at_its_place():
    document = scenario(civil=block(overrides={"rsc": "1 m2"}))
    assert [fault.path for fault in lower(document, resolve())[1]] == [
        "civil.recorded.overrides.rsc"
    ]


def test_recorded_tracks_are_no_airways_that_the_defender_knows():
    both = scenario(civil={"way": flow("0 deg", "180 deg"), **block()})
    alone = scenario(civil=block())
    assert len(lower_all(both, resolve(), False)[0].decide.airway_from) == 1
    assert len(lower_all(alone, resolve(), False)[0].decide.airway_from) == 0
