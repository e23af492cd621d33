"""Single: the best order where only one may be given, by trying all of them.

In a long raid that is the usual case: an engagement ends, and one threat of many is next.
"""

from bartizan.arrays import Ints
from bartizan.decide.choice import LEAST_GAIN, Choice, Left, is_free
from bartizan.kernel import kernel


@kernel
def is_single(choice: Choice, free: Left) -> bool:
    """Tell whether channels and engagements allow for one order at most."""
    orders = 0
    for system in range(free.engagements.shape[0]):
        channels = 0
        for unit in range(free.channels.shape[0]):
            if choice.unit_system[unit] == system:
                channels += free.channels[unit]
        orders += min(channels, free.engagements[system])
    return bool(orders <= 1)


@kernel
def best_order(choice: Choice, free: Left, shots: Ints) -> None:
    """Write the order of greatest worth into empty ``shots`` (m, u, t); of equals the first."""
    n_threat, n_unit, n_kind = shots.shape
    best, rounds, found, n = LEAST_GAIN, 0, (0, 0, 0), 1
    while True:
        may_grow, top, place = False, 0.0, (0, 0, 0)
        for threat in range(n_threat):
            for unit in range(n_unit):
                for kind in range(n_kind):
                    most = _most(choice, free, shots, threat, unit, kind)
                    if most < n:
                        continue
                    gain = _gain(choice, threat, unit, kind, n)
                    may_grow = may_grow or most > n
                    if gain > top:
                        top, place = gain, (threat, unit, kind)
        if top > best + LEAST_GAIN:
            best, rounds, found = top, n, place
        if not may_grow:
            break
        n += 1
    if rounds > 0:
        shots[found] = rounds


@kernel
def _most(choice: Choice, free: Left, shots: Ints, threat: int, unit: int, kind: int) -> int:
    """Return the most rounds of an order; 0 where it cannot be given."""
    if choice.kill_probability[threat, unit, kind] <= 0.0:
        return 0
    if not is_free(choice, free, shots, threat, unit, kind):
        return 0
    left = free.rounds if choice.takes_kept[threat, unit] else free.common
    return int(min(choice.most[threat, unit, kind], left[unit, kind]))


@kernel
def _gain(choice: Choice, threat: int, unit: int, kind: int, rounds: int) -> float:
    """Return what so many rounds of an order gain, less what they are worth kept."""
    survival = 1.0
    for _ in range(rounds):
        survival *= 1.0 - choice.kill_probability[threat, unit, kind]
    return float(choice.value[threat] * (1.0 - survival) - choice.cost[unit, kind] * rounds)
