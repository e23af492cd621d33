"""Augmenting paths: at most one order a threat, under limits within limits, of greatest gain.

A limit is a magazine, the channels of a unit, the engagements of a system: each order counts
against one and against all that this one is within. Threats come one after the other; each may
take an order from another that finds a better one, and so on along the path of least loss. As
every step is such a path, what results is the optimum for the threats so far. Gains are whole
numbers, so that it is exact, and equal answers fall the same way every time.

Source: Edmonds and Karp, Theoretical improvements in algorithmic efficiency for network flow
problems, Journal of the ACM 19(2), 1972 (shortest paths by prices that grow).
"""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Ints
from bartizan.kernel import kernel

FAR = 1 << 60
"""More than any loss."""
UP, DOWN = -1, -2  # how a path came to a limit, if not from a threat


class Limits(NamedTuple):
    """v limits; the last is within nothing and never reached."""

    outer: Ints  # (v,) the limit that one is within
    most: Ints  # (v,) orders
    first: Ints  # (v,) the first limit within one; -1: none
    second: Ints  # (v,) the next limit within the same
    taken: Ints  # (v,) orders
    price: Ints  # (v,) what an order costs the others


class Offers(NamedTuple):
    """Orders that m threats could get, up to c each."""

    n: Ints  # (m,) filled columns
    limit: Ints  # (m, c) that the order counts against first
    gain: Ints  # (m, c) more than 0
    chosen: Ints  # (m,) column; -1: none
    surplus: Ints  # (m,) gain less price of the best


class Paths(NamedTuple):
    """Scratch: who holds what, and the paths of one search."""

    holder: Ints  # (v,) the threat that last got an order against a limit; -1: nobody
    later: Ints  # (m,) the holder of the same before it
    sooner: Ints  # (m,) the holder of the same after it
    loss: Ints  # (v,) on the way there
    origin: Ints  # (v,) the limit or threat before it
    step: Ints  # (v,) the threat's column, `UP` or `DOWN`
    reached: Ints  # (v,) limits, those that are settled first
    asked: Ints  # (m,) threats on the way
    loss_asked: Ints  # (m,) at each of them


def make_limits(outer: Ints, most: Ints) -> Limits:
    """Return limits of which nothing is taken; ``outer`` (v,) and ``most`` (v,) as there."""
    n = len(outer)
    limits = Limits(
        outer, most, arrays.none(n), arrays.none(n), arrays.counts(n), arrays.counts(n)
    )
    list_inner(limits)
    return limits


@kernel
def list_inner(limits: Limits) -> None:
    """List the limits within each."""
    for limit in range(limits.outer.shape[0] - 2, -1, -1):
        outer = limits.outer[limit]
        limits.second[limit] = limits.first[outer]
        limits.first[outer] = limit


def make_offers(n_threat: int, n_order: int) -> Offers:
    """Return room for so many orders a threat."""
    places = (arrays.none(n_threat, n_order), arrays.counts(n_threat, n_order))
    none = arrays.none(n_threat)
    return Offers(arrays.counts(n_threat), *places, none, arrays.counts(n_threat))


def make_paths(n_threat: int, n_limit: int) -> Paths:
    """Return scratch of which nothing is reached."""
    loss, none = arrays.counts(n_limit), arrays.none
    loss[:] = FAR
    of_threats = (none(n_threat), arrays.counts(n_threat))
    of_limits = (none(n_limit), none(n_limit), none(n_limit))
    return Paths(none(n_limit), none(n_threat), none(n_threat), loss, *of_limits, *of_threats)


@kernel
def assign(offers: Offers, limits: Limits, paths: Paths, order: Ints) -> None:
    """Choose an order for each threat or none, threats taken up in an ``order`` (m,).

    Any order has the same total; it is quick where threats that gain most come first.
    """
    for i in range(order.shape[0]):
        threat = order[i]
        best = 0
        for n in range(offers.n[threat]):
            best = max(best, offers.gain[threat, n] - limits.price[offers.limit[threat, n]])
        offers.surplus[threat] = best
        if offers.n[threat] > 0:
            _insert(offers, limits, paths, threat)


