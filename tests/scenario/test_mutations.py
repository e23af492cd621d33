"""Whatever is done to the bundled scenarios, they check or tell faults; never a traceback."""

import contextlib
import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bartizan
from bartizan.errors import MAX_FAULTS, BartizanError, DocumentError
from bartizan.scenario import Scenario, load
from bartizan.scenario.library import TEMPLATE
from bartizan.scenario.tree import read_tree
from tests.scenario import mutate
from tests.within import within

LIMIT_S = 10.0
MESSAGE_MAX = 200_000  # characters; nobody scrolls through more
LINES = read_tree(mutate.FILES["coastal-raid"]).lines
PATHS = sorted(path for path in LINES if path)
PLAIN = st.recursive(
    st.sampled_from(mutate.VALUES) | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)
quick = settings(max_examples=50)
proof = settings(max_examples=3_000)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("mutations") / "raid.yaml"


def outcome(*arguments):
    """Return the scenario, or the error with which it was refused, in time."""
    with within(LIMIT_S):
        try:
            return bartizan.check(*arguments)
        except BartizanError as error:
            return error


def is_in_words(error):
    faults = getattr(error, "faults", ())
    return (
        0 < len(str(error).strip()) < MESSAGE_MAX
        and len(faults) <= MAX_FAULTS + 1
        and all(fault.problem.strip() for fault in faults)
    )


def assert_told(*arguments):
    """Assert that a scenario checks, or is refused in words."""
    found = outcome(*arguments)
    assert isinstance(found, Scenario) or is_in_words(found)


def assert_text_is_told(raw, file):
    file.write_bytes(raw)
    assert_told(file)


def assert_tree_is_told(tree, file):
    assert_text_is_told(mutate.as_yaml(tree), file)
    if isinstance(tree, dict):
        assert_told(tree)


@given(raw=mutate.texts())
@quick
def test_a_changed_file_is_told(raw, file):
    assert_text_is_told(raw, file)


@given(tree=mutate.trees())
@quick
def test_a_changed_tree_is_told(tree, file):
    assert_tree_is_told(tree, file)


@given(path=st.sampled_from(PATHS), value=st.sampled_from(mutate.SPLICES + mutate.WORDS))
@quick
def test_any_change_on_the_command_line_is_told(path, value):
    assert_told("coastal-raid", [f"{path}={value}"])


@given(path=st.sampled_from(PATHS), value=PLAIN)
@quick
def test_any_change_in_python_is_told(path, value):
    with contextlib.suppress(DocumentError), within(LIMIT_S):
        assert load("coastal-raid").set(path, value).overrides


@given(data=st.dictionaries(st.sampled_from(["bartizan", "raid", "coastline"]), PLAIN))
@settings(max_examples=20)
def test_any_plain_document_is_told(data):
    assert_told(data)


@pytest.mark.proof
@given(raw=mutate.texts())
@proof
def test_thousands_of_changed_files_are_told(raw, file):
    assert_text_is_told(raw, file)


@pytest.mark.proof
@given(tree=mutate.trees())
@settings(proof, max_examples=6_000)
def test_thousands_of_changed_trees_are_told(tree, file):
    assert_tree_is_told(tree, file)


@pytest.mark.proof
@given(path=st.sampled_from(PATHS), value=st.sampled_from(mutate.SPLICES + mutate.WORDS))
@proof
def test_thousands_of_changes_are_told(path, value):
    assert_told("coastal-raid", [f"{path}={value}"])


def assert_refused(*arguments):
    found = outcome(*arguments)
    assert isinstance(found, DocumentError)
    assert is_in_words(found)


SLOW = {
    "an open quote", "many anchors", "many breaks", "many dashes", "many figures", "many keys",
    "many lines", "many words", "the same key",
}  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.proof if name in SLOW else ())
        for name in mutate.HOSTILE
    ],
)
def test_a_hostile_file_is_refused_in_time(name, file):
    file.write_bytes(mutate.HOSTILE[name].encode("utf-8"))
    assert_refused(file)


@pytest.mark.parametrize("encoding", mutate.ENCODINGS)
def test_another_encoding_is_read_or_named(encoding, file):
    file.write_bytes(f"# Überfall\n{mutate.FILES[TEMPLATE]}".encode(encoding))
    if encoding in ("utf-8", "utf-8-sig"):
        assert bartizan.check(file).name == "my-scenario"
    else:
        assert_refused(file)


def nested():
    return functools.reduce(lambda inner, _: [inner], range(10_000), "x")


def laughing():
    return functools.reduce(lambda inner, _: [inner] * 10, range(12), "lol")


def endless():
    data = {}
    data["a"] = data
    return data


def huge():
    return 10**5000


# Functions, so that no report of a test ever writes such data out.
@pytest.mark.parametrize("made", [nested, laughing, endless, huge])
def test_hostile_data_in_python_are_refused_in_time(made):
    assert_refused({**mutate.TREES[TEMPLATE], "raid": made()})
    with within(LIMIT_S), pytest.raises(DocumentError):
        load(TEMPLATE).set("title", made())


@pytest.mark.parametrize(
    "path", ["a." * 100_000 + "b", "coastline" + "[0]" * 100_000], ids=["keys", "entries"]
)
def test_an_endless_path_is_refused_in_time(path):
    assert_refused(TEMPLATE, [f"{path}=1"])


def test_an_endless_name_of_a_coastline_is_refused():
    assert_refused(TEMPLATE, [f"coastline={'x' * 5000}.geojson"])


def many(block, n, **changes):
    one = next(iter(mutate.TREES["coastal-raid"][block].values()))
    given = {f"one{k}": {**one, **{key: v.format(k) for key, v in changes.items()}}
             for k in range(n)}  # fmt: skip
    return {**mutate.TREES["coastal-raid"], block: given}


@pytest.mark.parametrize(
    "document",
    [
        many("raid", 5_000, threat="drine{}"),
        many("defence", 5_000),
        pytest.param(many("raid", 3_000, target="oen{}") | {"assets": many("assets", 3_000)
                     ["assets"]}, marks=pytest.mark.proof),
    ],
    ids=["unknown threats", "units", "unknown targets"],
)  # fmt: skip
def test_a_crowd_is_refused_in_time(document):
    assert_refused(document)


@pytest.mark.proof
def test_a_crowd_that_is_allowed_checks_in_time():
    with within(LIMIT_S):
        assert len(bartizan.check(many("assets", 10_000) | {"raid": {}}).assets) == 10_000
