"""GeoJSON: the picture as features, for QGIS, GDAL, web maps and notebooks.

Source: RFC 7946, The GeoJSON Format, 2016. Heights are above the ellipsoid, as it asks for.
Assumes: a member ``bartizan`` beside ``features`` says what the file is; readers pass it over.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from bartizan.arrays import Floats
from bartizan.exchange.about import CLOCK, HEIGHTS, ROUNDS
from bartizan.exchange.picture import Picture
from bartizan.exchange.thin import enough
from bartizan.theatre.places import Places
from bartizan.theatre.theatre import Theatre

FLIGHT_M, TRAIL_M = 1.0, 25.0

Feature = dict[str, Any]


def geojson(picture: Picture) -> bytes:
    """Return a .geojson file: one feature collection."""
    about = {**picture.about, "clock": CLOCK, "heights": HEIGHTS, "rounds": ROUNDS}
    document = {
        "type": "FeatureCollection",
        "name": f"{about['notice']}: {about['scenario']}, seed {about['seed']}",
        "bartizan": about,
        "features": [*_standing(picture.theatre), *_covers(picture), *_moving(picture)],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _standing(theatre: Theatre) -> Iterator[Feature]:
    for asset in theatre.assets:
        about = {"value": asset.value, "hits": asset.hits, "side": "friend"}
        yield _feature("asset", asset.name, _point(asset.place), about)
    for block in theatre.blocks:
        about = {"class": block.system, "net": block.net, "side": "friend"}
        yield _feature("unit", block.name, _point(block.place), about)
    for radar in theatre.radars:
        about = {"class": radar.entry, "net": radar.net, "side": "friend"}
        yield _feature("radar", radar.name, _point(radar.place), about)
    for k, line in enumerate(theatre.coast):
        yield _feature("coast", f"coast {k}", _line(line), {})
    for zone in theatre.zones:
        bounds = {"floor_m": zone.floor_m, "ceiling_m": zone.ceiling_m}
        about = {"rule": zone.rule, **bounds, "begin_s": zone.begin_s, "end_s": zone.end_s}
        yield _feature("zone", zone.name, _polygon(_anticlockwise(zone.places)), about)
    for axis in theatre.axes:
        about = {"class": axis.threat, "target": axis.target, "number": axis.number}
        yield _feature("axis", axis.name, _line(axis.places), {**about, "side": "hostile"})
    for route in theatre.routes:
        about = {"class": route.aircraft, "number": route.number, "side": route.side}
        yield _feature("route", route.name, _line(route.places), about)
    for link in theatre.links:
        about = {"class": link.entry, "net": link.source, "target": link.to, "side": "friend"}
        yield _feature("link", link.name, _line(link.places), about)


def _covers(picture: Picture) -> Iterator[Feature]:
    for cover in picture.covers:
        about = {"altitude_m": cover.altitude_m, "rcs_m2": 1.0, "probability": 0.5}
        shape = _polygon(cover.ring.outline, cover.ring.hole)
        yield _feature("coverage", cover.radar, shape, {**about, "side": "friend"})
    for reach in picture.reaches:
        shape = _polygon(reach.ring.outline, reach.ring.hole)
        of = {"altitude_m": reach.altitude_m, "class": reach.interceptor, "side": "friend"}
        yield _feature("envelope", f"{reach.block}: {reach.interceptor}", shape, of)


def _moving(picture: Picture) -> Iterator[Feature]:
    for flight in picture.flights:
        rows = enough(flight.time_s, flight.ecef_m, FLIGHT_M)
        about = {"class": flight.entry, "side": flight.side, "fate": flight.fate}
        times = {**about, "by": flight.by, **_times(flight.time_s[rows])}
        yield _feature("object", flight.name, _way(flight.places[rows]), times)
    for trail in picture.trails:
        rows = enough(trail.time_s, trail.ecef_m, TRAIL_M)
        times = {"side": trail.identity[-1], **_times(trail.time_s[rows])}
        yield _feature("track", trail.name, _way(trail.places[rows]), times)
    for shot in picture.shots:
        about = {"class": shot.interceptor, "target": shot.target, "fate": shot.outcome}
        times = {**about, "side": "friend", **_times(shot.time_s)}
        yield _feature("round", shot.name, _line(shot.places), times)


def _feature(what: str, name: str, shape: dict[str, Any], about: dict[str, Any]) -> Feature:
    return {
        "type": "Feature",
        "id": f"{what}/{name}" if "altitude_m" not in about
        else f"{what}/{name}/{about['altitude_m']:.0f}",
        "geometry": shape,
        "properties": {"what": what, "name": name, **about},
    }  # fmt: skip


def _times(time_s: Floats) -> dict[str, Any]:
    """Return the times of a line's points, and of its ends."""
    times = [round(moment, 3) for moment in time_s.tolist()]
    return {"begin_s": times[0], "end_s": times[-1], "time_s": times}


def _point(place: Floats) -> dict[str, Any]:
    return {"type": "Point", "coordinates": _positions(place[None])[0]}


def _line(places: Places) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": _positions(places)}


def _way(places: Places) -> dict[str, Any]:
    """Return a line; of what was seen at one instant only, a point."""
    return _line(places) if len(places) > 1 else _point(places[0])


def _polygon(outline: Places, hole: Places | None = None) -> dict[str, Any]:
    rings = [_positions(ring) for ring in (outline, hole) if ring is not None and len(ring)]
    return {"type": "Polygon", "coordinates": rings}


def _positions(places: Places) -> list[list[float]]:
    """Return longitude, latitude and height of each place; a line goes on past 180 degrees."""
    lat, lon, height_m = places.T
    rows = np.column_stack([np.unwrap(lon, period=360.0), lat, height_m]).tolist()
    return [[round(x, 7), round(y, 7), round(z, 2)] for x, y, z in rows]


def _anticlockwise(places: Places) -> Places:
    lat, lon = places[:, 0], places[:, 1]
    twice_area = float((lon[:-1] * lat[1:] - lon[1:] * lat[:-1]).sum())
    return places if twice_area > 0.0 else places[::-1]
