"""A place on disk that takes a whole folder or file, or nothing: made beside it, put there.

Whatever ends the writing early (an error, a full disk, Ctrl-C), the place is as it was and
nothing half-written remains. What a killed process left behind, the next writer removes.
"""

import ctypes
import errno
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bartizan.archive.lock import lock_file, locked, release, take
from bartizan.errors import RunError

_STAGE = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{8}\.(writing|replaced)", re.DOTALL)
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the quota is used up",
    errno.EACCES: "it may not be written",
    errno.EPERM: "it may not be written",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "there is no such folder",
    errno.ENOTDIR: "a part of it is a file",
    errno.EEXIST: "a part of it is a file",
    errno.ENAMETOOLONG: "the name is too long",
}


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of ``target`` when the block ends well.

    An error or Ctrl-C inside the block leaves ``target`` untouched and the folder removed.
    What may be replaced is the caller's to decide, before.

    Raises
    ------
    RunError
        If another is writing there, or the place cannot be written: reason and remedy.
    """
    place = target.resolve()
    made = [folder for folder in place.parents if not folder.exists()]
    stage = place.parent / f".{place.name}.{secrets.token_hex(4)}.writing"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with locked(place):
            _clear(place.parent, place.name)
            stage.mkdir()
            yield stage
            _take_place(stage, place)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        # After an exchange the stage holds what was replaced.
        shutil.rmtree(stage, ignore_errors=True)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def staged_file(target: Path, option: str = " with --out") -> Iterator[Path]:
    """Yield the path of a file that takes the place of ``target`` when the block ends well.

    Raises
    ------
    RunError
        If it cannot be written: reason, and ``option`` in the remedy.
    """
    stage = target.with_name(f".{target.name}.unfinished")
    try:
        yield stage
        stage.replace(target)
    except OSError as error:
        raise cannot_write(target, error, option) from None
    finally:
        with suppress(OSError):
            stage.unlink(missing_ok=True)


def put(target: Path, content: bytes) -> None:
    """Write a file that is whole or not there, whatever ends the process or the machine.

    Raises
    ------
    RunError
        If it cannot be written: the reason.
    """
    stage = target.with_name(f".{target.name}.unfinished")
    try:
        with stage.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        stage.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise cannot_write(target, error) from None
    finally:
        with suppress(OSError):
            stage.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Have a folder's names on the disk; where a system cannot, its files still are."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def cannot_write(target: Path, error: OSError, option: str = " with --out") -> RunError:
    """Return the error of a place that the system refuses to write, with the remedy."""
    reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    return RunError(
        f"{target}: cannot be written: {reason}\n    remedy:  give another place{option}"
    )


def _clear(folder: Path, held: str) -> None:
    """Remove what dead writers left in a folder; ``held`` is the name that is locked here."""
    for left in list(folder.glob(".*")):
        found = _STAGE.fullmatch(left.name)
        if found and found["name"] == held:
            _clear_one(left, folder / held)
        elif found:
            place = folder / found["name"]
            with suppress(OSError):
                if (handle := take(lock_file(place))) >= 0:
                    _clear_one(left, place)
                    release(lock_file(place), handle)


def _clear_one(left: Path, place: Path) -> None:
    # Between two renames the old folder has only its aside name.
    if left.suffix == ".replaced" and not place.exists():
        os.rename(left, place)
    else:
        shutil.rmtree(left, ignore_errors=True)


def _take_place(stage: Path, place: Path) -> None:
    try:
        os.rename(stage, place)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        if not _exchanged(stage, place):
            _swap(stage, place)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can."""
    if not sys.platform.startswith("linux"):
        return False
    at_cwd, exchange = -100, 2
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError):
        return False
    return bool(rename(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0)


def _swap(stage: Path, place: Path) -> None:
    aside = stage.with_suffix(".replaced")
    os.rename(place, aside)
    try:
        os.rename(stage, place)
    except BaseException:
        os.rename(aside, place)
        raise
    shutil.rmtree(aside, ignore_errors=True)
