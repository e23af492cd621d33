"""Each mistake planted in a copy of the catalogue is found where it stands."""

import pytest

ROUND = "interceptors/48n6e3.yaml"
SYSTEM = "systems/s-400.yaml"
RADAR = "radars/91n6e.yaml"
RECALLED = "{source: wiki_s400, value: 3 km, provenance: recalled}"

# File, text, what replaces it, where the fault must be, and words it must have.
PLANTED = [
    (ROUND, "nominal: 240 km", "nominal: 240", "figures.range_max.nominal", "needs a unit"),
    (
        ROUND,
        "nominal: 240 km",
        "nominal: 260 km",
        "figures.range_max.nominal",
        "outside its band",
    ),
    (ROUND, "nominal: 240 km", "nominal: true", "figures.range_max.nominal", "not a quantity"),
    (ROUND, "nominal: 240 km", "nominal: 0 km", "figures.range_max.nominal", "out of range"),
    (
        ROUND,
        "band: [200 km, 250 km]",
        "band: [250 km, 200 km]",
        "figures.range_max.band",
        "low end",
    ),
    (
        ROUND,
        "band: [5 m, 50 m]",
        "band: [5 m, 50 s]",
        "figures.altitude_min.band",
        "a unit of time",
    ),
    (ROUND, "  range_min:", "  range_mim:", "figures.range_mim", "did you mean 'range_min'?"),
    (
        ROUND,
        "kill_probability.drone:",
        "kill_probability.dron:",
        "figures.kill_probability.dron",
        "did you mean 'drone'?",
    ),
    (
        ROUND,
        "kill_probability.other:",
        "kill_probability.s-400:",
        "figures.kill_probability.s-400",
        "no threat or traffic",
    ),
    (
        ROUND,
        "{source: kreately21, value: 250 km,",
        "{source: kreatly21, value: 250 km,",
        "figures.range_max.sources[0].source",
        "did you mean 'kreately21'?",
    ),
    (
        ROUND,
        "{source: people13, value: 250 km,",
        "{source: people13, value: 250,",
        "figures.range_max.sources[1].value",
        "needs a unit",
    ),
    (
        ROUND,
        RECALLED,
        "{source: wiki_s400, value: 3 km, provenance: seen}",
        "figures.range_min.sources[0].provenance",
        "more than the source supports",
    ),
    (
        ROUND,
        RECALLED,
        "{source: wiki_s400, provenance: recalled}",
        "figures.range_min.sources[0]",
        "says nothing",
    ),
    (ROUND, "id: 48n6e3", "id: 48N6E3", "id", "pattern"),
    (
        SYSTEM,
        "weights: [0.45, 0.15, 0.4]",
        "weights: [0.45, 0.15, 0.5]",
        "figures.engagements.weights",
        "add up to 1",
    ),
    (
        SYSTEM,
        "weights: [0.45, 0.15, 0.4]",
        "weights: [0.6, 0.4]",
        "figures.engagements.values",
        "a weight for each",
    ),
    (
        SYSTEM,
        "nominal: 36",
        "nominal: 37",
        "figures.engagements.nominal",
        "not one of its values",
    ),
    (SYSTEM, "nominal: 36", "nominal: 36.5", "figures.engagements.nominal", "whole number"),
    (SYSTEM, "48n6e3: 0.5", "48n6e3: 0.4", "parts.loadout", "add up to 1"),
    (
        SYSTEM,
        "48n6e3: 0.5",
        "48n6e2: 0.5",
        "parts.loadout.48n6e2",
        "did you mean '48n6e3'?",
    ),
    (SYSTEM, "radar: 92n6e", "radar: 48n6e3", "parts.radars[2].radar", "no radar of that name"),
    (RADAR, "{type: rotating}", "{type: rotatin}", "choices.type", "did you mean 'rotating'?"),
    (RADAR, "{type: rotating}", "{}", "choices", "type is missing"),
    (
        RADAR,
        "{type: rotating}",
        "{typo: rotating, type: rotating}",
        "choices.typo",
        "did you mean 'type'?",
    ),
    (
        RADAR,
        "nominal: 0.5",
        "nominal: 1",
        "figures.reference_detection_probability.nominal",
        "out of range",
    ),
    (
        RADAR,
        "band: [1, 100]",
        "band: [0, 100]",
        "figures.false_alarms_per_scan.band",
        "begins above 0",
    ),
    ("threats/srbm.yaml", "motion: ballistic", "motion: route", "figures", "speed is missing"),
    (
        "threats/drone.yaml",
        "motion: route",
        "motion: ballistic",
        "figures.speed",
        "not a figure of this threat",
    ),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "path", "words"),
    PLANTED,
)
def test_a_planted_fault_is_found(folder, name, old, new, path, words):
    faults = [fault for fault in folder.edit(name, old, new).faults() if fault.file == name]
    found = [fault for fault in faults if fault.path == path]
    assert found, [str(fault) for fault in faults]
    assert any(words in str(fault) for fault in found), str(found[0])
    assert all(fault.line > 0 for fault in found)
