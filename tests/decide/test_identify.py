"""Identification: hostile needs positive evidence; silence alone never suffices."""

import numpy as np
import pytest

from bartizan.decide.doctrine import RulesOfEngagement
from bartizan.decide.identify import identify
from bartizan.decide.picture import Identity, make_picture
from bartizan.events import EventKind, make_events
from tests.tables import assets, at_height, doctrine, ecef, ecef_velocity, tracks

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
