"""Identification: what tracks answer, do and come from makes a posterior; rules read it."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.arrays import copied
from bartizan.decide.conduct import is_on_airway
from bartizan.decide.doctrine import RulesOfEngagement
from bartizan.decide.identify import identify
from bartizan.decide.picture import Identity, make_picture
from bartizan.decide.zones import ZoneRule
from bartizan.events import EventKind, make_events
from tests.decide.scene import crowd, near_airway, own_assets, some_airways, some_zones, zone
from tests.naive import decide as naive
from tests.tables import (
    assert_same,
    assets,
    at_height,
    doctrine,
    ecef,
    ecef_velocity,
    standard,
    tracks,
)

pytestmark = pytest.mark.kernels

KEY = 5
INBOUND = at_height(60e3, 0.0, 9e3), ecef_velocity(-230.0, 0.0, 0.0)
PASSING = at_height(60e3, 60e3, 9e3), ecef_velocity(-230.0, 0.0, 0.0)
LOW_AND_FAST = at_height(60e3, 60e3, 60.0), ecef_velocity(-250.0, 0.0, 0.0)
BALLISTIC = at_height(150e3, 0.0, 60e3), ecef_velocity(-1200.0, 0.0, -300.0)
AIRWAY = {
    "airway_from": (ecef(200e3, 0.0, 0.0) / np.linalg.norm(ecef(200e3, 0.0, 0.0)))[np.newaxis],
    "airway_to": (ecef(-200e3, 0.0, 0.0) / np.linalg.norm(ecef(-200e3, 0.0, 0.0)))[np.newaxis],
    "airway_height_m": np.array([9.5e3]),
}
HOLD, FREE = int(RulesOfEngagement.WEAPONS_HOLD), int(RulesOfEngagement.WEAPONS_FREE)


def picture_of(table, plan=None, now_s=1.0, key=KEY):
    picture, events = make_picture(8), make_events(20)
    identify(plan or doctrine(), assets(), table, picture, events, key, now_s)
    return picture, events


def own(**changed):
    """The standard identification where all zones are, changed."""
    return standard(4)[0]._replace(**changed)


def rules(**changed):
    """The standard rules, changed."""
    return standard()[1]._replace(**changed)


def hostile(picture) -> float:
    return picture.posterior[0, Identity.HOSTILE]


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
    assert picture.posterior[0].sum() == pytest.approx(1.0)


@pytest.mark.parametrize("state", [INBOUND, LOW_AND_FAST])
def test_whoever_was_never_asked_is_less_hostile_than_the_silent(state) -> None:
    table = tracks(state)
    silent = hostile(picture_of(table)[0])
    table.iff_silent[0] = 0
    assert hostile(picture_of(table)[0]) < silent - 0.05


def test_a_ballistic_arc_identifies_itself() -> None:
    table = tracks(BALLISTIC)
    table.iff_silent[0] = 0
    assert picture_of(table)[0].identity[0] == Identity.HOSTILE


@pytest.mark.parametrize(
    ("column", "expected"), [("iff_civil", Identity.CIVIL), ("iff_friend", Identity.FRIEND)]
)
@pytest.mark.parametrize("roe", list(RulesOfEngagement))
def test_answers_clear_what_is_conspicuous_under_any_rules(column, expected, roe) -> None:
    table = tracks(INBOUND)
    getattr(table, column)[0], table.iff_silent[0] = 8, 1
    picture, _ = picture_of(table, doctrine(rules=int(roe)))
    assert picture.identity[0] == expected
    assert not picture.engageable[0]


def test_one_stray_answer_does_not_clear_a_silent_track() -> None:
    table = tracks(LOW_AND_FAST)
    table.iff_civil[0] = 1
    assert picture_of(table)[0].identity[0] == Identity.HOSTILE


def test_silence_a_hundred_times_is_one_fact() -> None:
    table = tracks(PASSING)
    table.iff_silent[0] = 5
    few = hostile(picture_of(table)[0])
    table.iff_silent[0] = 500
    many = hostile(picture_of(table)[0])
    assert many == pytest.approx(few, abs=1e-3)
    assert many < 0.95


def test_a_silent_aircraft_on_its_airway_is_not_hostile() -> None:
    on_airway, off = doctrine(**AIRWAY), doctrine()
    inside = hostile(picture_of(tracks(INBOUND), on_airway)[0])
    assert inside < 0.5 < hostile(picture_of(tracks(INBOUND), off)[0])
    beside = at_height(60e3, 15e3, 9e3), ecef_velocity(-230.0, -50.0, 0.0)
    picture, _ = picture_of(tracks(beside), on_airway)
    assert picture.identity[0] == Identity.HOSTILE


def test_nobody_follows_an_airway_at_wave_height() -> None:
    low = at_height(60e3, 0.0, 50.0), INBOUND[1]
    picture, _ = picture_of(tracks(low), doctrine(**AIRWAY))
    assert picture.identity[0] == Identity.HOSTILE


def test_whoever_keeps_to_his_airway_is_believed_ever_more_but_slowly() -> None:
    plan, table = doctrine(**AIRWAY), tracks(INBOUND)
    picture, events = make_picture(8), make_events(20)
    seen = []
    for now_s in (0.0, 5.0, 300.0):
        table.time_s[0], table.hits[0] = now_s, table.hits[0] + 1
        table.iff_silent[0] += 1
        identify(plan, assets(), table, picture, events, KEY, now_s)
        seen.append(hostile(picture))
    assert seen[0] > seen[1] > seen[2] > 0.05
    assert seen[0] - seen[1] < 0.02


def test_a_change_counts_once_it_lasts() -> None:
    plan, table = doctrine(), tracks(PASSING)
    picture, events = make_picture(8), make_events(20)
    seen = []
    for now_s, state in ((0.0, PASSING), (5.0, INBOUND), (10.0, INBOUND), (25.0, INBOUND)):
        table.mean[0] = np.concatenate(state)
        table.time_s[0], table.hits[0] = now_s, table.hits[0] + 1
        identify(plan, assets(), table, picture, events, KEY, now_s)
        seen.append(hostile(picture))
    assert seen[2] == pytest.approx(seen[0], abs=0.02)
    assert seen[3] > seen[2] + 0.05


def test_a_badly_known_speed_is_no_evidence() -> None:
    table = tracks(LOW_AND_FAST)
    table.covariance[0, 3:, 3:] = np.eye(3) * 100.0**2
    picture, _ = picture_of(table)
    assert picture.identity[0] == Identity.UNKNOWN


def test_whoever_comes_out_of_a_hostile_area_is_suspect_and_out_of_a_civil_one_not() -> None:
    corners = [(40e3, 40e3), (110e3, 40e3), (110e3, 80e3), (40e3, 80e3)]
    there, before = PASSING, (at_height(20e3, 60e3, 9e3), PASSING[1])
    plan = doctrine(identification=own(airway_end=np.empty((0, 3))))
    without = hostile(picture_of(tracks(there), plan)[0])
    for state in (there, before):  # inside, and by its course
        found = {
            rule: hostile(
                picture_of(tracks(state), plan._replace(zones=zone(rule, corners)))[0]
            )
            for rule in (ZoneRule.HOSTILE_ORIGIN, ZoneRule.CIVIL_ORIGIN)
        }
        assert found[ZoneRule.HOSTILE_ORIGIN] > without + 0.1
        assert found[ZoneRule.CIVIL_ORIGIN] < without - 0.1


def test_what_another_net_tells_moves_the_posterior() -> None:
    table, picture, events = tracks(PASSING), make_picture(8), make_events(20)
    identify(doctrine(), assets(), table, picture, events, KEY, 1.0)
    odds = picture.posterior[0, Identity.HOSTILE] / picture.posterior[0, Identity.CIVIL]
    picture.told_log_odds[0, Identity.HOSTILE] = 2.0
    identify(doctrine(), assets(), table, picture, events, KEY, 2.0)
    told = picture.posterior[0, Identity.HOSTILE] / picture.posterior[0, Identity.CIVIL]
    assert told == pytest.approx(odds * np.exp(2.0))


# ---- rules of engagement


def test_weapons_free_allows_shots_at_the_silent_unknown() -> None:
    on_airway = doctrine(rules=FREE, **AIRWAY)
    picture, _ = picture_of(tracks(INBOUND), on_airway)
    assert picture.identity[0] == Identity.UNKNOWN
    assert picture.engageable[0]


def test_weapons_hold_allows_shots_in_self_defence_only() -> None:
    far, near = INBOUND, (at_height(9e3, 0.0, 9e3), INBOUND[1])
    assert not picture_of(tracks(far), doctrine(rules=HOLD))[0].engageable[0]
    assert picture_of(tracks(near), doctrine(rules=HOLD))[0].engageable[0]
    never = doctrine(rules=HOLD, rules_of=rules(self_defence=False))
    assert not picture_of(tracks(near), never)[0].engageable[0]


def test_self_defence_ends_with_the_threat() -> None:
    table, plan = tracks((at_height(9e3, 0.0, 9e3), INBOUND[1])), doctrine(rules=HOLD)
    picture, events = picture_of(table, plan)
    assert picture.engageable[0]
    table.mean[0] = np.concatenate([at_height(-9e3, 0.0, 9e3), INBOUND[1]])
    identify(plan, assets(), table, picture, events, KEY, 2.0)
    assert picture.identity[0] == Identity.HOSTILE
    assert not picture.engageable[0]


def test_a_unit_defends_itself_too() -> None:
    state = at_height(60e3, 50e3, 100.0), ecef_velocity(-250.0, 0.0, 0.0)
    site = ecef(50e3, 50e3, 0.0)[np.newaxis]
    plan = doctrine(rules=HOLD, rules_of=rules(own_site_ecef_m=site))
    assert picture_of(tracks(state), plan)[0].engageable[0]
    elsewhere = doctrine(rules=HOLD, rules_of=rules(own_site_ecef_m=site[:0]))
    assert not picture_of(tracks(state), elsewhere)[0].engageable[0]


def test_nothing_is_engaged_in_a_no_fire_zone_while_it_holds() -> None:
    around = [(50e3, -10e3), (70e3, -10e3), (70e3, 10e3), (50e3, 10e3)]
    for changed, is_safe in (
        ({}, True),
        ({"end_s": np.array([0.5])}, False),
        ({"floor_m": np.array([9.5e3])}, False),
    ):
        plan = doctrine(zones=zone(ZoneRule.NO_FIRE, around)._replace(**changed))
        assert picture_of(tracks(INBOUND), plan)[0].engageable[0] != is_safe


def test_in_a_safe_corridor_no_unknown_is_fair_game() -> None:
    around = [(50e3, -10e3), (70e3, -10e3), (70e3, 10e3), (50e3, 10e3)]
    plan = doctrine(rules=FREE, **AIRWAY)
    assert picture_of(tracks(INBOUND), plan)[0].engageable[0]
    inside = plan._replace(zones=zone(ZoneRule.SAFE_CORRIDOR, around))
    assert not picture_of(tracks(INBOUND), inside)[0].engageable[0]


def test_a_crew_takes_its_time_to_decide() -> None:
    plan = doctrine(rules_of=rules(decision_median_s=20.0, decision_spread=0.5))
    waits_s = []
    for key in range(300):
        picture, _ = picture_of(tracks(BALLISTIC), plan, key=key)
        waits_s.append(picture.decided_s[0] - 1.0)
        assert bool(picture.engageable[0]) == (waits_s[-1] <= 0.0)
    table, picture = tracks(BALLISTIC), picture_of(tracks(BALLISTIC), plan)[0]
    identify(plan, assets(), table, picture, make_events(9), KEY, picture.decided_s[0])
    assert picture.engageable[0]
    logs = np.log(waits_s)
    assert np.median(waits_s) == pytest.approx(20.0, rel=0.1)
    assert logs.std() == pytest.approx(0.5, rel=0.15)


# ---- rows, events, twins


def test_a_row_taken_by_another_track_starts_anew() -> None:
    table = tracks(BALLISTIC)
    picture, events = picture_of(table)
    table.track_id[0], table.hits[0] = 9, 1
    table.iff_silent[0] = 0
    identify(doctrine(), assets(), table, picture, events, KEY, 2.0)
    assert picture.identity[0] == Identity.UNKNOWN
    assert picture.track_id[0] == 9
    np.testing.assert_allclose(picture.posterior[0], standard()[0].prior)


def test_a_track_whose_answers_were_forgotten_starts_its_evidence_anew() -> None:
    table = tracks(LOW_AND_FAST)
    picture, events = picture_of(table)
    table.iff_silent[0], table.hits[0], table.time_s[0] = 1, 2, 20.0
    identify(doctrine(), assets(), table, picture, events, KEY, 2.0)
    assert picture.conduct.manner[0] == -1
    np.testing.assert_allclose(picture.conduct.weight[0], 1.0)


def test_identification_is_logged_once_with_its_posterior_and_asks_for_planning() -> None:
    table = tracks(BALLISTIC)
    picture, events = picture_of(table)
    identify(doctrine(), assets(), table, picture, events, KEY, 2.0)
    assert events.size[0] == 1
    assert events.kind[0] == EventKind.IDENTIFIED
    assert events.code[0] == Identity.HOSTILE
    assert events.value[0] == hostile(picture)
    assert picture.replan[0]


@dataclass
class Scene:
    """A drawn airspace with six tracks in it."""

    plan: object
    table: object


def scene(draw, roe: RulesOfEngagement) -> Scene:
    airways = some_airways(draw)
    ends = np.concatenate([airways["airway_from"], airways["airway_to"]])
    sites = np.array([ecef(*draw.uniform(-60e3, 60e3, 2), 0.0)])
    plan = doctrine(
        rules=int(roe),
        identification=own(airway_end=ends, hold_s=draw.choice([0.0, 3.0])),
        rules_of=rules(own_site_ecef_m=sites, self_defence_miss_m=30e3),
        zones=some_zones(draw),
        **airways,
    )
    table = crowd(draw, 6)
    table.mean[0] = np.concatenate(near_airway(draw, airways))
    return Scene(plan, table)


@given(st.integers(0, 2**32 - 1), st.sampled_from(RulesOfEngagement))
def test_identify_does_what_its_naive_twin_does(seed: int, roe: RulesOfEngagement) -> None:
    draw = np.random.default_rng(seed)
    made = scene(draw, roe)
    plan, table, picture, events = made.plan, made.table, make_picture(8), make_events(80)
    twin, logged = copied(picture), []
    for now_s in (3.0, 5.0, 9.0):
        logged += naive.identify(plan, own_assets(), table, twin, now_s)
        identify(plan, own_assets(), table, picture, events, KEY, now_s)
        tolerance = {"posterior": 1e-6, "weight": 1e-6}
        assert_same(picture, twin, time_to_go_s=1.0, value=0.05, **tolerance)
        row = draw.integers(6)  # one is lost to another, one answers, one is well known at last
        table.track_id[row] += 50
        table.iff_civil[draw.integers(6)] += 6
        told = draw.normal(0.0, 2.0)
        for pictures in (picture, twin):
            pictures.told_log_odds[row - 1, 3] = told
        table.hits[:] += 2
        table.iff_silent[:] += 1
        table.time_s[:] = now_s
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
        height_m, aside_m = naive.height_m(state[0]), draw.choice([0.0, 3e3])
        expected = naive.is_on_airway(plan, *state, aside_m_s, aside_m)
        assert is_on_airway(plan, *state, aside_m_s, height_m, aside_m) == expected
