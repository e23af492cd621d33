"""The map: coast, what is defended and by what, how far it sees, and where the raid comes from."""

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, NamedTuple

import numpy as np

from bartizan.arrays import Floats
from bartizan.reports.page.material import Material
from bartizan.reports.page.section import Key, Part, Picture, Prose, Section, Table, key
from bartizan.reports.page.svg import NARROW, WIDE
from bartizan.theatre.rings import Ring, coverage, envelope
from bartizan.theatre.theatre import Theatre

ALTITUDES_M = (50.0, 1_000.0, 10_000.0)
"""Low over the sea, a helicopter, an airliner."""
RCS_M2 = 1.0
EARTH_M = 6_371_000.0
CHARACTER = 6.7


class View(NamedTuple):
    """The part of the world that is shown: an equirectangular projection about a place."""

    lat: float  # deg, of the middle
    lon: float
    scale: float  # pixels a metre
    width: float
    height: float

    def at(self, places: Floats) -> Floats:
        """Return places (n, 3) as pixels (n, 2)."""
        places = np.atleast_2d(places)
        x_m, y_m = metres(places, self.lat, self.lon)
        x = self.width / 2.0 + self.scale * x_m
        return np.column_stack([x, self.height / 2.0 - self.scale * y_m])


def metres(places: Floats, lat: float, lon: float) -> tuple[Floats, Floats]:
    """Return how far east and north of a place others are."""
    d_lon = (places[:, 1] - lon + 180.0) % 360.0 - 180.0
    east = np.radians(d_lon) * EARTH_M * math.cos(math.radians(lat))
    return east, np.radians(places[:, 0] - lat) * EARTH_M


def map_section(material: Material) -> Section | None:
    """Return the section of the map; None where no theatre was given."""
    theatre = material.theatre
    if theatre is None:
        return None
    rings = _rings(theatre)
    wide, narrow = (_map(theatre, rings, width) for width in (WIDE, NARROW))
    picture = Picture(wide, narrow, _title(theatre), _legend(theatre))
    n_threat = sum(axis.number for axis in theatre.axes)
    blocks = (
        ", ".join(dict.fromkeys(block.system_name for block in theatre.blocks)) or "nothing"
    )
    words = (
        f"{n_threat} threats in {len(theatre.axes)} group{'s' if len(theatre.axes) != 1 else ''} against "
        f"{len(theatre.assets)} asset{'s' if len(theatre.assets) != 1 else ''}; what defends: {blocks}."
    )
    parts: list[Part] = [Prose(words), picture, Prose(_note(theatre), "note"), _reach(theatre)]
    parts.append(_groups(theatre))
    return Section("map", "The scenario", parts)


def _title(theatre: Theatre) -> str:
    return f"{theatre.title}, seen from above; north is up"


def _legend(theatre: Theatre) -> list[Key]:
    keys = [key("line", "leak", "way of a raid group, and its number")]
    if any(axis.is_ballistic for axis in theatre.axes):
        keys.append(key("dots", "leak", "of a ballistic one"))
    keys += [
        key("square", "ink", "asset"),
        key("triangle", "kill", "unit of the defence"),
        key("ring", "kill", "seen by radar, by altitude"),
    ]
    keys += [key("dashes", "muted", "airway")] if theatre.routes else []
    keys += [key("dashes", "unknown", "zone")] if theatre.zones else []
    keys += [key("dots", "unknown", "link")] if theatre.links else []
    return keys


def _note(theatre: Theatre) -> str:
    perfect = (
        " Sensing was perfect in this study: the radars stand there and do not count."
        if theatre.is_perfect
        else ""
    )
    return (
        "Blue areas: where a radar of the defence finds a cross-section of 1 m² in one look of two, at "
        "nominal figures, without jamming; the lower the object, the later it comes over the horizon. "
        f"What lies outside the frame is cut off.{perfect}"
    )


def _rings(theatre: Theatre) -> list[tuple[float, list[Ring]]]:
    """Return the coverage of all radars at each altitude, the highest first."""
    radars = [radar for radar in theatre.radars if radar.role == "acquisition"] or list(
        theatre.radars
    )
    seen: set[tuple[Any, ...]] = set()
    unlike = []
    for radar in radars:
        key = (radar.entry, *radar.place.round(4).tolist(), radar.sector_centre_deg)
        if key not in seen:
            seen.add(key)
            unlike.append(radar)
    found = []
    for altitude_m in sorted(ALTITUDES_M, reverse=True):
        rings = [(radar, coverage(radar, altitude_m, RCS_M2)) for radar in unlike]
        found.append((altitude_m, _widest(rings)))
    return found


