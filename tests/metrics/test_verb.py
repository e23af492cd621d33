"""`bartizan score` as people type it: files, runs, the page, JSON, mistakes."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from typer.testing import CliRunner

import bartizan
from bartizan.api import TIMES
from bartizan.cli.tracking import app
from bartizan.metrics import instants
from tests.metrics.scenes import SIGMAS, crowd
from tests.test_api import TINY


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for one, name in zip(crowd(1), ("tracks", "truth"), strict=True):
        pa.parquet.write_table(one, f"{name}.parquet")
        pa.csv.write_csv(one, f"{name}.csv")
    return tmp_path


def typed(*arguments):
    return CliRunner().invoke(app, ["score", *arguments])


def test_the_page_shows_each_metric_in_eighty_columns():
    tracks, truth = crowd(1)
    for name in SIGMAS:
        tracks = tracks.append_column(name, pa.array([100.0] * len(tracks)))
    pa.parquet.write_table(tracks, "tracks.parquet")
    ended = typed("tracks.parquet", "--truth", "truth.parquet")
    assert ended.exit_code == 0, ended.output
    assert max(map(len, ended.stdout.splitlines())) <= 80
    for words in (
        "GOSPA",
        "OSPA",
        "switches",
        "MOTA",
        "IDF1",
        "completeness",
        "NEES",
        "velocity",
    ):
        assert words in ended.stdout
    found = bartizan.score(tracks, truth)
    assert f"{found.distance.gospa_m:,.0f} m" in ended.stdout
    assert f"{found.identity.idf1:.4f}" in ended.stdout


def test_json_is_the_document_with_gospa_at_each_time():
    ended = typed("tracks.csv", "--truth", "truth.csv", "--json", "--cutoff", "400")
    document = json.loads(ended.stdout)
    assert document == bartizan.score("tracks.parquet", "truth.parquet", cutoff_m=400).document
    assert len(document["series"]["gospa_m"]) == document["counts"]["times"] == 12
    assert document["settings"] == {
        "cutoff_m": 400.0,
        "order": 2.0,
        "max_misses": 2,
        "times": "truth",
    }


def test_a_run_is_scored_by_its_folder_its_name_or_itself():
    run = bartizan.run(TINY, runs="runs")
    documents = [
        json.loads(typed(str(run.directory), "--json").stdout),
        json.loads(typed(run.directory.name, "--json").stdout),
        json.loads(
            typed(
                f"{run.directory}/tracks.parquet",
                "--truth",
                f"{run.directory}/truth.parquet",
                "--json",
            ).stdout
        ),
        bartizan.score(run).document,
        bartizan.score(run.tracks, run.truth).document,
    ]
    assert all(document == documents[0] for document in documents)
    assert documents[0]["counts"]["objects"] == 2
    assert documents[0]["consistency"]["has_one_sigma"]
    assert documents[0]["clear"]["matches"] > 0


def test_what_cannot_be_judged_is_noted():
    tracks = crowd(1)[0].drop_columns(["v_up_m_s"])
    pa.parquet.write_table(tracks, "tracks.parquet")
    page = " ".join(typed("tracks.parquet", "--truth", "truth.parquet").stdout.split())
    assert "no velocity error" in page
    assert "max-misses does not apply" in page


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["tracks.parquet"], "--truth truth.parquet"),
        (["nowhere.parquet", "--truth", "truth.parquet"], "no such file"),
        (["tracks.parquet", "--truth", "truth.txt"], ".parquet, .csv"),
        (["empty.parquet", "--truth", "truth.parquet"], "cannot be read"),
        (["empty.csv", "--truth", "truth.csv"], "cannot be read"),
        (["tracks.csv", "--truth", "text.csv"], "not numbers"),
        (["truth.csv", "--truth", "truth.csv"], "truth.csv: track_id: no such column"),
        (["tracks.csv", "--truth", "truth.csv", "--max-misses", "few"], "0, 1, 2, ... or all"),
        (["tracks.csv", "--truth", "truth.csv", "--cutoff", "-1"], "metres above 0"),
        (["nowhere"], "no such run"),
        (["folder.csv", "--truth", "truth.csv"], "cannot be read"),
    ],
)
def test_a_mistake_ends_with_a_message_and_exit_code_2(arguments, words, here):
    Path("empty.parquet").touch()
    Path("empty.csv").touch()
    Path("folder.csv").mkdir()
    text = Path("truth.csv").read_text().splitlines()
    Path("text.csv").write_text("\n".join([text[0], text[1].replace(",", ",x", 2)]))
    ended = typed(*arguments)
    assert ended.exit_code == 2, ended.output
    assert ended.stdout == ""
    assert words in ended.stderr
    assert "remedy:" in ended.stderr


def test_the_choices_of_times_are_those_offered():
    assert TIMES == instants.TIMES
