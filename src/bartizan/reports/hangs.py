"""What a design found beyond the arms: indices, a capacity, how a stopping rule ended."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from bartizan.reports.studied import LABELS, number
from bartizan.reports.wording import block, grid

Document = Mapping[str, Any]
BAR = 20


def found_blocks(document: Document) -> Iterator[RenderableType]:
    """Yield the blocks of what the design of a study found."""
    if "until" in document:
        yield _until(document["until"])
    if "capacity" in document:
        yield _capacity(document["capacity"])
    for measure, rows in document.get("indices", {}).get("measures", {}).items():
        title = f"What {LABELS[measure]} hangs on"
        is_sobol = document["indices"]["method"] == "sobol-indices"
        yield block(title, (_sobol if is_sobol else _morris)(rows))


def _until(until: Document) -> Text:
    worst = max(row["half_width"] for row in until["arms"])
    n = until["arms"][0]["n"]
    ended = (
        f"reached after {n:,} replications"
        if until["reached"]
        else f"NOT reached after {n:,} replications, the most allowed: ±{worst:.3g}"
    )
    return Text(f"Stopping rule {until['rule']}: {ended}. Method: {until['method']}.")


def _capacity(capacity: Document) -> RenderableType:
    key = capacity["path"].rpartition(".")[2]
    held, lost = capacity["held"], capacity["not_held"]
    parts = [
        f"holds up to {key} {held:,}" if held is not None else "holds none of the sizes surely",
        f"not from {lost:,} on" if lost is not None else "none of the sizes is too many",
    ]
    level, sure = capacity["level"], capacity["confidence"]
    words = f"The defence {', '.join(parts)}: P(no leaker) above {level:g}, {sure:.0%} sure."
    table = grid("right", "right", "left", "right", "left")
    heads = (key, "P(no leaker)", "interval", "n", "")
    table.add_row(*(Text(head, style="dim") for head in heads))
    for row in capacity["curve"]:
        band = f"{number(row['low'])} to {number(row['high'])}"
        p = Text(number(row["p"]), style="bold")
        table.add_row(f"{row['size']:,}", p, band, f"{row['n']:,}", row["verdict"])
    return Group(Text(words, style="bold"), Text(), block("Capacity", table))


def _sobol(rows: list[Document]) -> RenderableType:
    table = grid("left", "right", "left", "right", "left", "left")
    heads = ("", "total", "95 % interval", "alone", "95 % interval", "")
    table.add_row(*(Text(head, style="dim") for head in heads))
    for row in sorted(rows, key=lambda row: -_size(row["total"])):
        total, alone = (_band(row, kind) for kind in ("total", "first"))
        table.add_row(
            row["factor"], *total, *alone, Text(_bar(row["total"], 1.0), style="cyan")
        )
    return Group(table, Text(ABOUT_SOBOL, style="dim"))


ABOUT_SOBOL = (
    "Total: the share of the variance in which a factor has a part; alone: without the others. "
    "chance: shots and detections; figures: the catalogue's bands."
)
ABOUT_MORRIS = (
    "Size: the mean of how much a step of a third or more of a factor's range changes the "
    "measure; effect: the same with its sign; spread: how much it differs from place to place."
)


def _morris(rows: list[Document]) -> RenderableType:
    table = grid("left", "right", "left", "right", "right", "left")
    heads = ("", "size", "95 %", "effect", "spread", "")
    table.add_row(*(Text(head, style="dim") for head in heads))
    most = max((_size(row["size"]) for row in rows), default=0.0)
    for row in sorted(rows, key=lambda row: -_size(row["size"])):
        cells = (
            f"± {number(row['size_half_width'])}",
            number(row["effect"]),
            number(row["spread"]),
        )
        size = Text(number(row["size"]), style="bold")
        table.add_row(row["factor"], size, *cells, Text(_bar(row["size"], most), style="cyan"))
    return Group(table, Text(ABOUT_MORRIS, style="dim"))


def _band(row: Document, kind: str) -> tuple[Text, str]:
    value, low, high = (row[kind], row[f"{kind}_low"], row[f"{kind}_high"])
    if value is None:
        return Text("–"), "–"
    band = "–" if low is None or high is None else f"{low:.2f} to {high:.2f}"
    return Text(f"{value:.2f}", style="bold"), band


def _size(value: float | None) -> float:
    return 0.0 if value is None or math.isnan(value) else value


def _bar(value: float | None, most: float) -> str:
    share = _size(value) / most if most > 0.0 else 0.0
    return "█" * round(BAR * min(1.0, max(0.0, share)) / 2)
