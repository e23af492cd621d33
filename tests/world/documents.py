"""A small scenario and figures to lower, so that the tests need no catalogue entry."""

from types import SimpleNamespace

from bartizan.scenario.schema import Scenario
from bartizan.units import parse

_FIGURES = {
    "rcs": ("0.1 m2", "area"),
    "price": ("1 M USD", "money"),
    "speed": ("250 m/s", "speed"),
    "altitude": ("100 m", "length"),
    "weave_amplitude": ("500 m", "length"),
    "weave_period": ("40 s", "time"),
    "range_max": ("1000 km", "length"),
    "release_range": ("0 km", "length"),
    "damage_probability": ("0.8", "probability"),
    "turn_away_probability": ("0", "probability"),
}
_ONLY_ROUTE = {"speed", "altitude", "weave_amplitude", "weave_period"}
_ONLY_THREAT = {"range_max", "release_range", "damage_probability", "turn_away_probability"}
_CHOICES = {
    "cruise": ("threat", {"motion": "route", "swerling": "slow", "transponder": "silent"}),
    "srbm": ("threat", {"motion": "ballistic", "swerling": "steady", "transponder": "silent"}),
    "airliner": (
        "traffic",
        {"motion": "route", "swerling": "slow-dominant", "transponder": "civil"},
    ),
}


class Values:
    """Figures of one entry; pinned ones first."""

    def __init__(self, entry, pins):
        self.kind, self.choices = _CHOICES[entry]
        self.pins = pins

    def choice(self, name):
        return self.pins.get(name, self.choices[name])

    def value(self, name):
        missing = set() if self.choices["motion"] == "route" else _ONLY_ROUTE
        missing = missing if self.kind == "threat" else missing | _ONLY_THREAT
        if name in missing:
            raise KeyError(f"no figure {name}")
        text, dimension = _FIGURES[name]
        return parse(self.pins.get(name, text), dimension)


def figures(pins=None):
    """Return stand-in figures; an override is of whatever entry is asked for next."""
    return SimpleNamespace(
        overridden=lambda entry, mapping, path="": figures(mapping),
        entry=lambda entry: Values(entry, pins or {}),
    )


def scenario(raid=None, civil=None, **more):
    """Return a valid scenario with one port at the origin."""
    blocks = {
        "bartizan": 1,
        "origin": {"lat": -27.0, "lon": -17.0},
        "duration": "60 min",
        "assets": {"port": {"at": {"east": "0 km", "north": "0 km"}, "value": 6.0, "hits": 2}},
        "raid": raid or {},
        "civil": civil or {},
    }
    return Scenario.model_validate(blocks | more)


def group(bearing="0 deg", distance="200 km", **more):
    """Return a raid group of one cruise missile at the port."""
    start = {"bearing": bearing, "range": distance}
    return {"threat": "cruise", "count": 1, "from": start, "target": "port"} | {
        key.replace("_", "-"): value for key, value in more.items()
    }


def flow(*bearings, **more):
    """Return a civil flow of one airliner between places 200 km off."""
    route = [{"bearing": bearing, "range": "200 km"} for bearing in bearings]
    return {"aircraft": "airliner", "count": 1, "route": route} | {
        key.replace("_", "-"): value for key, value in more.items()
    }
