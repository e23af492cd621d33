"""The rounds of a run as a table: how many of each interceptor, and what they did."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from bartizan.reports.wording import count, grid


def rounds(counts: Mapping[str, Mapping[str, Any]]) -> Table:
    """Return a row for each interceptor: fired, met, killed, left, and the kills by class."""
    table = grid("left", "right", "right", "right", "right", "left")
    heads = ("", "fired", "met", "killed", "left", "")
    table.add_row(*(Text(head, style="dim") for head in heads))
    for name, left in counts["left"].items():
        table.add_row(
            name,
            *(count(counts[key].get(name, 0)) for key in ("fired", "met", "killed")),
            Text("0", style="bold yellow") if left == 0 else count(left),
            Text(_by_class(counts["killed_by_class"].get(name, {})), style="dim"),
        )
    return table


def _by_class(kills: Mapping[str, int]) -> str:
    """Return the kills of one interceptor, most first: ``drone 7, fighter 2``."""
    ranked = sorted(kills.items(), key=lambda each: (-each[1], each[0]))
    return ", ".join(f"{name} {n}" for name, n in ranked)
