"""The one door to numba: `kernel` compiles a function and keeps the result on disk.

numba's own cache looks only at the file of the function, so that a kernel goes on calling the
old version of a kernel edited in another file. Here every compiled kernel lies in a folder
named by the hash of all sources that a kernel may depend on, the numba version and the CPU: an
edit in any of them is a new folder.
"""

import fcntl
import hashlib
import importlib
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import llvmlite.binding
import numba
import numba.core.caching
import numba.core.codegen
import numba.core.compiler
import numba.core.dispatcher
import numba.core.event

import bartizan.table  # noqa: F401 - numba asks it how kernels take tables

Function = TypeVar("Function", bound=Callable[..., Any])

KEPT_FOLDERS = 4
WITHOUT_KERNELS = (
    "__main__.py", "cli", "api", "reports", "replay", "exchange", "theatre",
    "verification", "metrics", "studies",
)  # fmt: skip
"""What no kernel can depend on: it stands above all that hold any."""
WARM = "warm"  # file in a cache folder that holds all kernels
LOCK = "lock"  # held by the process that writes there


def _leave_scipy() -> None:
    """Spare each start 0.2 s: numba imports SciPy's linear algebra to see that it is there.

    No kernel multiplies matrices. Whoever's own code does has it imported then.
    """
    linalg: Any = importlib.import_module("numba.np.linalg")
    asked, linalg.ensure_blas = linalg.ensure_blas, lambda: None
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        linalg.ensure_blas = asked


_leave_scipy()
_config: Any = numba.config
_caching: Any = numba.core.caching
_codegen: Any = numba.core.codegen
_compiler: Any = numba.core.compiler
_njit: Any = numba.njit  # its types know nothing of `_nrt`


def cache_root() -> Path:
    """Return the folder of all kernel caches: BARTIZAN_CACHE, or the user's cache folder."""
    if chosen := os.environ.get("BARTIZAN_CACHE"):
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "bartizan"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bartizan"


def sources_hash(package: Path) -> str:
    """Return the hash of the sources below ``package``, numba's version and the CPU.

    Those `WITHOUT_KERNELS` are left out.
    """
    digest = hashlib.blake2b(digest_size=8)
    for source in sorted(package.rglob("*.py")):
        name = source.relative_to(package)
        if name.parts[0] in WITHOUT_KERNELS:
            continue
        digest.update(str(name).encode() + b"\0")
        digest.update(source.read_bytes() + b"\0")
    cpu = llvmlite.binding.get_host_cpu_name() + str(llvmlite.binding.get_host_cpu_features())
    digest.update(f"{numba.__version__} {sys.version} {cpu}".encode())
    return digest.hexdigest()


@cache
def cache_folder() -> Path | None:
    """Return the folder of this version's compiled kernels; None if it cannot be written."""
    folder = cache_root() / sources_hash(Path(__file__).parent)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        if not os.access(folder, os.W_OK):
            return None
        _forget_old_folders(folder.parent)
    except OSError:
        return None
    return folder


def _forget_old_folders(root: Path) -> None:
    found = (folder for folder in root.iterdir() if folder.is_dir())
    folders = sorted(found, key=lambda folder: -folder.stat().st_mtime)
    for folder in folders[KEPT_FOLDERS:]:
        shutil.rmtree(folder, ignore_errors=True)


def is_warm() -> bool:
    """Tell whether there is nothing to compile ahead: all of it is, or it cannot be kept."""
    if _config.DISABLE_JIT:
        return True
    folder = cache_folder()
    return folder is None or (folder / WARM).exists()


def mark_warm() -> None:
    """Remember that all kernels of this version are compiled."""
    if _config.DISABLE_JIT:
        return
    with suppress(OSError):
        if folder := cache_folder():
            (folder / WARM).touch()


def is_kernel(thing: object) -> bool:
    """Tell whether something is a compiled function."""
    return isinstance(thing, numba.core.dispatcher.Dispatcher)


