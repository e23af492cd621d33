"""Warming: two processes compile the kernels, this one and another of the same Python.

They take stages from one list and meet in the kernel cache. The other is a plain child that
is told names on its stdin; what it does not finish is compiled here.
"""

import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from bartizan.archive.fingerprint import numeric_fingerprint
from bartizan.kernel import count_kernels, is_warm, mark_warm, watched

Report = Callable[[int, int, str], None]

DONE = "done"


def warm(report: Report | None = None) -> int:
    """Compile what is not yet compiled; return how many kernels that were.

    ``report`` is called with the number of the kernel that is being compiled, how many there
    are at most, and its name.
    """
    from bartizan.simulate.warm import finish

    names: set[str] = set()
    n_kernel = count_kernels()

    def tell(name: str) -> None:
        names.add(name)
        if report:
            report(min(len(names), n_kernel), n_kernel, name.rpartition(".")[2])

    with watched(tell):
        if not is_warm():
            _compile_stages(tell)
        finish()
        numeric_fingerprint()
    mark_warm()
    return len(names)


def prepare(report: Report | None = None) -> None:
    """Compile all kernels if this version never did so on this machine."""
    if not is_warm():
        warm(report)


def _compile_stages(tell: Callable[[str], None]) -> None:
    """Compile the stages, then the kernels of the tick, here and in a helping process."""
    with _helper(tell) as told:
        from bartizan.simulate.warm import job

        stages, halves, whole = job()
        for calls in (stages, halves):
            left = deque(calls)
            given = threading.Thread(target=_hand_out, args=(left, told))
            given.start()
            for name in _taken(left):
                calls[name].compile()
            given.join()
        whole.compile()


def _taken(left: "deque[str]") -> Iterator[str]:
    """Yield names until none is left; another thread may take some."""
    while True:
        try:
            yield left.popleft()
        except IndexError:
            return


def _hand_out(left: "deque[str]", told: Callable[[str], bool]) -> None:
    """Let the helper compile names, one after the other, until none is left or it is gone."""
    for name in _taken(left):
        if not told(name):
            return


@contextmanager
def _helper(tell: Callable[[str], None]) -> Iterator[Callable[[str], bool]]:
    """Start the helping process; yield what has it compile a name, false if it is gone."""
    command = (sys.executable, "-m", "bartizan.api.warming")
    pipe = subprocess.PIPE
    try:
        child = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
        )
    except OSError:
        yield lambda name: False
        return
    assert child.stdin
    assert child.stdout
    asked, answers = child.stdin, child.stdout

    def told(name: str) -> bool:
        try:
            print(name, file=asked, flush=True)
        except OSError:
            return False
        for line in answers:
            if line.strip() == DONE:
                return True
            tell(line.strip())
        return False

    try:
        yield told
    finally:
        child.kill()
        child.wait()
        for pipe_end in (asked, answers):
            with suppress(OSError):
                pipe_end.close()


def help_out(asked: Iterable[str]) -> None:
    """Compile the kernels that ``asked`` names; print what is compiled, then `DONE`."""
    from bartizan.simulate.warm import job

    with watched(lambda name: print(name, flush=True)):
        stages, halves, _ = job()
        for line in asked:
            {**stages, **halves}[line.strip()].compile()
            print(DONE, flush=True)


if __name__ == "__main__":
    help_out(sys.stdin)
