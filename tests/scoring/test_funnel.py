"""The funnel: tracked after three looks, engaged by a launch, and whom the rounds met."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.arrays import copied
from bartizan.decide.orders import Orders
from bartizan.decide.picture import Link, Picture, make_picture
from bartizan.engage.flyouts import Flyouts, Outcome
from bartizan.events import EventKind, make_events
from bartizan.scoring.cause import Cause
from bartizan.scoring.funnel import Funnel, count, make_funnel
from bartizan.sense.looks import Looks, make_looks
from bartizan.tracking.tracks import Tracks
from bartizan.world.truth import Phase, Side, Targets
from tests.engage.battle import Flight, battle
from tests.naive import scoring as naive

pytestmark = pytest.mark.kernels


class Scene:
    """Two threats with a track each, or others; the assignment of tracks is given."""

    def __init__(self, *flights: Flight) -> None:
        flights = flights or (Flight("raid.a[0]"), Flight("raid.a[1]", (250.0, 100.0)))
        self.battle = battle(*flights)
        self.battle.follow(0, 1)
        self.looks = make_looks(len(flights), 1)
        self.looks.ever_covered[:] = self.looks.ever_above_horizon[:] = True
        self.looks.first_detected_s[:] = 0.0
        self.picture = make_picture(8)
        self.picture.track_id[:2] = self.battle.tracks.track_id[:2]
        self.funnel: Funnel = make_funnel(len(flights), 8)
        self.events = make_events(100)
        self.now_s = 0.0

    def count(self, *assigned: int, look: bool = True) -> None:
        b = self.battle
        self.looks.look[:] += look
        count(
            b.world, b.targets, self.looks, b.tracks, self.picture, b.orders, b.flyouts,
            np.array([assigned]), self.funnel, self.events, self.now_s, self.now_s + 1.0,
        )  # fmt: skip
        self.now_s += 1.0

    def fire(self, row: int, launch_s: float) -> None:
        f = self.battle.flyouts
        f.alive[row], f.launch_s[row] = True, launch_s
        f.track_row[row], f.track_id[row] = row, self.battle.tracks.track_id[row]

    def meet(self, row: int, target: int, time_s: float) -> None:
        f = self.battle.flyouts
        f.alive[row], f.resolved_s[row], f.target[row] = False, time_s, target
        f.outcome[row] = Outcome.MISS


def test_three_consecutive_looks_with_a_track_make_it_tracked() -> None:
    scene = Scene()
    scene.count(0, -1)
    scene.count(0, 1)
    scene.count(0, -1)
    scene.count(-1, 1)
    scene.count(-1, 1)
    assert scene.funnel.tracked.tolist() == [True, False]
    scene.count(-1, 1)
    assert scene.funnel.tracked.tolist() == [True, True]


def test_ticks_without_a_look_count_neither_way() -> None:
    scene = Scene()
    scene.count(0, 1)
    for _ in range(5):
        scene.count(0, 1, look=False)
    assert not scene.funnel.tracked.any()


def test_a_launch_engages_the_object_of_the_track() -> None:
    scene = Scene()
    scene.count(0, 1)
    scene.fire(1, launch_s=1.5)
    scene.count(0, 1)
    assert scene.funnel.engaged.tolist() == [False, True]


def test_a_round_that_meets_its_object_and_one_that_takes_another_are_told_apart() -> None:
    scene = Scene()
    scene.fire(0, 0.5)
    scene.fire(1, 0.5)
    scene.count(0, 1)
    scene.meet(0, target=0, time_s=1.5)
    scene.meet(1, target=0, time_s=1.7)
    scene.count(0, 1)
    assert scene.funnel.met.tolist() == [True, False]
    assert scene.funnel.took_other.tolist() == [False, True]


def test_a_leaker_whose_rounds_took_another_object_was_shot_at_wrongly() -> None:
    scene = Scene()
    scene.fire(1, 0.5)
    scene.count(0, 1)
    scene.meet(1, target=0, time_s=1.5)
    scene.count(0, 1)
    scene.battle.targets.phase[1] = Phase.LEAKED
    scene.battle.targets.ended_s[1] = 2.5
    scene.count(0, -1)
    assert scene.funnel.cause[1] == Cause.WRONG_OBJECT
    leaks = [i for i in range(scene.events.size[0]) if scene.events.kind[i] == EventKind.LEAK]
    assert len(leaks) == 1
    scene.count(0, -1)
    assert scene.funnel.cause[0] == -1


def test_the_farthest_link_is_kept() -> None:
    scene = Scene()
    scene.picture.link[0] = Link.CHANNEL
    scene.count(0, 1)
    scene.picture.link[0] = Link.FEASIBLE
    scene.count(0, 1)
    assert scene.funnel.link.tolist() == [Link.CHANNEL, Link.NOBODY]


def test_peaks_stay_when_the_engagements_are_over() -> None:
    scene = Scene()
    scene.battle.order(0)
    scene.battle.order(0)
    scene.count(0, 1)
    b, f = scene.battle, scene.funnel
    assert (f.peak_tracks[0], f.peak_hostiles_tracked[0]) == (2, 2)
    assert (f.peak_hostiles_engaged[0], f.peak_engagements[0]) == (1, 2)
    b.orders.alive[:] = False
    scene.count(-1, -1)
    assert f.peak_engagements[0] == 2


def test_a_round_that_leaves_and_meets_in_one_tick_counts_as_both() -> None:
    scene = Scene()
    scene.fire(0, launch_s=0.2)
    scene.meet(0, target=0, time_s=0.9)
    scene.count(0, 1)
    assert scene.funnel.engaged.tolist() == [True, False]
    assert scene.funnel.met.tolist() == [True, False]


def test_a_meeting_brought_forward_to_the_start_of_the_tick_counts() -> None:
    scene = Scene()
    scene.fire(0, launch_s=0.2)
    scene.count(0, 1)
    scene.meet(0, target=0, time_s=1.0)
    scene.count(0, 1)
    assert scene.funnel.met[0]


class Moment(NamedTuple):
    """What the twin remembers of a tick."""

    t0_s: float
    t1_s: float
    assigned: np.ndarray
    targets: Targets
    looks: Looks
    tracks: Tracks
    picture: Picture
    orders: Orders
    flyouts: Flyouts


def one_tick(scene: Scene, draw: np.random.Generator) -> Moment:
    """Change everything that the funnel looks at, at random, and count."""
    b, t0 = scene.battle, scene.now_s
    table, f, orders = b.tracks, b.flyouts, b.orders
    table.status[:4] = draw.integers(0, 3, 4)
    table.track_id[draw.integers(4)] += 10 * (draw.random() < 0.2)
    scene.picture.track_id[:4] = table.track_id[:4]
    scene.picture.link[draw.integers(4)] = draw.integers(0, 5)
    scene.picture.track_id[draw.integers(4)] -= draw.random() < 0.2
    orders.alive[:] = draw.random(8) < 0.3
    orders.track_row[:] = draw.integers(0, 4, 8)
    orders.track_id[:] = table.track_id[orders.track_row]
    row = draw.integers(6)
    if f.alive[row] and draw.random() < 0.5:
        scene.meet(row, int(draw.integers(-1, 3)), t0 + draw.uniform(0.01, 1.0))
    elif not f.alive[row]:
        f.track_row[row] = draw.integers(4)
        f.track_id[row] = table.track_id[f.track_row[row]]
        f.alive[row], f.launch_s[row], f.resolved_s[row] = True, t0 + draw.random(), np.nan
        if draw.random() < 0.2:
            scene.meet(row, int(draw.integers(-1, 3)), t0 + 1.0)
    if draw.random() < 0.1:
        b.targets.phase[draw.integers(3)] = Phase.LEAKED
    assigned = draw.permutation(4)[:3]
    assigned[draw.random(3) < 0.3] = -1
    scene.count(*assigned, look=bool(draw.random() < 0.7))
    state = b.targets, scene.looks, table, scene.picture, orders, f
    return Moment(t0, scene.now_s, assigned, *(copied(part) for part in state))


@given(st.integers(0, 2**32 - 1))
def test_the_funnel_of_a_random_run_is_that_of_the_naive_twin(seed: int) -> None:
    draw = np.random.default_rng(seed)
    civil = Flight("civil.a[0]", side=int(Side.CIVIL))
    scene = Scene(Flight("raid.a[0]"), Flight("raid.a[1]"), civil)
    scene.battle.follow(0, 1, 2, 2)
    scene.looks.ever_covered[0] = draw.random() < 0.8
    scene.looks.first_detected_s[1] = draw.choice([np.nan, 4.0])
    history = [one_tick(scene, draw) for _ in range(15)]
    for name, column in naive.count(scene.battle.world, history).items():
        assert np.ravel(getattr(scene.funnel, name)).tolist() == list(column), name


def test_gaining_and_losing_a_track_are_events() -> None:
    scene = Scene()
    scene.count(0, 1)
    scene.count(-1, 1)
    kinds = scene.events.kind[: scene.events.size[0]].tolist()
    assert kinds == [EventKind.TRACK_ASSIGNED, EventKind.TRACK_ASSIGNED, EventKind.TRACK_LOST]
