"""What a start costs: `python benchmarks/startup.py`, a minute or two.

First start: an empty kernel cache, compiled by two processes. Second start: from the command to
the first tick of a bundled scenario, as a process of its own. Memory: of a whole run.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

REPEATED = 7
FIRST_TICK = """
import importlib, os
import bartizan
replicate = importlib.import_module("bartizan.simulate.replicate")
def stop(plan, state, key, n, until):
    advance(plan, state, key, n, n + 1)
    os._exit(0)
advance, replicate.advance = replicate.advance, stop
bartizan.run("coastal-raid", record="none")
"""
WHOLE_RUN = "import bartizan; bartizan.run({name!r}, record={record!r})"


def seconds(program: list[str], **environment: str) -> float:
    """Return how long a process of this Python takes from its start to its end."""
    command = [sys.executable, *program]
    # As installed: an environment that forbids byte code would compile the package each time.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment}
    began_s = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began_s


def report(what: str, taken_s: list[float]) -> None:
    """Print one line: the quickest, the middle and the slowest of some starts."""
    low, middle, high = min(taken_s), statistics.median(taken_s), max(taken_s)
    print(f"{what:44s} {low:7.2f} s  {middle:7.2f} s  {high:7.2f} s")


def main() -> None:
    """Print what each kind of start costs, and the memory of whole runs."""
    print(f"{os.cpu_count()} processors{'':31s}     min    median       max")
    shown_help = ["-c", "from bartizan.cli import main; main()", "--help"]
    report("bartizan --help", [seconds(shown_help) for _ in range(REPEATED)])
    warm = ["-c", "import bartizan; bartizan.warm()"]
    with tempfile.TemporaryDirectory() as cache:
        report("first start: kernels compiled", [seconds(warm, BARTIZAN_CACHE=cache)])
    seconds(warm)
    first_tick = ["-c", FIRST_TICK]
    report("second start: to the first tick", [seconds(first_tick) for _ in range(REPEATED)])
    for name in ("coastal-raid", "three-hundred"):
        whole = ["-c", WHOLE_RUN.format(name=name, record="full")]
        print(f"{name}, recorded in full: {seconds(whole):.1f} s, {most_mib(whole):.0f} MiB")


def most_mib(program: list[str]) -> float:
    """Return the peak memory of a process of this Python."""
    asked = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
    asked += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    command = [sys.executable, "-c", asked, sys.executable, *program]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return int(answer) * unit / 2**20


if __name__ == "__main__":
    main()
