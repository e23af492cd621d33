"""What the fast reader reads is what ruamel.yaml reads; anything else it leaves to ruamel."""

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bartizan.catalogue.plain import NotPlain, read_plain

DATA = files("bartizan.catalogue") / "data"
BUNDLED = [DATA / "sources.yaml"] + [
    each for kind in DATA.iterdir() if kind.is_dir() for each in kind.iterdir()
]
# Pieces that are plain, nearly plain, and traps of the language.
WORDS = (
    "a", "key", "240 km", "-1 deg", "1", "-2", "0.5", "1e-6", "1.", "true", "yes", "null",
    "~", "012", "0x1f", "1_000", "2018-04-13", "'it'", '"a: b"', "it's", "a#b", "a #b",
    "a: b", "#", "&x", "*x", "!t", "|", ">-", ">", "-", "- x", "? x", "%", "@", "`", "[1, 2]",
    "[a, [b]]", "{a: 1}", "{a: {b: 2}}", "{a, b}", "[", "}", ",", "a,b", "{}", "[]", ".inf",
    ".nan", "1:30", "12:30:45", "<<", "=", "é", "a  b",
)  # fmt: skip
LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(("", "  ", "    ", "   ")),
    st.sampled_from(
        ("", "a: ", "b: ", "c:", "- ", "a:", "1: ", "true: ", "d:  ", "- a: ", "-  b: ", "- c:")
    ),
    st.sampled_from(WORDS) | st.just(""),
    st.sampled_from(("", "", " ", " # note", "#")),
)


def by_ruamel(text):
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.name)
def test_every_bundled_file_is_read_as_ruamel_reads_it(path):
    text = path.read_text(encoding="utf-8")
    assert read_plain(text) == by_ruamel(text)


def test_a_map_beside_its_dash_is_read():
    text = "a:\n  - b: one\n    c: >-\n      two\n      words\n  - b: [2]\nd: 3"
    assert read_plain(text) == by_ruamel(text)
    assert read_plain(text)["a"] == [{"b": "one", "c": "two words"}, {"b": [2]}]


def same(one, other):
    """Return whether two values are equal, and of the same types all the way down."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


@settings(deadline=None, max_examples=300)
@given(lines=st.lists(LINES, min_size=1, max_size=6))
def test_it_never_reads_anything_else_than_ruamel_does(lines):
    text = "\n".join(lines)
    try:
        value = read_plain(text)
    except NotPlain:
        return
    try:
        oracle = by_ruamel(text)
    except YAMLError:
        pytest.fail(f"read what is not YAML: {text!r}")
    assert same(value, oracle), (text, value, oracle)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    "frame",
    [
        "a: {}",
        "a: [{}]",
        "a: [x, {}, y]",
        "a: {{k: {}}}",
        "a:\n  - {}",
        "a:\n  - b: {}\n    c: 1",
        "a: >-\n  {}\n  b",
    ],
)
def test_every_piece_in_every_place_is_read_as_ruamel_does_or_left_to_it(frame, word):
    text = frame.format(word)
    try:
        value = read_plain(text)
    except NotPlain:
        return
    assert same(value, by_ruamel(text)), (text, value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment",
        "a: 1\n---\nb: 2",
        "a: &x 1",
        "a: 2018-04-13",
        "a:\n\t- b",
        "a: 1\na: 2",
    ],
)
def test_what_is_not_plain_is_left_to_ruamel(text):
    with pytest.raises(NotPlain):
        read_plain(text)
