"""Workers on this machine: processes started by `spawn`, with the standard Executor in front.

They share the kernel cache, so that they load compiled kernels instead of compiling them.
"""

import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import ModuleType

from bartizan.errors import BartizanError
from bartizan.studies.worker import begin, ready


class WorkerError(BartizanError):
    """Workers that ended, cannot be reached, or are of another version."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def local(workers: int) -> Iterator[Executor]:
    """Yield an executor of so many processes; they end with the block, or with this process."""
    context = multiprocessing.get_context("spawn")
    until, held = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, context, begin, (until,))
    try:
        with _without_main():
            # The first call starts all processes.
            first = pool.submit(ready)
        first.result()
        yield pool
    except BrokenProcessPool:
        held.close()
        raise WorkerError(
            "a worker process ended: killed, or out of memory; what is finished is kept\n"
            "    remedy:  repeat the command, with fewer --workers where memory is short"
        ) from None
    except BaseException:
        held.close()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        held.close()
        until.close()


@contextmanager
def _without_main() -> Iterator[None]:
    """Let new processes not run the user's script again, as `spawn` otherwise does."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
