"""The report of a study as people open it: in a browser, without scripts, on paper."""

import json
import re

import pytest

import bartizan
from bartizan.reports.page.palette import PALETTE
from bartizan.reports.page.words import number
from tests.browser import Watched
from tests.reports.reported import TITLE

LIVE = "html[data-live]"
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
READ_BACK = ("leakers", "no_leaker", "rounds_fired", "assets_destroyed")


@pytest.fixture(scope="module")
def pages(browser, page_file):
    """The report opened at two widths, with and without scripts; charts are drawn."""
    found = {}
    for width in (1280, 390):
        for scripts in (True, False):
            watched = Watched(browser, width, java_script_enabled=scripts)
            watched.page.goto(page_file.as_uri())
            if scripts:
                watched.page.wait_for_selector(LIVE, state="attached", timeout=240_000)
            found[width, scripts] = watched
    yield found
    for watched in found.values():
        watched.page.close()


@pytest.fixture
def page(pages):
    """The report at a desk, by day and on a screen, whatever a test makes of it."""
    page = pages[1280, True].page
    yield page
    page.emulate_media(media="screen", color_scheme="light")


def shown(page, selector):
    return page.locator(selector).evaluate_all(
        "all => all.filter(each => each.getClientRects().length).length"
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_asks_nobody_complains_of_nothing_and_fits(pages, width):
    watched = pages[width, True]
    charts = watched.page.locator(".chart").count()
    assert watched.requests == []
    assert watched.errors == []
    assert watched.page.evaluate(OVER) <= 0
    assert charts >= 8
    assert shown(watched.page, ".chart .plot .main-svg") >= charts
    assert shown(watched.page, ".chart .still svg") == 0


def test_numbers_of_the_page_are_those_of_sql(page, studied):
    columns = ", ".join(f"avg({name}::double) {name}" for name in READ_BACK)
    row = next(iter(bartizan.sql(studied, f"select {columns} from replications")))
    for name in READ_BACK:
        cell = page.locator(f'[data-measure="{name}"]')
        assert float(cell.get_attribute("data-value")) == pytest.approx(row[name], rel=1e-12)
        assert cell.inner_text() == number(row[name], name)
    median, low, high = next(
        iter(
            bartizan.sql(
                studied,
                "select quantile_disc(leakers, 0.5), quantile_disc(leakers, 0.025), "
                "quantile_disc(leakers, 0.975) from replications",
            )
        )
    ).values()
    answer = page.locator("#answer").inner_text().replace("\u2060", "")
    assert f"eakers {median} ({low}–{high});" in answer


def test_without_scripts_every_chart_stands_still(pages):
    page, narrow = pages[1280, False].page, pages[390, False].page
    charts = page.locator(".chart").count()
    assert shown(page, ".chart .still.wide svg") == charts
    assert shown(page, ".chart .still.narrow svg") == 0
    assert shown(narrow, ".chart .still.narrow svg") == charts
    assert "cruise missile" in page.locator("#funnel table").inner_text()


def test_on_paper_charts_stand_still_and_nothing_is_folded(page):
    figure = page.locator("#figures details td.assumed").first
    assert not figure.is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    charts = page.locator(".chart").count()
    assert shown(page, ".chart .still.wide svg") == charts
    assert shown(page, ".chart .plot") == 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert figure.is_visible()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"


def test_charts_wear_the_colours_of_day_and_of_night(page):
    bar = "document.querySelector('[data-name=leakers] .plot .bars path')"
    colour = f"{bar} && getComputedStyle({bar}).fill"
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        wanted = getattr(PALETTE["leak-soft"], scheme)
        parts = ", ".join(str(int(wanted[k : k + 2], 16)) for k in (1, 3, 5))
        time = {"dark": "night", "light": "day"}[scheme]
        page.wait_for_selector(f"html[data-live={time}]", state="attached")
        # Plotly paints when the page next has time for it. The page forbids `eval`, which
        # Playwright's own waiting needs.
        for _ in range(100):
            if page.evaluate(colour) == f"rgb({parts})":
                break
            page.wait_for_timeout(100)
        assert page.evaluate(colour) == f"rgb({parts})"


def test_words_of_the_scenario_are_words_and_no_markup(page, page_file):
    assert TITLE in page.locator(".eyebrow").inner_text()
    assert "<i>missiles" not in page_file.read_text()


def test_the_file_is_small_and_so_are_its_figures(page_file):
    text = page_file.read_text()
    figures = re.findall(r"<script type=\"application/json\"[^>]*>(.*?)</script>", text, re.S)
    assert len(figures) >= 16
    assert all(json.loads(figure)["data"] for figure in figures)
    assert sum(map(len, figures)) < 1_000_000
    assert page_file.stat().st_size < 6_000_000
    markup = re.sub(r"<script.*?</script>", "", text, flags=re.S)
    assert not re.search(r"<link|<img|<iframe|@import|url\((?!#)|\bsrc=|href=\"(?!#)", markup)


def test_every_figure_stands_with_its_provenance(page_file, studied):
    text = page_file.read_text()
    counts = studied.document["provenance"]
    assert text.count('class=" assumed"') == counts["assumed"]
    assert f"{counts['assumed']} of the {sum(counts.values())} figures" in text
    for hash_ in ("scenario_hash", "catalogue_hash", "fingerprint", "code"):
        assert studied.document[hash_] in text
    assert text.count(studied.document["statement"]) == 2


def test_the_same_study_gives_the_same_file(page_file, studied, tmp_path):
    again = bartizan.report(studied.directory, tmp_path / "again.html", flights=3)
    assert again.read_bytes() == page_file.read_bytes()
