"""The figures of an entry as a table: what is used, what it may be, who says so."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bartizan.reports.quantity import between, joined, word_of, written
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


def row_of(name: str, figure: Figure) -> Row:
    """Return the line of a figure; its claim only where it differs from the nominal value."""
    claims = figure["claimed"] is not None and figure["claimed_si"] != figure["nominal_si"]
    return Row(
        name,
        written(figure["nominal"]),
        band_of(figure),
        written(figure["claimed"]) if claims else "",
        word_of(figure["provenance"]),
    )


def band_of(figure: Figure) -> str:
    """Return the band of a figure or the values it may have; empty for a fixed one."""
    if figure["values"]:
        return joined(figure["values"])
    return between(figure["band"]) if figure["band"] else ""


def figure_table(figures: Mapping[str, Figure]) -> Table:
    """Return the figures for 80 columns; the column of claims only where there is one."""
    rows = list(_rows(figures))
    shown = [n for n, field in enumerate(Row._fields) if field != "claimed" or _claims(rows)]
    table = grid("left", *("right" if n in (1, 3) else "left" for n in shown[1:]))
    heads = Row("figure", "nominal", "band", "claimed", "")
    table.add_row(*(Text(heads[n], "dim") for n in shown))
    for row in rows:
        cells = [Text(broken(row.name)), Text(row.nominal, "bold"), *map(Text, row[2:4])]
        cells.append(Text(row.provenance, "yellow" if row.provenance == "assumed" else ""))
        table.add_row(*(cells[n] for n in shown))
    return table


def narrow_figures(figures: Mapping[str, Figure]) -> RenderableType:
    """Return the figures for narrow terminals: two lines each."""
    lines: list[RenderableType] = []
    for row in _rows(figures):
        lines.append(Text(row.name))
        claim = f"claimed {row.claimed}" if row.claimed else ""
        band = f"{'one of' if ' or ' in row.band else 'band'} {row.band}" if row.band else ""
        facts = [part for part in (band, claim, row.provenance) if part]
        if row.nominal:
            told = Text.assemble((row.nominal, "bold"), f"  {' · '.join(facts)}")
            line = grid("left", "left", gap=0)
            line.add_row("  ", told)
            lines.append(line)
    return Group(*lines)


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
        yield row_of(f"  .{member}" if dot else name, figure)


def _claims(rows: list[Row]) -> bool:
    return any(row.claimed for row in rows)
