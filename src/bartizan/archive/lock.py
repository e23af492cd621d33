"""A lock on a place on disk: one writer at a time; that of a dead process is free at once.

Assumes: a file system with advisory locks; where it has none, nobody is kept out.
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bartizan.errors import RunError

_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP)


def lock_file(place: Path) -> Path:
    """Return the file beside a place that its writer holds."""
    return place.parent / f".{place.name}.lock"


@contextmanager
def locked(place: Path, what: str = "run") -> Iterator[None]:
    """Hold the lock of a place while the block runs; ``what`` is written there, in words.

    Raises
    ------
    RunError
        If another, of this process or of another one, is being written there.
    """
    file = lock_file(place)
    try:
        handle = take(file)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        yield
        return
    if handle < 0:
        raise RunError(
            f"{place}: another {what} is being written here\n"
            "    remedy:  wait until it has ended, or give another folder with --out"
        )
    try:
        yield
    finally:
        release(file, handle)


def take(file: Path) -> int:
    """Return the handle of a lock file that is now held; -1 where another holds it."""
    while True:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            if isinstance(error, BlockingIOError):
                return -1
            file.unlink(missing_ok=True)
            raise
        if _is_of(handle, file):
            return handle
        # Its holder removed it between the opening and the lock.
        os.close(handle)


def release(file: Path, handle: int) -> None:
    """Let go of a lock that is held, and remove its file."""
    with suppress(OSError):
        file.unlink()
    os.close(handle)


def _is_of(handle: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(file))
    except FileNotFoundError:
        return False
