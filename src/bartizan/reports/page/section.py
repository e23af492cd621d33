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
class Drawing:
    """A chart, and what it shows as a line above it."""

    chart: Chart
    title: str = ""
    kind: ClassVar[str] = "drawing"


@dataclass(frozen=True)
class Picture:
    """Hand-made SVG at two widths, such as a map."""

    wide: str
    narrow: str
    title: str = ""
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
