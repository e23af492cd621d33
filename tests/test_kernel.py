"""The kernel cache: never stale, never in the way, and off where the folder cannot be written.

Each case is a program in a folder of its own: a small package with a copy of `kernel.py` and
one kernel that calls another.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import bartizan.kernel
from tests.commands import small_disk

INNER = """
from small.kernel import kernel

@kernel
def inner(x: float) -> float:
    return x + {added}
"""
OUTER = """
from small.inner import inner
from small.kernel import kernel

@kernel
def outer(x: float) -> float:
    return 2.0 * inner(x)
"""
ASK = """
from small.outer import outer
print(outer(1.0), sum(outer.stats.cache_hits.values()))
"""
WATCHED = """
from small.kernel import watched
from small.outer import outer
with watched(print):
    outer(1.0)
"""
CROWDED = """
import os, time
from numba.core.caching import IndexDataCacheFile

load = IndexDataCacheFile._load_index

def load_slowly(self):
    found = load(self)
    time.sleep(0.5)
    return found

IndexDataCacheFile._load_index = load_slowly
from small.outer import outer
outer(float(os.environ["VALUE"]) if "." in os.environ["VALUE"] else int(os.environ["VALUE"]))
"""
BOTH = """
from small.outer import outer
print(outer(1.0), outer(1), sum(outer.stats.cache_hits.values()))
"""
WARMED = """
from small.kernel import is_warm, mark_warm
from small.outer import outer
mark_warm()
print(outer(1.0), is_warm())
"""
NESTED = """
from small.kernel import frame, kernel

@kernel
def _inmost(x: float) -> float:
    return x + 1.0

@kernel
def middle(x: float) -> float:
    return 2.0 * _inmost(x)

@frame
def around(x: float) -> float:
    return middle(x) + _inmost(x)
"""
ASK_INNER = """
from small.nested import _inmost, middle
print(middle(1.0))
"""
ASK_AROUND = """
from small.nested import _inmost, around
hits = (sum(kernel.stats.cache_hits.values()) for kernel in (around, _inmost))
print(around(1.0), *hits)
"""
USERS_OWN = """
import numba
from small.outer import outer
outer(1.0)
print(numba.config.CACHE_DIR)

@numba.njit(cache=True)
def users_own(x):
    return x

users_own(1)
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "__init__.py").touch()
    shutil.copy(bartizan.kernel.__file__, folder / "kernel.py")
    (folder / "outer.py").write_text(OUTER)
    (folder / "inner.py").write_text(INNER.format(added=1.0))
    return folder


