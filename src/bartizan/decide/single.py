"""Single: the best order where only one may be given, by trying all of them.

In a long raid that is the usual case: an engagement ends, and one threat of many is next.
"""

import numpy as np

from bartizan.arrays import Ints
from bartizan.decide.choice import LEAST_GAIN, Choice, all_of, no_shots


def is_single(choice: Choice) -> bool:
    """Tell whether channels and engagements allow for one order at most."""
    free = all_of(choice)
    of_system = np.bincount(choice.unit_system, free.channels, len(free.engagements))
    return bool(np.minimum(of_system, free.engagements).sum() <= 1)


def best_order(choice: Choice) -> Ints:
    """Return the order of greatest worth as rounds (m, u, t); of equal ones the first."""
    shots, free = no_shots(choice), all_of(choice)
    is_free = (free.channels > 0) & (free.engagements[choice.unit_system] > 0)
    limit = np.where(choice.takes_kept[:, :, None], free.rounds, free.common)
    most = np.minimum(choice.most, limit)
    most[~(is_free[:, None] & (choice.kill_probability > 0.0))] = 0
    best, cell, survival = LEAST_GAIN, -1, np.ones(most.shape)
    rounds = 0
    for n in range(1, int(most.max(initial=0)) + 1):
        survival *= 1.0 - choice.kill_probability
        gain = choice.value[:, None, None] * (1.0 - survival) - choice.cost * n
        gain[most < n] = 0.0
        found = int(gain.argmax())
        if gain.flat[found] > best + LEAST_GAIN:
            best, cell, rounds = float(gain.flat[found]), found, n
    if cell >= 0:
        shots.flat[cell] = rounds
    return shots
