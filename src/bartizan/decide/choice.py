"""The choice before an allocator: who may shoot at what, what it is worth, and what is left.

An order is one interceptor type of one fire unit at one threat, with as many rounds as it
gets. It takes a channel of its unit and an engagement of its system.
"""

from typing import NamedTuple

import numpy as np

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints
from bartizan.kernel import kernel

NO_LIMIT = 1 << 40
LEAST_GAIN = 1e-9  # less than this is rounding


class Choice(NamedTuple):
    """What may be spent on m threats by u fire units with t interceptor types; never written.

    Each fire unit belongs to one of s systems.
    """

    value: Floats  # (m,) of what a threat would do
    since_s: Floats  # (m,) when it was first there to shoot at
    kill_probability: Floats  # (m, u, t) expected, less what waiting costs; 0: not feasible
    cost: Floats  # (u, t) value of a round that is kept
    most: Ints  # (m, u, t) rounds at the threat, at once, that one from here may be among
    rounds: Ints  # (u, t) left
    kept: Ints  # (u, t) of them for who may take them
    takes_kept: Bools  # (m, u) the threat may have rounds of that unit that are kept
    channels: Ints  # (u,) free
    unit_system: Ints  # (u,)
    engagements: Ints  # (s,) that the system may still begin


class Left(NamedTuple):
    """What is left of a choice when some of it is spent."""

    rounds: Ints  # (u, t)
    common: Ints  # (u, t) for threats that may not take what is kept
    channels: Ints  # (u,)
    engagements: Ints  # (s,)


def no_shots(choice: Choice) -> Ints:
    """Return an empty answer: rounds (m, u, t) of each order."""
    return arrays.counts(*choice.kill_probability.shape)


def all_of(choice: Choice) -> Left:
    """Return what is left before anything is spent."""
    return Left(
        rounds=np.maximum(choice.rounds, 0),
        common=np.maximum(choice.rounds - choice.kept, 0),
        channels=np.maximum(choice.channels, 0),
        engagements=np.maximum(choice.engagements, 0),
    )


def left_of(choice: Choice, shots: Ints) -> Left:
    """Return what an answer ``shots`` (m, u, t) leaves; negative where it takes too much."""
    left = all_of(choice)
    spend(choice, shots, left)
    return left


@kernel
def spend(choice: Choice, shots: Ints, left: Left) -> None:
    """Take an answer (m, u, t) off what is ``left``."""
    for threat in range(shots.shape[0]):
        for unit in range(shots.shape[1]):
            for kind in range(shots.shape[2]):
                n = shots[threat, unit, kind]
                if n == 0:
                    continue
                left.rounds[unit, kind] -= n
                if not choice.takes_kept[threat, unit]:
                    left.common[unit, kind] -= n
                left.channels[unit] -= 1
                left.engagements[choice.unit_system[unit]] -= 1


def worth(choice: Choice, shots: Ints) -> float:
    """Return the expected value saved by an answer (m, u, t), less the worth of its rounds."""
    survival = np.prod((1.0 - choice.kill_probability) ** shots, axis=(1, 2))
    spent = float((choice.cost * shots.sum(axis=0)).sum())
    return float(choice.value @ (1.0 - survival)) - spent


def broken_rule(choice: Choice, shots: object) -> str:
    """Return which rule an answer breaks, in words; empty if it keeps all of them."""
    if not isinstance(shots, np.ndarray) or shots.dtype != np.int64:
        return "not an array of 64-bit integers"
    if shots.shape != choice.kill_probability.shape:
        return f"shape {shots.shape}, not {choice.kill_probability.shape}"
    if np.any(shots < 0):
        return "negative rounds"
    if np.any(choice.kill_probability[shots > 0] <= 0.0):
        return "a shot that is not feasible"
    most = np.where(shots > 0, choice.most, NO_LIMIT).min(axis=(1, 2), initial=NO_LIMIT)
    if np.any(shots.sum(axis=(1, 2)) > most):
        return "more rounds at a threat than the doctrine allows"
    left = left_of(choice, shots)
    short = (name for name, column in left._asdict().items() if np.any(column < 0))
    return ", ".join(f"more {name} than there are" for name in short)


@kernel
def is_free(choice: Choice, left: Left, shots: Ints, threat: int, unit: int, kind: int) -> bool:
    """Tell whether one more round of a unit and type is to be had for a threat."""
    if left.rounds[unit, kind] <= 0:
        return False
    if not choice.takes_kept[threat, unit] and left.common[unit, kind] <= 0:
        return False
    if shots[threat, unit, kind] > 0:
        return True
    return bool(left.channels[unit] > 0 and left.engagements[choice.unit_system[unit]] > 0)


@kernel
def take(
    choice: Choice, left: Left, shots: Ints, threat: int, unit: int, kind: int, rounds: int
) -> None:
    """Spend rounds of a unit and type on a threat; negative ones are given back."""
    before = shots[threat, unit, kind]
    after = before + rounds
    shots[threat, unit, kind] = after
    left.rounds[unit, kind] -= rounds
    if not choice.takes_kept[threat, unit]:
        left.common[unit, kind] -= rounds
    orders = (1 if after > 0 else 0) - (1 if before > 0 else 0)
    left.channels[unit] -= orders
    left.engagements[choice.unit_system[unit]] -= orders