def _widest(rings: Sequence[tuple[Any, Ring | None]]) -> list[Ring]:
    """Return of all radars that look all round from one place only the ring farthest out."""
    kept: dict[tuple[Any, ...], Ring] = {}
    for radar, ring in rings:
        if ring is None:
            continue
        sector = (
            None if radar.sector_width_deg >= 360.0 else (radar.sector_centre_deg, radar.name)
        )
        where = (*radar.place[:2].round(2).tolist(), sector)
        if where not in kept or _spread(ring) > _spread(kept[where]):
            kept[where] = ring
    return list(kept.values())


def _spread(ring: Ring) -> float:
    return float(np.ptp(ring.outline[:, 0]))


def _view(theatre: Theatre, width: int) -> View:
    near = [site.place for site in theatre.assets] + [block.place for block in theatre.blocks]
    near += [place for axis in theatre.axes if not axis.is_ballistic for place in axis.places]
    far = [axis.places[0] for axis in theatre.axes]
    if not near:
        near = far or [theatre.origin]
    lat, lon = float(theatre.origin[0]), float(theatre.origin[1])
    east, north = metres(np.array(near), lat, lon)
    least = 20_000.0
    half_x = max((east.max() - east.min()) / 2.0 * 1.3, least)
    half_y = max((north.max() - north.min()) / 2.0 * 1.3, 0.9 * _low_reach_m(theatre), least)
    centre = ((east.max() + east.min()) / 2.0, (north.max() + north.min()) / 2.0)
    ratio = min(max(half_y / half_x, 0.7 if width > NARROW else 0.95), 1.1)
    height = round(width * ratio)
    scale = min(width / (2.0 * half_x), height / (2.0 * half_y))
    lat_mid = lat + math.degrees(centre[1] / EARTH_M)
    lon_mid = lon + math.degrees(centre[0] / (EARTH_M * math.cos(math.radians(lat))))
    return View(lat_mid, lon_mid, scale, float(width), float(height))


def _low_reach_m(theatre: Theatre) -> float:
    """Return how far the defence sees what flies 1 km up, or 0."""
    rings = [ring for radar in theatre.radars if (ring := coverage(radar, 1_000.0, RCS_M2))]
    return max((np.radians(_spread(ring)) * EARTH_M / 2.0 for ring in rings), default=0.0)


def _map(theatre: Theatre, rings: Sequence[tuple[float, list[Ring]]], width: int) -> str:
    view = _view(theatre, width)
    labels = Labels(view)
    parts = [f'<rect width="{width}" height="{view.height:g}" class="f-sea"/>']
    parts += [_land(line, view) for line in theatre.coast]
    for depth, (altitude_m, found) in enumerate(rings):
        parts += _coverage(altitude_m, found, depth, view, labels)
    parts += [_route(route.places, view) for route in theatre.routes if not route.is_recorded]
    parts += [_zone(zone, view, labels) for zone in theatre.zones]
    parts += [
        _path(link.places, view, "s-unknown", 'stroke-width="2" stroke-dasharray="2 4"')
        for link in theatre.links
    ]
    marks: list[str] = []
    for site in theatre.assets:
        if not site.block:
            marks.append(_asset(site, view, labels))
    marks += [_block(block, view, labels) for block in theatre.blocks]
    for axis in theatre.axes:
        marks.append(_axis(axis, view, labels))
    parts += marks
    parts += [labels.text, _scale(view)]
    says = escape(
        f"Map of {theatre.title}: {len(theatre.axes)} raid axes, {len(theatre.assets)} assets, {len(theatre.radars)} radars."
    )
    size = f'viewBox="0 0 {width} {view.height:g}" width="{width}" height="{view.height:g}"'
    clip = f"map-{width}"
    return (
        f'<svg {size} role="img" aria-label="{says}" class="map"><defs><clipPath id="{clip}">'
        f'<rect width="{width}" height="{view.height:g}"/></clipPath>'
        '<marker id="arrow-'
        + str(width)
        + '" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L8 4L0 8z" class="f-leak"/></marker></defs>'
        f'<g clip-path="url(#{clip})">{"".join(parts)}</g></svg>'
    )


def _d(points: Floats, is_closed: bool = False) -> str:
    steps = [f"{'M' if k == 0 else 'L'}{x:.1f} {y:.1f}" for k, (x, y) in enumerate(points)]
    return "".join(steps) + ("z" if is_closed else "")


def _land(line: Floats, view: View) -> str:
    is_ring = len(line) > 3 and bool(np.allclose(line[0], line[-1]))
    fill = 'class="f-land s-shore"' if is_ring else 'fill="none" class="s-shore"'
    return f'<path d="{_d(view.at(line), is_ring)}" {fill} stroke-width="1"/>'


def _path(places: Floats, view: View, role: str, style: str) -> str:
    return f'<path d="{_d(view.at(places))}" fill="none" class="{role}" {style}/>'


