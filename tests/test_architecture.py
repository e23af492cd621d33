"""The invariants that import-linter cannot state: what is absent from the source, and where."""

import importlib
import re

import pytest

from tests.source import PACKAGE, ROOT, Source, sources

SOURCES = sources(PACKAGE)
TESTS = sources(ROOT / "tests")
NAIVE = sources(ROOT / "tests" / "naive")
NAMED = pytest.mark.parametrize("source", SOURCES, ids=str)

# The part of the line that knows no disk and no clock: same plan, same bits.
PURE = {"rng", "events", "arrays", "units", "world", "sense", "tracking", "decide", "engage"}
PURE |= {"scoring", "simulate", "metrics", "theatre", "table"}
DOORS = {
    "studies",
    "verification",
    "catalogue",
    "scenario",
    "archive",
    "reports",
    "replay",
    "exchange",
    "api",
    "cli",
    "kernel",
}
OPENS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir"}
OUTSIDE = {"os", "io", "pathlib", "time", "datetime", "tempfile", "shutil", "subprocess"}
CHANCE = {"random", "secrets", "uuid"}

# All that tracker and command post may take from the rooms that also hold the truth.
DEFENDER_KNOWS = {"world.force", "world.geodesy", "world.ground", "world.place"}
DEFENDER_KNOWS |= {"world.vectors"}
DEFENDER_KNOWS |= {"sense.plots", "sense.radar", "sense.horizon"}
DEFENDER_KNOWS |= {"sense.cues", "world.lower_nets"}  # where he points them, who is with him

# A test against one of these outranks a slow twin of our own.
INDEPENDENT = {"pyproj", "scipy", "filterpy", "pint", "ortools"}

# Kernels with neither, each with its reason. An entry that is not needed any more fails too.
NO_TWIN = {
    "archive.fingerprint.compiled_results": "its last bits are what it reports of the machine",
    "decide.command.is_planning_due": "a line, tried case by case",
    "tracking.nets.own_tracks": "slices, held against tables of their own",
    "simulate.reach.mean_range_m": "a mean, held against numpy",
    "simulate.sample.is_full": "a comparison, tried on both sides",
    "simulate.tick.ticks": "ticks in their order, held against the stages one by one",
    "simulate.tick._before_orders": "a list of stages, held against the stages one by one",
    "simulate.tick._after_orders": "a list of stages, held against the stages one by one",
}


@NAMED
def test_a_file_holds_one_noun(source):
    assert source.text.count("\n") <= 400, f"{source} is too long to be about one thing"


@NAMED
def test_no_file_is_a_drawer_for_leftovers(source):
    assert source.path.stem not in {"utils", "util", "helpers", "common", "core", "misc"}
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", source.text)


@NAMED
def test_chance_comes_from_named_draws_only(source):
    assert not re.search(r"\b(np|numpy)\.random\b", source.text)
    assert "numpy.random" not in set(source.imports)
    if source.room in PURE:
        taken = CHANCE & {name.split(".")[0] for name in source.imports}
        assert not taken, f"{source} imports {taken}; draw through bartizan.rng"


@NAMED
def test_files_are_opened_at_the_doors_only(source):
    if source.room in PURE:
        assert not OPENS & set(source.calls), f"{source} opens a file"
        assert "print" not in set(source.calls), f"{source} prints"
        outside = OUTSIDE & {name.split(".")[0] for name in source.imports}
        assert not outside, f"{source} imports {outside}: no disk and no clock on the line"
    elif OPENS & set(source.calls):
        assert source.room in DOORS, f"{source} opens a file"


@NAMED
def test_tracker_and_command_post_take_only_what_the_defender_knows(source):
    if source.room not in {"tracking", "decide"}:
        return
    for name in source.imports:
        taken = name.removeprefix("bartizan.")
        if taken.split(".")[0] in {"world", "sense"}:
            module = ".".join(taken.split(".")[:2])
            assert module in DEFENDER_KNOWS, f"{source} imports {name}"


