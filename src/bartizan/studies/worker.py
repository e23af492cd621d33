"""What a worker does: one block of replications, from plain bytes to plain rows.

Heavy rooms are imported where they are used, so that `begin` can first say how many threads the
libraries may start.
"""

import os
import pickle
import signal
import threading
from collections.abc import Mapping
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

ONE_THREAD = (
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"),
    *("VECLIB_MAXIMUM_THREADS", "ARROW_IO_THREADS"),
)


class Machine(NamedTuple):
    """What must be equal for results to be equal to the bit."""

    version: str
    code: str  # hash of the sources
    fingerprint: str


class Job(NamedTuple):
    """One block as it is sent to a worker."""

    scenario: bytes  # the arm's, pickled
    arm: str
    draw: int
    sensing: str
    figures: str
    figures_key: int
    record: str
    replications: tuple[tuple[int, int], ...]  # number and key of each
    about: Mapping[str, str]  # metadata of recorded tables


class Made(NamedTuple):
    """What came of a block: one row a replication, recorded tables as Parquet."""

    rows: list[dict[str, Any]]
    tables: dict[str, bytes]
    fault: str  # why it could not be made; empty if it was
    machine: Machine


def begin(until: Connection) -> None:
    """Prepare a worker process: one thread for each library, and an end when the study ends.

    ``until`` is the reading end of a pipe whose other end only the study's process holds: it is
    at its end when that process stops, in whatever way.
    """
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    # Ctrl-C is for the process that the user started; it ends the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(until,), daemon=True).start()


def _end_with(until: Connection) -> None:
    try:
        until.recv_bytes()
    except (EOFError, OSError):
        pass
    finally:
        os._exit(1)


def ready() -> Machine:
    """Return what this process is, its kernels loaded."""
    import bartizan.simulate.replicate  # noqa: F401

    return machine()


@cache
def machine() -> Machine:
    """Return version, code and numeric fingerprint of this process."""
    import bartizan
    from bartizan.archive.fingerprint import numeric_fingerprint

    return Machine(bartizan.__version__, code_hash(), numeric_fingerprint())


def code_hash() -> str:
    """Return the hash of all sources that a result may depend on: 12 hexadecimal digits."""
    import hashlib

    import bartizan
    from bartizan.kernel import WITHOUT_KERNELS

    package = Path(bartizan.__file__).parent
    digest = hashlib.blake2b(digest_size=6)
    for source in sorted(package.rglob("*.py")):
        name = source.relative_to(package)
        if name.parts[0] not in WITHOUT_KERNELS:
            digest.update(name.as_posix().encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()


def make(job: Job) -> Made:
    """Return what comes of a block; what is wrong with its scenario is told as text."""
    from bartizan.errors import BartizanError

    try:
        rows, tables = _made(job)
    except BartizanError as error:
        return Made([], {}, str(error), machine())
    return Made(rows, tables, "", machine())


def _made(job: Job) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    from bartizan.archive.parts import encoded
    from bartizan.simulate.replicate import replicate
    from bartizan.studies.measures import row_of
    from bartizan.studies.plans import plan_of
    from bartizan.studies.recorded import recorded

    plan = plan_of(
        pickle.loads(job.scenario), job.sensing, job.figures, job.figures_key, job.arm
    )
    rows, kept = [], []
    for number, key in job.replications:
        made = replicate(plan, key, job.record)
        who = {"replication": number, "arm": job.arm, "draw": job.draw, "key": key}
        rows.append({**who, "figures_key": job.figures_key, **row_of(made.measures)})
        kept.append(made)
    tables = recorded(kept, rows, job.record, job.about)
    return rows, {name: encoded(table) for name, table in tables.items()}
