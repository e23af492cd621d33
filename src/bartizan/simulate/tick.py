"""The tick: every stage once, in the order of the straight line. Read this page first.

A tick covers (t0, t1]. Truth flows down the page; what a killed target or a spent round
changes is seen by the stages of the next tick.

What Python hands over is looked at and written down, which is more work than a quiet stage has
for itself. So one kernel goes on until orders are due, and the orders themselves are Python
that can be changed and watched.
"""

from typing import Any

from bartizan.arrays import Ints
from bartizan.decide.command import command, is_planning_due
from bartizan.decide.doctrine import DecidePlan
from bartizan.decide.hear import hear
from bartizan.decide.identify import identify
from bartizan.decide.links import Forwarded, LinksPlan, Mail
from bartizan.decide.orders import Orders
from bartizan.decide.picture import Picture
from bartizan.decide.reassess import reassess
from bartizan.decide.receive import receive
from bartizan.decide.send import send
from bartizan.engage.flyouts import Flyouts, Strikes
from bartizan.engage.launch import launch
from bartizan.engage.outcome import resolve
from bartizan.engage.suppress import suppress
from bartizan.engage.turn_away import turn_away
from bartizan.events import Events
from bartizan.kernel import frame
from bartizan.scoring.accuracy import Accuracy, measure
from bartizan.scoring.bystanders import watch
from bartizan.scoring.funnel import Funnel, count
from bartizan.scoring.matching import Matching
from bartizan.scoring.truth_to_track import assign_truth
from bartizan.sense.cues import Cues
from bartizan.sense.looks import Looks
from bartizan.sense.plots import Plots
from bartizan.sense.radar import SensePlan
from bartizan.sense.scan import scan
from bartizan.simulate.plan import Plan
from bartizan.simulate.sample import Samples, is_full, sample
from bartizan.simulate.state import State
from bartizan.table import kept, quick
from bartizan.tracking.follow import follow
from bartizan.tracking.nets import Rows, own_tracks
from bartizan.tracking.plan import TrackingPlan
from bartizan.tracking.scratch import Scratch
from bartizan.tracking.tracks import Tracks
from bartizan.world.force import Assets, AssetsPlan, ForcePlan, Magazines
from bartizan.world.move import move
from bartizan.world.truth import Targets, WorldPlan


def advance(plan: Plan, state: State, key: int, n: int, n_end: int) -> int:
    """Advance every stage from tick ``n`` on, to before ``n_end`` or until a record is full.

    Returns the tick that comes next.
    """
    s, tables, is_ordered = state, tables_of(plan, state), False
    while True:
        n, is_due = _ticks(key, plan.tick_s, n, n_end, is_ordered, *tables)
        if not is_due:
            return n
        for net in range(plan.n_shooting):
            command(
                plan.decide, plan.fire, plan.allocate, plan.force, s.magazines, s.tracks,
                s.picture, s.doses, s.orders, s.events, plan.rows, net, (n + 1) * plan.tick_s,
            )  # fmt: skip
        is_ordered = True


def tables_of(plan: Plan, state: State) -> tuple[Any, ...]:
    """Return the tables that `ticks` takes, in its order."""
    s = state
    return (
        plan.world, plan.force, plan.sense, plan.tracking, plan.decide, plan.links, plan.assets,
        plan.rows, s.targets, s.looks, s.cues, s.plots, s.tracks, s.scratch, s.mail,
        s.forwarded, s.picture, s.orders, s.magazines, s.assets, s.flyouts, s.strikes,
        s.matching, s.assigned, s.funnel, s.accuracy, s.events, s.samples,
    )  # fmt: skip


