"""The summary of a study on one screen: the answer with its band, and what that is made of."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from bartizan.archive.document import STATEMENT
from bartizan.archive.study import Study
from bartizan.reports.hangs import found_blocks
from bartizan.reports.html import html_of
from bartizan.reports.studied import LABELS, SELDOM, difference, interval, number, split
from bartizan.reports.wording import block, grid, plain_text, unbroken

Document = Mapping[str, Any]


@dataclass(frozen=True, repr=False)
class StudyPage:
    """A study that was made; it prints as a page of at most 80 columns."""

    study: Study

    @property
    def document(self) -> Document:
        """The summary as plain data, what ``--json`` prints."""
        return {**self.study.summary, "directory": str(self.study.directory)}

    @property
    def summary(self) -> Document:
        """The same as ``document``."""
        return self.document

    @property
    def directory(self) -> Path:
        """Where the study lies."""
        return self.study.directory

    @property
    def replications(self) -> Any:
        """All replications as an Arrow table, one column a measure."""
        return self.study.replications

    @property
    def events(self) -> Any:
        """The events of all replications, if they were recorded."""
        return self.study.events

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield _page(self.document)

    def __repr__(self) -> str:
        return plain_text(self)

    def _repr_html_(self) -> str:
        return html_of(self)


def _page(document: Document) -> Group:
    arms = document["arms"]
    blocks: list[RenderableType] = [_head(document), _who(document)]
    if len(arms) == 1:
        blocks += [_measures(arms[0], document["figures"] == "drawn")]
    elif not {"indices", "capacity"} & set(document):
        blocks += _arms(document)
    blocks += found_blocks(document)
    blocks += [_figures(document), _foot(document), Text(STATEMENT, style="dim")]
    apart = [part for view in blocks if view for part in (view, Text())]
    return Group(*apart[:-1])


def headline(document: Document) -> str:
    """Return the answer of a study in one sentence: the total band, and what it is made of."""
    first = document["arms"][0]
    found = first["measures"]["leakers"]
    band = f"{number(found['band_low'])}–{number(found['band_high'])}"
    words = f"leakers {number(found['median'])} ({band})"
    if document["figures"] != "drawn":
        return f"{words}; all of that spread is chance, at {document['figures']} figures."
    return f"{words}; {_of_what(found)}."


def _of_what(found: Document) -> str:
    share = found["share"]
    if share is None or math.isnan(share):
        return "too few replications to tell what that spread is made of"
    if found["figures_sd"] == 0.0:
        return "what we do not know is not distinguishable from chance in it"
    if share > 0.5:
        return "most of that spread is what we do not know"
    return "most of that spread is chance"


def _head(document: Document) -> Group:
    arms = document["arms"]
    if {"indices", "capacity"} & set(document):
        total = document["replications"]
        return Group(Text(f"{total:,} replications over {len(arms):,} arms.", style="bold"))
    lines = [Text(headline(document), style="bold")]
    if len(arms) > 1:
        lines.append(Text(f"That is of the first arm, {arms[0]['arm']}; all arms below."))
    return Group(*lines)


def _who(document: Document) -> Group:
    arms = document["arms"]
    n = arms[0]["n"]
    each = " of each arm" if len(arms) > 1 else ""
    draws = f" · {arms[0]['draws']} draws of the figures" if arms[0]["draws"] > 1 else ""
    plural = "" if n == 1 else "s"
    facts = f"{n:,} replication{plural}{each}{draws} · seed {document['seed']}"
    sensing = document["sensing"]
    line = Text(f"{facts} · ")
    line.append(
        "PERFECT SENSING" if sensing == "perfect" else f"{sensing} sensing",
        style="bold" if sensing == "perfect" else "",
    )
    lines = [Text(document["scenario"], style="bold"), Text(document["title"] or ""), line]
    if document["overrides"]:
        lines.append(Text(f"changed: {', '.join(document['overrides'])}"))
    if document["mixed"]:
        lines.append(Text("MIXED MACHINES: last bits may differ between parts", style="bold"))
    return Group(*(each for each in lines if each))


def _measures(arm: Document, is_drawn: bool) -> RenderableType:
    table = grid("left", "right", "left", "left", "left", gap=2)
    table.columns[0].min_width = LABEL_WIDTH
    heads = ["", "mean", "95 % interval", "95 % of raids", "not known" if is_drawn else ""]
    table.add_row(*(Text(head, style="dim") for head in heads))
    for name, found in shown_measures(arm):
        band = "" if found["is_probability"] else _band(name, found)
        parts = split(found) if is_drawn else ""
        table.add_row(
            label(name),
            Text(number(found["mean"], name), style="bold"),
            interval(found, name),
            band,
            parts,
        )
    return block("Measures", Group(table, *([Text(ABOUT, style="dim")] if is_drawn else [])))


ABOUT = (
    "Not known: the share of the variance that figures drawn from their bands carry, and "
    "its interval; the rest is chance (shots, detections). ≈ 0: not distinguishable from 0."
)


def label(name: str) -> Text:
    """Return a measure in words, leakers of a class as a line of their total."""
    words = LABELS.get(name) or "  " + name.removeprefix("leakers_").replace("_", " ")
    return Text(words, no_wrap=True)


def _band(name: str, found: Document) -> str:
    return f"{number(found['band_low'], name)} – {number(found['band_high'], name)}"


def shown_measures(arm: Document) -> list[tuple[str, Document]]:
    """Return the headline measures of an arm, leakers by class below their total."""
    measures = arm["measures"]
    kept = (name for name in LABELS if name in measures)
    names = [name for name in kept if name not in SELDOM or measures[name]["mean"] > 0.0]
    classes = [name for name in measures if name.startswith("leakers_")]
    several = classes if len(classes) > 1 else []
    return [
        (each, measures[each])
        for name in names
        for each in ([name, *several] if name == "leakers" else [name])
    ]


def _arms(document: Document) -> list[RenderableType]:
    table = grid("left", "right", "left", "right", "right")
    heads = ("", "leakers", "95 % interval", "P(none)", "rounds")
    table.add_row(*(Text(head, style="dim") for head in heads))
    arms = document["arms"]
    for arm in arms[:MOST_SHOWN]:
        found = arm["measures"]
        table.add_row(
            arm["arm"],
            Text(number(found["leakers"]["mean"]), style="bold"),
            interval(found["leakers"], "leakers"),
            number(found["no_leaker"]["mean"], "no_leaker"),
            number(found["rounds_fired"]["mean"]),
        )
    blocks: list[RenderableType] = [block("Arms", table)]
    if len(arms) > MOST_SHOWN:
        blocks.append(Text(f"  and {len(arms) - MOST_SHOWN} more: --json, or bartizan sql"))
    if document["differences"]:
        blocks.append(_differences(document))
    return blocks


MOST_SHOWN = 30
LABEL_WIDTH = 20


def _differences(document: Document) -> RenderableType:
    than = document["differences"][0]["than"]
    table = grid("left", "right", "left", "right")
    heads = ("", "leakers", "95 % interval", "pairing saves")
    table.add_row(*(Text(head, style="dim") for head in heads))
    for one in document["differences"][:MOST_SHOWN]:
        table.add_row(one["arm"], *difference(one["measures"]["leakers"], "leakers"))
    return block(f"Against {than}, pair by pair", table)


def _figures(document: Document) -> RenderableType:
    counts = document["provenance"]
    sourced = counts["seen"] + counts["computed"]
    words = [f"{sourced} sourced", f"{counts['recalled']} recalled, not re-read"]
    words += [f"{counts['claimed']} as claimed"] if counts["claimed"] else []
    words += [f"{counts['pinned']} pinned"] if counts["pinned"] else []
    assumed = Text(f"{counts['assumed']} assumed", style="bold")
    line = Text.assemble("FIGURES  ", " · ".join(words), " · ", assumed)
    found = document["arms"][0]["measures"]["leakers"]
    share = found["share"]
    is_one = not {"indices", "capacity"} & set(document)
    is_drawn = document["figures"] == "drawn" and is_one
    if is_drawn and share is not None and not math.isnan(share):
        line.append(f"; their bands carry {share:.0%} of the variance of leakers")
    return line


def _foot(document: Document) -> Group:
    where = document["directory"]
    query = f'bartizan sql {where} "select avg(leakers) from replications"'
    identity = f"bartizan {document['version']} · scenario {document['scenario_hash'][:12]}"
    return Group(
        unbroken("Files  ", Text(where)),
        unbroken("Next   ", Text(query)),
        Text(),
        Text(f"{identity} · fingerprint {document['fingerprint']}", style="dim"),
    )
