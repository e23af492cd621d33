"""What holds of every score: perfect tracks, order of rows, names, nothing there."""

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bartizan
from bartizan.metrics.score import Settings, score
from tests.metrics.scenes import PLACE, SIGMAS, VELOCITY, VELOCITY_SIGMAS, crowd, table

ALL = Settings(400.0, 2.0, None)
seeds = st.integers(0, 2**32 - 1)


def without(document, *names):
    return {name: part for name, part in document.items() if name not in names}


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_perfect_tracks_have_no_distance_and_no_fault(seed):
    _, truth = crowd(seed)
    names = ["track_id" if name == "truth_id" else name for name in truth.column_names]
    found = score(truth.rename_columns(names), truth, ALL)
    assert found.distance.gospa_m == found.distance.ospa_m == 0.0
    assert found.clear[:4] == (0, 0, 0, 0)
    assert (found.clear.mota, found.clear.motp_m) == (1.0, 0.0)
    assert found.identity[:3] == (1.0, 1.0, 1.0)
    assert found.accuracy == (0.0, 0.0)
    assert found.siap[:3] == (1.0, 1.0, 0.0)
    assert found.siap.track_changes_per_s == 0.0
    assert found.siap.longest_segment == 1.0


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_does_not_matter(seed):
    tracks, truth = crowd(seed)
    draw = np.random.default_rng(seed)
    shuffled = [one.take(draw.permutation(len(one))) for one in (tracks, truth)]
    assert score(*shuffled, ALL).document == score(tracks, truth, ALL).document


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_other_names_of_the_same_things_do_not_matter(seed):
    tracks, truth = crowd(seed)
    renamed = []
    for one, key in ((tracks, "track_id"), (truth, "truth_id")):
        names = pa.array([f"x{hash((seed, int(n)))}" for n in one.column(key).to_pylist()])
        renamed.append(one.set_column(one.column_names.index(key), key, names))
    assert score(*renamed, ALL).document == score(tracks, truth, ALL).document


def test_without_tracks_everything_is_missed():
    tracks, truth = crowd(1)
    found = score(tracks.slice(0, 0), truth, ALL)
    n = found.series.objects
    np.testing.assert_allclose(found.series.gospa_m, 400.0 * np.sqrt(n / 2.0))
    assert found.distance.missed == 1.0
    assert found.distance.ospa_m == 400.0
    assert found.clear.misses == len(truth)
    assert found.identity.idp is None
    assert found.identity.idf1 == found.siap.completeness == 0.0
    assert found.counts.silent_times == found.counts.times


def test_without_truth_everything_is_false():
    tracks, truth = crowd(1)
    found = score(tracks, truth.slice(0, 0), ALL)
    assert found.distance.false == 1.0
    assert found.clear.false_reports == len(tracks)
    assert found.clear.mota is None
    assert found.siap.spuriousness == 1.0


def test_what_is_known_in_closed_form():
    """Two objects: one tracked 30 m off, one not; one track far from both."""
    truth = table(
        "truth_id", [0, 0], [1, 2], [[0, 0, 0], [9e3, 0, 0]], [[100, 0, 0], [0, 0, 0]]
    )
    tracks = table(
        "track_id", [0, 0], [5, 6], [[0, 30, 0], [0, 5e3, 0]], [[96, 3, 0], [0, 0, 0]]
    )
    found = score(tracks, truth, Settings())
    assert found.distance.gospa_m == pytest.approx(math.sqrt(30**2 + 500**2))
    assert found.distance.ospa_m == pytest.approx(math.sqrt((30**2 + 500**2) / 2))
    assert found.distance.localisation == pytest.approx(900 / (900 + 250_000))
    assert found.accuracy == pytest.approx((30.0, 5.0))
    assert (found.siap.completeness, found.siap.spuriousness) == (0.5, 0.5)


def test_a_track_that_comes_back_is_a_change_of_siap_and_no_switch():
    time_s = np.arange(0.0, 14.0, 2.0)
    truth = table("truth_id", time_s, [1] * 7, np.zeros((7, 3)))
    seen_s = time_s[[0, 1, 2, 4, 5, 6]]
    tracks = table("track_id", seen_s, [7] * 6, np.zeros((6, 3)))
    found = score(tracks, truth, ALL)
    assert (found.clear.switches, found.clear.fragmentations) == (0, 1)
    assert found.siap.track_changes_per_s == pytest.approx(1 / 8)  # once in 2 × 4 s with it
    assert found.siap.longest_segment == pytest.approx(4 / 12)


def test_tentative_tracks_and_those_with_too_many_misses_do_not_count():
    time_s = np.arange(6.0)
    truth = table("truth_id", time_s, [1] * 6, np.zeros((6, 3)))
    status = ["tentative", "confirmed", "coasting", "coasting", "coasting", "confirmed"]
    tracks = table("track_id", time_s, [7] * 6, np.zeros((6, 3)), status=status)
    assert score(tracks, truth, ALL).series.missed.tolist() == [1, 0, 0, 0, 0, 0]
    counted = tracks.append_column("n_updates", pa.array([1, 2, 2, 2, 2, 3]))
    assert score(counted, truth, Settings()).series.missed.tolist() == [1, 0, 0, 0, 1, 0]
    assert score(counted, truth, ALL).series.missed.tolist() == [1, 0, 0, 0, 0, 0]
    told = tracks.append_column("misses", pa.array([0, 0, 0, 1, 2, 3]))
    found = score(told, truth, Settings(max_misses=1))
    assert found.series.missed.tolist() == [1, 0, 0, 0, 1, 1]


