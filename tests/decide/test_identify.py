"""Identification: hostile needs positive evidence; silence alone never suffices."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.arrays import copied
from bartizan.decide.doctrine import RulesOfEngagement
from bartizan.decide.identify import identify, is_on_airway
from bartizan.decide.picture import Identity, make_picture
from bartizan.events import EventKind, make_events
from tests.decide.scene import crowd, near_airway, own_assets, some_airways
from tests.naive import decide as naive
from tests.tables import assert_same, assets, at_height, doctrine, ecef, ecef_velocity, tracks

pytestmark = pytest.mark.kernels

INBOUND = at_height(60e3, 0.0, 9e3), ecef_velocity(-230.0, 0.0, 0.0)
PASSING = at_height(60e3, 60e3, 9e3), ecef_velocity(-230.0, 0.0, 0.0)
LOW_AND_FAST = at_height(60e3, 60e3, 60.0), ecef_velocity(-250.0, 0.0, 0.0)
BALLISTIC = at_height(150e3, 0.0, 60e3), ecef_velocity(-1200.0, 0.0, -300.0)
AIRWAY = {
    "airway_from": (ecef(200e3, 0.0, 0.0) / np.linalg.norm(ecef(200e3, 0.0, 0.0)))[np.newaxis],
    "airway_to": (ecef(-200e3, 0.0, 0.0) / np.linalg.norm(ecef(-200e3, 0.0, 0.0)))[np.newaxis],
}


def picture_of(table, plan=None):
    picture, events = make_picture(8), make_events(20)
    identify(plan or doctrine(), assets(), table, picture, events, 1.0)
    return picture, events


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (PASSING, Identity.UNKNOWN),  # silent, but does nothing that civil aircraft do not
        (INBOUND, Identity.HOSTILE),
        (LOW_AND_FAST, Identity.HOSTILE),
        (BALLISTIC, Identity.HOSTILE),
    ],
)
def test_a_silent_track_is_hostile_only_by_what_it_does(state, expected) -> None:
    picture, _ = picture_of(tracks(state))
    assert picture.identity[0] == expected
    assert bool(picture.engageable[0]) == (expected == Identity.HOSTILE)


@pytest.mark.parametrize("state", [INBOUND, LOW_AND_FAST, BALLISTIC])
def test_hostile_behaviour_needs_silence_too(state) -> None:
    table = tracks(state)
    table.iff_silent[0] = 0
    picture, _ = picture_of(table)
    assert picture.identity[0] == Identity.UNKNOWN


@pytest.mark.parametrize(
    ("column", "expected"), [("iff_civil", Identity.CIVIL), ("iff_friend", Identity.FRIEND)]
)
def test_an_answer_settles_it_under_any_rules(column, expected) -> None:
    table = tracks(LOW_AND_FAST)
    getattr(table, column)[0] = 8
    for rules in RulesOfEngagement:
        picture, _ = picture_of(table, doctrine(rules=int(rules)))
        assert picture.identity[0] == expected
        assert not picture.engageable[0]


def test_one_stray_answer_does_not_clear_a_silent_track() -> None:
    table = tracks(LOW_AND_FAST)
    table.iff_civil[0] = 1
    assert picture_of(table)[0].identity[0] == Identity.HOSTILE


def test_a_silent_aircraft_on_its_airway_is_not_hostile() -> None:
    picture, _ = picture_of(tracks(INBOUND), doctrine(**AIRWAY))
    assert picture.identity[0] == Identity.UNKNOWN
    across = INBOUND[0], ecef_velocity(-160.0, 160.0, 0.0)
    beside = at_height(60e3, 15e3, 9e3), ecef_velocity(-230.0, -50.0, 0.0)
    assert picture_of(tracks(beside), doctrine(**AIRWAY))[0].identity[0] == Identity.HOSTILE
    assert picture_of(tracks(across), doctrine(**AIRWAY))[0].identity[0] == Identity.UNKNOWN


def test_a_badly_known_course_is_no_evidence() -> None:
    aslant = at_height(20e3, 8e3, 9e3), ecef_velocity(-213.0, -86.0, 0.0)
    table = tracks(aslant)
    assert picture_of(table, doctrine(**AIRWAY))[0].identity[0] == Identity.HOSTILE
    table.covariance[0, 3:, 3:] = np.eye(3) * 40.0**2
    assert picture_of(table, doctrine(**AIRWAY))[0].identity[0] == Identity.UNKNOWN


def test_weapons_free_allows_shots_at_the_silent_unknown() -> None:
    on_airway = doctrine(rules=int(RulesOfEngagement.WEAPONS_FREE), **AIRWAY)
    picture, _ = picture_of(tracks(INBOUND), on_airway)
    assert picture.identity[0] == Identity.UNKNOWN
    assert picture.engageable[0]


def test_a_badly_known_speed_is_no_evidence() -> None:
    table = tracks(LOW_AND_FAST)
    table.covariance[0, 3:, 3:] = np.eye(3) * 100.0**2
    picture, _ = picture_of(table)
    assert picture.identity[0] == Identity.UNKNOWN


def test_a_row_taken_by_another_track_starts_anew() -> None:
    table = tracks(BALLISTIC)
    picture, events = picture_of(table)
    table.track_id[0] = 9
    table.iff_silent[0] = 0
    identify(doctrine(), assets(), table, picture, events, 2.0)
    assert picture.identity[0] == Identity.UNKNOWN
    assert picture.track_id[0] == 9


def test_identification_is_logged_once_and_asks_for_planning() -> None:
    table = tracks(BALLISTIC)
    picture, events = picture_of(table)
    identify(doctrine(), assets(), table, picture, events, 2.0)
    assert events.size[0] == 1
    assert events.kind[0] == EventKind.IDENTIFIED
    assert events.code[0] == Identity.HOSTILE
    assert picture.replan[0]


@given(st.integers(0, 2**32 - 1), st.sampled_from(RulesOfEngagement))
def test_identify_does_what_its_naive_twin_does(seed: int, rules: RulesOfEngagement) -> None:
    draw = np.random.default_rng(seed)
    airways = some_airways(draw)
    plan = doctrine(rules=int(rules), **airways)
    table, picture, events = crowd(draw, 6), make_picture(8), make_events(40)
    table.mean[0] = np.concatenate(near_airway(draw, airways))
    twin, logged = copied(picture), []
    for now_s in (3.0, 5.0, 9.0):
        logged += naive.identify(plan, own_assets(), table, twin, now_s)
        identify(plan, own_assets(), table, picture, events, now_s)
        assert_same(picture, twin, time_to_go_s=1.0, value=0.05)
        row = draw.integers(6)  # one is lost to another, one answers, one is well known at last
        table.track_id[row] += 50
        table.iff_civil[draw.integers(6)] += 6
        table.hits[:] += 2
        table.iff_silent[:] += 1
    n = events.size[0]
    found = zip(events.subject[:n].tolist(), events.code[:n].tolist(), strict=True)
    assert list(found) == logged


@given(st.integers(0, 2**32 - 1))
def test_an_airway_is_a_lane_with_two_ends_and_two_senses(seed: int) -> None:
    draw = np.random.default_rng(seed)
    airways = some_airways(draw)
    plan = doctrine(**airways)
    for _ in range(20):
        state, aside_m_s = near_airway(draw, airways), draw.choice([0.0, 40.0, 500.0])
        expected = naive.is_on_airway(plan, *state, aside_m_s)
        assert is_on_airway(plan, *state, aside_m_s) == expected
