"""Whatever is done to the bundled scenario, it loads or it tells faults; never a traceback."""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.errors import DocumentError
from bartizan.scenario import Scenario, load
from bartizan.scenario.library import bundled_path
from bartizan.scenario.tree import read_tree

TEXT = bundled_path("coastal-raid").read_text(encoding="utf-8")
LINES = read_tree(TEXT).lines
PATHS = sorted(path for path in LINES if path)
VALUES = [
    "", "0", "-1", "1e308", ".nan", "[]", "{}", "[[]]", "{a: 1}", "true", "nm", "5", "5 km",
    "-5 km", "5 s", "1e9 km", "900 deg", "'", "*a", "&a 1", "!x", "é", "\t", "9" * 20,
    "[1, 2, 3]", "{lat: 90, lon: 0}", "{east: 1 km}", "drone", "../..", "\x00", "2", "9 d",
]  # fmt: skip


def outcome(*arguments):
    """Return the scenario, or the faults with which it was refused."""
    try:
        return load(*arguments)
    except DocumentError as error:
        return [fault.problem for fault in error.faults]


def is_told(result):
    return isinstance(result, Scenario) or (result and all(result))


@given(
    edits=st.lists(
        st.tuples(st.integers(0, len(TEXT) - 1), st.integers(0, 12), st.sampled_from(VALUES)),
        min_size=1,
        max_size=3,
    )
)
@settings(deadline=None, max_examples=60)
def test_spliced_text_loads_or_tells_faults(edits, tmp_path_factory):
    text = TEXT
    for start, n, value in edits:
        text = text[:start] + value + text[start + n :]
    path = tmp_path_factory.mktemp("mutations") / "raid.yaml"
    path.write_text(text, encoding="utf-8")
    assert is_told(outcome(path))


@given(path=st.sampled_from(PATHS), value=st.sampled_from(VALUES))
@settings(deadline=None, max_examples=100)
def test_any_value_anywhere_loads_or_tells_faults(path, value):
    assert is_told(outcome("coastal-raid", [f"{path}={value}"]))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(path=st.sampled_from(PATHS), value=PLAIN)
@settings(deadline=None, max_examples=60)
def test_any_python_value_anywhere_fits_or_is_refused(path, value):
    scenario = load("coastal-raid")
    with contextlib.suppress(DocumentError):
        assert scenario.set(path, value).overrides


@given(data=st.dictionaries(st.sampled_from(["bartizan", "raid", "coastline"]), PLAIN))
@settings(deadline=None, max_examples=25)
def test_any_plain_document_is_refused_with_faults(data):
    assert isinstance(outcome(data), list)
