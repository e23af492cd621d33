"""Vectors: the products of triples, for kernels, which make no arrays."""

from bartizan.arrays import Floats
from bartizan.kernel import kernel

Vector = tuple[float, float, float]


@kernel
def vector(column: Floats) -> Vector:
    """Return the first three cells of a column as a vector."""
    return column[0], column[1], column[2]


@kernel
def dot(a: Vector, b: Vector) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@kernel
def cross(a: Vector, b: Vector) -> Vector:
    """Return the vector product."""
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


@kernel
def added(a: Vector, scale: float, b: Vector) -> Vector:
    """Return a + scale b."""
    return a[0] + scale * b[0], a[1] + scale * b[1], a[2] + scale * b[2]


@kernel
def divided(a: Vector, by: float) -> Vector:
    """Return a / by."""
    return a[0] / by, a[1] / by, a[2] / by
