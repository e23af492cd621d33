"""The figures of an entry as a table: what is used, what it may be, why, and who says so."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bartizan.reports.quantity import between, joined, word_of, written
from bartizan.reports.sources import Keyed, said
from bartizan.reports.wording import grid

NAME_WIDTH = 24

Figure = Mapping[str, Any]


class Row(NamedTuple):
    """One line of the table, in words."""

    name: str
    nominal: str
    band: str
    claimed: str
    provenance: str
    key: str = ""
    """Name of the figure; a head and the name of a family have none."""


HEADS = Row("figure", "nominal", "band", "claimed", "")


def row_of(name: str, figure: Figure) -> Row:
    """Return the line of a figure."""
    return Row(
        name,
        written(figure["nominal"]),
        band_of(figure),
        "" if figure["claimed"] is None else written(figure["claimed"]),
        word_of(figure["provenance"]),
    )


def band_of(figure: Figure) -> str:
    """Return the band of a figure or the values it may have; empty for a fixed one."""
    if figure["values"]:
        return joined(figure["values"])
    return between(figure["band"]) if figure["band"] else ""


def figure_table(figures: Mapping[str, Figure], is_bare: bool = False) -> Group:
    """Return the figures for 80 columns; the column of claims only where there is one.

    Parameters
    ----------
    figures
        As in a dossier, in their order.
    is_bare
        Whether to leave out why each value is used, what is disputed and who said what.
    """
    rows = (HEADS, *_rows(figures))
    cells = [_cells(row, _is_claimed(figures)) for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines: list[RenderableType] = []
    for row, line in zip(rows, cells, strict=True):
        lines.append(_line(line, widths))
        if row.key and not is_bare:
            lines.append(Padding(behind(figures[row.key]), (0, 0, 0, 4)))
    return Group(*lines)


def narrow_figures(figures: Mapping[str, Figure], is_bare: bool = False) -> Group:
    """Return the figures for narrow terminals: two lines each, and what is behind them."""
    lines: list[RenderableType] = []
    for row in _rows(figures):
        indent = (0, 0, 0, 4 if row.name.startswith("  .") else 2)
        lines.append(Text(row.name, "bold"))
        claim = f"claimed {row.claimed}" if row.claimed else ""
        band = f"{'one of' if ' or ' in row.band else 'band'} {row.band}" if row.band else ""
        facts = " · ".join(part for part in (band, claim, row.provenance) if part)
        if row.nominal:
            told = Text.assemble((row.nominal, "bold"), f"  {facts}")
            lines.append(Padding(told, indent))
        if row.key and not is_bare:
            lines.append(Padding(behind(figures[row.key]), indent))
    return Group(*lines)


def behind(record: Figure) -> Table:
    """Return why a value is used, what is disputed about it, and who said what."""
    said_words = said(record["sources"], record.get("unit", ""))
    told = {
        "why": Text(record.get("why", ""), "dim"),
        "but": Text(record["contradiction"]),
        "said": Keyed(said_words) if said_words else None,
    }
    table = grid("left", "left", gap=1)
    for label, words in told.items():
        if words:
            table.add_row(Text(f"{label:4}", "dim"), words)
    return table


def broken(name: str) -> str:
    """Return a name on two lines where it is too long for its column, cut after a ``_``."""
    if len(name) <= NAME_WIDTH:
        return name
    cut = name.rfind("_", 0, NAME_WIDTH) + 1
    return f"{name[:cut]}\n  {name[cut:]}" if cut else name


def _rows(figures: Mapping[str, Figure]) -> Iterator[Row]:
    """Yield the lines in order; the members of a family below its name."""
    family = ""
    for name, figure in figures.items():
        stem, dot, member = name.partition(".")
        if dot and stem != family:
            family = stem
            yield Row(stem, "", "", "", "")
        yield row_of(f"  .{member}" if dot else name, figure)._replace(key=name)


def _cells(row: Row, is_claimed: bool) -> list[Text]:
    if row is HEADS:
        cells = [Text(head, "dim") for head in row[:-1]]
    else:
        cells = [Text(broken(row.name)), Text(row.nominal, "bold"), *map(Text, row[2:4])]
        cells.append(Text(row.provenance, "yellow" if row.provenance == "assumed" else ""))
    return cells if is_claimed else [*cells[:3], *cells[4:]]


def _line(cells: list[Text], widths: list[int]) -> Table:
    """Return one line as a table of its own, so that words below may take the whole width."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for n, width in enumerate(widths):
        is_number = n in (1, 3) and n < len(widths) - 1
        table.add_column(justify="right" if is_number else "left", width=width, overflow="fold")
    table.add_row(*cells)
    return table


def _width(cell: Text) -> int:
    return max(map(cell_len, cell.plain.split("\n")))


def _is_claimed(figures: Mapping[str, Figure]) -> bool:
    return any(figure["claimed"] is not None for figure in figures.values())
