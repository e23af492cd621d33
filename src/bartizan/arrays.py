"""The array types that tables are made of, and what can be done with any table.

A table is a ``NamedTuple`` of arrays (struct of arrays) with one row an entity. Columns are
float64, int64 or bool, so that a table can enter a kernel.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

Table = TypeVar("Table", bound=NamedTuple)


@dataclass(frozen=True)
class Coded:
    """A column of texts as numbers of words: four bytes each, where millions are recorded."""

    codes: NDArray[np.int32]
    words: Sequence[str]

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[str]:
        return (self.words[code] for code in self.codes)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[np.str_]:
        return np.array(self.words, dtype=str)[self.codes]

    def in_order_of_use(self) -> "Coded":
        """Return the same texts, the words that occur in order of their first occurrence."""
        first = np.full(len(self.words), len(self.codes))
        first[self.codes[::-1]] = np.arange(len(self.codes))[::-1]  # the last written stays
        used = np.flatnonzero(first < len(self.codes))
        order = used[np.argsort(first[used])]
        place = np.zeros(max(len(self.words), 1), dtype=np.int32)
        place[order] = np.arange(len(order), dtype=np.int32)
        return Coded(place[self.codes], [self.words[code] for code in order])


def coded(codes: "Ints", words: Sequence[str]) -> Coded:
    """Return a column of texts by their numbers among words."""
    return Coded(codes.astype(np.int32), words)


def nan(*shape: int) -> Floats:
    """Return a float column of the shape, every cell not a number."""
    return np.full(shape, np.nan)


def never(*shape: int) -> Floats:
    """Return a calendar column of the shape, no date set (infinity)."""
    return np.full(shape, np.inf)


def zeros(*shape: int) -> Floats:
    """Return a float column of the shape, every cell 0."""
    return np.zeros(shape)


def counts(*shape: int) -> Ints:
    """Return an integer column of the shape, every cell 0."""
    return np.zeros(shape, dtype=np.int64)


def none(*shape: int) -> Ints:
    """Return an index column of the shape, every cell -1 (nobody)."""
    return np.full(shape, -1, dtype=np.int64)


def flags(*shape: int) -> Bools:
    """Return a boolean column of the shape, every cell False."""
    return np.zeros(shape, dtype=np.bool_)


def copied(table: Table) -> Table:
    """Return a deep copy of a table, with the tables in it."""
    return table._make(_copy(column) for column in table)


def _copy(column: Any) -> Any:
    if isinstance(column, np.ndarray):
        return column.copy()
    return copied(cast(Any, column)) if isinstance(column, tuple) else column
