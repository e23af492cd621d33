"""What a user reads who made a mistake: where, what was given, what is allowed, the remedy."""

import pytest

from bartizan.errors import DocumentError, Fault
from bartizan.scenario import load
from tests.scenario.documents import SMALL


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


SYSTEM = Fault(
    "defence.battalion.system", "unknown system", "s-40", "s-400", "did you mean 's-400'?"
)
CASES = [
    ("s-400", "s-40", SYSTEM.at("my-raid.yaml", 9)),
    (
        "threat: cruise-missile",
        "threat: cruise-misile",
        Fault(
            "raid.cruise.threat",
            "unknown threat",
            "cruise-misile",
            "cruise-missile, drone, fighter, srbm",
            "did you mean 'cruise-missile'?",
            "my-raid.yaml",
            13,
        ),
    ),
    (
        "airliner",
        "airlines",
        Fault(
            "civil.airway.aircraft",
            "unknown traffic",
            "airlines",
            "airliner, light-aircraft",
            "did you mean 'airliner'?",
            "my-raid.yaml",
            21,
        ),
    ),
    (
        "target: port",
        "target: prot",
        Fault(
            "raid.cruise.target",
            "unknown asset",
            "prot",
            "port",
            "did you mean 'port'?",
            "my-raid.yaml",
            17,
        ),
    ),
    (
        "count: 8",
        "count: -3",
        Fault("raid.cruise.count", "out of range", "-3", "0 or more", "", "my-raid.yaml", 14),
    ),
    (
        "count: 8",
        "count: 8 km",
        Fault(
            "raid.cruise.count",
            "not a whole number",
            "8 km",
            "a whole number without a unit",
            "",
            "my-raid.yaml",
            14,
        ),
    ),
    (
        "every: 5 s",
        "evry: 5 s",
        Fault(
            "raid.cruise.evry",
            "unknown key",
            "evry",
            "threat, count, from, via, target, at, every, spread, speed, altitude, dive, "
            "terminal-altitude, weave, formation, spacing, overrides",
            "did you mean 'every'?",
            "my-raid.yaml",
            18,
        ),
    ),
    (
        "    count: 8\n",
        "",
        Fault(
            "raid.cruise.count",
            "missing",
            "",
            "How many.",
            "add `count: ...`",
            "my-raid.yaml",
            12,
        ),
    ),
    (
        "bartizan: 1",
        "bartizan: 2",
        Fault(
            "bartizan",
            "unknown format version",
            "2",
            "1",
            "this Bartizan reads version 1; write `bartizan: 1`, or install a newer Bartizan",
            "my-raid.yaml",
            1,
        ),
    ),
    (
        "bartizan: 1\n",
        "",
        Fault("bartizan", "missing", "", "1", "begin the file with `bartizan: 1`").at(
            "my-raid.yaml", 1
        ),
    ),
    (
        "{east: 2 km, north: 9 km}",
        "{east: 2 km, lat: -27}",
        Fault(
            "assets.port.at",
            "a place takes one form",
            "lat, east",
            "one of {lat, lon}, {east, north}, {bearing, range}",
            "",
            "my-raid.yaml",
            6,
        ),
    ),
    (
        "name: small",
        "name: my small raid",
        Fault(
            "name",
            "not a name",
            "my small raid",
            "letters, digits, '-' and '_', at most 64, no blanks or dots",
            "write 'my-small-raid'",
            "my-raid.yaml",
            2,
        ),
    ),
    (
        "lat: -27.4, lon: -17.6",
        "lat: -89.9, lon: -17.6",
        Fault(
            "origin.lat",
            "out of range",
            "-89.9",
            "a plain number of degrees from -89.5 to 89.5",
            "",
            "my-raid.yaml",
            3,
        ),
    ),
    (
        "lat: -27.4, lon: -18.2",
        'lat: "27.4 S", lon: -18.2',
        Fault(
            "raid.cruise.via[0].lat",
            "not a plain number",
            "27.4 S",
            "a plain number of degrees from -89.5 to 89.5",
            "write -27.4 for 27.4 S",
            "my-raid.yaml",
            16,
        ),
    ),
    (
        "{bearing: 265 deg, range: 120 km}",
        "{east: 2 km, north: 9 km}",
        Fault(
            "raid.cruise.from",
            "the group starts at its target",
            "port",
            "1 m away or more",
            "move `from`",
            "my-raid.yaml",
            15,
        ),
    ),
    (
        "    count: 3\n",
        "    count: 19999\n",
        Fault(
            "civil.airway.count",
            "too many objects",
            "20007 in all",
            "at most 20000 threats and aircraft in all",
            "",
            "my-raid.yaml",
            22,
        ),
    ),
    (
        "      - {east: 0 km, north: -150 km}\n",
        "",
        Fault(
            "civil.airway.route",
            "too few entries",
            '[{"east": "-20 km", "north": "150 km"}]',
            "2 or more",
            "",
            "my-raid.yaml",
            23,
        ),
    ),
    (
        "duration: 10 min",
        "duration: 0 s",
        Fault(
            "duration",
            "this time is out of range",
            "0 s",
            "more than 0, at most 10 d",
            "",
            "my-raid.yaml",
            4,
        ),
    ),
    (
        "duration: 10 min",
        "duration: 10 min\ntick: 20 s",
        Fault("tick", "this time is out of range", "20 s", "0.1 s to 10 s").at(
            "my-raid.yaml", 5
        ),
    ),
    (
        "duration: 10 min",
        "duration: 10 min\ndoctrine: {roe: weapons-tigth}",
        Fault(
            "doctrine.roe",
            "not one of the known words",
            "weapons-tigth",
            "weapons-tight, weapons-free",
            "did you mean 'weapons-tight'?",
            "my-raid.yaml",
            5,
        ),
    ),
    (
        "duration: 10 min",
        "duration: 10 min\ndoctrine: {use: salvos}",
        Fault(
            "doctrine.use",
            "unknown doctrine",
            "salvos",
            "salvo, shoot-look-shoot",
            "did you mean 'salvo'?",
            "my-raid.yaml",
            5,
        ),
    ),
]


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
        ("range: -5 km", "this length is out of range", ""),
    ],
)
def test_a_quantity_without_its_unit_is_refused(tmp_path, written, problem, remedy):
    fault = one(tmp_path, "range: 120 km", written)
    assert fault.problem.startswith(problem)
    assert fault.remedy == remedy
    assert (fault.path, fault.line) == ("raid.cruise.from.range", 15)
    assert fault.allowed


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
