"""The page of one figure or fact of an entry: all that was published about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bartizan.archive.document import STATEMENT
from bartizan.reports.citations import citations
from bartizan.reports.entry import answer_table
from bartizan.reports.figures import row_of
from bartizan.reports.quantity import written
from bartizan.reports.wording import block, grid, plain_text

Dossier = Mapping[str, Any]

FAVOURS = {"owner": "favours its owner", "enemy": "favours its enemy", "neither": ""}


@dataclass(frozen=True, repr=False)
class FigurePage:
    """One figure or fact of an entry; it prints as a page of at most 80 columns."""

    document: Dossier
    """Of the figure or fact: its part of the dossier, with entry, name and its answers."""

    def __rich__(self) -> RenderableType:
        blocks = list(_blocks(self.document))
        apart = [part for view in blocks for part in (view, Text())]
        return Group(*apart[:-1])

    def __repr__(self) -> str:
        return plain_text(self)


def part_of(dossier: Dossier, name: str) -> dict[str, Any]:
    """Return the document of one figure or fact of a dossier.

    Raises
    ------
    KeyError
        The dossier has no figure or fact of that name.
    """
    is_figure = name in dossier["figures"]
    record = dossier["figures" if is_figure else "facts"][name]
    group = record.get("draw_group")
    return {
        "entry": dossier["id"],
        "entry_name": dossier["name"],
        "kind": dossier["kind"],
        "name": name,
        "is_figure": is_figure,
        **record,
        "drawn_with": [
            other
            for other, each in dossier["figures"].items()
            if group and each["draw_group"] == group and other != name
        ],
        "answers": [each for each in dossier["answers"] if name in each["figures"]],
        "catalogue_hash": dossier["catalogue_hash"],
        "statement": STATEMENT,
    }


def _blocks(document: Dossier) -> Iterator[RenderableType]:
    title = Text.assemble((document["name"], "bold"), f"  {document['meaning']}")
    of = f"{'a figure' if document['is_figure'] else 'a fact'} of {document['entry_name']}"
    entry = Text.assemble(of, (f"  {document['kind']} {document['entry']}", "dim"))
    yield Group(title, entry)
    if document["is_figure"]:
        yield _values(document)
        yield block("Why this value", Text(document["why"]))
    else:
        yield Text("Published only: no model uses it.")
    if document["contradiction"]:
        yield block("Where sources disagree", Text(document["contradiction"]))
    if document["sources"]:
        sources = citations(document["sources"], 2, document.get("unit", ""))
        yield Group(Text("PUBLISHED", style="bold"), sources)
    else:
        yield block("Published", Text("nothing that was found"))
    if document["answers"]:
        yield block("Said and published", answer_table(document["answers"]))
    yield Text(STATEMENT, style="dim")


def _values(figure: Dossier) -> Table:
    row = row_of(figure["name"], figure)
    rows = {
        "nominal": Text.assemble((row.nominal, "bold"), f"  {row.provenance}"),
        "values" if figure["values"] else "band": _band(figure, row.band),
        "claimed": Text("" if figure["claimed"] is None else written(figure["claimed"])),
        "a larger one": Text(FAVOURS[figure["favours"]]),
        "drawn with": Text(", ".join(figure["drawn_with"])),
    }
    table = grid("left", "left")
    for label, words in rows.items():
        if words:
            table.add_row(Text(label, "dim"), words)
    return table


def _band(figure: Dossier, band: str) -> Text:
    if not band:
        return Text("none: a fixed value")
    if figure["weights"]:
        shares = ", ".join(f"{weight:.0%}" for weight in figure["weights"])
        return Text(f"{band}, weighted {shares}")
    return Text(f"{band}, {figure['shape']}")
