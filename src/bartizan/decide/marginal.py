"""Rounds one by one, each where it gains most: greedy, first-come, and completion of a flow.

Source: den Broeder, Ellison and Emerling, On optimum target assignments, Operations Research
7(3), 1959 (maximum marginal return).
"""

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.decide.choice import (
    LEAST_GAIN,
    NO_LIMIT,
    Choice,
    Left,
    all_of,
    is_free,
    no_shots,
    take,
)
from bartizan.kernel import kernel


def greedy(choice: Choice) -> Ints:
    """Return the rounds (m, u, t) by maximum marginal return: the named baseline."""
    shots = no_shots(choice)
    add_rounds(choice, all_of(choice), shots, np.empty(len(shots)))
    return shots


def first_come(choice: Choice) -> Ints:
    """Return the rounds (m, u, t) where who came first has the best of what there is."""
    shots = no_shots(choice)
    serve(choice, all_of(choice), shots, np.argsort(choice.since_s, kind="stable"))
    return shots


@kernel
def best_addition(
    choice: Choice, left: Left, shots: Ints, threat: int
) -> tuple[float, int, int]:
    """Return the gain, unit and type of the best further round at a threat; -1: none.

    Of equal ones the first.
    """
    survival, rounds, most = choice.value[threat], 0, NO_LIMIT
    for unit in range(shots.shape[1]):
        for kind in range(shots.shape[2]):
            n = shots[threat, unit, kind]
            if n > 0:
                rounds += n
                survival *= (1.0 - choice.kill_probability[threat, unit, kind]) ** n
                most = min(most, choice.most[threat, unit, kind])
    best, best_unit, best_kind = LEAST_GAIN, -1, -1
    if rounds >= most:
        return 0.0, -1, -1
    for unit in range(shots.shape[1]):
        for kind in range(shots.shape[2]):
            probability = choice.kill_probability[threat, unit, kind]
            gain = survival * probability - choice.cost[unit, kind]
            if probability <= 0.0 or gain <= best:
                continue
            if rounds >= choice.most[threat, unit, kind]:
                continue
            if is_free(choice, left, shots, threat, unit, kind):
                best, best_unit, best_kind = gain, unit, kind
    return (best if best_unit >= 0 else 0.0), best_unit, best_kind


@kernel
def add_rounds(choice: Choice, left: Left, shots: Ints, gains: Floats) -> None:
    """Add rounds to ``shots`` (m, u, t), the greatest gain first, while there is any.

    ``gains`` (m,) is scratch. What a round gains only falls while others are given out, so that
    a gain is computed anew only when it seems the greatest.
    """
    for threat in range(shots.shape[0]):
        gains[threat] = best_addition(choice, left, shots, threat)[0]
    while True:
        threat, most = -1, 0.0
        for row in range(shots.shape[0]):
            if gains[row] > most:
                threat, most = row, gains[row]
        if threat < 0:
            break
        gain, unit, kind = best_addition(choice, left, shots, threat)
        gains[threat] = gain
        if unit < 0 or gain < most:
            continue
        take(choice, left, shots, threat, unit, kind, 1)
        gains[threat] = best_addition(choice, left, shots, threat)[0]


@kernel
def serve(choice: Choice, left: Left, shots: Ints, order: Ints) -> None:
    """Give each threat, in ``order`` (m,), the best rounds left until it has enough."""
    for threat in order:
        while True:
            _, unit, kind = best_addition(choice, left, shots, threat)
            if unit < 0:
                break
            take(choice, left, shots, threat, unit, kind, 1)
