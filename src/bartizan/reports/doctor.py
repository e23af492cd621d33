"""The state of the house: versions, numeric fingerprint, kernel cache and latest run."""

import os
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from bartizan.archive.fingerprint import numeric_fingerprint
from bartizan.archive.folder import latest_run
from bartizan.errors import RunError
from bartizan.kernel import cache_folder, cache_root
from bartizan.reports.wording import grid, plain_text

PACKAGES = [
    *("numpy", "numba", "llvmlite", "pyarrow", "pydantic", "ruamel.yaml", "typer", "rich"),
]


@dataclass(frozen=True, repr=False)
class Doctor:
    """What was found, by name; it prints as a table."""

    facts: dict[str, str]

    def __rich__(self) -> RenderableType:
        table = grid("left", "left")
        for name, fact in self.facts.items():
            table.add_row(Text(name, style="dim"), Text(fact, overflow="fold"))
        return table

    def __repr__(self) -> str:
        return plain_text(self)


def examine(bartizan_version: str, runs: Path) -> Doctor:
    """Return the state of this installation; ``runs`` is where its runs lie."""
    return Doctor(
        {
            "bartizan": bartizan_version,
            "python": platform.python_version(),
            **{package: _version(package) for package in PACKAGES},
            "platform": f"{platform.platform()}, {os.cpu_count()} processors",
            "fingerprint": numeric_fingerprint(),
            "kernel cache": _cache(),
            "latest run": _latest(runs),
        }
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _cache() -> str:
    folder = cache_folder()
    if folder is None:
        return f"{cache_root()} cannot be written; set BARTIZAN_CACHE to a folder that can"
    kernels = sum(1 for _ in folder.rglob("*.nbi"))
    return f"{folder}, {kernels} kernels" + ("" if kernels else "; bartizan warm compiles them")


def _latest(runs: Path) -> str:
    try:
        run = latest_run(runs)
    except RunError as error:
        return str(error).splitlines()[0]
    return f"{run.directory}, {run.manifest['created'][:19].replace('T', ' ')} UTC"
