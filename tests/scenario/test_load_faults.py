"""What a user reads who made a mistake: where, what was given, what is allowed, the remedy."""

import pytest

from bartizan.errors import MAX_FAULTS, DocumentError
from bartizan.scenario import load
from tests.scenario.documents import SMALL
from tests.scenario.mistakes import CASES


def faults_of(tmp_path, text, *sets):
    path = tmp_path / "my-raid.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(DocumentError) as caught:
        load(path, sets)
    return [shortened(fault, path) for fault in caught.value.faults]


def shortened(fault, path):
    return fault.at(fault.file.replace(str(path), path.name), fault.line)


def one(tmp_path, old, new, *sets):
    assert SMALL.count(old) >= 1
    faults = faults_of(tmp_path, SMALL.replace(old, new, 1), *sets)
    assert len(faults) == 1, faults
    return faults[0]


@pytest.mark.parametrize(("old", "new", "fault"), CASES, ids=lambda case: str(case)[:24])
def test_a_mistake_is_told_with_its_line_and_remedy(tmp_path, old, new, fault):
    assert one(tmp_path, old, new) == fault


@pytest.mark.parametrize(
    ("written", "problem", "remedy"),
    [
        ("range: 120", "a length needs a unit", 'write for example "120 m"'),
        ("range: 65 nm", "'nm' could be", "for nautical miles write 'nmi'"),
        ("range: 120 s", "'s' is a unit of time, not of length", ""),
        ("range: 120 kms", "unknown unit 'kms'", "did you mean 'km'?"),
        ("range: far", "not a length", ""),
        ("range: .inf", "not a", ""),
        ("range: -5 km", "this length is out of range", "did you mean '5 km'?"),
    ],
)
def test_a_quantity_without_its_unit_is_refused(tmp_path, written, problem, remedy):
    fault = one(tmp_path, "range: 120 km", written)
    assert fault.problem.startswith(problem)
    assert fault.remedy == remedy
    assert (fault.path, fault.line) == ("raid.cruise.from.range", 15)
    assert fault.allowed


@pytest.mark.parametrize(
    ("value", "remedy"),
    [("0", ""), ("-6", "did you mean 6?"), ("-0.5", "did you mean 0.5?"), ("1e99", "")],
)
def test_a_number_out_of_range_is_asked_back_only_if_its_sign_is_wrong(tmp_path, value, remedy):
    fault = one(tmp_path, "value: 6", f"value: {value}")
    assert (fault.path, fault.problem) == ("assets.port.value", "out of range")
    assert fault.remedy == remedy


def test_all_mistakes_are_told_at_once_in_order_of_lines(tmp_path):
    text = SMALL.replace("s-400", "s-401").replace("count: 8", "count: many")
    text = text.replace("every: 5 s", "every: 5").replace("airliner", "airlines")
    faults = faults_of(tmp_path, text, "raid.cruise.cuont=3", "tick")
    assert [(fault.file, fault.line) for fault in faults] == [
        ("my-raid.yaml", 9),
        ("my-raid.yaml", 14),
        ("my-raid.yaml", 18),
        ("my-raid.yaml", 21),
        ("--set raid.cruise.cuont=3", 0),
        ("--set tick", 0),
    ]


def test_a_repeated_key_is_told_with_both_lines(tmp_path):
    fault = one(tmp_path, "every: 5 s", "every: 5 s\n    count: 9")
    assert str(fault).startswith(
        "my-raid.yaml:19: raid.cruise.count: the key 'count' is repeated"
    )
    assert fault.given == "lines 14 and 19"
    assert fault.remedy == "remove or rename one"


def test_a_repeated_name_of_a_group_is_told_with_both_lines(tmp_path):
    fault = one(tmp_path, "civil:\n", "  cruise: {threat: drone}\ncivil:\n")
    assert (fault.path, fault.given) == ("raid.cruise", "lines 12 and 19")


@pytest.mark.parametrize(
    ("old", "new", "line", "remedy"),
    [
        ("count: 8", "count: [8", 14, "close the bracket"),
        ("    count: 8", "\tcount: 8", 14, "indent with spaces, not tabs"),
        ("    count: 8", "   count: 8", 14, "indent the keys of one block alike"),
        ("name: small", "title: A: B", 2, "put text with ': ' in quotes"),
        ("name: small", "name: 'small", 2, "close the quote"),
    ],
)
def test_text_that_is_not_yaml_is_told_with_its_line(tmp_path, old, new, line, remedy):
    fault = one(tmp_path, old, new)
    assert fault.problem.startswith("this is not YAML: ")
    assert fault.line == line
    assert fault.remedy.startswith(remedy)


