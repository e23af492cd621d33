"""Arms and blocks: what is compared, and the pieces of work that a study is cut into.

An arm is the scenario with some changes. A block is m replications of one arm under one draw
of the catalogue's figures. Replication r of every arm has the same key and draw d the same
figures, so that arms differ by their changes only: common random numbers. Arms of some sampled
designs name rows of their own instead (`samples`).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from bartizan.archive.document import plain, text_of
from bartizan.errors import DocumentError, Fault
from bartizan.rng import stable_id
from bartizan.scenario import Scenario

PER_DRAW = 5
"""Replications that share one draw of the figures."""
AS_WRITTEN = "as written"


@dataclass(frozen=True)
class Arm:
    """The scenario with some changes."""

    label: str = AS_WRITTEN
    changes: tuple[tuple[str, Any], ...] = ()
    chance: int = 0  # arms of one row share the keys of their replications
    figures: int = 0  # arms of one row share their draws of the figures

    @property
    def document(self) -> dict[str, Any]:
        """The arm as plain data."""
        return {"arm": self.label, "changes": dict(self.changes)}


class Block(NamedTuple):
    """Replications ``first`` to ``first + n - 1`` of an arm, under one draw of the figures."""

    arm: int
    draw: int
    first: int
    n: int


class Chunk(NamedTuple):
    """Blocks that are stored together, as one part."""

    number: int
    blocks: tuple[Block, ...]
    holds: str  # hash of what is asked for


def blocks_of(arms: Sequence[int], n: int, per_draw: int, done: int = 0) -> list[Block]:
    """Return the blocks of replications ``done`` to n − 1 of some arms, draw by draw.

    Parameters
    ----------
    arms
        Numbers of the arms; all get the same draws, one after the other.
    n
        Replications of each arm, those done before included.
    per_draw
        Replications that share a draw.
    done
        Replications of each that earlier blocks hold: whole draws.
    """
    return [
        Block(arm, first // per_draw, first, min(per_draw, n - first))
        for first in range(done, n, per_draw)
        for arm in arms
    ]


def chunks_of(blocks: Sequence[Block], arms: Sequence[Arm], number: int) -> list[Chunk]:
    """Return blocks cut into chunks, numbered from ``number``.

    The first ones are small, so that a short study has something for every worker; the size
    depends on the number alone, so that a longer study begins with the same chunks.
    """
    chunks: list[Chunk] = []
    start = 0
    while start < len(blocks):
        size = min(MOST_BLOCKS, 1 + number // 4)
        taken = tuple(blocks[start : start + size])
        chunks.append(Chunk(number, taken, holds_of(taken, arms)))
        start, number = start + size, number + 1
    return chunks


MOST_BLOCKS = 20


def holds_of(blocks: Iterable[Block], arms: Sequence[Arm]) -> str:
    """Return the hash of what blocks hold, arms by their changes: 8 hexadecimal digits."""
    asked = [
        [arms[b.arm].document, arms[b.arm].chance, arms[b.arm].figures, list(b[1:])]
        for b in blocks
    ]
    return hashlib.blake2b(text_of({"asked": plain(asked)}).encode(), digest_size=4).hexdigest()


def chance_key(seed: int, arm: Arm, replication: int) -> int:
    """Return the seed of one replication's chance: what ``bartizan run --seed`` would take."""
    return stable_id(f"study {seed}: chance {arm.chance}, replication {replication}")


def figures_key(seed: int, arm: Arm, draw: int) -> int:
    """Return the seed of one draw of the figures."""
    return stable_id(f"study {seed}: figures {arm.figures}, draw {draw}")


def arm_scenario(scenario: Scenario, arm: Arm) -> Scenario:
    """Return the scenario of an arm.

    Raises
    ------
    DocumentError
        If a path leads nowhere or a value does not fit; all faults of the arm.
    """
    for path, value in arm.changes:
        scenario = scenario.set(full_path(scenario, path), value)
    return scenario


def full_path(scenario: Scenario, path: str) -> str:
    """Return a path of the document: ``48n6e3.range_max`` is a pin, of that block."""
    entry, dot, figure = path.partition(".")
    is_figure = dot and entry in scenario.catalogue.entries
    return f"figures.{entry}.{figure}" if is_figure else path


def check_values(scenario: Scenario, path: str, values: Iterable[Any]) -> None:
    """Raise unless each value fits at a factor's path.

    Raises
    ------
    DocumentError
        All faults, each with the factor as its place; of a path that does not exist only once,
        with the nearest names.
    """
    full, faults = full_path(scenario, path), dict[str, Fault]()
    for value in values:
        try:
            scenario.set(full, value)
        except DocumentError as error:
            for fault in error.faults:
                told = replace(fault, path=f"factor {path}", file="", line=0)
                faults[str(told)] = told
    if faults:
        raise DocumentError(faults.values())
