"""Stock: what a planning of a net may still spend, and on whom that is worth a look."""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Ints
from bartizan.decide.orders import Orders
from bartizan.decide.picture import Link, Picture
from bartizan.kernel import kernel
from bartizan.tracking.nets import Rows, first_row
from bartizan.tracking.tracks import Tracks, TrackStatus
from bartizan.world.force import ForcePlan, Magazines

FEASIBLE, CHANNEL, TENTATIVE = (
    Link.FEASIBLE.value,
    Link.CHANNEL.value,
    TrackStatus.TENTATIVE.value,
)
ANYBODY = Link.ORDERED.value + 1  # a link that no track ever passes


class Stock(NamedTuple):
    """What u fire units and s systems have that is not spoken for."""

    rounds: Ints  # (u, t) less those that orders under way have still to launch
    channels: Ints  # (u,)
    engagements: Ints  # (s,)


def make_stock(force: ForcePlan) -> Stock:
    """Return a stock to be taken."""
    return Stock(
        rounds=arrays.counts(*force.unit_rounds.shape),
        channels=arrays.counts(len(force.unit_id)),
        engagements=arrays.counts(len(force.system_engagements)),
    )


@kernel
def take_stock(
    force: ForcePlan, magazines: Magazines, orders: Orders, net: int, stock: Stock
) -> int:
    """Write what is left; return the `Link` from which on a look at a track changes nothing.

    That is because the net lacks what comes next: a free channel, or a round.
    """
    for system in range(stock.engagements.shape[0]):
        stock.engagements[system] = force.system_engagements[system]
    for unit in range(stock.channels.shape[0]):
        stock.channels[unit] = force.unit_channels[unit] - magazines.channels_busy[unit]
        for kind in range(stock.rounds.shape[1]):
            stock.rounds[unit, kind] = magazines.rounds[unit, kind]
    for slot in range(orders.alive.shape[0]):
        if orders.alive[slot]:
            unit, kind = orders.unit[slot], orders.interceptor[slot]
            stock.rounds[unit, kind] -= orders.rounds[slot] - orders.launched[slot]
            stock.engagements[force.unit_system[unit]] -= 1
    is_free, has_round = False, False
    for unit in range(stock.channels.shape[0]):
        if force.unit_net[unit] != net or stock.channels[unit] < 1:
            continue
        if stock.engagements[force.unit_system[unit]] < 1:
            continue
        is_free = True
        for kind in range(stock.rounds.shape[1]):
            has_round = has_round or stock.rounds[unit, kind] > 0
    if has_round:
        return ANYBODY
    return CHANNEL if is_free else FEASIBLE


@kernel
def list_threats(
    force: ForcePlan,
    rounds_max: int,
    tracks: Tracks,
    picture: Picture,
    rows: Rows,
    net: int,
    link_end: int,
    ranked: Ints,
) -> tuple[int, int]:
    """Write a net's tracks to decide on into ``ranked``, the most valuable first.

    ``rounds_max`` at one track are the most, and none that came as far as ``link_end``. What
    the net's systems cannot hold, they do not decide on: the least valuable tracks.

    Returns
    -------
    tuple[int, int]
        How many there are to decide on, and how many tracks are beyond capacity.
    """
    capacity, n_confirmed = 0, 0
    for system in range(force.system_net.shape[0]):
        if force.system_net[system] == net:
            capacity += force.system_tracks[system]
    for row in range(first_row(rows, net), first_row(rows, net + 1)):
        n_confirmed += _is_confirmed(tracks, row)
    # Without a system there is nobody whose capacity could be exceeded.
    beyond = max(n_confirmed - capacity, 0) if capacity > 0 else 0
    n = 0
    for row in range(first_row(rows, net), first_row(rows, net + 1)):
        if not _is_confirmed(tracks, row):
            continue
        if beyond > 0 or _is_wanted(tracks, picture, row, rounds_max, link_end):
            ranked[n] = row
            n += 1
    _rank(tracks, picture, ranked, n)
    if beyond == 0:
        return n, 0
    n_wanted = 0
    for k in range(capacity):
        if _is_wanted(tracks, picture, ranked[k], rounds_max, link_end):
            ranked[n_wanted] = ranked[k]
            n_wanted += 1
    return n_wanted, beyond


@kernel
def _is_confirmed(tracks: Tracks, row: int) -> bool:
    """Tell whether a row holds a track that is more than tentative."""
    return bool(tracks.alive[row] and tracks.status[row] != TENTATIVE)


@kernel
def _is_wanted(
    tracks: Tracks, picture: Picture, row: int, rounds_max: int, link_end: int
) -> bool:
    """Tell whether another order at a confirmed track may be given, and would be of use."""
    return bool(
        picture.engageable[row]
        and not picture.barred[row]
        and not picture.reported_killed[row]
        and picture.orders_alive[row] == 0
        and picture.rounds_spent[row] < rounds_max
        and picture.track_id[row] == tracks.track_id[row]
        and picture.link[row] < link_end
    )


@kernel
def _rank(tracks: Tracks, picture: Picture, ranked: Ints, n: int) -> None:
    """Sort the first n rows by value, the greatest first, equals by their track (Shell)."""
    gap = n // 2
    while gap > 0:
        for k in range(gap, n):
            row, place = ranked[k], k
            while place >= gap and _is_before(tracks, picture, row, ranked[place - gap]):
                ranked[place] = ranked[place - gap]
                place -= gap
            ranked[place] = row
        gap //= 2


@kernel
def _is_before(tracks: Tracks, picture: Picture, row: int, other: int) -> bool:
    """Tell whether one row goes before another."""
    if picture.value[row] != picture.value[other]:
        return bool(picture.value[row] > picture.value[other])
    return bool(tracks.track_id[row] < tracks.track_id[other])
