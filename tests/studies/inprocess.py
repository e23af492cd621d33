"""Studies without processes: an executor that does at once what it is asked."""

from concurrent.futures import Executor, Future
from contextlib import contextmanager

import bartizan.api.studying
from bartizan.archive.study import LOG
from bartizan.studies.conduct import Workers


class Stopped(BaseException):
    """What ends a study here, as Ctrl-C does on a terminal."""


class AtOnce(Executor):
    """Runs each call when it is submitted, until it was told to stop."""

    def __init__(self, stop_after=None, change=lambda made: made):
        self.stop_after, self.change, self.n = stop_after, change, 0

    def submit(self, call, /, *args, **kwargs):
        if self.n == self.stop_after:
            raise Stopped
        self.n += 1
        future = Future()
        future.set_result(self.change(call(*args, **kwargs)))
        return future


def use(monkeypatch, executor, window=4):
    """Have studies use an executor instead of processes; return it."""

    @contextmanager
    def workers(means, here):
        yield Workers(executor, lambda: window)

    monkeypatch.setattr(bartizan.api.studying, "_workers", workers)
    return executor


def content(folder):
    """Return all that a study's folder holds, but for its log."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != LOG)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
