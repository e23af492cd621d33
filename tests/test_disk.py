"""Full and read-only disks: a message with its remedy, exit code 2, nothing half-written."""

import resource

import pytest

import bartizan
from bartizan import RunError
from tests.commands import (
    assert_whole,
    bartizan_shell,
    left_in,
    read_only,
    small_disk,
    write_tiny,
)
from tests.test_api import TINY


def limit_files(size_kib):
    """Let this process write no file beyond a size: a full disk for those without root."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_kib << 10, size_kib << 10))


@pytest.mark.parametrize("size_kib", [4, 16, 28])
def test_a_full_disk_is_told_and_nothing_is_left(tmp_path, size_kib):
    write_tiny(tmp_path)
    with small_disk(tmp_path / "disk", size_kib) as is_small:
        before = None if is_small else lambda: limit_files(2)
        run = ("run", "tiny.yaml", "--out", "disk/one")
        ended = bartizan_shell(*run, cwd=tmp_path, preexec_fn=before)
        assert ended.returncode == 2, ended.stderr
        assert ended.stderr.startswith("disk/one: cannot be written: ")
        assert "the disk is full" in ended.stderr or not is_small
        assert "remedy:" in ended.stderr
        assert "Traceback" not in ended.stderr
        assert left_in(tmp_path / "disk") == []


def test_a_disk_that_fills_while_a_run_is_replaced_keeps_the_run_of_before(tmp_path):
    place = tmp_path / "disk" / "one"
    with small_disk(tmp_path / "disk", 64) as is_small:
        bartizan.run(TINY, out=place, record="none")
        if is_small:
            with pytest.raises(RunError, match="the disk is full"):
                bartizan.run(TINY, out=place, sets=["duration=20 min"], force=True)
        assert left_in(place.parent) == ["one"]
        assert bartizan.open_run(place).recorded == ()


def test_a_disk_that_fills_while_a_file_is_replaced_keeps_the_file_of_before(tmp_path):
    path = tmp_path / "disk" / "mine.yaml"
    with small_disk(tmp_path / "disk", 4) as is_small:
        if not is_small:
            pytest.skip("no small disk can be made here")
        path.write_text("mine")
        with pytest.raises(RunError, match="the disk is full"):
            bartizan.new(path, force=True)
        assert path.read_text() == "mine"
        assert left_in(path.parent) == ["mine.yaml"]


def test_a_read_only_folder_is_told_before_anything_is_simulated(tmp_path):
    def never(_):
        pytest.fail("it simulated")

    (tmp_path / "closed").mkdir()
    with read_only(tmp_path / "closed"):
        with pytest.raises(RunError, match=r"(?s)cannot be written: .*remedy: "):
            bartizan.run(TINY, out=tmp_path / "closed" / "one", progress=never)
        with pytest.raises(RunError, match=r"(?s)cannot be written: .*remedy: "):
            bartizan.new(tmp_path / "closed" / "mine.yaml")
    assert left_in(tmp_path / "closed") == []


def test_in_a_read_only_folder_the_command_line_says_how_to_go_on(tmp_path):
    write_tiny(tmp_path)
    with read_only(tmp_path):
        ended = bartizan_shell("run", "tiny.yaml", cwd=tmp_path)
    assert ended.returncode == 2
    assert "cannot be written" in ended.stderr
    assert "--out" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert left_in(tmp_path) == ["tiny.yaml"]


@pytest.mark.parametrize("place", ["x" * 300, "a\0b", "x" * 300 + "/one"])
def test_a_place_that_no_disk_takes_is_told(tmp_path, place):
    with pytest.raises(RunError, match=r"(?s)cannot be written: .*remedy: "):
        bartizan.run(TINY, out=tmp_path / place)
    with pytest.raises(RunError, match="no such run"):
        bartizan.open_run(place)


def test_two_runs_into_one_folder_the_second_is_refused_and_the_first_ends(tmp_path):
    write_tiny(tmp_path)
    refused = []

    def meanwhile(_):
        if not refused:
            run = ("run", "tiny.yaml", "--out", "one", "--force")
            refused.append(bartizan_shell(*run, cwd=tmp_path))
            with pytest.raises(RunError, match="another run is being written here"):
                bartizan.run(TINY, out=tmp_path / "one")

    bartizan.run(TINY, out=tmp_path / "one", progress=meanwhile)
    assert refused[0].returncode == 2
    assert "one: another run is being written here" in refused[0].stderr
    assert "remedy:  wait until it has ended" in refused[0].stderr
    assert_whole(tmp_path / "one")
    assert left_in(tmp_path) == ["one", "tiny.yaml"]
