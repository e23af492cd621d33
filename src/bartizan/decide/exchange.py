"""Exchange: a local search that gives one threat better rounds at the cost of another.

Two threats hand back what they have and choose again, one after the other; kept where the two
together gain. Only threats that may have several rounds begin, because single rounds are the
flow's, and that is exact.

Source: Ahuja, Kumar, Jha and Orlin, Operations Research 55(6), 2007 (exchange neighbourhoods).
"""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.decide.choice import LEAST_GAIN, Choice, Left, all_of, is_free, take
from bartizan.decide.marginal import best_addition
from bartizan.kernel import kernel

SWEEPS_MAX = 10
TRIALS_MAX = 40_000  # pairs of threats in one search: some hundredths of a second


class Search(NamedTuple):
    """Scratch of one search among m threats, each with c cells (unit, type) at most."""

    n_cell: Ints  # (m,) feasible cells of each threat, listed in the columns that follow
    unit: Ints  # (m, c)
    kind: Ints  # (m, c)
    likely: Floats  # (m, c) kill probability
    most: Ints  # (m, c)
    hope: Floats  # (m,) what a threat would gain if it had the first choice of all
    gain: Floats  # (m,) what it gains as it is
    before: Ints  # (2, c) rounds from each cell of the two threats before a trial
    free: Ints  # (c,) cells still to be had, at one choice
    trials: Ints  # (1,)


def improve(choice: Choice, left: Left, shots: Ints) -> None:
    """Improve ``shots`` (m, u, t) in place, by a bounded number of trials; ``left`` follows."""
    n_cell = int((choice.kill_probability > 0.0).sum(axis=(1, 2)).max(initial=0))
    search = make_search(len(shots), n_cell)
    prepare(choice, all_of(choice), left, shots, search)
    for _ in range(SWEEPS_MAX):
        if exchange(choice, left, shots, search) <= LEAST_GAIN:
            break


def make_search(n_threat: int, n_cell: int) -> Search:
    """Return scratch for a search among so many threats with at most so many cells."""
    return Search(
        n_cell=arrays.counts(n_threat),
        unit=arrays.none(n_threat, n_cell),
        kind=arrays.none(n_threat, n_cell),
        likely=arrays.zeros(n_threat, n_cell),
        most=arrays.counts(n_threat, n_cell),
        hope=arrays.zeros(n_threat),
        gain=arrays.zeros(n_threat),
        before=arrays.counts(2, n_cell),
        free=arrays.none(n_cell),
        trials=arrays.counts(1),
    )


@kernel
def prepare(choice: Choice, whole: Left, left: Left, shots: Ints, search: Search) -> None:
    """List the cells, gains and hopes of each threat; ``whole`` is what there is of all."""
    for threat in range(shots.shape[0]):
        most, n = 0, 0
        for unit in range(shots.shape[1]):
            for kind in range(shots.shape[2]):
                if choice.kill_probability[threat, unit, kind] <= 0.0:
                    continue
                search.unit[threat, n], search.kind[threat, n] = unit, kind
                search.likely[threat, n] = choice.kill_probability[threat, unit, kind]
                search.most[threat, n] = choice.most[threat, unit, kind]
                most = max(most, choice.most[threat, unit, kind])
                n += 1
        search.n_cell[threat] = n
        search.gain[threat] = _gain_of(choice, shots, search, threat)
        if most > 1:
            _hand_back(choice, left, shots, search, threat, 0)
            search.hope[threat] = _choose(choice, whole, shots, search, threat)
            _hand_back(choice, whole, shots, search, threat, 1)
            _restore(choice, left, shots, search, threat, 0)


@kernel
def exchange(choice: Choice, left: Left, shots: Ints, search: Search) -> float:
    """Try every pair of threats once; return what was gained in all."""
    total = 0.0
    for threat in range(shots.shape[0]):
        if search.hope[threat] <= search.gain[threat] + LEAST_GAIN:
            continue
        total += _try_pair(choice, left, shots, search, threat, -1)
        for other in range(shots.shape[0]):
            if other == threat or not _could_use(shots, search, threat, other):
                continue
            if search.trials[0] >= TRIALS_MAX:
                return total
            search.trials[0] += 1
            total += _try_pair(choice, left, shots, search, threat, other)
    return total


@kernel
def _could_use(shots: Ints, search: Search, threat: int, other: int) -> bool:
    """Tell whether ``other`` has rounds of a unit that could shoot at ``threat``."""
    for n in range(search.n_cell[other]):
        unit, kind = search.unit[other, n], search.kind[other, n]
        if shots[other, unit, kind] > 0:
            for m in range(search.n_cell[threat]):
                if search.unit[threat, m] == unit:
                    return True
    return False


@kernel
def _try_pair(
    choice: Choice, left: Left, shots: Ints, search: Search, threat: int, other: int
) -> float:
    """Let two threats (-1: nobody else) choose again; return the gain, 0 if all stays."""
    gain, gain_other = search.gain[threat], 0.0
    _hand_back(choice, left, shots, search, threat, 0)
    if other >= 0:
        gain_other = search.gain[other]
        _hand_back(choice, left, shots, search, other, 1)
    first, second = _choose(choice, left, shots, search, threat), 0.0
    if other >= 0 and first > gain + LEAST_GAIN:
        second = _choose(choice, left, shots, search, other)
    if first + second > gain + gain_other + LEAST_GAIN:
        search.gain[threat] = first
        if other >= 0:
            search.gain[other] = second
        return float(first + second - gain - gain_other)
    _forget(choice, left, shots, search, threat)
    if other >= 0:
        _forget(choice, left, shots, search, other)
        _restore(choice, left, shots, search, other, 1)
    _restore(choice, left, shots, search, threat, 0)
    return 0.0