def compile_for(function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Compile a kernel for the types of ``arguments``, without running it."""
    if is_kernel(function):
        dispatcher = cast(Any, function)
        dispatcher.compile(tuple(dispatcher.typeof_pyval(value) for value in arguments))


def count_kernels() -> int:
    """Return how many kernels the package has."""
    package = Path(__file__).parent
    sources = (file.read_text() for file in package.rglob("*.py"))
    return sum(source.count("\n@kernel\n") + source.count("\n@frame\n") for source in sources)


@contextmanager
def watched(on_compile: Callable[[str], None]) -> Iterator[None]:
    """Call ``on_compile`` with the full name of each kernel as its compilation begins."""

    seen: set[Callable[..., Any]] = set()

    class Listener(numba.core.event.Listener):
        def on_start(self, event: Any) -> None:
            function = event.data["dispatcher"].py_func
            if not function.__module__.startswith("numba.") and function not in seen:
                seen.add(function)
                on_compile(f"{function.__module__}.{function.__name__}")

        def on_end(self, event: Any) -> None:
            pass

    with numba.core.event.install_listener("numba:compile", Listener()):
        yield


def kernel(function: Function) -> Function:
    """Compile a function over tables of arrays; the global interpreter lock is released in it.

    Arrays are not reference-counted inside: counting took most of the time of kernels that
    hand tables on, up to nine parts in ten. So a kernel that makes an array does not compile,
    the caller keeps every table alive, and an array that a kernel returns (a row of a table)
    is of use to kernels only: what Python gets of it is wrong. Nor does a kernel raise: what is
    divided by 0 is infinite or nan.

    A kernel whose name begins with an underscore is called by kernels only, and becomes
    machine code as a part of them alone.

    The compiled code is kept in `cache_folder`, or only in memory where no folder can be
    written. With NUMBA_DISABLE_JIT=1 the function stays as it is.
    """
    return _compiled(function, _Inner if _is_inner(function) else _codegen.JITCodeLibrary)


def frame(function: Function) -> Function:
    """Compile a kernel that only calls others: those are optimised already, it is not."""
    return _compiled(function, _InnerFrame if _is_inner(function) else _Frame)


def _is_inner(function: Callable[..., Any]) -> bool:
    return function.__name__.startswith("_")


def _compiled(function: Function, library: type) -> Function:
    compiled = _njit(
        nogil=True,
        error_model="numpy",
        pipeline_class=_compiler_into(library),
        _nrt=False,
        no_cfunc_wrapper=True,
        no_cpython_wrapper=_is_inner(function),
    )(function)
    if is_kernel(compiled):
        if cache_folder():
            compiled._cache = _Cache(function)
        _shield(compiled)
    return cast(Function, compiled)


class _Inner(_codegen.JITCodeLibrary):  # type: ignore[misc]
    """Code that becomes machine code only where it is linked into what calls it.

    Else machine code would be made of it once for itself and once for each kernel around it.
    """

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True

    def read(self, bitcode: bytes) -> None:
        """Take what another process wrote."""
        self._final_module = llvmlite.binding.parse_bitcode(bitcode)
        self._finalize_final_module()

    @property
    def codegen(self) -> Any:
        return _NoEngine()

    def get_pointer_to_function(self, name: str) -> int:
        return 0

    def serialize_using_object_code(self) -> Any:
        return self.serialize_using_bitcode()


class _Frame(_codegen.JITCodeLibrary):  # type: ignore[misc]
    """Code that is linked as it is: what it calls was optimised when it was compiled."""

    def _optimize_final_module(self) -> None:
        pass


class _InnerFrame(_Inner, _Frame):
    """Both."""


class _NoEngine:
    """The environment of code that no Python calls is asked for by nobody."""

    def set_env(self, name: str, environment: Any) -> None:
        pass


class _Compiler(_compiler.Compiler):  # type: ignore[misc]
    """Numba's, with a library of one of the kinds above."""

    library: Any = None

    def compile_extra(self, function: Any) -> Any:
        self.state.library = self.library(self.state.targetctx.codegen(), function.__qualname__)
        self.state.library.enable_object_caching()
        return super().compile_extra(function)


@cache
def _compiler_into(library: type) -> type:
    return type("_Compiler", (_Compiler,), {"library": library})


def _shield(dispatcher: Any) -> None:
    """Let no signal into the compilation or loading of a kernel.

    LLVM calls back into Python there: what a handler raises is lost in a callback, which tells
    it on stderr and may end the process.
    """
    compile_ = dispatcher.compile

    def compiled(signature: Any) -> Any:
        with _uninterrupted():
            return compile_(signature)

    dispatcher.compile = compiled


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold back Ctrl-C and SIGTERM until the block has ended."""
    # Python runs handlers in its main thread only.
    is_main = threading.current_thread() is threading.main_thread()
    before = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM) if is_main}
    held = {n: handler for n, handler in before.items() if callable(handler)}
    came: list[int] = []
    for number in held:
        signal.signal(number, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)
        for late in came:
            signal.raise_signal(late)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process writes into a cache folder, and keep others out.

    Numba reads an index, names a file by its length and writes both: of two processes at once,
    one would lose its kernel, or have the other's under its name.
    """
    with (folder / LOCK).open("wb") as file:
        with suppress(OSError):  # where there are no locks, nobody is kept out
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


class _Place(_caching._SourceFileBackedLocatorMixin, _caching._CacheLocator):  # type: ignore[misc]
    """Where a kernel is kept: by its module, so that all copies of one version share it."""

    def __init__(self, function: Any, source: str) -> None:
        self._py_file, self._lineno = source, function.__code__.co_firstlineno
        self._within: str = Path(source).parent.name
        with suppress(ValueError):
            self._within = str(Path(source).parent.relative_to(Path(__file__).parent))

    @classmethod
    def from_function(cls, function: Any, source: str) -> "_Place":
        return cls(function, source)

    def get_cache_path(self) -> str:
        return str((cache_folder() or Path()) / self._within)


class _Kept(_caching.CompileResultCacheImpl):  # type: ignore[misc]
    """What is kept of a kernel: machine code, or of an inner one what it is made of."""

    _locator_classes = (_Place,)

    def rebuild(self, target: Any, kept: Any) -> Any:
        name, kind, code = kept[0]
        if kind == "object":
            return super().rebuild(target, kept)
        library = _Inner(target.codegen(), name)
        library.read(code)
        return super().rebuild(_Reading(target, library), kept)._replace(target_context=target)


class _Reading:
    """Stands for numba's target where a kept kernel is read: its library is there already."""

    def __init__(self, target: Any, library: _Inner) -> None:
        self.typing_context, self.get_executable = target.typing_context, target.get_executable
        self._library = library

    def codegen(self) -> "_Reading":
        return self

    def unserialize_library(self, kept: Any) -> _Inner:
        return self._library


class _Cache(_caching.FunctionCache):  # type: ignore[misc]
    """Lets a full disk or a damaged file cost time only: the kernel is compiled in memory."""

    _impl_class = _Kept

    def load_overload(self, signature: Any, context: Any) -> Any:
        try:
            return super().load_overload(signature, context)
        except Exception:
            # A damaged index would stand in the way of saving too.
            with suppress(Exception):
                self.flush()
            return None

    def save_overload(self, signature: Any, data: Any) -> None:
        with suppress(Exception), _alone(cache_folder() or Path()):
            super().save_overload(signature, data)
