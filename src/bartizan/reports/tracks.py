"""What came of tracking a table of plots, on a screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from bartizan.reports.wording import block, count, duration, grid, plain_text


@dataclass(frozen=True, repr=False)
class TracksPage:
    """The summary of `api.tracking`; it prints as a few lines of at most 80 columns."""

    summary: Mapping[str, Any]
    plots: str
    out: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        s = self.summary
        yield Text(self.plots, style="bold")
        if s["begin_s"] is None:
            yield Text("no tracks")
        else:
            span = f"{s['begin_s']:g} to {s['end_s']:g} s"
            yield Text(f"{span} · {s['reports']:,} reports · {duration(s['wall_s'])} to track")
        yield Text()
        table = grid("left", "right")
        for name, n in s["plots"].items():
            table.add_row(f"plots of {name}", count(n))
        table.add_row("confirmed tracks", count(s["tracks"]))
        table.add_row("most at once", count(s["most_at_once"]))
        table.add_row("rows written", count(s["rows"]))
        yield block("tracks", table)
        if s["bias"]:
            yield Text()
            yield block("bias, too much by", _biases(s["bias"]))
        yield Text()
        yield Text(f"written: {self.out}", style="dim")

    def __repr__(self) -> str:
        return plain_text(self)


def _biases(found: Mapping[str, Mapping[str, float]]) -> Table:
    table = grid("left", "right", "right", "right")
    table.add_row("", *(Text(name, style="dim") for name in ("range", "azimuth", "elevation")))
    for name, one in found.items():
        cells = [f"{one['range_m']:,.0f} ± {one['sigma_range_m']:,.0f} m"]
        for angle in ("azimuth", "elevation"):
            value, sigma = one[f"{angle}_rad"], one[f"sigma_{angle}_rad"]
            cells.append(f"{1e3 * value:.2f} ± {1e3 * sigma:.2f} mrad")
        table.add_row(name, *cells)
    return table
