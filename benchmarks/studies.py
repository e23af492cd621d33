"""What a study costs beside its replications: `python benchmarks/studies.py [N]`, minutes.

Ratios of runs that follow each other, because other programs share the machine. Overhead: the
processor time of the parent and all workers of a study with one worker, over that of the bare
replications in one process. Efficiency: wall time of one worker over twice that of two, starts
included; what two bare processes at once cost each other is not the study's doing.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

SCENARIO = "coastal-raid"
BARE = """
import sys, time
import bartizan
from bartizan.studies import arms, plans, worker
from bartizan.simulate.replicate import replicate
worker.ready()
scenario, arm = bartizan.load(sys.argv[1]), arms.Arm()
began = time.process_time()
for r in range(int(sys.argv[2])):
    if r % 5 == 0:
        plan = plans.plan_of(scenario, "radar", "drawn", arms.figures_key(1, arm, r // 5))
    replicate(plan, arms.chance_key(1, arm, r), "none")
print(time.process_time() - began)
"""
STUDY = """
import sys
import bartizan
bartizan.study(sys.argv[1], int(sys.argv[2]), workers=int(sys.argv[3]), out=sys.argv[4])
"""
START = """
import time
from concurrent.futures import wait
from bartizan.studies.pool import local
from bartizan.studies.worker import ready
began = time.perf_counter()
with local(2) as pool:
    wait([pool.submit(ready) for _ in range(2)])
    print(time.perf_counter() - began)
"""
SHIP = """
import pickle, time
import bartizan
from bartizan.studies import arms
scenario = bartizan.load("coastal-raid")
began = time.perf_counter()
for _ in range(100):
    sent = pickle.dumps(arms.arm_scenario(scenario, arms.Arm()))
    pickle.loads(sent)
print(len(sent), (time.perf_counter() - began) / 100)
"""


def answer(program: str, *arguments: object) -> str:
    """Return what a program of this Python prints."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def bare(n: int, processes: int = 1) -> float:
    """Return the processor seconds of n replications, shared by some processes at once."""
    with ThreadPoolExecutor(processes) as at_once:
        share = [(n + k) // processes for k in range(processes)]
        return sum(float(each) for each in at_once.map(partial(answer, BARE, SCENARIO), share))


def study(n: int, workers: int, folder: Path) -> tuple[float, float]:
    """Return wall and processor seconds of a study, its workers included."""
    before, began_s = children_s(), time.perf_counter()
    answer(STUDY, SCENARIO, n, workers, folder)
    return time.perf_counter() - began_s, children_s() - before


def children_s() -> float:
    """Return the processor time of all processes started here that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print what a study costs."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"{os.cpu_count()} processors, {SCENARIO}, {n} replications")
    size, shipped_s = map(float, answer(SHIP).split())
    print(f"an arm shipped: {size / 1024:.0f} KiB, {1e3 * shipped_s:.1f} ms")
    print(f"two workers started, kernels loaded: {float(answer(START)):.1f} s")
    with tempfile.TemporaryDirectory() as place:
        bare_s = bare(n)
        idle = study(1, 1, Path(place) / "idle")[1]
        one_s, one_cpu_s = study(n, 1, Path(place) / "one")
        two_s, two_cpu_s = study(n, 2, Path(place) / "two")
        at_once_s, again_s = bare(n, 2), bare(n)
        log = Path(place) / "two" / "log.jsonl"
        memory = json.loads(log.read_text().splitlines()[-1])["peak_memory_bytes"]
    bare_s = (bare_s + again_s) / 2.0
    each_s = bare_s / n
    print(f"bare: {n / bare_s:.2f} replications a second and core")
    print(f"overhead: {(one_cpu_s - idle + each_s) / bare_s - 1.0:+.1%} of processor time")
    print(f"two bare processes at once: {at_once_s / bare_s - 1.0:+.1%} of processor time")
    print(f"two workers, starts included: {two_cpu_s / bare_s - 1.0:+.1%} of processor time")
    print(f"one worker {one_s:.1f} s, two {two_s:.1f} s: efficiency {one_s / two_s / 2.0:.0%}")
    print(f"peak memory of the parent: {memory / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
