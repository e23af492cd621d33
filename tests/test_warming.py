"""Compiling ahead: every stage is found, two processes share the work, and either may fail."""

import os
import subprocess
import sys
import time

import pytest

from bartizan.api import warming
from bartizan.kernel import compile_for, is_kernel, kernel
from bartizan.simulate import warm
from bartizan.simulate.tick import _after_orders, _before_orders, ticks


@kernel
def leaf(x: float) -> float:
    return x + 1.0


@kernel
def branch(x: float, y: int) -> None:
    leaf(x)
    leaf(x / y)


def test_the_kernels_that_a_function_calls_are_found_without_running_it():
    if not is_kernel(branch):
        pytest.skip("kernels are interpreted here")
    calls = warm.calls_of(branch, 6.0, 3)
    assert [(call.name, call.arguments) for call in calls] == [
        ("leaf", (6.0,)),
        ("leaf", (2.0,)),
    ]
    assert leaf.signatures == []
    calls[0].compile()
    assert [str(taken) for taken in leaf.signatures] == ["(float64,)"]


def kernels_in(function):
    names = function.py_func.__code__.co_names
    return {name for name in names if is_kernel(function.py_func.__globals__.get(name))}


def test_every_stage_of_the_tick_is_compiled_ahead():
    if not is_kernel(_before_orders):
        pytest.skip("kernels are interpreted here")
    stages, halves, whole = warm.job()
    assert whole.kernel is ticks
    assert set(halves) == kernels_in(ticks)
    used = kernels_in(_before_orders) | kernels_in(_after_orders)
    assert set(stages) == used | {"find_options"}
    assert list(stages)[: len(warm.DEAREST_FIRST)] == list(warm.DEAREST_FIRST)


def test_the_helper_compiles_what_it_is_told_and_says_so():
    asked = ("move", "hear", "_after_orders")
    command = [sys.executable, "-m", "bartizan.api.warming"]
    done = subprocess.run(
        command, input="".join(f"{name}\n" for name in asked), capture_output=True, text=True
    )
    assert done.stderr == ""
    assert done.stdout.split().count(warming.DONE) == len(asked)


def test_a_helper_that_cannot_start_or_dies_leaves_all_to_this_process(monkeypatch):
    for python in ("/nowhere/python", "/bin/false"):
        monkeypatch.setattr(sys, "executable", python)
        with warming._helper(lambda name: None) as told:
            assert told("follow") is False
    monkeypatch.setattr(warming, "is_warm", lambda: False)
    assert warming.warm() >= 0


@pytest.mark.proof
def test_after_warming_on_a_new_machine_a_run_compiles_nothing(tmp_path):
    """The time is printed, not judged: 90 s are promised on two quiet cores."""
    environment = {**os.environ, "BARTIZAN_CACHE": str(tmp_path)}
    program = "from bartizan.kernel import watched; import bartizan\n"
    program += "with watched(print): bartizan.run('coastal-raid', record='none')"
    began_s = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", "import bartizan; bartizan.warm()"], env=environment, check=True
    )
    print(f"kernels compiled in {time.monotonic() - began_s:.0f} s")
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == ""


def test_a_kernel_is_compiled_for_types_and_not_run():
    @kernel
    def divided(x: float, y: int) -> float:
        return x / y

    compile_for(divided, (1.0, 0))
