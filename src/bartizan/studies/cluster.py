"""Workers of a dask cluster, behind the same standard Executor.

The scheduler gives a block of a worker that died to another one; its result is the same to the
bit, so that nobody can tell. Tried here with a scheduler and workers on one machine.
"""

import logging
from asyncio import CancelledError
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from bartizan.errors import BartizanError
from bartizan.studies.conduct import Workers, refuse_other
from bartizan.studies.pool import WorkerError
from bartizan.studies.worker import Machine, machine

CONNECT_S = 10.0
WAIT_S = 30.0  # for a first worker
RETRIES = 3


@contextmanager
def cluster(address: str, here: Machine, is_mixed: bool) -> Iterator[Workers]:
    """Yield the workers of a scheduler, each asked first what it is.

    Parameters
    ----------
    address
        Of the scheduler: ``tcp://host:8786``.
    here, is_mixed
        What workers must be, and whether their last bits may differ.

    Raises
    ------
    WorkerError
        If the scheduler cannot be reached, has no workers, or goes away; or if a worker is of
        another version.
    """
    distributed = _distributed()
    client = None
    quietened = _quietened()
    try:
        client = _client(distributed, address)
        _check_workers(client, address, here, is_mixed)
        executor = client.get_executor(pure=False, retries=RETRIES)
        yield Workers(executor, lambda: _window(client), lambda: _refuse_lost(client, address))
    except (KeyboardInterrupt, BartizanError):
        raise
    except distributed.scheduler.KilledWorker as error:
        raise WorkerError(
            f"{address}: a block ended several workers: {error}\n"
            "    remedy:  see the logs of the workers, memory first; what is finished is kept"
        ) from None
    except (Exception, CancelledError) as error:
        # Without a scheduler, what was asked of it ends in many ways, the first perhaps before
        # the client knows that it is alone.
        is_cut = isinstance(error, distributed.comm.CommClosedError)
        if client is None or (client.status == "running" and not is_cut):
            raise
        raise _lost(address) from None
    finally:
        if client is not None:
            with suppress(Exception, CancelledError):
                client.close(timeout=2)
        for logger in quietened:
            logger.disabled = False


def _quietened() -> list[logging.Logger]:
    """Silence dask's loggers, which tell on stderr what is told here; return them."""
    known = logging.root.manager.loggerDict.items()
    loggers = [each for name, each in known if name.startswith("distributed")]
    found = [each for each in loggers if isinstance(each, logging.Logger) and not each.disabled]
    for logger in found:
        logger.disabled = True
    return found


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise BartizanError(
            "--scheduler: dask.distributed is not installed\n"
            "    remedy:  pip install 'bartizan[all]'"
        ) from None
    return distributed


def _client(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise WorkerError(
            f"--scheduler: cannot be reached: {str(error).splitlines()[0]}\n"
            f"    given:   {address}\n    allowed: an address such as tcp://host:8786\n"
            "    remedy:  start one: `dask scheduler`, and workers: `dask worker ADDRESS`"
        ) from None


def _check_workers(client: Any, address: str, here: Machine, is_mixed: bool) -> None:
    try:
        client.wait_for_workers(1, timeout=WAIT_S)
    except TimeoutError:
        raise WorkerError(
            f"{address}: the scheduler has no workers\n"
            f"    remedy:  start some: dask worker {address} --nthreads 1 --nworkers 8"
        ) from None
    try:
        found = client.run(machine)
    except Exception as error:
        raise WorkerError(
            f"{address}: a worker cannot run bartizan: {type(error).__name__}: {error}\n"
            f"    remedy:  install bartizan {here.version} where the workers run"
        ) from None
    for there in found.values():
        refuse_other(there, here, is_mixed)


def _window(client: Any) -> int:
    """Return how many blocks to have under way: two for each thread of the workers."""
    threads = sum(client.nthreads().values()) if client.status == "running" else 0
    return max(4, 2 * threads)


def _refuse_lost(client: Any, address: str) -> None:
    if client.status != "running":
        raise _lost(address)


def _lost(address: str) -> WorkerError:
    return WorkerError(
        f"{address}: the scheduler has gone; what is finished is kept\n"
        "    remedy:  start it again and repeat the command: it goes on where it stopped"
    )
