"""A chart as a description: two axes and marks on them, for whatever draws it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bartizan.reports.wording import clock, money

Kind = Literal["number", "share", "clock", "money"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Axis:
    """An axis: its title, its ends, how its numbers are written, or the names of its places."""

    title: str
    low: float
    high: float
    kind: Kind = "number"
    names: tuple[str, ...] = ()
    """Names of the places 0, 1, 2, ..."""
    is_downwards: bool = False
    """Whether a vertical axis counts downwards; one of names does."""

    def __post_init__(self) -> None:
        if not self.high > self.low:  # all that it shows is one value
            object.__setattr__(self, "high", self.low + 1.0)

    @property
    def falls(self) -> bool:
        """Whether it counts downwards."""
        return self.is_downwards or bool(self.names)

    def text(self, value: float) -> str:
        """Return a value as it stands at the axis."""
        if self.kind == "clock":
            return clock(value)
        if self.kind == "share":
            return f"{100.0 * value:.0f}\N{NO-BREAK SPACE}%"
        if self.kind == "money":
            return money(value).removesuffix(" USD") if value else "0"
        return f"{value:,.0f}" if value == round(value) else f"{value:,.3g}"

    def ticks(self, most: int) -> list[float]:
        """Return round values between the ends, not more than ``most`` of them."""
        if self.names:
            return [float(n) for n in range(len(self.names))]
        step = _step((self.high - self.low) / max(1, most), self.kind)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [n * step for n in range(first, last + 1)]


CLOCK_STEPS_S = (30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0, 7200.0, 14400.0)


def _step(least: float, kind: Kind) -> float:
    if kind == "clock":
        hours = least / 3600.0
        return next(
            (step for step in CLOCK_STEPS_S if step >= least), 3600.0 * math.ceil(hours)
        )
    size = 10.0 ** math.floor(math.log10(least)) if least > 0.0 else 1.0
    return next(size * k for k in (1.0, 2.0, 2.5, 5.0, 10.0) if size * k >= least * (1 - 1e-9))


@dataclass(frozen=True)
class Bar:
    """A rectangle between two corners."""

    x0: float
    x1: float
    y0: float
    y1: float
    role: str
    hover: str = ""


@dataclass(frozen=True)
class Line:
    """A line through points; a stepped one keeps its height until the next point."""

    xs: Sequence[float]
    ys: Sequence[float]
    role: str
    width: float = 2.0
    is_stepped: bool = False
    is_dashed: bool = False
    hover: str = ""


@dataclass(frozen=True)
class Interval:
    """A line with ends across it: from where to where a value may lie."""

    x0: float
    x1: float
    y0: float
    y1: float
    role: str = "ink"
    width: float = 2.0


@dataclass(frozen=True)
class Dot:
    """A value at a point."""

    x: float
    y: float
    role: str
    hover: str = ""
    shape: Literal["circle", "cross", "hollow", "tick"] = "circle"
    size: float = 9.0


@dataclass(frozen=True)
class Words:
    """A label at a point, moved by some pixels."""

    x: float
    y: float
    text: str
    role: str = "ink"
    anchor: Anchor = "start"
    dx: float = 0.0
    dy: float = 0.0
    is_bold: bool = False
    is_over: bool = False
    """Whether it may stand over lines, and so needs a ground of its own."""
    short: str = ""
    """What it says where there is little room."""


Mark: TypeAlias = Bar | Line | Interval | Dot | Words


@dataclass(frozen=True)
class Chart:
    """Axes and marks, drawn in their order, and what they say in words."""

    name: str
    says: str
    """For whoever does not see it: one or two sentences."""
    x: Axis
    y: Axis
    marks: Sequence[Mark]
    height: int = 280
    margin_right: int = 24
    ticks: int = 8
    """Most of them along the horizontal axis."""
    has_rows: bool = False
    """Whether its vertical axis has names, so that lines across would only disturb."""


ROW = 34
"""Pixels of a named row."""


def rows_chart(
    name: str, says: str, x: Axis, names: Sequence[str], marks: Sequence[Mark], **more: int
) -> Chart:
    """Return a chart of named rows, the first at the top."""
    y = Axis("", -0.6, len(names) - 0.4, names=tuple(names))
    height = more.pop("row", ROW) * len(names) + 58
    return Chart(name, says, x, y, marks, height, has_rows=True, **more)