@kernel
def _insert(offers: Offers, limits: Limits, paths: Paths, threat: int) -> None:
    """Give a threat an order or none, by the path of least loss to what is free."""
    reached, settled, asked = 0, 0, 0
    # Where the best path so far ends: at a threat that goes without, or at a limit.
    least, loser, end = FAR, -1, -1
    who, loss = threat, 0
    while True:
        while who >= 0:
            paths.asked[asked], paths.loss_asked[asked] = who, loss
            asked += 1
            if loss + offers.surplus[who] < least:
                least, loser, end = loss + offers.surplus[who], who, -1
            reached = _ask(offers, limits, paths, who, loss, least, reached)
            who = paths.later[who] if who != threat else -1
        nearest = _nearest(paths, settled, reached, least)
        if nearest < 0:
            break
        limit = paths.reached[nearest]
        paths.reached[nearest], paths.reached[settled] = paths.reached[settled], limit
        settled += 1
        loss, outer = paths.loss[limit], limits.outer[limit]
        if limits.taken[limit] < limits.most[limit]:
            further = loss + limits.price[outer] - limits.price[limit]
            if outer == limits.outer.shape[0] - 1:
                if further < least:
                    least, loser, end = further, -1, limit
            else:
                reached = _reach(paths, outer, further, least, limit, UP, reached)
        inner = limits.first[limit]
        while inner >= 0:
            if limits.taken[inner] > 0:
                further = loss + limits.price[inner] - limits.price[limit]
                reached = _reach(paths, inner, further, least, limit, DOWN, reached)
            inner = limits.second[inner]
        who = paths.holder[limit]
    for i in range(asked):
        offers.surplus[paths.asked[i]] -= least - paths.loss_asked[i]
    for i in range(settled):
        limits.price[paths.reached[i]] += least - paths.loss[paths.reached[i]]
    _augment(offers, limits, paths, threat, loser, end)
    for i in range(reached):
        paths.loss[paths.reached[i]] = FAR


@kernel
def _ask(
    offers: Offers,
    limits: Limits,
    paths: Paths,
    threat: int,
    loss: int,
    least: int,
    reached: int,
) -> int:
    """Go on from a threat to all that it might choose instead; return how many are reached."""
    loss += offers.surplus[threat]
    n_offer, chosen = offers.n[threat], offers.chosen[threat]
    for n in range(n_offer):
        limit = offers.limit[threat, n]
        further = loss - offers.gain[threat, n] + limits.price[limit]
        if further < least and n != chosen:
            reached = _reach(paths, limit, further, least, threat, n, reached)
    return reached


@kernel
def _reach(
    paths: Paths, limit: int, loss: int, least: int, origin: int, step: int, reached: int
) -> int:
    """Come to a limit, if that is the best way to it so far."""
    if loss >= paths.loss[limit] or loss >= least:
        return reached
    if paths.loss[limit] == FAR:
        paths.reached[reached] = limit
        reached += 1
    paths.loss[limit], paths.origin[limit], paths.step[limit] = loss, origin, step
    return reached


@kernel
def _nearest(paths: Paths, settled: int, reached: int, least: int) -> int:
    """Return the place of the nearest limit that is not settled; -1: none below ``least``."""
    nearest = -1
    for i in range(settled, reached):
        loss = paths.loss[paths.reached[i]]
        if loss < least:
            nearest, least = i, loss
    return nearest


@kernel
def _augment(
    offers: Offers, limits: Limits, paths: Paths, threat: int, loser: int, end: int
) -> None:
    """Let all on a path choose again, from its end back to the threat that it began with."""
    limit = end
    if end >= 0:
        limits.taken[end] += 1
    elif loser != threat:
        limit = _release(offers, paths, loser)
        offers.chosen[loser] = -1
    while limit >= 0:
        step, origin = paths.step[limit], paths.origin[limit]
        if step == UP:
            limits.taken[origin] += 1
            limit = origin
        elif step == DOWN:
            limits.taken[limit] -= 1
            limit = origin
        else:
            before = _release(offers, paths, origin) if origin != threat else -1
            offers.chosen[origin] = step
            holder = paths.holder[limit]
            paths.later[origin], paths.sooner[origin] = holder, -1
            if holder >= 0:
                paths.sooner[holder] = origin
            paths.holder[limit] = origin
            limit = before


@kernel
def _release(offers: Offers, paths: Paths, threat: int) -> int:
    """Take a threat off the holders of its limit; return that limit."""
    limit = offers.limit[threat, offers.chosen[threat]]
    later, sooner = paths.later[threat], paths.sooner[threat]
    if sooner >= 0:
        paths.later[sooner] = later
    else:
        paths.holder[limit] = later
    if later >= 0:
        paths.sooner[later] = sooner
    return int(limit)
