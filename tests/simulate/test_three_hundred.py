"""The sentence put to the test: three hundred at a time, as claimed and as published.

Slow for a test (two replications of 330 threats), and worth it: the scenario exists for what is
asserted here.
"""

import numpy as np
import pytest

import bartizan
from bartizan.catalogue import resolve
from bartizan.sense.horizon import ground_range_m, is_above_horizon
from bartizan.simulate.lower import lower
from bartizan.world.geodesy import geodetic_from_ecef
from bartizan.world.motion import position_velocity
from bartizan.world.truth import Side

NAME = "three-hundred"
VARIED = ("system_tracks", "system_engagements", "unit_channels")
VARIED_OF_TYPES = ("interceptor_altitude_max_m", "kill_probability", "expected_kill")


@pytest.fixture(scope="module")
def summary():
    """One run under claims, with what nominal figures give beside it."""
    return bartizan.run(NAME, figures="claimed", record="none").summary


def plan_of(choice):
    scenario = bartizan.load(NAME)
    plan, faults = lower(scenario, resolve(choice, scenario.figures, vary=scenario.vary), False)
    assert not faults
    return plan


def columns_of(table, path=""):
    """Yield the columns of a table and of those inside it, by name."""
    for name, column in table._asdict().items():
        if hasattr(column, "_asdict"):
            yield from columns_of(column, f"{path}{name}.")
        else:
            yield path + name, column


def test_330_threats_of_mixed_classes_are_above_the_horizon_together_for_90_s():
    plan = plan_of("nominal")
    hostile = np.flatnonzero(plan.world.side == Side.HOSTILE)
    assert len(hostile) == 330
    assert len(plan.world.side) == 330, "no civil traffic"
    assert len(np.unique(plan.world.kind[hostile])) >= 9
    site, mast_m = plan.force.unit_position_ecef_m[0], plan.force.unit_antenna_height_m[0]

    def is_up(target, time_s):
        if not plan.world.start_s[target] <= time_s < plan.world.end_s[target]:
            return False
        x, y, z, *_ = position_velocity(plan.world, target, time_s)
        height_m = geodetic_from_ecef(x, y, z)[2]
        return is_above_horizon(mast_m, height_m, ground_range_m(site, x, y, z))

    together = [t for t in range(0, 300, 5) if all(is_up(k, float(t)) for k in hostile)]
    assert np.diff(together).max() == 5
    assert together[-1] - together[0] >= 90


def test_only_capacities_ceiling_and_kill_probabilities_follow_the_figures():
    nominal = plan_of("nominal")
    for choice in ("claimed", "pessimistic", "optimistic", "drawn"):
        other = plan_of(choice)
        for table in ("world", "assets", "sense", "tracking", "decide"):
            columns, others = (dict(columns_of(getattr(p, table))) for p in (nominal, other))
            for name, column in columns.items():
                assert np.array_equal(column, others[name], equal_nan=True), name
        for name, column in nominal.force._asdict().items():
            if name not in (*VARIED, *VARIED_OF_TYPES):
                assert np.array_equal(column, getattr(other.force, name)), name
        assert not np.array_equal(nominal.force.kill_probability, other.force.kill_probability)


def test_neither_channels_nor_rounds_bind_below_300_under_any_figures():
    for choice in ("nominal", "claimed", "pessimistic", "optimistic"):
        force = plan_of(choice).force
        assert force.unit_channels.shape == (60,)
        assert force.unit_channels.sum() >= 300
        assert force.unit_rounds.sum() == 320


def test_as_claimed_300_are_tracked_and_295_engaged_at_one_instant(summary):
    assert summary["capacity"] == {"tracks": 300, "engagements": 300}
    assert summary["peak"]["hostiles_tracked"] >= 300
    assert summary["peak"]["hostiles_engaged"] >= 295


def test_as_published_36_are_engaged_at_one_instant(summary):
    beside = summary["beside"]
    assert beside["capacity"] == {"tracks": 300, "engagements": 36}
    assert beside["peak"]["hostiles_tracked"] >= 300
    assert 0 < beside["peak"]["hostiles_engaged"] <= 36
    assert beside["peak"]["engagements"] == 36


def test_a_nominal_run_has_the_claim_beside_it(summary):
    nominal = bartizan.run(NAME, record="none").summary
    assert nominal["beside"]["figures"] == "claimed"
    assert nominal["beside"]["peak"] == summary["peak"]
    assert nominal["peak"] == summary["beside"]["peak"]


def test_capacity_caps_the_tracks_and_what_is_beyond_is_counted(summary):
    for run in (summary, summary["beside"]):
        assert run["overflow"]["tracks beyond capacity"] == run["peak"]["tracks"] - 300 > 0


def test_the_page_sets_the_two_side_by_side(summary):
    from bartizan.reports.summary import Overview

    page = repr(Overview(summary))
    assert "CLAIMED BESIDE NOMINAL FIGURES, THE SAME SEED" in page
    row = next(line for line in page.splitlines() if "hostiles engaged at one" in line)
    claimed, nominal = map(int, row.split()[-2:])
    assert claimed >= 295 > 36 >= nominal
    assert "oversized" in page
