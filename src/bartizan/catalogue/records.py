"""Catalogue documents: an entry, its figures, what was published about each, and the sources.

Values stay here as they are written ("240 km"); `check` and `figures` read them into SI with
the dimension that `kinds` gives each figure.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, StrictStr

from bartizan.catalogue.kinds import Kind

Quantity = StrictStr | StrictInt | StrictFloat
Range = tuple[Quantity, Quantity]
Provenance = Literal["seen", "computed", "recalled", "assumed"]
Shape = Literal["fixed", "triangular", "pert", "uniform", "loguniform", "discrete"]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Document):
    """A text that was read, computed or is only remembered (then it keeps no address)."""

    title: str
    publisher: str
    date: str
    access: Literal["seen", "computed", "recalled"]
    grade: Literal["A", "B", "C", "D"]
    url: str = ""


class Published(_Document):
    """What one source says of one figure, in that figure's dimension, or in words only."""

    source: str
    provenance: Literal["seen", "computed", "recalled"]
    value: Quantity | Range | None = None
    note: str = ""


class Figure(_Document):
    """A nominal value with its reason, what is not known about it, and who says so.

    A ``fixed`` figure has no band; ``triangular`` and ``pert`` have their mode at the nominal
    value; a ``discrete`` one lists its values and their weights. Figures of one ``draw_group``
    have one cause and are drawn together. ``claimed`` is the value someone with an interest
    gives; it is never the nominal one for that reason.
    """

    nominal: Quantity
    why: str = Field(min_length=1)
    provenance: Provenance
    shape: Shape = "fixed"
    band: Range | None = None
    values: tuple[Quantity, ...] = ()
    weights: tuple[float, ...] = ()
    claimed: Quantity | None = None
    draw_group: str = ""
    contradiction: str = ""
    sources: tuple[Published, ...] = ()


class Fact(_Document):
    """A published quantity that no model uses: kept for the reader, in the unit as printed."""

    meaning: str = Field(min_length=1)
    unit: str = ""
    contradiction: str = ""
    sources: tuple[Published, ...] = Field(min_length=1)


class Milestone(_Document):
    """Something that happened, and when, as the sources have it."""

    date: str
    event: str
    sources: tuple[str, ...] = Field(min_length=1)


class Remark(_Document):
    """What somebody said of the entry, in our words."""

    text: str
    sources: tuple[str, ...] = Field(min_length=1)


class Answer(_Document):
    """A sentence of the press, in our words, and what the published figures say to it."""

    claim: str = Field(min_length=1)
    answer: str = Field(min_length=1)
    figures: tuple[str, ...] = ()
    """Names of the figures and facts behind the answer; of another entry as 48n6e3.price."""


class RadarPart(_Document):
    """A radar of a system and what it does there."""

    radar: str
    role: Literal["acquisition", "engagement"]


class Parts(_Document):
    """What a system is made of: its radars and the share of each interceptor in its load."""

    radars: tuple[RadarPart, ...] = Field(min_length=1)
    loadout: dict[str, float]  # empty: it shoots at nothing, and only looks


class Entry(_Document):
    """One entry: a system, a radar, and so on: `kind` says of what."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str
    kind: Kind
    description: str = Field(min_length=1)
    choices: dict[str, str] = {}
    parts: Parts | None = None
    figures: dict[str, Figure]
    facts: dict[str, Fact] = {}
    timeline: tuple[Milestone, ...] = ()
    remarks: tuple[Remark, ...] = ()
    answers: tuple[Answer, ...] = ()
