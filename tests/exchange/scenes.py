"""One recorded run with everything in it that an export shows, flown once for all tests."""

import atexit
import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import bartizan
from bartizan.exchange.picture import picture_of
from tests.theatre.scenes import FEATURES

FLOWN = {
    **FEATURES,
    "name": "shown",
    "title": "Fish & chips, <b>\"quoted\"</b>; a\\path",
    "duration": "11 min",
    "raid": {
        **FEATURES["raid"],
        "cruise": {
            "threat": "cruise-missile", "count": 6,
            "from": {"bearing": "265 deg", "range": "70 km"},
            "target": "port", "spread": "10 km", "altitude": "600 m", "dive": "20 km",
        },
    },
}  # fmt: skip


@cache
def flown():
    """Return a run in a folder: kills, misses and leaks, tracks of all identities, arcs."""
    folder = mkdtemp(prefix="bartizan-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return bartizan.open_run(bartizan.run(FLOWN, seed=3, out=Path(folder, "run")).directory)


@cache
def picture():
    return picture_of(flown())


def truth_at(name, time_s):
    """Return the recorded row of an object at a sample."""
    rows = flown().truth.to_pylist()
    return next(r for r in rows if r["truth_id"] == name and abs(r["time_s"] - time_s) < 1e-6)


def document():
    return json.dumps(FLOWN)
