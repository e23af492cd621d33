"""The map as hand-made SVG: coast, assets, defence, rings of coverage, ways of the raid."""

import math
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Any

import numpy as np

from bartizan.arrays import Floats
from bartizan.reports.page.labels import Labels
from bartizan.reports.page.rings import altitude_words, reach_deg
from bartizan.reports.page.view import View, view_of
from bartizan.theatre.rings import Ring
from bartizan.theatre.theatre import Theatre


def map_svg(theatre: Theatre, rings: Sequence[tuple[float, list[Ring]]], width: int) -> str:
    """Return the map, some pixels wide, with the rings of each altitude."""
    view = view_of(theatre, width)
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
        f"Map of {theatre.title}: {len(theatre.axes)} raid axes, {len(theatre.assets)} "
        f"assets, {len(theatre.radars)} radars."
    )
    size = f'viewBox="0 0 {width} {view.height:g}" width="{width}" height="{view.height:g}"'
    clip = f"map-{width}"
    return (
        f'<svg {size} role="img" aria-label="{says}" class="map"><defs><clipPath id="{clip}">'
        f'<rect width="{width}" height="{view.height:g}"/></clipPath>'
        f'<marker id="arrow-{width}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto">'
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
    altitude_m: float, rings: Sequence[Ring], depth: int, view: View, labels: Labels
) -> Iterator[str]:
    for ring in rings:
        d = _d(view.at(ring.outline), True) + (
            _d(view.at(ring.hole), True) if len(ring.hole) else ""
        )
        yield f'<path d="{d}" fill-rule="evenodd" class="f-kill" fill-opacity=".07"/>'
        width = (1.0, 1.25, 1.5)[min(depth, 2)]
        style = f'stroke-width="{width}" stroke-opacity=".75"'
        yield f'<path d="{d}" fill="none" class="s-kill" {style}/>'
    for ring in sorted(rings, key=reach_deg, reverse=True):
        labels.on_line(view.at(ring.outline), f"{altitude_words(altitude_m)} up", "kill")


def _zone(zone: Any, view: View, labels: Labels) -> str:
    points = view.at(zone.places)
    middle = points[:-1].mean(axis=0)
    labels.put(middle[0], middle[1], f"{zone.name}: {zone.rule}", "unknown", "middle")
    style = 'fill-opacity=".1" stroke-width="1" stroke-dasharray="4 3"'
    return f'<path d="{_d(points, True)}" class="f-unknown s-unknown" {style}/>'


def _asset(site: Any, view: View, labels: Labels) -> str:
    x, y = view.at(site.place)[0]
    labels.take(x, y, 8.0)
    labels.near(x, y, site.name.replace("-", " "), "ink", True)
    where = f'x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"'
    return f'<rect {where} class="f-ink s-ground" stroke-width="1"/>'


def _block(block: Any, view: View, labels: Labels) -> str:
    x, y = view.at(block.place)[0]
    labels.take(x, y, 9.0)
    labels.near(x, y, block.name.replace("-", " "), "kill", True)
    return (
        f'<path d="M{x:.1f} {y - 7:.1f}l7 12h-14z" class="f-kill s-ground" stroke-width="1"/>'
    )


def _axis(axis: Any, view: View, labels: Labels) -> str:
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
    fine = np.concatenate([np.linspace(a, b, 60) for a, b in pairwise(points)])
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
        f'<path d="M{x} {y - 5}v5h{length:.1f}v-5" fill="none" class="s-ink" '
        f'stroke-width="1.5"/><text x="{x + length / 2:.1f}" y="{y - 8:.1f}" '
        f'text-anchor="middle" class="f-ink halo">{length_m / 1000:g} km</text>'
    )