def test_times_are_equal_within_a_millisecond_and_the_others_are_told():
    truth = table("truth_id", [0.0, 1.0, 2.0], [1, 1, 1], np.zeros((3, 3)))
    tracks = table("track_id", [0.0009, 0.5, 2.002], [1, 1, 1], np.zeros((3, 3)))
    found = score(tracks, truth, ALL)
    assert found.series.missed.tolist() == [0, 1, 1]
    assert (found.counts.unscored_reports, found.counts.silent_times) == (2, 2)
    found = score(tracks, truth, ALL._replace(times="reports"))
    assert found.series.time_s.tolist() == [0.0]
    assert found.series.missed.tolist() == [0]


@pytest.mark.parametrize("columns", [SIGMAS, SIGMAS + VELOCITY_SIGMAS])
def test_errors_as_large_as_stated_are_consistent_and_larger_ones_are_not(columns):
    draw = np.random.default_rng(1)
    n, sigma = 4_000, np.array([20.0, 50.0, 90.0, 2.0, 5.0, 9.0])
    time_s, number = np.repeat(np.arange(100.0), 40), np.tile(np.arange(40), 100)
    state = np.column_stack([1e4 * number, np.zeros((n, 2)), np.full((n, 3), 50.0)])
    seen = state + draw.normal(size=(n, 6)) * sigma
    truth = table("truth_id", time_s, number, state[:, :3], state[:, 3:])
    sigmas = {name: np.full(n, sigma[k]) for k, name in enumerate(columns)}
    tracks = table("track_id", time_s, number, seen[:, :3], seen[:, 3:], **sigmas)
    found = score(tracks, truth, Settings()).consistency
    assert found.dimensions == len(columns)
    assert found.mean == pytest.approx(len(columns), rel=0.04)
    assert found.inside == pytest.approx(0.95, abs=0.015)
    assert found.times_inside == pytest.approx(0.95, abs=0.07)
    halved = {name: values / 2.0 for name, values in sigmas.items()}
    tracks = table("track_id", time_s, number, seen[:, :3], seen[:, 3:], **halved)
    found = score(tracks, truth, Settings()).consistency
    assert found.mean == pytest.approx(4.0 * len(columns), rel=0.04)
    assert found.times_inside == 0.0


@given(st.floats(-89.9, 89.9), st.floats(-180.0, 180.0), seeds)
@settings(max_examples=25, deadline=None)
def test_geodetic_places_score_like_the_plane_that_they_come_from(lat_deg, lon_deg, seed):
    pyproj = pytest.importorskip("pyproj")
    tracks, truth = crowd(seed, times=4)
    place = f"+proj=topocentric +ellps=WGS84 +lon_0={lon_deg!r} +lat_0={lat_deg!r} +h_0=3000"
    pipeline = (
        f"+proj=pipeline +step +inv {place} +step +inv +proj=cart +ellps=WGS84 "
        "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
    to_degrees = pyproj.Transformer.from_pipeline(pipeline)
    moved = []
    for one in (tracks, truth):
        plane = [np.asarray(one.column(name)) for name in PLACE]
        lon, lat, height_m = to_degrees.transform(*plane)
        columns = {"lat_deg": lat, "lon_deg": lon, "height_m": height_m}
        moved.append(
            pa.table(
                {**dict(zip(one.column_names, one.columns, strict=True)), **columns}
            ).drop_columns([*PLACE, *VELOCITY])
        )
    found, expected = score(*moved, ALL), score(tracks, truth, ALL)
    np.testing.assert_allclose(found.series.gospa_m, expected.series.gospa_m, rtol=1e-6)
    assert found.identity == expected.identity
    assert found.accuracy.position_m == pytest.approx(expected.accuracy.position_m, rel=1e-6)
    assert found.accuracy.velocity_m_s is None


def test_velocities_and_sigmas_are_east_north_and_up_where_the_track_is():
    """At the pole and far round the Earth the local axes are others than at the origin."""
    columns = {"time_s": [0.0, 0.0], "height_m": [1e3, 1e3]}
    columns |= {"lat_deg": [89.0, -30.0], "lon_deg": [170.0, -60.0]}
    speeds = dict(zip(VELOCITY, ([100.0, 0.0], [0.0, 200.0], [5.0, -5.0]), strict=True))
    truth = pa.table({**columns, **speeds, "truth_id": [1, 2]})
    north = {**columns, "lat_deg": [89.0 + 0.001, -30.0 + 0.001]}  # 111.7 m and 110.9 m north
    sigma = dict(zip(SIGMAS, ([1.0, 1.0], [111.2, 111.2], [1.0, 1.0]), strict=True))
    tracks = pa.table({**north, **speeds, **sigma, "track_id": [1, 2]})
    found = score(tracks, truth, Settings())
    assert found.accuracy.position_m == pytest.approx(111.2, abs=0.6)
    assert found.accuracy.velocity_m_s == pytest.approx(0.0, abs=0.2)
    # The whole error is to the north, where sigma is large.
    assert found.consistency.mean == pytest.approx(1.0, rel=0.02)


def test_a_pandas_frame_is_a_table_too():
    pytest.importorskip("pandas")
    tracks, truth = crowd(2)
    found = bartizan.score(tracks.to_pandas(), truth.to_pandas(), cutoff_m=400.0)
    assert found.document == bartizan.score(tracks, truth, cutoff_m=400.0).document
    assert "GOSPA" in repr(found)
