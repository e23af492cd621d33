"""Studies as people ask for them: arms, designs, rules, queries, comparisons and mistakes."""

import csv
import io
import json

import numpy as np
import pytest
from scipy import stats

import bartizan
from bartizan import BartizanError, DocumentError, RunError
from bartizan.catalogue.settle import CHOICES
from bartizan.studies.plans import plan_of
from tests.studies.inprocess import AtOnce, Stopped, content, use
from tests.test_api import TINY

# Sixteen missiles, seen late: what leaks depends on chance and on the figures.
HARD = {**TINY, "raid": {"cruise": {**TINY["raid"]["cruise"], "count": 16, "altitude": "60 m"}}}


SEARCH = {"n": 5, "capacity": "raid.cruise.count=0:6:3"}


@pytest.fixture
def at_once(monkeypatch):
    return use(monkeypatch, AtOnce())


@pytest.fixture(scope="module")
def two_arms(tmp_path_factory):
    """A study of two arms, with events."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        use(monkeypatch, AtOnce())
        folder = tmp_path_factory.mktemp("arms") / "study"
        vary = ["doctrine.use=salvo,shoot-look-shoot"]
        return bartizan.study(HARD, 20, vary=vary, record="events", out=folder)


def rows_of(page):
    return page.replications.to_pylist()


def test_a_replication_is_a_run_of_its_keys(two_arms):
    """A row can be flown again from its two keys alone, and gives the same."""
    from bartizan.simulate.replicate import replicate
    from bartizan.studies.measures import row_of

    row = rows_of(two_arms)[-1]
    scenario = bartizan.load(HARD, ["doctrine.use=shoot-look-shoot"])
    plan = plan_of(scenario, "radar", "drawn", row["figures_key"])
    again = row_of(replicate(plan, row["key"], "none").measures)
    assert {name: row[name] for name in again} == again


def test_arms_share_chance_and_figures_and_draws_are_shared_by_five(two_arms):
    rows = rows_of(two_arms)
    arms = [[row for row in rows if row["arm"] == label] for label in {r["arm"] for r in rows}]
    assert [len(arm) for arm in arms] == [20, 20]
    for one, other in zip(*arms, strict=True):
        assert all(one[k] == other[k] for k in ("replication", "draw", "key", "figures_key"))
    assert len({row["key"] for row in arms[0]}) == 20
    assert len({row["figures_key"] for row in arms[0]}) == 4
    assert [row["draw"] for row in arms[0]] == sorted([0, 1, 2, 3] * 5)


def test_the_summary_says_what_the_rows_say(two_arms):
    rows = rows_of(two_arms)
    for arm in two_arms.document["arms"]:
        mine = np.array([row["leakers"] for row in rows if row["arm"] == arm["arm"]])
        found = arm["measures"]["leakers"]
        means = mine.reshape(4, 5).mean(axis=1)
        low, high = stats.t.interval(0.95, 3, means.mean(), stats.sem(means))
        assert found["mean"] == pytest.approx(mine.mean())
        if means.std() > 0.0:
            assert (found["low"], found["high"]) == pytest.approx((low, high))
        assert arm["distribution"] == {
            str(n): int((mine == n).sum()) for n in np.unique(mine).astype(int)
        }


def test_the_page_fits_the_terminal_and_the_notebook(two_arms, at_once, tmp_path):
    one = bartizan.study(HARD, 20, out=tmp_path / "one")
    for page in (two_arms, one, bartizan.compare(two_arms)):
        lines = repr(page).splitlines()
        text = [line for line in lines if not line.startswith(("Files", "Next"))]
        assert max(map(len, text)) <= 80
        assert "<pre" in page._repr_html_()
    assert "leakers" in repr(one).splitlines()[0]
    assert "Not known" in repr(one)


def test_sql_reads_what_the_study_holds(two_arms):
    query = "select arm, count(*) n, avg(leakers) leakers from replications group by arm"
    answer = bartizan.sql(two_arms, f"{query} order by arm")
    means = {
        arm["arm"]: arm["measures"]["leakers"]["mean"] for arm in two_arms.document["arms"]
    }
    assert {row["arm"]: row["leakers"] for row in answer} == pytest.approx(means)
    assert [row["n"] for row in answer] == [20, 20]
    events = bartizan.sql(two_arms, "select count(distinct replication) n from events").rows
    assert events == [(20,)]
    arms = bartizan.sql(two_arms, 'select "doctrine.use" d from arms order by 1').rows
    assert arms == [("salvo",), ("shoot-look-shoot",)]


def test_answers_are_written_as_a_table_csv_and_json(two_arms):
    answer = bartizan.sql(two_arms, "select arm, leakers, null gap from replications limit 3")
    assert json.loads(answer.json) == list(answer)
    read = list(csv.DictReader(io.StringIO(answer.csv)))
    assert [int(row["leakers"]) for row in read] == [row["leakers"] for row in answer]
    assert repr(answer).splitlines()[0].split() == ["arm", "leakers", "gap"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("select 1; select 2", "not one SELECT"),
        ("", "not one SELECT"),
        ("copy replications to 'x.csv'", "not one SELECT"),
        ("create table t as select 1", "not one SELECT"),
        ("attach 'x.db'", "not one SELECT"),
        ("set enable_external_access = true", "not one SELECT"),
        ("install httpfs", "not one SELECT"),
        ("select * from read_csv('/etc/passwd')", "disabled by configuration"),
        ("select * from read_text('{outside}')", "disabled by configuration"),
        ("select * from '{outside}'", "(?i)disabled by configuration"),
        ("select * from glob('/etc/*')", "disabled by configuration"),
        ("select * from read_csv('https://example.org/x.csv')", "(?i)disabled|httpfs"),
        ("select leakrs from replications", r"leakrs(?s:.)*leakers"),
        ("selct 1", "syntax error"),
        ("select * from tracks", r"recorded no tracks(?s:.)*--record full"),
    ],
)
def test_sql_does_one_select_over_the_study_and_nothing_else(two_arms, tmp_path, query, words):
    outside = tmp_path / "secret.csv"
    outside.write_text("a,b\n1,2\n")
    with pytest.raises(BartizanError, match=words):
        bartizan.sql(two_arms, query.format(outside=outside))


def test_a_study_without_events_says_how_to_record_them(at_once, tmp_path):
    made = bartizan.study(TINY, 5, out=tmp_path / "one")
    with pytest.raises(RunError, match=r"recorded no events(?s:.)*--record events"):
        bartizan.sql(made, "select * from events")


def test_two_studies_of_one_seed_are_compared_pair_by_pair(at_once, tmp_path):
    first = bartizan.study(HARD, 20, out=tmp_path / "a")
    second = bartizan.study(HARD, 20, sets=["raid.cruise.count=8"], out=tmp_path / "b")
    (pair,) = bartizan.compare(first, second).document["pairs"]
    assert pair["is_paired"]
    a, b = ([row["leakers"] for row in rows_of(page)] for page in (first, second))
    assert pair["measures"]["leakers"]["difference"] == pytest.approx(np.mean(b) - np.mean(a))
    other = bartizan.study(HARD, 20, seed=2, out=tmp_path / "c")
    (pair,) = bartizan.compare(first, other).document["pairs"]
    assert not pair["is_paired"]


def test_what_cannot_be_compared_is_told(at_once, tmp_path, two_arms):
    one = bartizan.study(TINY, 5, out=tmp_path / "a")
    with pytest.raises(BartizanError, match="nothing to compare"):
        bartizan.compare(one)
    with pytest.raises(BartizanError, match="no arm in common"):
        bartizan.compare(two_arms, one)
    with pytest.raises(RunError, match="no such study"):
        bartizan.compare("studies/nowhere")


@pytest.mark.parametrize(
    ("vary", "words"),
    [
        (["raid.cruse.count=1"], "did you mean 'cruise'"),
        (["raid.cruise.cuont=1"], "did you mean 'count'"),
        (["48n6e3.range_mx=1 km"], "did you mean 'range_max'"),
        (["raid.cruise.count=9:1:2"], "an empty range"),
        (["raid.cruise.count=1:9:0"], "an empty range"),
        (["raid.cruise.count="], "not a factor"),
        (["raid.cruise.count=1,,2"], "an empty value"),
        (["raid.cruise.count=1,1"], "stands twice"),
        (["raid.cruise.count=1", "raid.cruise.count=2"], "stands twice"),
        (["raid.cruise.altitude=1 km:2 km:100 ft"], "two units"),
        (["raid.cruise.count=1:300:1"], r"larger than(?s:.)*--yes"),
    ],
)
def test_mistakes_in_factors_are_told_before_the_first_replication(
    monkeypatch, tmp_path, vary, words
):
    never = use(monkeypatch, AtOnce(stop_after=0))
    with pytest.raises(BartizanError, match=words):
        bartizan.study(TINY, 5, vary=vary, out=tmp_path / "one")
    assert never.n == 0
    assert not (tmp_path / "one").exists()


def test_a_fault_that_only_a_stage_finds_names_the_arm(monkeypatch, tmp_path):
    use(monkeypatch, AtOnce(stop_after=0))
    vary = ["raid.cruise.at=5 s,10 min"]
    with pytest.raises(DocumentError) as caught:
        bartizan.study(TINY, 5, vary=vary, out=tmp_path / "one")
    assert "(arm cruise.at=10 min)" in str(caught.value)
    assert "it starts after the end" in str(caught.value)


def test_a_fault_of_an_end_of_a_band_is_told_before_the_first_replication(
    monkeypatch, tmp_path
):
    use(monkeypatch, AtOnce(stop_after=0))
    rocket = {"threat": "srbm", "count": 1, "target": "port", "at": "5 s"}
    rocket["from"] = {"bearing": "270 deg", "range": "310 km"}  # of a band from 300 to 500 km
    far = {**TINY, "raid": {"rocket": rocket}}
    with pytest.raises(DocumentError) as caught:
        bartizan.study(far, 5, out=tmp_path / "one")
    assert "(arm as written, optimistic figures)" in str(caught.value)
    assert "farther from its aim than it flies" in str(caught.value)
    with pytest.raises(Stopped):  # at its first chunk: nominal figures reach that far
        bartizan.study(far, 5, figures="nominal", out=tmp_path / "two")


@pytest.mark.parametrize("name", bartizan.scenarios())
def test_no_draw_of_figures_contradicts_a_bundled_scenario(name):
    loaded = bartizan.load(name)
    for choice in CHOICES:
        for key in range(20 if choice == "drawn" else 1):
            plan_of(loaded, "radar", choice, key)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"n": 0}, "n: not a whole number from 1"),
        ({"per_draw": 0}, "per_draw: not a whole number"),
        ({"workers": 0}, "workers: not a whole number"),
        ({"seed": -1}, "seed: not a whole number"),
        ({"figures": "drwan"}, "did you mean 'drawn'"),
        ({"until": "leakers"}, "not a stopping rule"),
        ({"capacity": "raid.cruise.count"}, "not a factor"),
        ({"capacity": "raid.cruise.count=1:9", "level": 1.0}, "not a probability"),
        ({"capacity": "raid.cruise.count=1:9", "vary": ["tick=1 s"]}, "--vary: not beside"),
    ],
)
def test_mistakes_in_options_are_told(monkeypatch, tmp_path, options, words):
    use(monkeypatch, AtOnce(stop_after=0))
    with pytest.raises(BartizanError, match=words):
        bartizan.study(TINY, **{"n": 5, **options}, out=tmp_path / "one")


def test_a_study_that_stops_by_itself_says_how(at_once, tmp_path):
    made = bartizan.study(TINY, until="leakers ±2", out=tmp_path / "one")
    found = made.document["until"]
    (row,) = found["arms"]
    assert found["reached"]
    assert row["half_width"] <= 2.0
    assert made.document["replications"] == row["n"] >= 100
    told = made.document["arms"][0]["measures"]["leakers"]
    assert told["high"] - told["low"] == pytest.approx(2.0 * row["half_width"])
    assert "Stopping rule leakers ±2: reached" in repr(made)
    few = bartizan.study(HARD, 20, until="leakers ±0.01", out=tmp_path / "few")
    assert "NOT reached" in repr(few)


def test_the_capacity_of_a_defence_lies_between_what_is_held_and_what_is_not(at_once, tmp_path):
    made = bartizan.study(
        HARD, 25, capacity="raid.cruise.count=0:24:24", level=0.5, out=tmp_path / "one"
    )
    found = made.document["capacity"]
    assert found["held"] is not None
    assert found["held"] < (found["not_held"] or 41)
    verdicts = [row["verdict"] for row in found["curve"]]
    assert verdicts == sorted(verdicts, key=["held", "undecided", "not held"].index)
    assert "The defence holds up to count" in repr(made)


@pytest.mark.parametrize(
    ("options", "stop_after"),
    [
        ({"n": 20, "until": "leakers ±0.001"}, 3),
        ({"n": 24, "until": "leakers ±0.001", "per_draw": 1}, 22),
        ({**SEARCH, "level": 0.95}, 2),
        ({**SEARCH, "level": 0.5, "figures": "nominal"}, 3),
    ],
)
def test_studies_of_several_stages_resume_to_the_same_bits(
    monkeypatch, tmp_path, options, stop_after
):
    whole = use(monkeypatch, AtOnce())
    bartizan.study(TINY, **options, out=tmp_path / "whole")
    use(monkeypatch, AtOnce(stop_after), window=1)
    with pytest.raises(Stopped):
        bartizan.study(TINY, **options, out=tmp_path / "one")
    rest = use(monkeypatch, AtOnce())
    bartizan.study(TINY, **options, out=tmp_path / "one")
    assert content(tmp_path / "one") == content(tmp_path / "whole")
    assert stop_after - 2 <= whole.n - rest.n <= stop_after


def design_file(folder, **changes):
    (folder / "tiny.yaml").write_text(json.dumps(HARD))
    design = {
        "study": 1,
        "scenario": "tiny.yaml",
        "factors": {
            "raid.cruise.count": {"low": 1, "high": 6},
            "48n6e3.range_max": {"low": "20 km", "high": "60 km"},
            "doctrine.use": ["salvo", "shoot-look-shoot"],
        },
        **changes,
    }
    (folder / "design.yaml").write_text(json.dumps(design, indent=1))
    return folder / "design.yaml"


@pytest.mark.parametrize(("kind", "points"), [("latin-hypercube", 7), ("sobol", 8)])
def test_sampled_designs_fill_the_ranges_and_resume_to_the_same(
    monkeypatch, tmp_path, kind, points
):
    use(monkeypatch, AtOnce())
    path = design_file(tmp_path, design=kind, points=points, n=1)
    made = bartizan.study(path, out=tmp_path / "one")
    changes = [arm["changes"] for arm in made.document["arms"]]
    assert len(changes) == points
    assert {c["raid.cruise.count"] for c in changes} >= {1, 3, 6} - (
        {3} if points == 7 else set()
    )
    ranges = [
        float(c["48n6e3.range_max"].removesuffix(" m").removesuffix(" km")) for c in changes
    ]
    assert len(set(ranges)) == points
    use(monkeypatch, AtOnce(stop_after=3), window=1)
    with pytest.raises(Stopped):
        bartizan.study(path, out=tmp_path / "two")
    use(monkeypatch, AtOnce())
    bartizan.study(path, out=tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_grid_in_a_file_is_that_of_the_command_line(at_once, tmp_path):
    path = design_file(tmp_path, n=5, factors={"raid.cruise.count": "2:4:2"})
    made = bartizan.study(path, out=tmp_path / "one")
    typed = bartizan.study(
        tmp_path / "tiny.yaml", 5, vary=["raid.cruise.count=2:4:2"], out=tmp_path / "two"
    )
    assert rows_of(made) == rows_of(typed)


@pytest.mark.parametrize(("kind", "n_arm"), [("sobol-indices", 4 * 7), ("morris", 4 * 4)])
def test_designs_of_indices_are_flown(at_once, tmp_path, kind, n_arm):
    pytest.importorskip("SALib")
    path = design_file(tmp_path, design=kind, points=4)
    made = bartizan.study(path, out=tmp_path / "one")
    assert made.document["replications"] == n_arm
    rows = made.document["indices"]["measures"]["leakers"]
    assert [row["factor"] for row in rows][:3] == [
        "raid.cruise.count", "48n6e3.range_max", "doctrine.use",
    ]  # fmt: skip
    assert "WHAT LEAKERS HANGS ON" in repr(made)


def test_what_the_file_of_a_design_says_is_not_said_again(monkeypatch, tmp_path):
    use(monkeypatch, AtOnce(stop_after=0))
    for option in ({"seed": 2}, {"sets": ["tick=2 s"]}, {"record": "events"}):
        with pytest.raises(BartizanError, match="not beside the file of a design"):
            bartizan.study(design_file(tmp_path), out=tmp_path / "one", **option)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"desgin": "grid"}, r"design.yaml:\d+: desgin: unknown key(?s:.)*'design'"),
        ({"design": "sobl"}, r"design.yaml:\d+: design(?s:.)*did you mean 'sobol'"),
        ({"design": "sobol"}, "without points"),
        ({"design": "sobol", "points": 7}, "powers of two"),
        ({"points": 7}, "a grid has the points of its factors"),
        ({"factors": {"raid.cruise.count": {"low": 5, "high": 1}}, "design": "sobol",
          "points": 8}, "an empty range"),
        ({"factors": {"raid.cruise.count": {"low": 5}}}, "not the ends of a factor"),
        ({"factors": {"raid.cruise.count": []}}, "not a factor"),
        ({"factors": {"raid.cruise.cuont": [1]}}, "did you mean 'count'"),
        ({"study": 2}, "study"),
        ({"scenario": "nowhere.yaml"}, "no such file"),
        ({"design": "morris", "points": 4, "measures": ["leaker"]}, "did you mean 'leakers'"),
    ],
)  # fmt: skip
def test_mistakes_in_the_file_of_a_design_are_told(monkeypatch, tmp_path, changes, words):
    use(monkeypatch, AtOnce(stop_after=0))
    with pytest.raises(BartizanError, match=words):
        bartizan.study(design_file(tmp_path, **changes), out=tmp_path / "one")
