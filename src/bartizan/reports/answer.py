"""The answer to a query as a table for people, as CSV, or as JSON."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from bartizan.reports.html import html_of
from bartizan.reports.wording import grid, plain_text

FORMATS = ("table", "csv", "json")
MOST_ROWS = 1_000


@dataclass(frozen=True, repr=False)
class Answer:
    """Columns, rows and the types of the columns; loops over its rows as mappings."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    types: list[str]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def csv(self) -> str:
        """The answer as CSV, numbers in full."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue()

    @property
    def json(self) -> str:
        """The answer as a JSON list of objects."""
        return json.dumps(list(self), indent=2, default=_plain, ensure_ascii=False)

    def __rich__(self) -> RenderableType:
        return _table(self)

    def __repr__(self) -> str:
        return plain_text(self)

    def _repr_html_(self) -> str:
        return html_of(self)


def _table(answer: Answer) -> RenderableType:
    table = grid(*("right" if _is_number(kind) else "left" for kind in answer.types))
    table.add_row(*(Text(name, style="bold") for name in answer.columns))
    for row in answer.rows[:MOST_ROWS]:
        table.add_row(*map(_cell, row))
    if len(answer.rows) > MOST_ROWS:
        table.add_row(Text(f"and {len(answer.rows) - MOST_ROWS:,} more: --format csv"))
    return table


def _is_number(kind: str) -> bool:
    return kind.upper().startswith(
        ("NUMBER", "BIGINT", "INT", "HUGEINT", "UBIGINT", "DOUBLE", "DECIMAL", "FLOAT", "SMALL")
    )


def _cell(value: Any) -> Text:
    if value is None:
        return Text("–", style="dim")
    if isinstance(value, float):
        return Text(f"{value:.6g}")
    return Text(str(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else str(value)
