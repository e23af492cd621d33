"""The summary of one run: one screen that says what got through, why, and what it took."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from bartizan.archive.document import STATEMENT
from bartizan.reports.claims import BEYOND_CAPACITY, claims
from bartizan.reports.funnel import funnel, narrow_funnel
from bartizan.reports.rounds import rounds
from bartizan.reports.wording import (
    WIDTH,
    block,
    clock,
    count,
    duration,
    grid,
    money,
    plain_text,
    unbroken,
)

ONE_REPLICATION = "One replication. Chance alone moves these counts."

Summary = Mapping[str, Any]


@dataclass(frozen=True, repr=False)
class Overview:
    """The summary of a run; it prints as one screen of at most 80 columns."""

    summary: Summary
    is_told: bool = True
    """Whether the run recorded its events, so that `why` tells the story of an object."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield _screen(self.summary, self.is_told, is_narrow=options.max_width < WIDTH)

    def __repr__(self) -> str:
        return plain_text(self)


def _screen(summary: Summary, is_told: bool, is_narrow: bool) -> Group:
    threats = summary["threats"]
    pairs = [
        (block("Why they leaked", _causes(summary)), block("Peaks", _peaks(summary))),
        (block("Assets", _assets(summary)), block(*_bystanders(summary))),
    ]
    blocks: list[RenderableType] = [
        _head(summary),
        block("Threats", _threats(threats, is_narrow)),
        *([view for pair in pairs for view in pair] if is_narrow else _beside(pairs)),
        block("Rounds", rounds(summary["rounds"])),
        *([block(*claims(summary))] if summary.get("beside") else []),
        _terms(summary),
    ]
    if overflow := _overflow(summary):
        blocks.append(overflow)
    blocks += [_next(summary, is_told), _identity(summary), Text(STATEMENT, style="dim")]
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
    if summary.get("catalogue"):
        lines.append(Text(f"catalogue: {summary['catalogue']}, laid over the bundled one"))
    return Group(*lines)


def _threats(threats: Summary, is_narrow: bool) -> RenderableType:
    if not threats["by_class"]:
        return Text("none launched", style="dim")
    return narrow_funnel(threats) if is_narrow else funnel(threats)


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
    if beyond := summary["overflow"].get(BEYOND_CAPACITY):
        table.add_row("beyond capacity", count(beyond, "bold yellow"), "")
    table.add_row("hostiles tracked", count(peak["hostiles_tracked"]), "")
    table.add_row("hostiles engaged", count(peak["hostiles_engaged"]), "")
    return table


def _assets(summary: Summary) -> Table:
    table = grid("left", "left", "right")
    for name, asset in summary["assets"].items():
        table.add_row(name, _state(asset), Text(f"value {asset['value']:g}", style="dim"))
    return table


def _state(asset: Summary) -> Text:
    if asset["destroyed"]:
        when = asset.get("destroyed_s")
        word = "out of action" if asset.get("unit") else "destroyed"
        return Text(word + (f" {clock(when)}" if when is not None else ""), "bold red")
    if asset["hits"]:
        return Text(f"hit {asset['hits']} of {asset['stands']}", style="red")
    return Text("unharmed", style="green")


def _bystanders(summary: Summary) -> tuple[str, Table]:
    """Return what became of civil aircraft, and of own ones where there are any."""
    known = summary.get("identification")
    if not known:  # a run of an older version
        return "Civil aircraft", _bystander_table([summary["civil"]], ("engaged", "lost"))
    rows = ("engaged", "harmed", "near_misses")
    if not known["friend"]["present"]:
        return "Civil aircraft", _bystander_table([known["civil"]], rows)
    both = [known["civil"], known["friend"]]
    return "Civil and own aircraft", _bystander_table(both, rows)


def _bystander_table(sides: Sequence[Summary], rows: Sequence[str]) -> Table:
    table = grid("left", *("right" for _ in sides))
    if len(sides) > 1:
        table.add_row("", *(Text(side, "dim") for side in ("civil", "own")))
    for name in ("present", *rows):
        alarm = {"present": "", "near_misses": "yellow"}.get(name, "bold red")
        table.add_row(name.replace("_", " "), *(count(side[name], alarm) for side in sides))
    return table


