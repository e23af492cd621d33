"""The page of one catalogue entry: answers first, then figures, facts, history, sources."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bartizan.archive.document import STATEMENT
from bartizan.reports.figures import figure_table, narrow_figures
from bartizan.reports.quantity import provenance_words
from bartizan.reports.sources import Keyed, cited, keys, said, source_list
from bartizan.reports.wording import WIDTH, block, grid, plain_text, unbroken

KEY = (
    "why: the reason for the value; but: what speaks against it; said: what sources print, "
    "each with its grade, A to D (see Sources)"
)

Dossier = Mapping[str, Any]


@dataclass(frozen=True, repr=False)
class EntryPage:
    """One entry of the catalogue; it prints as a page of at most 80 columns."""

    document: Dossier
    """The dossier, as `--json` prints it."""
    is_brief: bool = False
    """Whether it shows only the answers and the bare table of figures."""
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
    document = page.document
    yield Group(head(document), *_made_of(document))
    if document["answers"]:
        yield block("Said and published", answer_table(document["answers"]))
    table = (narrow_figures if is_narrow else figure_table)(document["figures"], page.is_brief)
    is_sourced = cited(document) and not page.is_brief
    yield block("Figures", Group(Text(KEY, "dim"), table) if is_sourced else table)
    if not page.is_brief:
        yield from _published(document)
    yield _next(page)
    yield Text(STATEMENT, style="dim")


def _published(document: Dossier) -> Iterator[RenderableType]:
    """Yield what no model uses, and the sources of the whole page."""
    if document["facts"]:
        yield block("Also published, used by no model", _facts(document["facts"]))
    if document["timeline"]:
        yield block("Timeline", _timeline(document["timeline"]))
    if document["remarks"]:
        yield block("Remarks", _remarks(document["remarks"]))
    if sources := cited(document):
        yield source_list(sources)


def _made_of(document: Dossier) -> Iterator[RenderableType]:
    """Yield the parts of a system, or the settled words of another entry."""
    table = grid("left", "left", "left")
    table.columns[1].no_wrap = True
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


def _facts(facts: Mapping[str, Dossier]) -> Group:
    """Return each fact: who printed which value, and what is disputed about it."""
    return Group(*(part for name, fact in facts.items() for part in _fact(name, fact)))


def _fact(name: str, fact: Dossier) -> Iterator[RenderableType]:
    yield Keyed(said(fact["sources"], fact["unit"]), "", lead=name)
    if fact["contradiction"]:
        yield Padding(Text.assemble(("but ", "dim"), fact["contradiction"]), (0, 0, 0, 4))


def _timeline(timeline: Sequence[Dossier]) -> Table:
    table = grid("left", "left")
    for each in timeline:
        table.add_row(Text(each["date"], "bold"), _with_keys(each["event"], each["sources"]))
    return table


def _remarks(remarks: Sequence[Dossier]) -> Table:
    table = grid("left", "left", gap=1)
    for each in remarks:
        table.add_row("·", _with_keys(each["text"], each["sources"]))
    return table


def _with_keys(words: str, sources: Sequence[Dossier]) -> Keyed:
    return Keyed(f"{words} ({keys(sources)})", "")


def _next(page: EntryPage) -> Group:
    document = page.document
    disputed = (name for name, each in document["figures"].items() if each["contradiction"])
    figure = next(disputed, next(iter(document["figures"]), ""))
    command = f"bartizan catalogue {document['id']}"
    arguments = ["", figure] if page.is_brief else [figure]
    lines = [
        unbroken(
            "       " if n else "Next   ",
            Text(f"{command} {each}".rstrip() + page.option, "bold"),
        )
        for n, each in enumerate(arguments)
    ]
    counts = provenance_words(document["provenance"])
    return Group(Text(f"{len(document['figures'])} figures: {counts}"), Text(), *lines)
