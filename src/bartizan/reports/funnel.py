"""The funnel of a run as a table: how many threats of each class came how far."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from bartizan.reports.wording import count, grid

FUNNEL = ("launched", "detected", "tracked", "engaged", "killed", "leaked")

Counts = Mapping[str, Any]


def funnel(threats: Counts) -> Table:
    """Return the funnel: a row for each class, and their total."""
    columns = _columns(threats)
    table = grid("left", *("right",) * len(columns), gap=2 if columns == FUNNEL else 1)
    table.add_row("", *(Text(name.replace("_", " "), style="dim") for name in columns))
    for name, row in threats["by_class"].items():
        table.add_row(name, *_row(row, columns))
    if len(threats["by_class"]) > 1:
        total = _row(threats["total"], columns)
        table.add_row("all", *total, style="bold")
    return table


def narrow_funnel(threats: Counts) -> Table:
    """Return the funnel for less than 80 columns: each class on lines of its own."""
    columns = _columns(threats)
    table = grid("left", "right")
    total = {"all": threats["total"]} if len(threats["by_class"]) > 1 else {}
    for name, row in {**threats["by_class"], **total}.items():
        table.add_row(Text(name, style="bold"), "")
        for column, text in zip(columns, _row(row, columns), strict=True):
            table.add_row(Text(f"  {column.replace('_', ' ')}", style="dim"), text)
    return table


def _columns(threats: Counts) -> tuple[str, ...]:
    others = ("turned_away", "in_flight")
    return (*FUNNEL, *(name for name in others if threats["total"].get(name, 0) > 0))


def _row(row: Counts, columns: tuple[str, ...]) -> list[Text]:
    return [count(row[name], "bold red" if name == "leaked" else "") for name in columns]
