"""What the bundled catalogue says: a source or `assumed` for every figure, and no miracles."""

import pytest

from bartizan.catalogue import bundled_catalogue, cite, resolve
from bartizan.catalogue.check import published_values
from bartizan.catalogue.kinds import FIGURES, figure_kind
from bartizan.units import parse

CATALOGUE = bundled_catalogue()
ALL = [(e.id, name) for e in CATALOGUE.entries.values() for name in e.figures]
FACTS = [(e.id, name) for e in CATALOGUE.entries.values() for name in e.facts]
RADARS = [each for each in CATALOGUE.entries if CATALOGUE.entries[each].kind == "radar"]

# Figures and facts, with a value from a text that was read: what the press gives of each.
SEEN = {
    "s-400": 26,
    "91n6e": 1,
    "96l6e": 1,
    "92n6e": 1,
    "40n6e": 3,
    "48n6e3": 5,
    "9m96e2": 2,
}


def figure_of(entry, name):
    kind = figure_kind(CATALOGUE.entries[entry].kind, name)
    return CATALOGUE.entries[entry].figures[name], kind


def si(quantity, kind):
    return parse(quantity, kind.dimension)


@pytest.mark.parametrize(("entry", "name"), ALL)
def test_every_figure_has_a_source_or_is_assumed(entry, name):
    figure, _ = figure_of(entry, name)
    assert figure.why
    assert figure.provenance == "assumed" or any(
        each.provenance == figure.provenance
        and CATALOGUE.sources[each.source].access in (each.provenance, "seen")
        for each in figure.sources
    )


@pytest.mark.parametrize(("entry", "name"), ALL)
def test_every_nominal_value_lies_in_its_band(entry, name):
    figure, kind = figure_of(entry, name)
    nominal = si(figure.nominal, kind)
    if figure.band:
        assert si(figure.band[0], kind) <= nominal <= si(figure.band[1], kind)
    if figure.values:
        assert nominal in [si(value, kind) for value in figure.values]


@pytest.mark.parametrize(
    ("entry", "name"), [(e, n) for e, n in ALL if n.startswith("kill_probability.")]
)
def test_kill_probabilities_are_assumed_with_wide_bands(entry, name):
    figure, kind = figure_of(entry, name)
    assert figure.provenance == "assumed"
    low, high = (si(end, kind) for end in figure.band)
    # A small one has no room for a wide band, but its ends lie far apart in proportion.
    assert high - low >= 0.4 or high >= 2.5 * si(figure.nominal, kind)


@pytest.mark.parametrize(
    ("entry", "name"), [(e, n) for e, n in ALL if n.startswith("kill_probability.")]
)
def test_a_claimed_kill_probability_is_somebodys_and_never_the_nominal_one(entry, name):
    figure, kind = figure_of(entry, name)
    published = [value for each in figure.sources for value in published_values(each)]
    if figure.claimed is not None:
        assert figure.claimed in published
        assert si(figure.claimed, kind) > si(figure.nominal, kind)


def test_makers_claims_of_kill_probability_are_kept():
    claims = {name: figure_of("9m96e2", name)[0].claimed for e, name in ALL if e == "9m96e2"}
    assert claims["kill_probability.fighter"] == 0.9
    assert claims["kill_probability.cruise-missile"] == 0.8
    assert claims["kill_probability.srbm"] == 0.7
    assert figure_of("48n6e3", "kill_probability.fighter")[0].claimed == 0.97


def test_there_are_kill_probabilities_for_every_threat_and_all_traffic():
    figures = resolve()
    for interceptor in figures.ids("interceptor"):
        family = figures.entry(interceptor).family("kill_probability")
        assert set(family) == {*figures.ids("threat", "traffic"), "other"}


@pytest.mark.parametrize("radar", RADARS)
def test_no_radar_detects_with_certainty_or_without_false_alarms(radar):
    for name in ("reference_detection_probability", "false_alarm_probability"):
        figure, kind = figure_of(radar, name)
        assert 0.0 < si(figure.band[0], kind) < si(figure.band[1], kind) < 1.0
    figure, kind = figure_of(radar, "false_alarms_per_scan")
    assert si(figure.band[0], kind) > 0.0


def test_recalled_sources_show_no_address():
    recalled = [each for each in CATALOGUE.sources.values() if each.access == "recalled"]
    assert recalled
    for source in recalled:
        assert not source.url
        assert cite(source).endswith("recalled, not re-read")
        assert "http" not in cite(source)


def test_seen_sources_show_their_address():
    for source in CATALOGUE.sources.values():
        if source.access == "seen":
            assert source.url in cite(source)


