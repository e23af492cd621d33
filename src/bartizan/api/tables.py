"""Tables of plots, tracks and truth in files: Parquet or comma-separated text."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bartizan.archive.place import staged_file
from bartizan.errors import BartizanError, RunError

if TYPE_CHECKING:
    import pyarrow as pa

FILES = (".parquet", ".csv")


def table_of(given: Any, name: str) -> tuple[Any, str]:
    """Return a table, read if a path is given, and what to call it.

    Raises
    ------
    BartizanError
        If the path names no table, or cannot be read.
    """
    if not isinstance(given, str | Path):
        return given, name
    path = Path(given)
    check_name(path, f"give {name} as one of these")
    return _read(path), str(path)


def check_name(path: Path, remedy: str) -> None:
    """Refuse a path that does not end as a table does."""
    if path.suffix not in FILES:
        raise BartizanError(
            f"{path}: not the name of a table\n    allowed: {', '.join(FILES)}\n"
            f"    remedy:  {remedy}"
        )


def _read(path: Path) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    try:
        with path.open("rb") as file:
            if path.suffix == ".csv":
                return pa.csv.read_csv(file)
            return pa.parquet.read_table(file)
    except FileNotFoundError:
        raise RunError(f"{path}: no such file\n    remedy:  give the path of a table") from None
    except (pa.ArrowException, OSError) as error:
        words = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise RunError(
            f"{path}: this table cannot be read: {words}\n"
            f"    allowed: {'comma-separated text' if path.suffix == '.csv' else 'Parquet'}, "
            "not empty\n    remedy:  write it again"
        ) from error


def write(table: "pa.Table", path: Path) -> None:
    """Write a table as its file's name says: whole, or not at all.

    Raises
    ------
    RunError
        If it cannot be written.
    """
    import pyarrow.csv
    import pyarrow.parquet

    with staged_file(path) as stage, stage.open("wb") as file:
        if path.suffix == ".csv":
            pyarrow.csv.write_csv(table, file)
        else:
            pyarrow.parquet.write_table(table, file, compression="zstd")
