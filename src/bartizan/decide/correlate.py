"""Correlate: which own track a forwarded one is of.

A forwarded track is taken for the likeliest own one in its gate, and kept with it while it
stays within a wider one. Then it is hidden, and what is under way against it goes on against
the own track.

Source: Bar-Shalom, On the track-to-track correlation problem, IEEE Trans. AC 26(2), 1981.
Assumes: errors of two nets are independent; either may have turned since its last plot, which
its covariance does not say.
"""

import math

from bartizan.arrays import Floats
from bartizan.decide.doctrine import DecidePlan
from bartizan.decide.identification import N_IDENTITY
from bartizan.decide.links import Forwarded, LinksPlan
from bartizan.decide.orders import Orders
from bartizan.decide.picture import Picture
from bartizan.decide.start import start_row
from bartizan.kernel import kernel
from bartizan.tracking.motion import predicted
from bartizan.tracking.nets import Rows, first_forwarded, first_row
from bartizan.tracking.tracks import Tracks, TrackStatus

# Chi-square of three components: one pair in 10 000 is beyond it; one in ten million.
GATE, KEEP = 21.1, 35.4  # to be taken for an own track; to stay with it
GATE_MAX_M = 5_000.0  # however bad both are
TURN_M2_S3 = 10.0  # white acceleration since the last plot
# By how much filters are wrong in velocity, per axis, and do not know it: in turns they lag.
# Found on `integration`: with less, velocities part what is one object; docs/nets.md.
SPEED_SIGMA_M_S = 80.0


@kernel
def correlate(
    decide: DecidePlan, plan: LinksPlan, rows: Rows, forwarded: Forwarded, tracks: Tracks,
    picture: Picture, orders: Orders, row: int, now_s: float,
) -> None:  # fmt: skip
    """Look for the own track that a forwarded one is of, when a message of it came."""
    own = forwarded.own_row[row]
    if own >= 0 and is_own_alive(forwarded, tracks, row):
        if apart(tracks, row, own, now_s, forwarded.work)[0] <= KEEP:
            return
        part(forwarded, tracks, picture, orders, row)
    own = likeliest_own(plan, rows, forwarded, tracks, row, now_s)
    if own < 0:
        tracks.status[row] = TrackStatus.CONFIRMED
        return
    holder = holder_of(rows, forwarded, tracks, row, own)
    if holder >= 0:  # it was not sent again: this one is its new number
        forwarded.own_row[holder] = -1
        forwarded.renumbered[forwarded.link[row]] += 1
    join(decide, forwarded, tracks, picture, orders, row, own)


@kernel
def likeliest_own(
    plan: LinksPlan, rows: Rows, forwarded: Forwarded, tracks: Tracks, row: int, now_s: float
) -> int:
    """Return the own track in the gate that a forwarded one is likeliest of; -1: none.

    One that another number of the link has, which is heard of as lately, is not free.
    """
    best, likeliest = -1, math.inf
    first = first_row(rows, plan.to[forwarded.link[row]])
    for own in range(first, first + rows.n_own):
        if not tracks.alive[own] or tracks.status[own] == TrackStatus.TENTATIVE:
            continue
        distance, unlikely = apart(tracks, row, own, now_s, forwarded.work)
        if distance > GATE or unlikely >= likeliest:
            continue
        holder = holder_of(rows, forwarded, tracks, row, own)
        if holder < 0 or forwarded.heard_s[holder] < forwarded.heard_s[row]:
            best, likeliest = own, unlikely
    return best


