"""A study that was stopped, damaged or made longer ends with the same bits as one in one go."""

import json
import shutil

import pytest

import bartizan
from bartizan import BartizanError, RunError
from bartizan.archive.study import LOG
from tests.commands import left_in, small_disk
from tests.studies.inprocess import AtOnce, Stopped, content, use
from tests.test_api import TINY

N = 22  # five draws, the last one of two replications


def studied(folder, n=N, **options):
    return bartizan.study(TINY, n, out=folder, **options)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The folder of a study that was made in one go, with its events."""
    folder = tmp_path_factory.mktemp("whole") / "study"
    with pytest.MonkeyPatch.context() as monkeypatch:
        use(monkeypatch, AtOnce())
        studied(folder, record="events")
    return folder


def last_line(folder):
    return json.loads((folder / LOG).read_text().splitlines()[-1])


@pytest.mark.parametrize("stop_after", [0, 1, 3, 4])
def test_a_stopped_study_goes_on_and_ends_with_the_same_bits(
    tmp_path, monkeypatch, whole, stop_after
):
    use(monkeypatch, AtOnce(stop_after), window=1)
    with pytest.raises(Stopped):
        studied(tmp_path / "one", record="events")
    again = use(monkeypatch, AtOnce())
    studied(tmp_path / "one", record="events")
    assert content(tmp_path / "one") == content(whole)
    assert again.n == 5 - stop_after  # a chunk is a draw here: no finished one is made again


def test_a_whole_study_is_not_made_again(tmp_path, monkeypatch, whole):
    never = use(monkeypatch, AtOnce(stop_after=0))
    before = content(whole)
    assert studied(whole, record="events").document["replications"] == N
    assert never.n == 0
    assert content(whole) == before


def test_a_longer_study_begins_with_the_shorter_one(tmp_path, monkeypatch, whole):
    use(monkeypatch, AtOnce())
    studied(tmp_path / "one", 10, record="events")
    longer = use(monkeypatch, AtOnce())
    studied(tmp_path / "one", N, record="events")
    assert longer.n == 3
    assert content(tmp_path / "one") == content(whole)


@pytest.mark.parametrize("table", ["replications", "events"])
def test_a_damaged_part_is_named_and_made_again(tmp_path, monkeypatch, table):
    use(monkeypatch, AtOnce())
    folder = studied(tmp_path / "one", record="events").directory
    before = content(folder)
    part = sorted((folder / table).iterdir())[1]
    part.write_bytes(part.read_bytes()[:-9] + b"scratched")
    with pytest.raises(RunError, match=rf"(?s){part.name}.*damaged.*repeat the command"):
        bartizan.open_study(folder)
    again = use(monkeypatch, AtOnce())
    studied(folder, record="events")
    assert content(folder) == before
    assert again.n == 1
    assert last_line(folder)["damaged"] == [f"{table}/{part.name}"]


def test_a_missing_part_is_named_and_made_again(tmp_path, monkeypatch):
    use(monkeypatch, AtOnce())
    folder = studied(tmp_path / "one").directory
    before = content(folder)
    part = sorted((folder / "replications").iterdir())[0]
    part.unlink()
    with pytest.raises(RunError, match=part.name):
        bartizan.sql(folder, "select 1")
    studied(folder)
    assert content(folder) == before


def test_an_unfinished_study_can_be_asked_but_has_no_summary(tmp_path, monkeypatch):
    use(monkeypatch, AtOnce(stop_after=3), window=1)
    with pytest.raises(Stopped):
        studied(tmp_path / "one")
    assert bartizan.sql(tmp_path / "one", "select count(*) from replications").rows == [(15,)]
    with pytest.raises(RunError, match=r"not made to its end(?s:.)*repeat its command"):
        _ = bartizan.open_study(tmp_path / "one").document


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sets": ["raid.cruise.count=3"]}, "another scenario hash"),
        ({"seed": 2}, r"another seed(?s:.)*given: +2(?s:.)*there: +1"),
        ({"figures": "nominal"}, "another figures"),
        ({"record": "none"}, "another record"),
        ({"vary": ["raid.cruise.count=1,2"]}, "another design"),
        ({"n": 5}, r"more replications than are asked for(?s:.)*-n 22"),
    ],
)
def test_the_folder_of_another_study_is_refused(monkeypatch, whole, change, words):
    use(monkeypatch, AtOnce(stop_after=0))
    before = content(whole)
    with pytest.raises(RunError, match=words):
        studied(whole, **{"record": "events", **change})
    assert content(whole) == before


def test_a_folder_of_something_else_is_left_alone(tmp_path, monkeypatch):
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(RunError, match=r"holds 'thesis.tex'(?s:.)*--out"):
        studied(tmp_path)
    assert left_in(tmp_path) == ["thesis.tex"]
    run = bartizan.run(TINY, out=tmp_path / "run", record="none").directory
    with pytest.raises(RunError, match="not the manifest of a study"):
        studied(run)


def test_a_study_killed_before_its_manifest_goes_on(tmp_path, monkeypatch):
    use(monkeypatch, AtOnce())
    raid = bartizan.load("coastal-raid", ["duration=20 s", "raid={}", "civil={}"])
    bartizan.study(raid, 1, out=tmp_path / "whole", figures="nominal")
    (tmp_path / "one").mkdir()
    for name in ("scenario.yaml", "coast.geojson"):
        shutil.copy(tmp_path / "whole" / name, tmp_path / "one" / name)
    bartizan.study(raid, 1, out=tmp_path / "one", figures="nominal")
    assert content(tmp_path / "one") == content(tmp_path / "whole")


def test_a_scenario_of_the_user_s_is_left_alone(tmp_path, monkeypatch):
    (tmp_path / "scenario.yaml").write_text("# mine")
    with pytest.raises(RunError, match=r"holds 'scenario.yaml'(?s:.)*--out"):
        studied(tmp_path)
    assert (tmp_path / "scenario.yaml").read_text() == "# mine"


def test_two_studies_in_one_folder_the_second_is_refused(tmp_path, monkeypatch):
    refused = []

    def meanwhile(made):
        if not refused:
            with pytest.raises(RunError) as caught:
                studied(tmp_path / "one")
            refused.append(str(caught.value))
        return made

    use(monkeypatch, AtOnce(change=meanwhile))
    studied(tmp_path / "one")
    assert "another study is being written here" in refused[0]


def test_a_disk_that_fills_keeps_what_is_finished(tmp_path, monkeypatch, whole):
    with small_disk(tmp_path / "disk", 256) as is_small:
        if not is_small:
            pytest.skip("no small disk can be mounted here")
        use(monkeypatch, AtOnce())
        with pytest.raises(RunError, match=r"the disk is full"):
            studied(tmp_path / "disk" / "one", 500)
        kept = bartizan.sql(tmp_path / "disk" / "one", "select count(*) from replications")
        assert kept.rows[0][0] > 0


def test_a_folder_that_vanishes_is_told(tmp_path, monkeypatch):
    folder = tmp_path / "one"

    def vanish(made):
        shutil.rmtree(folder / "replications", ignore_errors=True)
        return made

    use(monkeypatch, AtOnce(change=vanish))
    with pytest.raises(RunError, match=r"cannot be written: there is no such folder"):
        studied(folder)


def other(**fields):
    return lambda made: made._replace(machine=made.machine._replace(**fields))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"version": "0.0.9"}, r"another version(?s:.)*given: +0.0.9(?s:.)*allowed: +0.1.0"),
        ({"code": "cafe"}, r"another version(?s:.)*cafe"),
        ({"fingerprint": "f00d"}, r"other last bits(?s:.)*f00d(?s:.)*--mixed-machines"),
    ],
)
def test_workers_of_another_kind_are_refused(tmp_path, monkeypatch, fields, words):
    use(monkeypatch, AtOnce(change=other(**fields)))
    with pytest.raises(BartizanError, match=words):
        studied(tmp_path / "one")


def test_mixed_machines_may_help_and_the_study_says_so(tmp_path, monkeypatch):
    use(monkeypatch, AtOnce(change=other(fingerprint="f00d")))
    made = studied(tmp_path / "one", mixed_machines=True)
    assert made.document["mixed"] == ["f00d"]
    assert "MIXED MACHINES" in repr(made)
