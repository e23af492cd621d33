"""What a report is made of: a study, what was flown again for it, and the figures behind it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bartizan.arrays import Floats, Ints

Document = Mapping[str, Any]
WHOLE = ("latin-hypercube", "sobol", "sobol-indices", "morris")
"""Designs whose arms are points, of which none is worth a page."""


@dataclass(frozen=True)
class Flight:
    """A replication that was flown again, what happened in it kept."""

    row: Document
    """Its measures, as the columns of a study."""
    events: Sequence[Document]
    truth: Sequence[Document] = ()
    """Of the one that stands for all: each object, its class and side, first and last time."""
    counts: Sequence[Floats] = ()
    """Of the same: times, objects in the air, threats in the air, tracks held."""
    prices_usd: Mapping[str, float] = field(default_factory=dict)
    """Of each type of round, as drawn for it."""
    is_same: bool = True
    """Whether it gave what the study says of it, to the bit."""


@dataclass(frozen=True)
class Influence:
    """What one figure, or one factor, does to the leakers."""

    name: str
    low: str  # what it is at the low end of the effect, in words
    high: str
    change: float  # of the leakers, from the low end to the high one
    half_width: float  # of its interval
    is_sure: bool


@dataclass(frozen=True)
class Influences:
    """What the answer hangs on, the largest first."""

    what: str  # figures or factors
    rows: Sequence[Influence]
    n_asked: int
    n_draw: int  # or arms
    note: str


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
    influences: Sequence[Influences] = ()
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
    def is_whole_design(self) -> bool:
        """Whether its focus is no arm, but all points of a design."""
        return bool(self.study["design"]["kind"] in WHOLE)

    @property
    def median(self) -> Flight | None:
        """The replication that stands for all."""
        return self.flights[0] if self.flights else None


def column_word(name: str) -> str:
    """Return a name as it stands in the columns of a study."""
    return re.sub(r"\W+", "_", name).strip("_").lower()
