"""A small battle without sensors: tracks are given, `engage` meets the truth."""

from dataclasses import dataclass

import numpy as np

from bartizan.decide.orders import Orders, Report, make_orders
from bartizan.engage.flyouts import Flyouts, Strikes, make_flyouts, make_strikes
from bartizan.engage.launch import launch
from bartizan.engage.outcome import resolve
from bartizan.events import EventKind, Events, make_events
from bartizan.tracking.tracks import Tracks, TrackStatus, make_tracks
from bartizan.world.force import (
    Assets,
    AssetsPlan,
    ForcePlan,
    Magazines,
    make_assets,
    make_magazines,
)
from bartizan.world.motion import position_velocity
from bartizan.world.move import move
from bartizan.world.truth import Targets, WorldPlan, make_targets
from tests import tables
from tests.sense.scene import Flight, make_world


@dataclass
class Battle:
    world: WorldPlan
    force: ForcePlan
    assets_plan: AssetsPlan
    targets: Targets
    assets: Assets
    magazines: Magazines
    tracks: Tracks
    orders: Orders
    flyouts: Flyouts
    strikes: Strikes
    events: Events
    now_s: float = 0.0

    def follow(self, *targets: int) -> None:
        """Give row k of the tracks the true state of ``targets[k]``."""
        for row, target in enumerate(targets):
            t = self.tracks
            t.alive[row] = True
            t.track_id[row] = 100 + row
            t.status[row] = TrackStatus.CONFIRMED
            t.mean[row] = position_velocity(self.world, target, self.now_s)
            t.time_s[row] = self.now_s
            t.covariance[row] = np.eye(6)

    def order(self, row: int, rounds: int = 1, due_s: float = 0.0, unit: int = 0) -> int:
        slot = int(np.flatnonzero(~self.orders.alive)[0])
        o = self.orders
        o.alive[slot] = True
        o.serial[slot] = o.next_serial[0]
        o.next_serial[0] += 1
        o.track_row[slot], o.track_id[slot] = row, self.tracks.track_id[row]
        o.unit[slot], o.interceptor[slot] = unit, 0
        o.rounds[slot], o.launched[slot], o.resolved[slot] = rounds, 0, 0
        o.due_s[slot] = due_s
        o.report[slot], o.report_s[slot] = Report.PENDING, np.inf
        self.magazines.channels_busy[unit] += 1
        return slot

    def step(self, tick_s: float = 1.0, key: int = 1) -> None:
        t0, t1 = self.now_s, self.now_s + tick_s
        move(self.world, self.targets, t1)
        launch(
            self.force, self.tracks, self.orders, self.magazines, self.flyouts, self.strikes,
            self.events, t1,
        )  # fmt: skip
        resolve(
            self.world, self.force, self.assets_plan, self.targets, self.assets, self.tracks,
            self.orders, self.flyouts, self.strikes, self.events, key, t0, t1,
        )  # fmt: skip
        self.now_s = t1

    def run(self, until_s: float, following: tuple[int, ...] = (), tick_s: float = 1.0) -> None:
        while self.now_s < until_s:
            self.follow(*following)
            self.step(tick_s)

    def happened(self, kind: EventKind) -> list[tuple[float, int, int]]:
        e = self.events
        return [
            (float(e.time_s[i]), int(e.subject[i]), int(e.object[i]))
            for i in range(e.size[0])
            if e.kind[i] == kind
        ]


def battle(*flights: Flight, force: ForcePlan | None = None) -> Battle:
    world = make_world(list(flights))
    world = world._replace(aim_asset=np.zeros(len(flights), dtype=np.int64))
    plan = force or tables.force()
    n = len(flights)
    return Battle(
        world=world,
        force=plan,
        assets_plan=tables.assets(),
        targets=make_targets(n),
        assets=make_assets(tables.assets()),
        magazines=make_magazines(plan),
        tracks=make_tracks(8),
        orders=make_orders(8),
        flyouts=make_flyouts(32),
        strikes=make_strikes(n, 8, len(plan.unit_rounds), *plan.kill_probability.shape),
        events=make_events(500),
    )


def kills_all() -> ForcePlan:
    return tables.force(kill_probability=np.ones((1, 2)))
