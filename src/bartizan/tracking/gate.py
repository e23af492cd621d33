"""Who is near whom: a hashed grid of cubic cells over points, asked for all within a radius.

Filling it takes one pass, a question only the cells that the radius touches, so that pairing
tracks with plots never compares all with all.
"""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel


class Grid(NamedTuple):
    """Chains of the points that share a bucket; p points, a power of two of buckets."""

    cell_m: Floats  # (1,) edge of a cell
    head: Ints  # (buckets,) first point of a chain; -1: empty
    link: Ints  # (p,) next point of the chain; -1: last
    cell: Ints  # (p, 3) cell of a point


def make_grid(capacity: int) -> Grid:
    """Return a grid for at most ``capacity`` points."""
    n_bucket = 1 << max(4, (2 * capacity).bit_length())
    return Grid(
        cell_m=arrays.zeros(1),
        head=arrays.none(n_bucket),
        link=arrays.none(capacity),
        cell=arrays.counts(capacity, 3),
    )


@kernel
def _bucket(grid: Grid, i: int, j: int, k: int) -> int:
    mixed = (i * 73856093) ^ (j * 19349663) ^ (k * 83492791)
    return int(mixed & (grid.head.shape[0] - 1))


@kernel
def _cell(grid: Grid, coordinate_m: float) -> int:
    cell: int = math.floor(coordinate_m / grid.cell_m[0])
    return cell


@kernel
def fill(grid: Grid, position_m: Floats, n_point: int, cell_m: float) -> None:
    """Put the first ``n_point`` rows of ``position_m`` (n, 3) [m] into cells of ``cell_m``."""
    grid.cell_m[0] = cell_m
    for bucket in range(grid.head.shape[0]):
        grid.head[bucket] = -1
    for p in range(n_point):
        i = _cell(grid, position_m[p, 0])
        j = _cell(grid, position_m[p, 1])
        k = _cell(grid, position_m[p, 2])
        grid.cell[p, 0], grid.cell[p, 1], grid.cell[p, 2] = i, j, k
        bucket = _bucket(grid, i, j, k)
        grid.link[p] = grid.head[bucket]
        grid.head[bucket] = p


@kernel
def near(
    grid: Grid,
    position_m: Floats,
    n_point: int,
    x_m: float,
    y_m: float,
    z_m: float,
    radius_m: float,
    found: Ints,
) -> int:
    """Write the points within ``radius_m`` of a place to ``found``; return how many.

    Parameters
    ----------
    grid, position_m, n_point
        The grid and the points it was filled with.
    x_m, y_m, z_m, radius_m
        The ball.
    found
        (p,) room for all points; their order is that of the cells.
    """
    i0, i1 = _cell(grid, x_m - radius_m), _cell(grid, x_m + radius_m)
    j0, j1 = _cell(grid, y_m - radius_m), _cell(grid, y_m + radius_m)
    k0, k1 = _cell(grid, z_m - radius_m), _cell(grid, z_m + radius_m)
    n_found = 0
    if (i1 - i0 + 1) * (j1 - j0 + 1) * (k1 - k0 + 1) >= n_point:
        for p in range(n_point):
            if _is_within(position_m, p, x_m, y_m, z_m, radius_m):
                found[n_found] = p
                n_found += 1
        return n_found
    for i in range(i0, i1 + 1):
        for j in range(j0, j1 + 1):
            for k in range(k0, k1 + 1):
                p = grid.head[_bucket(grid, i, j, k)]
                while p >= 0:
                    # a bucket may also hold points of another cell
                    here = (
                        grid.cell[p, 0] == i and grid.cell[p, 1] == j and grid.cell[p, 2] == k
                    )
                    if here and _is_within(position_m, p, x_m, y_m, z_m, radius_m):
                        found[n_found] = p
                        n_found += 1
                    p = grid.link[p]
    return n_found


@kernel
def _is_within(
    position_m: Floats, p: int, x_m: float, y_m: float, z_m: float, radius_m: float
) -> bool:
    dx, dy, dz = position_m[p, 0] - x_m, position_m[p, 1] - y_m, position_m[p, 2] - z_m
    return bool(dx * dx + dy * dy + dz * dz <= radius_m * radius_m)
