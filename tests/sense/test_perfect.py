"""Perfect sensing: exact reports, and still no truth in them."""

import numpy as np
import pytest

from bartizan.events import EventKind
from bartizan.rng import stable_id
from bartizan.sense.perfect import report_address, report_all
from bartizan.sense.plots import IffReply, PlotKind
from bartizan.world.truth import Phase, Side, Transponder
from tests.naive import sense as naive
from tests.sense.scene import KEY, Flight, Run, make_sense, make_world, rows_of
from tests.sense.test_plots import assert_same

pytestmark = pytest.mark.kernels

FLIGHTS = [
    Flight("raid.a[0]", end_s=5.0),
    Flight("raid.late[0]", start_s=3.0, transponder=Transponder.CIVIL),
    Flight("civil.a[0]", side=Side.CIVIL),
    Flight("own.a[0]", side=Side.FRIEND),
]


def perfect():
    sense = make_sense({"false_alarms_per_scan": 50.0}, perfect=True)
    return Run(sense, make_world(FLIGHTS))


def test_reports_are_those_of_the_twin():
    run = perfect().until(4.0)
    expected = []
    naive.report_all(run.world, run.targets, expected, KEY, 4.0)
    naive.order_plots(expected)
    assert len(expected) == 4
    assert_same(rows_of(run.plots), expected)


def test_every_flying_object_reports_exactly_where_it_is_each_tick():
    run = perfect()
    assert [len(run.tick(float(n), n + 1.0)) for n in range(7)] == [3, 3, 4, 4, 4, 3, 3]
    for row in run.rows:
        assert (row["kind"], row["sensor"], row["sigma_position_m"]) == (
            PlotKind.REPORT,
            0,
            1.0,
        )
    flying = run.targets.position_ecef_m[run.targets.phase == Phase.FLYING]
    reported = [row["position_ecef_m"] for row in run.rows[-3:]]
    assert sorted(map(tuple, flying.tolist())) == sorted(reported)


def test_addresses_stay_within_a_run_and_tell_nothing():
    run = perfect().until(10.0)
    by_address = {}
    for row in run.rows:
        by_address.setdefault(row["address"], set()).add(row["iff_reply"])
    assert len(by_address) == 4
    assert not set(by_address) & set(run.world.target_id.tolist())
    ids = run.world.target_id.tolist()
    assert set(by_address) == {naive.report_address(KEY, each) for each in ids}
    assert report_address(KEY, ids[0]) != report_address(stable_id("another"), ids[0])
    assert all(0 <= report_address(key, ids[0]) < 2**62 for key in range(50))


def test_the_true_side_is_the_reply_whatever_the_transponder_says():
    replies = [row["iff_reply"] for row in perfect().until(4.0).rows[-4:]]
    assert sorted(replies) == [
        IffReply.SILENT, IffReply.SILENT, IffReply.CIVIL, IffReply.FRIEND
    ]  # fmt: skip


def test_the_order_of_objects_leaves_no_trace():
    ours = perfect().until(5.0).rows
    sense = make_sense({}, perfect=True)
    theirs = Run(sense, make_world(FLIGHTS[::-1])).until(5.0).rows
    assert repr(ours) == repr(theirs)


def test_everything_counts_as_seen_from_its_first_tick():
    run = perfect()
    run.tick(0.0, 1.0)
    np.testing.assert_array_equal(run.looks.detected_in_tick, [True, False, True, True])
    run.until(8.0)
    assert run.looks.ever_covered.all()
    assert run.looks.ever_above_horizon.all()
    np.testing.assert_array_equal(run.looks.first_detected_s, [1.0, 3.0, 1.0, 1.0])
    assert [kind for kind, _, _ in run.logged()] == [EventKind.DETECTION_WON] * 4


def test_reports_that_do_not_fit_are_counted():
    run = Run(make_sense({}, perfect=True), make_world(FLIGHTS), capacity=2)
    run.tick(0.0, 1.0)
    assert (run.plots.size[0], run.plots.lost[0]) == (2, 1)
    report_all(run.world, run.targets, run.looks, run.plots, run.events, KEY, 2.0)
    assert run.plots.lost[0] == 4
