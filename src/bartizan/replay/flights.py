"""Flights: where each object or track was, on a grid of instants, in whole steps of a degree.

A flight is cut into pieces where samples are missing. All pieces stand one after the other in
one column a coordinate.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bartizan.arrays import Floats, Ints
from bartizan.replay.planes import packed, packed_bytes

TRUTH_STEP = (1e-5, 1.0)  # degrees, about a metre; metres of height
TRACK_STEP = (1e-4, 10.0)  # about ten metres, a fraction of what a track is sure of
SIGMA_LEAST_M, SIGMA_MOST_M = 1.0, 1e6
EVERY = 5
"""An ellipse every so many samples: 10 s."""


class Flights(NamedTuple):
    """Rows of a recorded table, sorted by whose they are and by time."""

    order: Ints  # (n,) row of the table
    instant: Ints  # (n,) index of the grid of instants
    owner: Ints  # (n,) number of the object or track
    starts: Ints  # (m,) where each piece begins


def flights_of(owner: Ints, instant: Ints) -> Flights:
    """Return all rows, sorted and cut into pieces without a gap."""
    order = np.lexsort((instant, owner))
    whose, when = owner[order], instant[order]
    is_new = np.ones(len(order), dtype=np.bool_)
    is_new[1:] = (np.diff(whose) != 0) | (np.diff(when) != 1)
    return Flights(order, when, whose, np.flatnonzero(is_new))


def pieces_of(flights: Flights) -> dict[str, list[int]]:
    """Return owner, first instant and length of each piece, as the scene's header has them."""
    lengths = np.diff(flights.starts, append=len(flights.order))
    return {
        "owner": flights.owner[flights.starts].tolist(),
        "first": flights.instant[flights.starts].tolist(),
        "length": lengths.tolist(),
    }


def packed_places(
    flights: Flights, places: tuple[Floats, Floats, Floats], step: tuple[float, float]
) -> list[bytes]:
    """Return latitude, longitude and height in whole steps, packed.

    Longitudes go on past 180 degrees within a piece, so that none jumps.
    """
    lat, lon, height = (column[flights.order] for column in places)
    steps = (lat / step[0], unwrapped(lon, flights.starts) / step[0], height / step[1])
    return [packed(np.rint(column), flights.starts) for column in steps]


def unwrapped(lon_deg: Floats, starts: Ints) -> Floats:
    """Return longitudes without jumps of 360 degrees inside a piece."""
    jump = np.rint(np.diff(lon_deg, prepend=lon_deg[:1]) / 360.0)
    turns = np.cumsum(jump)
    piece = np.zeros(len(lon_deg), dtype=np.int64)
    piece[starts[1:]] = 1
    found: Floats = lon_deg - 360.0 * (turns - turns[starts][np.cumsum(piece)])
    return found


def sparse(flights: Flights) -> Ints:
    """Return the places, among the sorted rows, of every fifth sample of each piece."""
    lengths = np.diff(flights.starts, append=len(flights.order))
    nth = np.arange(len(flights.order)) - np.repeat(flights.starts, lengths)
    return np.flatnonzero(nth % EVERY == 0)


def packed_sigmas(sigma_m: Floats) -> bytes:
    """Return standard deviations in 255 equal steps of their logarithm, 1 m to 1000 km."""
    whole = np.log(SIGMA_MOST_M / SIGMA_LEAST_M)
    inside = np.clip(np.nan_to_num(sigma_m, nan=SIGMA_MOST_M), SIGMA_LEAST_M, SIGMA_MOST_M)
    return packed_bytes(np.rint(255.0 * np.log(inside / SIGMA_LEAST_M) / whole))


def packed_bearings(bearing_deg: Floats) -> bytes:
    """Return bearings of a line, which is the same half a turn on, in 256 steps."""
    turned = np.nan_to_num(np.mod(bearing_deg, 180.0))
    return packed_bytes(np.rint(256.0 * turned / 180.0) % 256)


def packed_probabilities(probability: Floats) -> bytes:
    """Return probabilities in 254 steps; 255: not a number."""
    steps = np.clip(np.rint(254.0 * np.nan_to_num(probability)), 0, 254)
    return packed_bytes(np.where(np.isnan(probability), 255, steps))


def codes_of(column: Any) -> tuple[Ints, list[str]]:
    """Return the numbers and words of an Arrow column of texts."""
    import pyarrow as pa

    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], column.type)
    if not pa.types.is_dictionary(whole.type):
        whole = whole.dictionary_encode()
    codes: NDArray[Any] = np.asarray(whole.indices)
    return codes.astype(np.int64), whole.dictionary.to_pylist()
