"""YAML as plain data with lines, bounded."""

import contextlib
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bartizan.errors import DocumentError
from bartizan.scenario.library import library_folder
from bartizan.scenario.tree import MAX_FAULTS, MAX_NODES, joined, read_tree


def refused(text):
    with pytest.raises(DocumentError) as caught:
        read_tree(text, "a.yaml")
    return caught.value.faults


@pytest.mark.parametrize("path", sorted(library_folder().glob("*.yaml")), ids=lambda p: p.stem)
def test_it_reads_what_ruamel_reads(path):
    text = path.read_text(encoding="utf-8")
    assert read_tree(text).data == YAML(typ="safe", pure=True).load(text)


def test_each_path_has_its_line():
    lines = read_tree("a: 1\nb:\n  c: [x,\n    {d: 2}]\n  e:\n    - 3\n    - 4\n").lines
    assert lines == {
        "": 1, "a": 1, "b": 2, "b.c": 3, "b.c[0]": 3, "b.c[1]": 4, "b.c[1].d": 4,
        "b.e": 5, "b.e[0]": 6, "b.e[1]": 7,
    }  # fmt: skip


def test_plain_words_follow_yaml_1_2():
    text = "[no, on, 010, 1_000, 2020-01-01, 12:30, 0x1f, 1e3, .5, ~, null, true, '1', 5 km]"
    assert read_tree(text).data == [
        "no", "on", 10, "1_000", "2020-01-01", "12:30", "0x1f", 1000.0, 0.5, None, None,
        True, "1", "5 km",
    ]  # fmt: skip


def test_numbers_beyond_the_range_are_not_exact_or_infinite():
    data = read_tree(f"[{'9' * 30}, 1e999, -.inf, {'9' * 5000}]").data
    assert data[0] == pytest.approx(1e30)
    assert data[1] == math.inf == -data[2] == data[3]


def test_an_alias_stands_for_a_copy():
    data = read_tree("a: &x {k: [1]}\nb: *x\n").data
    data["a"]["k"].append(2)
    assert data["b"] == {"k": [1]}


def test_an_alias_of_itself_or_of_nothing_is_refused():
    assert refused("a: &x [*x]")[0].problem == "unknown alias"
    assert refused("a: *y")[0].given == "*y"


def test_an_alias_bomb_is_refused_before_it_grows():
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    faults = refused("\n".join(["a0: &a0 x", *rows]))
    assert faults[0].problem == "the document holds too many values"
    assert str(MAX_NODES) in faults[0].allowed


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? ", "[{a: ", ": "])
def test_deep_nesting_is_refused(opening):
    assert refused(opening * 5_000)[0].problem in ("nested too deeply", "a key must be a word")


def test_the_first_faults_stop_the_reading():
    assert len(refused("a: 1\n" * 500)) == MAX_FAULTS


@given(text=st.text(st.sampled_from("ab1 \n:-?[]{},&*!|>'\"%@`#\t\\~.é\x00"), max_size=60))
@settings(deadline=None, max_examples=150)
def test_any_text_is_read_or_refused_with_faults(text):
    with contextlib.suppress(DocumentError):
        assert isinstance(read_tree(text).lines, dict)


def test_paths_join_like_people_write_them():
    assert joined(joined(joined("", "raid"), "cruise"), 3) == "raid.cruise[3]"
