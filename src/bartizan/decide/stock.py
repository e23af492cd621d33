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
def list_wanted(
    tracks: Tracks,
    picture: Picture,
    rows: Rows,
    net: int,
    rounds_max: int,
    link_end: int,
    wanted: Ints,
) -> tuple[int, int]:
    """Write a net's tracks to decide on; return how many, and how many are confirmed at all.

    ``rounds_max`` at one track are the most, and none that came as far as ``link_end``.
    """
    n_wanted, n_confirmed = 0, 0
    for row in range(first_row(rows, net), first_row(rows, net + 1)):
        if not tracks.alive[row] or tracks.status[row] == TENTATIVE:
            continue
        n_confirmed += 1
        if (
            picture.engageable[row]
            and not picture.barred[row]
            and not picture.reported_killed[row]
            and picture.orders_alive[row] == 0
            and picture.rounds_spent[row] < rounds_max
            and picture.track_id[row] == tracks.track_id[row]
            and picture.link[row] < link_end
        ):
            wanted[n_wanted] = row
            n_wanted += 1
    return n_wanted, n_confirmed
