"""A user's own catalogue lies over the bundled one, reaches the run, and tells its faults."""

import json
from pathlib import Path

import pytest

import bartizan
from bartizan.catalogue import bundled_catalogue, own_catalogue
from bartizan.errors import DocumentError, RunError
from tests.test_api import TINY

DATA = Path(bartizan.__file__).parent / "catalogue" / "data"
DRONE = (DATA / "threats" / "drone.yaml").read_text()
MINE = DRONE.replace("id: drone", "id: my-drone").replace("name: One-way", "name: My one-way")


class Own:
    """A folder of one's own, filled file by file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, text: str) -> "Own":
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return self

    def faults(self):
        with pytest.raises(DocumentError) as caught:
            own_catalogue(self.path)
        return caught.value.faults

    def fault(self):
        faults = self.faults()
        assert len(faults) == 1, [str(fault) for fault in faults]
        return faults[0]

    def line(self, name: str, start: str) -> int:
        lines = (self.path / name).read_text().splitlines()
        return next(n for n, line in enumerate(lines, 1) if line.strip().startswith(start))


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Own(Path("mine")).write("threats/my-drone.yaml", MINE)


def with_threat(name):
    group = TINY["raid"]["cruise"] | {"threat": name}
    return TINY | {"raid": {"cruise": group}}


def test_entries_are_added_and_the_bundled_ones_stay(own):
    found = own_catalogue("mine")
    assert set(found.entries) == {*bundled_catalogue().entries, "my-drone"}
    assert found.own == ("my-drone",)
    assert found.hash != bundled_catalogue().hash


def test_an_entry_of_a_bundled_id_replaces_it(own):
    own.write("threats/drone.yaml", DRONE.replace("nominal: 51 m/s", "nominal: 52 m/s"))
    assert own_catalogue("mine").entries["drone"].figures["speed"].nominal == "52 m/s"
    assert bundled_catalogue().entries["drone"].figures["speed"].nominal == "51 m/s"


def test_a_bundled_entry_repeated_word_for_word_is_the_same_catalogue(own):
    (own.path / "threats/my-drone.yaml").unlink()
    own.write("threats/drone.yaml", DRONE)
    assert own_catalogue("mine").hash == bundled_catalogue().hash


def test_sources_are_added_and_replaced(own):
    own.write(
        "sources.yaml",
        "mine:\n  {title: T, publisher: Me, date: '2026', access: recalled, grade: D}\n"
        "cbc22: {title: Other, publisher: P, date: '2022', access: seen, grade: B,"
        " url: 'https://example.org'}\n",
    )
    own.write("threats/my-drone.yaml", MINE.replace("{source: wiki_shahed,", "{source: mine,"))
    found = own_catalogue("mine")
    assert found.sources["mine"].publisher == "Me"
    assert found.sources["cbc22"].title == "Other"
    assert found.sources["skolnik"] == bundled_catalogue().sources["skolnik"]


def test_a_figure_without_a_source_is_told_with_file_and_line(own):
    name = "threats/my-drone.yaml"
    own.write(name, MINE.replace("      - {source: cbc22,", "      - {source: cbc2,"))
    assert [fault.remedy for fault in own.faults()] == ["did you mean 'cbc22'?"]
    text = MINE.replace(
        "    sources:\n      - {source: cbc22, value: 185 km/h, provenance: seen}\n", ""
    )
    fault = own.write(name, text).fault()
    assert (fault.file, fault.path) == (f"mine/{name}", "figures.speed.provenance")
    assert fault.line == own.line(name, "provenance: seen")
    assert "assumed" in fault.remedy


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("  rcs:", "  rsc:", "figures.rsc", "did you mean 'rcs'?"),
        ("motion: route", "motion: rout", "choices.motion", "did you mean 'route'?"),
        ("kind: threat", "kind: threats", "kind", "Input should be"),
        ("nominal: 51 m/s", "nominal: 51", "figures.speed.nominal", "needs a unit"),
        ("id: my-drone", "id: 400", "id", "put it in quotes"),
        ("id: my-drone", "id: airliner", "kind", "that it replaces is a traffic"),
    ],
)
def test_a_mistake_is_found_where_it_stands(own, old, new, path, words):
    faults = own.write("threats/my-drone.yaml", MINE.replace(old, new)).faults()
    (found,) = [fault for fault in faults if fault.path == path]
    assert words in str(found)
    assert found.file == "mine/threats/my-drone.yaml"
    assert found.line > 0


def test_an_id_used_twice_names_the_other_file(own):
    fault = own.write("threats/other.yaml", MINE).fault()
    assert (fault.file, fault.path) == ("mine/threats/other.yaml", "id")
    assert "mine/threats/my-drone.yaml" in fault.problem


def test_a_fact_may_not_take_the_name_of_a_figure(own):
    fact = (
        "facts:\n  rcs: {meaning: m, sources: [{source: ndtv26, provenance: seen, note: n}]}\n"
    )
    fault = own.write("threats/my-drone.yaml", MINE + fact).fault()
    assert (fault.path, fault.problem) == ("facts.rcs", "a figure has that name")


def test_an_answer_names_figures_and_facts_that_exist(own):
    answers = "answers:\n  - claim: c\n    answer: a\n    figures: [speed, s-400.price, {}]\n"
    name = "threats/my-drone.yaml"
    own.write(name, MINE + answers.format("48n6e3.kill_probability.drone"))
    assert own_catalogue("mine").entries["my-drone"].answers
    for wrong, near in (("sped", "speed"), ("s-400.prise", "s-400.price")):
        fault = own.write(name, MINE + answers.format(wrong)).fault()
        assert fault.path == "answers[0].figures[2]"
        assert fault.remedy == f"did you mean '{near}'?"
        assert fault.line > MINE.count("\n")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("min", "no such folder.*did you mean 'mine'"),
        ("nowhere/at/all", "no such folder"),
        ("a-file", "this is a file"),
        ("empty", "holds no entry"),
        ("only-sources", "holds no entry"),
        ("stray", r"stray/x\.yml: not in a folder of its kind"),
    ],
)
def test_a_folder_that_is_none_is_told(own, given, words):
    Path("a-file").touch()
    Path("empty").mkdir()
    Own(Path("only-sources")).write("sources.yaml", "{}\n")
    Own(Path("stray")).write("x.yml", MINE)
    with pytest.raises(DocumentError, match=f"(?s){words}"):
        own_catalogue(given)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "a: 2001-99-99\n",
        "1: 2\n",
        "- 1\n",
        "id: [1\n",
        "\x00",
        "? {a: b}\n: 1\n",
        "",
    ],
)
def test_no_text_whatever_ends_in_anything_but_faults(own, text):
    own.write("threats/bad.yaml", text).write("sources.yaml", text)
    with pytest.raises(DocumentError):
        own_catalogue("mine")


def test_a_scenario_may_name_what_only_the_own_catalogue_has(own):
    with pytest.raises(DocumentError, match="unknown threat"):
        bartizan.load(with_threat("my-drone"))
    scenario = bartizan.load(with_threat("my-drone"), catalogue="mine")
    changed = scenario.set("raid.cruise.count", 5)
    assert scenario.catalogue.own == changed.catalogue.own == ("my-drone",)
    assert bartizan.load(TINY).catalogue is bundled_catalogue()
    with pytest.raises(DocumentError, match="did you mean 'my-drone'"):
        scenario.set("raid.cruise.threat", "my-dron")


def test_a_loaded_scenario_takes_another_catalogue(own):
    scenario = bartizan.load(bartizan.load(TINY), ["raid.cruise.threat=my-drone"], "mine")
    assert scenario.raid["cruise"].threat == "my-drone"


def test_pins_and_overrides_reach_the_own_entries(own):
    document = with_threat("my-drone") | {"figures": {"my-drone.speed": "60 m/s"}}
    assert bartizan.check(document, catalogue="mine").figures == {"my-drone.speed": "60 m/s"}
    document["figures"] = {"my-drone.sped": "60 m/s"}
    with pytest.raises(DocumentError, match="did you mean 'speed'"):
        bartizan.load(document, catalogue="mine")


def test_the_run_keeps_the_catalogue_and_can_be_run_again_from_its_folder(own):
    own.write("sources.yaml", "{}\n")
    made = bartizan.run(with_threat("my-drone"), catalogue="mine", out="out", record="none")
    manifest = json.loads(Path("out/manifest.json").read_text())
    assert manifest["catalogue"] == "mine"
    assert manifest["catalogue_hash"] == own_catalogue("mine").hash
    assert {"catalogue/sources.yaml", "catalogue/threats/my-drone.yaml"} <= {*manifest["files"]}
    assert Path("out/catalogue/threats/my-drone.yaml").read_text() == MINE
    assert "catalogue: mine, laid over the bundled one" in repr(bartizan.summarise(made))
    again = bartizan.run("out/scenario.yaml", catalogue="out/catalogue", record="none")
    assert again.manifest["run_hash"] == made.manifest["run_hash"]
    assert bartizan.open_run("out").manifest["catalogue"] == "mine"


def test_the_catalogue_is_part_of_what_a_run_is(own):
    names = {
        bartizan.run(TINY, catalogue=given, record="none").manifest["run"]
        for given in (None, "mine")
    }
    assert len(names) == 2


def test_a_run_with_its_catalogue_is_replaced_and_anything_else_in_it_is_left_alone(own):
    for _ in range(2):
        bartizan.run(TINY, catalogue="mine", out="out", record="none")
    bartizan.run(TINY, seed=2, out="out", record="none", force=True)
    assert not Path("out/catalogue").exists()
    bartizan.run(TINY, catalogue="mine", out="out", record="none", force=True)
    Path("out/catalogue/threats/notes.txt").write_text("mine")
    with pytest.raises(RunError, match=r"catalogue/threats/notes\.txt.*left alone"):
        bartizan.run(TINY, catalogue="mine", out="out", record="none", force=True)


def test_a_changed_copy_of_the_catalogue_is_a_damaged_run(own):
    bartizan.run(TINY, catalogue="mine", out="out", record="none")
    Path("out/catalogue/threats/my-drone.yaml").unlink()
    with pytest.raises(RunError, match=r"my-drone\.yaml is missing"):
        bartizan.open_run("out")


def test_the_list_marks_what_is_the_users_own(own):
    listed = bartizan.entries("mine")
    assert [entry["id"] for entry in listed if entry["is_own"]] == ["my-drone"]
    assert "My one-way attack drone (own)" in repr(listed)
    assert "--catalogue mine" in repr(bartizan.entry("my-drone", catalogue="mine"))
