"""Identity, documents, tables and fingerprint of a run."""

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.archive.document import STATEMENT, plain, text_of
from bartizan.archive.fingerprint import compiled_results, numeric_fingerprint
from bartizan.archive.tables import TABLES, arrow_table
from tests.archive import fake


def test_the_folder_is_named_after_scenario_figures_seed_and_hash():
    assert re.fullmatch(r"coastal-raid-nominal-s1-[0-9a-f]{6}", fake.identity().run_name)


@pytest.mark.parametrize(
    "changes",
    [
        {"scenario_hash": "other"},
        {"catalogue_hash": "other"},
        {"sensing": "perfect"},
        {"overrides": ["raid.cruise.count=3"]},
        {"version": "9"},
    ],
)
def test_another_run_has_another_hash(changes):
    assert fake.identity(**changes).run_hash != fake.identity().run_hash


def test_the_same_run_has_the_same_name():
    assert fake.identity().run_name == fake.identity(overrides=()).run_name


@given(st.text(min_size=1))
def test_any_scenario_name_makes_a_safe_folder_name(name):
    made = fake.identity(scenario=name).run_name
    assert "/" not in made
    assert "\0" not in made
    assert not made.startswith(".")


def test_documents_hold_plain_values_only():
    given = {"a": np.float64(1.5), "b": np.nan, "c": np.array([1, 2]), 3: (np.True_, None)}
    assert plain(given) == {"a": 1.5, "b": None, "c": [1, 2], "3": [True, None]}
    assert json.loads(text_of({**given, "d": float("inf"), "e": fake.Path("x")}))["d"] is None


def test_tables_carry_units_and_the_standing_words():
    for name, columns in fake.columns().items():
        table = arrow_table(name, columns, fake.run().manifest)
        assert table.schema.metadata[b"statement"].decode() == STATEMENT
        assert table.schema.field("time_s").metadata[b"unit"] == b"s"
        assert table.column_names == [column.name for column in TABLES[name]]


def test_texts_are_dictionaries():
    events = arrow_table("events", fake.columns()["events"], fake.run().manifest)
    assert str(events.schema.field("kind").type).startswith("dictionary<values=string")
    assert events["subject"][0].as_py() == "cruise[3]"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_rows_keeps_its_columns(name):
    table = arrow_table(name, {}, fake.run().manifest)
    assert table.num_rows == 0
    assert table.column_names == [column.name for column in TABLES[name]]


def test_the_fingerprint_is_the_same_every_time():
    first = numeric_fingerprint()
    numeric_fingerprint.cache_clear()
    assert numeric_fingerprint() == first
    assert re.fullmatch(r"[0-9a-f]{16}", first)


@pytest.mark.kernels
def test_compiled_results_agree_with_numpy_to_its_last_bits():
    x = np.linspace(0.01, 0.99, 50)
    out = np.empty((50, 10))
    compiled_results(x, out)
    np.testing.assert_allclose(out[:, 0], np.sin(40.0 * x), rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(out[:, 6], np.exp(30.0 * x), rtol=1e-13)
    assert np.isfinite(out).all()


def test_every_table_says_which_run_it_is_of():
    about = fake.run(sensing="perfect", seed=7).events.schema.metadata
    assert about[b"sensing"] == b"perfect"
    assert about[b"seed"] == b"7"
    assert about[b"version"] == b"0.1.0"
    assert about[b"statement"].decode() == STATEMENT
