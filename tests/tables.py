"""Small tables for tests of decide and engage, all about one site; and how to compare them."""

from functools import cache
from typing import NamedTuple

import numpy as np

from bartizan.catalogue import resolve
from bartizan.decide.alike import first_like
from bartizan.decide.doctrine import DecidePlan, EngagementRules
from bartizan.decide.fire import FirePlan
from bartizan.decide.identification import IdentificationPlan
from bartizan.decide.lower_identification import lower_identification
from bartizan.decide.zones import no_zones
from bartizan.scenario import load
from bartizan.sense.lower import lower as lower_sense
from bartizan.tracking.tracks import Tracks, TrackStatus, make_tracks
from bartizan.world.force import AssetsPlan, ForcePlan
from bartizan.world.geodesy import ecef_from_geodetic, enu_from_ecef
from bartizan.world.lower_nets import lower_nets

SITE_LAT_RAD, SITE_LON_RAD = np.radians(-27.4), np.radians(-17.6)


def ecef(east_m: float, north_m: float, up_m: float) -> np.ndarray:
    """ECEF of an offset in the tangent plane of the site."""
    site = np.array(ecef_from_geodetic(SITE_LAT_RAD, SITE_LON_RAD, 0.0))
    return site + enu_from_ecef(SITE_LAT_RAD, SITE_LON_RAD).T @ [east_m, north_m, up_m]


def ecef_velocity(east: float, north: float, up: float) -> np.ndarray:
    return enu_from_ecef(SITE_LAT_RAD, SITE_LON_RAD).T @ [east, north, up]


def at_height(east_m: float, north_m: float, height_m: float) -> np.ndarray:
    """ECEF above the ground point below an offset in the tangent plane, at a true height."""
    from bartizan.world.geodesy import geodetic_from_ecef

    lat, lon, _ = geodetic_from_ecef(*ecef(east_m, north_m, 0.0))
    return np.array(ecef_from_geodetic(lat, lon, height_m))


def force(n_unit: int = 1, rounds: int = 8, channels: int = 6, **changed: object) -> ForcePlan:
    """Return fire units at the site with one interceptor type of constant speed 1 000 m/s."""
    plan = ForcePlan(
        system_net=np.array([0]),
        system_tracks=np.array([300]),
        system_engagements=np.array([n_unit * channels]),
        unit_id=np.arange(1, n_unit + 1),
        unit_net=np.zeros(n_unit, dtype=np.int64),
        unit_system=np.zeros(n_unit, dtype=np.int64),
        unit_position_ecef_m=np.array([ecef(0.0, 0.0, 10.0)] * n_unit),
        unit_antenna_height_m=np.full(n_unit, 10.0),
        unit_guidance_range_m=np.full(n_unit, 400e3),
        unit_channels=np.full(n_unit, channels),
        unit_reaction_s=np.full(n_unit, 10.0),
        unit_launch_interval_s=np.full(n_unit, 3.0),
        unit_assessment_s=np.full(n_unit, 5.0),
        unit_kill_unseen_probability=np.zeros(n_unit),
        unit_miss_as_kill_probability=np.zeros(n_unit),
        unit_rounds=np.full((n_unit, 1), rounds),
        unit_fires=np.ones((n_unit, 1), dtype=bool),
        sensor_guides=np.ones(1, dtype=bool),
        interceptor_range_min_m=np.array([3e3]),
        interceptor_range_max_m=np.array([240e3]),
        interceptor_altitude_min_m=np.array([10.0]),
        interceptor_altitude_max_m=np.array([27e3]),
        interceptor_speed_near_m_s=np.array([1000.0]),
        interceptor_speed_far_m_s=np.array([1000.0]),
        interceptor_target_speed_max_m_s=np.array([2800.0]),
        interceptor_basket_m=np.array([1000.0]),
        interceptor_price_usd=np.array([1e6]),
        kill_probability=np.array([[0.7, 0.7]]),
        expected_kill=np.array([[0.7, 0.7]]),
    )
    return plan._replace(**changed)


