"""What defends: batteries and battalions of a catalogue system, and how they decide."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bartizan.scenario.document import Document
from bartizan.scenario.place import Position
from bartizan.scenario.quantities import Bearing, Figure, Name

Share = Annotated[float, Field(ge=0.0, le=1.0)]


class FireBlock(Document):
    """How one unit shoots, where it differs from the rest."""

    use: str = Field(description="A doctrine of the catalogue.")
    overrides: dict[str, Figure] = Field({}, description="Figures of the doctrine, changed.")


class Defence(Document):
    """One unit of a catalogue system at a place."""

    system: str = Field(description="A system of the catalogue, such as s-400.")
    at: Position = Field(description="Where it stands; its radars and launchers stand there.")
    facing_rad: Bearing = Field(
        0.0, alias="facing", description="Middle of its fixed sectors, clockwise from north."
    )
    loadout: dict[str, Share] | None = Field(
        None, description="Share of each interceptor in the magazine; else the system's own."
    )
    overrides: dict[str, Figure] = Field(
        {}, description="Figures of this unit alone: range_max of a part as 48n6e3.range_max."
    )
    doctrine: FireBlock | None = Field(
        None, description="How this unit shoots; else as the scenario's doctrine says."
    )
    value: float | None = Field(
        None,
        gt=0.0,
        le=1e9,
        description="Its worth on the scale of the assets, where a raid group flies at it;"
        " else that of the most valuable asset.",
    )
    protects: list[Name] = Field(
        [], description="Assets of its zone, where the doctrine assigns by zone."
    )


class DoctrineBlock(Document):
    """How the defence decides whom to shoot at, and how often."""

    use: str = Field("shoot-look-shoot", description="A doctrine of the catalogue.")
    roe: Literal["weapons-hold", "weapons-tight", "weapons-free"] = Field(
        "weapons-tight",
        description="Rules of engagement: only in self-defence, only at the identified hostile,"
        " or also at unknowns.",
    )
    self_defence: bool = Field(
        True,
        alias="self-defence",
        description="Whether what surely comes at an asset or a unit may be engaged when near.",
    )
    overrides: dict[str, Figure] = Field({}, description="Figures of the doctrine, changed.")
    reserve_for: list[Name] = Field(
        [],
        alias="reserve-for",
        description="Assets for whose sake the rounds of the reserve may be spent, too.",
    )


def _by_name(units: dict[str, Defence]) -> dict[str, Defence]:
    # Where two units are equally good at a threat, one comes first: by name, not by its line.
    return dict(sorted(units.items()))


Defences = Annotated[dict[Name, Defence], AfterValidator(_by_name)]