def test_a_recalled_value_shows_no_address_even_of_a_source_that_was_read():
    figure, _ = figure_of("s-400", "launchers")
    seen = figure.sources[0]
    source = CATALOGUE.sources[seen.source]
    assert source.url in cite(source, seen)
    assert "http" not in cite(source, seen.model_copy(update={"provenance": "recalled"}))


def test_every_source_is_cited_somewhere():
    cited = set()
    for entry in CATALOGUE.entries.values():
        for record in (*entry.figures.values(), *entry.facts.values()):
            cited |= {each.source for each in record.sources}
        for record in (*entry.timeline, *entry.remarks):
            cited |= set(record.sources)
    assert cited == set(CATALOGUE.sources)


@pytest.mark.parametrize(("entry", "count"), SEEN.items())
def test_what_was_read_of_an_entry_is_kept(entry, count):
    record = CATALOGUE.entries[entry]
    kept = (*record.figures.values(), *record.facts.values())
    seen = [each for each in kept if any(s.provenance == "seen" for s in each.sources)]
    assert len(seen) == count


@pytest.mark.parametrize(("entry", "name"), FACTS)
def test_a_fact_has_its_own_name_and_its_numbers_a_unit(entry, name):
    assert name not in CATALOGUE.entries[entry].figures
    fact = CATALOGUE.entries[entry].facts[name]
    values = [value for each in fact.sources for value in published_values(each)]
    assert fact.unit or not any(isinstance(value, int | float) for value in values)


def test_an_answer_rests_on_figures_and_facts_that_exist():
    names = [
        (entry.id, name)
        for entry in CATALOGUE.entries.values()
        for answer in entry.answers
        for name in answer.figures
    ]
    assert names
    for entry, name in names:
        first, _, rest = name.partition(".")
        record = CATALOGUE.entries[first if first in CATALOGUE.entries else entry]
        assert (rest if first in CATALOGUE.entries else name) in {
            *record.figures,
            *record.facts,
        }


def test_the_press_is_answered_point_by_point():
    answers = CATALOGUE.entries["s-400"].answers
    assert len(answers) == 8
    words = {"300 is a count of tracks", "25 (ballistic targets), 27, 30, 56", "625 M USD"}
    for each in words:
        assert any(each in answer.answer for answer in answers)


def test_the_figures_that_shape_the_simulator_are_the_sober_ones():
    figures = resolve()
    system, interceptor = figures.entry("s-400"), figures.entry("48n6e3")
    assert system.value("tracks") == 300.0
    assert system.value("engagements") == 36.0
    assert figure_of("s-400", "engagements")[0].claimed == 300
    assert system.value("launchers") * system.value("rounds_per_launcher") == 32.0
    assert figures.entry("92n6e").value("channels") == 6.0
    assert figures.entry("91n6e").value("channels") == 0.0
    assert figures.entry("96l6e").value("channels") == 0.0
    assert interceptor.value("range_max") == 240e3
    assert interceptor.value("altitude_max") == 27e3
    assert interceptor.value("target_speed_max") == 3000.0
    assert figures.entry("40n6e").value("range_max") == 380e3
    assert figures.entry("9m96e2").value("range_max") == 120e3


def test_the_load_of_the_s_400_is_whole_rounds_of_32():
    shares = resolve().entry("s-400").parts.loadout
    assert {name: 32 * share for name, share in shares.items()} == {
        "40n6e": 4.0,
        "48n6e3": 16.0,
        "9m96e2": 12.0,
    }


def test_claims_that_are_not_nominal_are_told_apart():
    claims = {("s-400", "engagements"): 300, ("48n6e3", "target_speed_max"): "4800 m/s"}
    for (entry, name), claimed in claims.items():
        figure, _ = figure_of(entry, name)
        assert figure.claimed == claimed != figure.nominal
        assert figure.contradiction


def test_channels_and_engagements_have_one_cause():
    groups = [
        figure_of(*each)[0].draw_group
        for each in (("s-400", "engagements"), ("92n6e", "channels"))
    ]
    assert len(set(groups)) == 1
    assert groups[0]


def test_published_values_outside_the_band_are_kept():
    figure, kind = figure_of("48n6e3", "altitude_max")
    values = {si(value, kind) for each in figure.sources for value in published_values(each)}
    assert values == {25e3, 27e3, 30e3, 56e3, 60e3}
    fact = CATALOGUE.entries["s-400"].facts["altitude_max"]
    assert fact.unit == "km"
    assert {1e3 * value for each in fact.sources for value in published_values(each)} == values


def test_every_figure_kind_says_what_it_means_once():
    for kinds in FIGURES.values():
        assert len({kind.name for kind in kinds}) == len(kinds)
        assert all(kind.meaning and kind.favours for kind in kinds)
