"""What attacks: groups of one threat that start together and fly at one asset."""

from typing import Annotated, Literal

from pydantic import Field

from bartizan.scenario.document import Document
from bartizan.scenario.place import Position
from bartizan.scenario.quantities import Altitude, Delay, Figure, Name, Range, Speed, Width

MAX_OBJECTS = 20_000
MAX_POINTS = 1_000

Count = Annotated[int, Field(ge=0, le=MAX_OBJECTS)]


class RaidGroup(Document):
    """A number of equal threats from one place at one asset."""

    threat: str = Field(description="A threat of the catalogue, such as cruise-missile.")
    count: Count = Field(description="How many.")
    start: Position = Field(alias="from", description="Where they are launched.")
    via: list[Position] = Field(
        [], max_length=MAX_POINTS, description="Points they fly over on the way."
    )
    target: str = Field(description="The asset, or unit of the defence, that they fly at.")
    at_s: Delay = Field(0.0, alias="at", description="Launch time of the first.")
    every_s: Delay = Field(0.0, alias="every", description="Interval between launches.")
    spread_m: Width = Field(
        0.0, alias="spread", description="Width of the launch points across the way in."
    )
    speed_m_s: Speed | None = Field(
        None, alias="speed", description="Speed, where not the threat's own."
    )
    altitude_m: Altitude | None = Field(
        None, alias="altitude", description="Altitude, where not the threat's own."
    )
    dive_m: Range | None = Field(
        None, alias="dive", description="Distance to go at which they change altitude."
    )
    terminal_altitude_m: Altitude | None = Field(
        None, alias="terminal-altitude", description="The altitude they change to."
    )
    weave: bool = Field(False, description="Whether they weave, by the threat's figures.")
    formation: Literal["line", "column", "wedge", "scatter"] = Field(
        "line", description="How those launched together fly to each other."
    )
    spacing_m: Width = Field(
        500.0, alias="spacing", description="Distance between neighbours of the formation."
    )
    jammer: str | None = Field(
        None, description="A noise jammer of the catalogue that each of them carries."
    )
    chaff: str | None = Field(
        None, description="Chaff of the catalogue that each of them releases on its way."
    )
    stand_off_m: Range | None = Field(
        None,
        alias="stand-off",
        description="Distance to the target at which they stay to the end, circling.",
    )
    overrides: dict[str, Figure] = Field(
        {}, description="Figures of the threat, changed for this group: rcs, speed."
    )


Raid = dict[Name, RaidGroup]
