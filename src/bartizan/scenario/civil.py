"""Who flies there in peace: flows of civil aircraft along routes, and recorded traffic."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, PlainSerializer, PlainValidator, Tag

from bartizan.scenario.document import Document
from bartizan.scenario.place import Origin, Position
from bartizan.scenario.quantities import (
    Altitude,
    Delay,
    Figure,
    Moment,
    Name,
    Speed,
    Width,
    refusal,
)
from bartizan.scenario.raid import MAX_POINTS, Count
from bartizan.scenario.recording import RecordedTrack, Recording

_OF_A_ROUTE = "recorded aircraft fly as their file says; leave it out, or write another flow"
_OF_A_RECORDING = "it belongs to recorded traffic, which names a file of `states` and no route"


def _recording(given: Any) -> Recording:
    """Return a recording that was read already; what else stands there names no file."""
    if isinstance(given, Recording):
        return given
    raise refusal("not the name of a file", str(given)[:60], "a .csv file of state vectors")


def _aircraft_id(given: Any) -> Any:
    """Return an id; one that YAML takes for a number has lost its spelling."""
    if isinstance(given, int | float):
        # 3e6444 is endless by now, and 004512 has lost its zeros.
        remedy = "put it in quotes, as it stands in the file of states"
        raise refusal("this id reads as a number", str(given), "text", remedy)
    return given


States = Annotated[
    Recording,
    PlainValidator(_recording),
    PlainSerializer(lambda recording: recording.digest, return_type=str),
]
AircraftId = Annotated[str, BeforeValidator(_aircraft_id)]


class CivilFlow(Document):
    """A number of equal aircraft one after the other along a route."""

    strangers: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("states", "moved", "silent"), _OF_A_RECORDING
    )

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
    side: Literal["civil", "friend"] = Field(
        "civil", description="Whose they are; the routes of friends are no published airways."
    )
    both_ways: bool = Field(
        False, alias="both-ways", description="Whether every second one flies it backwards."
    )
    overrides: dict[str, Figure] = Field(
        {}, description="Figures of the aircraft, changed for this flow."
    )


class Move(Document):
    """A move of all places: what was at one place comes to another, with its surroundings."""

    start: Origin = Field(alias="from", description="A place of the recording: lat and lon.")
    to: Position = Field(description="Where it comes to in the scenario.")


class RecordedFlow(Document):
    """Aircraft that fly as state vectors of a file say."""

    strangers: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("count", "route", "every", "altitude", "speed", "spread", "both-ways"), _OF_A_ROUTE
    )

    aircraft: str = Field(description="A traffic class of the catalogue, such as airliner.")
    states: States = Field(description="A CSV file of state vectors, beside this one.")
    moved: Move | None = Field(None, description="How its places are moved into the scenario.")
    at_s: Moment = Field(
        0.0, alias="at", description="When its first state is; may be negative."
    )
    transponder: bool = Field(True, description="Whether they answer interrogations.")
    silent: list[AircraftId] = Field(
        [], max_length=MAX_POINTS, description="Ids of those that do not answer all the same."
    )
    overrides: dict[str, Figure] = Field(
        {}, description="Figures of the aircraft, changed for this flow."
    )

    def tracks_within(self, duration_s: float) -> list[RecordedTrack]:
        """Return the tracks that fly at some time of a scenario of a duration."""
        return [
            track
            for track in self.states.tracks
            if self.at_s + track.states[-1].time_s > 0.0
            and self.at_s + track.states[0].time_s < duration_s
        ]


def _form(block: Any) -> str:
    """Return the form a block takes: a file of states, or a route."""
    if isinstance(block, RecordedFlow):
        return "[recorded]"
    given = block if isinstance(block, dict) else {}
    if "states" in given or ("route" not in given and {"moved", "silent"} & set(given)):
        return "[recorded]"
    return "[flow]"


Flow = Annotated[
    Annotated[CivilFlow, Tag("[flow]")] | Annotated[RecordedFlow, Tag("[recorded]")],
    Discriminator(_form),
]
Civil = dict[Name, Flow]
