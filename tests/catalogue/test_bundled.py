"""What the bundled catalogue says: a source or `assumed` for every figure, and no miracles."""

import pytest

from bartizan.catalogue import bundled_catalogue, cite, resolve
from bartizan.catalogue.check import published_values
from bartizan.catalogue.kinds import FIGURES, figure_kind
from bartizan.units import parse

CATALOGUE = bundled_catalogue()
ALL = [(e.id, name) for e in CATALOGUE.entries.values() for name in e.figures]
RADARS = [each for each in CATALOGUE.entries if CATALOGUE.entries[each].kind == "radar"]


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
    assert figure.claimed is None
    assert si(figure.band[1], kind) - si(figure.band[0], kind) >= 0.4


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


def test_every_source_is_cited_by_some_figure():
    cited = {each.source for entry, name in ALL for each in figure_of(entry, name)[0].sources}
    assert cited == set(CATALOGUE.sources)


def test_the_figures_that_shape_the_simulator_are_the_sober_ones():
    figures = resolve()
    system, interceptor = figures.entry("s-400"), figures.entry("48n6e3")
    assert system.value("tracks") == 300.0
    assert system.value("engagements") == 36.0
    assert system.value("launchers") * system.value("rounds_per_launcher") == 32.0
    assert figures.entry("92n6e").value("channels") == 6.0
    assert figures.entry("91n6e").value("channels") == 0.0
    assert interceptor.value("range_max") == 240e3
    assert interceptor.value("altitude_max") == 27e3
    assert interceptor.value("target_speed_max") == 3000.0


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


def test_every_figure_kind_says_what_it_means_once():
    for kinds in FIGURES.values():
        assert len({kind.name for kind in kinds}) == len(kinds)
        assert all(kind.meaning and kind.favours for kind in kinds)
