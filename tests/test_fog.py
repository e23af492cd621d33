"""Fog of war: once the plots of a tick are made, the truth may change and nobody notices."""

import copy
import importlib

import numpy as np
import pytest

from bartizan.catalogue import resolve
from bartizan.rng import run_key
from bartizan.scenario import load
from bartizan.simulate.lower import lower
from bartizan.simulate.plan import Plan
from bartizan.simulate.state import State, make_state
from tests.simulate.small import small

# The page itself; the package may offer the function under the same name.
page = importlib.import_module("bartizan.simulate.tick")

KEY = run_key(1)
FORK_EVERY = 3  # against the planning period of 5 s, so that forks fall on all its phases
LAST_TICK = 100
BATTLE = small(
    name="fog",
    duration="5 min",
    assets={"port": {"at": {"east": "5 km", "north": "0 km"}, "value": 5, "hits": 3}},
    raid={
        "cruise": {
            "threat": "cruise-missile",
            "count": 8,
            "from": {"bearing": "270 deg", "range": "45 km"},
            "target": "port",
            "altitude": "800 m",
            "spread": "15 km",
        },
        "fighters": {
            "threat": "fighter",
            "count": 4,
            "from": {"bearing": "290 deg", "range": "60 km"},
            "target": "port",
            "formation": "wedge",
        },
    },
    civil={
        "airway": {
            "aircraft": "airliner",
            "count": 6,
            "route": [
                {"bearing": "0 deg", "range": "60 km"},
                {"bearing": "240 deg", "range": "60 km"},
            ],
            "at": "-5 min",
            "every": "1 min",
        }
    },
)


class OutOfTheFogError(Exception):
    """Raised where the truth comes back into the tick."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    scenario = load(BATTLE)
    made, faults = lower(scenario, resolve(pins=scenario.figures), perfect=False)
    assert not faults
    return made


def shuffle_truth(state: State, seed: int) -> None:
    """Deal the objects' positions, velocities, fates and looks out anew among them."""
    n_target = state.targets.phase.shape[0]
    deal = np.random.default_rng(seed).permutation(n_target)
    for column in (*state.targets, *state.looks):
        if len(column) == n_target:  # others are counts of the whole
            column[:] = column[deal]


def half_tick(monkeypatch, plan: Plan, state: State, n: int, shuffle: str = "") -> State:
    """Return a copy of the state, stepped from world to decide, with the truth shuffled."""
    fork, scan = copy.deepcopy(state), page.scan
    # As Python, so that it calls the scan below; the stages themselves stay compiled.
    _before_orders = getattr(page._before_orders, "py_func", page._before_orders)

    def scan_and_shuffle(*tables):
        if shuffle == "before":
            shuffle_truth(fork, n)
        scan(*tables)
        if shuffle == "after":
            shuffle_truth(fork, n)

    def stop(*_):
        raise OutOfTheFogError

    with monkeypatch.context() as patch:
        patch.setattr(page, "scan", scan_and_shuffle)
        patch.setattr(page, "_ticks", getattr(page.ticks, "py_func", page.ticks))
        patch.setattr(page, "_before_orders", _before_orders)
        patch.setattr(page, "_after_orders", stop)
        with pytest.raises(OutOfTheFogError):
            page.advance(plan, fork, KEY, n, n + 1)
    return fork


def belief(state: State) -> list[bytes]:
    """Return every bit of what the defender believes and orders."""
    return bits((state.tracks, state.picture, state.orders, state.magazines))


def bits(table) -> list[bytes]:
    """Return the bits of all columns of a table, and of those within."""
    if isinstance(table, tuple):
        return [one for column in table for one in bits(column)]
    return [table.tobytes()]


def test_tracks_and_orders_do_not_change_when_the_truth_does(monkeypatch, plan):
    state = make_state(plan, 0)
    n_fork = n_with_orders = n_noticed = 0
    for n in range(LAST_TICK):
        if n % FORK_EVERY == 0:
            expected = belief(half_tick(monkeypatch, plan, state, n))
            assert belief(half_tick(monkeypatch, plan, state, n, "after")) == expected, n
            n_noticed += belief(half_tick(monkeypatch, plan, state, n, "before")) != expected
            n_with_orders += bool(state.orders.alive.any())
            n_fork += 1
        page.advance(plan, state, KEY, n, n + 1)
    # The test can fail: shuffled before the plots are made, the truth is noticed.
    assert n_noticed > n_fork / 4
    assert n_with_orders > n_fork / 4
