"""A study is made: blocks go out to workers, finished chunks come to disk, in any order.

What a chunk holds depends on its number alone, never on who made it or when, and a part is
whole or not there. So a study that was killed is resumed by making the chunks that are missing.
"""

import pickle
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bartizan.errors import BartizanError
from bartizan.scenario import Scenario
from bartizan.studies import store, worker
from bartizan.studies.arms import (
    Arm,
    Block,
    Chunk,
    arm_scenario,
    chance_key,
    chunks_of,
    figures_key,
)
from bartizan.studies.measures import Row
from bartizan.studies.pool import WorkerError

ARMS_KEPT = 64  # pickled, ready to be sent
POLL_S = 2.0


@dataclass(frozen=True)
class Setting:
    """What all blocks of a study have in common."""

    directory: Path
    scenario: Scenario
    seed: int
    figures: str
    sensing: str
    record: str
    tables: tuple[str, ...]
    about: Mapping[str, str]
    machine: worker.Machine
    is_mixed: bool = False  # workers of other fingerprints may help


class Stage(NamedTuple):
    """Blocks to make before the next ones are known, and all arms so far."""

    arms: Sequence[Arm]
    blocks: Sequence[Block]


@dataclass
class Workers:
    """Who makes the blocks: opened when there is something to make."""

    executor: Executor
    window: Callable[[], int]  # how many blocks to have under way
    check: Callable[[], None] = lambda: None  # raises if they cannot be reached any more


@dataclass
class Ledger:
    """What was made in this session, and by what machines."""

    made: int = 0
    kept: int = 0  # replications that were there before
    fingerprints: set[str] = field(default_factory=set)
    damaged: list[str] = field(default_factory=list)
    n_chunk: int = 0
    arms: Sequence[Arm] = ()


class Told(NamedTuple):
    """How far a study is."""

    done: int  # replications
    total: int  # of the stages known so far
    made: int  # in this session
    rows: Sequence[Row]  # just made


Report = Callable[[Told], None]


def conduct(
    setting: Setting,
    stages: Iterator[Stage],
    workers: Callable[[], Workers],
    report: Report | None = None,
) -> Ledger:
    """Make all chunks of all stages that are not on disk yet.

    Parameters
    ----------
    setting
        Of the study; its folder is held by this process.
    stages
        Asked for the next one when all chunks of those before are on disk.
    workers
        Called when there is something to make.
    report
        Called after each block.

    Raises
    ------
    RunError
        If the folder cannot be written any more; what is finished is kept.
    WorkerError
        If workers end, or are of another version.
    BartizanError
        If a block finds a fault of its arm.
    """
    ledger = Ledger()
    store.prepare(setting.directory, setting.tables)
    total = 0
    for stage in stages:
        ledger.arms = stage.arms
        chunks = chunks_of(stage.blocks, stage.arms, ledger.n_chunk)
        ledger.n_chunk += len(chunks)
        total += sum(block.n for block in stage.blocks)
        lacking, damaged = store.missing(setting.directory, chunks, stage.arms, setting.tables)
        ledger.damaged += damaged
        asked = sum(block.n for chunk in lacking for block in chunk.blocks)
        ledger.kept += sum(block.n for block in stage.blocks) - asked
        if report:
            report(Told(ledger.kept + ledger.made, total, ledger.made, ()))
        if lacking:
            _make(setting, stage.arms, lacking, workers(), ledger, total, report)
    store.drop_beyond(setting.directory, ledger.n_chunk, setting.tables)
    return ledger


def _make(
    setting: Setting,
    arms: Sequence[Arm],
    chunks: Sequence[Chunk],
    workers: Workers,
    ledger: Ledger,
    total: int,
    report: Report | None,
) -> None:
    jobs = _jobs(setting, arms)
    waiting = deque((chunk, k) for chunk in chunks for k in range(len(chunk.blocks)))
    pending: dict[Future[worker.Made], tuple[Chunk, int]] = {}
    gathered: dict[int, dict[int, list[Row]]] = {chunk.number: {} for chunk in chunks}
    try:
        while waiting or pending:
            while waiting and len(pending) < workers.window():
                chunk, k = waiting.popleft()
                job = jobs(chunk.blocks[k])
                pending[workers.executor.submit(worker.make, job)] = chunk, k
            done = wait(pending, timeout=POLL_S, return_when=FIRST_COMPLETED).done
            if not done:
                workers.check()
            for future in done:
                chunk, k = pending.pop(future)
                made = _checked(future.result(), setting)
                ledger.fingerprints.add(made.machine.fingerprint)
                store.put_tables(setting.directory, chunk, k, arms, made.tables)
                gathered[chunk.number][k] = made.rows
                ledger.made += len(made.rows)
                if len(gathered[chunk.number]) == len(chunk.blocks):
                    blocks = gathered.pop(chunk.number)
                    rows = [row for k in sorted(blocks) for row in blocks[k]]
                    store.put_chunk(setting.directory, chunk, rows, setting.about)
                if report:
                    report(Told(ledger.kept + ledger.made, total, ledger.made, made.rows))
    except BaseException:
        for future in pending:
            future.cancel()
        raise


def _jobs(setting: Setting, arms: Sequence[Arm]) -> Callable[[Block], worker.Job]:
    """Return what makes the job of a block."""

    @lru_cache(ARMS_KEPT)
    def pickled(number: int) -> bytes:
        return pickle.dumps(arm_scenario(setting.scenario, arms[number]))

    def job(block: Block) -> worker.Job:
        arm = arms[block.arm]
        numbers = range(block.first, block.first + block.n)
        return worker.Job(
            scenario=pickled(block.arm),
            arm=arm.label,
            draw=block.draw,
            sensing=setting.sensing,
            figures=setting.figures,
            figures_key=figures_key(setting.seed, arm, block.draw),
            record=setting.record,
            replications=tuple((r, chance_key(setting.seed, arm, r)) for r in numbers),
            about=setting.about,
        )

    return job


def _checked(made: worker.Made, setting: Setting) -> worker.Made:
    """Return what a worker made, unless it is another version or found a fault."""
    refuse_other(made.machine, setting.machine, setting.is_mixed)
    if made.fault:
        raise BartizanError(made.fault)
    return made


def refuse_other(there: worker.Machine, here: worker.Machine, is_mixed: bool) -> None:
    """Raise unless a worker's results are those of this process, to the bit.

    Raises
    ------
    WorkerError
        Naming both.
    """
    if (there.version, there.code) != (here.version, here.code):
        raise WorkerError(
            "a worker has another version of bartizan\n"
            f"    given:   {there.version} (code {there.code})\n"
            f"    allowed: {here.version} (code {here.code}), as here\n"
            "    remedy:  install the same version on all machines, then repeat the command"
        )
    if there.fingerprint != here.fingerprint and not is_mixed:
        raise WorkerError(
            "a worker computes other last bits than this machine\n"
            f"    given:   numeric fingerprint {there.fingerprint}\n"
            f"    allowed: {here.fingerprint}, as here\n"
            "    remedy:  use machines of one kind, or allow it with --mixed-machines; the "
            "study then says so"
        )
