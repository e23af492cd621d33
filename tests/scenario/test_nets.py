"""Nets and links in a document: what cannot be is told with its place and a remedy."""

from typing import Any

import pytest

from bartizan.api.running import lowered
from bartizan.errors import DocumentError
from bartizan.scenario.load import load
from bartizan.scenario.nets import net_of_blocks
from tests.simulate.small import SMALL, small

AEW = {"system": "aew-aircraft", "at": {"east": "50 km", "north": "0 km"}}
NETS = {"ours": ["battery"], "allies": ["aew"]}
FEED = {"from": "allies", "to": "ours", "use": "one-way-feed"}


def document(nets: Any = None, links: Any = None) -> dict[str, Any]:
    found = small(nets=nets or NETS, links={"feed": FEED} if links is None else links)
    found["defence"]["aew"] = AEW
    return found


def faults_of(found: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(DocumentError) as told:
        lowered(load(found), "radar")
    return [(fault.path, fault.problem) for fault in told.value.faults]


def test_without_nets_all_share_one() -> None:
    assert net_of_blocks(load(SMALL)) == {"battery": "defence"}


def test_a_unit_in_no_net_is_one_of_its_own() -> None:
    scenario = load(document(nets={"ours": ["battery"]}, links={}))
    assert net_of_blocks(scenario) == {"aew": "aew", "battery": "ours"}


def test_nets_that_shoot_come_first_and_plots_make_two_nets_one() -> None:
    plan = lowered(load(document()), "radar")
    assert plan.names.nets == ("ours", "allies")
    assert plan.names.links == ("feed",)
    assert (plan.rows.n_net, plan.n_shooting) == (2, 1)
    plan = lowered(load(document(links={"feed": FEED | {"use": "integrated"}})), "radar")
    assert plan.names.nets == ("allies+ours",)
    assert (plan.names.links, plan.rows.n_net, plan.rows.n_forwarded) == ((), 1, 0)


@pytest.mark.parametrize(
    ("changes", "path", "problem"),
    [
        ({"nets": {"ours": ["battery"], "allies": ["avw"]}}, "nets.allies[0]", "unknown unit"),
        (
            {"nets": {"ours": ["battery", "aew"], "allies": ["aew"]}},
            "nets.allies[0]",
            "one net",
        ),
        ({"links": {"feed": FEED | {"from": "alies"}}}, "links.feed.from", "unknown net"),
        ({"links": {"feed": FEED | {"to": "allies"}}}, "links.feed.to", "link to itself"),
        ({"links": {"a": FEED, "feed": FEED}}, "links.feed", "second link"),
        ({"links": {"feed": FEED | {"use": "radio"}}}, "links.feed.use", "unknown link"),
        (
            {"links": {"feed": FEED | {"overrides": {"latency": "10 min"}}}},
            "links.feed.overrides",
            "under way",
        ),
        (
            {"links": {"feed": FEED | {"overrides": {"latncy": "3 s"}}}},
            "links.feed.overrides.latncy",
            "",
        ),
    ],
)
def test_nets_and_links_that_cannot_be_are_faults(changes, path, problem) -> None:
    found = faults_of(document(**changes))
    assert any(place == path and problem in words for place, words in found), found


def test_a_link_without_figures_of_tracks_forwards_none() -> None:
    feed = FEED | {"use": "stand-alone", "overrides": {"exchange": "tracks"}}
    found = faults_of(document(links={"feed": feed}))
    assert found[0][0].startswith("links.feed.overrides")


def test_perfect_sensing_knows_no_nets() -> None:
    with pytest.raises(DocumentError, match="perfect sensing"):
        lowered(load(document()), "perfect")
