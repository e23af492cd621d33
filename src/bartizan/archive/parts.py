"""The parts of a study on disk: Parquet files that are whole or not there, checked by name.

A part's name is ``<number>-<holds>-<hash>.parquet``: its place in the order of the study, the
hash of what it is asked to hold, and that of its content. So the folder is its own list: a part
that was changed, or that another study made, is known without any other file.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bartizan.archive.place import cannot_write, put
from bartizan.errors import RunError

if TYPE_CHECKING:
    import pyarrow as pa

_NAME = re.compile(r"(?P<number>\d+)-(?P<holds>[0-9a-f]{8})-(?P<hash>[0-9a-f]{16})\.parquet")


class Part(NamedTuple):
    """One file of a table of a study."""

    number: int
    holds: str  # hash of what was asked for
    hash: str  # of the content
    path: Path

    def is_sound(self) -> bool:
        """Return whether the content is what the name says."""
        try:
            return content_hash(self.path.read_bytes()) == self.hash
        except OSError:
            return False


def content_hash(content: bytes) -> str:
    """Return the hash that stands in the name of a part: 16 hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def put_part(folder: Path, number: int, holds: str, content: bytes) -> Part:
    """Write one part, durably.

    Raises
    ------
    RunError
        If it cannot be written: the reason.
    """
    digest = content_hash(content)
    path = folder / f"{number:06}-{holds}-{digest}.parquet"
    put(path, content)
    return Part(number, holds, digest, path)


def find_parts(folder: Path) -> list[Part]:
    """Return the parts in a folder by number; none where there is no folder."""
    try:
        found = [(_NAME.fullmatch(path.name), path) for path in folder.iterdir()]
    except OSError:
        return []
    parts = [
        Part(int(match["number"]), match["holds"], match["hash"], path)
        for match, path in found
        if match
    ]
    return sorted(parts)


def remove(paths: Iterable[Path]) -> None:
    """Remove files of a study.

    Raises
    ------
    RunError
        If one cannot be removed: the reason.
    """
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(path, error) from None


def clear_unfinished(folder: Path) -> None:
    """Remove what a killed process left half-written in a folder."""
    with suppress(OSError):
        remove(folder.glob(".*.unfinished"))


def encoded(table: "pa.Table") -> bytes:
    """Return an Arrow table as the bytes of a Parquet file: the same for the same table."""
    import pyarrow as pa
    import pyarrow.parquet

    sink = pa.BufferOutputStream()
    pyarrow.parquet.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def decoded(parts: Iterable[Part], columns: Iterable[str] | None = None) -> "pa.Table":
    """Return the rows of parts as one Arrow table; columns that a part lacks are null there.

    Parameters
    ----------
    parts
        In the order of the rows; one or more.
    columns
        Names of the columns; default: all that any part has.

    Raises
    ------
    RunError
        If a part cannot be read, with its name.
    """
    import pyarrow as pa
    import pyarrow.parquet

    wanted = None if columns is None else set(columns)
    tables = []
    for part in parts:
        try:
            with part.path.open("rb") as file:
                whole = pyarrow.parquet.ParquetFile(file)
                names = [name for name in whole.schema_arrow.names if _is_in(name, wanted)]
                tables.append(whole.read(names))
        except (pa.ArrowException, OSError) as error:
            raise RunError(
                f"{part.path}: this part cannot be read: {error}\n"
                "    remedy:  repeat the command of the study; it makes this part again"
            ) from error
    return pa.concat_tables(tables, promote_options="permissive")


def _is_in(name: str, wanted: set[str] | None) -> bool:
    return wanted is None or name in wanted


def sizes(parts: Iterable[Part], root: Path) -> Mapping[str, int]:
    """Return the size of each part in bytes, by its path below ``root``."""
    return {part.path.relative_to(root).as_posix(): part.path.stat().st_size for part in parts}
