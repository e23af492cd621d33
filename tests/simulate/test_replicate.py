"""The whole chain: the same bits for a seed, and sound counts."""

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bartizan.simulate import tick as page
from bartizan.simulate.replicate import Progress, replicate
from bartizan.tracking.nets import Rows
from tests.plain import plain
from tests.simulate.small import plan_of, run, small


def same(a: dict[str, Any], b: dict[str, Any]) -> bool:
    def equal(name: str) -> bool:
        one, two = np.asarray(a[name]), np.asarray(b[name])
        return np.array_equal(one, two, equal_nan=one.dtype.kind == "f")

    return a.keys() == b.keys() and all(equal(name) for name in a)


def test_the_same_seed_gives_the_same_bits() -> None:
    plan = plan_of(small())
    one, two = replicate(plan, 5), replicate(plan, 5)
    assert one.measures == two.measures
    assert same(one.events, two.events)
    assert same(one.tracks, two.tracks)
    assert same(one.truth, two.truth)
    assert not same(one.events, replicate(plan, 6).events)


def test_stages_one_by_one_give_the_same_bits_as_in_one_kernel(monkeypatch) -> None:
    plan = plan_of(small())
    together = replicate(plan, 5)
    for kernel in (page.ticks, page._before_orders, page._after_orders):
        monkeypatch.setattr(page, kernel.__name__, plain(kernel))
    apart = replicate(plan, 5)
    assert apart.measures == together.measures
    assert same(apart.events, together.events)
    assert same(apart.tracks, together.tracks)


def test_recording_changes_no_outcome() -> None:
    plan = plan_of(small())
    full, none = replicate(plan, 3), replicate(plan, 3, "none")
    assert full.measures == none.measures
    assert len(full.events["time_s"]) > 10
    assert len(none.events["time_s"]) == 0
    assert none.tracks == none.truth == {}


def test_two_threads_do_not_know_of_each_other() -> None:
    plan = plan_of(small())
    alone = {seed: replicate(plan, seed).measures for seed in (1, 2)}
    together: dict[int, Any] = {}

    def work(seed: int) -> None:
        together[seed] = replicate(plan, seed).measures

    threads = [threading.Thread(target=work, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


@pytest.mark.parametrize("perfect", [False, True])
def test_the_counts_add_up(perfect: bool) -> None:
    measures = run(small(raid__cruise__count=20), perfect=perfect).measures
    total = measures["threats"]["total"]
    assert total["launched"] == 20
    assert total["killed"] + total["leaked"] + total["in_flight"] == total["launched"]
    assert total["detected"] >= total["tracked"] >= total["engaged"]
    fired, left = measures["rounds"]["fired"]["48n6e3"], measures["rounds"]["left"]["48n6e3"]
    assert fired + left == 32
    assert measures["peak"]["engagements"] <= measures["capacity"]["engagements"]
    assert measures["peak"]["hostiles_engaged"] <= measures["peak"]["hostiles_tracked"]
    assert measures["civil"] == {"present": 3, "engaged": 0, "lost": 0}
    assert not any(measures["overflow"].values())


@pytest.mark.parametrize(("altitude", "engaged"), [("26.9 km", 1), ("27.1 km", 0)])
def test_the_ceiling_of_the_nominal_figures_holds(altitude: str, engaged: int) -> None:
    high = {
        "threat": "fighter",
        "count": 1,
        "from": {"bearing": "270 deg", "range": "120 km"},
        "target": "post",
        "altitude": altitude,
        "speed": "600 m/s",
    }
    document = small(raid={"high": high})
    assert run(document, perfect=True).measures["threats"]["total"]["engaged"] == engaged


def test_an_overflow_is_counted_and_an_event() -> None:
    plan = replace(plan_of(small(raid__cruise__count=12)), rows=Rows(1, 4, 0))
    found = replicate(plan, 1, "events")
    lost = found.measures["overflow"]["tracks"]
    kinds = np.array(found.events["kind"])
    details = np.array(found.events["detail"])[kinds == "overflow"]
    assert lost > 0
    assert sum(int(d.split()[0]) for d in details if d.endswith(" tracks")) == lost


def test_progress_is_told_and_ends_at_the_end() -> None:
    told: list[Progress] = []
    replicate(plan_of(small()), 1, "none", told.append)
    assert told[-1].now_s == told[-1].duration_s == 240.0
    assert told[-1].rounds_left <= 32


@pytest.mark.parametrize("missing", ["assets", "defence", "raid", "civil"])
def test_a_scenario_without_a_part_runs(missing: str) -> None:
    document = small(raid={}) if missing == "assets" else small()
    document[missing] = {}
    measures = run(document).measures
    assert measures["threats"]["total"]["killed"] <= 3


def test_a_civil_aircraft_is_engaged_under_weapons_free_without_a_transponder() -> None:
    document = small(raid={}, civil__airway__transponder=False)
    document["civil"]["airway"]["route"] = [
        {"bearing": "270 deg", "range": "60 km"},
        {"bearing": "90 deg", "range": "60 km"},
    ]
    assert run(document).measures["civil"]["engaged"] == 0
    document["doctrine"] = {"roe": "weapons-free"}
    measures = run(document).measures
    assert measures["civil"]["engaged"] > 0
    assert measures["threats"]["total"]["killed"] == 0
