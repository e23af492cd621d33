"""The real command line in processes of its own, and disks that are full or read-only."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import bartizan
from tests.test_api import TINY

# "up" says that from here on the command line answers to signals.
MAIN = "from bartizan.cli import main; print('up', flush=True); main()"
BARTIZAN = [sys.executable, "-c", MAIN]


def bartizan_shell(*arguments, **options):
    return subprocess.run([*BARTIZAN, *arguments], capture_output=True, text=True, **options)


def write_tiny(folder):
    path = folder / "tiny.yaml"
    path.write_text(json.dumps(TINY, indent=1))
    return path


def left_in(folder):
    """Return the names of all there is in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def assert_whole(directory):
    """Assert that a run folder opens, and all its tables with it."""
    run = bartizan.open_run(directory)
    assert all(getattr(run, table).num_rows for table in run.recorded)


def mounted(*arguments) -> bool:
    """Return whether a file system could be mounted, which takes root and more."""
    if os.getuid() != 0 or not sys.platform.startswith("linux"):
        return False
    return subprocess.run(["mount", *map(str, arguments)], capture_output=True).returncode == 0


@contextmanager
def small_disk(folder: Path, size_kib: int) -> Iterator[bool]:
    """Yield whether a folder became a disk of so many KiB."""
    folder.mkdir()
    is_mounted = mounted("-t", "tmpfs", "-o", f"size={size_kib}k", "bartizan-test", folder)
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make a folder one that cannot be written, for root too."""
    reopen = _closed(folder)
    if reopen is None:
        pytest.skip("root may write everywhere here: neither mounts nor chattr work")
    try:
        yield
    finally:
        subprocess.run(reopen, check=True)


def _closed(folder: Path) -> list[str] | None:
    """Close a folder and return the command that opens it again; None if nothing closes it."""
    place = str(folder)
    if os.getuid() != 0:
        folder.chmod(0o555)
        return ["chmod", "755", place]
    if mounted("--bind", place, place):
        subprocess.run(["mount", "-o", "remount,ro,bind", place], check=True)
        return ["umount", "-l", place]
    if subprocess.run(["chattr", "+i", place], capture_output=True).returncode == 0:
        return ["chattr", "-i", place]
    return None
