"""A place takes a whole folder or nothing."""

import errno
import os

import pytest

from bartizan.archive import lock, place
from bartizan.archive.place import staged
from bartizan.errors import RunError


def fill(folder, text):
    (folder / "a.txt").write_text(text)


def contents(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def write_half(target, error):
    with staged(target) as stage:
        fill(stage, "half")
        raise error


def test_a_folder_appears_only_when_the_block_ends(tmp_path):
    target = tmp_path / "runs" / "one"
    with staged(target) as stage:
        fill(stage, "1")
        assert not target.exists()
    assert (target / "a.txt").read_text() == "1"
    assert contents(tmp_path) == ["runs", "runs/one", "runs/one/a.txt"]


@pytest.mark.parametrize("exchanges", [True, False])
def test_a_folder_is_replaced_and_nothing_is_left_beside_it(tmp_path, monkeypatch, exchanges):
    if not exchanges:
        monkeypatch.setattr(place, "_exchanged", lambda *_: False)
    target = tmp_path / "one"
    for text in "12":
        with staged(target) as stage:
            fill(stage, text)
    assert (target / "a.txt").read_text() == "2"
    assert contents(tmp_path) == ["one", "one/a.txt"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError, OSError])
def test_whatever_ends_the_writing_early_leaves_the_place_as_it_was(tmp_path, error):
    kept, new = tmp_path / "kept", tmp_path / "deep" / "new"
    with staged(kept) as stage:
        fill(stage, "1")
    for target in (kept, new):
        with pytest.raises((error, RunError)):
            write_half(target, error)
    assert (kept / "a.txt").read_text() == "1"
    assert contents(tmp_path) == ["kept", "kept/a.txt"]


def test_a_failed_swap_puts_the_old_folder_back(tmp_path, monkeypatch):
    target = tmp_path / "one"
    with staged(target) as stage:
        fill(stage, "1")
    monkeypatch.setattr(place, "_exchanged", lambda *_: False)
    rename, calls = os.rename, []

    def breaks_at_the_third(source, destination):
        calls.append(source)
        if len(calls) == 3:
            raise KeyboardInterrupt
        rename(source, destination)

    monkeypatch.setattr(os, "rename", breaks_at_the_third)
    with pytest.raises(KeyboardInterrupt), staged(target) as stage:
        fill(stage, "2")
    assert (target / "a.txt").read_text() == "1"
    assert contents(tmp_path) == ["one", "one/a.txt"]


def test_a_second_writer_of_one_place_is_refused_and_the_first_ends_well(tmp_path):
    target = tmp_path / "one"
    with staged(target) as first:
        fill(first, "1")
        refused = pytest.raises(RunError, match=r"(?s)one: another run is being .*remedy: ")
        with refused, staged(target):
            pytest.fail("the block must not run")
    assert (target / "a.txt").read_text() == "1"
    assert contents(tmp_path) == ["one", "one/a.txt"]


def test_what_a_dead_writer_left_is_removed_by_the_next_one(tmp_path):
    for left in (".one.0123abcd.writing", ".two.0123abcd.writing", ".two.0123abcd.replaced"):
        (tmp_path / left).mkdir()
        fill(tmp_path / left, "left")
    (tmp_path / ".one.lock").write_text("")
    (tmp_path / ".mine.writing").mkdir()
    (tmp_path / "two").mkdir()
    with staged(tmp_path / "one") as stage:
        fill(stage, "1")
    assert contents(tmp_path) == [".mine.writing", "one", "one/a.txt", "two"]


def test_what_a_living_writer_writes_is_left_to_it(tmp_path):
    with staged(tmp_path / "one") as living:
        fill(living, "1")
        with staged(tmp_path / "two") as stage:
            fill(stage, "2")
        assert (living / "a.txt").exists()
    assert contents(tmp_path) == ["one", "one/a.txt", "two", "two/a.txt"]


def test_a_folder_put_aside_by_a_dead_writer_comes_back(tmp_path):
    (tmp_path / ".one.0123abcd.replaced").mkdir()
    fill(tmp_path / ".one.0123abcd.replaced", "1")
    with staged(tmp_path / "two") as stage:
        fill(stage, "2")
    assert (tmp_path / "one" / "a.txt").read_text() == "1"
    assert contents(tmp_path) == ["one", "one/a.txt", "two", "two/a.txt"]


def test_where_a_disk_has_no_locks_it_is_written_all_the_same(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock.fcntl, "flock", refuse)
    with staged(tmp_path / "one") as stage:
        fill(stage, "1")
    assert contents(tmp_path) == ["one", "one/a.txt"]


def test_a_folder_below_a_file_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    told = pytest.raises(RunError, match=r"one: cannot be written: a part of it is a file")
    with told, staged(tmp_path / "file" / "one"):
        pytest.fail("the block must not run")


def test_a_system_folder_cannot_be_written():
    told = pytest.raises(RunError, match=r"(?s)/proc/one/two: cannot be written: .*remedy: ")
    with told, staged(place.Path("/proc/one/two")):
        pytest.fail("the block must not run")


def test_a_full_disk_is_told_with_its_remedy(tmp_path):
    with pytest.raises(RunError) as told, staged(tmp_path / "one"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert str(told.value).startswith(f"{tmp_path}/one: cannot be written: the disk is full\n")
    assert "--out" in str(told.value)
    assert contents(tmp_path) == []


def test_a_broken_pipe_is_no_matter_of_the_place(tmp_path):
    with pytest.raises(BrokenPipeError), staged(tmp_path / "one"):
        raise BrokenPipeError
