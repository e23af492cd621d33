"""Changes by path: what they reach, and whose fault they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.errors import DocumentError
from bartizan.scenario import load
from bartizan.scenario.overrides import apply, changed, parse_override, steps_of
from bartizan.scenario.tree import read_tree
from tests.scenario.documents import SMALL


def small(*sets):
    return load(read_tree(SMALL).data, sets)


def fault_of(*sets):
    with pytest.raises(DocumentError) as caught:
        small(*sets)
    assert len(caught.value.faults) == 1, caught.value
    return caught.value.faults[0]


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("duration", ["duration"]),
        ("raid.cruise.via[0].lat", ["raid", "cruise", "via", 0, "lat"]),
        ("figures.48n6e3.range_max", ["figures", "48n6e3.range_max"]),
        (
            "defence.battalion.overrides.48n6e3.kill_probability.other",
            ["defence", "battalion", "overrides", "48n6e3.kill_probability.other"],
        ),
        ("doctrine.overrides.salvo", ["doctrine", "overrides", "salvo"]),
        ("raid.overrides.count", ["raid", "overrides", "count"]),
        ("raid.figures.count", ["raid", "figures", "count"]),
    ],
)
def test_a_path_splits_into_keys_and_keeps_names_of_figures_whole(path, steps):
    assert steps_of(path) == steps


def test_sets_change_numbers_quantities_and_words():
    scenario = small("raid.cruise.count=40", "duration=20 min", "doctrine.roe=weapons-free")
    assert scenario.raid["cruise"].count == 40
    assert scenario.duration_s == 1200.0
    assert scenario.doctrine.roe == "weapons-free"
    assert scenario.overrides == [
        "raid.cruise.count=40",
        "duration=20 min",
        "doctrine.roe=weapons-free",
    ]


def test_sets_reach_lists_figures_and_blocks_that_are_not_there_yet():
    scenario = small(
        "raid.cruise.via[0]={bearing: 280 deg, range: 60 km}",
        "defence.battalion.overrides.48n6e3.range_max=200 km",
        "figures.cruise-missile.rcs=0.05 m2",
        "raid.late={threat: drone, count: 2, from: {east: -30 km, north: 0 km}, target: port}",
    )
    assert scenario.raid["cruise"].via[0].range_m == 60e3
    assert scenario.defence["battalion"].overrides == {"48n6e3.range_max": "200 km"}
    assert scenario.figures == {"cruise-missile.rcs": "0.05 m2"}
    assert scenario.raid["late"].count == 2


def test_a_set_of_null_removes_a_block():
    scenario = small("raid.cruise=null", "civil=null")
    assert scenario.raid == {}
    assert scenario.civil == {}


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        ("raid.cruise.count=-3", "out of range", "did you mean 3?"),
        ("raid.cruise.cuont=3", "unknown key", "did you mean 'count'?"),
        ("raid.criuse.count=3", "no such name in raid", "did you mean 'cruise'?"),
        ("raid.cruise.target=prot", "unknown asset or unit", "did you mean 'port'?"),
        ("tick=60 s", "this time is out of range", ""),
        ("duraton=5 min", "unknown key", "did you mean 'duration'?"),
        ("raid.cruise.via[3].lat=3", "no such entry in the list", ""),
        (
            "raid.cruise.count.x=3",
            "'raid.cruise.count' is no block of keys",
            "shorten the path",
        ),
        ("raid..count=3", "a path has an empty key", ""),
        (
            "figures.48n6e3.rang_max=3 km",
            "no such figure of 48n6e3",
            "did you mean 'range_max'?",
        ),
        ("raid.cruise.every=5", "a time needs a unit", 'write for example "5 s"'),
    ],
)
def test_a_fault_of_a_set_names_the_set_in_place_of_a_line(text, problem, remedy):
    fault = fault_of(text)
    path = text.partition("=")[0]
    assert (fault.path, fault.problem, fault.remedy) == (path, problem, remedy)
    assert (fault.file, fault.line) == (f"--set {text}", 0)
    assert str(fault).startswith(f"--set {text}: ")


def test_a_set_that_spoils_the_block_around_it_is_named():
    fault = fault_of("raid.cruise.from.lat=3")
    assert (fault.path, fault.problem) == ("raid.cruise.from", "a place takes one form")
    assert fault.file == "--set raid.cruise.from.lat=3"


@pytest.mark.parametrize("text", ["raid.cruise", "=4", ""])
def test_a_set_without_path_or_value_is_refused(text):
    fault = fault_of(text)
    assert (fault.problem, fault.given, fault.allowed) == ("not a change", text, "PATH=VALUE")
    assert fault.remedy == 'write for example --set "raid.cruise.count=40"'


def test_a_set_whose_value_is_not_yaml_is_refused():
    fault = fault_of("title=A: [B")
    assert fault.problem.startswith("this is not YAML")
    assert fault.remedy == "put text in quotes: --set 'title=\"A: B\"'"


def test_set_returns_a_new_scenario_and_leaves_the_old():
    before = small()
    after = before.set("raid.cruise.count", 40).set("raid.cruise.every", "7 s")
    assert (before.raid["cruise"].count, after.raid["cruise"].count) == (8, 40)
    assert after.overrides == ["raid.cruise.count=40", "raid.cruise.every=7 s"]
    assert before.scenario_hash != after.scenario_hash
    assert small(*after.overrides).scenario_hash == after.scenario_hash


def test_set_refuses_what_does_not_fit():
    with pytest.raises(DocumentError, match=r"--set raid.cruise.count=-3: raid.cruise.count"):
        small().set("raid.cruise.count", -3)


def test_a_later_set_goes_over_an_earlier_one():
    assert small("raid.cruise.count=2", "raid.cruise.count=3").raid["cruise"].count == 3


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | WORDS
PLAIN = st.recursive(
    SCALARS | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab: -", max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(value=PLAIN)
@settings(deadline=None, max_examples=150)
def test_a_change_made_in_python_reads_back_the_same_from_its_text(value):
    text = changed("a.b", value).text
    assert parse_override(text).value == value


def test_a_change_makes_the_blocks_on_its_way():
    data = {}
    apply(data, changed("doctrine.overrides.salvo", 2))
    assert data == {"doctrine": {"overrides": {"salvo": 2}}}
