"""Two studies, or arms of one, side by side: each difference with its interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from bartizan.archive.document import STATEMENT
from bartizan.reports.html import html_of
from bartizan.reports.studied import LABELS, difference, number
from bartizan.reports.wording import block, grid, plain_text

Document = Mapping[str, Any]
LABEL_WIDTH = 20


@dataclass(frozen=True, repr=False)
class ComparedPage:
    """The document of a comparison; it prints as a page of at most 80 columns."""

    document: Document

    def __rich__(self) -> RenderableType:
        return _page(self.document)

    def __repr__(self) -> str:
        return plain_text(self)

    def _repr_html_(self) -> str:
        return html_of(self)


def _page(document: Document) -> Group:
    blocks: list[RenderableType] = [_head(document)]
    blocks += [_pair(pair, document) for pair in document["pairs"]]
    blocks.append(Text(STATEMENT, style="dim"))
    apart = [part for view in blocks for part in (view, Text())]
    return Group(*apart[:-1])


def _head(document: Document) -> RenderableType:
    first, second = document["first"], document["second"]
    if document["is_one"]:
        return Text(f"The arms of {first['study']}", style="bold")
    table = grid("left", "left")
    for word, who in (("first", first), ("second", second)):
        state = "" if who["is_whole"] else "  (not made to its end)"
        table.add_row(Text(word, style="dim"), f"{who['directory']}{state}")
    rows: list[RenderableType] = [table]
    for key in ("version", "fingerprint"):
        if first[key] != second[key]:
            words = f"They differ in {key}: {first[key]} and {second[key]}."
            rows.append(Text(words, style="bold"))
    return Group(*rows)


def _pair(pair: Document, document: Document) -> RenderableType:
    table = grid("left", "right", "right", "right", "left", "right")
    heads = ("", "first", "second", "change", "95 % interval", "saves")
    table.columns[0].min_width = LABEL_WIDTH
    table.add_row(*(Text(head, style="dim") for head in heads))
    for name, found in pair["measures"].items():
        gap, band, saved = difference(found, name)
        cells = (number(found["first"], name), number(found["second"], name))
        style = "bold" if _is_told(found) else ""
        table.add_row(LABELS[name], *cells, Text(gap, style=style), band, saved)
    n = max(found["n"] for found in pair["measures"].values())
    how = (
        f"{n:,} pairs of replications, the same chance and figures in both"
        if pair["is_paired"]
        else "no replication in common: two samples of their own (Welch)"
    )
    names = pair["first"], pair["second"]
    title = f"{names[1]} against {names[0]}" if document["is_one"] else names[0]
    about = f"{how}. Change: second less first; bold where its interval leaves out 0."
    saves = " Saves: how many times as many replications without pairs would say as much."
    words = about + (saves if pair["is_paired"] else "")
    return Group(block(title, Group(table, Text(words, "dim"))))


def _is_told(found: Document) -> bool:
    return found["low"] is not None and (found["low"] > 0.0 or found["high"] < 0.0)
