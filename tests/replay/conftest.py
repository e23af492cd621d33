"""One small recorded run for all tests of the replay, and its page where that is built."""

import pytest

import bartizan
from bartizan.replay.page import BUILT, page_of
from tests.web import missing

SMALL = {
    "bartizan": 1,
    "name": "small",
    "title": "Ten missiles at one port, past airliners",
    "origin": {"lat": -27.4, "lon": -17.6},
    "duration": "6 min",
    "assets": {"port": {"at": {"east": "2 km", "north": "9 km"}, "value": 6, "hits": 4}},
    "defence": {
        "battalion": {
            "system": "s-400",
            "at": {"east": "8 km", "north": "2 km"},
            "facing": "270 deg",
        }
    },
    "raid": {
        "cruise": {
            "threat": "cruise-missile",
            "count": 10,
            "from": {"bearing": "265 deg", "range": "60 km"},
            "target": "port",
            "at": "5 s",
            "every": "4 s",
            "spread": "20 km",
            "altitude": "1 km",
        }
    },
    "civil": {
        "airway": {
            "aircraft": "airliner",
            "count": 6,
            "route": [
                {"east": "-45 km", "north": "60 km"},
                {"east": "10 km", "north": "-60 km"},
            ],
            "at": "-2 min",
            "every": "30 s",
        }
    },
}


@pytest.fixture(scope="session")
def recorded(tmp_path_factory):
    """A run of ten missiles and six airliners, recorded in full."""
    out = tmp_path_factory.mktemp("recorded") / "small"
    return bartizan.run(SMALL, seed=3, record="full", out=out)


@pytest.fixture(scope="session")
def page_file(recorded, tmp_path_factory):
    """The self-contained page of that run."""
    if not (BUILT / "app.js").exists():
        missing("the replay page is not built (in web/: npm ci && npm run build)")
    path = tmp_path_factory.mktemp("page") / "small.html"
    path.write_bytes(page_of(recorded))
    return path
