"""KML 2.2 with gx:Track: the picture for Google Earth, QGIS and GDAL.

Source: OGC 07-147r2, KML 2.2; Google's extension namespace gx, version 2.2.
Assumes: heights are above the ellipsoid, where KML means the sea.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from typing import Any

from bartizan.arrays import Floats
from bartizan.exchange.about import ROUNDS, instant, lines_of
from bartizan.exchange.flights import Flight
from bartizan.exchange.palette import GREY, SIDES, Rgb
from bartizan.exchange.picture import Picture
from bartizan.exchange.thin import enough
from bartizan.exchange.trails import Trail
from bartizan.exchange.zip import zip_of
from bartizan.theatre.places import Places

KML, GX = "http://www.opengis.net/kml/2.2", "http://www.google.com/kml/ext/2.2"
FLIGHT_M, TRAIL_M = 1.0, 25.0
MEMBER = "doc.kml"


def kml(picture: Picture) -> bytes:
    """Return a .kml file."""
    ET.register_namespace("", KML)
    ET.register_namespace("gx", GX)
    root = ET.Element(f"{{{KML}}}kml")
    document = _add(root, "Document")
    about = picture.about
    _add(document, "name", f"{about['notice']}: {about['scenario']}, seed {about['seed']}")
    _add(document, "open", "1")
    _add(document, "description", "\n".join([*lines_of(about), ROUNDS]))
    for name, rgb in {**SIDES, "coast": GREY}.items():
        _style(document, name, rgb)
    _data(document, about)
    _theatre(document, picture)
    _coverage(document, picture)
    objects = _folder(document, "Objects as they were")
    for flight in picture.flights:
        _flight(objects, flight)
    tracks = _folder(document, "Tracks as they were believed")
    for trail in picture.trails:
        _trail(tracks, trail)
    rounds = _folder(document, "Interceptors")
    for shot in picture.shots:
        placemark = _placemark(rounds, f"{shot.name}: {shot.interceptor}", "friend")
        _data(placemark, {"unit": shot.unit, "target": shot.target, "outcome": shot.outcome})
        _track(placemark, shot.time_s, shot.places)
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True))


def kmz(picture: Picture) -> bytes:
    """Return a .kmz file, the same for the same run."""
    return zip_of(MEMBER, kml(picture))


def _theatre(document: ET.Element, picture: Picture) -> None:
    theatre = picture.theatre
    coast = _folder(document, "Coast")
    for k, line in enumerate(theatre.coast):
        _line(_placemark(coast, f"coast {k}", "coast"), line)
    sites = _folder(document, "Assets and units of the defence")
    for asset in theatre.assets:
        placemark = _placemark(sites, asset.name, "friend")
        _data(placemark, {"value": asset.value, "hits": asset.hits})
        _point(placemark, asset.place)
    for block in theatre.blocks:
        placemark = _placemark(sites, block.name, "friend")
        _data(placemark, {"system": block.system_name, "net": block.net})
        _point(placemark, block.place)
    zones = _folder(document, "Zones")
    for zone in theatre.zones:
        placemark = _placemark(zones, zone.name, "unknown")
        bounds = {"floor_m": zone.floor_m, "ceiling_m": zone.ceiling_m}
        _data(placemark, {"rule": zone.rule, **bounds})
        _polygon(placemark, zone.places, None, "clampToGround")
    ways = _folder(document, "Axes of the raid, routes, links")
    for axis in theatre.axes:
        placemark = _placemark(ways, axis.name, "hostile")
        _data(placemark, {"threat": axis.threat, "target": axis.target, "number": axis.number})
        _line(placemark, axis.places)
    for route in theatre.routes:
        placemark = _placemark(ways, route.name, route.side)
        _data(placemark, {"aircraft": route.aircraft, "number": route.number})
        _line(placemark, route.places)
    for link in theatre.links:
        placemark = _placemark(ways, link.name, "friend")
        _data(placemark, {"from": link.source, "to": link.to, "link": link.title})
        _line(placemark, link.places)


def _coverage(document: ET.Element, picture: Picture) -> None:
    says = "Coverage of radars, of one square metre found by every second look"
    folder = _folder(document, says, is_shown=False)
    for cover in picture.covers:
        placemark = _placemark(folder, f"{cover.radar} at {cover.altitude_m:.0f} m", "friend")
        hole = cover.ring.hole if len(cover.ring.hole) else None
        _polygon(placemark, cover.ring.outline, hole, "absolute")
    folder = _folder(document, "Envelopes of interceptors", is_shown=False)
    for reach in picture.reaches:
        name = f"{reach.block}: {reach.interceptor} at {reach.altitude_m:.0f} m"
        hole = reach.ring.hole if len(reach.ring.hole) else None
        _polygon(_placemark(folder, name, "friend"), reach.ring.outline, hole, "absolute")


def _flight(folder: ET.Element, flight: Flight) -> None:
    placemark = _placemark(folder, flight.name, flight.side)
    about = {"class": flight.entry, "side": flight.side, "fate": flight.fate, "by": flight.by}
    _data(placemark, about)
    rows = enough(flight.time_s, flight.ecef_m, FLIGHT_M)
    _track(placemark, flight.time_s[rows], flight.places[rows])


def _trail(folder: ET.Element, trail: Trail) -> None:
    identity = trail.identity[-1]
    placemark = _placemark(folder, trail.name, identity)
    _data(placemark, {"identity": identity})
    rows = enough(trail.time_s, trail.ecef_m, TRAIL_M)
    _track(placemark, trail.time_s[rows], trail.places[rows])


def _track(placemark: ET.Element, time_s: Floats, places: Places) -> None:
    track = ET.SubElement(placemark, f"{{{GX}}}Track")
    _add(track, "altitudeMode", "absolute")
    for moment in time_s:
        _add(track, "when", instant(float(moment)))
    for lat, lon, height_m in places.tolist():
        coord = ET.SubElement(track, f"{{{GX}}}coord")
        coord.text = f"{lon:.7f} {lat:.7f} {height_m:.2f}"


def _style(document: ET.Element, name: str, rgb: Rgb) -> None:
    style = _add(document, "Style")
    style.set("id", name)
    colour = _colour(rgb, 255)
    icon = _add(style, "IconStyle")
    _add(icon, "color", colour)
    _add(icon, "scale", "0.6")
    _add(_add(style, "LabelStyle"), "scale", "0.7")
    line = _add(style, "LineStyle")
    _add(line, "color", colour)
    _add(line, "width", "2")
    _add(_add(style, "PolyStyle"), "color", _colour(rgb, 40))


def _colour(rgb: Rgb, alpha: int) -> str:
    """Return a colour as KML has it: alpha, blue, green, red."""
    return "".join(f"{part:02x}" for part in (alpha, *rgb[::-1]))


def _folder(parent: ET.Element, name: str, is_shown: bool = True) -> ET.Element:
    folder = _add(parent, "Folder")
    _add(folder, "name", name)
    if not is_shown:
        _add(folder, "visibility", "0")
    return folder


def _placemark(folder: ET.Element, name: str, style: str) -> ET.Element:
    placemark = _add(folder, "Placemark")
    _add(placemark, "name", name)
    if folder.find(f"{{{KML}}}visibility") is not None:
        _add(placemark, "visibility", "0")
    known = style if style in SIDES or style == "coast" else "unknown"
    _add(placemark, "styleUrl", f"#{known}")
    return placemark


def _data(parent: ET.Element, about: Mapping[str, Any]) -> None:
    extended = _add(parent, "ExtendedData")
    for key, value in about.items():
        data = _add(extended, "Data")
        data.set("name", key)
        _add(data, "value", ", ".join(value) if isinstance(value, list) else str(value))


def _point(placemark: ET.Element, place: Floats) -> None:
    _add(_add(placemark, "Point"), "coordinates", _coordinates([place]))


def _line(placemark: ET.Element, places: Places) -> None:
    line = _add(placemark, "LineString")
    _add(line, "tessellate", "1")
    _add(line, "altitudeMode", "absolute" if places[:, 2].any() else "clampToGround")
    _add(line, "coordinates", _coordinates(places))


def _polygon(placemark: ET.Element, outline: Places, hole: Places | None, mode: str) -> None:
    polygon = _add(placemark, "Polygon")
    _add(polygon, "altitudeMode", mode)
    for name, places in (("outerBoundaryIs", outline), ("innerBoundaryIs", hole)):
        if places is not None:
            ring = _add(_add(polygon, name), "LinearRing")
            _add(ring, "coordinates", _coordinates(places))


def _coordinates(places: Places | Sequence[Floats]) -> str:
    return " ".join(f"{lon:.7f},{lat:.7f},{height_m:.2f}" for lat, lon, height_m in places)


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, f"{{{KML}}}{name}")
    element.text = text
    return element
