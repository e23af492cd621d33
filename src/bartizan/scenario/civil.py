"""Who flies there in peace: flows of civil aircraft along routes."""

from pydantic import Field

from bartizan.scenario.document import Document
from bartizan.scenario.place import Position
from bartizan.scenario.quantities import Altitude, Delay, Figure, Moment, Name, Speed, Width
from bartizan.scenario.raid import MAX_POINTS, Count


class CivilFlow(Document):
    """A number of equal aircraft one after the other along a route."""

    aircraft: str = Field(description="A traffic class of the catalogue, such as airliner.")
    count: Count = Field(description="How many.")
    route: list[Position] = Field(
        min_length=2, max_length=MAX_POINTS, description="The points they fly over."
    )
    at_s: Moment = Field(
        0.0, alias="at", description="When the first is at the first point; may be negative."
    )
    every_s: Delay = Field(0.0, alias="every", description="Interval between aircraft.")
    altitude_m: Altitude | None = Field(
        None, alias="altitude", description="Altitude, where not the aircraft's own."
    )
    speed_m_s: Speed | None = Field(
        None, alias="speed", description="Speed, where not the aircraft's own."
    )
    spread_m: Width = Field(
        0.0, alias="spread", description="Width of the airway they are spread over."
    )
    transponder: bool = Field(True, description="Whether they answer interrogations.")
    both_ways: bool = Field(
        False, alias="both-ways", description="Whether every second one flies it backwards."
    )
    overrides: dict[str, Figure] = Field(
        {}, description="Figures of the aircraft, changed for this flow."
    )


Civil = dict[Name, CivilFlow]
