"""Random scenes before a defender: what flies and what falls, well and badly known."""

import numpy as np

from bartizan.decide.zones import ZoneRule, ZonesPlan
from bartizan.tracking.tracks import Tracks, TrackStatus
from bartizan.world.force import AssetsPlan
from bartizan.world.geodesy import geodetic_from_ecef
from tests.tables import SITE_LON_RAD, at_height, ecef, ecef_velocity, tracks


def flier(draw: np.random.Generator, within_m: float = 150e3) -> tuple[np.ndarray, np.ndarray]:
    """A state from low and slow to high and fast, anywhere in a square."""
    course, speed = draw.uniform(0.0, 2.0 * np.pi), draw.choice([80.0, 140.0, 250.0, 500.0])
    position = at_height(*draw.uniform(-within_m, within_m, 2), draw.choice([60.0, 2e3, 9e3]))
    east, north = speed * np.sin(course), speed * np.cos(course)
    return position, ecef_velocity(east, north, draw.normal(0.0, 3.0))


def faller(draw: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A ballistic state on its way down, or still up."""
    position = at_height(*draw.uniform(-100e3, 100e3, 2), draw.uniform(30e3, 60e3))
    east, north = draw.normal(0.0, 500.0, 2)
    return position, ecef_velocity(east, north, draw.choice([-900.0, 700.0]))


def crowd(draw: np.random.Generator, n: int) -> Tracks:
    """Tracks of every kind, a quarter of them tentative, with a few replies or many."""
    makers = [faller if draw.random() < 0.25 else flier for _ in range(n)]
    table = tracks(*(make(draw) for make in makers))
    table.status[:n] = draw.choice([*TrackStatus, TrackStatus.CONFIRMED], n)
    table.hits[:n] = draw.integers(1, 12, n)
    table.iff_silent[:n] = draw.integers(0, 9, n)
    for answers in (table.iff_civil, table.iff_friend):
        answers[:n] = draw.choice([0, 0, 0, 1, 4], n)
    for row in range(n):
        sigmas = [draw.choice([5.0, 300.0])] * 3 + [draw.choice([1.0, 60.0])] * 3
        table.covariance[row] = np.diag(np.square(sigmas))
    return table


def own_assets() -> AssetsPlan:
    """Three assets of different value, none at the others' feet."""
    places = [ecef(0.0, 0.0, 0.0), ecef(40e3, 10e3, 0.0), ecef(-60e3, 50e3, 0.0)]
    return AssetsPlan(
        np.array([7, 8, 9]),
        np.array(places),
        np.array([10.0, 4.0, 1.0]),
        np.ones(3, int),
        -np.ones(3, int),
    )


def some_airways(draw: np.random.Generator) -> dict[str, np.ndarray]:
    """Three legs between random places, as columns of the doctrine."""
    ends = np.array([[ecef(*draw.uniform(-150e3, 150e3, 2), 0.0) for _ in "ab"] for _ in "abc"])
    ends /= np.linalg.norm(ends, axis=2, keepdims=True)
    return {
        "airway_from": ends[:, 0].copy(),
        "airway_to": ends[:, 1].copy(),
        "airway_height_m": draw.choice([1e3, 6e3, 9e3], 3),
    }


def near_airway(
    draw: np.random.Generator, airways: dict[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """A state about one of the legs or beyond its ends, more often than not along it."""
    leg, along = draw.integers(3), draw.uniform(-0.2, 1.2)
    a, b = airways["airway_from"][leg], airways["airway_to"][leg]
    axis = np.cross(a, b) / np.linalg.norm(np.cross(a, b))
    position = 6.38e6 * (a + along * (b - a)) + draw.normal(0.0, 8e3) * axis
    course, across = (b - a) / np.linalg.norm(b - a), draw.choice([0.0, 0.2, 1.0])
    return position, draw.choice([-230.0, 230.0]) * (course + across * axis)


def zone(rule: ZoneRule, corners: list[tuple[float, float]]) -> ZonesPlan:
    """One zone of any height and time, by its corners east and north of the site [m]."""
    return zones_of([(rule, corners)])


def zones_of(given: list[tuple[ZoneRule, list[tuple[float, float]]]]) -> ZonesPlan:
    """Zones of any height and time, by their corners east and north of the site [m]."""
    places = [geodetic_from_ecef(*ecef(*c, 0.0))[:2] for _, corners in given for c in corners]
    lat, lon = np.array(places).reshape(-1, 2).T
    n = len(given)
    return ZonesPlan(
        rule=np.array([int(rule) for rule, _ in given], dtype=np.int64),
        floor_m=np.full(n, -1e3),
        ceiling_m=np.full(n, 1e6),
        begin_s=np.full(n, -1e6),
        end_s=np.full(n, 1e6),
        corner_first=np.cumsum([0, *(len(corners) for _, corners in given)]),
        corner_lat_rad=lat.copy(),
        corner_east_rad=lon - SITE_LON_RAD,
        reference_lon_rad=float(SITE_LON_RAD),
    )


def some_zones(draw: np.random.Generator) -> ZonesPlan:
    """Stars of five corners, one of each rule, which cross themselves in no place."""
    given = []
    for rule in ZoneRule:
        middle, turns = draw.uniform(-100e3, 100e3, 2), np.sort(draw.uniform(0.0, 6.28, 5))
        reach = draw.uniform(20e3, 90e3, 5)
        around = np.column_stack([np.cos(turns), np.sin(turns)]) * reach[:, None]
        given.append((rule, [(float(e), float(n)) for e, n in middle + around]))
    return zones_of(given)
