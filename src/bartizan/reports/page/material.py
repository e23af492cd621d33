"""What a report is made of: a study, what was flown again for it, and the figures behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bartizan.arrays import Floats, Ints

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Flight:
    """A replication that was flown again, its events kept; as Arrow tables."""

    row: Document
    events: Any
    truth: Any = None
    is_same: bool = True
    """Whether it gave what the study says of it, to the bit."""


@dataclass(frozen=True)
class Influence:
    """What one figure, or one factor, does to a measure, by a straight line through draws."""

    name: str
    low: str  # what it is at the low end of the effect, in words
    high: str
    effect_low: float  # the measure there, less its mean
    effect_high: float
    half_width: float  # of the effect of going from one end to the other
    is_sure: bool


@dataclass(frozen=True)
class Influences:
    """What the answer hangs on, the strongest first, and how many were asked."""

    rows: Sequence[Influence]
    n_asked: int
    n_draw: int


@dataclass(frozen=True)
class Material:
    """All that a report says, before it is put in words."""

    study: Document
    """The summary of the study."""
    focus: Document
    """What its headline is of: label, words, n, draws and measures of an arm."""
    columns: Mapping[str, Floats]
    """Measures of the focus, one value a replication."""
    draws: Ints
    question: str
    flights: Sequence[Flight] = ()
    """Flown again: the one that stands for all, then others."""
    prices_usd: Mapping[str, float] = field(default_factory=dict)
    classes: Sequence[str] = ()
    """Classes of threats as the catalogue names them."""
    assets: Sequence[str] = ()
    entries: Sequence[Document] = ()
    """Dossiers of the catalogue entries used."""
    pinned: Mapping[str, Any] = field(default_factory=dict)
    influences: Influences | None = None
    theatre: Any = None

    @property
    def measures(self) -> Document:
        """The estimates of the focus, by name."""
        return self.focus["measures"]  # type: ignore[no-any-return]

    @cached_property
    def is_drawn(self) -> bool:
        """Whether figures were drawn from their bands."""
        return bool(self.study["figures"] == "drawn")

    @property
    def median(self) -> Flight | None:
        """The replication that stands for all."""
        return self.flights[0] if self.flights else None


def column_word(name: str) -> str:
    """Return a name as it stands in the columns of a study."""
    return "_".join(part for part in "".join(c if c.isalnum() else "_" for c in name.lower()).split("_") if part)