@NAMED
def test_kernels_are_compiled_without_licence_to_change_arithmetic(source):
    assert "fastmath=" not in source.text


def test_every_room_is_a_package_that_says_what_it_is():
    rooms = [folder for folder in PACKAGE.rglob("*") if any(folder.glob("*.py"))]
    for folder in [PACKAGE, *rooms]:
        assert (folder / "__init__.py").exists(), f"{folder.name} has no __init__.py"
        name = ".".join(folder.relative_to(PACKAGE.parent).parts)
        assert importlib.import_module(name).__doc__, f"{name} does not say what it is"


def test_every_file_at_the_top_is_placed():
    top = {source.room for source in SOURCES} - {"__init__", "__main__"}
    assert top <= PURE | DOORS | {"errors"}, "say whether the new room may open files"


def test_no_public_verb_has_the_name_of_a_room():
    """With one name for both, the second call fails: a module is not callable."""
    bartizan = importlib.import_module("bartizan")
    assert not set(getattr(bartizan, "__all__", ())) & {source.room for source in SOURCES}


KERNELS = {name: calls for source in SOURCES for name, calls in source.kernels.items()}


def with_parts(kernels: set[str]) -> set[str]:
    """Return the kernels, those that they call, and so on down."""
    reached: set[str] = set()
    waiting = list(kernels & set(KERNELS))
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [part for part in KERNELS[name] if part in KERNELS]
    return reached


def fail_if(what: str, kernels: set[str]) -> None:
    """Fail with every kernel on a line of its own."""
    if kernels:
        pytest.fail("\n  ".join([f"{what}:", *sorted(kernels)]), pytrace=False)


def has_twin(kernel: str) -> bool:
    """Whether tests/naive/<room>.py has a function of its name."""
    room, _, name = kernel.partition(".")
    return (room, name.rsplit(".", 1)[-1]) in {
        (source.path.relative_to(ROOT / "tests" / "naive").parts[0].removesuffix(".py"), twin)
        for source in NAIVE
        for twin in source.functions
    }


def is_independent(source: Source) -> bool:
    """Whether a file of tests takes its answers from an implementation that is not ours."""
    return bool(INDEPENDENT & {name.split(".")[0] for name in source.imports})


def test_every_kernel_has_a_slow_twin_or_an_independent_one_or_is_part_of_one_that_has():
    checked = {kernel for kernel in KERNELS if has_twin(kernel)}
    checked = checked.union(*(source.reads for source in TESTS if is_independent(source)))
    lacking = set(KERNELS) - with_parts(checked)
    fail_if("write a twin in tests/naive/<room>.py of", lacking - set(NO_TWIN))
    fail_if("not needed in NO_TWIN any more", set(NO_TWIN) - lacking)


def test_every_kernel_is_reached_by_a_test():
    named = {name for source in TESTS if source not in NAIVE for name in source.reads}
    fail_if("in no test", set(KERNELS) - with_parts(named))


def test_naive_twins_import_nothing_of_ours_but_tables():
    for source in NAIVE:
        ours = {name for name in source.imports if name.startswith("bartizan.")}
        assert not any(_is_function(name) for name in ours), f"{source} imports {ours}"


def _is_function(name: str) -> bool:
    """Whether a dotted name of ours is no class, constant or module."""
    return name.rsplit(".", 1)[-1].islower() and "." in name.removeprefix("bartizan.")


def test_sources_are_read_as_written():
    events = Source(PACKAGE / "events.py")
    assert (events.room, events.module) == ("events", "events")
    assert list(events.kernels) == ["events.log"]
    assert {"rng.draw4", "rng.draw"} <= with_parts({"rng.draw"})
    assert "rng.philox" in Source(PACKAGE / "rng.py").kernels["rng.draw4"]
    assert "bartizan.arrays.Floats" in set(events.imports)
