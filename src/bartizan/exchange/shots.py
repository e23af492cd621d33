"""Shots: each round from its launcher to where it met something, or to where nothing was.

Assumes: a straight line at constant speed. Of a round the simulation knows launch and meeting;
the way between is drawn, not simulated.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from bartizan.arrays import Floats
from bartizan.exchange.flights import Flight, ecef_of, geodetic_of, position_at
from bartizan.exchange.trails import Trail
from bartizan.theatre.theatre import Theatre

KILLED, MISSED = "killed", "missed"


class Shot(NamedTuple):
    """One round that had met or missed by the end of the run."""

    name: str  # round 17
    interceptor: str  # as in events
    unit: str  # fire unit that launched it
    track: str  # that it was launched at
    target: str  # object that it met; "" if there was none
    outcome: str  # killed or missed
    detail: str
    time_s: Floats  # (2,) launch, meeting
    places: Floats  # (2, 3)
    ecef_m: Floats  # (2, 3)


def shots_of(
    events: Sequence[Any],
    theatre: Theatre,
    flights: Sequence[Flight],
    trails: Sequence[Trail],
) -> tuple[Shot, ...]:
    """Return the rounds in the order of their launches.

    Those still flying at the end of the run have no meeting and are left out, and so are
    those that found nothing where their track was not sampled any more.
    """
    met = {e.subject: e for e in events if e.kind in ("kill", "miss")}
    launched = [e for e in events if e.kind == "launch" and e.subject in met]
    of_flight = {flight.name: flight for flight in flights}
    of_trail = {trail.name: trail for trail in trails}
    return tuple(
        shot
        for e in launched
        if (shot := _shot(e, met[e.subject], theatre, of_flight, of_trail))
    )


def _shot(
    launch: Any,
    met: Any,
    theatre: Theatre,
    flights: Mapping[str, Flight],
    trails: Mapping[str, Trail],
) -> Shot | None:
    interceptor, _, unit = launch.detail.partition(" from ")
    start = next((each.place for each in theatre.launchers if each.name == unit), None)
    seen = flights.get(met.object) or trails.get(launch.object)
    if start is None or seen is None:
        return None
    end_ecef_m = position_at(seen.time_s, seen.ecef_m, met.time_s)
    places = np.vstack([start, geodetic_of(end_ecef_m)])
    return Shot(
        name=launch.subject,
        interceptor=interceptor,
        unit=unit,
        track=launch.object,
        target=met.object,
        outcome=KILLED if met.kind == "kill" else MISSED,
        detail=met.detail,
        time_s=np.array([launch.time_s, met.time_s]),
        places=places,
        ecef_m=ecef_of(places),
    )


def undrawn(events: Sequence[Any], shots: Sequence[Shot]) -> Iterator[Any]:
    """Yield the launches of rounds that are no shots: still flying, or without a place."""
    drawn = {shot.name for shot in shots}
    return (e for e in events if e.kind == "launch" and e.subject not in drawn)
