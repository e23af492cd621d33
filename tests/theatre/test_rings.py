"""Rings: what lies inside is covered by the rules of a look, and what lies outside is not."""

import math

import numpy as np
import pyproj
import pytest

from bartizan.sense.detection import detection_probability
from bartizan.sense.horizon import ground_range_m, horizon_range_m, is_above_horizon
from bartizan.sense.radar import Radar, is_covered, mean_snr
from bartizan.simulate.lower import lower
from bartizan.theatre.rings import coverage, detection_range_m, envelope
from bartizan.theatre.theatre import theatre_of
from bartizan.world.geodesy import ecef_from_geodetic, polar_from_ecef
from bartizan.world.truth import Swerling
from tests.theatre.scenes import figures_of, scene

GEODESIC = pyproj.Geod(ellps="WGS84")
SCENARIO = scene()
THEATRE = theatre_of(SCENARIO, figures_of(SCENARIO))
PLAN, _ = lower(SCENARIO, figures_of(SCENARIO), perfect=False)


def is_seen(r, lat_deg, lon_deg, altitude_m, rcs_m2, probability=0.5):
    """Whether a look has a chance of at least so much, by the functions of `sense`."""
    radar = Radar(r, *(column[r] for column in PLAN.sense[1:]))
    x, y, z = ecef_from_geodetic(math.radians(lat_deg), math.radians(lon_deg), altitude_m)
    site = radar.position_ecef_m
    range_m, azimuth, elevation = polar_from_ecef(x, y, z, site, radar.enu_from_ecef)
    if not is_covered(radar, range_m, azimuth, elevation):
        return False
    if not is_above_horizon(radar.antenna_height_m, altitude_m, ground_range_m(site, x, y, z)):
        return False
    snr = mean_snr(radar, range_m, rcs_m2)
    chance = detection_probability(snr, radar.false_alarm_probability, Swerling.SLOW)
    return chance >= probability


def moved(radar, place, by_m):
    """Return a place moved away from a radar."""
    lat, lon = radar.place[:2]
    azimuth, _, away_m = GEODESIC.inv(lon, lat, place[1], place[0])
    to_lon, to_lat, _ = GEODESIC.fwd(lon, lat, azimuth, away_m + by_m)
    return to_lat, to_lon


@pytest.mark.parametrize("r", range(len(THEATRE.radars)))
@pytest.mark.parametrize("altitude_m", [100.0, 3e3, 11e3])
def test_a_coverage_ends_where_looks_end(r, altitude_m):
    radar, rcs_m2 = THEATRE.radars[r], 0.5
    ring = coverage(radar, altitude_m, rcs_m2)
    half = radar.sector_width_deg / 2.0
    # Edges of a sector run along a bearing, so that only its arcs are crossed.
    arc = ring.outline[3:-4:7] if half >= 179.9 else ring.outline[3:57:7]
    for place in arc:
        assert is_seen(r, *moved(radar, place, -100.0), altitude_m, rcs_m2)
        assert not is_seen(r, *moved(radar, place, 100.0), altitude_m, rcs_m2)
    for place in ring.hole[::30]:
        assert is_seen(r, *moved(radar, place, 100.0), altitude_m, rcs_m2)
        assert not is_seen(r, *moved(radar, place, -100.0), altitude_m, rcs_m2)


def test_low_coverage_ends_at_the_horizon_of_four_thirds_of_the_earth():
    radar = THEATRE.radars[0]
    ring = coverage(radar, 100.0, rcs_m2=100.0)
    lons, lats = ring.outline[:, 1], ring.outline[:, 0]
    n = len(lons)
    _, _, away_m = GEODESIC.inv([radar.place[1]] * n, [radar.place[0]] * n, lons, lats)
    horizon_m = horizon_range_m(radar.antenna_height_m, 100.0)
    assert np.allclose(away_m, horizon_m, rtol=4e-3)


def test_a_small_echo_shrinks_the_coverage_by_its_fourth_root():
    radar = THEATRE.radars[0]
    ratio = detection_range_m(radar, 1.0) / detection_range_m(radar, 0.01)
    assert ratio == pytest.approx(100.0**0.25)


def test_a_sector_is_one_polygon_about_its_middle():
    (radar,) = (radar for radar in THEATRE.radars if radar.sector_width_deg < 359.0)
    ring = coverage(radar, 8e3)
    assert len(ring.hole) == 0
    assert (ring.outline[0] == ring.outline[-1]).all()
    n = len(ring.outline)
    azimuth, _, _ = GEODESIC.inv(
        [radar.place[1]] * n, [radar.place[0]] * n, ring.outline[:, 1], ring.outline[:, 0]
    )
    turn = np.mod(np.array(azimuth) - radar.sector_centre_deg + 180.0, 360.0) - 180.0
    assert np.abs(turn).max() == pytest.approx(radar.sector_width_deg / 2.0, abs=0.1)


def test_outlines_run_counterclockwise_and_holes_clockwise():
    ring = coverage(THEATRE.radars[0], 8e3)
    for places, sign in ((ring.outline, 1.0), (ring.hole, -1.0)):
        lat, lon = places[:, 0], places[:, 1]
        twice_area = np.sum(lon[:-1] * lat[1:] - lon[1:] * lat[:-1])
        assert np.sign(twice_area) == sign


def test_nothing_is_covered_above_all_ranges():
    assert coverage(THEATRE.radars[0], 2e6) is None


def test_an_envelope_ends_at_the_range_of_its_interceptor():
    launcher = THEATRE.launchers[0]
    for interceptor in launcher.rounds:
        altitude_m = 0.5 * (interceptor.altitude_min_m + interceptor.altitude_max_m)
        ring = envelope(launcher, interceptor, altitude_m)
        site = np.array(ecef(launcher.place))
        slant_m = [np.linalg.norm(np.array(ecef(p)) - site) for p in ring.outline]
        reach_m = min(interceptor.range_max_m, launcher.guidance_range_m)
        assert slant_m == pytest.approx([reach_m] * len(slant_m), abs=50.0)


def test_an_envelope_has_nothing_above_its_ceiling_and_below_its_floor():
    launcher = THEATRE.launchers[0]
    interceptor = launcher.rounds[0]
    assert envelope(launcher, interceptor, interceptor.altitude_max_m + 1.0) is None
    assert envelope(launcher, interceptor, interceptor.altitude_min_m - 1.0) is None
    assert envelope(launcher, interceptor, interceptor.altitude_max_m) is not None


def ecef(place):
    lat_deg, lon_deg, height_m = place
    return ecef_from_geodetic(math.radians(lat_deg), math.radians(lon_deg), height_m)
