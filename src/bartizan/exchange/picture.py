"""The picture of a run: every flight, track and round as a line in space and time."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from bartizan.archive.run import Run
from bartizan.exchange.about import about_of
from bartizan.exchange.flights import Flight, flights_of
from bartizan.exchange.shots import Shot, shots_of
from bartizan.exchange.trails import Trail, trails_of
from bartizan.theatre.recorded import has_changed, not_recorded, theatre_of_run
from bartizan.theatre.rings import Ring, coverage, envelope
from bartizan.theatre.theatre import Kind, Theatre

ALTITUDES_M = (100.0, 3_000.0, 10_000.0)
RCS_M2 = 1.0
CHANGED = (
    "Version or catalogue are not those that the run was flown with. Flights, tracks and events"
    " are as recorded; coverage and what stands on the ground are by those of today."
)


class Event(NamedTuple):
    """One row of the recorded events."""

    time_s: float
    kind: str
    subject: str
    object: str
    detail: str


class Cover(NamedTuple):
    """Where a radar finds a square metre, every second look, at one altitude."""

    radar: str
    altitude_m: float
    ring: Ring


class Reach(NamedTuple):
    """Where a unit may meet something with one of its interceptors, at one altitude."""

    block: str
    interceptor: str  # as people call it
    altitude_m: float
    ring: Ring


class Picture(NamedTuple):
    """All that an export may show of a run."""

    about: dict[str, Any]
    run: Run
    theatre: Theatre
    flights: tuple[Flight, ...]
    trails: tuple[Trail, ...]
    shots: tuple[Shot, ...]
    events: tuple[Event, ...]
    covers: tuple[Cover, ...]
    reaches: tuple[Reach, ...]

    @property
    def duration_s(self) -> float:
        """How long was simulated."""
        return float(self.run.manifest["simulated_s"])

    def kind_of(self, flight: Flight) -> Kind | None:
        """Return the class of a flight, if the catalogue of today has it."""
        kinds = self.theatre.kinds
        return next(
            (k for k in kinds if (k.entry, k.side) == (flight.entry, flight.side)), None
        )


def picture_of(run: Run) -> Picture:
    """Return the picture of a run that recorded its tables and lies in its folder.

    Raises
    ------
    RunError
        If it did not record them (and how to), is damaged, or its scenario cannot be read.
    """
    if "truth" not in run.recorded:
        raise not_recorded(run, "states of objects and tracks")
    theatre = theatre_of_run(run)
    events = _events(run)
    flights, trails = flights_of(run.truth, events), trails_of(run.tracks)
    changed = {"note": CHANGED} if has_changed(run) else {}
    return Picture(
        about={**about_of(run), **changed},
        run=run,
        theatre=theatre,
        flights=flights,
        trails=trails,
        shots=shots_of(events, theatre, flights, trails),
        events=events,
        covers=_covers(theatre),
        reaches=tuple(_reaches(theatre)),
    )


def _events(run: Run) -> tuple[Event, ...]:
    table = run.events
    columns = (table[name].to_pylist() for name in Event._fields)
    return tuple(map(Event._make, zip(*columns, strict=True)))


def _reaches(theatre: Theatre) -> Iterator[Reach]:
    """Yield the envelopes of each unit; its launchers stand together and are alike."""
    for launcher in {launcher.block: launcher for launcher in theatre.launchers}.values():
        for each in launcher.rounds:
            for altitude_m in ALTITUDES_M:
                if ring := envelope(launcher, each, altitude_m):
                    yield Reach(launcher.block, each.title, altitude_m, ring)


def _covers(theatre: Theatre) -> tuple[Cover, ...]:
    """Return the coverage of each place and type of radar; with perfect reports, none."""
    if theatre.is_perfect:
        return ()
    radars = {(radar.block, radar.entry): radar for radar in theatre.radars}
    return tuple(
        Cover(radar.name, altitude_m, ring)
        for radar in radars.values()
        for altitude_m in ALTITUDES_M
        if (ring := coverage(radar, altitude_m, RCS_M2))
    )
