"""Legs of recorded flights, from the samples that the package `traffic` brings along.

The samples are state vectors that OpenSky received: place, height, speed over the ground,
track and climb, once a second. A place is up to a second older than its time says, so that
one aircraft goes from place to place by fits and starts of 70 m; its speeds are good to 1 m/s.
A leg is therefore the way that the speeds make, kept on the places by their mean over 30 s.

Source: Olive, traffic, a toolbox for processing and analysing air traffic data, JOSS 4(39),
2019; Schäfer et al., Bringing up OpenSky, IPSN 2014.
Assumes: a sphere, within a leg; barometric altitudes are heights.
"""

import gzip
import importlib.util
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from bartizan.errors import BartizanError

SAMPLES = (
    "collections/quickstart",  # an afternoon around Paris: airliners that come and go
    "collections/savan",  # calibration of radars over France, on nine days
    "ambulances/rega_sg",
    "ambulances/rega_zh",
    "ambulances/samu31",
    "featured/belevingsvlucht",
)
INSTALL = "pip install --no-deps traffic==2.13"  # only its files are read, none of its code
EARTH_RADIUS_M = 6371e3
FOOT_M, KNOT_M_S = 0.3048, 1852 / 3600
GAP_S = 30.0  # without a place, after which a new leg begins
LEG_MIN_S = 60.0
SMOOTHING_S = 15.0  # to both sides
STRAY_M, STRAY_HEIGHT_M = 300.0, 100.0  # off the way, more than the median: a wrong row
NEIGHBOURS = 31  # of that median

Floats = NDArray[np.float64]


class Leg(NamedTuple):
    """An unbroken stretch of one flight, second by second."""

    sample: str  # legs of one sample flew at the same time in the same sky
    start_s: int  # since 1970
    place: Floats  # (n, 3) latitude and longitude [rad], height [m]


def sample_folder() -> Path:
    """Return where the installed package `traffic` keeps its samples."""
    found = importlib.util.find_spec("traffic")
    if found is None or not found.submodule_search_locations:
        raise BartizanError(f"the package traffic is not installed\n    remedy:  {INSTALL}")
    return Path(next(iter(found.submodule_search_locations))) / "data" / "samples"


def read_legs(folder: Path, samples: Sequence[str] = SAMPLES) -> list[Leg]:
    """Return the legs of the flights of ``samples``, files of ``folder``."""
    flights = ((name, rows) for name in samples for rows in _flights(folder, name))
    return [leg for name, rows in flights for leg in legs_of(name, rows)]


def _flights(folder: Path, name: str) -> Iterator[Floats]:
    """Yield the rows in the air of each aircraft: see `legs_of`."""
    path = folder / f"{name}.json.gz"
    try:
        with gzip.open(path) as file:
            states = json.load(file)
    except OSError as fault:
        problem = f"{path}: not readable ({fault.strerror}): another version of traffic?"
        raise BartizanError(f"{problem}\n    remedy:  {INSTALL}") from fault
    flown: dict[str, list[Any]] = {}
    for state in states:
        row = [state.get(column) for column in _COLUMNS]
        if None not in row and not state.get("onground"):
            flown.setdefault(state["icao24"], []).append(row)
    for rows in flown.values():
        table = np.array(sorted(rows), dtype=float) * _UNITS
        table[:, 1:3], table[:, 5] = np.radians(table[:, 1:3]), np.radians(table[:, 5])
        yield table


_COLUMNS = (
    *("timestamp", "latitude", "longitude", "altitude"),
    *("groundspeed", "track", "vertical_rate"),
)
_UNITS = np.array([1e-3, 1, 1, FOOT_M, KNOT_M_S, 1, FOOT_M / 60])


def legs_of(sample: str, rows: Floats) -> list[Leg]:
    """Return the legs of one aircraft.

    ``rows`` (n, 7), in order of time: time [s], latitude and longitude [rad], height [m], speed
    over the ground [m/s], track [rad] and climb [m/s]. Rows that repeat a place are left out,
    and so are those that stray from the way.
    """
    fresh = (np.diff(rows[:, 1:3], axis=0) != 0).any(axis=1) & (np.diff(rows[:, 0]) > 0)
    rows = rows[np.concatenate([[True], fresh])]
    rows = np.concatenate([rows[:0], *(part[~_strays(part)] for part in _unbroken(rows))])
    return [_leg(sample, part) for part in _unbroken(rows)]


def _unbroken(rows: Floats) -> list[Floats]:
    parts = np.split(rows, np.flatnonzero(np.diff(rows[:, 0]) > GAP_S) + 1)
    return [part for part in parts if len(part) and np.ptp(part[:, 0]) >= LEG_MIN_S]


def _strays(rows: Floats) -> NDArray[np.bool_]:
    """Return which rows (n,) lie off the way."""
    off = _way(rows)[1]
    apart = np.abs(off - median_filter(off, (NEIGHBOURS, 1), mode="nearest"))
    return (np.hypot(apart[:, 0], apart[:, 1]) > STRAY_M) | (apart[:, 2] > STRAY_HEIGHT_M)


def _leg(sample: str, rows: Floats) -> Leg:
    way, _, mean = _way(rows)
    second = _seconds(rows)
    path = way + _columnwise(second, rows[:, 0], mean)  # east, north, up of the first place
    latitude = rows[0, 1] + path[:, 1] / EARTH_RADIUS_M
    step = np.diff(path[:, 0]) / (EARTH_RADIUS_M * np.cos((latitude[1:] + latitude[:-1]) / 2))
    start = rows[0, 2] + path[0, 0] / (EARTH_RADIUS_M * np.cos(latitude[0]))
    longitude = start + np.concatenate([[0.0], np.cumsum(step)])
    return Leg(sample, int(second[0]), np.stack([latitude, longitude, path[:, 2]], axis=1))


def _way(rows: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the way that the speeds make, and how far the places are from it.

    The way (s, 3), second by second, in metres east, north and up of the first place; how far
    each place is from there (n, 3), and the mean of that over the places near in time.
    """
    time_s, latitude, longitude, height_m, speed_m_s, track, climb_m_s = rows.T
    middle = (latitude[1:] + latitude[:-1]) / 2
    east = np.concatenate([[0.0], np.cumsum(np.cos(middle) * np.diff(longitude))])
    place = np.stack(
        [EARTH_RADIUS_M * east, EARTH_RADIUS_M * (latitude - latitude[0]), height_m], 1
    )
    velocity = np.stack([speed_m_s * np.sin(track), speed_m_s * np.cos(track), climb_m_s], 1)
    second = _seconds(rows)
    each = _columnwise(second, time_s, velocity)
    way = np.concatenate([np.zeros((1, 3)), np.cumsum((each[1:] + each[:-1]) / 2, axis=0)])
    off = place - _columnwise(time_s, second, way)
    first = np.searchsorted(time_s, time_s - SMOOTHING_S)
    last = np.searchsorted(time_s, time_s + SMOOTHING_S, side="right")
    total = np.concatenate([np.zeros((1, 3)), np.cumsum(off, axis=0)])
    return way, off, (total[last] - total[first]) / (last - first)[:, None]


def _seconds(rows: Floats) -> Floats:
    return np.arange(np.ceil(rows[0, 0]), np.floor(rows[-1, 0]) + 1)


def _columnwise(at: Floats, known_at: Floats, known: Floats) -> Floats:
    return np.stack([np.interp(at, known_at, column) for column in known.T], axis=1)
