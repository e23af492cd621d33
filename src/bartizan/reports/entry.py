"""The page of one catalogue entry: answers first, then figures, disputes, facts, history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bartizan.archive.document import STATEMENT
from bartizan.reports.citations import citations, told_by
from bartizan.reports.figures import figure_table, narrow_figures, row_of
from bartizan.reports.quantity import provenance_words, spread
from bartizan.reports.wording import WIDTH, block, grid, plain_text, unbroken

FEW = 6
"""An entry of no more figures shows their sources unasked."""

Dossier = Mapping[str, Any]


@dataclass(frozen=True, repr=False)
class EntryPage:
    """One entry of the catalogue; it prints as a page of at most 80 columns."""

    document: Dossier
    """The dossier, as `--json` prints it."""
    with_sources: bool = False
    option: str = ""
    """How a command names the catalogue, if it is not the bundled one."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        blocks = list(_blocks(self, is_narrow=options.max_width < WIDTH))
        apart = [part for view in blocks for part in (view, Text())]
        yield Group(*apart[:-1])

    def __repr__(self) -> str:
        return plain_text(self)


def head(document: Dossier) -> Group:
    """Return the lines that say which entry it is."""
    title = Text.assemble((document["name"], "bold"), f"  {document['kind']} ")
    title.append(document["id"], "dim")
    return Group(title, Text(document["description"].strip()))


def answer_table(answers: Sequence[Dossier]) -> Group:
    """Return what is said, and what the published figures say to it."""
    tables: list[RenderableType] = []
    for each in answers:
        table = grid("left", "left")
        table.add_row(Text("claim", "dim"), Text(each["claim"]))
        table.add_row(Text("answer", "dim"), Text(each["answer"], "bold"))
        behind = [f"{name} {value}".rstrip() for name, value in each["behind"].items()]
        if behind:
            table.add_row(Text("figures", "dim"), Text("; ".join(behind), "dim"))
        tables += [table, Text()]
    return Group(*tables[:-1])


def _blocks(page: EntryPage, is_narrow: bool) -> Iterator[RenderableType]:
    document, figures = page.document, page.document["figures"]
    yield Group(head(document), *_made_of(document))
    if document["answers"]:
        yield block("Said and published", answer_table(document["answers"]))
    yield block("Figures", narrow_figures(figures) if is_narrow else figure_table(figures))
    if page.with_sources or len(figures) <= FEW:
        yield from _all_sources(document)
    elif disputes := _disputes({**figures, **document["facts"]}, is_narrow):
        yield block("Where sources disagree", disputes)
    if document["facts"]:
        yield block("Also published, used by no model", _facts(document["facts"], is_narrow))
    if document["timeline"]:
        yield block("Timeline", _timeline(document["timeline"]))
    if document["remarks"]:
        yield block("Remarks", _remarks(document["remarks"]))
    yield _next(page)
    yield Text(STATEMENT, style="dim")


def _made_of(document: Dossier) -> Iterator[RenderableType]:
    """Yield the parts of a system, or the settled words of another entry."""
    table = grid("left", "left", "left")
    for name, choice in document["choices"].items():
        table.add_row(Text(name, "dim"), choice["value"], Text(choice["meaning"], "dim"))
    parts = document["parts"] or {"radars": (), "loadout": ()}
    for each in parts["radars"]:
        table.add_row(Text(each["role"], "dim"), each["radar"], each["name"])
    for each in parts["loadout"]:
        share = "" if each["share"] == 1.0 else f"{each['share']:.0%} of its rounds"
        table.add_row(Text("interceptor", "dim"), each["interceptor"], share or each["name"])
    if table.row_count:
        yield from (Text(), table)


def _disputes(records: Mapping[str, Dossier], is_narrow: bool) -> RenderableType | None:
    told = {name: each["contradiction"] for name, each in records.items()}
    return _named({name: words for name, words in told.items() if words}, is_narrow)


def _facts(facts: Mapping[str, Dossier], is_narrow: bool) -> RenderableType:
    told: dict[str, RenderableType] = {}
    for name, fact in facts.items():
        values = spread([each["value"] for each in fact["sources"]], fact["unit"])
        notes = "; ".join(each["note"] for each in fact["sources"] if each["note"])
        told[name] = Text.assemble(f"{fact['meaning']}: ", (values or notes, "bold"))
    return _named(told, is_narrow) or Text()


def _named(told: Mapping[str, RenderableType], is_narrow: bool) -> RenderableType | None:
    """Return words by name: beside it, or below it where there is no room."""
    if not told:
        return None
    if is_narrow:
        lines = [(Text(name), Padding(words, (0, 0, 0, 2))) for name, words in told.items()]
        return Group(*(part for pair in lines for part in pair))
    table = grid("left", "left")
    for name, words in told.items():
        table.add_row(name, words)
    return table


def _timeline(timeline: Sequence[Dossier]) -> Table:
    table = grid("left", "left")
    for each in timeline:
        by = (f" ({told_by(each['sources'])})", "dim")
        table.add_row(Text(each["date"], "bold"), Text.assemble(each["event"], by))
    return table


def _remarks(remarks: Sequence[Dossier]) -> Group:
    return Group(
        *(
            Text.assemble(each["text"], (f" ({told_by(each['sources'])})", "dim"))
            for each in remarks
        )
    )


def _all_sources(document: Dossier) -> Iterator[RenderableType]:
    """Yield a block for each figure and fact: why, what is disputed, who printed what."""
    yield Text("BEHIND EACH FIGURE", style="bold")
    for name, figure in document["figures"].items():
        row = row_of(name, figure)
        line = Text.assemble("  ", (name, "bold"), f"  {row.nominal}  {row.provenance}")
        yield Group(line, behind(figure, 4))
    for name, fact in document["facts"].items():
        line = Text.assemble("  ", (name, "bold"), f"  {fact['meaning']}")
        yield Group(line, behind(fact, 4))


def behind(record: Dossier, indent: int) -> Group:
    """Return the reason of a figure, what is disputed about it, and its sources."""
    words = [Text(record[key]) for key in ("why", "contradiction") if record.get(key)]
    sources = citations(record["sources"], indent, record.get("unit", ""))
    return Group(*(Padding(each, (0, 0, 0, indent)) for each in words), sources)


def _next(page: EntryPage) -> Group:
    document = page.document
    disputed = (name for name, each in document["figures"].items() if each["contradiction"])
    figure = next(disputed, next(iter(document["figures"]), ""))
    command = f"bartizan catalogue {document['id']}"
    commands = [f"{command} {figure}{page.option}"]
    if not page.with_sources and len(document["figures"]) > FEW:
        commands.append(f"{command} --sources{page.option}")
    counts = provenance_words(document["provenance"])
    lines = [
        unbroken("" if n else "Next   ", Text(("       " if n else "") + each, "bold"))
        for n, each in enumerate(commands)
    ]
    return Group(Text(f"{len(document['figures'])} figures: {counts}"), Text(), *lines)
