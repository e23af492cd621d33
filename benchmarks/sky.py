"""A full sky: civil aircraft on ten airways around one battalion, and nobody else."""

from typing import Any

N_AIRWAY = 10


def civil_sky(n_aircraft: int) -> dict[str, Any]:
    """Return a scenario of ``n_aircraft`` airliners, all in the air for its ten minutes."""
    return {
        "bartizan": 1,
        "name": "civil-sky",
        "origin": {"lat": -27.4, "lon": -17.6},
        "duration": "10 min",
        "assets": {},
        "defence": {
            "battalion": {
                "system": "s-400",
                "at": {"east": "0 km", "north": "0 km"},
                "facing": "270 deg",
            }
        },
        "raid": {},
        "civil": {f"airway-{k}": _airway(k, n_aircraft // N_AIRWAY) for k in range(N_AIRWAY)},
    }


def _airway(k: int, count: int) -> dict[str, Any]:
    """Return an airway across the radar's coverage, each at its own bearing and altitude."""
    bearing = 360 / N_AIRWAY * k
    return {
        "aircraft": "airliner",
        "count": count,
        "at": "-30 min",
        "every": "5 s",
        "route": [
            {"bearing": f"{bearing} deg", "range": "380 km"},
            {"bearing": f"{(bearing + 150) % 360} deg", "range": "380 km"},
        ],
        "both-ways": True,
        "spread": "40 km",
        "altitude": f"{24_000 + 2_000 * k} ft",
    }
