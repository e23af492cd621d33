"""Studies in processes of their own that are killed: nothing is lost, nothing left behind."""

import json
import os
import signal
import subprocess
import time

import pytest

import bartizan
from bartizan.archive.study import LOG
from tests.commands import BARTIZAN, bartizan_shell, write_tiny
from tests.studies.inprocess import content


def killed(command, cwd, folder, n_part):
    """Start a study and kill it when it has so many parts; return how many it had."""
    child = subprocess.Popen([*BARTIZAN, *command], cwd=cwd, stdout=subprocess.PIPE)
    try:
        until = time.monotonic() + 300.0
        while time.monotonic() < until and child.poll() is None:
            parts = list(folder.glob("replications/[0-9]*.parquet"))
            if len(parts) >= n_part:
                break
            time.sleep(0.01)
        workers = children(child.pid)
        os.kill(child.pid, signal.SIGKILL)
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    wait_for_the_end_of(workers)
    return len(list(folder.glob("replications/[0-9]*.parquet")))


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return [int(number) for number in file.read().split()]
    except OSError:
        return []


def wait_for_the_end_of(pids):
    """Fail if a worker outlives the study that was killed."""
    until = time.monotonic() + 30.0
    left = pids
    while left and time.monotonic() < until:
        left = [pid for pid in left if os.path.exists(f"/proc/{pid}")]
        time.sleep(0.05)
    assert not left, f"workers {left} outlive their study"


def assert_killed_twice_is_whole(tmp_path, scenario, n, parts):
    """Assert that a study killed twice, and resumed, equals one in one go by one worker."""
    options = ("study", scenario, "-n", str(n), "--record", "none", "--quiet")
    command = (*options, "--out", "killed", "--workers", "2")
    folder = tmp_path / "killed"
    first, second = (killed(command, tmp_path, folder, k) for k in parts)
    assert parts[0] <= first < second
    ended = bartizan_shell(*command, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    made = json.loads((folder / LOG).read_text().splitlines()[-1])
    assert made["kept"] > 0
    assert made["kept"] + made["replications"] == n
    once = bartizan_shell(*options, "--out", "once", "--workers", "1", cwd=tmp_path)
    assert once.returncode == 0, once.stderr
    assert content(folder) == content(tmp_path / "once")


def test_killed_twice_and_resumed_it_ends_with_the_same_bits(tmp_path):
    write_tiny(tmp_path)
    assert_killed_twice_is_whole(tmp_path, "tiny.yaml", 60, (2, 4))


@pytest.mark.proof
def test_two_thousand_replications_of_the_raid_killed_twice(tmp_path):
    assert_killed_twice_is_whole(tmp_path, "coastal-raid", 2000, (6, 30))
    found = bartizan.open_study(tmp_path / "killed").document
    assert found["replications"] == 2000


def test_ctrl_c_ends_the_workers_and_keeps_what_is_finished(tmp_path):
    write_tiny(tmp_path)
    command = ("study", "tiny.yaml", "-n", "2000", "--out", "one", "--workers", "1", "--quiet")
    child = subprocess.Popen(
        [*BARTIZAN, *command], cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    folder = tmp_path / "one"
    while child.poll() is None and not list(folder.glob("replications/[0-9]*.parquet")):
        time.sleep(0.05)
    workers = children(child.pid)
    child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=120)
    assert child.returncode == 130
    assert b"Traceback" not in told
    wait_for_the_end_of(workers)
    assert bartizan.sql(folder, "select count(*) from replications").rows[0][0] > 0


def test_a_script_without_a_guard_is_not_run_again_by_its_workers(tmp_path):
    write_tiny(tmp_path)
    script = "import bartizan\nprint('begun')\nbartizan.study('tiny.yaml', 5, workers=1)\n"
    (tmp_path / "script.py").write_text(script)
    ended = subprocess.run(
        [BARTIZAN[0], "script.py"], cwd=tmp_path, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == "begun\n"
