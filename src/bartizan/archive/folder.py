"""The folder of a run: written as a whole, replaced only by its like, checked on opening."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bartizan.archive.document import text_of
from bartizan.archive.place import cannot_write, staged
from bartizan.archive.run import FORMAT, Run
from bartizan.archive.tables import TABLES, write_table
from bartizan.errors import RunError, nearest

MANIFEST, SUMMARY, SCENARIO = "manifest.json", "summary.json", "scenario.yaml"
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
        (stage / name).write_text(text, encoding="utf-8")
    for name in run.recorded:
        write_table(getattr(run, name), stage / f"{name}.parquet")
    sizes = {file.name: file.stat().st_size for file in sorted(stage.iterdir())}
    (stage / MANIFEST).write_text(text_of({**run.manifest, "files": sizes}), encoding="utf-8")


def open_run(directory: Path) -> Run:
    """Return the run of a folder; its tables are read when asked for.

    Raises
    ------
    RunError
        If it is no run folder, or a damaged one: what is wrong with it.
    """
    manifest = _manifest(directory)
    for name, size in manifest["files"].items():
        _check_file(directory / name, size)
    return Run(
        manifest=manifest,
        summary={**_document(directory / SUMMARY), "directory": str(directory)},
        scenario_yaml=(directory / SCENARIO).read_text(encoding="utf-8"),
        directory=directory,
    )


def latest_run(root: Path) -> Run:
    """Return the newest run among the folders in ``root``."""
    folders = [file.parent for file in root.glob(f"*/{MANIFEST}") if file.parent.name[0] != "."]
    if not folders:
        raise RunError(
            f"{root}: no run here yet\n    remedy:  make one: bartizan run coastal-raid"
        )
    return open_run(max(folders, key=lambda folder: str(_manifest(folder)["created"])))


def find_run(given: str | Path | None, root: Path) -> Run:
    """Return the run of a folder, of a name in ``root``, or the latest one if None is given."""
    if given is None:
        return latest_run(root)
    for directory in (Path(given), root / given):
        if directory.is_dir():
            return open_run(directory)
    names = [folder.name for folder in root.glob("[!.]*/")] if root.is_dir() else []
    remedy = nearest(Path(given).name, names) or "give the path of a run's folder"
    raise RunError(f"{given}: no such run\n    remedy:  {remedy}")


def _refuse_other(directory: Path, run_name: str, force: bool) -> None:
    """Raise unless ``directory`` is free, this run's, or with ``force`` another run's."""
    problem = _not_replaceable(directory)
    if problem:
        raise RunError(f"{directory}: {problem}\n    remedy:  give another folder with --out")
    if not _entries(directory) or force:
        return
    there = _manifest(directory)["run"]
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
    """Return the files beside the scenario of a run: its coastline, its recorded traffic."""
    files = _manifest(directory)["files"]
    return {name for name in files if name.endswith((".geojson", ".csv"))}


def _entries(directory: Path) -> set[str]:
    try:
        return {entry.name for entry in directory.iterdir()} - {".DS_Store"}
    except FileNotFoundError:
        return set()
    except OSError as error:
        raise cannot_write(directory, error) from error


def _manifest(directory: Path) -> dict[str, Any]:
    """Return the manifest of a run folder, checked."""
    if not (directory / MANIFEST).exists():
        raise RunError(
            _damaged(directory, f"it has no {MANIFEST}, so it is no run or half of one")
        )
    manifest = _document(directory / MANIFEST)
    if manifest.get("bartizan") != "run":
        raise RunError(_damaged(directory, f"{MANIFEST} is not the manifest of a run"))
    if manifest.get("format") != FORMAT:
        found = f"format {manifest.get('format')}, this version reads format {FORMAT}"
        raise RunError(_damaged(directory, found))
    if missing := {"run", "record", "created", "files"} - set(manifest):
        raise RunError(_damaged(directory, f"{MANIFEST} lacks '{min(missing)}'"))
    return manifest


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise RunError(_damaged(path.parent, f"{path.name} cannot be read: {error}")) from error
    if not isinstance(document, dict):
        raise RunError(_damaged(path.parent, f"{path.name} is not a JSON object"))
    return document


def _check_file(path: Path, size: int) -> None:
    if not path.is_file():
        raise RunError(_damaged(path.parent, f"{path.name} is missing"))
    if path.stat().st_size != size:
        found = f"{path.name} has {path.stat().st_size} bytes instead of {size}"
        raise RunError(_damaged(path.parent, found))


def _damaged(directory: Path, what: str) -> str:
    return (
        f"{directory}: cannot be read as a run: {what}\n"
        "    remedy:  run it again, or give another run's folder"
    )
