"""A damaged run folder is named with what is wrong, whatever was done to which file."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan import api
from bartizan.archive.folder import open_run, run_folder, write_run
from bartizan.archive.manifest import MANIFEST
from bartizan.errors import RunError
from tests.archive import fake

NAMES = [
    "manifest.json", "summary.json", "scenario.yaml", "events.parquet", "tracks.parquet",
    "truth.parquet", "coast.geojson",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    return written(tmp_path / "one")


def written(directory):
    run = fake.run(directory)
    with run_folder(directory, run.manifest["run"], force=False) as stage:
        write_run(run, stage)
    return directory


def truncated(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path):
    path.write_bytes(b"")


def removed(path):
    path.unlink()


def replaced(path):
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def made_a_folder(path):
    path.unlink()
    path.mkdir()


def bit_flipped(path, place=0.5, bit=3):
    content = bytearray(path.read_bytes())
    content[int(place * (len(content) - 1))] ^= 1 << bit
    path.write_bytes(content)


def read_all(directory):
    """Read a run as the verbs do: its summary, its leakers and all its tables."""
    run = open_run(directory)
    assert str(api.summarise(run))
    assert str(api.why(run=run))
    return [getattr(run, table).num_rows for table in run.recorded]


def message_of(verb, directory):
    try:
        verb(directory)
    except RunError as error:
        return str(error)
    return ""


DAMAGES = [truncated, emptied, removed, replaced, made_a_folder, bit_flipped]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_named(folder, name, damage):
    assert read_all(folder)
    damage(folder / name)
    with pytest.raises(RunError, match=name) as told:
        read_all(folder)
    assert str(told.value).startswith(f"{folder}: cannot be read as a run: ")
    assert "remedy:" in str(told.value)


@given(name=st.sampled_from(NAMES), place=st.floats(0.0, 1.0), bit=st.integers(0, 7))
def test_no_flipped_bit_goes_unnoticed(tmp_path_factory, name, place, bit):
    folder = written(tmp_path_factory.mktemp("bits") / "one")
    before = json.loads((folder / MANIFEST).read_text())
    bit_flipped(folder / name, place, bit)
    told = message_of(open_run, folder)
    if told:
        assert name in told or "format" in told
    else:
        # A blank became another blank.
        assert name == MANIFEST
        assert json.loads((folder / name).read_text()) == before


def as_format_1_0(folder, **changes):
    """Make a folder what version 1.0 of the format wrote."""
    manifest = json.loads((folder / MANIFEST).read_text())
    del manifest["hash"]
    sizes = {name: facts["bytes"] for name, facts in manifest["files"].items()}
    (folder / MANIFEST).write_text(
        json.dumps({**manifest, "format": 1, "files": sizes, **changes})
    )


def test_the_last_minor_version_of_the_format_is_read(folder):
    expected = read_all(folder)
    as_format_1_0(folder)
    assert read_all(folder) == expected


@pytest.mark.parametrize("version", [0, 2, "0.9", "1.2", "2.0", None, [], "x" * 10_000])
def test_another_version_of_the_format_is_named_with_those_that_are_read(folder, version):
    as_format_1_0(folder, format=version)
    with pytest.raises(RunError, match=r"it has format .*reads formats 1\.0 and 1\.1") as told:
        open_run(folder)
    assert len(str(told.value)) < 1_000


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", [truncated, emptied, removed, made_a_folder])
def test_a_file_of_the_last_version_has_its_size_at_least(folder, name, damage):
    as_format_1_0(folder)
    damage(folder / name)
    with pytest.raises(RunError, match=name):
        read_all(folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"record": "some"}, {"files": []}, {"files": {"summary.json": "x"}}, {"files": {}},
        {"record": ["full"]}, {"created": None}, {"run": 3}, {"files": {"../../x": 1}},
    ],
)  # fmt: skip
def test_a_manifest_of_nonsense_is_told_or_read(folder, changes):
    as_format_1_0(folder, **changes)
    told = message_of(read_all, folder)
    assert "cannot be read as a run" in told or not {"record", "files"} & set(changes)


def test_a_deep_document_is_told(folder):
    as_format_1_0(folder)
    (folder / MANIFEST).write_text("[" * 100_000)
    with pytest.raises(RunError, match=r"manifest.json cannot be read"):
        open_run(folder)
