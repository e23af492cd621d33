"""A section of the page: a heading and its parts, words, charts and tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from bartizan.reports.page.chart import Chart


@dataclass(frozen=True)
class Prose:
    """A paragraph: the ``lead`` says what is found, a ``note`` how it is to be read."""

    text: str
    style: str = "lead"
    kind: ClassVar[str] = "prose"


@dataclass(frozen=True)
class Key:
    """A line of a legend: a sign as SVG of 18 by 14 pixels, and what it means."""

    sign: str
    words: str


SIGNS = {
    "dot": '<circle cx="9" cy="7" r="4.5" class="f-{role}"/>',
    "cross": '<path d="M5 3l8 8M5 11l8-8" stroke-width="2" class="s-{role}"/>',
    "tick": '<path d="M9 1v12" stroke-width="1.5" class="s-{role}"/>',
    "bar": '<rect y="3" width="18" height="8" class="f-{role}"/>',
    "line": '<path d="M0 7h18" stroke-width="2.5" class="s-{role}"/>',
    "dashes": '<path d="M0 7h18" stroke-width="1.5" stroke-dasharray="5 3" class="s-{role}"/>',
    "dots": '<path d="M1 7h17" stroke-width="2" stroke-dasharray="1 4" stroke-linecap="round" '
    'class="s-{role}"/>',
    "square": '<rect x="5" y="3" width="8" height="8" class="f-{role}"/>',
    "triangle": '<path d="M9 1l7 12h-14z" class="f-{role}"/>',
    "ring": '<circle cx="9" cy="7" r="6" fill-opacity=".18" class="f-{role} s-{role}"/>',
    "whisker": '<path d="M1 7h16M1 3v8M17 3v8" stroke-width="2" class="s-{role}"/>',
}


def key(shape: str, role: str, words: str) -> Key:
    """Return a line of a legend, of one of `SIGNS` in the colour of a role."""
    return Key(SIGNS[shape].format(role=role), words)


@dataclass(frozen=True)
class Drawing:
    """A chart, and what it shows as a line above it."""

    chart: Chart
    title: str = ""
    legend: "Sequence[Key]" = ()
    kind: ClassVar[str] = "drawing"


@dataclass(frozen=True)
class Picture:
    """Hand-made SVG at two widths, such as a map."""

    wide: str
    narrow: str
    title: str = ""
    legend: "Sequence[Key]" = ()
    kind: ClassVar[str] = "picture"


@dataclass(frozen=True)
class Cell:
    """A cell of a table that is more than a text."""

    text: str
    style: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Table:
    """Heads and rows; columns by number that hold numbers stand at the right."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str | Cell]]
    numbers: Sequence[int] = ()
    title: str = ""
    kind: ClassVar[str] = "table"


@dataclass(frozen=True)
class Fold:
    """Parts that are shown when asked for, and in print always."""

    summary: str
    parts: "Sequence[Part]"
    kind: ClassVar[str] = "fold"


Part: TypeAlias = Prose | Drawing | Picture | Table | Fold


@dataclass(frozen=True)
class Section:
    """A heading and its parts."""

    name: str
    title: str
    parts: Sequence[Part]
