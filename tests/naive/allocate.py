"""Slow twins of the allocators: every answer, every gain, in plain loops."""

import itertools

import numpy as np

from bartizan.decide.choice import broken_rule, worth


def every_answer(choice, most):
    """All answers that keep the rules, with at most ``most`` rounds from a cell."""
    shape = choice.kill_probability.shape
    cells = np.argwhere(choice.kill_probability > 0.0).tolist()
    for rounds in itertools.product(range(most + 1), repeat=len(cells)):
        shots = np.zeros(shape, dtype=np.int64)
        for cell, n in zip(cells, rounds, strict=True):
            shots[tuple(cell)] = n
        if not broken_rule(choice, shots):
            yield shots


def optimum(choice, most=2):
    return max(worth(choice, shots) for shots in every_answer(choice, most))


def additions(choice, shots, threats):
    """(gain, threat, unit, type) of each further round that keeps the rules."""
    now = worth(choice, shots)
    for threat, unit, kind in itertools.product(threats, *map(range, shots.shape[1:])):
        if choice.kill_probability[threat, unit, kind] > 0.0:
            more = shots.copy()
            more[threat, unit, kind] += 1
            if not broken_rule(choice, more):
                yield worth(choice, more) - now, threat, unit, kind


def add_rounds(choice, shots, threats=None):
    """Add the round that gains most, the first of equal ones, until none gains."""
    shots = shots.copy()
    threats = range(len(shots)) if threats is None else threats
    while True:
        best = max(
            additions(choice, shots, threats), default=(0.0,), key=lambda a: round(a[0], 9)
        )
        if best[0] <= 1e-9:
            return shots
        shots[best[1:]] += 1


def greedy(choice):
    return add_rounds(choice, np.zeros(choice.kill_probability.shape, dtype=np.int64))


def first_come(choice):
    shots = np.zeros(choice.kill_probability.shape, dtype=np.int64)
    for threat in sorted(range(len(shots)), key=lambda row: choice.since_s[row]):
        shots = add_rounds(choice, shots, [threat])
    return shots