def _terms(summary: Summary) -> Table:
    """Return what it took, and what the figures behind it are worth."""
    table = grid("left", "left")
    table.add_row(Text("COST", "bold"), _cost(summary["cost"]))
    if identity := _identification(summary.get("identification")):
        table.add_row(Text("IDENTITY", "bold"), identity)
    if tracker := _tracker(summary["tracker"]):
        table.add_row(Text("TRACKER", "bold"), tracker)
    if chaff := _chaff(summary.get("chaff")):
        table.add_row(Text("CHAFF", "bold"), chaff)
    if summary.get("provenance"):
        table.add_row(Text("FIGURES", "bold"), _provenance(summary["provenance"]))
    return table


def _cost(cost: Summary) -> str:
    text = f"rounds {money(cost['rounds_usd'])} against a raid of {money(cost['raid_usd'])}"
    ratio = cost.get("ratio")
    if not ratio:
        return text
    return (
        f"{text}, {_rounded(ratio)} to 1"
        if ratio >= 1
        else f"{text}, 1 to {_rounded(1 / ratio)}"
    )


def _identification(known: Summary | None) -> str:
    """Return how many threats were told for what they are, how fast, and how many were not."""
    hostile = known["hostile"] if known else {"present": 0}
    if not hostile["present"]:
        return ""
    text = f"{hostile['identified']} of {hostile['present']} known as hostile"
    if (taken_s := hostile["time_to_identify_s"]) is not None:
        text += f", {taken_s:.0f} s after detection"
    return f"{text} · {hostile['mistaken']} mistaken"


def _tracker(tracker: Summary) -> str:
    """Return how well the tracks stood for the objects, on average over the run."""
    parts = (
        ("gospa_m", "GOSPA {} m"),
        ("localisation_m", "localised to {} m"),
        ("missed", "{} missed"),
        ("false", "{} false"),
    )
    known = [(words, tracker[key]) for key, words in parts if tracker.get(key) is not None]
    return " · ".join(words.format(_measure(value)) for words, value in known)


def _chaff(chaff: Summary | None) -> str:
    """Return what chaff there was and what it did; nothing where there was none."""
    if not chaff or not chaff["bundles"]:
        return ""
    parts = (f"{chaff[key]:,} {key}" for key in ("bundles", "plots"))
    return " · ".join([*parts, f"{chaff['rounds']:,} rounds met nothing else"])


def _measure(value: float) -> str:
    return f"{value:,.0f}" if value >= 99.5 else f"{value:.2g}"


def _rounded(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 9.95 else f"{ratio:.1f}".removesuffix(".0")


def _provenance(provenance: Summary) -> str:
    words = {"claimed": "as claimed", "seen": "sourced", "recalled": "recalled, not re-read"}
    return " · ".join(f"{n} {words.get(how, how)}" for how, n in provenance.items() if n)


def _overflow(summary: Summary) -> RenderableType | None:
    counted = (summary.get("overflow") or {}).items()
    lost = {table: n for table, n in counted if n and table != BEYOND_CAPACITY}
    if not lost:
        return None
    rows = ", ".join(f"{n:,} {table}" for table, n in lost.items())
    words = f"{rows} did not fit their tables; the counts above miss them"
    return block("Overflow", Text(words, style="bold red"))


def _next(summary: Summary, is_told: bool) -> Group:
    folder = summary["directory"]
    commands = _next_commands(summary, is_told) if folder else ()
    rows = [
        ("Files", Text(folder) if folder else Text("none written", style="dim")),
        *(("" if n else "Next", Text(command, "bold")) for n, command in enumerate(commands)),
    ]
    return Group(*(unbroken(f"{label:<7}", text) for label, text in rows))


def _identity(summary: Summary) -> Text:
    """Return what tells this result from any other, and which machines give the same bits."""
    parts = [f"bartizan {summary['version']}", f"scenario {summary['scenario_hash'][:12]}"]
    if "fingerprint" in summary:
        parts.append(f"fingerprint {summary['fingerprint']}")
    return Text(" · ".join(parts), style="dim")


def _next_commands(summary: Summary, is_told: bool) -> list[str]:
    leakers = summary.get("leakers") or ()
    folder = PurePath(summary["directory"])
    place = "" if folder.parent == PurePath("runs") else shlex.quote(str(folder))
    if not leakers:
        return [f"bartizan view {place}".rstrip()]
    run = f" --run {place}" if place else ""
    table, story = f"bartizan why{run}", f"bartizan why {shlex.quote(leakers[0]['name'])}{run}"
    return [table, story] if is_told else [table]


def _beside(pairs: Sequence[tuple[RenderableType, RenderableType]]) -> list[RenderableType]:
    """Return pairs of blocks side by side, the right ones always in the same column."""
    tables: list[RenderableType] = []
    for pair in pairs:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=44)
        table.add_column()
        table.add_row(*pair)
        tables.append(table)
    return tables
