"""The summary of one run: one screen that says what got through, why, and what it took."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bartizan.archive.document import STATEMENT
from bartizan.reports.wording import block, clock, count, duration, grid, money, plain_text

ONE_REPLICATION = "One replication. Chance alone moves these counts."
FUNNEL = ("launched", "detected", "tracked", "engaged", "killed", "leaked")

Summary = Mapping[str, Any]


@dataclass(frozen=True, repr=False)
class Overview:
    """The summary of a run; it prints as one screen of at most 80 columns."""

    summary: Summary

    def __rich__(self) -> RenderableType:
        return _screen(self.summary)

    def __repr__(self) -> str:
        return plain_text(self)


def _screen(summary: Summary) -> Group:
    blocks: list[RenderableType] = [
        _head(summary),
        block("Threats", _funnel(summary["threats"])),
        _beside(block("Why they leaked", _causes(summary)), block("Peaks", _peaks(summary))),
        _beside(block("Assets", _assets(summary)), block("Rounds", _rounds(summary))),
        _beside(block("Tracker", _tracker(summary)), block("Civil aircraft", _civil(summary))),
        _terms(summary),
    ]
    if overflow := _overflow(summary):
        blocks.append(overflow)
    blocks += [_next(summary), Text(STATEMENT, style="dim")]
    apart = [part for view in blocks for part in (view, Text())]
    return Group(*apart[:-1])


def _head(summary: Summary) -> Group:
    simulated, wall = duration(summary["simulated_s"]), duration(summary["wall_s"])
    facts = [f"seed {summary['seed']}", f"{summary['figures']} figures"]
    line = Text(" · ".join([*facts, f"{simulated} simulated in {wall}", ""]))
    perfect = summary["sensing"] == "perfect"
    line.append(
        "PERFECT SENSING" if perfect else f"{summary['sensing']} sensing",
        style="bold" if perfect else "",
    )
    names = [summary["scenario"], summary.get("title") or summary["scenario"]]
    title = [Text(name, style) for name, style in zip(names, ("bold", ""), strict=True)]
    lines = [Text(ONE_REPLICATION, style="bold"), Text(), *title[: len(set(names))], line]
    if summary["overrides"]:
        lines.append(Text("changed: " + ", ".join(summary["overrides"])))
    return Group(*lines)


def _funnel(threats: Summary) -> Table:
    """Return the funnel: a row for each class, and their total."""
    flying = threats["total"].get("in_flight", 0) > 0
    columns = (*FUNNEL, "in_flight") if flying else FUNNEL
    table = grid("left", *("right",) * len(columns))
    table.add_row("", *(Text(name.replace("_", " "), style="dim") for name in columns))
    for name, row in threats["by_class"].items():
        table.add_row(f"{name} ", *_funnel_row(row, columns))
    if len(threats["by_class"]) > 1:
        total = _funnel_row(threats["total"], columns)
        table.add_row("all", *total, style="bold")
    return table


def _funnel_row(row: Summary, columns: tuple[str, ...]) -> list[Text]:
    return [count(row[name], "bold red" if name == "leaked" else "") for name in columns]


def _causes(summary: Summary) -> RenderableType:
    rows = sorted(
        ((n, cause) for cause, n in summary["causes"].items() if n), key=lambda row: -row[0]
    )
    if not rows:
        return Text("none leaked", style="dim")
    table = grid("left", "right")
    for n, cause in rows:
        table.add_row(cause, count(n, "red"))
    return table


def _peaks(summary: Summary) -> Table:
    peak, capacity = summary["peak"], summary["capacity"]
    table = grid("left", "right", "left", gap=1)
    for name in ("tracks", "engagements"):
        reached = capacity[name] > 0 and peak[name] >= capacity[name]
        of = Text(f"of {capacity[name]:,}", style="bold yellow" if reached else "dim")
        table.add_row(name, count(peak[name], "bold yellow" if reached else ""), of)
    table.add_row("hostiles tracked", count(peak["hostiles_tracked"]), "")
    table.add_row("hostiles engaged", count(peak["hostiles_engaged"]), "")
    return table


def _rounds(summary: Summary) -> Table:
    fired, left = summary["rounds"]["fired"], summary["rounds"]["left"]
    table = grid("left", "right", "right")
    table.add_row("", Text("fired", "dim"), Text("left", "dim"))
    for name in left:
        empty = Text("0", style="bold yellow") if left[name] == 0 else count(left[name])
        table.add_row(name, count(fired.get(name, 0)), empty)
    return table


def _assets(summary: Summary) -> Table:
    table = grid("left", "left", "right")
    for name, asset in summary["assets"].items():
        table.add_row(name, _state(asset), Text(f"value {asset['value']:g}", style="dim"))
    return table


def _state(asset: Summary) -> Text:
    if asset["destroyed"]:
        when = asset.get("destroyed_s")
        return Text("destroyed" + (f" {clock(when)}" if when is not None else ""), "bold red")
    if asset["hits"]:
        return Text(f"hit {asset['hits']} of {asset['stands']}", style="red")
    return Text("unharmed", style="green")


def _tracker(summary: Summary) -> Table:
    tracker = summary["tracker"]
    table = grid("left", "right", "left", gap=1)
    for name, key, unit in (
        ("GOSPA", "gospa_m", "m"),
        ("localisation", "localisation_m", "m"),
        ("missed objects", "missed", "on average"),
        ("false tracks", "false", "on average"),
        ("identity switches", "switches", ""),
    ):
        if tracker.get(key) is not None:
            table.add_row(name, _measure(tracker[key], whole=key == "switches"), unit)
    return table


def _measure(value: float, whole: bool) -> Text:
    text = f"{value:,.0f}" if whole or value >= 99.5 else f"{value:.2g}"
    return Text(text, style="" if value else "dim")


def _civil(summary: Summary) -> Table:
    table = grid("left", "right")
    for name in ("present", "engaged", "lost"):
        alarm = "" if name == "present" else "bold red"
        table.add_row(name, count(summary["civil"][name], alarm))
    return table


def _terms(summary: Summary) -> Table:
    """Return what it took, and what the figures behind it are worth."""
    table = grid("left", "left")
    table.add_row(Text("COST", "bold"), _cost(summary["cost"]))
    if summary.get("provenance"):
        table.add_row(Text("FIGURES", "bold"), _provenance(summary["provenance"]))
    return table


def _cost(cost: Summary) -> str:
    text = f"rounds {money(cost['rounds_usd'])} against a raid of {money(cost['raid_usd'])}"
    ratio = cost.get("ratio")
    return text + (f", {ratio:.2g} to 1" if ratio is not None else "")


def _provenance(provenance: Summary) -> str:
    return ", ".join(f"{n} {how}" for how, n in provenance.items() if n)


def _overflow(summary: Summary) -> RenderableType | None:
    lost = {table: n for table, n in (summary.get("overflow") or {}).items() if n}
    if not lost:
        return None
    rows = ", ".join(f"{n:,} {table}" for table, n in lost.items())
    words = f"{rows} did not fit their tables; the counts above miss them"
    return block("Overflow", Text(words, style="bold red"))


def _next(summary: Summary) -> Table:
    table = grid("left", "left")
    folder = summary["directory"]
    table.add_row("Files", folder or Text("none written", style="dim"))
    commands = _next_commands(summary) if folder else ()
    for label, command in zip(("Next", ""), commands, strict=False):
        table.add_row(label, Text(command, style="bold"))
    return table


def _next_commands(summary: Summary) -> list[str]:
    leakers = summary.get("leakers") or ()
    if not leakers:
        return [f"bartizan run {summary['scenario']} --seed {summary['seed'] + 1}"]
    folder = PurePath(summary["directory"])
    run = "" if folder.parent == PurePath("runs") else f" --run {shlex.quote(str(folder))}"
    return [f"bartizan why{run}", f"bartizan why {shlex.quote(leakers[0]['name'])}{run}"]


def _beside(left: RenderableType, right: RenderableType) -> Table:
    """Return two blocks side by side, the right one always in the same column."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=44)
    table.add_column()
    table.add_row(left, right)
    return table
