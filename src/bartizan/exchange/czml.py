"""CZML: the picture for CesiumJS and what is built on it.

Source: the CZML Guide of the CesiumJS project.
Assumes: Cesium joins samples by straight lines in space. What flies level is thinned to half a
metre; what falls keeps its samples, two seconds apart, whose chords are 5 m below the arc.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from bartizan.arrays import Floats
from bartizan.exchange.about import EPOCH, ROUNDS, instant, lines_of
from bartizan.exchange.flights import Flight
from bartizan.exchange.palette import GREY, WHITE, Rgb, rgb_of
from bartizan.exchange.picture import Cover, Picture
from bartizan.exchange.shots import KILLED, Shot
from bartizan.exchange.thin import enough
from bartizan.exchange.trails import Trail
from bartizan.theatre.places import Places
from bartizan.theatre.ways import Zone

Packet = dict[str, Any]

FLIGHT_M, TRAIL_M = 0.5, 25.0
"""How far from a sample the lines may pass: of objects, of tracks."""
TRAIL_S = 90.0
MARK_S = 30.0
"""How long the place of a kill or a miss stays marked."""
LABELS_M, SITES_M = 150_000.0, 1_000_000.0
"""Labels are shown to eyes nearer than that: of what moves, of what stands."""


def czml(picture: Picture) -> bytes:
    """Return a CZML document."""
    packets = [_document(picture), _about(picture), *_packets(picture)]
    return json.dumps(packets, ensure_ascii=False, separators=(",", ":")).encode()


def _document(picture: Picture) -> Packet:
    begin, end = instant(0.0), instant(picture.duration_s)
    about = picture.about
    return {
        "id": "document",
        "version": "1.0",
        "name": f"{about['notice']}: {about['scenario']}, seed {about['seed']}",
        "description": " ".join(lines_of(about)),
        "clock": {
            "interval": f"{begin}/{end}",
            "currentTime": begin,
            "multiplier": 10,
            "range": "CLAMPED",
            "step": "SYSTEM_CLOCK_MULTIPLIER",
        },
    }


def _about(picture: Picture) -> Packet:
    """Return a packet that an InfoBox shows; a document's own words are shown by few."""
    text = "".join(f"<p>{_escaped(line)}</p>" for line in [*lines_of(picture.about), ROUNDS])
    lat, lon, height_m = picture.theatre.origin
    return {
        "id": "about",
        "name": "About this run: simulated data",
        "description": text,
        "position": {"cartographicDegrees": _numbers([lon, lat, height_m])},
        "properties": {key: str(value) for key, value in picture.about.items()},
    }


def _packets(picture: Picture) -> Iterator[Packet]:
    theatre = picture.theatre
    for group, says in GROUPS.items():
        yield {"id": group, "name": says}
    for k, coast in enumerate(theatre.coast):
        yield {"id": f"coast/{k}", "parent": "coast", "polyline": _line(coast, GREY, 1)}
    for asset in theatre.assets:
        yield _site("assets", asset.name, asset.place, {"value": asset.value}, 12)
    for block in theatre.blocks:
        about = {"system": block.system_name, "net": block.net}
        yield _site("defence", block.name, block.place, about, 10)
    yield from (_zone(zone, picture.duration_s) for zone in theatre.zones)
    for axis in theatre.axes:
        line = _line(axis.places, rgb_of("hostile"), 2, is_arrow=True)
        yield {"id": f"axes/{axis.name}", "parent": "axes", "name": axis.name, "polyline": line}
    for link in theatre.links:
        line = _line(link.places, rgb_of("friend"), 2)
        yield {
            "id": f"links/{link.name}",
            "parent": "links",
            "name": link.name,
            "polyline": line,
        }
    yield from (_cover(cover) for cover in picture.covers)
    yield from (_flight(flight, picture) for flight in picture.flights)
    yield from (_trail(trail) for trail in picture.trails)
    for shot in picture.shots:
        yield _shot(shot)
        yield _mark(shot, picture.duration_s)


