"""GOSPA, OSPA and SIAP are those of Stone Soup's metric generators."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from stonesoup.measures import Euclidean
from stonesoup.metricgenerator.manager import MultiManager
from stonesoup.metricgenerator.ospametric import GOSPAMetric, OSPAMetric
from stonesoup.metricgenerator.tracktotruthmetrics import SIAPMetrics
from stonesoup.types.association import AssociationSet, TimeRangeAssociation
from stonesoup.types.groundtruth import GroundTruthPath, GroundTruthState
from stonesoup.types.state import State
from stonesoup.types.time import TimeRange
from stonesoup.types.track import Track

from bartizan.metrics.score import Settings, score
from tests.metrics.scenes import crowd, rows_table, times_of

START = datetime(2000, 1, 1)
CUTOFF_M = 400.0


def at(time_s):
    return START + timedelta(seconds=float(time_s))


@given(st.integers(0, 2**32 - 1), st.sampled_from([1.0, 2.0, 3.0]))
@settings(max_examples=15, deadline=None)
def test_gospa_and_its_parts_are_stone_soups_at_each_time(seed, order):
    tracks, truth = crowd(seed, times=4)
    series = score(tracks, truth, Settings(CUTOFF_M, order, None)).series
    metric, penalty = GOSPAMetric(c=CUTOFF_M, p=order), 0.5 * CUTOFF_M**order
    for k, (_, there, _, here) in enumerate(times_of(tracks, truth).values()):
        measured = metric.compute_gospa_metric(
            [State(place, timestamp=START) for place in here],
            [State(place, timestamp=START) for place in there],
        )
        theirs = measured[0].value
        assert series.gospa_m[k] == pytest.approx(theirs["distance"], rel=1e-9)
        assert series.localisation[k] == pytest.approx(theirs["localisation"], rel=1e-9)
        assert penalty * series.missed[k] == pytest.approx(theirs["missed"])
        assert penalty * series.false[k] == pytest.approx(theirs["false"])


@given(st.integers(0, 2**32 - 1), st.sampled_from([1.0, 2.0, 3.0]))
@settings(max_examples=15, deadline=None)
def test_ospa_is_stone_soups_at_each_time_or_less(seed, order):
    """Less for p > 1: it assigns by distances there, and raises them to p afterwards."""
    tracks, truth = crowd(seed, times=4)
    series = score(tracks, truth, Settings(CUTOFF_M, order, None)).series
    metric = OSPAMetric(c=CUTOFF_M, p=order)
    for k, (_, there, _, here) in enumerate(times_of(tracks, truth).values()):
        one, other = (
            [State(place, timestamp=START) for place in all_] for all_ in (here, there)
        )
        theirs = metric.compute_OSPA_distance(one, other).value
        assert series.ospa_m[k] <= theirs * (1.0 + 1e-9)
        if order > 1.0:
            costs = np.minimum(metric.compute_cost_matrix(one, other, complete=True), CUTOFF_M)
            costs **= order
            least = costs[linear_sum_assignment(costs)].sum() / max(len(one), len(other))
            theirs = least ** (1.0 / order)
        assert series.ospa_m[k] == pytest.approx(theirs, rel=1e-9)


def segments(draw, times):
    """Return times [first, last] for which a track is on an object: gaps and overlaps.

    At least two rows long, and ends at least two apart, for Stone Soup's count of tracks needed
    stops at a track of which one row only is left.
    """
    found = []
    for _ in range(draw.integers(0, 5)):
        first = int(draw.integers(0, times - 1))
        last = int(draw.integers(first + 1, times))
        if all(abs(last - other) >= 2 for _, other in found):
            found.append((first, last))
    return found


def noise(draw):
    return draw.normal(0.0, [40.0] * 3 + [5.0] * 3)


def stone_soups_siap(objects, held):
    """Return Stone Soup's SIAP of objects' rows and of tracks on them, by title."""
    truths, tracks, associations = [], [], []
    for i, rows in enumerate(objects):
        truths.append(
            GroundTruthPath([GroundTruthState(state, timestamp=at(t)) for t, state in rows])
        )
        for own in held[i]:
            tracks.append(Track([State(state, timestamp=at(t)) for t, state in own]))
            span = TimeRange(at(own[0][0]), at(own[-1][0]))
            associations.append(TimeRangeAssociation({truths[-1], tracks[-1]}, span))
    strays = [Track([State(np.full(6, 9e5), timestamp=at(t)) for t in (2, 3, 4)])]
    siap = SIAPMetrics(Euclidean((0, 1, 2)), Euclidean((3, 4, 5)))
    manager = MultiManager([siap])
    manager.add_data({"groundtruth_paths": truths, "tracks": tracks + strays})
    manager.association_set = AssociationSet(set(associations))
    return {metric.title: metric.value for metric in siap.compute_metric(manager)}


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_siap_is_stone_soups(seed):
    draw = np.random.default_rng(seed)
    times, n = 14, 4
    objects, held = [], []
    for i in range(n):
        first = int(draw.integers(0, 4))
        state = np.array([5_000.0 * i, 0.0, 0.0, *draw.normal(0.0, 50.0, 3)])
        ahead = np.concatenate([state[3:], np.zeros(3)])
        rows = [(first + k, state + k * ahead) for k in range(times - first)]
        objects.append(rows)
        spans = segments(draw, len(rows) - 1)
        held.append([[(t, s + noise(draw)) for t, s in rows[a : b + 1]] for a, b in spans])
    assume(any(held))
    theirs = stone_soups_siap(objects, held)
    found = score(*tables_of(objects, held), Settings(CUTOFF_M, 2.0, None)).siap
    names = {
        "Completeness": found.completeness,
        "Ambiguity": found.ambiguity,
        "Spuriousness": found.spuriousness,
        "Position Accuracy": found.position_accuracy_m,
        "Velocity Accuracy": found.velocity_accuracy_m_s,
        "Rate of Track Number Change": found.track_changes_per_s,
        "Longest Track Segment": found.longest_segment,
    }
    for name, value in names.items():
        assert value == pytest.approx(theirs[f"SIAP {name}"], rel=1e-9), name


def tables_of(objects, held):
    truth = [(float(t), i, s[:3], s[3:]) for i, rows in enumerate(objects) for t, s in rows]
    reports = [(float(t), 99, np.full(3, 9e5), np.full(3, 9e5)) for t in (2, 3, 4)]
    number = 100
    for own in (one for tracks in held for one in tracks):
        number += 1
        reports += [(float(t), number, s[:3], s[3:]) for t, s in own]
    return rows_table("track_id", reports), rows_table("truth_id", truth)
