"""A limit in seconds on a block, for what must never take long whatever it is given."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class TooSlowError(BaseException):
    """The block took longer than it may; no handler of exceptions swallows this."""


@contextmanager
def within(limit_s: float) -> Iterator[None]:
    """Raise `TooSlowError` in the main thread where the block takes longer than it may.

    Counted are seconds of the processor, because others may keep it busy; a block that sleeps
    is stopped after twenty times as many by the clock.
    """

    def ring(*_: object) -> None:
        raise TooSlowError(f"not done after {limit_s:g} s")

    timers = {
        signal.SIGPROF: (signal.ITIMER_PROF, limit_s),
        signal.SIGALRM: (signal.ITIMER_REAL, 20.0 * limit_s),
    }
    before = {number: signal.signal(number, ring) for number in timers}
    for timer, seconds in timers.values():
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for number, (timer, _) in timers.items():
            signal.setitimer(timer, 0.0)
            signal.signal(number, before[number])
