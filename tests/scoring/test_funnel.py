"""The funnel: tracked after three looks, engaged by a launch, and whom the rounds met."""

import numpy as np
import pytest

from bartizan.decide.picture import Link, make_picture
from bartizan.engage.flyouts import Outcome
from bartizan.events import EventKind, make_events
from bartizan.scoring.cause import Cause
from bartizan.scoring.funnel import Funnel, count, make_funnel
from bartizan.sense.looks import make_looks
from bartizan.world.truth import Phase
from tests.engage.battle import Flight, battle
from tests.naive import scoring as naive

pytestmark = pytest.mark.kernels


class Scene:
    """Two threats with a track each; the truth-to-track assignment is given."""

    def __init__(self) -> None:
        self.battle = battle(Flight("raid.a[0]"), Flight("raid.a[1]", (250.0, 100.0)))
        self.battle.follow(0, 1)
        self.looks = make_looks(2, 1)
        self.looks.ever_covered[:] = self.looks.ever_above_horizon[:] = True
        self.looks.first_detected_s[:] = 0.0
        self.picture = make_picture(8)
        self.picture.track_id[:2] = self.battle.tracks.track_id[:2]
        self.funnel: Funnel = make_funnel(2)
        self.events = make_events(100)
        self.now_s = 0.0

    def count(self, *assigned: int, look: bool = True) -> None:
        b = self.battle
        self.looks.look[:] += look
        count(
            b.world, b.targets, self.looks, b.tracks, self.picture, b.orders, b.flyouts,
            np.array(assigned), self.funnel, self.events, self.now_s, self.now_s + 1.0,
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


def test_peaks_are_those_of_the_naive_twin() -> None:
    scene = Scene()
    scene.battle.order(0)
    scene.battle.order(0)
    scene.count(0, 1)
    b, f = scene.battle, scene.funnel
    found = f.peak_hostiles_tracked[0], f.peak_hostiles_engaged[0], f.peak_engagements[0]
    assert found == naive.peaks(b.world, b.tracks, b.orders, f) == (2, 1, 2)
    assert f.peak_tracks[0] == 2
    b.orders.alive[:] = False
    scene.count(-1, -1)
    assert f.peak_engagements[0] == 2


def test_gaining_and_losing_a_track_are_events() -> None:
    scene = Scene()
    scene.count(0, 1)
    scene.count(-1, 1)
    kinds = scene.events.kind[: scene.events.size[0]].tolist()
    assert kinds == [EventKind.TRACK_ASSIGNED, EventKind.TRACK_ASSIGNED, EventKind.TRACK_LOST]
