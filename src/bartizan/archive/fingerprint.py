"""The numeric fingerprint of a machine: equal ones promise the same bits for the same seed.

A hash of some 10 000 results of libm (through `math`, NumPy and a compiled kernel) and of
linear algebra. Processors without FMA or AVX2 and other libm versions differ in last bits.
"""

import hashlib
import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from bartizan.arrays import Floats
from bartizan.kernel import kernel

POINTS = 400


@kernel
def compiled_results(x: Floats, out: Floats) -> None:
    """Fill ``out`` (n, 10) with libm results at ``x`` (n,), each in (0, 1)."""
    for i in range(x.shape[0]):
        u = x[i]
        out[i, 0] = math.sin(40.0 * u)
        out[i, 1] = math.cos(40.0 * u)
        out[i, 2] = math.tan(1.5 * u)
        out[i, 3] = math.asin(u)
        out[i, 4] = math.acos(u)
        out[i, 5] = math.atan2(u, 1.0 - u)
        out[i, 6] = math.exp(30.0 * u)
        out[i, 7] = math.log(u)
        out[i, 8] = u ** (1.0 / 3.0)
        out[i, 9] = math.hypot(u, 3.0 * u) + u * u - math.sqrt(u)


def _points() -> Floats:
    # Weyl's sequence of the golden ratio: spread evenly, exact multiples, no generator
    steps = np.arange(1, POINTS + 1, dtype=np.float64)
    return np.mod(steps * 0.6180339887498949, 1.0)


def _vectorised(x: Floats) -> Iterator[Floats]:
    yield from (np.sin(40.0 * x), np.cos(40.0 * x), np.tan(1.5 * x), np.arcsin(x))
    yield from (np.arccos(x), np.arctan2(x, 1.0 - x), np.exp(30.0 * x), np.log(x))
    yield from (x ** (1.0 / 3.0), np.hypot(x, 3.0 * x))


def _interpreted(x: Floats) -> Iterator[Floats]:
    for function in (math.sin, math.exp, math.log, math.atan, math.erf):
        yield np.array([function(u) for u in x.tolist()])


def _linear_algebra(x: Floats) -> Iterator[Any]:
    spread = x[:324].reshape(9, 6, 6)
    symmetric = spread @ spread.transpose(0, 2, 1) + np.eye(6)
    yield from (symmetric, np.linalg.inv(symmetric), np.linalg.cholesky(symmetric))
    yield from (np.linalg.eigvalsh(symmetric), np.linalg.solve(symmetric, spread))
    yield np.linalg.det(symmetric)


@cache
def numeric_fingerprint() -> str:
    """Return the fingerprint of this machine and these libraries: 16 hexadecimal digits."""
    x = _points()
    compiled = np.empty((POINTS, 10))
    compiled_results(x, compiled)
    digest = hashlib.blake2b(compiled.tobytes(), digest_size=8)
    for results in (*_vectorised(x), *_interpreted(x), *_linear_algebra(x)):
        digest.update(np.ascontiguousarray(results).tobytes())
    return digest.hexdigest()
