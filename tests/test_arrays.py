"""Columns of tables: their types, their fill, and copies that share nothing."""

from typing import NamedTuple

import numpy as np
import pytest

from bartizan import arrays


class Couple(NamedTuple):
    first: np.ndarray
    second: np.ndarray
    count: int


@pytest.mark.parametrize(
    ("make", "dtype", "fill"),
    [
        (arrays.nan, np.float64, np.nan),
        (arrays.never, np.float64, np.inf),
        (arrays.zeros, np.float64, 0.0),
        (arrays.counts, np.int64, 0),
        (arrays.none, np.int64, -1),
        (arrays.flags, np.bool_, False),
    ],
)
@pytest.mark.parametrize("shape", [(0,), (3,), (2, 3)])
def test_a_column_has_its_type_shape_and_fill(make, dtype, fill, shape):
    column = make(*shape)
    assert column.dtype == dtype
    np.testing.assert_array_equal(column, np.full(shape, fill))


def test_a_copied_table_shares_nothing_with_the_first():
    table = Couple(arrays.zeros(2), arrays.none(3), 5)
    twin = arrays.copied(table)
    twin.first[0] = 7.0
    assert isinstance(twin, Couple)
    assert table.first[0] == 0.0
    assert twin.count == 5
