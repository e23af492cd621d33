"""The systems that are compared, and the threats they meet: complete, fair, and no claims."""

import pytest

from bartizan.catalogue import bundled_catalogue, resolve
from bartizan.catalogue.kinds import FIGURES, figure_kind
from bartizan.units import parse

CATALOGUE = bundled_catalogue()
ENTRIES = CATALOGUE.entries
COMPARED = ["s-400", "patriot", "nasams", "samp-t"]
SYSTEMS = [*COMPARED, "textbook-site"]
GUIDING = ["92n6e", "an-mpq-65", "an-mpq-64", "arabel"]
ROUNDS = ["gem-t", "pac-3-mse", "aim-120", "aster-30"]
TEXTBOOK = ["textbook-site", "textbook-radar", "textbook-round"]
CLASSES = [
    *("fighter", "fighter-lo", "bomber", "male-uav", "drone"),
    *("cruise-missile", "supersonic-missile", "srbm", "mrbm"),
]
# Figures and facts of an entry that rest on a text that was read.
SEEN = {
    "patriot": 9,
    "nasams": 2,
    "samp-t": 1,
    "gem-t": 4,
    "pac-3-mse": 7,
    "aim-120": 1,
    "aster-30": 4,
    "an-mpq-65": 3,
    "an-mpq-64": 0,
    "arabel": 0,
    "fighter": 1,
    "fighter-lo": 1,
    "bomber": 0,
    "male-uav": 4,
    "drone": 5,
    "cruise-missile": 0,
    "supersonic-missile": 0,
    "srbm": 1,
    "mrbm": 1,
    "decoy": 6,
    "airliner": 1,
    "light-aircraft": 1,
    **dict.fromkeys(TEXTBOOK, 0),
}
SAME_OF_SYSTEMS = ["assessment_delay", "kill_unseen_probability", "miss_as_kill_probability"]
SAME_OF_RADARS = [
    *("reference_detection_probability", "false_alarm_probability", "range_min"),
    *("elevation_min", "range_sigma", "sigma_floor", "antenna_height", "iff_reply_probability"),
]
SAME_OF_ROUNDS = ["altitude_min", "speed_fraction_near", "speed_fraction_far", "basket"]


def band_of(entry, name):
    """Return nominal, shape and band of a figure, in SI."""
    figure, kind = ENTRIES[entry].figures[name], figure_kind(ENTRIES[entry].kind, name)
    band = [parse(each, kind.dimension) for each in figure.band or ()]
    return parse(figure.nominal, kind.dimension), figure.shape, band


def records(entry):
    """Return all figures and facts of an entry by name."""
    return {**ENTRIES[entry].figures, **ENTRIES[entry].facts}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_compared_system_has_every_figure_and_can_shoot(system):
    entry, figures = ENTRIES[system], resolve()
    assert set(entry.figures) == {kind.name for kind in FIGURES["system"]}
    guiding = [part.radar for part in entry.parts.radars if part.role == "engagement"]
    values = figures.entry(system)
    channels = sum(figures.entry(radar).value("channels") for radar in guiding)
    channels *= values.value("engagement_radars")
    assert channels >= 1.0
    assert values.value("launchers") * values.value("rounds_per_launcher") >= 32.0
    assert values.value("engagements") >= 1.0


@pytest.mark.parametrize("system", ["patriot", "nasams", "samp-t", "textbook-site"])
def test_the_channels_of_the_radars_carry_the_engagements_of_the_system(system):
    figures = resolve()
    values = figures.entry(system)
    radars = values.record.parts.radars
    channels = sum(figures.entry(part.radar).value("channels") for part in radars)
    assert channels * values.value("engagement_radars") == values.value("engagements")


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_radar_can_guide_as_far_as_its_rounds_fly(system):
    figures = resolve()
    parts = ENTRIES[system].parts
    reach = max(figures.entry(each).value("range_max") for each in parts.loadout)
    guides = [part.radar for part in parts.radars if part.role == "engagement"]
    assert guides
    for radar in guides:
        assert figures.entry(radar).value("instrumented_range") >= reach


def test_there_are_nine_classes_of_threats_and_a_decoy():
    assert {*CLASSES, "decoy"} <= set(resolve().ids("threat"))
    assert len(CLASSES) == 9


def test_a_decoy_differs_from_an_aircraft_only_in_what_a_radar_sees():
    decoy, fighter = ENTRIES["decoy"], ENTRIES["fighter"]
    assert decoy.choices == fighter.choices
    for name in ("weave_amplitude", "weave_period"):
        assert band_of("decoy", name) == band_of("fighter", name)
    assert resolve().entry("decoy").value("damage_probability") == 0.0


