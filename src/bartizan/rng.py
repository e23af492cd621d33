"""Draws that depend on nothing but their names: `draw(key, purpose, a, b, i)`.

A counter-based generator (Philox4x32-10): the same key, purpose, ids and number give the same
draw in any order, on any number of workers, whatever else exists. `a` and `b` are stable ids,
hashed from document names; `i` is the number of the look, shot or scan, never the tick.

Source: Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC 2011.
"""

import hashlib
import math
from enum import IntEnum

import numpy as np

from bartizan.kernel import kernel

Word = int | np.uint64

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_UNIT = 2.0**-32


class Purpose(IntEnum):
    """What a draw decides; draws of different purposes are independent."""

    DETECTION = 1
    NOISE = 2
    FALSE_ALARM = 3
    FALSE_ALARM_PLACE = 4
    IFF = 5
    ADDRESS = 6
    KILL = 7
    ASSESSMENT = 8
    DAMAGE = 9
    SCHEDULE = 10
    FIGURES = 11
    LINK = 12
    LINK_NOISE = 13
    DECISION = 14
    TURN_AWAY = 15
    CHAFF = 16


def stable_id(name: str) -> int:
    """Return the id of a document name such as ``raid.cruise[17]``: in [0, 2**63)."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) >> 1


def run_key(seed: int) -> int:
    """Return the generator's key of a seed: in [0, 2**63)."""
    return stable_id(f"seed {seed}")


@kernel
def philox(
    c0: Word, c1: Word, c2: Word, c3: Word, k0: Word, k1: Word
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Return the Philox4x32-10 block of a counter under a key, all words in [0, 2**32)."""
    x0, x1, x2, x3 = np.uint64(c0), np.uint64(c1), np.uint64(c2), np.uint64(c3)
    y0, y1 = np.uint64(k0), np.uint64(k1)
    for _ in range(10):
        p0 = _M0 * x0
        p1 = _M1 * x2
        x0, x1, x2, x3 = (
            (p1 >> _HALF) ^ x1 ^ y0,
            p1 & _LOW,
            (p0 >> _HALF) ^ x3 ^ y1,
            p0 & _LOW,
        )
        y0 = (y0 + _W0) & _LOW
        y1 = (y1 + _W1) & _LOW
    return x0, x1, x2, x3


@kernel
def draw4(key: int, purpose: int, a: int, b: int, i: int) -> tuple[float, float, float, float]:
    """Return four independent uniform draws in (0, 1).

    Parameters
    ----------
    key
        Of the run, `run_key(seed)`.
    purpose
        A `Purpose`.
    a, b
        Stable ids of whom the draw concerns, in [0, 2**63).
    i
        Number of the look, shot or scan, >= 0.

    Assumes: ids differ in their low 32 bits or high 31 bits, which hashed names do.
    """
    low, half = np.uint64(0xFFFFFFFF), np.uint64(32)
    ka, kb, kk = np.uint64(a), np.uint64(b), np.uint64(key)
    x0, x1, x2, x3 = philox(
        ka & low,
        kb & low,
        np.uint64(i) & low,
        np.uint64(purpose),
        (kk & low) ^ (ka >> half),
        (kk >> half) ^ (kb >> half),
    )
    return (
        (float(x0) + 0.5) * _UNIT,
        (float(x1) + 0.5) * _UNIT,
        (float(x2) + 0.5) * _UNIT,
        (float(x3) + 0.5) * _UNIT,
    )


@kernel
def draw(key: int, purpose: int, a: int, b: int, i: int) -> float:
    """Return one uniform draw in (0, 1); see `draw4`."""
    return draw4(key, purpose, a, b, i)[0]


@kernel
def normals(
    key: int, purpose: int, a: int, b: int, i: int
) -> tuple[float, float, float, float]:
    """Return four independent standard normal draws; see `draw4`.

    Source: Box and Muller, 1958.
    """
    u0, u1, u2, u3 = draw4(key, purpose, a, b, i)
    r0, r1 = math.sqrt(-2.0 * math.log(u0)), math.sqrt(-2.0 * math.log(u2))
    t0, t1 = 2.0 * math.pi * u1, 2.0 * math.pi * u3
    return r0 * math.cos(t0), r0 * math.sin(t0), r1 * math.cos(t1), r1 * math.sin(t1)


@kernel
def poisson(mean: float, u: float) -> int:
    """Return the Poisson count at cumulative probability ``u`` by inversion; mean < 500."""
    term = math.exp(-mean)
    total = term
    count = 0
    while u > total and count < 2000:
        count += 1
        term *= mean / count
        total += term
    return count
