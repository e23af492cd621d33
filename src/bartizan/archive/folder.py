"""The folder of a run: written as a whole, replaced only by its like, checked on opening."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from bartizan.archive.document import text_of
from bartizan.archive.manifest import (
    MANIFEST,
    SCENARIO,
    SUMMARY,
    check_files,
    damaged,
    read_document,
    read_manifest,
    read_text,
    sealed,
)
from bartizan.archive.place import cannot_write, staged
from bartizan.archive.run import Run
from bartizan.archive.tables import TABLES, write_table
from bartizan.errors import RunError, nearest

CATALOGUE = "catalogue"
"""The folder in a run's folder that keeps the user's own catalogue, where there was one."""
SUMMARY_KEYS = {
    *("scenario", "seed", "threats", "causes", "leakers", "peak", "capacity", "rounds"),
    *("assets", "civil", "tracker", "cost", "sensing", "overrides", "simulated_s", "wall_s"),
}
FILES = {MANIFEST, SUMMARY, SCENARIO, *(f"{table}.parquet" for table in TABLES)}


@contextmanager
def run_folder(directory: Path, run_name: str, *, force: bool) -> Iterator[Path]:
    """Yield a folder to `write_run` into, which becomes ``directory`` when the block ends well.

    Raises
    ------
    RunError
        If ``directory`` may not be replaced (another run without ``force``, or anything that
        is no run) or cannot be written.
    """
    _refuse_other(directory, run_name, force)
    with staged(directory) as stage:
        yield stage
        _refuse_other(directory, run_name, force)


def write_run(run: Run, stage: Path) -> None:
    """Write the files of a run into an empty folder, the manifest last."""
    (stage / SCENARIO).write_text(run.scenario_yaml, encoding="utf-8")
    (stage / SUMMARY).write_text(text_of(run.summary), encoding="utf-8")
    for name, text in run.beside.items():
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        (stage / name).write_text(text, encoding="utf-8")
    for name in run.recorded:
        write_table(getattr(run, name), stage / f"{name}.parquet")
    manifest = sealed(run.manifest, stage)
    (stage / MANIFEST).write_text(text_of(manifest), encoding="utf-8")


def open_run(directory: Path) -> Run:
    """Return the run of a folder; its tables are read when asked for.

    Raises
    ------
    RunError
        If it is no run folder, or a damaged one: what is wrong with it.
    """
    manifest = read_manifest(directory)
    check_files(directory, manifest)
    summary = read_document(directory / SUMMARY)
    if missing := SUMMARY_KEYS - set(summary):
        raise damaged(directory, f"{SUMMARY} lacks '{min(missing)}'")
    return Run(
        manifest=manifest,
        summary={**summary, "directory": str(directory)},
        scenario_yaml=read_text(directory / SCENARIO),
        directory=directory,
    )


def latest_run(root: Path) -> Run:
    """Return the newest run among the folders in ``root``.

    Raises
    ------
    RunError
        If there is none, or the newest one is damaged.
    """
    folders = [file.parent for file in root.glob(f"*/{MANIFEST}") if file.parent.name[0] != "."]
    if not folders:
        raise RunError(
            f"{root}: no run here yet\n    remedy:  make one: bartizan run coastal-raid"
        )
    return open_run(max(folders, key=_created))


def _created(folder: Path) -> str:
    """Return when a run was made; of a damaged one, when its folder was last changed."""
    with suppress(RunError):
        return str(read_manifest(folder)["created"])
    return datetime.fromtimestamp(folder.stat().st_mtime, UTC).isoformat()


def find_run(given: str | Path | None, root: Path) -> Run:
    """Return the run of a folder, of a name in ``root``, or the latest one if None is given."""
    if given is None:
        return latest_run(root)
    for directory in (Path(given), root / given):
        if _is_folder(directory):
            return open_run(directory)
    names = [folder.name for folder in root.glob("[!.]*/")] if root.is_dir() else []
    remedy = nearest(Path(given).name, names) or "give the path of a run's folder"
    raise RunError(f"{given}: no such run\n    remedy:  {remedy}")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _refuse_other(directory: Path, run_name: str, force: bool) -> None:
    """Raise unless ``directory`` is free, this run's, or with ``force`` another run's."""
    try:
        problem = _not_replaceable(directory)
    except (OSError, ValueError) as error:
        reason = error if isinstance(error, OSError) else OSError(str(error))
        raise cannot_write(directory, reason) from None
    if problem:
        raise RunError(f"{directory}: {problem}\n    remedy:  give another folder with --out")
    if not _entries(directory) or force:
        return
    there = read_manifest(directory)["run"]
    if there != run_name:
        raise RunError(
            f"{directory}: holds another run\n"
            f"    given:   {run_name}\n"
            f"    there:   {there}\n"
            "    remedy:  give another folder with --out, or replace that run with --force"
        )


def _not_replaceable(directory: Path) -> str:
    """Return why not even force may replace what is there; nothing if it may."""
    if Path.cwd().is_relative_to(directory.resolve()):
        return "you are in it, so it cannot be replaced"
    if directory.exists() and not directory.is_dir():
        return "is a file"
    entries = _entries(directory)
    try:
        foreign = sorted(entries - FILES - _beside(directory)) if entries else []
    except RunError:
        return "is no run folder, or a damaged one; it is left alone"
    return f"holds '{foreign[0]}', which is of no run; it is left alone" if foreign else ""


def _beside(directory: Path) -> set[str]:
    """Return the files beside a run's scenario: coastline, recorded traffic, catalogue."""
    return {
        name
        for name in read_manifest(directory)["files"]
        if name.endswith((".geojson", ".csv")) or name.startswith(f"{CATALOGUE}/")
    }


def _entries(directory: Path) -> set[str]:
    """Return the names of what is in a folder; of a catalogue there, each of its files."""
    try:
        names = {entry.name for entry in directory.iterdir()} - {".DS_Store"}
        if (directory / CATALOGUE).is_dir():
            names -= {CATALOGUE}
            kept = (each for each in (directory / CATALOGUE).rglob("*") if not each.is_dir())
            names |= {
                each.relative_to(directory).as_posix()
                for each in kept
                if each.name != ".DS_Store"
            }
        return names
    except FileNotFoundError:
        return set()