@pytest.mark.parametrize(
    ("entries", "names"),
    [(COMPARED, SAME_OF_SYSTEMS), (GUIDING, SAME_OF_RADARS), (ROUNDS, SAME_OF_ROUNDS)],
    ids=["systems", "radars", "rounds"],
)
def test_what_nobody_publishes_is_assumed_alike(entries, names):
    for name in names:
        assert {ENTRIES[each].figures[name].provenance for each in entries} == {"assumed"}
        first = band_of(entries[0], name)
        assert all(band_of(each, name) == first for each in entries), name


@pytest.mark.parametrize("name", ["reaction_time", "launch_interval"])
def test_times_that_are_quoted_of_one_system_are_given_to_all(name):
    assert all(band_of(each, name) == band_of("s-400", name) for each in COMPARED)


@pytest.mark.parametrize("interceptor", ["48n6e3", *ROUNDS])
@pytest.mark.parametrize("name", ["speed_fraction_near", "speed_fraction_far", "basket"])
def test_no_interceptor_flies_by_a_law_of_its_own(interceptor, name):
    assert band_of(interceptor, name) == band_of("48n6e3", name)


@pytest.mark.parametrize("interceptor", [*ROUNDS, "textbook-round"])
def test_every_class_has_a_kill_probability_drawn_with_the_others(interceptor):
    figures = ENTRIES[interceptor].figures
    names = [name for name in figures if name.startswith("kill_probability.")]
    members = {*CLASSES, "decoy", "airliner", "light-aircraft", "other"}
    assert {name.removeprefix("kill_probability.") for name in names} == members
    assert {figures[name].draw_group for name in names} == {f"{interceptor}-kill"}
    assert {figures[name].shape for name in names} == {"pert"}


@pytest.mark.parametrize("interceptor", ROUNDS)
def test_a_kill_probability_is_uncertain_by_much_however_low_it_is(interceptor):
    for name in ENTRIES[interceptor].figures:
        if name.startswith("kill_probability."):
            nominal, _, (low, high) = band_of(interceptor, name)
            assert high - low >= 0.4 or high - low >= 2.4 * nominal


def test_a_missile_for_aircraft_has_little_against_what_falls():
    rounds = {each: resolve().entry(each).family("kill_probability") for each in ROUNDS}
    for threat in ("srbm", "mrbm"):
        assert rounds["aim-120"][threat] <= 0.05
        assert max(rounds, key=lambda each: rounds[each][threat]) == "pac-3-mse"


@pytest.mark.parametrize(
    ("system", "fact", "values", "words"),
    [
        ("patriot", "kill_fraction_1991", {0.8, 0.09}, ("engaged", "launched")),
        ("nasams", "intercept_rate_claim", {1.0}, ("engaged", "launched")),
    ],
)
def test_a_claimed_share_of_kills_is_a_fact_with_its_denominators(system, fact, values, words):
    record = ENTRIES[system].facts[fact]
    assert values <= {each.value for each in record.sources}
    assert all(word in record.meaning for word in words)


@pytest.mark.parametrize("entry", SEEN)
def test_what_was_read_of_an_entry_is_carried_over(entry):
    read = [
        name
        for name, record in records(entry).items()
        if any(each.provenance == "seen" for each in record.sources)
    ]
    assert len(read) == SEEN[entry], read


def test_every_source_is_cited_somewhere():
    cited = {
        each.source
        for entry in ENTRIES
        for record in records(entry).values()
        for each in record.sources
    }
    for entry in ENTRIES.values():
        for record in (*entry.timeline, *entry.remarks):
            cited |= set(record.sources)
    assert cited == set(CATALOGUE.sources)


def test_the_textbook_site_is_of_round_numbers_that_are_all_assumed():
    figures = resolve()
    assert figures.provenance(TEXTBOOK)["assumed"] == sum(figures.provenance(TEXTBOOK).values())
    site, radar, interceptor = (figures.entry(each) for each in TEXTBOOK)
    assert site.value("launchers") * site.value("rounds_per_launcher") == 32.0
    assert (site.value("reaction_time"), site.value("launch_interval")) == (10.0, 1.0)
    assert site.value("kill_unseen_probability") == 0.0
    assert site.value("miss_as_kill_probability") == 0.0
    assert radar.value("scan_period") == 5.0
    assert interceptor.value("range_max") == 185_200.0
    assert interceptor.value("speed_max") * interceptor.value("speed_fraction_near") == 1000.0
    assert set(interceptor.family("kill_probability").values()) == {0.7}
