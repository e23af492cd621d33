"""CSV and Parquet: every sample and event, in documented columns, as others read them."""

import csv as reader
import io
import re

import duckdb
import numpy as np
import pandas
import pytest

from bartizan.archive.document import STATEMENT
from bartizan.exchange.csv import csv
from bartizan.exchange.parquet import parquet
from bartizan.exchange.states import COLUMNS
from tests.exchange.scenes import flown, picture, truth_at
from tests.source import ROOT


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("states")
    (folder / "run.csv").write_bytes(csv(picture()))
    (folder / "run.parquet").write_bytes(parquet(picture()))
    return folder


def test_a_sign_of_comments_in_a_name_ends_no_line():
    flights = [flight._replace(name=f"{flight.name}#2") for flight in picture().flights]
    text = csv(picture()._replace(flights=tuple(flights)))
    read = pandas.read_csv(io.BytesIO(text), comment="#")
    named = read[read.what == "object"]
    assert set(named.name) == {flight.name for flight in flights}
    assert named.height_m.notna().all()


def asked(files, name, query):
    source = f"read_csv('{files}/{name}', comment='#')" if name.endswith("csv") else (
        f"read_parquet('{files}/{name}')"
    )  # fmt: skip
    return duckdb.sql(query.format(source)).fetchall()


@pytest.mark.parametrize("name", ["run.csv", "run.parquet"])
def test_all_samples_and_events_are_there(files, name):
    query = "select what, count(*) from {} group by what"
    counts = dict(asked(files, name, query))
    run = flown()
    confirmed = sum(status != "tentative" for status in run.tracks["status"].to_pylist())
    ends = sum(bool(flight.fate) for flight in picture().flights)
    assert counts["event"] == run.events.num_rows
    assert counts["track"] == confirmed
    assert counts["object"] == run.truth.num_rows + ends
    assert counts["round"] == 2 * len(picture().shots)


@pytest.mark.parametrize("name", ["run.csv", "run.parquet"])
def test_a_state_is_that_of_the_run(files, name):
    row = truth_at("ballistic[0]", 101.0)
    query = (
        'select lat_deg, lon_deg, height_m, v_up_m_s, side, "class" from {} '
        "where name = 'ballistic[0]' and what = 'object' and time_s = 101"
    )
    ((*numbers, side, kind),) = asked(files, name, query)
    there = [row[key] for key in ("lat_deg", "lon_deg", "height_m", "v_up_m_s")]
    assert numbers == pytest.approx(there, abs=0.006)
    assert numbers[:2] == pytest.approx(there[:2], abs=1e-7)
    assert (side, kind) == ("hostile", "srbm")


def test_a_track_is_as_sure_as_it_was(files):
    trail = next(each for each in picture().trails if len(each.time_s) > 10)
    query = "select sigma_m, sigma_major_m, p_hostile from {} where what = 'track' and name = "
    rows = asked(files, "run.parquet", f"{query}'{trail.name}' order by time_s")
    table = flown().tracks
    there = [
        [row[name] for name in ("sigma_m", "sigma_major_m", "p_hostile")]
        for row in table.to_pylist()
        if row["track_id"] == trail.track_id and row["status"] != "tentative"
    ]
    assert np.array_equal(np.array(rows, float), np.array(there, float), equal_nan=True)


def test_a_run_that_recorded_less_of_tracks_is_exported_too():
    from bartizan.exchange.trails import trails_of

    older = flown().tracks.drop_columns(["sigma_major_m", "p_hostile"])
    read = pandas.read_csv(
        io.BytesIO(csv(picture()._replace(trails=trails_of(older)))), comment="#"
    )
    tracks = read[read.what == "track"]
    assert tracks.sigma_m.notna().all()
    assert tracks.sigma_major_m.isna().all()


def test_parquet_tells_units_and_what_it_is(files):
    import pyarrow.parquet

    schema = pyarrow.parquet.read_schema(files / "run.parquet")
    assert schema.names == [column.name for column in COLUMNS]
    assert schema.field("lat_deg").metadata == {
        b"unit": b"deg", b"meaning": b"geodetic latitude, WGS-84",
    }  # fmt: skip
    assert schema.metadata[b"notice"] == b"Simulated data"
    assert schema.metadata[b"statement"].decode() == STATEMENT
    assert schema.metadata[b"seed"] == b"3"


def test_the_head_of_a_csv_tells_columns_and_what_it_is(files):
    lines = (files / "run.csv").read_text().splitlines()
    head = [line for line in lines if line.startswith("#")]
    assert head[0].startswith("# Simulated data. ")
    assert f"# statement: {STATEMENT}" in head
    assert "# seed: 3" in head
    for column in COLUMNS:
        unit = f" [{column.unit}]" if column.unit else ""
        assert f"#   {column.name}{unit}: {column.meaning}" in head
    body = io.StringIO("\n".join(lines[len(head) :]))
    rows = list(reader.DictReader(body))
    assert list(rows[0]) == [column.name for column in COLUMNS]
    times = [float(row["time_s"]) for row in rows]
    assert times == sorted(times)


def test_the_documentation_has_every_column_with_its_unit():
    text = (ROOT / "docs/exports.md").read_text()
    rows = re.findall(r"^\| (`[^|]*) \|([^|]*)\|", text, re.M)
    told = {name: unit.strip() for names, unit in rows for name in re.findall("`(.+?)`", names)}
    for column in COLUMNS:
        assert told[column.name] == column.unit
