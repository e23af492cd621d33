"""Figures come in SI, pinned where the scenario pins them; a wrong name brings the nearest."""

import math

import pytest

from bartizan.catalogue import resolve
from bartizan.errors import DocumentError


def faults_of(call, *arguments, **named):
    with pytest.raises(DocumentError) as caught:
        call(*arguments, **named)
    return caught.value.faults


def test_values_are_in_si_units():
    figures = resolve()
    assert figures.entry("48n6e3").value("range_max") == 240e3
    assert figures.entry("91n6e").value("azimuth_sigma") == pytest.approx(math.radians(0.15))
    assert figures.entry("drone").value("speed") == 51.0
    assert figures.entry("s-400").value("price") == 625e6


def test_every_figure_of_every_entry_has_a_finite_value():
    figures = resolve()
    for entry in figures.catalogue.entries:
        values = figures.entry(entry)
        assert all(math.isfinite(values.value(name)) for name in values.figure_names())


def test_a_family_is_read_by_member():
    family = resolve().entry("48n6e3").family("kill_probability")
    assert family["srbm"] == 0.35
    assert family["other"] == 0.5


def test_settled_words_and_parts_are_read():
    figures = resolve()
    assert figures.entry("91n6e").choice("type") == "rotating"
    system = figures.entry("s-400")
    assert (system.id, system.kind, system.name) == ("s-400", "system", "S-400 battalion")
    assert [(part.radar, part.role) for part in system.parts.radars] == [
        ("91n6e", "acquisition"),
        ("96l6e", "acquisition"),
        ("92n6e", "engagement"),
    ]
    assert system.parts.loadout == {"40n6e": 0.125, "48n6e3": 0.5, "9m96e2": 0.375}


def test_ids_are_listed_by_kind():
    figures = resolve()
    for kinds in (("threat",), ("radar", "doctrine")):
        ids = figures.ids(*kinds)
        assert ids == sorted(ids)
        assert {figures.entry(each).kind for each in ids} == set(kinds)
    assert {"cruise-missile", "drone", "fighter", "srbm"} <= set(figures.ids("threat"))
    assert {"91n6e", "96l6e", "salvo"} <= set(figures.ids("radar", "doctrine"))


def test_a_pin_replaces_a_figure_and_nothing_else():
    plain, pinned = resolve(), resolve(pins={"48n6e3.range_max": "200 km"})
    assert pinned.entry("48n6e3").value("range_max") == 200e3
    assert pinned.entry("48n6e3").value("range_min") == plain.entry("48n6e3").value("range_min")
    assert plain.entry("48n6e3").value("range_max") == 240e3


def test_an_override_means_its_own_entry_or_the_one_it_names():
    figures = resolve().overridden("s-400", {"tracks": 50, "92n6e.tracks": "40"})
    assert figures.entry("s-400").value("tracks") == 50.0
    assert figures.entry("92n6e").value("tracks") == 40.0
    assert figures.entry("91n6e").value("tracks") == 300.0


def test_a_later_override_wins_over_a_pin():
    figures = resolve(pins={"drone.speed": "40 m/s"}).overridden("drone", {"speed": "45 m/s"})
    assert figures.entry("drone").value("speed") == 45.0


def test_a_member_of_a_family_is_overridden_under_either_name():
    key = "kill_probability.fighter"
    own = resolve().overridden("48n6e3", {key: 0.9})
    other = resolve().overridden("s-400", {f"48n6e3.{key}": 0.9})
    for figures in (own, other):
        assert figures.entry("48n6e3").family("kill_probability")["fighter"] == 0.9


def test_a_settled_word_is_overridden():
    figures = resolve().overridden("shoot-look-shoot", {"allocator": "greedy", "salvo": 2})
    assert figures.entry("shoot-look-shoot").choice("allocator") == "greedy"
    assert figures.entry("shoot-look-shoot").value("salvo") == 2.0


@pytest.mark.parametrize(
    ("entry", "key", "given", "words"),
    [
        ("48n6e3", "range_mx", "200 km", "did you mean 'range_max'?"),
        ("s-400", "48n6e3.range_mx", "200 km", "did you mean 'range_max'?"),
        ("s-400", "48n6.range_max", "200 km", "did you mean '48n6e3.range_max'?"),
        ("48n6e3", "kill_probability.figther", 0.5, "did you mean 'kill_probability.fighter'?"),
        ("48n6e3", "kill_probability", 0.5, "no such figure"),
        ("48n6e3", "range_max", "200", "needs a unit"),
        ("48n6e3", "range_max", 200, "needs a unit"),
        ("48n6e3", "range_max", "0 km", "more than 0"),
        ("91n6e", "reference_detection_probability", 1, "less than 1"),
        ("91n6e", "type", "rotates", "did you mean 'rotating'?"),
        ("drone", "range_max", "100 nm", "nmi"),
        ("srbm", "speed", "2 km", "no such figure"),
        ("srbm", "motion", "route", "name another entry"),
    ],
)
def test_an_override_that_means_nothing_is_refused_with_a_remedy(entry, key, given, words):
    (fault,) = faults_of(
        resolve().overridden, entry, {key: given}, path="defence.one.overrides"
    )
    assert fault.path == f"defence.one.overrides.{key}"
    assert words in str(fault)


def test_all_faults_of_an_override_are_told_at_once():
    mapping = {"range_mx": "1 km", "speed_max": "fast", "basket": "2 km"}
    faults = faults_of(resolve().overridden, "48n6e3", mapping)
    assert [fault.path for fault in faults] == ["overrides.range_mx", "overrides.speed_max"]


def test_a_pin_must_name_its_entry():
    (fault,) = faults_of(resolve, pins={"range_max": "200 km"})
    assert fault.path == "figures.range_max"
    (fault,) = faults_of(resolve, pins={"48n6e.range_max": "200 km"})
    assert "did you mean '48n6e3'?" in fault.remedy


def test_an_unknown_entry_brings_the_nearest():
    (fault,) = faults_of(resolve().entry, "cruise-misile")
    assert fault.remedy == "did you mean 'cruise-missile'?"


def test_an_unknown_choice_of_figures_is_refused():
    (fault,) = faults_of(resolve, "nominl")
    assert fault.allowed == "nominal, claimed, pessimistic, optimistic, drawn"
    assert fault.remedy == "did you mean 'nominal'?"


def test_asking_for_a_figure_that_is_not_there_is_the_callers_mistake():
    with pytest.raises(KeyError, match="range_max"):
        resolve().entry("48n6e3").value("range_mx")
    with pytest.raises(KeyError, match="no parts"):
        _ = resolve().entry("91n6e").parts


def test_figures_are_counted_by_provenance():
    figures = resolve()
    ids = figures.with_parts(["s-400", "s-400"])
    assert ids == ["s-400", "91n6e", "96l6e", "92n6e", "40n6e", "48n6e3", "9m96e2"]
    counts = figures.provenance(ids)
    assert sum(counts.values()) == sum(len(figures.entry(each).figure_names()) for each in ids)
    assert counts["pinned"] == 0
    assert min(counts["seen"], counts["recalled"], counts["assumed"]) > 0


def test_a_pinned_figure_is_counted_as_such():
    figures = resolve()
    before = figures.provenance(["48n6e3"])
    after = figures.overridden("48n6e3", {"basket": "2 km"}).provenance(["48n6e3"])
    assert after["pinned"] == 1
    assert after["assumed"] == before["assumed"] - 1