GROUPS = {
    "coast": "Coast",
    "assets": "Assets",
    "defence": "Units of the defence",
    "zones": "Zones",
    "axes": "Axes of the raid",
    "links": "Links between nets",
    "coverage": "Coverage of radars, of one square metre found by every second look",
    "objects": "Objects as they were",
    "tracks": "Tracks as they were believed",
    "rounds": "Interceptors",
    "outcomes": "Kills and misses",
}


def _flight(flight: Flight, picture: Picture) -> Packet:
    rows = enough(flight.time_s, flight.ecef_m, FLIGHT_M)
    kind = picture.kind_of(flight)
    about = {"class": flight.entry, "side": flight.side, "fate": flight.fate, "by": flight.by}
    return {
        "id": f"objects/{flight.name}",
        "parent": "objects",
        "name": flight.name,
        "description": _escaped(
            f"{kind.name if kind else flight.entry}, {flight.side}"
            + (f"; {flight.fate}: {flight.by}" if flight.fate else "")
        ),
        "availability": _span(flight.time_s),
        "position": _sampled(flight.time_s[rows], flight.places[rows]),
        "point": _point(rgb_of(flight.side), 8),
        "label": _label(flight.name, 12),
        "path": _path(rgb_of(flight.side), 2),
        "properties": about,
    }


def _trail(trail: Trail) -> Packet:
    rows = enough(trail.time_s, trail.ecef_m, TRAIL_M)
    changes = trail.identities()
    ends = [*(time_s for time_s, _ in changes[1:]), float(trail.time_s[-1])]
    colours = [
        {"interval": f"{instant(start)}/{instant(end)}", "rgba": [*rgb_of(identity), 255]}
        for (start, identity), end in zip(changes, ends, strict=True)
    ]
    point = {**_point(GREY, 6), "color": colours, "outlineColor": {"rgba": [0, 0, 0, 255]}}
    return {
        "id": f"tracks/{trail.track_id}",
        "parent": "tracks",
        "name": trail.name,
        "availability": _span(trail.time_s),
        "position": _sampled(trail.time_s[rows], trail.places[rows]),
        "point": point,
        "label": _label(trail.name, -16),
        "path": _path(rgb_of(changes[-1][1]), 1),
        "properties": {"identity": changes[-1][1]},
    }


def _shot(shot: Shot) -> Packet:
    colour = rgb_of("friend")
    return {
        "id": f"rounds/{shot.name}",
        "parent": "rounds",
        "name": f"{shot.name}: {shot.interceptor}",
        "description": _escaped(f"{shot.outcome} {shot.target}: {shot.detail}"),
        "availability": _span(shot.time_s),
        "position": _sampled(shot.time_s, shot.places),
        "point": _point(colour, 5),
        "path": _path(colour, 2),
        "properties": {"unit": shot.unit, "track": shot.track, "target": shot.target},
    }


def _mark(shot: Shot, duration_s: float) -> Packet:
    """Return the place of a meeting: filled for a kill, hollow for a miss."""
    end_s = float(shot.time_s[1])
    point = _point(WHITE, 10, rgb_of("hostile"))
    if shot.outcome != KILLED:
        point["color"] = {"rgba": [0, 0, 0, 0]}
    lat, lon, height_m = shot.places[1]
    return {
        "id": f"outcomes/{shot.name}",
        "parent": "outcomes",
        "name": f"{shot.name} {shot.outcome} {shot.target}".strip(),
        "availability": f"{instant(end_s)}/{instant(min(end_s + MARK_S, duration_s))}",
        "position": {"cartographicDegrees": _numbers([lon, lat, height_m])},
        "point": point,
    }


def _site(group: str, name: str, place: Floats, about: dict[str, Any], size: int) -> Packet:
    lat, lon, height_m = place
    return {
        "id": f"{group}/{name}",
        "parent": group,
        "name": name,
        "position": {"cartographicDegrees": _numbers([lon, lat, height_m])},
        "point": _point(rgb_of("friend"), size),
        "label": _label(name, 14, SITES_M),
        "properties": about,
    }


