"""A place on disk that takes a whole folder or nothing: written beside it, then put there.

Whatever ends the writing early (an error, a full disk, Ctrl-C), the place is as it was and
nothing half-written remains.
"""

import ctypes
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bartizan.errors import RunError

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
        If the place cannot be written, with the reason and the remedy.
    """
    place = target.resolve()
    made = [folder for folder in place.parents if not folder.exists()]
    stage = place.parent / f".{place.name}.{secrets.token_hex(4)}.writing"
    try:
        stage.mkdir(parents=True)
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


def cannot_write(target: Path, error: OSError, option: str = " with --out") -> RunError:
    """Return the error of a place that the system refuses to write, with the remedy."""
    reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    return RunError(
        f"{target}: cannot be written: {reason}\n    remedy:  give another place{option}"
    )


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
