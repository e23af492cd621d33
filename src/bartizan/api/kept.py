"""The run that is meant: one in a folder, one in memory, or a replication flown again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias, Union

from bartizan.errors import BartizanError, RunError

if TYPE_CHECKING:
    from bartizan.archive.run import Run
    from bartizan.archive.study import Study

RunLike: TypeAlias = Union["Run", "Study", str, Path, None]
"""A run or study, its folder, or its name in ``runs`` or ``studies``; None: the latest run."""


@contextmanager
def kept(
    run: RunLike,
    replication: str | int | None,
    arm: str | None,
    runs: Path,
    studies: Path,
) -> Iterator["Run"]:
    """Yield the run that is meant, in a folder, which for some is there only for this block.

    Raises
    ------
    RunError
        If there is none, it is damaged, or a replication cannot be flown again here.
    """
    from bartizan.archive.folder import find_run, open_run, write_run
    from bartizan.archive.run import Run

    study = _study(run, replication, runs, studies)
    if study is not None:
        from bartizan.api.replications import flown_again

        made = flown_again(study, replication, arm)
    else:
        _refuse_for_run(replication, arm)
        made = run if isinstance(run, Run) else find_run(_place(run), runs)
    if made.directory is not None:
        yield made
        return
    with TemporaryDirectory(prefix="bartizan-") as folder:
        write_run(made, Path(folder))
        yield open_run(Path(folder))


def _study(
    run: RunLike, replication: str | int | None, runs: Path, studies: Path
) -> "Study | None":
    """Return the study that is meant; None: a run is meant."""
    from bartizan.archive.study import Study, find_study

    if isinstance(run, Study):
        return run
    if not isinstance(run, str | Path):
        return None
    folders = [Path(run), runs / run, studies / run]
    found = next((folder for folder in folders if _is_folder(folder)), None)
    if found is None and replication is not None:
        return find_study(run, studies)
    return find_study(found, studies) if found and _holds_study(found) else None


def _holds_study(folder: Path) -> bool:
    from bartizan.archive.manifest import MANIFEST, read_document

    try:
        return bool(read_document(folder / MANIFEST).get("bartizan") == "study")
    except RunError:
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _place(run: RunLike) -> str | Path | None:
    return run if isinstance(run, str | Path) else None


def _refuse_for_run(replication: str | int | None, arm: str | None) -> None:
    for option, given in (("replication", replication), ("arm", arm)):
        if given is not None:
            raise BartizanError(
                f"{option}: a run is one replication\n    given:   {given}\n"
                f"    remedy:  leave --{option} out, or give the folder of a study"
            )
