"""A replication of a study, flown again from its key with everything recorded."""

import dataclasses
import json

import pytest

import bartizan
from bartizan import RunError
from bartizan.api.kept import kept
from bartizan.studies.measures import row_of
from bartizan.theatre.recorded import theatre_of_run
from tests.studies.inprocess import AtOnce, use
from tests.test_api import TINY

HARD = {**TINY, "raid": {"cruise": {**TINY["raid"]["cruise"], "count": 16, "altitude": "60 m"}}}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study of two arms under drawn figures."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        use(monkeypatch, AtOnce())
        folder = tmp_path_factory.mktemp("arms") / "study"
        return bartizan.study(HARD, 10, vary=["raid.cruise.count=16,12"], out=folder).study


def again(study, which, arm=None):
    """Return the manifest of a replication, its measures, and its theatre."""
    with kept(study.directory, which, arm, study.directory, study.directory) as run:
        rows = {name: value for name, value in row_of(run.summary).items() if value is not None}
        return run.manifest, rows, theatre_of_run(run)


def rows_of(study, arm):
    rows = [row for row in study.replications.to_pylist() if row["arm"] == arm]
    return sorted(rows, key=lambda row: row["replication"])


@pytest.mark.parametrize("arm", [0, 1])
def test_it_comes_out_as_in_the_study(study, arm):
    label = study.arms[arm]["arm"]
    row = rows_of(study, label)[7]
    manifest, measures, theatre = again(study, 7, label)
    assert (manifest["arm"], manifest["replication"]) == (label, 7)
    assert (manifest["seed"], manifest["figures_seed"]) == (row["key"], row["figures_key"])
    assert manifest["record"] == "full"
    assert {name: row[name] for name in measures if name in row} == {
        name: value for name, value in measures.items() if name in row
    }
    assert theatre.axes[0].number == (16, 12)[arm]


def test_median_worst_and_best_are_by_leakers(study):
    rows = rows_of(study, study.arms[0]["arm"])
    leakers = sorted(row["leakers"] for row in rows)
    assert leakers[0] < leakers[-1], "the scene is too easy to tell them apart"
    for which, expected in (
        ("best", leakers[0]),
        ("median", leakers[4]),
        ("worst", leakers[-1]),
    ):
        manifest, measures, _ = again(study, which)
        assert measures["leakers"] == expected
        first = [r["replication"] for r in rows if r["leakers"] == expected]
        assert manifest["replication"] in first


def test_its_theatre_is_of_its_own_draw_of_figures(study):
    ranges = [again(study, which)[2].launchers[0].rounds[0].range_max_m for which in (0, 4, 5)]
    assert ranges[0] == ranges[1], "five replications share a draw, not a seed"
    assert ranges[0] != ranges[2]


def test_a_study_alone_is_not_enough(study):
    with pytest.raises(RunError, match=r"(?s)which of its replications.*0 to 9, median, worst"):
        again(study, None)


@pytest.mark.parametrize("which", ["10", "-1", "middle", "1.5"])
def test_no_such_replication_is_told(study, which):
    with pytest.raises(RunError, match=r"(?s)no such replication.*given: .*0 to 9, median"):
        again(study, which)


def test_no_such_arm_is_told(study):
    with pytest.raises(
        RunError, match=r"(?s)no such arm.*allowed: cruise.count=16, cruise.count=12"
    ):
        again(study, 1, "raid.cruise.count=99")


@pytest.mark.parametrize(
    ("key", "says"),
    [("version", "version"), ("fingerprint", "numeric fingerprint"), ("code", "code")],
)
def test_other_versions_and_machines_are_refused_with_both_named(study, key, says):
    other = dataclasses.replace(study, manifest={**study.manifest, key: "other"})
    with (
        pytest.raises(
            RunError, match=rf"(?s){says} other.*here: +{says} {study.manifest[key]}"
        ),
        kept(other, 1, None, study.directory, study.directory),
    ):
        pass


def test_an_export_names_study_and_replication(study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written = bartizan.export(study, "geojson", replication="worst")
    about = json.loads(written.read_bytes())["bartizan"]
    assert about["study"] == study.name
    assert written.name == f"{study.name}-r{about['replication']}.geojson"
    assert about["figures"] == "drawn"


def test_nothing_is_left_of_it(study):
    with kept(study, 3, None, study.directory, study.directory) as run:
        folder = run.directory
        assert (folder / "manifest.json").is_file()
    assert not folder.exists()
