"""The capacity of a defence: the largest raid it holds, by bisection with stated confidence.

A size is held when the interval of P(no leaker) lies above the level asked for, and not held
when it lies below. An undecided size gets twice the replications, twice; then the search goes
on, on either side of it. Every look at an interval takes its part of the error (Bonferroni), so
that the capacity lies between the two sizes named with the confidence stated.

Assumes: a larger raid is not easier to hold.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from bartizan.arrays import Floats, Ints
from bartizan.errors import BartizanError
from bartizan.studies.arms import Arm, blocks_of
from bartizan.studies.conduct import Stage
from bartizan.studies.estimate import Estimate, estimate
from bartizan.studies.spread import LEVEL
from bartizan.studies.stopping import Read

LOOKS = 3  # at one size: n, 2 n and 4 n replications
MEASURE = "no_leaker"


class Search(NamedTuple):
    """What is searched: sizes at a path, and the level that must be held."""

    path: str
    sizes: Sequence[Any]
    level: float


class Probe(NamedTuple):
    """One size that was tried."""

    size: int  # its place in the sizes
    found: Estimate
    verdict: str  # held, not held, undecided


def confidence(search: Search) -> float:
    """Return the level of each interval, so that all of them together hold at `LEVEL`."""
    sizes = 2 * math.ceil(math.log2(max(2, len(search.sizes)))) + 2
    return 1.0 - (1.0 - LEVEL) / (sizes * LOOKS)


def arms_of(search: Search) -> list[Arm]:
    """Return the arm of each size."""
    key = search.path.rpartition(".")[2]
    return [Arm(f"{key}={size}", ((search.path, size),)) for size in search.sizes]


def bisected(search: Search, n: int, per_draw: int, read: Read) -> Iterator[Stage]:
    """Yield the blocks of one look after the other; the arms are all sizes, tried or not."""
    arms = arms_of(search)
    for size, done, asked in _looks(search, n, per_draw, read):
        yield Stage(arms, blocks_of([size], asked, per_draw, done))


def _looks(search: Search, n: int, per_draw: int, read: Read) -> Iterator[tuple[int, int, int]]:
    """Yield the size to make, the replications done and those asked for; reads after each."""
    steps = _Steps(search)
    n = math.ceil(n / per_draw) * per_draw
    while (size := steps.next_size()) is not None:
        for look in range(LOOKS):
            yield size, n << (look - 1) if look else 0, n << look
            values, draws = read(MEASURE, arms_of(search)[size].label)
            # When resumed, replications of later looks are there too.
            probe = judged(search, size, values[: n << look], draws[: n << look])
            if probe.verdict != "undecided":
                break
        steps.take(probe)


def judged(search: Search, size: int, values: Floats, draws: Ints) -> Probe:
    """Return what the replications of a size say."""
    found = estimate(values, draws, is_probability=True, level=confidence(search))
    held, lost = found.low > search.level, found.high < search.level
    return Probe(size, found, "held" if held else "not held" if lost else "undecided")


class _Steps:
    """The state of a bisection: first the ends, then the middle of what is not decided.

    Sizes that stay undecided lie together; the search goes on below and above them.
    """

    def __init__(self, search: Search) -> None:
        self.low, self.high = -1, len(search.sizes)  # held; not held
        self.ends = [0, len(search.sizes) - 1]
        self.undecided: set[int] = set()

    def next_size(self) -> int | None:
        """Return the place of the next size to try; None at the end."""
        while self.ends:
            end = self.ends.pop(0)
            if self.low < end < self.high:
                return end
        between = [k for k in self.undecided if self.low < k < self.high]
        gaps = (
            [(self.low, min(between)), (max(between), self.high)]
            if between
            else [(self.low, self.high)]
        )
        return next(((low + high) // 2 for low, high in gaps if high - low > 1), None)

    def take(self, probe: Probe) -> None:
        """Take the verdict on a size."""
        if probe.verdict == "held":
            self.low = max(self.low, probe.size)
        elif probe.verdict == "not held":
            self.high = min(self.high, probe.size)
        else:
            self.undecided.add(probe.size)


def answer(search: Search, n: int, per_draw: int, read: Read) -> dict[str, Any]:
    """Return what a finished search found, with the capacity curve of all sizes tried."""
    steps = _Steps(search)
    probes: dict[int, Probe] = {}
    while (size := steps.next_size()) is not None:
        values, draws = read(MEASURE, arms_of(search)[size].label)
        if not len(values):
            break
        probes[size] = judged(search, size, values, draws)
        steps.take(probes[size])
    sizes = search.sizes
    return {
        "path": search.path,
        "level": search.level,
        "confidence": LEVEL,
        "held": sizes[steps.low] if steps.low >= 0 else None,
        "not_held": sizes[steps.high] if steps.high < len(sizes) else None,
        "curve": [
            {
                "size": sizes[k],
                "p": probe.found.mean,
                "low": probe.found.low,
                "high": probe.found.high,
                "n": probe.found.n,
                "verdict": probe.verdict,
            }
            for k, probe in sorted(probes.items())
        ],
    }


def refuse_level(level: float) -> None:
    """Raise unless a level is a probability that can be held."""
    if not 0.0 < level < 1.0:
        raise BartizanError(
            f"--level: not a probability\n    given:   {level:g}\n"
            "    allowed: above 0 and below 1\n    remedy:  write for example --level 0.9"
        )
