"""A dask cluster of real processes on this machine, one of its workers killed in the middle."""

import os
import re
import signal
import subprocess
import sys
import threading
import time

import pytest

import bartizan
from bartizan import BartizanError
from tests.studies.inprocess import AtOnce, content, use
from tests.test_api import TINY

pytest.importorskip("distributed")
SCHEDULER = ("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0")
WORKER = (
    "-m",
    "distributed.cli.dask_worker",
    "--nthreads",
    "1",
    "--no-nanny",
    "--no-dashboard",
)


def started(*arguments, cwd):
    log = (cwd / f"{len(list(cwd.iterdir()))}.log").open("w")
    program = [sys.executable, *arguments]
    return subprocess.Popen(program, cwd=cwd, stdout=log, stderr=subprocess.STDOUT), log


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler, and its two workers."""
    folder = tmp_path / "logs"
    folder.mkdir()
    processes = [started(*SCHEDULER, "--no-dashboard", cwd=folder)]
    try:
        address = told_address(folder / "0.log")
        processes += [started(*WORKER, address, cwd=folder) for _ in range(2)]
        yield address, [process for process, _ in processes]
    finally:
        for process, log in reversed(processes):
            process.kill()
            process.wait()
            log.close()


def told_address(log):
    until = time.monotonic() + 60.0
    while time.monotonic() < until:
        found = re.search(r"Scheduler at:\s*(tcp://\S+)", log.read_text())
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def test_with_a_worker_killed_the_study_ends_with_the_same_bits(tmp_path, cluster, monkeypatch):
    address, (_, victim, _) = cluster

    def kill_in_the_middle(told):
        if told.made >= 25 and victim.poll() is None:
            os.kill(victim.pid, signal.SIGKILL)
            victim.wait()

    made = bartizan.study(
        *(TINY, 100), out=tmp_path / "far", scheduler=address, progress=kill_in_the_middle
    )
    assert victim.returncode == -signal.SIGKILL
    use(monkeypatch, AtOnce())
    here = bartizan.study(TINY, 100, out=tmp_path / "here")
    assert content(made.directory) == content(here.directory)


def test_a_scheduler_that_goes_is_told_and_what_is_finished_is_kept(tmp_path, cluster):
    address, (scheduler, *_) = cluster

    def kill(told):
        if told.made >= 10 and scheduler.poll() is None:
            scheduler.kill()

    with pytest.raises(BartizanError, match=r"scheduler has gone(?s:.)*repeat the command"):
        bartizan.study(TINY, 500, out=tmp_path / "one", scheduler=address, progress=kill)
    assert bartizan.sql(tmp_path / "one", "select count(*) from replications").rows[0][0] >= 5
    assert threading.active_count() < 20


def test_a_scheduler_that_is_not_there_is_told(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("bartizan.studies.cluster.CONNECT_S", 0.5)
    with pytest.raises(BartizanError, match=r"cannot be reached(?s:.)*dask scheduler"):
        bartizan.study(TINY, 5, out=tmp_path / "one", scheduler="tcp://127.0.0.1:1")
    with pytest.raises(BartizanError, match=r"cannot be reached"):
        bartizan.study(TINY, 5, out=tmp_path / "one", scheduler="nonsense")
