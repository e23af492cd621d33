"""A verification: each case's theory beside what was simulated, on a screen or as a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.table import Table
from rich.text import Text

from bartizan.archive.place import staged_file
from bartizan.reports.scatter import normal_plot
from bartizan.reports.wording import block, duration, plain_text

Row = Mapping[str, Any]

WIDTHS = (28, 10, 16, 7, 8, 4)
SIDES: tuple[Literal["left", "right"], ...] = ("left", *("right",) * 4, "left")


@dataclass(frozen=True, repr=False)
class Verification:
    """The document of a verification; it prints as a table of at most 80 columns."""

    document: Mapping[str, Any]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        document = self.document
        yield Text("VERIFICATION, NOT VALIDATION", style="bold")
        yield Text(document["statement"])
        yield Text()
        for rows in _by_case(document):
            yield block(
                rows[0]["case"], Group(Text(_about(rows[0]), style="dim"), _table(rows))
            )
            yield Text()
        yield Text(_judgement(document), style="bold" if document["passed"] else "bold red")
        yield Text(_terms(document))

    def __repr__(self) -> str:
        return plain_text(self)

    def write(self, page: Path) -> tuple[Path, Path]:
        """Write the page (Markdown) and its plot beside it (SVG); return both paths.

        Raises
        ------
        RunError
            If they cannot be written.
        """
        plot = page.with_suffix(".svg")
        z = [row["z"] for row in self.document["rows"] if row["z"] is not None]
        texts = {page: "\n".join(_page(self.document, plot.name)), plot: normal_plot(z)}
        for path, text in texts.items():
            with staged_file(path, option="") as stage:
                stage.write_text(text + "\n", encoding="utf-8")
        return page, plot


def _by_case(document: Mapping[str, Any]) -> list[list[Row]]:
    return [list(rows) for _, rows in groupby(document["rows"], key=lambda row: row["case"])]


def _about(row: Row) -> str:
    return f"{row['assumes']}\n{row['source']} · {row['sensing']} sensing"


def _table(rows: list[Row]) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    for width, side in zip(WIDTHS, SIDES, strict=True):
        table.add_column(width=width, justify=side)
    for row in rows:
        style = "" if row["verdict"] == "pass" else "bold red"
        table.add_row(*(Text(cell, style=style) for cell in _cells(row)))
    return table


def _cells(row: Row) -> tuple[str, ...]:
    """Return quantity, theory, simulated, z or worst departure, power and verdict in words."""
    theory = f"{row['theory']:.5g}"
    if row["tolerance"] is None:
        simulated = f"{row['mean']:.5g} ± {row['standard_error'] or 0.0:.2g}"
        away = "z –" if row["z"] is None else f"z {row['z']:+.1f}"
    else:
        simulated = f"{row['mean']:.5g}"
        away = "exact" if row["tolerance"] < 1e-6 else f"± {100 * row['tolerance']:g} %"
    power = "> 99.9 %" if row["power"] > 0.999 else f"{100 * row['power']:.1f} %"
    return row["quantity"], theory, simulated, away, power, row["verdict"]


def _judgement(document: Mapping[str, Any]) -> str:
    n_case, bad = (
        len(_by_case(document)),
        [r for r in document["rows"] if r["verdict"] != "pass"],
    )
    if not bad:
        return f"All {len(document['rows'])} quantities of {n_case} cases agree with theory."
    names = ", ".join(f"{row['case']}: {row['quantity']} ({row['verdict']})" for row in bad)
    return f"{len(bad)} of {len(document['rows'])} quantities do not pass: {names}"


def _terms(document: Mapping[str, Any]) -> str:
    level, error, power = (f"{100 * document[key]:g} %" for key in ("level", "error", "power"))
    return (
        f"Rejected at a level of {level} for the whole table (Holm); power: the chance of "
        f"noticing an error of {error} of theory's value, at least {power} or the verdict is "
        f"'weak'. Seed {document['seed']}, {duration(document['wall_s'])}, bartizan "
        f"{document['version']}, fingerprint {document['fingerprint']}."
    )


def _page(document: Mapping[str, Any], plot: str) -> Iterator[str]:
    yield "# Verification, not validation\n"
    yield f"{document['statement']}\n"
    command = "bartizan verify --deep" if document["deep"] else "bartizan verify"
    yield f"Made by `{command} --out docs/verification.md` on {document['created']}."
    yield f"**{_judgement(document)}** {_terms(document)}\n"
    yield f"![Simulated z against the standard normal]({plot})\n"
    yield "Sorted z of all quantities with chance in them, against the quantiles of a standard"
    yield "normal: right theory in a right program lies along the diagonal.\n"
    for rows in _by_case(document):
        yield f"## {rows[0]['case']}\n"
        yield f"Assumes {rows[0]['assumes']}. Source: {rows[0]['source']}."
        yield f"Sensing: {rows[0]['sensing']}.\n"
        yield "| quantity | theory | simulated | n | z, or tolerance | power | verdict |"
        yield "|---|---:|---:|---:|---:|---:|---|"
        for row in rows:
            quantity, theory, simulated, away, power, verdict = _cells(row)
            away = away.removeprefix("z ")
            yield (
                f"| {quantity} | {theory} | {simulated} | {row['n']:,} | {away} | {power} "
                f"| {verdict} |"
            )
        yield ""
    yield "## To add a case\n"
    yield "One scenario in `src/bartizan/verification/scenarios`, of the case's name; one"
    yield "`Case` beside its like in that room: a function that knows the theory, one that"
    yield "reads the values off a flight, and a planted error that a test sees noticed."
