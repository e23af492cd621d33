"""The scenario from above: a map, how far the defence sees and reaches, and who comes."""

import numpy as np

from bartizan.arrays import Floats
from bartizan.reports.page.map import map_svg
from bartizan.reports.page.material import Material
from bartizan.reports.page.rings import ALTITUDES_M, RCS_M2, altitude_words, rings_of
from bartizan.reports.page.section import Key, Part, Picture, Prose, Section, Table, key
from bartizan.reports.page.svg import NARROW, WIDE
from bartizan.reports.page.view import metres
from bartizan.theatre.rings import Ring, coverage, envelope
from bartizan.theatre.theatre import Theatre


def where(material: Material) -> Section | None:
    """Return the section of the scenario from above; None where no theatre was given."""
    theatre = material.theatre
    if theatre is None:
        return None
    rings = rings_of(theatre)
    wide, narrow = (map_svg(theatre, rings, width) for width in (WIDE, NARROW))
    picture = Picture(wide, narrow, _title(theatre), _legend(theatre))
    n_threat = sum(axis.number for axis in theatre.axes)
    groups, sites = (
        _counted(len(theatre.axes), "group"),
        _counted(len(theatre.assets), "asset"),
    )
    blocks = ", ".join(dict.fromkeys(block.system_name for block in theatre.blocks))
    words = (
        f"{_counted(n_threat, 'threat')} in {groups} against {sites}; what defends: "
        f"{blocks or 'nothing'}."
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
        "Blue areas: where a radar of the defence finds a cross-section of 1 m² in one look "
        "of two, at "
        "nominal figures, without jamming; the lower the object, the later it comes over the "
        "horizon. "
        f"What lies outside the frame is cut off.{perfect}"
    )


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
        way = (f"{np.hypot(east, north)[0] / 1000.0:,.0f} km", axis.target.replace("-", " "))
        threat = names.get(axis.threat, axis.threat)
        rows.append((axis.name.replace("-", " "), f"{axis.number:,}", threat, *way))
    return Table(("group", "number", "threat", "from", "flies at"), rows, (1, 3), "The raid")


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
