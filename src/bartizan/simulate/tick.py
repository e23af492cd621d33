"""The tick: every stage once, in the order of the straight line. Read this page first.

A tick covers (t0, t1]. Truth flows down the page; what a killed target or a spent round
changes is seen by the stages of the next tick.
"""

from bartizan.decide.command import command, is_planning_due
from bartizan.decide.hear import hear
from bartizan.decide.identify import identify
from bartizan.engage.launch import launch
from bartizan.engage.outcome import resolve
from bartizan.scoring.accuracy import measure
from bartizan.scoring.funnel import count
from bartizan.scoring.truth_to_track import assign_truth
from bartizan.sense.scan import scan
from bartizan.simulate.plan import Plan
from bartizan.simulate.state import State
from bartizan.tracking.follow import follow
from bartizan.world.move import move


def tick(plan: Plan, state: State, key: int, n: int) -> None:
    """Advance every stage by tick ``n``."""
    t0_s, t1_s = n * plan.tick_s, (n + 1) * plan.tick_s
    s, events = state, state.events

    # ---- world: where all is
    move(plan.world, s.targets, t1_s)

    # ---- sense: plots; replies to interrogation are measurements too
    scan(plan.sense, plan.world, s.targets, s.looks, s.plots, events, key, t0_s, t1_s)

    # ---- tracking: from plots alone
    follow(plan.tracking, s.plots, s.tracks, s.scratch, events, t0_s, t1_s)

    # ---- decide: from tracks and reports alone
    hear(s.orders, s.picture, s.magazines, events, t1_s)
    identify(plan.decide, plan.assets, s.tracks, s.picture, events, t1_s)
    if is_planning_due(plan.decide, s.picture, t1_s):
        command(
            plan.decide, plan.allocate, plan.force, s.magazines, s.tracks, s.picture,
            s.orders, events, t1_s,
        )  # fmt: skip

    # ---- engage: orders meet the truth
    launch(plan.force, s.tracks, s.orders, s.magazines, s.flyouts, s.strikes, events, t1_s)
    resolve(
        plan.world, plan.force, plan.assets, s.targets, s.assets, s.tracks, s.orders,
        s.flyouts, s.strikes, events, key, t0_s, t1_s,
    )  # fmt: skip

    # ---- scoring: truth meets tracks; no stage reads it back
    assign_truth(s.targets, s.tracks, s.matching, s.assigned, t1_s)
    count(
        plan.world, s.targets, s.looks, s.tracks, s.picture, s.orders, s.flyouts,
        s.assigned, s.funnel, events, t0_s, t1_s,
    )  # fmt: skip
    measure(s.targets, s.looks, s.tracks, s.matching, s.accuracy, t1_s)
