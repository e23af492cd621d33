"""A scenario with one of everything that a map shows."""

from bartizan.catalogue import resolve
from bartizan.scenario import load

FEATURES = {
    "bartizan": 1,
    "name": "all-of-it",
    "title": "One of everything",
    "origin": {"lat": -27.4, "lon": -17.6},
    "duration": "10 min",
    "coastline": {"type": "LineString", "coordinates": [[-17.6, -27.0], [-17.5, -27.8]]},
    "assets": {"port": {"at": {"east": "2 km", "north": "9 km"}, "value": 6, "hits": 4}},
    "defence": {
        "battalion": {"system": "s-400", "at": {"east": "8 km", "north": "2 km"},
                      "facing": "270 deg"},
        "watch": {"system": "aew-aircraft", "at": {"east": "20 km", "north": "0 km"}},
    },
    "nets": {"republic": ["battalion"], "allies": ["watch"]},
    "links": {"feed": {"from": "allies", "to": "republic", "use": "data-link"}},
    "zones": {
        "lane": {
            "rule": "safe-corridor",
            "polygon": [{"east": "0 km", "north": "0 km"}, {"east": "30 km", "north": "0 km"},
                        {"east": "30 km", "north": "5 km"}],
            "floor": "1 km",
            "ceiling": "4 km",
            "from": "1 min",
        },
    },
    "raid": {
        "cruise": {
            "threat": "cruise-missile", "count": 3,
            "from": {"bearing": "265 deg", "range": "90 km"},
            "via": [{"bearing": "300 deg", "range": "60 km"}],
            "target": "port", "spread": "10 km",
        },
        "ballistic": {
            "threat": "srbm", "count": 2, "from": {"bearing": "280 deg", "range": "280 km"},
            "target": "battalion",
        },
    },
    "civil": {
        "airway": {
            "aircraft": "airliner", "count": 4, "both-ways": True, "spread": "2 km",
            "route": [{"east": "-45 km", "north": "90 km"},
                      {"east": "10 km", "north": "-90 km"}],
        },
        "patrol": {
            "aircraft": "light-aircraft", "count": 1, "side": "friend",
            "route": [{"east": "0 km", "north": "9 km"}, {"east": "40 km", "north": "9 km"}],
        },
    },
}  # fmt: skip


def scene(**changed):
    """Return the scenario, with other blocks if wanted."""
    return load({**FEATURES, **changed})


def figures_of(scenario):
    """Return its nominal figures."""
    return resolve("nominal", scenario.figures, scenario.catalogue, key=1, vary=scenario.vary)
