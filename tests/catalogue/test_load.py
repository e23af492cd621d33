"""A catalogue folder loads whole, or tells all its faults with file, line and remedy."""

import shutil

import pytest

from bartizan.catalogue import bundled_catalogue, load_catalogue
from bartizan.errors import DocumentError

ROUND = "interceptors/48n6e3.yaml"
SYSTEM = "systems/s-400.yaml"
RANGE = """    nominal: 240 km
"""


def test_a_copy_of_the_bundled_folder_is_the_same_catalogue(folder):
    copy = folder.load()
    assert copy.entries == bundled_catalogue().entries
    assert copy.hash == bundled_catalogue().hash


def test_the_hash_ignores_comments_and_file_names(folder):
    (folder.path / ROUND).rename(folder.path / "interceptors" / "renamed.yaml")
    with (folder.path / "threats/srbm.yaml").open("a") as file:
        file.write("# a comment\n")
    assert folder.load().hash == bundled_catalogue().hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nominal: 240 km", "nominal: 241 km"),
        ("band: [200 km, 250 km]", "band: [201 km, 250 km]"),
        ("below the published 250 km, which", "below the published 250 km that"),
    ],
)
def test_the_hash_changes_with_any_word_of_an_entry(folder, old, new):
    assert folder.edit(ROUND, old, new).load().hash != bundled_catalogue().hash


def test_the_hash_changes_with_a_source(folder):
    folder.edit("sources.yaml", 'title: "9K720 Iskander"', 'title: "9K720"')
    assert folder.load().hash != bundled_catalogue().hash


def test_a_figure_without_a_source_is_refused(folder):
    folder.edit(
        SYSTEM,
        """    sources:
      - {source: apa_s400, value: [3 s, 5 s], provenance: recalled}
""",
        "",
    )
    fault = folder.fault()
    assert (fault.file, fault.path) == (SYSTEM, "figures.launch_interval.provenance")
    assert "needs a source" in fault.problem
    assert "assumed" in fault.remedy


def test_a_figure_without_provenance_is_refused(folder):
    folder.edit(
        SYSTEM,
        "three texts read give eight for a battalion\n    provenance: seen\n",
        "three texts read give eight for a battalion\n",
    )
    fault = folder.fault()
    assert (fault.path, fault.problem) == ("figures.launchers.provenance", "missing")
    assert fault.line == folder.line(SYSTEM, "launchers:")


def test_a_fault_names_file_line_given_allowed_and_remedy(folder):
    fault = folder.edit(ROUND, "nominal: 240 km", "nominal: 130 nm").fault()
    assert str(fault).startswith(
        f"{ROUND}:{folder.line(ROUND, 'nominal: 130 nm')}: figures.range_max"
    )
    assert fault.given == "130 nm"
    assert fault.allowed == "m, km, ft, nmi"
    assert "nmi" in fault.remedy


def test_a_name_that_is_not_in_the_record_is_refused(folder):
    fault = folder.edit(ROUND, "    claimed: 250 km", "    climed: 250 km").fault()
    assert (fault.path, fault.problem) == ("figures.range_max.climed", "unknown name")
    assert fault.remedy == "did you mean 'claimed'?"
    assert fault.line == folder.line(ROUND, "climed:")


def test_an_id_that_is_used_twice_is_refused(folder):
    shutil.copy(folder.path / ROUND, folder.path / "radars" / "again.yaml")
    fault = folder.fault()
    assert fault.file == "radars/again.yaml"
    assert fault.path == "id"
    assert ROUND in fault.problem


def test_a_recalled_source_with_an_address_is_refused(folder):
    folder.edit(
        "sources.yaml",
        'title: "S-400 missile system"',
        'title: "S-400"\n  url: https://example.org',
    )
    fault = folder.fault()
    assert (fault.file, fault.path) == ("sources.yaml", "wiki_s400.url")
    assert fault.line == folder.line("sources.yaml", "url: https://example.org")


def test_all_faults_of_all_files_are_told_at_once(folder):
    folder.edit(ROUND, "nominal: 240 km", "nominal: 240")
    folder.edit(SYSTEM, "nominal: 36", "nominal: 37")
    folder.edit("radars/91n6e.yaml", "{type: rotating}", "{type: fixed}")
    assert {fault.file for fault in folder.faults()} == {ROUND, SYSTEM, "radars/91n6e.yaml"}


def test_text_that_is_not_yaml_is_a_fault_with_its_line(folder):
    faults = folder.edit(ROUND, "kind: interceptor", "kind: [interceptor").faults()
    assert faults[0].file == ROUND
    assert "not YAML" in faults[0].problem
    assert faults[0].line > 0


def test_a_key_that_stands_twice_is_a_fault(folder):
    faults = folder.edit(ROUND, "name: 48N6E3\n", "name: 48N6E3\nname: other\n").faults()
    assert "duplicate key" in faults[0].problem


def test_a_file_that_is_no_map_is_a_fault(folder):
    (folder.path / ROUND).write_text("- one\n- two\n")
    assert any("not a map" in fault.problem for fault in folder.faults())


def test_a_folder_without_sources_is_a_fault(tmp_path):
    with pytest.raises(DocumentError, match=r"sources\.yaml.*cannot be read"):
        load_catalogue(tmp_path)


def test_yaml_beyond_the_plain_part_is_read_all_the_same(folder):
    folder.edit(ROUND, "name: 48N6E3\n", "name: &n 48N6E3   # with an anchor\n")
    assert folder.load().hash == bundled_catalogue().hash