@kernel
def _gain_of(choice: Choice, shots: Ints, search: Search, threat: int) -> float:
    """Return what the rounds at a threat gain, less what they are worth kept."""
    survival, cost = 1.0, 0.0
    for n in range(search.n_cell[threat]):
        unit, kind = search.unit[threat, n], search.kind[threat, n]
        rounds = shots[threat, unit, kind]
        if rounds > 0:
            survival *= (1.0 - search.likely[threat, n]) ** rounds
            cost += rounds * choice.cost[unit, kind]
    return float(choice.value[threat] * (1.0 - survival) - cost)


@kernel
def _hand_back(
    choice: Choice, left: Left, shots: Ints, search: Search, threat: int, place: int
) -> None:
    """Take all rounds off a threat and remember them in row ``place`` of ``before``."""
    for n in range(search.n_cell[threat]):
        unit, kind = search.unit[threat, n], search.kind[threat, n]
        rounds = shots[threat, unit, kind]
        search.before[place, n] = rounds
        if rounds > 0:
            take(choice, left, shots, threat, unit, kind, -rounds)


@kernel
def _forget(choice: Choice, left: Left, shots: Ints, search: Search, threat: int) -> None:
    """Take all rounds off a threat."""
    for n in range(search.n_cell[threat]):
        unit, kind = search.unit[threat, n], search.kind[threat, n]
        rounds = shots[threat, unit, kind]
        if rounds > 0:
            take(choice, left, shots, threat, unit, kind, -rounds)


@kernel
def _restore(
    choice: Choice, left: Left, shots: Ints, search: Search, threat: int, place: int
) -> None:
    """Give a threat without rounds those of row ``place`` of ``before``."""
    for n in range(search.n_cell[threat]):
        rounds = search.before[place, n]
        if rounds > 0:
            unit, kind = search.unit[threat, n], search.kind[threat, n]
            take(choice, left, shots, threat, unit, kind, rounds)


@kernel
def _choose(choice: Choice, left: Left, shots: Ints, search: Search, threat: int) -> float:
    """Give a threat without rounds the best one or two, then more; return what it gains.

    Two are chosen together: what is best alone may leave no channel for a second.
    """
    best, one, two = _best_pair(choice, left, shots, search, threat)
    if one < 0:
        return 0.0
    unit, kind = search.unit[threat, one], search.kind[threat, one]
    take(choice, left, shots, threat, unit, kind, 1)
    if two < 0:
        return best
    unit, kind = search.unit[threat, two], search.kind[threat, two]
    take(choice, left, shots, threat, unit, kind, 1)
    if max(search.most[threat, one], search.most[threat, two]) < 3:
        return best
    while True:
        gain, unit, kind = best_addition(choice, left, shots, threat)
        if unit < 0:
            return best
        take(choice, left, shots, threat, unit, kind, 1)
        best += gain


@kernel
def _best_pair(
    choice: Choice, left: Left, shots: Ints, search: Search, threat: int
) -> tuple[float, int, int]:
    """Return the gain and the places in the list of the best one or two rounds; -1: none."""
    value, n_free, likeliest = choice.value[threat], 0, 0.0
    for n in range(search.n_cell[threat]):
        unit, kind = search.unit[threat, n], search.kind[threat, n]
        if search.most[threat, n] > 0 and is_free(choice, left, shots, threat, unit, kind):
            search.free[n_free] = n
            n_free += 1
            likeliest = max(likeliest, search.likely[threat, n])
    best, one, two = LEAST_GAIN, -1, -1
    for i in range(n_free):
        a = search.free[i]
        unit, kind = search.unit[threat, a], search.kind[threat, a]
        survival = value * (1.0 - search.likely[threat, a])
        gain = value - survival - choice.cost[unit, kind]
        if gain > best:
            best, one, two = gain, a, -1
        if search.most[threat, a] < 2 or gain + survival * likeliest <= best:
            continue
        for j in range(i, n_free):
            b = search.free[j]
            both = gain + survival * search.likely[threat, b]
            if both <= best or search.most[threat, b] < 2:
                continue
            unit_b, kind_b = search.unit[threat, b], search.kind[threat, b]
            both -= choice.cost[unit_b, kind_b]
            if both > best and _are_free(choice, left, threat, unit, kind, unit_b, kind_b):
                best, one, two = both, a, b
    return best, one, two


@kernel
def _are_free(
    choice: Choice, left: Left, threat: int, unit: int, kind: int, unit_b: int, kind_b: int
) -> bool:
    """Tell whether two rounds, each of which is to be had alone, are so together."""
    if unit == unit_b and kind == kind_b:
        if left.rounds[unit, kind] < 2:
            return False
        return bool(choice.takes_kept[threat, unit] or left.common[unit, kind] > 1)
    if unit == unit_b and left.channels[unit] < 2:
        return False
    system, system_b = choice.unit_system[unit], choice.unit_system[unit_b]
    return bool(system != system_b or left.engagements[system] > 1)