def _route(places: Floats, view: View) -> str:
    return _path(
        places, view, "s-muted", 'stroke-width="1" stroke-dasharray="7 5" opacity=".75"'
    )


def _coverage(
    altitude_m: float, rings: Sequence[Ring], depth: int, view: View, labels: "Labels"
) -> Iterator[str]:
    for ring in rings:
        d = _d(view.at(ring.outline), True) + (
            _d(view.at(ring.hole), True) if len(ring.hole) else ""
        )
        yield f'<path d="{d}" fill-rule="evenodd" class="f-kill" fill-opacity=".07"/>'
        width = (1.0, 1.25, 1.5)[min(depth, 2)]
        yield f'<path d="{d}" fill="none" class="s-kill" stroke-width="{width}" stroke-opacity=".75"/>'
    if rings:
        widest = max(rings, key=_spread)
        labels.on_line(view.at(widest.outline), f"{altitude_words(altitude_m)} up", "kill")


def altitude_words(altitude_m: float) -> str:
    """Return an altitude as people say it."""
    return f"{altitude_m:.0f} m" if altitude_m < 1000.0 else f"{altitude_m / 1000.0:g} km"


def _zone(zone: Any, view: View, labels: "Labels") -> str:
    points = view.at(zone.places)
    middle = points[:-1].mean(axis=0)
    labels.put(middle[0], middle[1], f"{zone.name}: {zone.rule}", "unknown", "middle")
    return f'<path d="{_d(points, True)}" class="f-unknown s-unknown" fill-opacity=".1" stroke-width="1" stroke-dasharray="4 3"/>'


def _asset(site: Any, view: View, labels: "Labels") -> str:
    x, y = view.at(site.place)[0]
    labels.take(x, y, 8.0)
    labels.near(x, y, site.name.replace("-", " "), "ink", True)
    return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" class="f-ink s-ground" stroke-width="1"/>'


def _block(block: Any, view: View, labels: "Labels") -> str:
    x, y = view.at(block.place)[0]
    labels.take(x, y, 9.0)
    labels.near(x, y, block.name.replace("-", " "), "kill", True)
    return (
        f'<path d="M{x:.1f} {y - 7:.1f}l7 12h-14z" class="f-kill s-ground" stroke-width="1"/>'
    )


def _axis(axis: Any, view: View, labels: "Labels") -> str:
    points = view.at(axis.places)
    style = f'stroke-width="2" marker-end="url(#arrow-{view.width:.0f})" stroke-opacity=".85"'
    if axis.is_ballistic:
        style += ' stroke-dasharray="1 4" stroke-linecap="round"'
    shown = _inside(points, view)
    if len(shown):
        name = axis.name.replace("-", " ")
        labels.before(shown, f"{name} {axis.number}", "leak")
    return f'<path d="{_d(_short_of(points, 12.0))}" fill="none" class="s-leak" {style}/>'


def _short_of(points: Floats, away: float) -> Floats:
    """Return a way that ends some pixels before its end, so that what is there is seen."""
    end = points[-1]
    kept = [point for point in points[:-1] if np.hypot(*(point - end)) > away + 2.0]
    if not kept:
        return points
    back = kept[-1] - end
    return np.array([*kept, end + back / np.hypot(*back) * away])


def _inside(points: Floats, view: View) -> Floats:
    """Return the points of a way inside the frame, the way cut into small steps."""
    fine = np.concatenate(
        [np.linspace(a, b, 60) for a, b in zip(points[:-1], points[1:], strict=True)]
    )
    inside = (
        (fine[:, 0] > 6) & (fine[:, 0] < view.width - 6)
        & (fine[:, 1] > 12) & (fine[:, 1] < view.height - 12)
    )  # fmt: skip
    return np.asarray(fine[inside])


def _scale(view: View) -> str:
    """Return a scale bar of a round length, at most a quarter of the width."""
    most_m = view.width / 4.0 / view.scale
    size = 10.0 ** math.floor(math.log10(most_m))
    length_m = max(k * size for k in (1.0, 2.0, 5.0) if k * size <= most_m)
    x, y, length = 14.0, view.height - 14.0, length_m * view.scale
    return (
        f'<path d="M{x} {y - 5}v5h{length:.1f}v-5" fill="none" class="s-ink" stroke-width="1.5"/>'
        f'<text x="{x + length / 2:.1f}" y="{y - 8:.1f}" text-anchor="middle" class="f-ink halo">{length_m / 1000:g} km</text>'
    )


