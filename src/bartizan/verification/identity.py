"""Case of identification: of tracks with a posterior, that share is what the posterior says.

Identities, equipment, replies, manner, way and origin are drawn from the figures; tracks that
show them go through the identification stage itself.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.catalogue import resolve
from bartizan.catalogue.kinds import SHARES
from bartizan.decide.doctrine import RulesOfEngagement
from bartizan.decide.identify import identify
from bartizan.decide.picture import Identity, Picture, make_picture
from bartizan.events import make_events
from bartizan.rng import Purpose, draw4
from bartizan.simulate.plan import Plan
from bartizan.tracking.tracks import Tracks, TrackStatus, make_tracks
from bartizan.verification.case import Case, Flown, Quantity
from bartizan.verification.flight import scenario_of
from bartizan.world.geodesy import ecef_from_geodetic, enu_from_ecef

TRACKS, STEPS, STEP_S, ASKED = 4_000, 4, 120.0, 2
REPLY, GARBLE, GARBLE_CIVIL = 0.97, 0.01, 0.9
CONDUCT_TIME_S = 600.0
IDENTITIES = ("neither", "civil", "friend", "hostile")
ENTRY = "standard"
LAT_RAD, LON_RAD = math.radians(-27.4), math.radians(-17.6)
FALL_S = 100.0
GRAVITY_M_S2 = 9.81
# Speed, height: supersonic, low and fast, jet, slow.
FLYING = ((500.0, 9e3), (250.0, 1e3), (230.0, 9e3), (60.0, 1e3))
AIRWAY_M, CORRIDOR_M, ELSEWHERE_M = -100e3, 100e3, -50e3  # east of the asset
NORTH_M = (80e3, -80e3, 0.0)  # hostile area, civil area, elsewhere
WHAT_DECIDES = 12  # uniform draws of one track before its steps
A_STEP = 8

BANDS = ((0.1, 0.5), (0.5, 0.9), (0.9, 1.0))
ROE = tuple(RulesOfEngagement)


class Drawn(NamedTuple):
    """What n tracks truly are and show, by step."""

    identity: Ints  # (n,)
    origin: Ints  # (n,)
    manner: Ints  # (s, n)
    way: Ints  # (s, n)
    replies: Ints  # (s, n, 3) silence, civil and friendly replies so far


@cache
def shares() -> dict[str, Floats]:
    """Return what is true: (4, k) shares by kind of evidence, of the case's own figures."""
    block = scenario_of(CASES[0]).identification
    entry = resolve().overridden(ENTRY, block.overrides).entry(ENTRY)
    found = {}
    for kind, members in SHARES.items():
        table = [[entry.value(f"{name}_{who}") for name, _ in members] for who in IDENTITIES]
        found[kind] = np.array(table)
    prior = found.pop("prior")[:, 0]
    rows = {kind: table / table.sum(axis=1)[:, None] for kind, table in found.items()}
    return {"prior": prior[None, :] / prior.sum(), **rows}


def reply_shares() -> Floats:
    """Return (3, 3): silence, civil and friendly replies to one interrogation, by equipment."""
    stray = np.array([1.0 - GARBLE, GARBLE * GARBLE_CIVIL, GARBLE * (1.0 - GARBLE_CIVIL)])
    table = np.array([stray, (1.0 - REPLY) * stray, (1.0 - REPLY) * stray])
    table[1, 1] += REPLY
    table[2, 2] += REPLY
    return table


