"""Min-cost flow: first rounds by an exact flow, further ones by completion and exchange.

Where nobody gets more than one round, or only one order may be given, the answer is the
optimum. Otherwise the value of a second round depends on the first, and no flow has that: it
is added greedily, and improved.

Source: Ahuja, Kumar, Jha and Orlin, Exact and heuristic algorithms for the weapon-target
assignment problem, Operations Research 55(6), 2007.
"""

import numpy as np

from bartizan import arrays
from bartizan.arrays import Ints
from bartizan.decide.augment import Limits, Offers, assign, make_limits, make_offers, make_paths
from bartizan.decide.choice import Choice, Left, all_of, no_shots, take, worth
from bartizan.decide.exchange import improve
from bartizan.decide.marginal import add_rounds
from bartizan.decide.single import best_order, is_single
from bartizan.kernel import kernel
from bartizan.table import quick

GAIN_SCALE = 1e6  # gains are whole numbers of this part of a unit of value
SALVO_SHARE = 0.5  # of the threats: from there on a flow of whole salvos is tried too


def min_cost_flow(choice: Choice) -> Ints:
    """Return the rounds (m, u, t) of each order; equal answers fall the same way every time."""
    most = np.where(choice.kill_probability > 0.0, choice.most, 0).max(axis=(1, 2), initial=0)
    if not np.any(most > 0):
        return no_shots(choice)
    if _is_single(choice, free := all_of(choice)):
        _best_order(choice, free, shots := no_shots(choice))
        return shots
    starts = [np.minimum(choice.most, 1)]
    if (most > 1).sum() > SALVO_SHARE * (most > 0).sum():
        starts.append(choice.most)
    begun = [_begun(choice, rounds) for rounds in starts]
    shots, left = begun[0]
    if len(begun) > 1:
        shots, left = max(begun, key=lambda each: worth(choice, each[0]))
    if np.any(most > 1):
        improve(choice, left, shots)
    return shots


def _begun(choice: Choice, rounds: Ints) -> tuple[Ints, Left]:
    """Return an answer and what it leaves, each further round where it gains most."""
    shots, left = shots_by_flow(choice, rounds)
    if np.any(choice.most > 1):
        add_rounds(choice, left, shots, np.empty(len(shots)))
    return shots, left


def shots_by_flow(choice: Choice, rounds: Ints) -> tuple[Ints, Left]:
    """Return the best answer (m, u, t) with one order a threat, and what it leaves.

    Parameters
    ----------
    choice
        What there is.
    rounds
        (m, u, t) of an order, were it given; where they differ, magazines are shared out as if
        all orders were as large as the largest.
    """
    shots, left = no_shots(choice), all_of(choice)
    offers, limits = offers_of(choice, rounds, left)
    best_first = np.argsort(-offers.surplus, kind="stable")
    _assign(offers, limits, make_paths(len(shots), len(limits.outer)), best_first)
    _give(choice, rounds, offers, left, shots)
    return shots, left


def offers_of(choice: Choice, rounds: Ints, left: Left) -> tuple[Offers, Limits]:
    """Return the orders that threats could get of what is ``left``, and the limits of those."""
    limits = _limits(choice, left, max(1, int(rounds.max(initial=1))))
    n_order = int((choice.kill_probability > 0.0).sum(axis=(1, 2)).max(initial=0))
    offers = make_offers(len(rounds), n_order)
    _list_offers(choice, rounds, limits, offers)
    return offers, limits


def _limits(choice: Choice, left: Left, largest: int) -> Limits:
    """Return the limits on orders, each within the next that is named.

    Rounds of a unit and type that are not kept, all rounds of a unit and type, channels of a
    unit, engagements of a system.
    """
    n_unit, n_kind = choice.rounds.shape
    n_cell, n_system = n_unit * n_kind, len(choice.engagements)
    units = 2 * n_cell + np.arange(n_unit)
    systems = 2 * n_cell + n_unit + np.arange(n_system)
    everything = 2 * n_cell + n_unit + n_system
    cells, end = n_cell + np.arange(n_cell), np.full(n_system + 1, everything)
    outer = (cells, np.repeat(units, n_kind), systems[choice.unit_system], end)
    common, whole = (-(-rounds.ravel() // largest) for rounds in (left.common, left.rounds))
    most = (common, whole, left.channels, left.engagements, arrays.counts(1))
    return make_limits(np.concatenate(outer), np.concatenate(most))


@kernel
def list_offers(choice: Choice, rounds: Ints, limits: Limits, offers: Offers) -> None:
    """List the orders of each threat that gain something and are within every limit."""
    n_unit, n_kind = choice.rounds.shape
    for threat in range(rounds.shape[0]):
        best = 0
        for unit in range(n_unit):
            system = 2 * n_unit * n_kind + n_unit + choice.unit_system[unit]
            if min(limits.most[2 * n_unit * n_kind + unit], limits.most[system]) == 0:
                continue
            for kind in range(n_kind):
                likely = choice.kill_probability[threat, unit, kind]
                n = rounds[threat, unit, kind]
                cell = unit * n_kind + kind
                whole = cell + n_unit * n_kind
                if choice.takes_kept[threat, unit] or limits.most[cell] == limits.most[whole]:
                    cell = whole
                if likely <= 0.0 or n <= 0 or limits.most[cell] == 0:
                    continue
                if n > 1:
                    likely = 1.0 - (1.0 - likely) ** n
                worth = choice.value[threat] * likely - n * choice.cost[unit, kind]
                gain = int(np.rint(GAIN_SCALE * worth))
                if gain <= 0:
                    continue
                place = offers.n[threat]
                offers.limit[threat, place], offers.gain[threat, place] = cell, gain
                offers.n[threat] += 1
                best = max(best, gain)
        offers.surplus[threat] = best


@kernel
def give(choice: Choice, rounds: Ints, offers: Offers, left: Left, shots: Ints) -> None:
    """Give each threat the order that it chose; the last of a magazine may be smaller."""
    n_unit, n_kind = choice.rounds.shape
    for threat in range(rounds.shape[0]):
        if offers.chosen[threat] < 0:
            continue
        cell = offers.limit[threat, offers.chosen[threat]] % (n_unit * n_kind)
        unit, kind = cell // n_kind, cell % n_kind
        n = min(rounds[threat, unit, kind], left.rounds[unit, kind])
        if not choice.takes_kept[threat, unit]:
            n = min(n, left.common[unit, kind])
        take(choice, left, shots, threat, unit, kind, n)


_is_single, _best_order = quick(is_single), quick(best_order)
_list_offers, _assign, _give = quick(list_offers), quick(assign), quick(give)
