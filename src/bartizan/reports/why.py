"""Why something leaked: the table of leakers, and the story of one object from the events."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

from bartizan.archive.document import STATEMENT
from bartizan.archive.run import Run
from bartizan.errors import RunError, nearest
from bartizan.reports.story import Moment, story
from bartizan.reports.wording import clock, grid, plain_text, unbroken

SPANS_SHOWN = 6


@dataclass(frozen=True, repr=False)
class Leakers:
    """The leakers of a run by class and cause; it prints as a table."""

    run: str
    rows: Sequence[Mapping[str, Any]]
    """Each with name, class, cause, time_s and asset."""
    sensing: str = "radar"
    following: str = ""
    """The command that tells more; empty if there is none."""

    def __rich__(self) -> RenderableType:
        if not self.rows:
            said = Text(f"{self.run}: nothing leaked.")
            return Group(said, *_sensing(self.sensing), Text(), *_ending())
        table = grid("left", "left", "right", "left")
        heads = ("class", "cause", "leaked", "which")
        table.add_row(*(Text(head, style="dim") for head in heads))
        for kind, cause, names in self._groups():
            table.add_row(kind, cause, Text(str(len(names)), "bold red"), _some(names))
        head = Text.assemble((f"{len(self.rows)} leaked", "bold"), f" in {self.run}")
        sensing = _sensing(self.sensing)
        return Group(head, *sensing, Text(), table, Text(), *_ending(self.following))

    def __repr__(self) -> str:
        return plain_text(self)

    def _groups(self) -> Iterator[tuple[str, str, list[str]]]:
        groups: dict[tuple[str, str], list[str]] = {}
        for row in self.rows:
            groups.setdefault((row["class"], row["cause"]), []).append(row["name"])
        last = ""
        for (kind, cause), names in sorted(groups.items(), key=lambda g: (g[0][0], -len(g[1]))):
            yield ("" if kind == last else kind), cause, names
            last = kind


@dataclass(frozen=True, repr=False)
class Timeline:
    """What happened to one object; it prints as a timeline."""

    name: str
    headline: str
    moments: Sequence[Moment]
    sensing: str = "radar"

    def __rich__(self) -> RenderableType:
        table = grid("right", "left")
        for moment in self.moments:
            table.add_row(Text(clock(moment.time_s), "dim"), Text(moment.words, moment.style))
        head = Text.assemble((self.name, "bold"), f"  {self.headline}")
        return Group(head, *_sensing(self.sensing), Text(), table, Text(), *_ending())

    def __repr__(self) -> str:
        return plain_text(self)


def leakers(run: Run, option: str = "") -> Leakers:
    """Return the leakers of a run; ``option`` names it in the command that tells more."""
    rows = run.summary["leakers"]
    is_told = rows and "events" in run.recorded
    command = f"bartizan why {shlex.quote(rows[0]['name'])}{option}" if is_told else ""
    return Leakers(run.manifest["run"], rows, run.manifest.get("sensing", ""), command)


def timeline(run: Run, name: str) -> Timeline:
    """Return the timeline of one object of a run.

    Raises
    ------
    RunError
        If the run holds no object of that name, with the nearest; if it recorded no events.
    """
    events = run.events.to_pylist()
    known = _names(run, events)
    if name not in known:
        remedy = nearest(name, known) or "`bartizan why` lists the leakers"
        raise RunError(
            f"{name}: no object of this name in {run.manifest['run']}\n    remedy:  {remedy}"
        )
    moments = story(events, name)
    return Timeline(
        name, _headline(run, name, events), moments, run.manifest.get("sensing", "")
    )


def _names(run: Run, events: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the names of the objects that a run tells of."""
    kinds = {"detection won", "detection lost", "track assigned", "leak"}
    names = {row["name"]: None for row in run.summary["leakers"]}
    names |= {event["subject"]: None for event in events if event["kind"] in kinds}
    if "truth" in run.recorded:
        # Dictionary-encoded: its few names, not its many rows.
        names |= dict.fromkeys(run.truth["truth_id"].unique().to_pylist())
    return list(names)


def _headline(run: Run, name: str, events: Sequence[Mapping[str, Any]]) -> str:
    for row in run.summary["leakers"]:
        if row["name"] == name:
            aim = f" at {row['asset']}" if row.get("asset") else ""
            return f"{row['class']}, leaked at {clock(row['time_s'])}{aim}: {row['cause']}."
    for event in events:
        if event["kind"] == "kill" and event["object"] == name:
            return f"killed at {clock(event['time_s'])}."
    return "did not leak and was not killed."


def _some(names: Sequence[str]) -> str:
    """Return names in short: ``cruise[0-5 8]``, and how many more where there are too many."""
    spans = [span for group in _by_group(names).items() for span in _spans(*group)]
    shown = spans[:SPANS_SHOWN]
    texts = []
    for group, members in groupby(shown, key=lambda span: span.group):
        inner = " ".join(span.text for span in members)
        texts.append(f"{group}[{inner}]" if inner else group)
    more = len(names) - sum(span.n for span in shown)
    return ", ".join(texts) + (f" and {more} more" if more else "")


class _Span(NamedTuple):
    group: str
    text: str
    n: int


def _by_group(names: Sequence[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name in names:
        group, _, rest = name.partition("[")
        groups.setdefault(group, []).append(rest.rstrip("]"))
    return groups


def _spans(group: str, members: Sequence[str]) -> Iterator[_Span]:
    """Yield the runs of neighbouring numbers of a group, in order."""
    if not all(member.isdigit() for member in members):
        yield from (_Span(group, member, 1) for member in members)
        return
    numbers = sorted(map(int, members))
    # In a run of neighbours the number less its place is the same.
    for _, run in groupby(enumerate(numbers), key=lambda place: place[1] - place[0]):
        first, *rest = [number for _, number in run]
        yield _Span(group, f"{first}-{rest[-1]}" if rest else str(first), 1 + len(rest))


def _sensing(sensing: str) -> list[RenderableType]:
    """Return the line that says that the sensors were perfect, where they were."""
    return [Text("PERFECT SENSING", style="bold")] if sensing == "perfect" else []


def _ending(command: str = "") -> list[RenderableType]:
    following = [unbroken("Next  ", Text(command, "bold")), Text()] if command else []
    return [*following, Text(STATEMENT, style="dim")]
