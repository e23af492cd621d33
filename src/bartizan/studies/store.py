"""Which chunks of a study are on disk already, and how one is put there.

A chunk is done when its part of the replications is there and sound; recorded tables are
written before it, a part for each block, so that they are there unless somebody removed them.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bartizan.archive.parts import (
    Part,
    clear_unfinished,
    decoded,
    encoded,
    find_parts,
    put_part,
    remove,
)
from bartizan.archive.place import cannot_write
from bartizan.archive.study import REPLICATIONS
from bartizan.arrays import Floats, Ints
from bartizan.studies.arms import MOST_BLOCKS, Arm, Chunk, holds_of
from bartizan.studies.measures import Row, table_of


def prepare(directory: Path, tables: Iterable[str]) -> None:
    """Make the folders of a study's tables, and clear what a killed process left there.

    Raises
    ------
    RunError
        If they cannot be made.
    """
    for table in tables:
        try:
            (directory / table).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(directory, error) from None
        clear_unfinished(directory / table)


def missing(
    directory: Path, chunks: Sequence[Chunk], arms: Sequence[Arm], tables: Sequence[str]
) -> tuple[list[Chunk], list[str]]:
    """Return the chunks that must be made, and the names of parts that were damaged.

    Parts of these chunks that are damaged, or hold something else, are removed.
    """
    wanted = {table: _expected(table, chunks, arms) for table in tables}
    damaged: list[str] = []
    lacking: set[int] = set()
    for table, holds in wanted.items():
        there: set[int] = set()
        for part in find_parts(directory / table):
            if part.number not in holds:
                continue
            is_asked, is_sound = part.holds == holds[part.number], part.is_sound()
            if is_asked and is_sound and part.number not in there:
                there.add(part.number)
                continue
            damaged += [f"{table}/{part.path.name}"] if is_asked and not is_sound else []
            remove([part.path])
        short = set(holds) - there
        lacking |= short if table == REPLICATIONS else {n // MOST_BLOCKS for n in short}
    return [chunk for chunk in chunks if chunk.number in lacking], damaged


def _expected(table: str, chunks: Sequence[Chunk], arms: Sequence[Arm]) -> dict[int, str]:
    if table == REPLICATIONS:
        return {chunk.number: chunk.holds for chunk in chunks}
    return {
        block_number(chunk, k): holds_of([block], arms)
        for chunk in chunks
        for k, block in enumerate(chunk.blocks)
    }


def block_number(chunk: Chunk, k: int) -> int:
    """Return the number of the recorded parts of a chunk's k-th block."""
    return chunk.number * MOST_BLOCKS + k


def put_tables(
    directory: Path, chunk: Chunk, k: int, arms: Sequence[Arm], tables: Mapping[str, bytes]
) -> None:
    """Write what a block recorded."""
    for table, content in tables.items():
        number, holds = block_number(chunk, k), holds_of([chunk.blocks[k]], arms)
        put_part(directory / table, number, holds, content)


def put_chunk(
    directory: Path, chunk: Chunk, rows: Sequence[Row], about: Mapping[str, str]
) -> None:
    """Write the rows of a chunk, in the order of its blocks."""
    content = encoded(table_of(rows, about))
    put_part(directory / REPLICATIONS, chunk.number, chunk.holds, content)


def drop_beyond(directory: Path, n_chunk: int, tables: Iterable[str]) -> None:
    """Remove parts of chunks that the study does not have."""
    for table in tables:
        most = n_chunk if table == REPLICATIONS else n_chunk * MOST_BLOCKS
        remove(part.path for part in find_parts(directory / table) if part.number >= most)


def values_of(directory: Path, measure: str, arm: str | None = None) -> tuple[Floats, Ints]:
    """Return a measure of the finished replications, maybe of one arm, and their draws."""
    parts: list[Part] = find_parts(directory / REPLICATIONS)
    if not parts:
        return np.zeros(0), np.zeros(0, np.int64)
    table = decoded(parts, [measure, "arm", "draw"])
    return column_of(table, measure, arm), column_of(table, "draw", arm).astype(np.int64)


def column_of(table: Any, name: str, arm: str | None = None) -> Floats:
    """Return a column of numbers or truths as floats, nan for null; maybe of one arm."""
    import pyarrow as pa
    import pyarrow.compute

    if arm is not None:
        table = table.filter(pyarrow.compute.equal(table.column("arm"), arm))
    column = table.column(name).cast(pa.float64())
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
