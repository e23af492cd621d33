"""Command: from the picture to orders, at each planning.

Shoot-look-shoot orders one round and looks; where no time is left for a second look it adds a
second round, the most valuable threats first (greedy completion). Salvo orders a fixed number.
"""

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.decide.allocate import Allocator, Choice
from bartizan.decide.doctrine import DecidePlan, Policy
from bartizan.decide.options import PATH_STEP_S, Options, find_options, make_options
from bartizan.decide.orders import Orders, Report
from bartizan.decide.picture import Link, Picture
from bartizan.events import EventKind, Events, log
from bartizan.tracking.tracks import Tracks, TrackStatus
from bartizan.world.force import ForcePlan, Magazines


def is_planning_due(plan: DecidePlan, picture: Picture, now_s: float) -> bool:
    """Tell whether to plan: by the doctrine's period, or because an event asks for it."""
    due = bool(picture.replan[0]) or now_s >= picture.next_plan_s[0]
    if due:
        picture.replan[0] = False
        picture.next_plan_s[0] = now_s + plan.planning_period_s
    return due


def command(
    plan: DecidePlan,
    allocator: Allocator,
    force: ForcePlan,
    magazines: Magazines,
    tracks: Tracks,
    picture: Picture,
    orders: Orders,
    events: Events,
    now_s: float,
) -> None:
    """Write the orders of one planning."""
    rows = _threats(plan, force, tracks, picture)
    if len(rows) == 0 or len(force.unit_id) == 0:
        return
    options = make_options(len(rows), *magazines.rounds.shape)
    path = np.empty((int(plan.commit_horizon_s / PATH_STEP_S) + 1, 6))
    find_options(
        plan, force, magazines, tracks, picture, rows, path, np.empty(6), now_s, options
    )
    choice = _choice(plan, force, magazines, orders, picture.value[rows], options)
    _mark_links(choice, picture, rows)
    chosen = allocator(choice)
    rounds = _rounds(plan, force, magazines, picture, rows, options, chosen)
    for threat in np.flatnonzero(chosen >= 0):
        unit, kind = divmod(int(chosen[threat]), magazines.rounds.shape[1])
        _order(
            orders, magazines, picture, tracks, events, int(rows[threat]), unit, kind,
            int(rounds[threat]), now_s, options, int(threat),
        )  # fmt: skip


def _threats(plan: DecidePlan, force: ForcePlan, tracks: Tracks, picture: Picture) -> Ints:
    """Return the rows of tracks to decide on, the most valuable first, within capacity."""
    confirmed = np.flatnonzero(tracks.alive & (tracks.status != TrackStatus.TENTATIVE))
    order = np.lexsort((tracks.track_id[confirmed], -picture.value[confirmed]))
    capacity = int(force.system_tracks.sum())
    picture.beyond_capacity[0] = max(picture.beyond_capacity[0], len(confirmed) - capacity)
    handed = confirmed[order[:capacity]]
    wanted = (
        picture.engageable[handed]
        & ~picture.reported_killed[handed]
        & (picture.orders_alive[handed] == 0)
        & (picture.rounds_spent[handed] < plan.rounds_max)
        & (picture.track_id[handed] == tracks.track_id[handed])
    )
    return np.ascontiguousarray(handed[wanted])


