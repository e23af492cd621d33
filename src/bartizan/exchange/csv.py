"""CSV: every sample and event as a line; lines that begin with # say what the file is.

Source: RFC 4180 for what follows the head; readers skip the head by ``comment="#"``. A text
that holds a # is in quotes, because some readers take it for a comment anywhere.
"""

import math
from collections.abc import Iterator

from bartizan.archive.tables import Column
from bartizan.exchange.about import ROUNDS, lines_of
from bartizan.exchange.picture import Picture
from bartizan.exchange.states import COLUMNS, states

DIGITS = {"s": 3, "deg": 7, "m": 2, "m/s": 3, "": 4}
"""Behind the point, by unit: a centimetre, and as much in degrees; of a probability four."""
_IN_QUOTES = set(',"#\r\n')


def csv(picture: Picture) -> bytes:
    """Return a .csv file: a head of comments, the names of the columns, the lines."""
    table = states(picture)
    cells = [list(_cells(table[column.name].to_pylist(), column)) for column in COLUMNS]
    lines = [
        ",".join(column.name for column in COLUMNS),
        *map(",".join, zip(*cells, strict=True)),
    ]
    return "\n".join([*_head(picture), *lines, ""]).encode()


def _head(picture: Picture) -> Iterator[str]:
    yield from (f"# {' '.join(line.splitlines())}" for line in lines_of(picture.about))
    yield f"# {ROUNDS}"
    yield "# columns:"
    for column in COLUMNS:
        unit = f" [{column.unit}]" if column.unit else ""
        yield f"#   {column.name}{unit}: {column.meaning}"


def _cells(values: list[str] | list[float], column: Column) -> Iterator[str]:
    """Yield the cells of a column; what is not there is empty."""
    if column.type == "text":
        quoted: dict[str | None, str] = {None: ""}
        for text in values:
            if text not in quoted:
                quoted[str(text)] = _quoted(str(text))
            yield quoted[text]  # type: ignore[index]
        return
    digits = DIGITS[column.unit]
    for number in values:
        known = number is not None and not math.isnan(float(number))
        yield f"{float(number):.{digits}f}" if known else ""


def _quoted(text: str) -> str:
    if not _IN_QUOTES & set(text):
        return text
    return '"{}"'.format(text.replace('"', '""'))
