"""Command: from the picture to orders, at each planning.

An order is rounds of one type from one fire unit at one threat. Where a threat gets rounds from
several units or types it has as many orders, each with a channel and a kill assessment of its
own, and nothing more is ordered before the last of them is over.
"""

from typing import NamedTuple

import numpy as np

from bartizan.arrays import Ints
from bartizan.decide.alike import Party, groups_of, shared_out, units_alone
from bartizan.decide.allocate import Allocator
from bartizan.decide.chain import mark_links
from bartizan.decide.choice import Choice, left_of
from bartizan.decide.doctrine import DecidePlan
from bartizan.decide.fire import Doses, FirePlan
from bartizan.decide.options import (
    PATH_STEP_S,
    Options,
    find_options,
    first_of,
    make_options,
)
from bartizan.decide.orders import Orders, Report
from bartizan.decide.picture import Link, Picture
from bartizan.decide.stock import list_threats, make_stock, take_stock
from bartizan.decide.weigh import weigh
from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.table import quick
from bartizan.tracking.nets import Rows
from bartizan.tracking.tracks import Tracks
from bartizan.world.force import ForcePlan, Magazines

# Few engagements are free at a time, and hundreds of tracks may be met. The best shots of a
# unit are nearly always at the most valuable that it can meet; it looks at no others.
SHORTLIST = 12  # assumed
SHORTLIST_PER_ENGAGEMENT = 4  # assumed: as many more for each engagement that it may begin

_find_options = quick(find_options)
_list_threats, _take_stock = quick(list_threats), quick(take_stock)


class Task(NamedTuple):
    """One order to be written."""

    track_row: int
    track_id: int
    unit: int  # fire unit
    interceptor: int  # interceptor type
    rounds: int
    launch_s: float  # of the first round
    intercept_s: float  # of the first round, predicted


@kernel
def is_planning_due(plan: DecidePlan, picture: Picture, now_s: float) -> bool:
    """Tell whether to plan: by the doctrine's period, or because an event asks for it."""
    due: bool = picture.replan[0] or now_s >= picture.next_plan_s[0]
    if due:
        picture.replan[0] = False
        picture.next_plan_s[0] = now_s + plan.planning_period_s
    return due


def command(
    plan: DecidePlan,
    fire: FirePlan,
    allocator: Allocator,
    force: ForcePlan,
    magazines: Magazines,
    tracks: Tracks,
    picture: Picture,
    doses: Doses,
    orders: Orders,
    events: Events,
    rows: Rows,
    net: int,
    now_s: float,
) -> None:
    """Write the orders of one planning of a net into orders, magazines and picture."""
    stock = make_stock(force)
    link_end = _take_stock(force, magazines, orders, net, stock)
    threats = _threats(fire, force, tracks, picture, rows, net, link_end)
    if len(threats) == 0 or len(force.unit_id) == 0:
        return
    sky = tracks, picture, threats, doses, net, now_s
    party = groups_of(force, fire, magazines, stock, now_s)
    choice, shots, options = _planned(plan, party, allocator, sky)
    shared = shared_out(party, shots, stock)
    if shared is None:
        party = units_alone(force, fire, magazines, stock)
        choice, shots, options = _planned(plan, party, allocator, sky)
        shared = shared_out(party, shots, stock) or []
    threats = threats[: len(choice.value)]
    mark_links(choice, shots, left_of(choice, shots), threats, picture.link)
    for threat, unit, kind, n in shared:
        cell, row = (threat, party.group[unit], kind), int(threats[threat])
        task = Task(
            row, int(tracks.track_id[row]), unit, kind, n,
            float(options.launch_s[cell]), float(options.intercept_s[cell]),
        )  # fmt: skip
        if not _write_order(orders, task, now_s):
            continue
        magazines.channels_busy[unit] += 1
        picture.orders_alive[row] += 1
        picture.link[row] = Link.ORDERED
        # An enum would take numba's slow door: a third of a millisecond each time.
        kind_of_event = EventKind.ORDER.value
        log(events, now_s, kind_of_event, task.track_id, unit, float(task.rounds), kind)


def _planned(
    plan: DecidePlan,
    party: Party,
    allocator: Allocator,
    sky: tuple[Tracks, Picture, Ints, Doses, int, float],
) -> tuple[Choice, Ints, Options]:
    """Return the choice that a party has, its answer and the windows behind it."""
    tracks, picture, threats, doses, net, now_s = sky
    options = make_options(len(threats), *party.magazines.rounds.shape)
    path = np.empty((int(plan.commit_horizon_s / PATH_STEP_S) + 1, 7))
    n_looked = _find_options(
        plan, party.force, party.magazines, tracks, picture, threats, path, np.empty(7), net,
        _enough(party, net, len(threats)), now_s, options,
    )  # fmt: skip
    threats, options = threats[:n_looked], first_of(options, n_looked)
    choice = weigh(
        party.fire, party.force, party.free, tracks, picture, threats, options, doses, now_s
    )
    return choice, allocator(choice), options


def _enough(party: Party, net: int, n_threat: int) -> Ints:
    """Return (u,) how many threats each unit needs to choose from; all, if none may fire."""
    rounds, channels, engagements = party.free
    free = np.minimum(channels, engagements[party.force.unit_system])
    fires = (party.force.unit_net == net) & (free > 0) & np.any(rounds > 0, axis=1)
    if not np.any(fires):
        return np.full(len(free), n_threat + 1)
    return np.where(fires, SHORTLIST + SHORTLIST_PER_ENGAGEMENT * free, 0)


def _threats(
    fire: FirePlan,
    force: ForcePlan,
    tracks: Tracks,
    picture: Picture,
    rows: Rows,
    net: int,
    link_end: int,
) -> Ints:
    """Return a net's tracks to decide on, the most valuable first, within capacity."""
    ranked = np.empty(rows.n_own + rows.n_forwarded, dtype=np.int64)
    rounds_max = int(fire.rounds_max.max(initial=0))
    n_wanted, beyond = _list_threats(
        force, rounds_max, tracks, picture, rows, net, link_end, ranked
    )
    picture.beyond_capacity[0] = max(picture.beyond_capacity[0], beyond)
    return ranked[:n_wanted]


def _write_order(orders: Orders, task: Task, now_s: float) -> bool:
    """Write a task into a free row of the orders; False, and counted, if there is none."""
    free = np.flatnonzero(~orders.alive)
    if len(free) == 0:
        orders.lost[0] += 1
        return False
    slot = free[0]
    orders.alive[slot] = True
    orders.serial[slot] = orders.next_serial[0]
    orders.next_serial[0] += 1
    orders.track_row[slot] = task.track_row
    orders.track_id[slot] = task.track_id
    orders.unit[slot] = task.unit
    orders.interceptor[slot] = task.interceptor
    orders.rounds[slot] = task.rounds
    orders.launched[slot] = 0
    orders.resolved[slot] = 0
    orders.issued_s[slot] = now_s
    orders.due_s[slot] = task.launch_s
    orders.intercept_s[slot] = task.intercept_s
    orders.report[slot] = Report.PENDING
    orders.report_s[slot] = np.inf
    return True