@frame
def ticks(
    key: int, tick_s: float, n: int, n_end: int, is_ordered: bool,
    world: WorldPlan, force: ForcePlan, sense: SensePlan, tracking: TrackingPlan,
    decide: DecidePlan, links: LinksPlan, assets_plan: AssetsPlan, rows: Rows,
    targets: Targets, looks: Looks, cues: Cues, plots: Plots, tracks: Tracks, scratch: Scratch,
    mail: Mail, forwarded: Forwarded, picture: Picture, orders: Orders, magazines: Magazines,
    assets: Assets, flyouts: Flyouts, strikes: Strikes, matching: Matching, assigned: Ints,
    funnel: Funnel, accuracy: Accuracy, events: Events, samples: Samples,
) -> tuple[int, bool]:  # fmt: skip
    """Advance until orders are due in a tick, a record is full, or ``n_end``; return where.

    True with it tells that orders are due in that tick, all of whose earlier stages are done.
    ``is_ordered`` tells that tick ``n`` was left for its orders, and that they are given.
    """
    for m in range(n, n_end):
        t0_s, t1_s = m * tick_s, (m + 1) * tick_s
        if m > n or not is_ordered:
            _before_orders(
                world, sense, tracking, decide, links, assets_plan, rows, targets, looks, cues,
                plots, tracks, scratch, mail, forwarded, orders, picture, magazines, assets,
                events, key, t0_s, t1_s,
            )  # fmt: skip
            if is_planning_due(decide, picture, t1_s):
                return m, True
        _after_orders(
            world, force, assets_plan, rows, targets, looks, tracks, orders, picture, magazines,
            assets, flyouts, strikes, matching, assigned, funnel, accuracy, events, key,
            t0_s, t1_s,
        )  # fmt: skip
        sample(samples, targets, rows, tracks, picture, t1_s)
        if is_full(samples, targets, tracks) or 2 * events.size[0] > events.time_s.shape[0]:
            return m + 1, False
    return n_end, False


_ticks = quick(ticks)


@frame
def _before_orders(
    world: WorldPlan, sense: SensePlan, tracking: TrackingPlan, decide: DecidePlan,
    links: LinksPlan, assets_plan: AssetsPlan, rows: Rows, targets: Targets, looks: Looks,
    cues: Cues, plots: Plots, tracks: Tracks, scratch: Scratch, mail: Mail,
    forwarded: Forwarded, orders: Orders, picture: Picture, magazines: Magazines,
    assets: Assets, events: Events, key: int, t0_s: float, t1_s: float,
) -> None:  # fmt: skip
    """Carry out the stages from the truth to the picture."""
    # ---- world: where all is
    move(world, targets, t1_s)

    # ---- sense: plots; replies to interrogation are measurements too
    scan(sense, world, targets, looks, cues, assets.silent_s, plots, events, key, t0_s, t1_s)

    # ---- tracking: from plots alone, each net from its own
    for net in range(rows.n_net):
        own = kept(own_tracks(rows, tracks, net))
        follow(tracking, plots, own, scratch, events, t0_s, t1_s, net)

    # ---- decide: from tracks and reports alone
    hear(orders, picture, magazines, events, t1_s)
    reassess(decide, tracks, picture)
    if links.link_id.shape[0] > 0:
        send(links, rows, tracks, picture, decide.identification.prior, mail, key, t1_s)
        receive(decide, links, rows, mail, forwarded, tracks, picture, orders, cues, t1_s)
    identify(decide, assets_plan, tracks, picture, events, key, t1_s)


@frame
def _after_orders(
    world: WorldPlan, force: ForcePlan, assets_plan: AssetsPlan, rows: Rows, targets: Targets,
    looks: Looks, tracks: Tracks, orders: Orders, picture: Picture, magazines: Magazines,
    assets: Assets, flyouts: Flyouts, strikes: Strikes, matching: Matching, assigned: Ints,
    funnel: Funnel, accuracy: Accuracy, events: Events, key: int, t0_s: float, t1_s: float,
) -> None:  # fmt: skip
    """Carry out the stages from the orders to the score."""
    # ---- engage: orders meet the truth
    launch(force, tracks, orders, magazines, flyouts, strikes, events, t1_s)
    resolve(
        world, force, assets_plan, targets, assets, tracks, orders, flyouts, strikes, events,
        key, t0_s, t1_s,
    )  # fmt: skip
    suppress(force, assets_plan, assets, magazines, events)
    turn_away(
        world, force, targets, tracks, flyouts, strikes, events, key, t0_s, t1_s
    )  # fmt: skip

    # ---- scoring: truth meets tracks; no stage reads it back
    n_row = rows.n_own + rows.n_forwarded
    for net in range(rows.n_net):
        first, end = net * n_row, (net + 1) * n_row
        assign_truth(targets, tracks, first, end, matching, assigned[net], t1_s)
    count(
        world, targets, looks, tracks, picture, orders, flyouts, assigned, funnel, events,
        t0_s, t1_s,
    )  # fmt: skip
    for net in range(rows.n_net):
        watch(
            world, force, targets, tracks, picture, flyouts, assigned[net], funnel.bystanders,
            t0_s, t1_s,
        )  # fmt: skip
    measure(targets, looks, tracks, n_row, matching, accuracy, t1_s)