def drawn(key: int) -> Drawn:
    """Return tracks whose identity and evidence are drawn from `shares`."""
    n_draw = WHAT_DECIDES + STEPS * A_STEP
    purpose = Purpose.SCHEDULE.value
    u = np.array(
        [[draw4(key, purpose, k, 0, i) for i in range(n_draw // 4)] for k in range(TRACKS)]
    ).reshape(TRACKS, n_draw)
    true = shares()
    who = picked(np.repeat(true["prior"], TRACKS, axis=0), u[:, 0])
    equipment = picked(true["equipment"][who], u[:, 1])
    origin = picked(true["origin"][who], u[:, 2])
    stay = np.exp(-STEP_S / CONDUCT_TIME_S)
    manner, way = (
        [picked(true["manner"][who], u[:, 3])],
        [picked(true["conformance"][who], u[:, 4])],
    )
    replies = [np.zeros((TRACKS, 3), dtype=np.int64)]
    given = reply_shares()[equipment]
    for step in range(STEPS):
        v = u[:, WHAT_DECIDES + step * A_STEP :]
        if step:
            anew = picked(true["manner"][who], v[:, 1])
            manner.append(np.where(v[:, 0] < stay, manner[-1], anew))
            anew = picked(true["conformance"][who], v[:, 3])
            way.append(np.where(v[:, 2] < stay, way[-1], anew))
        heard = replies[-1].copy()
        for ask in range(ASKED):
            np.add.at(heard, (np.arange(TRACKS), picked(given, v[:, 4 + ask])), 1)
        replies.append(heard)
    return Drawn(who, origin, np.array(manner), np.array(way), np.array(replies[1:]))


def picked(rows: Floats, u: Floats) -> Ints:
    """Return (n,) the member that a uniform draw picks of each row of shares (n, k)."""
    return np.asarray(
        np.minimum((u[:, None] > rows.cumsum(axis=1)).sum(axis=1), rows.shape[1] - 1)
    )


@cache
def states() -> Floats:
    """Return (5, 4, 3, 6) states, ECEF, that show a manner, a way and an origin."""
    site = np.array(ecef_from_geodetic(LAT_RAD, LON_RAD, 0.0))
    axes = enu_from_ecef(LAT_RAD, LON_RAD)
    table = np.empty((5, 4, 3, 6))
    for manner, way, origin in np.ndindex(5, 4, 3):
        east = (AIRWAY_M, CORRIDOR_M, ELSEWHERE_M, ELSEWHERE_M)[way]
        here = np.array([east, NORTH_M[origin], 0.0])
        course = np.array([0.0, 1.0, 0.0])
        if way == 2:  # away from the asset
            course = np.array([-1.0, 0.0, 0.0])
        if way == 3:
            course = -here / np.linalg.norm(here)
        if manner == 0:
            place, velocity = _falling(here, course, is_inbound=way == 3)
        else:
            speed, height = FLYING[manner - 1]
            place, velocity = _at_height(here, height), speed * course
        table[manner, way, origin, :3] = site + axes.T @ place
        table[manner, way, origin, 3:] = axes.T @ velocity
    return table


def _falling(here: Floats, course: Floats, is_inbound: bool) -> tuple[Floats, Floats]:
    """Return place and velocity of what falls, on the asset or not far from below itself."""
    if is_inbound:
        place = _at_height(here, 60e3)
        lift = np.array([0.0, 0.0, 0.5 * GRAVITY_M_S2 * FALL_S])
        return place, -place / FALL_S + lift
    return _at_height(here, 80e3), 100.0 * course + np.array([0.0, 0.0, -1100.0])


def _at_height(here: Floats, height_m: float) -> Floats:
    """Return an offset in the tangent plane of the site that lies at a height."""
    bulge_m = (here[0] ** 2 + here[1] ** 2) / (2.0 * 6_371e3)
    return np.asarray(here + np.array([0.0, 0.0, height_m - bulge_m]))


def seen(plan: Plan, what: Drawn, rules: int) -> Picture:
    """Return the picture after all steps of tracks that show what was drawn."""
    tracks, picture = _tracks(len(what.identity)), make_picture(len(what.identity))
    decide, events = plan.decide._replace(rules=rules), make_events(0)
    for step in range(STEPS):
        _show(tracks, what, step)
        identify(decide, plan.assets, tracks, picture, events, 0, step * STEP_S)
    return picture


def _tracks(n: int) -> Tracks:
    tracks = make_tracks(n)
    tracks.alive[:], tracks.status[:] = True, TrackStatus.CONFIRMED.value
    tracks.track_id[:], tracks.hits[:] = np.arange(1, n + 1), 10
    tracks.covariance[:] = np.diag([100.0] * 3 + [1.0] * 3)
    return tracks


def _show(tracks: Tracks, what: Drawn, step: int) -> None:
    # The place tells the origin at first, and nothing of it later.
    tracks.mean[:] = states()[what.manner[step], what.way[step], what.origin]
    tracks.time_s[:] = step * STEP_S
    tracks.hits[:] += 1
    for k, column in enumerate((tracks.iff_silent, tracks.iff_civil, tracks.iff_friend)):
        column[:] = what.replies[step, :, k]


def keyed(plan: Plan, key: int) -> Plan:
    """Return a plan that carries the key of its draws: when its one object would start."""
    start_s = np.full_like(plan.world.start_s, float(key % 2**50))
    return replace(plan, world=plan.world._replace(start_s=start_s))


def _calibration(flown: Flown) -> Mapping[str, Floats]:
    what = drawn(int(flown.plan.world.start_s[0]))
    pictures = {rules: seen(flown.plan, what, int(rules)) for rules in ROE}
    picture = pictures[RulesOfEngagement.WEAPONS_TIGHT]
    hostile = picture.posterior[:, Identity.HOSTILE]
    found = {
        f"hostile, at {low:g} to {high:g}": _ratio(
            what, hostile, (hostile > low) & (hostile <= high), Identity.HOSTILE
        )
        for low, high in BANDS
    }
    for identity in (Identity.CIVIL, Identity.FRIEND):
        name, is_declared = identity.name.lower(), picture.identity == identity
        posterior = picture.posterior[:, identity]
        found[f"{name}, so declared"] = _ratio(what, posterior, is_declared, identity)
    for rules, seen_so in pictures.items():
        found[f"hostile, {_name(rules)}"] = _ratio(
            what, hostile, seen_so.engageable, Identity.HOSTILE
        )
    return found


def _ratio(what: Drawn, posterior: Floats, chosen: Any, identity: int) -> Floats:
    """Return independent values whose mean is 1 where the posterior holds."""
    is_so = (what.identity[chosen] == identity).astype(float)
    expected = posterior[chosen]
    # Each value relative to what is typical, and not to its own posterior, which may be small.
    return np.asarray(1.0 + (is_so - expected) / expected.mean())


def _name(rules: RulesOfEngagement) -> str:
    return rules.name.lower().replace("_", "-")


CASES = (
    Case(
        name="identity",
        assumes="identity and evidence drawn from the figures; share by its posterior",
        source="Bayes; DeGroot & Fienberg, The Statistician 32, 1983",
        quantities=(
            *(Quantity(f"hostile, at {low:g} to {high:g}", 1.0) for low, high in BANDS),
            Quantity("civil, so declared", 1.0),
            Quantity("friend, so declared", 1.0),
            *(Quantity(f"hostile, {_name(rules)}", 1.0) for rules in ROE),
        ),
        read=_calibration,
        prepare=keyed,
        is_perfect=False,
        flights=12,
        planted=("identification.overrides.silent_civil=0.05",),
    ),
)
