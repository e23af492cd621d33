"""Switches, fragmentations, MOTA, MOTP and IDF1 are those of py-motmetrics."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.metrics.instants import TIMES
from bartizan.metrics.near import near_pairs
from bartizan.metrics.record import record_of
from bartizan.metrics.reports import read
from bartizan.metrics.score import Settings, score
from tests.metrics.scenes import crowd

motmetrics = pytest.importorskip("motmetrics", reason="py-motmetrics is not installed")

CUTOFF_M = 400.0
NAMES = {
    "num_switches": lambda found: found.clear.switches,
    "num_fragmentations": lambda found: found.clear.fragmentations,
    "num_misses": lambda found: found.clear.misses,
    "num_false_positives": lambda found: found.clear.false_reports,
    "mota": lambda found: found.clear.mota,
    "motp": lambda found: found.clear.motp_m,
    "idf1": lambda found: found.identity.idf1,
    "idp": lambda found: found.identity.idp,
    "idr": lambda found: found.identity.idr,
}


def theirs(tracks, truth):
    """Return what py-motmetrics makes of the same states, in the same order."""
    record = record_of(*read(tracks, truth, ("", "")), TIMES[0], None)
    accumulator = motmetrics.MOTAccumulator(auto_id=False)
    for k in range(len(record.time_s)):
        there, here = (one.instant == k for one in (record.objects, record.tracks))
        apart_m = np.linalg.norm(
            record.objects.position_m[there][:, None] - record.tracks.position_m[here], axis=2
        )
        apart_m[apart_m >= CUTOFF_M] = np.nan
        numbers = record.objects.number[there], record.tracks.number[here]
        accumulator.update(*numbers, apart_m, frameid=k)
    found = motmetrics.metrics.create().compute(accumulator, metrics=list(NAMES), name="x")
    return {name: found[name].iloc[0] for name in NAMES}


@given(st.integers(0, 2**32 - 1), st.sampled_from([600.0, 1_500.0, 6_000.0]))
@settings(max_examples=25, deadline=None)
def test_clear_mot_and_idf1_are_those_of_py_motmetrics(seed, side_m):
    tracks, truth = crowd(seed, side_m=side_m)
    found = score(tracks, truth, Settings(CUTOFF_M, 2.0, None))
    expected = theirs(tracks, truth)
    for name, value in NAMES.items():
        assert value(found) == pytest.approx(expected[name], rel=1e-12), name


def test_the_crowd_has_what_is_to_be_counted():
    found = [score(*crowd(seed), Settings(CUTOFF_M)).clear for seed in range(5)]
    assert min(one.switches for one in found) >= 3
    assert min(one.fragmentations for one in found) >= 3
    assert min(one.false_reports for one in found) >= 3


def test_pairs_are_all_that_are_nearer_than_the_cut_off():
    tracks, truth = crowd(3)
    record = record_of(*read(tracks, truth, ("", "")), "truth", None)
    pairs = near_pairs(record, CUTOFF_M)
    one, other = record.objects, record.tracks
    apart_m = np.linalg.norm(one.position_m[:, None] - other.position_m, axis=2)
    expected = (apart_m < CUTOFF_M) & (one.instant[:, None] == other.instant)
    assert set(zip(pairs.row, pairs.column, strict=True)) == set(
        zip(*expected.nonzero(), strict=True)
    )
    np.testing.assert_allclose(pairs.distance_m, apart_m[pairs.row, pairs.column])
