"""The ground of a scene: what stands still in the theatre, as the page draws it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bartizan.arrays import Floats
from bartizan.theatre.force import Launcher, Radar, Round
from bartizan.theatre.rings import Ring, coverage, envelope
from bartizan.theatre.theatre import Theatre

ALTITUDES_M = (50.0, 300.0, 1000.0, 3000.0, 10_000.0, 20_000.0)
"""At which coverage and envelopes can be shown."""
DIGITS = 4  # of a degree: eleven metres

Json = dict[str, Any]


def ground_of(theatre: Theatre) -> Json:
    """Return the theatre as the header of a scene holds it: places as [lat, lon, height]."""
    return {
        "origin": _place(theatre.origin),
        "duration_s": theatre.duration_s,
        "is_perfect": theatre.is_perfect,
        "altitudes_m": ALTITUDES_M,
        "coast": [_places(line) for line in theatre.coast],
        "assets": _rows(theatre.assets, ("name", "value", "hits", "block")),
        "blocks": _rows(theatre.blocks, ("name", "system_name", "net", "facing_deg")),
        "radars": _radars(theatre.radars),
        "launchers": [_launcher(launcher) for launcher in theatre.launchers],
        "envelopes": _envelopes(theatre.launchers),
        "links": _ways(theatre.links, ("name", "title", "source", "to")),
        "zones": _ways(theatre.zones, ("name", "rule", "begin_s", "end_s")),
        "axes": _ways(theatre.axes, ("name", "threat", "target", "number")),
        "routes": _ways(theatre.routes, ("name", "aircraft", "side")),
        "kinds": [
            {key: getattr(kind, key) for key in ("entry", "name", "side")}
            for kind in theatre.kinds
        ],
    }


def _radars(radars: Sequence[Radar]) -> list[Json]:
    """Return the radars; of equal ones at one place, only the first holds its coverage."""
    found: list[Json] = []
    seen: set[object] = set()
    for radar in radars:
        view = (radar.entry, tuple(radar.place), radar.sector_centre_deg)
        rings = [] if view in seen else _rings(lambda m, r=radar: coverage(r, m))  # type: ignore[misc]
        seen.add(view)
        row = {key: getattr(radar, key) for key in ("name", "title", "block", "role")}
        found.append({**row, "place": _place(radar.place), "rings": rings})
    return found


def _launcher(launcher: Launcher) -> Json:
    return {
        "name": launcher.name,
        "block": launcher.block,
        "place": _place(launcher.place),
        "channels": launcher.channels,
        "rounds": [
            {"name": each.name, "title": each.title, "count": each.number}
            for each in launcher.rounds
        ],
    }


def _envelopes(launchers: Iterable[Launcher]) -> list[Json]:
    """Return where rounds may meet something, once for launchers that stand together."""
    found: dict[object, Json] = {}
    for launcher in launchers:
        for each in launcher.rounds:
            same = (each.name, tuple(launcher.place), launcher.guidance_range_m)
            if same not in found:
                found[same] = _envelope(launcher, each)
    return [each for each in found.values() if each["rings"]]


def _envelope(launcher: Launcher, each: Round) -> Json:
    rings = _rings(lambda altitude_m: envelope(launcher, each, altitude_m))
    return {"name": f"{launcher.block} {each.name}", "title": each.title, "rings": rings}


def _rings(ring_at: Callable[[float], Ring | None]) -> list[Json]:
    rings = (ring_at(altitude_m) for altitude_m in ALTITUDES_M)
    return [
        {
            "altitude_m": ring.altitude_m,
            "outline": _places(ring.outline),
            "hole": _places(ring.hole),
        }
        for ring in rings
        if ring is not None
    ]


def _rows(rows: Iterable[Any], keys: Sequence[str]) -> list[Json]:
    return [
        {**{key: getattr(row, key) for key in keys}, "place": _place(row.place)} for row in rows
    ]


def _ways(rows: Iterable[Any], keys: Sequence[str]) -> list[Json]:
    return [
        {
            **{key: _finite(getattr(row, key)) for key in keys},
            "places": _places(row.places),
        }
        for row in rows
    ]


def _finite(value: Any) -> Any:
    """Return a value that JSON can hold: no end is the end of days."""
    return 1e12 if isinstance(value, float) and value == float("inf") else value


def _place(place: Floats) -> list[float]:
    return [round(float(place[0]), 5), round(float(place[1]), 5), round(float(place[2]), 1)]


def _places(places: Floats) -> list[list[float]]:
    return [
        [round(float(lat), DIGITS), round(float(lon), DIGITS), round(float(height))]
        for lat, lon, height in places
    ]
