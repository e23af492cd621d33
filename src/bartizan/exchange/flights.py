"""Flights: where each object was, to the instant at which it was killed, leaked or left."""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.world.geodesy import ecef_from_geodetic, geodetic_from_ecef

if TYPE_CHECKING:
    import pyarrow as pa

FATES = {"kill": "killed", "leak": "leaked", "turned away": "turned away"}
"""Which kinds of events end a flight, and what became of the object then."""
LONGEST_S = 3.0
"""A flight is drawn on to its end for at most so long after its last sample."""


class Flight(NamedTuple):
    """One object: its samples, and how it ended."""

    name: str
    entry: str  # of the catalogue
    side: str  # hostile, civil or friend
    time_s: Floats  # (n,)
    places: Floats  # (n, 3) lat_deg, lon_deg, height_m
    velocity_m_s: Floats  # (n, 3) east, north, up
    ecef_m: Floats  # (n, 3)
    fate: str  # killed, leaked, turned away; "" where its route ended or it still flew
    by: str  # round that killed it, asset that it leaked to


def flights_of(truth: "pa.Table", events: Sequence[Any]) -> tuple[Flight, ...]:
    """Return the flights of a table of truth, in order of their first samples."""
    fates = {
        (e.object if e.kind == "kill" else e.subject): e for e in events if e.kind in FATES
    }
    return tuple(_flights(truth, fates))


def _flights(truth: "pa.Table", fates: dict[str, Any]) -> Iterator[Flight]:
    columns = state_columns(truth)
    kinds, sides = (truth[name].to_pylist() for name in ("threat_class", "side"))
    for name, rows in grouped(truth, "truth_id"):
        time_s, places, velocity = (column[rows] for column in columns)
        ecef_m, event = ecef_of(places), fates.get(name)
        if event is not None and 0.0 < event.time_s - time_s[-1] <= LONGEST_S:
            last = _carried_on(time_s, ecef_m, event.time_s)
            time_s = np.append(time_s, event.time_s)
            ecef_m = np.vstack([ecef_m, last])
            places = np.vstack([places, geodetic_of(last)])
            velocity = np.vstack([velocity, velocity[-1]])
        fate = FATES[event.kind] if event is not None else ""
        by = "" if event is None else event.subject if event.kind == "kill" else event.object
        yield Flight(
            name, kinds[rows[0]], sides[rows[0]], time_s, places, velocity, ecef_m, fate, by
        )


def state_columns(table: "pa.Table") -> tuple[Floats, Floats, Floats]:
    """Return times (n,), places (n, 3) and velocities (n, 3) of a table of states."""

    def columns(*names: str) -> Floats:
        return np.column_stack([table[name].to_numpy() for name in names])

    return (
        table["time_s"].to_numpy(),
        columns("lat_deg", "lon_deg", "height_m"),
        columns("v_east_m_s", "v_north_m_s", "v_up_m_s"),
    )


def grouped(table: "pa.Table", name: str) -> Iterator[tuple[Any, Ints]]:
    """Yield each value of a column in order of first use, and its rows in order of time."""
    codes = table[name].combine_chunks().dictionary_encode()
    words, numbers = codes.dictionary.to_pylist(), np.asarray(codes.indices)
    order = np.lexsort((table["time_s"].to_numpy(), numbers))
    bounds = np.searchsorted(numbers[order], np.arange(len(words) + 1))
    for row in np.argsort(order[bounds[:-1]], kind="stable"):
        yield words[row], order[bounds[row] : bounds[row + 1]]


def ecef_of(places: Floats) -> Floats:
    """Return the ECEF positions (n, 3) [m] of places (n, 3)."""
    lat, lon = np.radians(places[:, :2]).T.tolist()
    rows = zip(lat, lon, places[:, 2].tolist(), strict=True)
    return np.array([ecef_from_geodetic(*row) for row in rows])


def geodetic_of(position_ecef_m: Floats) -> Floats:
    """Return the place (3,) of an ECEF position (3,) [m]."""
    x, y, z = position_ecef_m.tolist()
    lat, lon, height_m = geodetic_from_ecef(x, y, z)
    return np.array([math.degrees(lat), math.degrees(lon), height_m])


def position_at(time_s: Floats, ecef_m: Floats, at_s: float) -> Floats:
    """Return the ECEF position (3,) [m] at a time between samples, on the line between them."""
    return np.array([np.interp(at_s, time_s, ecef_m[:, k]) for k in range(3)])


def _carried_on(time_s: Floats, ecef_m: Floats, at_s: float) -> Floats:
    """Return the position a little after the last sample, on the parabola of the last three."""
    n = min(3, len(time_s))
    times, known = time_s[-n:] - time_s[-1], ecef_m[-n:]
    weights = [
        math.prod(
            (at_s - time_s[-1] - t) / (times[k] - t) for j, t in enumerate(times) if j != k
        )
        for k in range(n)
    ]
    return np.asarray(weights @ known)
