"""SIGKILL, Ctrl-C and SIGTERM at any moment: a run is whole or not there; the next one runs."""

import random
import shutil
import signal
import subprocess
import time

import pytest

from tests.commands import BARTIZAN, assert_whole, bartizan_shell, left_in, write_tiny

RUN = ["run", "tiny.yaml", "--quiet"]
CODES = {
    # Before the command line has its handler, the system ends it, which a shell calls 143 too.
    signal.SIGINT: {130},
    signal.SIGTERM: {143, -signal.SIGTERM},
    signal.SIGKILL: {-signal.SIGKILL},
}


def started(folder):
    """Return a run that from here on answers to signals."""
    running = subprocess.Popen(
        [*BARTIZAN, *RUN],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout.readline() == "up\n"
    return running


def stopped(folder, sent, after_s):
    """Send a signal to a run after some time; return its exit code and what it said."""
    running = started(folder)
    time.sleep(after_s)
    running.send_signal(sent)
    _, errors = running.communicate(timeout=120.0)
    return running.returncode, errors


def time_of_a_run(folder):
    """Return how long one answers to signals."""
    running = started(folder)
    began_s = time.monotonic()
    running.communicate(timeout=120.0)
    assert running.returncode == 0
    return time.monotonic() - began_s


def assert_whole_or_not_there(folder, sent, n):
    """Stop n runs at moments all over a run, every second one in its second half."""
    write_tiny(folder)
    assert bartizan_shell(*RUN, cwd=folder).returncode == 0  # may compile, which takes minutes
    most_s = time_of_a_run(folder)
    (whole,) = left_in(folder / "runs")
    draw, n_stopped = random.Random(n), 0
    for k in range(n):
        if k == n // 2:
            # From here on there is nothing to replace, until a run comes to its end.
            shutil.rmtree(folder / "runs" / whole)
        after_s = most_s * draw.uniform(0.5 * (k % 2), 1.0)
        code, errors = stopped(folder, sent, after_s)
        assert code in CODES[sent] | {0}, (after_s, errors)
        assert "Traceback" not in errors, after_s
        n_stopped += code != 0
        # Follow a machine whose speed changes: a run's last moments are to be among them.
        most_s = min(most_s, after_s) if code == 0 else 1.05 * most_s
        if code == 0 or k < n // 2:
            assert_whole(folder / "runs" / whole)
        elif visible := [name for name in left_in(folder / "runs") if name[0] != "."]:
            assert_whole(folder / "runs" / visible[0])
    assert n_stopped > n / 4
    assert bartizan_shell(*RUN, cwd=folder).returncode == 0
    assert left_in(folder / "runs") == [whole]
    assert left_in(folder) == ["runs", "tiny.yaml"]


@pytest.mark.parametrize("sent", CODES)
def test_a_run_stopped_at_any_moment_is_whole_or_not_there(tmp_path, sent):
    assert_whole_or_not_there(tmp_path, sent, 5)


@pytest.mark.proof
@pytest.mark.parametrize("sent", CODES)
def test_of_many_stopped_runs_each_is_whole_or_not_there(tmp_path, sent):
    assert_whole_or_not_there(tmp_path, sent, 100)
