"""Whole battles, tick by tick, against the slow twins: every cell of every table."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.arrays import copied
from bartizan.engage.flyouts import Outcome, make_flyouts
from bartizan.engage.launch import launch
from bartizan.engage.outcome import resolve
from bartizan.rng import stable_id
from bartizan.world.force import ForcePlan
from bartizan.world.move import move
from bartizan.world.truth import Side
from tests import tables
from tests.engage.battle import Battle, Flight, battle
from tests.naive import engage as naive

pytestmark = pytest.mark.kernels

# Kernels correct an intercept by one step a tick; the twins solve for it every time.
TIME_S, PLACE_M = 0.05, 30.0
CHANGING = ("targets", "assets", "magazines", "orders", "flyouts", "strikes")
KEY = stable_id("seed of a battle")


def flight(draw: np.random.Generator, k: int) -> Flight:
    """A threat that flies or dives at the site from some 25 km, or a civil aircraft nearby."""
    bearing = draw.uniform(240.0, 300.0)
    is_civil = draw.random() < 0.2
    return Flight(
        f"raid.a[{k}]",
        (bearing, draw.uniform(10.0, 40.0)),
        (bearing + 20.0, 45.0) if is_civil else (bearing, 1.0),
        height_m=draw.choice([300.0, 5000.0, 8960.0]),
        end_s=draw.uniform(40.0, 90.0),
        side=int(Side.CIVIL if is_civil else Side.HOSTILE),
    )


def poor_force() -> ForcePlan:
    """Two units short of rounds that miss, misjudge and reach 24 km, and 9 km up."""
    return tables.force(
        n_unit=2,
        rounds=4,
        interceptor_range_max_m=np.array([24e3]),
        interceptor_altitude_max_m=np.array([9e3]),
        interceptor_speed_near_m_s=np.array([800.0]),
        interceptor_basket_m=np.array([300.0]),
        kill_probability=np.array([[0.6, 0.6]]),
        unit_kill_unseen_probability=np.array([0.3, 0.3]),
        unit_miss_as_kill_probability=np.array([0.3, 0.3]),
    )


def see(b: Battle, draw: np.random.Generator) -> None:
    """Track the objects, some of them badly; now and then a track is lost or begun anew."""
    n = len(b.world.target_id)
    b.follow(*range(n))
    b.tracks.mean[:n, :3] += draw.choice([2.0, 60.0], n)[:, None] * draw.normal(size=(n, 3))
    b.tracks.covariance[:n] *= draw.choice([4.0, 150.0**2], n)[:, None, None]
    row = draw.integers(n)
    b.tracks.alive[row] = draw.random() < 0.7
    b.tracks.track_id[row] += 10 * (draw.random() < 0.2)


def shoot(b: Battle, draw: np.random.Generator) -> None:
    """Order rounds at somebody while there is room."""
    if not b.orders.alive.all() and draw.random() < 0.7:
        row, due_s = draw.integers(len(b.world.target_id)), b.now_s + draw.uniform(0.0, 3.0)
        b.order(int(row), int(draw.integers(1, 4)), due_s, int(draw.integers(2)))


def logged(b: Battle) -> list[tuple[int, int, int]]:
    """Kind, subject and object of the events since the last call."""
    e, n = b.events, b.events.size[0]
    rows = zip(e.kind[:n].tolist(), e.subject[:n].tolist(), e.object[:n].tolist(), strict=True)
    e.size[0] = 0
    return list(rows)


def tick_both(b: Battle, tick_s: float) -> None:
    """Advance a tick by the kernels and, from the same state, by the twins; compare all."""
    t0, t1 = b.now_s, b.now_s + tick_s
    move(b.world, b.targets, t1)
    twin = {name: copied(getattr(b, name)) for name in CHANGING}
    targets, assets, magazines, orders, flyouts, strikes = twin.values()
    expected = naive.launch(b.force, b.tracks, orders, magazines, flyouts, strikes, t1)
    expected += naive.resolve(
        b.world, b.force, b.assets_plan, targets, assets, b.tracks, orders, flyouts,
        strikes, KEY, t0, t1,
    )  # fmt: skip
    launch(b.force, b.tracks, b.orders, b.magazines, b.flyouts, b.strikes, b.events, t1)
    resolve(
        b.world, b.force, b.assets_plan, b.targets, b.assets, b.tracks, b.orders, b.flyouts,
        b.strikes, b.events, KEY, t0, t1,
    )  # fmt: skip
    for name, table in twin.items():
        tables.assert_same(
            getattr(b, name), table, intercept_s=TIME_S, resolved_s=TIME_S, report_s=TIME_S,
            order_over_s=TIME_S, ended_s=TIME_S, aim_ecef_m=PLACE_M,
            aim_speed_m_s=0.1, aim_sigma_m=1e-6,
        )  # fmt: skip
    assert logged(b) == [(int(k), int(s), int(o)) for _, k, s, o in expected]
    b.now_s = t1


def fought(seed: int, tick_s: float, duration_s: float = 80.0) -> Battle:
    draw = np.random.default_rng(seed)
    b = battle(*(flight(draw, k) for k in range(6)), force=poor_force())
    b.flyouts = make_flyouts(5)
    b.world.damage_probability[:] = 0.7
    while b.now_s < duration_s:
        see(b, draw)
        shoot(b, draw)
        tick_both(b, tick_s)
        b.orders.alive[b.orders.report_s <= b.now_s] = False
    return b


@given(st.integers(0, 2**32 - 1), st.sampled_from([1.0, 2.0, 5.0]))
@settings(max_examples=8)
def test_battles_go_as_the_naive_twins_fight_them(seed: int, tick_s: float) -> None:
    fought(seed, tick_s)


def test_these_battles_see_every_outcome() -> None:
    b = fought(1, 1.0)
    ends = b.flyouts.outcome[~np.isnan(b.flyouts.resolved_s)].tolist()
    assert set(ends) == {Outcome.KILL, Outcome.MISS, Outcome.EMPTY, Outcome.OUTSIDE}
    assert b.flyouts.lost[0] > 0
    assert b.assets.hits[0] > 0
