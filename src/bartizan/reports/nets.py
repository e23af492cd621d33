"""Levels of integration side by side: what each link between the nets is worth."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.table import Table
from rich.text import Text

from bartizan.archive.document import STATEMENT
from bartizan.reports.wording import WIDTH, block, grid, plain_text
from bartizan.studies.estimate import student

Measures = Mapping[str, Any]
Level = Mapping[str, Any]
Row = tuple[str, Callable[[Measures], float | None], str]

ABOUT = (
    "Means and 95 % intervals of them. All levels fly the same seeds, so that the difference "
    "to the first, replication by replication, is surer than either mean. Distances are to "
    "the threat's aim, of those threats that were tracked or shot at."
)


@dataclass(frozen=True, repr=False)
class Levels:
    """The document of a comparison of links; it prints as one screen of at most 80 columns."""

    document: Mapping[str, Any]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield _screen(self.document, is_narrow=options.max_width < WIDTH)

    def __repr__(self) -> str:
        return plain_text(self)


def _screen(document: Mapping[str, Any], is_narrow: bool) -> Group:
    levels = document["levels"]
    seed, n = document["seed"], document["replications"]
    views = [
        Group(
            Text(f"{document['scenario']}, by what its nets tell each other", style="bold"),
            Text(document["title"] or document["scenario"]),
            Text(f"seeds {seed} to {seed + n - 1} · {document['figures']} figures"),
        )
    ]
    if is_narrow:
        views += [Group(block(each["level"], _table([each], levels[0]))) for each in levels]
    else:
        views.append(Group(_table(levels, levels[0])))
    views += [Group(Text(ABOUT)), Group(Text(STATEMENT, style="dim"))]
    apart = [part for view in views for part in (view, Text())]
    return Group(*apart[:-1])


def _table(levels: Sequence[Level], first: Level) -> Table:
    table = grid("left", *("right",) * len(levels))
    table.add_row("", *(Text(each["level"], style="bold") for each in levels))
    for words, measure, form in ROWS:
        table.add_row(words, *(_cell(each["runs"], measure, form) for each in levels))
    cells = ("" if each is first else _difference(each, first) for each in levels)
    table.add_row(f"leaked, less {first['level']}", *cells)
    return table


def _cell(
    runs: Sequence[Measures], measure: Callable[[Measures], float | None], form: str
) -> str:
    values = [value for run in runs if (value := measure(run)) is not None]
    if not values:
        return "–"
    mean, half = mean_and_half(values)
    return form.format(mean) + (f" ± {form.format(half)}" if len(values) > 1 else "")


def _difference(level: Level, first: Level) -> str:
    pairs = zip(level["runs"], first["runs"], strict=True)
    mean, half = mean_and_half([_leaked(one) - _leaked(other) for one, other in pairs])
    return f"{mean:+.1f} ± {half:.1f}".replace("-", "−")


def mean_and_half(values: Sequence[float]) -> tuple[float, float]:
    """Return the mean and half the width of its 95 % interval, Student's; nan of one value."""
    n = len(values)
    mean = sum(values) / n
    if n < 2:
        return mean, math.nan
    variance = sum((value - mean) ** 2 for value in values) / (n - 1)
    return mean, student(n - 1) * math.sqrt(variance / n)


def _leaked(run: Measures) -> float:
    return float(run["threats"]["total"]["leaked"])


def _kilometres(key: str) -> Callable[[Measures], float | None]:
    def measure(run: Measures) -> float | None:
        found = run["reach"][key]
        return None if found is None else float(found) / 1e3

    return measure


def _seconds(key: str) -> Callable[[Measures], float | None]:
    return lambda run: run["reach"][key]


def _identified(side: str, key: str) -> Callable[[Measures], float | None]:
    """Return the reader of a count of one side; None where none of it was there."""

    def measure(run: Measures) -> float | None:
        found = run["identification"][side]
        return float(found[key]) if found["present"] else None

    return measure


ROWS: tuple[Row, ...] = (
    ("leaked", _leaked, "{:.1f}"),
    ("first tracked, km out", _kilometres("first_tracked_m"), "{:.0f}"),
    ("first shot at, km out", _kilometres("first_shot_m"), "{:.0f}"),
    ("first shot, s", _seconds("first_shot_s"), "{:.0f}"),
    ("rounds fired", lambda run: float(sum(run["rounds"]["fired"].values())), "{:.0f}"),
    ("civil engaged", lambda run: float(run["civil"]["engaged"]), "{:.2f}"),
    ("civil lost", lambda run: float(run["civil"]["lost"]), "{:.2f}"),
    ("civil taken for hostile", _identified("civil", "declared_hostile"), "{:.2f}"),
    ("own engaged", _identified("friend", "engaged"), "{:.2f}"),
    ("own taken for hostile", _identified("friend", "declared_hostile"), "{:.2f}"),
    ("hostile taken for other", _identified("hostile", "mistaken"), "{:.2f}"),
    ("second tracks of one", lambda run: run["tracker"]["duplicate"], "{:.1f}"),
)
