"""How numbers are written for people: counts, clock times, money, and the shared layout."""

from typing import Literal

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

WIDTH = 80


def count(number: float | None, alarm: str = "") -> Text:
    """Return a count, thousands apart; zero is dimmed, any other takes the style ``alarm``."""
    if number is None:
        return Text("–", style="dim")
    return Text(f"{number:,.0f}", style=alarm if number else "dim")


def clock(time_s: float) -> str:
    """Return a time of the scenario as minutes and seconds: ``9:41``, ``-0:30``."""
    sign, whole = ("-" if time_s <= -1.0 else ""), int(abs(time_s))
    return f"{sign}{whole // 60}:{whole % 60:02}"


def duration(time_s: float) -> str:
    """Return a duration in words: ``3.2 s``, ``20 min``, ``2 h 30 min``."""
    if time_s < 120.0:
        return f"{time_s:.2g} s" if time_s < 10.0 else f"{time_s:.0f} s"
    hours, minutes = divmod(round(time_s / 60.0), 60)
    return " ".join(f"{n} {unit}" for n, unit in ((hours, "h"), (minutes, "min")) if n)


def money(amount_usd: float | None) -> str:
    """Return an amount of money with three digits: ``62.4 M USD``."""
    if amount_usd is None:
        return "unknown"
    for size, unit in ((1e9, " bn"), (1e6, " M"), (1e3, " k")):
        if abs(amount_usd) >= 0.9995 * size:
            value = amount_usd / size
            digits = 0 if value >= 99.95 else 1 if value >= 9.995 else 2
            return f"{value:,.{digits}f}{unit} USD"
    return f"{amount_usd:.0f} USD"


def grid(*justify: str, gap: int = 2) -> Table:
    """Return a table without lines, its columns 'left' or 'right'."""
    table = Table.grid(padding=(0, gap, 0, 0))
    for side in justify:
        justified: Literal["left", "right"] = "right" if side == "right" else "left"
        table.add_column(justify=justified, overflow="fold")
    return table


def block(title: str, body: RenderableType) -> Group:
    """Return a block under a heading."""
    return Group(Text(title.upper(), style="bold"), Padding(body, (0, 0, 0, 2)))


def unbroken(label: str, text: Text) -> Text:
    """Return a line that is never cut nor folded, so that a path or command can be copied."""
    line = Text.assemble(label, text)
    line.no_wrap, line.overflow = True, "ignore"
    return line


def show(view: RenderableType) -> None:
    """Print a view on stdout, at most `WIDTH` columns wide; plain where it is no terminal."""
    console = Console(highlight=False)
    if console.is_terminal:
        console.print(view, width=min(console.width, WIDTH), crop=False)
    else:
        print(plain_text(view))


def plain_text(view: RenderableType) -> str:
    """Return a view as text without colour, `WIDTH` columns wide."""
    console = Console(width=WIDTH, color_system=None, highlight=False, force_terminal=False)
    with console.capture() as captured:
        console.print(view, crop=False)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())