def assets() -> AssetsPlan:
    """Return one asset at the site."""
    return AssetsPlan(
        asset_id=np.array([77]),
        position_ecef_m=ecef(0.0, 0.0, 0.0)[np.newaxis],
        value=np.array([10.0]),
        hits_to_destroy=np.array([2]),
        block=np.array([-1]),
    )


def doctrine(**changed: object) -> DecidePlan:
    """Return weapons tight and a planning every five seconds, with no airways."""
    plan = DecidePlan(
        rules=0,
        planning_period_s=5.0,
        reassess_s=15.0,
        commit_horizon_s=240.0,
        airway_from=np.empty((0, 3)),
        airway_to=np.empty((0, 3)),
        airway_height_m=np.empty(0),
        identification=standard()[0],
        rules_of=standard()[1],
        zones=no_zones(),
    )
    return plan._replace(**changed)


def fire(own: ForcePlan, n_asset: int = 1, **changed: object) -> FirePlan:
    """Return shoot-look-shoot for fire units: one round, two where there is no other look."""
    n_unit, n_kind = own.unit_rounds.shape
    plan = FirePlan(
        first_like=first_like(own),
        salvo=np.ones(n_unit, dtype=np.int64),
        salvo_later=np.ones(n_unit, dtype=np.int64),
        last_rounds=np.ones(n_unit, dtype=np.int64),
        last_rounds_from=np.full(n_unit, 2),
        rounds_max=np.full(n_unit, 4),
        commit_horizon_s=np.full(n_unit, 240.0),
        kill_probability_min=np.full(n_unit, 0.05),
        sooner_share=np.full(n_unit, 0.1),
        round_worth=np.zeros((n_unit, n_kind)),
        kept=np.zeros((n_unit, n_kind), dtype=np.int64),
        leaker_s=np.full(n_unit, 60.0),
        damage_rate=np.full(n_unit, np.nan),
        protects=np.ones((n_unit, n_asset), dtype=bool),
        takes_kept=np.zeros(n_asset, dtype=bool),
    )
    return plan._replace(**changed)


@cache
def standard(n_rule: int = 2) -> tuple[IdentificationPlan, EngagementRules]:
    """Return the catalogue's identification and rules where airways and zones are.

    No airway ends near here. Of `ZoneRule` the first ``n_rule`` are: with 4, hostile and civil
    origins are declared too.
    """
    scenario = load("quiet-sky")
    figures = resolve(pins=scenario.figures)
    sense, _ = lower_sense(scenario, figures, lower_nets(scenario, figures))
    everywhere = no_zones()._replace(rule=np.arange(n_rule))
    plan, rules, faults = lower_identification(scenario, figures, sense, everywhere)
    assert not faults
    return plan._replace(airway_end=np.empty((0, 3))), rules


def tracks(*states: tuple[np.ndarray, np.ndarray], capacity: int = 8) -> Tracks:
    """Return confirmed tracks of (position, velocity) at time 0, well known, all silent."""
    table = make_tracks(capacity)
    for row, (position, velocity) in enumerate(states):
        table.alive[row] = True
        table.track_id[row] = row + 1
        table.status[row] = TrackStatus.CONFIRMED
        table.mean[row] = np.concatenate([position, velocity])
        table.covariance[row] = np.diag([25.0] * 3 + [1.0] * 3)
        table.hits[row] = table.looks[row] = 10
        table.iff_silent[row] = 10
        table.confirmed_s[row] = table.first_s[row] = table.last_hit_s[row] = 0.0
    table.next_id[0] = len(states) + 1
    return table


def assert_same(found: NamedTuple, expected: NamedTuple, **tolerance: float) -> None:
    """Fail where a column differs by more than its tolerance, 0 if it has none."""
    for name, one, other in zip(found._fields, found, expected, strict=True):
        if isinstance(one, tuple):
            assert_same(one, other, **tolerance)
            continue
        np.testing.assert_allclose(
            one, other, rtol=0.0, atol=tolerance.get(name, 0.0), err_msg=name
        )
