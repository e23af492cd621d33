"""The scenario: all that a user writes in one file, validated, with its source beside it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, PrivateAttr, ValidationError

from bartizan.errors import DocumentError, Fault
from bartizan.scenario.bounds import bound_faults, n_civil
from bartizan.scenario.civil import Civil, CivilFlow, RecordedFlow
from bartizan.scenario.coastline import Coastline
from bartizan.scenario.defence import Defence, Defences, DoctrineBlock
from bartizan.scenario.document import Document
from bartizan.scenario.faults import faults_of
from bartizan.scenario.identification import IdentificationBlock
from bartizan.scenario.nets import Link, Links, Nets
from bartizan.scenario.place import Asset, Origin, Position
from bartizan.scenario.quantities import Duration, Figure, Name, Pattern, Tick
from bartizan.scenario.raid import Raid, RaidGroup
from bartizan.scenario.recording import Recording
from bartizan.scenario.references import name_faults
from bartizan.scenario.source import Source
from bartizan.scenario.zones import Zones

if TYPE_CHECKING:
    from bartizan.catalogue.load import Catalogue

__all__ = [
    "Asset", "CivilFlow", "Defence", "DoctrineBlock", "Link", "Origin", "Position", "RaidGroup",
    "RecordedFlow", "Scenario",
]  # fmt: skip


class Scenario(Document):
    """A defence, a raid and who else flies there."""

    bartizan: Literal[1] = Field(description="Version of the format.")
    name: Name = Field("scenario", description="A short name, for run folders.")
    title: str = Field("", max_length=200, description="One line.")
    description: str = Field("", max_length=10_000, description="What it is about.")
    origin: Origin = Field(description="Point that offsets and bearings are counted from.")
    duration_s: Duration = Field(alias="duration", description="Time simulated.")
    tick_s: Tick = Field(1.0, alias="tick", description="Time step, 0.1 s to 10 s.")
    coastline: Coastline | None = Field(
        None, description="GeoJSON, or a .geojson file beside this one; drawn, not simulated."
    )
    assets: dict[Name, Asset] = Field({}, description="What is worth defending, by name.")
    defence: Defences = Field({}, description="What defends, by name.")
    nets: Nets = Field(
        {}, description="Who shares an air picture: names of units, by name of the net."
    )
    links: Links = Field({}, description="What nets forward to others, by name of the link.")
    doctrine: DoctrineBlock = Field(DoctrineBlock(), description="How it decides.")
    identification: IdentificationBlock = Field(
        IdentificationBlock(), description="How it tells who is who."
    )
    zones: Zones = Field({}, description="Where rules differ, by name of the area.")
    raid: Raid = Field({}, description="What attacks, by name of the group.")
    civil: Civil = Field({}, description="Who flies there in peace, by name of the flow.")
    figures: dict[str, Figure] = Field(
        {}, description='Pinned catalogue figures: 48n6e3.range_max: "200 km".'
    )
    vary: list[Pattern] = Field(
        ["*"],
        max_length=1000,
        description='What --figures changes; all else stays nominal: "*.altitude_max".',
    )

    _source: Source = PrivateAttr(default_factory=Source)

    @classmethod
    def from_source(cls, source: Source) -> Self:
        """Return the scenario of a source.

        Raises
        ------
        DocumentError
            With all faults at once, each placed on its line or its ``--set``.
        """
        data, faults = source.resolved()
        faults = faults + name_faults(data, source.catalogue)
        try:
            scenario = cls.model_validate(data)
        except ValidationError as error:
            raise DocumentError(source.placed(faults_of(error, cls) + faults)) from None
        faults += bound_faults(scenario)
        if faults:
            raise DocumentError(source.placed(faults))
        scenario._source = source
        return scenario

    @property
    def text(self) -> str:
        """The file as read, before any ``--set``; empty for a scenario made in Python."""
        return self._source.text

    @property
    def file(self) -> str:
        """The file's path as given; empty for a scenario made in Python."""
        return self._source.file

    @property
    def overrides(self) -> list[str]:
        """The changes applied to the text, in order, as ``path=value``."""
        return list(self._source.overrides)

    @property
    def document(self) -> dict[str, Any]:
        """A copy of the plain document after all changes; `load` accepts it."""
        return dict(self._source.copied_data())

    @property
    def n_civil(self) -> int:
        """How many civil aircraft fly in its time; own ones are not among them."""
        return sum(n for name, n in n_civil(self).items() if name not in self.friends)

    @property
    def attacked(self) -> list[str]:
        """The units of the defence that a raid group flies at; an asset's name comes first."""
        aims = dict.fromkeys(group.target for group in self.raid.values())
        return [name for name in aims if name not in self.assets and name in self.defence]

    @property
    def aims(self) -> dict[str, Position]:
        """Where the assets stand, and after them the units of the defence that are attacked."""
        units = {name: self.defence[name].at for name in self.attacked}
        return {**{name: asset.at for name, asset in self.assets.items()}, **units}

    @property
    def friends(self) -> list[str]:
        """The flows whose aircraft are the defender's own."""
        flows = self.civil.items()
        return [name for name, flow in flows if getattr(flow, "side", "civil") == "friend"]

    @property
    def scenario_hash(self) -> str:
        """SHA-256 of the content: blind to comments, to the order of keys and to spelling."""
        content = self.model_dump(mode="json")
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def recorded(self, flow: str, named: str) -> Recording | None:
        """Return the states of a civil flow; of a flow that a change removed, as its file has.

        Parameters
        ----------
        flow
            Name of the flow in the text.
        named
            The file of states that it names there.
        """
        block = self.civil.get(flow)
        if isinstance(block, RecordedFlow):
            return block.states
        try:
            return self._source.read_states(named)
        except DocumentError:
            return None

    def set(self, path: str, value: Any) -> Self:
        """Return the scenario with one value changed: ``set("raid.cruise.count", 40)``.

        Parameters
        ----------
        path
            As in ``--set``; quantities are text with their unit, None removes the key.
        value
            Plain data: text, numbers, lists, mappings.

        Raises
        ------
        DocumentError
            If the path is unknown or the value does not fit.
        """
        return self.from_source(self._source.with_value(path, value))

    @property
    def catalogue(self) -> "Catalogue":
        """The catalogue that its names are of: the bundled one, or a user's own over it."""
        from bartizan.catalogue import bundled_catalogue

        return self._source.catalogue or bundled_catalogue()

    def using(self, catalogue: "Catalogue") -> Self:
        """Return the scenario with its names looked up in another catalogue.

        Raises
        ------
        DocumentError
            If a name or a figure is not in it.
        """
        return self.from_source(replace(self._source, catalogue=catalogue))

    def placed(self, faults: Iterable[Fault]) -> list[Fault]:
        """Return faults by document path with their file and line, or their ``--set``."""
        return self._source.placed(faults)
