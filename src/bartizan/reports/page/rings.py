"""How far the defence sees, altitude by altitude, as rings of a map."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from bartizan.theatre.rings import Ring, coverage
from bartizan.theatre.theatre import Theatre

ALTITUDES_M = (50.0, 1_000.0, 10_000.0)
"""Low over the sea, a helicopter, an airliner."""
RCS_M2 = 1.0


def rings_of(theatre: Theatre) -> list[tuple[float, list[Ring]]]:
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
        if where not in kept or reach_deg(ring) > reach_deg(kept[where]):
            kept[where] = ring
    return list(kept.values())


def reach_deg(ring: Ring) -> float:
    """Return how far a ring reaches from north to south."""
    return float(np.ptp(ring.outline[:, 0]))


def altitude_words(altitude_m: float) -> str:
    """Return an altitude as people say it."""
    return f"{altitude_m:.0f} m" if altitude_m < 1000.0 else f"{altitude_m / 1000.0:g} km"
