"""Reports of studies that have little to say: one raid, none, settled figures, many points."""

import re

import pytest

import bartizan
from bartizan.api.flights import median_row, others
from tests.reports.reported import HARD, made
from tests.test_api import TINY

NO_RAID = {**TINY, "raid": {"cruise": {**TINY["raid"]["cruise"], "count": 0}}}
UNDEFENDED = {**TINY, "defence": {}}


def text_of(folder, scenario, n, **more):
    """Return the words of a report, without scripts, styles and tags."""
    study = made(folder / "study", scenario, n, **more)
    page = bartizan.report(study, folder / "page.html", flights=2).read_text()
    bare = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", bare).replace("\u00a0", " "))


@pytest.mark.parametrize(
    ("scenario", "n", "more", "words"),
    [
        (TINY, 1, {}, "1 replications"),
        (NO_RAID, 2, {}, "Of 0 threats"),
        (UNDEFENDED, 2, {}, "what defends: nothing"),
        (HARD, 2, {"figures": "nominal"}, "all of that spread is chance"),
        (HARD, 2, {"sensing": "perfect"}, "Perfect sensing"),
        (TINY, 2, {"vary": ["raid.cruise.count=1,2"]}, "The arms compared"),
    ],
    ids=["one", "no-raid", "undefended", "nominal", "perfect", "arms"],
)
def test_whatever_a_study_is_its_report_says_no_nonsense(tmp_path, scenario, n, more, words):
    text = text_of(tmp_path, scenario, n, **more)
    assert words in text
    assert not re.search(r"\b(nan|None|inf)\b", text)


def test_a_study_with_few_draws_says_how_to_learn_what_it_hangs_on(tmp_path):
    text = text_of(tmp_path, TINY, 4)
    assert "it has 2 draws of them, and 30 or more are needed" in text
    assert "here: -n 60 or more" in text


def test_a_capacity_is_the_answer_and_its_curve_is_shown(tmp_path):
    text = text_of(tmp_path, TINY, 4, capacity="raid.cruise.count=0:4", level=0.5)
    assert "How large a raid does the defence hold" in text
    assert "Probability that none gets through, by size" in text


def test_points_of_a_design_are_told_together(tmp_path):
    design = tmp_path / "design.yaml"
    scenario = tmp_path / "tiny.yaml"
    scenario.write_text(str(TINY).replace("'", '"'))
    design.write_text(
        "study: 1\nscenario: tiny.yaml\ndesign: latin-hypercube\npoints: 6\nn: 1\n"
        "per-draw: 1\nfactors:\n  raid.cruise.count: {low: 1, high: 9}\n"
    )
    from tests.studies.inprocess import AtOnce, use

    with pytest.MonkeyPatch.context() as monkeypatch:
        use(monkeypatch, AtOnce())
        study = bartizan.study(design, out=tmp_path / "study")
    text = bartizan.report(study, tmp_path / "page.html", flights=1).read_text()
    assert "over the whole design; they hang most on raid.cruise.count" in text.replace("⁠", "")
    assert "Over 6 arms the factors of the study" in text


def test_the_raid_that_stands_for_all_has_the_median_of_leakers(studied):
    table = studied.replications
    rows = table.to_pylist()
    row = rows[median_row(table)]
    leakers = sorted(each["leakers"] for each in rows)
    assert row["leakers"] == leakers[(len(leakers) - 1) // 2]
    alike = [each["rounds_fired"] for each in rows if each["leakers"] == row["leakers"]]
    fired = sorted(each["rounds_fired"] for each in rows)
    middle = (fired[len(fired) // 2] + fired[(len(fired) - 1) // 2]) / 2
    lost = {each["asset_value_lost"] for each in rows}
    if len(lost) == 1:
        assert abs(row["rounds_fired"] - middle) == min(abs(f - middle) for f in alike)


def test_others_are_the_first_of_each_draw(studied):
    table = studied.replications
    middle = median_row(table)
    draws = table.column("draw").to_pylist()
    found = others(table, middle, 5)
    assert len(found) == len(set(found)) == 5
    assert middle not in found
    assert [draws.index(draws[row]) for row in found] == found
    assert found == sorted(found)
