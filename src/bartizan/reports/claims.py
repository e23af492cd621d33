"""Claims beside nominal figures: what the same raid and seed give under both."""

from collections.abc import Callable, Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from bartizan.reports.wording import count, grid

Measures = Mapping[str, Any]
BEYOND_CAPACITY = "tracks beyond capacity"  # of the command post: no table overflowed

ROWS: tuple[tuple[str, Callable[[Measures], float]], ...] = (
    ("tracks its command post may hold", lambda run: run["capacity"]["tracks"]),
    ("engagements it may have at once", lambda run: run["capacity"]["engagements"]),
    ("hostiles tracked at one instant", lambda run: run["peak"]["hostiles_tracked"]),
    ("hostiles engaged at one instant", lambda run: run["peak"]["hostiles_engaged"]),
    ("tracks beyond its capacity", lambda run: run["overflow"].get(BEYOND_CAPACITY, 0)),
    ("rounds fired", lambda run: sum(run["rounds"]["fired"].values())),
    ("threats killed", lambda run: run["threats"]["total"]["killed"]),
    ("threats leaked", lambda run: run["threats"]["total"]["leaked"]),
    ("assets destroyed", lambda run: sum(each["destroyed"] for each in run["assets"].values())),
)


def claims(summary: Measures) -> tuple[str, Table]:
    """Return the title and the table: this run's figures, and what nominal ones give."""
    chosen, beside = summary["figures"], summary["beside"]
    table = grid("left", "right", "right")
    heads = ("", chosen, beside["figures"])
    table.add_row(*(Text(head, style="dim") for head in heads))
    for words, measure in ROWS:
        here, there = measure(summary), measure(beside)
        table.add_row(words, count(here, "bold" if here != there else ""), count(there))
    return f"{chosen} beside {beside['figures']} figures, the same seed", table
