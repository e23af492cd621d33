"""The pages of the catalogue: what they say, that they fit, and that the data say as much."""

import json

import pytest
from rich.console import Console

import bartizan
from bartizan.archive.document import STATEMENT
from bartizan.catalogue import bundled_catalogue
from bartizan.catalogue.records import Answer, Fact, Milestone, Published, Remark
from bartizan.errors import BartizanError
from bartizan.reports.dossier import dossier
from bartizan.reports.entry import EntryPage
from bartizan.reports.figure import FigurePage, part_of
from bartizan.reports.figures import broken
from bartizan.reports.quantity import between, joined, one_or_range, spread, written
from bartizan.reports.sources import cited

CATALOGUE = bundled_catalogue()
ENTRIES = list(CATALOGUE.entries.values())

TOLD = CATALOGUE.entries["s-400"].model_copy(
    update={
        "facts": {
            "range_claim": Fact(
                meaning="farthest intercept",
                unit="km",
                contradiction="400 is of another interceptor",
                sources=(
                    Published(source="seed2018", provenance="seen", value=400),
                    Published(source="wiki_s400", provenance="recalled", value=(40, 250)),
                ),
            )
        },
        "timeline": (Milestone(date="2007-08", event="on duty", sources=("domainb07",)),),
        "remarks": (Remark(text="Called better.", sources=("inddef18",)),),
        "answers": (
            Answer(
                claim="it engages 300 at a time",
                answer="300 is a count of tracks",
                figures=("tracks", "engagements", "92n6e.channels", "range_claim"),
            ),
        ),
    }
)
DOCUMENT = dossier(TOLD, CATALOGUE)


def words(view, width=80):
    return " ".join(lines(view, width=width).split())


def lines(view, width=80):
    console = Console(width=width, color_system=None)
    with console.capture() as captured:
        console.print(view, crop=False)
    return captured.get()


def test_quantities_read_as_people_write_them():
    assert written(300) == "300"
    assert written(25_000, "people") == "25,000 people"
    assert between(("8 s", "25 s")) == "8–25 s"
    assert between((1, 100)) == "1–100"
    assert between(("-2 deg", "-0.5 deg")) == "-2 deg to -0.5 deg"
    assert between(("300 k USD", "2 M USD")) == "300 k USD to 2 M USD"
    assert joined((36, 40, 80)) == "36, 40 or 80"
    assert joined(("1 km", "2 km")) == "1 or 2 km"
    assert joined(("900 m", "2 km")) == "900 m or 2 km"
    assert one_or_range(None) == "in words"
    assert spread([36, 40, 80], "count") == "36 · 40 · 80"
    assert written(0.5, "fraction") == "0.5"
    assert spread([400, None, 250, 400, (40, 250)], "km") == "400 · 250 · 40–250 km"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
@pytest.mark.parametrize("is_brief", [False, True])
@pytest.mark.parametrize("width", [80, 40])
def test_every_page_fits_but_for_what_is_to_be_copied(entry, is_brief, width):
    page = EntryPage(dossier(entry, CATALOGUE), is_brief)
    for line in lines(page, width=width).splitlines():
        assert len(line.rstrip()) <= width or "http" in line or "bartizan catalogue" in line


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
@pytest.mark.parametrize("width", [80, 40])
def test_every_page_has_every_figure_and_ends_with_the_standing_words(entry, width):
    shown = words(EntryPage(dossier(entry, CATALOGUE)), width)
    for name, figure in entry.figures.items():
        stem, dot, member = name.partition(".")
        assert (f".{member}" if dot else broken(stem).split("\n")[0]) in shown
        assert written(figure.nominal) in shown
        assert " ".join(figure.why.split()) in shown
        assert " ".join(figure.contradiction.split()) in shown
    assert shown.endswith(STATEMENT)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_key_on_a_page_is_in_its_list_of_sources_with_its_whole_address(entry):
    document = dossier(entry, CATALOGUE)
    upper, _, below = lines(EntryPage(document)).partition("SOURCES\n")
    listed = {line.split()[0]: line for line in below.splitlines() if line[2:3].strip()}
    for record in (*entry.figures.values(), *entry.facts.values()):
        for each in record.sources:
            source = CATALOGUE.sources[each.source]
            assert f"{each.source} {source.grade}" in upper
            assert listed[each.source].startswith(f"  {each.source} {source.grade}  ")
            if each.provenance == "seen" and source.access == "seen":
                assert f"{source.url}\n" in below


def test_answers_come_before_figures_and_facts_history_remarks_and_sources_after():
    shown = repr(EntryPage(DOCUMENT))
    order = ["SAID AND PUBLISHED", "FIGURES", "ALSO PUBLISHED", "TIMELINE", "REMARKS"]
    places = [shown.index(part) for part in (*order, "SOURCES\n", "12 figures", "Next")]
    assert places == sorted(places)
    assert "92n6e.channels 6, 8 or 10" in words(EntryPage(DOCUMENT))
    assert "2007-08 on duty (domainb07 C)" in words(EntryPage(DOCUMENT))
    assert "Called better. (inddef18 D)" in words(EntryPage(DOCUMENT))


def test_below_each_figure_stand_its_reason_the_dispute_and_who_printed_which_value():
    shown = words(EntryPage(DOCUMENT))
    assert (
        "why three texts read give eight for a battalion "
        "but 8 is the standard, 12 the largest number quoted "
        "said 8 by notibr18 C, sott18 D, mtimes15 B, csis_s400 B recalled; "
        "12 by wiki_s400 C recalled"
    ) in shown
    assert "in words by digest25 D (128 rounds with two batteries, reloads" in shown


