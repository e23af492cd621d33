"""Levels of integration side by side: who is taken for whom, and who was not there."""

import copy

from bartizan.reports.nets import Levels

SIDE = {"present": 3, "engaged": 1, "declared_hostile": 2, "mistaken": 5}
RUN = {
    "threats": {"total": {"leaked": 4}},
    "rounds": {"fired": {"48n6e3": 7}},
    "civil": {"engaged": 0, "lost": 0},
    "identification": {"hostile": SIDE, "civil": SIDE, "friend": SIDE},
    "reach": {"first_tracked_m": 9e4, "first_shot_m": 5e4, "first_shot_s": 100.0},
    "tracker": {"duplicate": 0.5},
}


def printed(**sides):
    run = copy.deepcopy(RUN)
    run["identification"].update(sides)
    levels = [{"level": "voice", "runs": [run]}]
    head = {
        "scenario": "small",
        "title": "",
        "seed": 1,
        "replications": 1,
        "figures": "nominal",
    }
    text = repr(Levels(head | {"levels": levels}))
    return {line[:24].strip(): line[24:].strip() for line in text.splitlines()}


def test_who_was_taken_for_whom_is_told_by_side():
    table = printed(friend=SIDE | {"declared_hostile": 1, "engaged": 0})
    assert table["civil taken for hostile"] == "2.00"
    assert table["own taken for hostile"] == "1.00"
    assert table["own engaged"] == "0.00"
    assert table["hostile taken for other"] == "5.00"


def test_of_a_side_that_is_not_there_nothing_is_told():
    assert printed(friend=SIDE | {"present": 0})["own engaged"] == "–"