class Labels:
    """Labels of a map, each put where none stands yet."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.boxes: list[tuple[float, float, float, float]] = [
            (0.0, view.height - 40.0, view.width / 4.0 + 20.0, view.height)
        ]
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        """All labels."""
        return "".join(self.parts)

    def take(self, x: float, y: float, half: float) -> None:
        """Keep labels off a mark."""
        self.boxes.append((x - half, y - half, x + half, y + half))

    def near(self, x: float, y: float, text: str, role: str, is_bold: bool) -> None:
        """Put a label beside a point, at the first of many places that is free."""
        width = len(text) * (CHARACTER + (0.6 if is_bold else 0.0))
        for away in (0.0, 14.0, 28.0, 42.0, 56.0):
            for dx, dy in ((11, 0), (-11 - width, 0), (-width / 2, -15), (-width / 2, 16),
                           (11, -12), (11, 12), (-11 - width, -12), (-11 - width, 12)):  # fmt: skip
                dy_far = dy + math.copysign(away, dy or -1.0) if away else dy
                if self._try(x + dx, y + dy_far, width, text, role, is_bold):
                    return

    def before(self, points: Floats, text: str, role: str) -> None:
        """Put a label where a way begins, on the side that it leaves."""
        x, y = points[0]
        ahead = points[min(len(points) - 1, 40)] - points[0]
        width = len(text) * CHARACTER
        back = (-8.0 - width, 0.0) if ahead[0] >= 0.0 else (8.0, 0.0)
        middle = (-width / 2.0, -12.0 if ahead[1] >= 0.0 else 13.0)
        along = (6.0, -11.0), (6.0, 13.0), (-6.0 - width, -11.0), (-6.0 - width, 13.0)
        for k in range(5):
            for dx, dy in (back, middle, *along):
                shift = k * 15.0 * (1.0 if dy > 0.0 else -1.0)
                if self._try(x + dx, y + dy + shift, width, text, role, False):
                    return

    def on_line(self, points: Floats, text: str, role: str) -> None:
        """Put a label on a line, at the first point of it that is free, from the top."""
        width = len(text) * CHARACTER
        for x, y in sorted(points.tolist(), key=lambda point: point[1]):
            if self._try(x - width / 2.0, y - 8.0, width, text, role, False):
                return

    def put(self, x: float, y: float, text: str, role: str, anchor: str) -> None:
        """Put a label in the middle of a place if it is free."""
        width = len(text) * CHARACTER
        self._try(x - width / 2.0, y, width, text, role, False)

    def _try(
        self, x: float, y: float, width: float, text: str, role: str, is_bold: bool
    ) -> bool:
        box = (x - 3.0, y - 9.0, x + width + 3.0, y + 7.0)
        inside = (
            box[0] > 2
            and box[1] > 2
            and box[2] < self.view.width - 2
            and box[3] < self.view.height - 2
        )
        if not inside or any(_meet(box, other) for other in self.boxes):
            return False
        self.boxes.append(box)
        weight = ' font-weight="600"' if is_bold else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y + 4:.1f}" class="f-{role} halo"{weight}>{escape(text)}</text>'
        )
        return True


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _reach(theatre: Theatre) -> Table:
    """Return how far each radar sees at each altitude, and each round reaches."""
    rows = []
    seen = set()
    for radar in theatre.radars:
        key = (radar.block, radar.entry)
        if key in seen:
            continue
        seen.add(key)
        cells = [_far(coverage(radar, h, RCS_M2), radar.place) for h in ALTITUDES_M]
        rows.append((radar.title, f"{radar.role} radar, {radar.block}", *cells))
    for launcher in theatre.launchers:
        for shot in launcher.rounds:
            key = (launcher.block, shot.entry)
            if key not in seen:
                seen.add(key)
                cells = [_far(envelope(launcher, shot, h), launcher.place) for h in ALTITUDES_M]
                rows.append((shot.title, f"interceptor, {launcher.block}", *cells))
    heads = ("", "what", *(f"at {altitude_words(h)}" for h in ALTITUDES_M))
    return Table(
        heads, rows, (2, 3, 4), "How far it sees and reaches, farthest, at nominal figures"
    )


def _far(ring: Ring | None, place: Floats) -> str:
    if ring is None:
        return "–"
    east, north = metres(ring.outline, float(place[0]), float(place[1]))
    return f"{np.hypot(east, north).max() / 1000.0:,.0f} km"


def _groups(theatre: Theatre) -> Table:
    names = {kind.entry: kind.name for kind in theatre.kinds}
    rows = []
    for axis in theatre.axes:
        east, north = metres(
            axis.places[:1], float(axis.places[-1][0]), float(axis.places[-1][1])
        )
        rows.append(
            (
                axis.name.replace("-", " "), f"{axis.number:,}", names.get(axis.threat, axis.threat),
                f"{np.hypot(east, north)[0] / 1000.0:,.0f} km", axis.target.replace("-", " "),
            )
        )  # fmt: skip
    return Table(("group", "number", "threat", "from", "flies at"), rows, (1, 3), "The raid")