def test_a_fact_is_its_values_by_source_and_its_dispute():
    assert (
        "range_claim 400 km by seed2018 C; 40–250 km by wiki_s400 C recalled "
        "but 400 is of another interceptor"
    ) in words(EntryPage(DOCUMENT))


@pytest.mark.parametrize("width", [80, 60, 40])
def test_no_line_ends_between_a_key_and_its_grade(width):
    firsts = [line.split()[:1] for line in lines(EntryPage(DOCUMENT), width).splitlines()]
    for orphan in ("A,", "B,", "C,", "C;", "D,", "D;", "recalled;"):
        assert [orphan] not in firsts


def test_a_source_that_was_only_recalled_is_listed_without_an_address():
    below = words(EntryPage(DOCUMENT)).partition("SOURCES ")[2]
    assert "wiki_s400 C Wikipedia, S-400 missile system, no date recalled, not" in below
    once_read = cited(
        {
            "figures": {
                "a": {"sources": [{"source": "x", "url": ""}]},
                "b": {"sources": [{"source": "x", "url": "https://x"}]},
            },
            "facts": {},
            "timeline": (),
            "remarks": (),
        }
    )
    assert once_read["x"]["url"] == "https://x"


def test_the_brief_page_has_answers_and_the_bare_figures_and_names_the_whole_one():
    shown = words(EntryPage(DOCUMENT, is_brief=True))
    assert "300 is a count of tracks" in shown
    assert "reaction_time 12 s 8–25 s 9 s recalled launch_interval" in shown
    assert "armyrec15" not in shown
    assert "TIMELINE" not in shown
    assert "Next bartizan catalogue s-400 bartizan catalogue s-400 tracks" in shown


def test_a_claim_stands_beside_the_nominal_value_and_without_claims_no_column():
    table = repr(EntryPage(DOCUMENT, is_brief=True)).split("FIGURES\n")[1].split("\n\n")[0]
    rows = {line.split()[0]: line.split()[1:] for line in table.splitlines()}
    assert rows["tracks"] == ["300", "300", "sourced"]
    assert rows["reaction_time"] == ["12", "s", "8–25", "s", "9", "s", "recalled"]
    doctrine = dossier(CATALOGUE.entries["salvo"], CATALOGUE)
    assert "claimed" not in repr(EntryPage(doctrine))


def test_recalled_values_show_no_address_and_others_do():
    page = FigurePage(part_of(DOCUMENT, "launchers"))
    shown = repr(page).split("PUBLISHED\n")[1]
    assert shown.count("https://") == 3
    assert shown.count("recalled, not re-read") == 2
    by = {each["source"]: each for each in page.document["sources"]}
    assert by["wiki_s400"]["url"] == ""
    assert by["sott18"]["url"] == CATALOGUE.sources["sott18"].url
    assert by["sott18"]["grade"] == "D"


def test_a_figure_tells_its_reason_band_company_and_answers():
    shown = words(FigurePage(part_of(DOCUMENT, "kill_unseen_probability")))
    assert "drawn with miss_as_kill_probability" in shown
    assert "band 0.02–0.25, triangular" in shown
    assert "PUBLISHED nothing that was found" in shown
    shown = words(FigurePage(part_of(DOCUMENT, "engagements")))
    assert "values 36, 40 or 80, weighted 45%, 15%, 40%" in shown
    assert "claimed 300" in shown
    assert "it engages 300 at a time" in shown
    assert "it engages 300" not in words(FigurePage(part_of(DOCUMENT, "price")))


def test_a_fact_says_that_no_model_uses_it():
    shown = words(FigurePage(part_of(DOCUMENT, "range_claim")))
    assert "Published only: no model uses it." in shown
    assert "40–250 km" in shown


def test_the_data_hold_si_values_beside_what_is_written():
    document = json.loads(json.dumps(DOCUMENT))
    figure = document["figures"]["reaction_time"]
    assert (figure["nominal"], figure["nominal_si"]) == ("12 s", 12.0)
    assert (figure["band"], figure["band_si"]) == (["8 s", "25 s"], [8.0, 25.0])
    assert figure["sources"][0]["value_si"] == [9.0, 10.0]
    assert (figure["favours"], figure["dimension"]) == ("enemy", "time")
    assert document["figures"]["engagements"]["values_si"] == [36.0, 40.0, 80.0]
    assert document["answers"][0]["behind"]["engagements"] == "36, 40 or 80"
    assert document["facts"]["range_claim"]["sources"][1]["value"] == [40, 250]
    assert document["catalogue_hash"] == CATALOGUE.hash


def test_the_list_has_every_entry_once_and_counts_its_figures():
    listed = bartizan.entries()
    assert sorted(entry["id"] for entry in listed) == sorted(CATALOGUE.entries)
    for entry in listed:
        assert sum(entry["provenance"].values()) == entry["figures"]
    shown = repr(listed)
    assert max(map(len, shown.splitlines())) <= 80
    for entry in ENTRIES:
        assert entry.id in shown


def test_unknown_names_are_told_with_the_nearest():
    with pytest.raises(BartizanError, match="did you mean '48n6e3'"):
        bartizan.entry("48n6e")
    with pytest.raises(BartizanError, match="did you mean 'launchers'"):
        bartizan.entry("s-400", "launcher")


def test_an_answer_whose_figure_is_gone_still_prints():
    gone = TOLD.model_copy(update={"figures": {"tracks": TOLD.figures["tracks"]}})
    document = dossier(gone, CATALOGUE)
    assert document["answers"][0]["behind"]["engagements"] == ""
    assert "engagements" in repr(EntryPage(document))