def _choice(
    plan: DecidePlan,
    force: ForcePlan,
    magazines: Magazines,
    orders: Orders,
    value: Floats,
    options: Options,
) -> Choice:
    """Return what the allocator may choose from; sooner intercepts are worth a little more."""
    benefit = value[:, None, None] * options.kill_probability
    benefit[options.kill_probability < plan.kill_probability_min] = 0.0
    wait_s = np.nan_to_num(options.intercept_s - np.nanmin(options.intercept_s, initial=np.inf))
    benefit *= 1.0 - 0.1 * np.clip(wait_s / plan.commit_horizon_s, 0.0, 1.0)
    n_system = len(force.system_engagements)
    under_way = np.bincount(
        force.unit_system[orders.unit[orders.alive]], minlength=n_system
    ).astype(np.int64)
    salvo = plan.salvo if plan.policy == Policy.SALVO else 1
    reserved = np.zeros_like(magazines.rounds)
    alive = np.flatnonzero(orders.alive)
    np.add.at(
        reserved,
        (orders.unit[alive], orders.interceptor[alive]),
        orders.rounds[alive] - orders.launched[alive],
    )
    return Choice(
        benefit=benefit,
        rounds=(magazines.rounds - reserved + salvo - 1) // salvo,
        channels=force.unit_channels - magazines.channels_busy,
        unit_system=force.unit_system,
        engagements=force.system_engagements - under_way,
    )


def _mark_links(choice: Choice, picture: Picture, rows: Ints) -> None:
    """Remember how far along the chain each threat came, for the cause of a leak."""
    feasible = choice.benefit > 0.0
    is_free = (choice.channels > 0) & (choice.engagements[choice.unit_system] > 0)
    has_channel = feasible & is_free[:, None]
    has_round = has_channel & (choice.rounds > 0)
    link = np.full(len(rows), int(Link.NOBODY))
    link[np.any(feasible, axis=(1, 2))] = int(Link.FEASIBLE)
    link[np.any(has_channel, axis=(1, 2)) & ~np.any(has_round, axis=(1, 2))] = int(Link.CHANNEL)
    picture.link[rows] = np.maximum(picture.link[rows], link)


def _rounds(
    plan: DecidePlan,
    force: ForcePlan,
    magazines: Magazines,
    picture: Picture,
    rows: Ints,
    options: Options,
    chosen: Ints,
) -> Ints:
    """Return the rounds of each chosen order."""
    spare = plan.rounds_max - picture.rounds_spent[rows]
    if plan.policy == Policy.SALVO:
        return np.minimum(plan.salvo, spare)
    rounds = np.ones(len(rows), dtype=np.int64)
    left = magazines.rounds.copy()
    picked = np.flatnonzero(chosen >= 0)
    for threat in picked:
        left[divmod(int(chosen[threat]), left.shape[1])] -= 1
    for threat in picked[np.argsort(-picture.value[rows[picked]], kind="stable")]:
        unit, kind = divmod(int(chosen[threat]), left.shape[1])
        second_s = options.intercept_s[threat, unit, kind] + force.unit_assessment_s[unit]
        has_look = second_s <= options.last_launch_s[threat, unit, kind]
        if not has_look and spare[threat] > 1 and left[unit, kind] > 0:
            rounds[threat] = 2
            left[unit, kind] -= 1
    return rounds


def _order(
    orders: Orders,
    magazines: Magazines,
    picture: Picture,
    tracks: Tracks,
    events: Events,
    row: int,
    unit: int,
    kind: int,
    rounds: int,
    now_s: float,
    options: Options,
    threat: int,
) -> None:
    free = np.flatnonzero(~orders.alive)
    if len(free) == 0:
        orders.lost[0] += 1
        return
    slot = free[0]
    orders.alive[slot] = True
    orders.serial[slot] = orders.next_serial[0]
    orders.next_serial[0] += 1
    orders.track_row[slot] = row
    orders.track_id[slot] = tracks.track_id[row]
    orders.unit[slot] = unit
    orders.interceptor[slot] = kind
    orders.rounds[slot] = rounds
    orders.launched[slot] = 0
    orders.resolved[slot] = 0
    orders.issued_s[slot] = now_s
    orders.due_s[slot] = options.launch_s[threat, unit, kind]
    orders.intercept_s[slot] = options.intercept_s[threat, unit, kind]
    orders.report[slot] = Report.PENDING
    orders.report_s[slot] = np.inf
    magazines.channels_busy[unit] += 1
    picture.orders_alive[row] += 1
    picture.link[row] = Link.ORDERED
    log(events, now_s, EventKind.ORDER, tracks.track_id[row], unit, float(rounds), kind)
