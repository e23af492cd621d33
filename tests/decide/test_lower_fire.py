"""Doctrines in documents: who follows which, and what nobody could follow."""

import pytest

from bartizan.catalogue import resolve
from bartizan.errors import DocumentError
from bartizan.scenario import load
from bartizan.simulate.lower import lower
from tests.simulate.small import small


def lowered(**sets):
    scenario = load(small(**sets))
    return lower(scenario, resolve(pins=scenario.figures), False)


def two(**sets):
    plan = lowered()[0]
    assert len(plan.fire.salvo) == 1
    other = {"system": "textbook-site", "at": {"east": "60 km", "north": "0 km"}}
    town = {"at": {"east": "60 km", "north": "3 km"}, "value": 2}
    return lowered(defence__site=other, assets__town=town, **sets)


def test_a_block_has_its_own_doctrine() -> None:
    plan, faults = two(defence__site__doctrine={"use": "salvo", "overrides": {"salvo": 3}})
    assert faults == []
    assert plan.fire.salvo.tolist() == [1, 3]
    assert plan.fire.last_rounds.tolist() == [1, 0]


def test_zones_are_what_is_named_else_what_is_nearest() -> None:
    assert two()[0].fire.protects.all()
    zone = {"doctrine__use": "zone"}
    assert two(**zone)[0].fire.protects.tolist() == [[True, False], [False, True]]
    named = two(defence__battery__protects=["town", "post"], **zone)[1]
    assert [fault.path for fault in named] == ["defence.site"]


@pytest.mark.parametrize("name", ["salvo", "shoot-shoot-look", "layered", "zone", "prim-read"])
def test_every_doctrine_can_be_followed(name: str) -> None:
    plan, faults = lowered(doctrine__use=name)
    assert faults == []
    assert (plan.fire.kept > 0).any() == (name == "layered")
    assert (plan.fire.damage_rate > 0.0).any() == (name == "prim-read")


@pytest.mark.parametrize(
    ("sets", "path", "words"),
    [
        ({"salvo": 5}, "overrides.salvo", "at most 4"),
        ({"commit_horizon": "2 s"}, "overrides.commit_horizon", "at least 5 s"),
        ({"commit_horizon": "8 s"}, "overrides.commit_horizon", "reaction time"),
        ({"kill_probability_min": 0.99}, "overrides.kill_probability_min", "no interceptor"),
        ({"reserve.other": 400}, "overrides.reserve.other", "every round is kept"),
        ({"round_worth.48n6e3": -1}, "overrides.round_worth", "0 or more"),
        ({"allocator": "greedyy"}, "overrides.allocator", "did you mean 'greedy'?"),
        ({"allocator": "greedyy"}, "overrides.allocator", "min-cost-flow, greedy, first-come"),
    ],
)
def test_what_nobody_could_follow_is_told(sets, path, words) -> None:
    _, faults = lowered(doctrine__overrides=sets)
    told = [str(fault) for fault in faults if fault.path == f"doctrine.{path}"]
    assert any(words in text for text in told), faults


def test_unknown_assets_and_zones_without_a_zone_are_told() -> None:
    _, faults = lowered(
        **{"doctrine__reserve-for": ["pots"], "defence__battery__protects": ["post"]}
    )
    assert [fault.path for fault in faults] == [
        "doctrine.reserve-for[0]",
        "defence.battery.protects",
    ]


def test_one_allocator_serves_all_blocks() -> None:
    own = {"use": "salvo", "overrides": {"allocator": "greedy"}}
    _, faults = lowered(defence__battery__doctrine=own)
    assert [fault.path for fault in faults] == ["defence.battery.doctrine.overrides.allocator"]


@pytest.mark.parametrize(
    ("doctrine", "words"),
    [
        ({"use": "prim-read", "overrides": {"salvo": 2}}, "no such figure of prim-read"),
        ({"use": "salvo", "overrides": {"damage_rate": 0.1}}, "no such figure of salvo"),
        ({"use": "salvo", "overrides": {"preference": "prim-read"}}, "name another entry"),
        ({"use": "salvo", "overrides": {"reserve.48n7": 2}}, "no such figure of salvo"),
        ({"use": "salvoo"}, "did you mean 'salvo'?"),
    ],
)
def test_fields_that_contradict_each_other_are_told(doctrine, words) -> None:
    for sets in ({"doctrine": doctrine}, {"defence__battery__doctrine": doctrine}):
        with pytest.raises(DocumentError) as caught:
            load(small(**sets))
        assert words in str(caught.value)