@kernel
def holder_of(rows: Rows, forwarded: Forwarded, tracks: Tracks, row: int, own: int) -> int:
    """Return the row of another number of the same link that has an own track; -1: none."""
    first = first_forwarded(rows, row // (rows.n_own + rows.n_forwarded))
    for other in range(first, first + rows.n_forwarded):
        if other == row or not tracks.alive[other]:
            continue
        if forwarded.link[other] != forwarded.link[row] or forwarded.own_row[other] != own:
            continue
        if is_own_alive(forwarded, tracks, other):
            return other
    return -1


@kernel
def apart(
    tracks: Tracks, row: int, own: int, now_s: float, work: Floats
) -> tuple[float, float]:
    """Return how far two tracks stand apart now, and how unlikely that is of one object.

    Parameters
    ----------
    tracks, row, own
        The two.
    now_s
        When.
    work
        (6, 7) scratch.

    Returns
    -------
    tuple
        Mahalanobis distance squared of the positions; minus two ln of the density, less a
        constant, of positions and velocities. Both inf beyond `GATE_MAX_M`.
    """
    x, y, z, vx, vy, vz = predicted(tracks, row, now_s)
    ox, oy, oz, ovx, ovy, ovz = predicted(tracks, own, now_s)
    work[0, 6], work[1, 6], work[2, 6] = x - ox, y - oy, z - oz
    work[3, 6], work[4, 6], work[5, 6] = vx - ovx, vy - ovy, vz - ovz
    if work[0, 6] ** 2 + work[1, 6] ** 2 + work[2, 6] ** 2 > GATE_MAX_M * GATE_MAX_M:
        return math.inf, math.inf
    for i in range(6):
        for j in range(6):
            work[i, j] = 0.0
        work[i, i] = SPEED_SIGMA_M_S * SPEED_SIGMA_M_S if i >= 3 else 0.0
    _add_spread(tracks, row, now_s, work)
    _add_spread(tracks, own, now_s, work)
    return _distance(work)


@kernel
def _add_spread(tracks: Tracks, row: int, now_s: float, work: Floats) -> None:
    """Add the covariance of a track's state now to the first six columns."""
    dt, P = now_s - tracks.time_s[row], tracks.covariance[row]
    for i in range(3):
        for j in range(3):
            faster = dt * P[i + 3, j + 3]
            across = dt * (P[i, j + 3] + P[i + 3, j])
            work[i, j] += P[i, j] + across + dt * faster
            work[i, j + 3] += P[i, j + 3] + faster
            work[i + 3, j] += P[i + 3, j] + faster
            work[i + 3, j + 3] += P[i + 3, j + 3]
        turned = TURN_M2_S3 * abs(dt)
        work[i, i] += turned * dt * dt / 3.0
        work[i, i + 3] += 0.5 * turned * dt
        work[i + 3, i] += 0.5 * turned * dt
        work[i + 3, i + 3] += turned


@kernel
def _distance(work: Floats) -> tuple[float, float]:
    """Return the distances of `apart` of the last column under the covariance beside it."""
    # L D L' by elimination: the first three pivots are those of the position alone
    distance, unlikely = 0.0, 0.0
    for k in range(6):
        pivot = work[k, k]
        if pivot <= 0.0:
            return math.inf, math.inf
        unlikely += work[k, 6] * work[k, 6] / pivot
        if k == 2:
            distance = unlikely
        for i in range(k + 1, 6):
            share = work[i, k] / pivot
            for j in range(k + 1, 7):
                work[i, j] -= share * work[k, j]
    determinant = 1.0
    for k in range(6):
        determinant *= work[k, k]
    return distance, unlikely + math.log(determinant)


@kernel
def is_own_alive(forwarded: Forwarded, tracks: Tracks, row: int) -> bool:
    """Tell whether the own track that a forwarded one was taken for lives."""
    own = forwarded.own_row[row]
    return bool(tracks.alive[own] and tracks.track_id[own] == forwarded.own_id[row])


@kernel
def join(
    decide: DecidePlan,
    forwarded: Forwarded,
    tracks: Tracks,
    picture: Picture,
    orders: Orders,
    row: int,
    own: int,
) -> None:
    """Take a forwarded track for an own one."""
    forwarded.own_row[row], forwarded.own_id[row] = own, tracks.track_id[own]
    tracks.status[row] = TrackStatus.TENTATIVE
    if picture.track_id[own] != tracks.track_id[own]:
        start_row(decide, picture, own, tracks.track_id[own])
    _hand_over(tracks, picture, orders, row, own)


@kernel
def part(
    forwarded: Forwarded, tracks: Tracks, picture: Picture, orders: Orders, row: int
) -> None:
    """Let a forwarded track stand alone again, with what was under way against a lost own."""
    own = forwarded.own_row[row]
    if not is_own_alive(forwarded, tracks, row):
        if picture.track_id[own] == forwarded.own_id[row]:
            _hand_over(tracks, picture, orders, own, row)
    else:
        for c in range(N_IDENTITY):
            picture.told_log_odds[own, c] = 0.0
        picture.barred[own], picture.reaction_share[own] = False, 1.0
    forwarded.own_row[row] = -1
    tracks.status[row] = TrackStatus.CONFIRMED


@kernel
def _hand_over(tracks: Tracks, picture: Picture, orders: Orders, row: int, to: int) -> None:
    """Let engagements with one track go on with another of the same object."""
    for slot in range(orders.alive.shape[0]):
        is_at_it = orders.alive[slot] and orders.track_row[slot] == row
        if is_at_it and orders.track_id[slot] == picture.track_id[row]:
            orders.track_row[slot], orders.track_id[slot] = to, tracks.track_id[to]
    picture.orders_alive[to] += picture.orders_alive[row]
    picture.rounds_spent[to] += picture.rounds_spent[row]
    picture.reported_killed[to] |= picture.reported_killed[row]
    picture.killed_s[to] = max(picture.killed_s[to], picture.killed_s[row])
    picture.link[to] = max(picture.link[to], picture.link[row])
    picture.orders_alive[row] = picture.rounds_spent[row] = 0