def say(package: Path, program: str = ASK, **environment: str) -> list[str]:
    """Run a program beside the package; return the words that it prints."""
    script = package.parent / "program.py"
    script.write_text(program)
    inherited = {
        k: v for k, v in os.environ.items() if not k.startswith(("NUMBA_", "BARTIZAN_"))
    }
    environment = {"BARTIZAN_CACHE": str(package.parent / "cache"), **environment}
    done = subprocess.run(
        [sys.executable, "-B", str(script)],
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.split()


def test_an_edit_of_an_inner_kernel_reaches_its_caller_in_another_file(package):
    assert say(package) == ["4.0", "0"]
    assert say(package) == ["4.0", "1"], "the second start takes it from the disk"
    (package / "inner.py").write_text(INNER.format(added=2.0))
    assert say(package) == ["6.0", "0"]
    (package / "inner.py").write_text(INNER.format(added=1.0))
    assert say(package) == ["4.0", "1"], "the first version's folder is still there"


def test_an_inner_kernel_is_kept_for_whoever_calls_it_later(package):
    (package / "nested.py").write_text(NESTED)
    assert say(package, ASK_INNER) == ["4.0"]
    assert say(package, ASK_AROUND) == ["6.0", "0", "1"], "taken from the disk, linked anew"
    assert say(package, ASK_AROUND) == ["6.0", "1", "0"], "and not needed any more"
    inner, outer = (
        next(package.parent.rglob(f"*{name}-*.nbc")) for name in ("_inmost", "middle")
    )
    assert b"\x7fELF" in outer.read_bytes()
    assert b"\x7fELF" not in inner.read_bytes()


def test_a_copy_in_another_folder_shares_what_is_compiled(package):
    assert say(package) == ["4.0", "0"]
    elsewhere = package.parent / "elsewhere"
    elsewhere.mkdir()
    shutil.copytree(package, elsewhere / "small")
    cache = str(package.parent / "cache")
    assert say(elsewhere / "small", BARTIZAN_CACHE=cache) == ["4.0", "1"]
    (elsewhere / "small" / "inner.py").write_text(INNER.format(added=2.0))
    assert say(elsewhere / "small", BARTIZAN_CACHE=cache) == ["6.0", "0"]
    assert say(package) == ["4.0", "1"]


def test_an_interpreted_run_makes_no_folder_that_would_crowd_out_another(package):
    assert say(package, WARMED, NUMBA_DISABLE_JIT="1") == ["4.0", "True"]
    assert not (package.parent / "cache").exists()


def test_a_folder_that_cannot_be_written_means_no_cache_and_no_complaint(package):
    occupied = package.parent / "file"
    occupied.touch()
    assert say(package, BARTIZAN_CACHE=str(occupied / "below")) == ["4.0", "0"]
    assert say(package, BARTIZAN_CACHE=str(occupied)) == ["4.0", "0"]


def damaged_ways(file):
    content = file.read_bytes()
    yield from (b"", content[: len(content) // 2], b"\x80\x05garbage", b"X" * len(content))


@pytest.mark.parametrize("way", range(4))
def test_a_damaged_cache_costs_a_compilation_and_no_complaint(package, way):
    assert say(package) == ["4.0", "0"]
    for file in (package.parent / "cache").rglob("*.nb[ic]"):
        file.write_bytes(list(damaged_ways(file))[way])
    assert say(package) == ["4.0", "0"]
    assert say(package) == ["4.0", "1"], "it was mended"


def test_a_cache_on_a_full_disk_means_no_complaint(package):
    with small_disk(package.parent / "cache", 8) as is_small:
        assert say(package) == ["4.0", "0"]
        assert say(package) == ["4.0", "0" if is_small else "1"]


def test_two_processes_that_compile_one_kernel_at_once_both_keep_theirs(package):
    say(package, "import small.kernel")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda value: say(package, CROWDED, VALUE=value), ("1.0", "1")))
    assert say(package, BOTH) == ["4.0", "4.0", "2"]


def test_the_cache_of_the_users_own_numba_code_is_left_alone(package):
    users = package.parent / "users"
    assert say(package, USERS_OWN, NUMBA_CACHE_DIR=str(users)) == [str(users)]
    ours = package.parent / "cache"
    assert [f.name.split("-")[0] for f in users.rglob("*.nbi")] == ["program.users_own"]
    assert {f.name.split("-")[0] for f in ours.rglob("*.nbi")} >= {"outer.outer"}


INTERRUPTED = """
import signal
from small.inner import inner
from small.outer import outer

def stop(*_):
    raise KeyboardInterrupt

signal.signal(signal.SIGTERM, stop)
for number in (signal.SIGINT, signal.SIGTERM):
    came, load = [], inner._cache.load_overload

    def interrupted(signature, context):
        signal.raise_signal(number)
        came.append("loading went on")
        return load(signature, context)

    inner._cache.load_overload = interrupted
    try:
        inner.compile((__import__("numba").float64,))
    except KeyboardInterrupt:
        print(len(came))
    inner._cache.load_overload = load
    inner.overloads.clear()
print(outer(1.0))
"""


def test_a_signal_waits_until_a_kernel_is_loaded(package):
    for _ in range(2):
        assert say(package, INTERRUPTED) == ["1", "1", "4.0"]


def test_compilation_can_be_watched_and_takes_place_once(package):
    assert say(package, WATCHED) == ["small.outer.outer", "small.inner.inner"]
    assert say(package, WATCHED) == []


def test_without_compilation_a_kernel_is_the_function_itself(package):
    plain = "from small.outer import outer; print(type(outer).__name__, outer(1.0))"
    assert say(package, plain, NUMBA_DISABLE_JIT="1") == ["function", "4.0"]


def test_only_the_newest_folders_are_kept(package):
    root = package.parent / "cache"
    for k in range(9):
        (root / f"old{k}").mkdir(parents=True)
        os.utime(root / f"old{k}", (k, k))
    say(package)
    kept = {folder.name for folder in root.iterdir()}
    assert len(kept) == bartizan.kernel.KEPT_FOLDERS
    assert {"old8", "old7", "old6"} < kept


def test_the_name_of_the_folder_hashes_every_source_by_name_and_content(tmp_path):
    (tmp_path / "a.py").write_text("one")
    one = bartizan.kernel.sources_hash(tmp_path)
    assert one == bartizan.kernel.sources_hash(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    renamed = bartizan.kernel.sources_hash(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.py").touch()
    added = bartizan.kernel.sources_hash(tmp_path)
    assert len({one, renamed, added}) == 3
    for room in bartizan.kernel.WITHOUT_KERNELS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "c.py").touch()
    assert bartizan.kernel.sources_hash(tmp_path) == added


def test_rooms_that_are_left_out_of_the_hash_hold_no_kernel_and_none_below_imports_them():
    package = Path(bartizan.kernel.__file__).parent
    left_out = {package / room for room in bartizan.kernel.WITHOUT_KERNELS}
    for source in package.rglob("*.py"):
        is_left_out = bool(left_out & {source, *source.parents})
        text = source.read_text()
        if is_left_out:
            assert "@kernel" not in text, source
        elif source.name != "__init__.py" or source.parent != package:
            for room in bartizan.kernel.WITHOUT_KERNELS:
                assert f"from bartizan.{room}" not in text, source


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"BARTIZAN_CACHE": "/c"}, "/c"),
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/bartizan"),
        ("linux", {}, "/home/her/.cache/bartizan"),
        ("darwin", {}, "/home/her/Library/Caches/bartizan"),
    ],
)
def test_the_cache_lies_where_the_platform_keeps_caches(
    monkeypatch, platform, environment, expected
):
    monkeypatch.delenv("BARTIZAN_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/her")
    monkeypatch.setattr(sys, "platform", platform)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert str(bartizan.kernel.cache_root()) == expected


def test_scipy_waits_until_the_users_own_code_multiplies_matrices(package):
    program = """
import sys
import numba, numpy
from small.outer import outer
print(outer(1.0), "scipy.linalg" in sys.modules)

@numba.njit
def product(a):
    return a @ a

print(product(2.0 * numpy.eye(1))[0, 0], "scipy.linalg" in sys.modules)
"""
    assert say(package, program) == ["4.0", "False", "4.0", "True"]