def test_overrides_of_unknown_figures_name_the_nearest(tmp_path):
    block = "system: s-400\n    overrides: {48n6e3.range_mx: 200 km, launchers: 6 km}"
    faults = faults_of(tmp_path, SMALL.replace("system: s-400", block))
    assert [fault.line for fault in faults] == [10, 10]
    assert faults[0].path == "defence.battalion.overrides.48n6e3.range_mx"
    assert "range_max" in faults[0].remedy
    assert faults[1].problem == "a count has no unit"


def test_pins_of_unknown_figures_name_the_nearest(tmp_path):
    fault = one(tmp_path, "civil:", "figures:\n  48n6e3.range_maxx: 200 km\ncivil:")
    assert fault.path == "figures.48n6e3.range_maxx"
    assert (fault.line, "range_max" in fault.remedy) == (20, True)


def test_a_loadout_names_interceptors_of_its_system(tmp_path):
    faults = faults_of(
        tmp_path, SMALL.replace("system: s-400", "system: s-400\n    loadout: {48n6e: 0.5}")
    )
    assert faults[0].problem == "unknown interceptor of s-400"
    assert (faults[0].remedy, faults[0].line) == ("did you mean '48n6e3'?", 10)
    assert faults[1].problem == "shares of a loadout make up the whole"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"", "the file is empty"),
        (b"# only a comment\n", "the file is empty"),
        (b"- 1\n- 2\n", "not a scenario"),
        (b"just words", "not a scenario"),
        (b"title: caf\xe9\n", "the file is not UTF-8"),
        (b"\xff\xfeb\x00", "the file is not UTF-8"),
        (b"a: \x00", "this is not YAML"),
        (b"a: 1\n---\nb: 2\n", "a second document begins"),
        (b"#" * (1 << 20) + b"#", "the file is too large"),
        (b"[" * 100_000, "nested too deeply"),
        (b"a: !!python/object:os.system {}", "tags are not used here"),
    ],
)
def test_a_file_that_holds_no_scenario_is_refused(tmp_path, text, problem):
    faults = faults_of(tmp_path, text)
    assert len(faults) == 1
    assert faults[0].problem.startswith(problem)
    assert faults[0].file == "my-raid.yaml"


def test_bytes_that_are_not_utf8_are_told_with_their_line(tmp_path):
    fault = faults_of(tmp_path, SMALL.encode() + b"# caf\xe9")[0]
    assert (fault.line, fault.given, fault.remedy) == (
        27,
        "byte 0xe9",
        "save it with the encoding UTF-8",
    )


def test_a_missing_file_names_the_nearest(tmp_path):
    (tmp_path / "my-raid.yaml").write_text(SMALL)
    with pytest.raises(DocumentError, match=r"no such file\n.*did you mean 'my-raid.yaml'"):
        load(tmp_path / "my-rade.yaml")
    with pytest.raises(DocumentError, match="there is no folder"):
        load(tmp_path / "nowhere" / "my-raid.yaml")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(DocumentError, match="this is a folder"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["costal-raid", "coastal", "coastal raid"])
def test_an_unknown_scenario_names_the_nearest(name):
    with pytest.raises(DocumentError) as caught:
        load(name)
    fault = caught.value.faults[0]
    assert fault.problem == "unknown scenario"
    assert fault.given == name
    assert "coastal-raid" in fault.allowed
    assert fault.remedy == "did you mean 'coastal-raid'?"


@pytest.mark.parametrize("name", ["", "?", "a\0b", "x" * 5000])
def test_a_name_like_nothing_is_refused(name):
    with pytest.raises(DocumentError):
        load(name)


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted():
    document = {"bartizan": 1, "origin": {"lat": 0, "lon": 0}, "duration": "1 min"}
    document["assets"] = {f"a{k}": 1 for k in range(1500)}
    with pytest.raises(DocumentError) as told:
        load(document)
    faults = told.value.faults
    assert len(faults) == MAX_FAULTS + 1
    assert faults[-1].problem == f"and {1500 - MAX_FAULTS:,} more faults"
