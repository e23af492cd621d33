"""Systems side by side: the funnel of the same raid against each, over a few replications."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from bartizan.archive.document import STATEMENT
from bartizan.reports.funnel import FUNNEL
from bartizan.reports.wording import WIDTH, block, grid, money, plain_text

Measures = Mapping[str, Any]
Arm = Mapping[str, Any]
Row = tuple[str, Callable[[Arm], str]]


@dataclass(frozen=True, repr=False)
class Comparison:
    """The document of a comparison; it prints as one screen of at most 80 columns."""

    document: Mapping[str, Any]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield _screen(self.document, is_narrow=options.max_width < WIDTH)

    def __repr__(self) -> str:
        return plain_text(self)


def _screen(document: Mapping[str, Any], is_narrow: bool) -> Group:
    tables: list[tuple[str, Sequence[Row]]] = [
        ("What stands there", _STANDS),
        ("What became of the raid", _FUNNEL),
        ("Leaked, by class", _leaks(document)),
        ("What it took", _TOOK),
    ]
    arms = document["arms"]
    blocks: list[RenderableType] = [_head(document)]
    if is_narrow:
        blocks += [block(_name(arm), _narrow(arm, tables)) for arm in arms]
    else:
        blocks += [block(title, _table(arms, rows)) for title, rows in tables]
    blocks += [Text(ABOUT), Text(STATEMENT, style="dim")]
    apart = [part for view in blocks for part in (view, Text())]
    return Group(*apart[:-1])


ABOUT = (
    "About published claims, not about the systems: one unit of each, as its catalogue entry "
    "describes it, at the same place against the same raid. Units differ in size and price."
)


def _head(document: Mapping[str, Any]) -> Group:
    n, seed = document["replications"], document["seed"]
    seeds = f"seeds {seed} to {seed + n - 1}" if n > 1 else f"seed {seed}"
    plural = "s" if n > 1 else ""
    return Group(
        Text(f"{n} replication{plural} of each: means, and least to most.", style="bold"),
        Text(),
        Text(document["scenario"], style="bold"),
        Text(document["title"] or document["scenario"]),
        Text(f"{seeds} · {document['figures']} figures · {document['sensing']} sensing"),
    )


def _table(arms: Sequence[Arm], rows: Sequence[Row]) -> Table:
    table = grid("left", *("right",) * len(arms))
    table.add_row("", *(Text(_name(arm), style="bold") for arm in arms))
    for words, cell in rows:
        table.add_row(words, *(cell(arm) for arm in arms))
    return table


def _narrow(arm: Arm, tables: Sequence[tuple[str, Sequence[Row]]]) -> Table:
    table = grid("left", "right")
    for _, rows in tables:
        for words, cell in rows:
            table.add_row(words, cell(arm))
    return table


def _name(arm: Arm) -> str:
    systems = dict.fromkeys(each["system"] for each in arm["defence"])
    return " + ".join(systems)


def _sum(key: str) -> Callable[[Arm], str]:
    return lambda arm: f"{sum(each[key] for each in arm['defence']):,.0f}"


def _ready(arm: Arm) -> str:
    ready = sum(each["launchers"] * each["rounds_per_launcher"] for each in arm["defence"])
    return f"{ready:,.0f}"


def _engagements(arm: Arm) -> str:
    return f"{arm['runs'][0]['capacity']['engagements']:,}"


def _price(arm: Arm) -> str:
    return money(sum(each["price"] for each in arm["defence"]))


def _spread(measure: Callable[[Measures], float]) -> Callable[[Arm], str]:
    """Return the cell of a measure: its mean, and its least and most where they differ."""

    def cell(arm: Arm) -> str:
        values = [measure(run) for run in arm["runs"]]
        mean, low, high = sum(values) / len(values), min(values), max(values)
        return f"{mean:.3g}" if low == high else f"{mean:.3g} ({low:g}–{high:g})"

    return cell


def _funnel(column: str) -> Callable[[Measures], float]:
    return lambda run: float(run["threats"]["total"][column])


def _leaked(name: str) -> Callable[[Measures], float]:
    return lambda run: float(run["threats"]["by_class"][name]["leaked"])


def _mean_cost(arm: Arm) -> str:
    return money(sum(run["cost"]["rounds_usd"] for run in arm["runs"]) / len(arm["runs"]))


_STANDS: tuple[Row, ...] = (
    ("engagement radars", _sum("engagement_radars")),
    ("engagements at once", _engagements),
    ("launchers", _sum("launchers")),
    ("ready rounds", _ready),
    ("price", _price),
)
_FUNNEL: tuple[Row, ...] = tuple((name, _spread(_funnel(name))) for name in FUNNEL)
_TOOK: tuple[Row, ...] = (
    ("rounds fired", _spread(lambda run: float(sum(run["rounds"]["fired"].values())))),
    ("their price", _mean_cost),
    (
        "assets destroyed",
        _spread(lambda run: float(sum(each["destroyed"] for each in run["assets"].values()))),
    ),
    ("civil aircraft lost", _spread(lambda run: float(run["civil"]["lost"]))),
)


def _leaks(document: Mapping[str, Any]) -> list[Row]:
    """Return a row for each threat class: how many of it leaked."""
    classes = document["arms"][0]["runs"][0]["threats"]["by_class"]
    return [(name, _spread(_leaked(name))) for name in classes]
