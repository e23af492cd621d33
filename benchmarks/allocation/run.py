"""How far allocators are from the optimum, and what they take.

Run by `python -m benchmarks.allocation.run`. Two tables. Single rounds: a second one only where
nobody can look again, against proven optima. Salvos: two rounds at each, against the bound of
the linear programme, because no optimum is proven. Times are of one planning, with all its
rounds; seeds 11 to 40. Last, the exact part alone beside OR-tools' solver of the same network.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from benchmarks.allocation.cases import PROVEN, make

from bartizan.decide.allocate import ALLOCATORS
from bartizan.decide.choice import Choice, all_of, worth
from bartizan.decide.flow import offers_of, shots_by_flow
from tests.decide.network import solver
from tests.decide.oracle import programme, upper_bound

REPORTED = range(11, 41)
REPEATED = 5


def gap_percent(choice: Choice, name: str, best: float) -> float:
    """Return how far an allocator stays below a value."""
    return 100.0 * (1.0 - worth(choice, ALLOCATORS[name](choice)) / best)


def seconds(choice: Choice, name: str) -> tuple[float, float]:
    """Return time on the clock and of the processor, each the median of some plannings."""
    taken = []
    for _ in range(REPEATED):
        began_s, began_cpu_s = time.perf_counter(), time.thread_time()
        ALLOCATORS[name](choice)
        taken.append((time.perf_counter() - began_s, time.thread_time() - began_cpu_s))
    clock_s, processor_s = np.median(taken, axis=0)
    return float(clock_s), float(processor_s)


def show(
    title: str, choices: dict[int, Choice], best: dict[int, float], timed: Iterable[Choice]
) -> None:
    """Print a table: gaps of each allocator and what a planning takes."""
    print(title)
    print(f"  {'':14s} {'mean gap':>9s} {'worst':>8s}   {'p50':>9s} {'p95':>9s}   processor")
    timed = list(timed)
    for name in ALLOCATORS:
        gaps = [gap_percent(choice, name, best[seed]) for seed, choice in choices.items()]
        times_ms = 1e3 * np.array([seconds(choice, name) for choice in timed])
        p50, p95 = np.percentile(times_ms, (50, 95), axis=0)
        print(f"  {name:14s} {np.mean(gaps):7.3f} % {max(gaps):6.3f} %   {p50[0]:6.2f} ms"
              f" {p95[0]:6.2f} ms   {p50[1]:6.2f} ms {p95[1]:6.2f} ms")  # fmt: skip


def show_flow(choices: Iterable[Choice]) -> None:
    """Print what one order a threat takes here, and what OR-tools' solver takes for it."""
    ours_ms, theirs_ms = [], []
    for choice in choices:
        rounds = np.minimum(choice.most, 1)
        asked = [solver(*offers_of(choice, rounds, all_of(choice))) for _ in range(REPEATED)]
        ours_ms.append(least_ms(lambda _, c=choice, r=rounds: shots_by_flow(c, r), asked))
        theirs_ms.append(least_ms(lambda each: each.solve(), asked))
    ratio = np.median(np.divide(theirs_ms, ours_ms))
    print(f"one order each, with its network: {np.median(ours_ms):.2f} ms")
    print(f"OR-tools' solver of it: {np.median(theirs_ms):.2f} ms, {ratio:.1f} times as long")


def least_ms(call: Callable[[Any], object], cases: Iterable[Any]) -> float:
    """Return the least time of some calls."""
    taken_s = []
    for case in cases:
        began_s = time.perf_counter()
        call(case)
        taken_s.append(time.perf_counter() - began_s)
    return 1e3 * min(taken_s)


def main() -> None:
    """Print both tables, and the flow beside its peer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=len(REPORTED), help="how many are timed")
    seeds = list(REPORTED)[: parser.parse_args().seeds]
    single = {seed: make(seed=seed) for seed in (*PROVEN, *seeds)}
    proven = {seed: single[seed] for seed in PROVEN}
    show("single rounds, against proven optima", proven, PROVEN, (single[s] for s in seeds))
    salvos = {seed: make(seed=seed, salvo=2) for seed in seeds}
    bounds = {
        seed: upper_bound(programme(choice, shares_channel=True))[0]
        for seed, choice in salvos.items()
    }
    show("salvos of two, against a bound", salvos, bounds, salvos.values())
    show_flow(single[seed] for seed in seeds)


if __name__ == "__main__":
    main()