def _zone(zone: Zone, duration_s: float) -> Packet:
    begin_s, end_s = max(zone.begin_s, 0.0), min(zone.end_s, duration_s)
    packet: Packet = {
        "id": f"zones/{zone.name}",
        "parent": "zones",
        "name": f"{zone.name}: {zone.rule}",
        "polygon": {
            **_area(zone.places, np.empty((0, 3)), rgb_of("unknown"), zone.floor_m),
            "extrudedHeight": min(zone.ceiling_m, max(20_000.0, zone.floor_m)),
        },
    }
    if begin_s < end_s:
        packet["availability"] = f"{instant(begin_s)}/{instant(end_s)}"
    return packet


def _cover(cover: Cover) -> Packet:
    name = f"{cover.radar} at {cover.altitude_m:.0f} m"
    ring = cover.ring
    return {
        "id": f"coverage/{cover.radar}/{cover.altitude_m:.0f}",
        "parent": "coverage",
        "name": name,
        "polygon": _area(ring.outline, ring.hole, rgb_of("friend"), cover.altitude_m),
    }


def _area(outline: Places, hole: Places, rgb: Rgb, height_m: float) -> Packet:
    area: Packet = {
        "positions": {"cartographicDegrees": _flat(outline[:-1])},
        "height": round(height_m, 1),
        "fill": False,
        "outline": True,
        "outlineColor": {"rgba": [*rgb, 200]},
    }
    if len(hole):
        area["holes"] = {"cartographicDegrees": [_flat(hole[:-1])]}
    return area


def _line(places: Places, rgb: Rgb, width: int, is_arrow: bool = False) -> Packet:
    colour = {"color": {"rgba": [*rgb, 220]}}
    material = {"polylineArrow": colour} if is_arrow else {"solidColor": colour}
    return {
        "positions": {"cartographicDegrees": _flat(places)},
        "width": 8 if is_arrow else width,
        "material": material,
    }


def _path(rgb: Rgb, width: int) -> Packet:
    return {
        "leadTime": 0,
        "trailTime": TRAIL_S,
        "width": width,
        "resolution": 5,
        "material": {"solidColor": {"color": {"rgba": [*rgb, 160]}}},
    }


def _point(rgb: Rgb, size: int, outline: Rgb = WHITE) -> Packet:
    return {
        "pixelSize": size,
        "color": {"rgba": [*rgb, 255]},
        "outlineColor": {"rgba": [*outline, 255]},
        "outlineWidth": 1,
    }


def _label(text: str, down: int, most_m: float = LABELS_M) -> Packet:
    return {
        "text": text,
        "font": "12px sans-serif",
        "style": "FILL_AND_OUTLINE",
        "outlineWidth": 2,
        "horizontalOrigin": "LEFT",
        "pixelOffset": {"cartesian2": [10, down]},
        "distanceDisplayCondition": {"distanceDisplayCondition": [0, most_m]},
    }


def _sampled(time_s: Floats, places: Places) -> Packet:
    rows = np.column_stack([time_s, places[:, 1], places[:, 0], places[:, 2]])
    return {
        "epoch": EPOCH,
        "interpolationAlgorithm": "LINEAR",
        "interpolationDegree": 1,
        "cartographicDegrees": [
            number
            for t, lon, lat, height_m in rows.tolist()
            for number in (round(t, 3), round(lon, 7), round(lat, 7), round(height_m, 2))
        ],
    }


def _span(time_s: Floats) -> str:
    return f"{instant(time_s[0])}/{instant(time_s[-1])}"


def _flat(places: Places) -> list[float]:
    """Return longitude, latitude, height of each place, one after the other."""
    return _numbers(places[:, [1, 0, 2]].ravel())


def _numbers(values: Sequence[float] | Floats) -> list[float]:
    return [round(float(value), 7) for value in values]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
