"""The list of the catalogue: its entries by kind, and what their figures are worth."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bartizan.archive.document import STATEMENT
from bartizan.catalogue import Catalogue
from bartizan.catalogue.kinds import Kind
from bartizan.reports.dossier import provenance
from bartizan.reports.quantity import provenance_words, word_of
from bartizan.reports.wording import WIDTH, block, count, grid, plain_text, unbroken

Document = Mapping[str, Any]


@dataclass(frozen=True, repr=False)
class EntryList:
    """The entries of a catalogue; it prints as a list by kind."""

    document: Document
    """With `entries`, as `--json` prints it."""
    option: str = ""
    """How a command names the catalogue, if it is not the bundled one."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        blocks = list(_blocks(self, is_narrow=options.max_width < WIDTH))
        apart = [part for view in blocks for part in (view, Text())]
        yield Group(*apart[:-1])

    def __iter__(self) -> Iterator[Document]:
        return iter(self.document["entries"])

    def __len__(self) -> int:
        return len(self.document["entries"])

    def __repr__(self) -> str:
        return plain_text(self)


def list_document(catalogue: Catalogue) -> dict[str, Any]:
    """Return the entries of a catalogue in short, by kind and then by id, as plain data."""
    kinds = get_args(Kind)
    listed = sorted(catalogue.entries.values(), key=lambda e: (kinds.index(e.kind), e.id))
    return {
        "entries": [
            {
                "id": entry.id,
                "name": entry.name,
                "kind": entry.kind,
                "description": entry.description,
                "figures": len(entry.figures),
                "facts": len(entry.facts),
                "provenance": provenance(entry),
                "is_own": entry.id in catalogue.own,
            }
            for entry in listed
        ],
        "catalogue_hash": catalogue.hash,
        "statement": STATEMENT,
    }


def _blocks(page: EntryList, is_narrow: bool) -> Iterator[RenderableType]:
    kinds = {
        kind: [entry for entry in page if entry["kind"] == kind] for kind in get_args(Kind)
    }
    kinds = {_title(kind): rows for kind, rows in kinds.items() if rows}
    yield from _narrow(kinds) if is_narrow else [_table(kinds)]
    ids = [entry["id"] for entry in page]
    command = f"bartizan catalogue {'s-400' if 's-400' in ids else ids[0]}{page.option}"
    yield unbroken("Next   ", Text(command, "bold"))
    yield Text(STATEMENT, style="dim")


def _title(kind: str) -> str:
    return (kind if kind in ("traffic", "identification") else f"{kind}s").upper()


def _table(kinds: Mapping[str, list[Document]]) -> Table:
    """Return all entries with the counts of their figures by provenance."""
    counts = [entry["provenance"] for rows in kinds.values() for entry in rows]
    shown = [how for how in counts[0] if any(each[how] for each in counts)]
    table = grid("left", "left", *("right" for _ in shown))
    table.add_row("", "", *(Text(word_of(how), "dim") for how in shown))
    for n, (title, rows) in enumerate(kinds.items()):
        if n:
            table.add_row()
        table.add_row(Text(title, "bold"))
        for entry in rows:
            numbers = (count(entry["provenance"][how]) for how in shown)
            table.add_row(f"  {entry['id']}", _name(entry), *numbers)
    return table


def _narrow(kinds: Mapping[str, list[Document]]) -> Iterator[RenderableType]:
    for title, rows in kinds.items():
        lines: list[RenderableType] = []
        for entry in rows:
            lines.append(Text.assemble((entry["id"], "bold"), "  ", _name(entry)))
            worth = Text(provenance_words(entry["provenance"], ", "), "dim")
            lines.append(Padding(worth, (0, 0, 0, 2)))
        yield block(title, Group(*lines))


def _name(entry: Document) -> Text:
    return Text(entry["name"] + (" (own)" if entry["is_own"] else ""))
