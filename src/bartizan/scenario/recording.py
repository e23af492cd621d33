"""A recording: the state vectors of real aircraft, one track for each stretch without a gap."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# Who has been out of sight for longer comes back as a new object.
GAP_S = 300.0

COLUMNS = ("time_s", "id", "lat_deg", "lon_deg", "altitude_m")


class State(NamedTuple):
    """Where an aircraft is at one time."""

    time_s: float  # since the first state of the recording
    lat_deg: float
    lon_deg: float
    altitude_m: float


class RecordedTrack(NamedTuple):
    """The states of one aircraft without a gap, two or more, their times rising."""

    aircraft_id: str
    name: str  # 3c6444, after the first gap 3c6444#2
    states: tuple[State, ...]


class Recording(NamedTuple):
    """The tracks of a file of state vectors, in the order in which they first appear."""

    tracks: tuple[RecordedTrack, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The aircraft, each once."""
        return tuple(dict.fromkeys(track.aircraft_id for track in self.tracks))

    @property
    def digest(self) -> str:
        """SHA-256 of what was recorded: blind to the spelling of the file and to its clock."""
        return hashlib.sha256(self.csv().encode()).hexdigest()

    def csv(self) -> str:
        """Return the recording as CSV with units in its header; it reads back the same."""
        rows = (
            f"{state.time_s!r},{track.aircraft_id},"
            f"{state.lat_deg!r},{state.lon_deg!r},{state.altitude_m!r}"
            for track in self.tracks
            for state in track.states
        )
        return "\n".join([",".join(COLUMNS), *rows]) + "\n"


def recording_of(states: dict[str, list[State]]) -> Recording:
    """Return the recording of the states of each aircraft, its clock begun at the first.

    Parameters
    ----------
    states
        By aircraft, in order of time, on any clock.
    """
    stretches = [
        (aircraft_id, number, stretch)
        for aircraft_id, its_states in states.items()
        for number, stretch in enumerate(_without_gaps(its_states), start=1)
    ]
    first_s = min((stretch[0].time_s for *_, stretch in stretches), default=0.0)
    return Recording(
        tuple(
            RecordedTrack(
                aircraft_id,
                aircraft_id if number == 1 else f"{aircraft_id}#{number}",
                tuple(state._replace(time_s=state.time_s - first_s) for state in stretch),
            )
            for aircraft_id, number, stretch in stretches
        )
    )


def _without_gaps(states: Sequence[State]) -> Iterator[list[State]]:
    """Yield the stretches between gaps; a single state flies nowhere and is no stretch."""
    stretch: list[State] = []
    for state in states:
        if stretch and state.time_s - stretch[-1].time_s > GAP_S:
            if len(stretch) > 1:
                yield stretch
            stretch = []
        stretch.append(state)
    if len(stretch) > 1:
        yield stretch
