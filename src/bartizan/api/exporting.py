"""The verb export: a run as a file for the tools that people have already."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bartizan.api.choices import choose
from bartizan.errors import RunError
from bartizan.exchange.formats import FORMATS

if TYPE_CHECKING:
    from bartizan.api.kept import RunLike
    from bartizan.archive.run import Run

RUNS, STUDIES = Path("runs"), Path("studies")
HTML = "html"
EXPORTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    HTML: ((".html",), "any browser: the replay, in one file"),
    **{name: (tuple(each.suffixes), each.readers) for name, each in FORMATS.items()},
}
"""Endings and readers of all formats: the replay's, and those of exchange."""


def export(
    run: "RunLike" = None,
    to: str = HTML,
    out: str | Path | None = None,
    *,
    replication: str | int | None = None,
    arm: str | None = None,
    runs: str | Path = RUNS,
    studies: str | Path = STUDIES,
) -> Path:
    """Write a run as a file of another format and return its path; a file there is replaced.

    Parameters
    ----------
    run
        A run or study, its folder, or its name in ``runs`` or ``studies``; the latest run.
    to
        A format of `EXPORTS`: html, czml, acmi, kml, geojson, csv, parquet.
    out
        The file; by default one of the run's name in the working folder. Its ending chooses
        where a format has several: ``.zip.acmi``, ``.kmz``.
    replication
        Of a study: its number, or ``median``, ``worst`` or ``best`` by leakers. It is flown
        again from its key, and refused on another version or numeric fingerprint.
    arm
        Of a study: the label; by default the first.
    runs, studies
        Where names are looked up.

    Raises
    ------
    RunError
        If there is no such run, it is damaged, it recorded no states, or the file cannot be
        written.
    BartizanError
        If there is no such format.
    """
    choose("to", to, EXPORTS)
    from bartizan.api.kept import kept
    from bartizan.archive.place import staged_file

    if out is not None:
        _refuse_place(Path(out))
    with kept(run, replication, arm, Path(runs), Path(studies)) as found:
        target = Path(out) if out is not None else Path(_name(found) + EXPORTS[to][0][0])
        content = _content(found, to, target.name)
    with staged_file(target, " with -o") as stage:
        stage.write_bytes(content)
    return target


def _content(run: "Run", to: str, name: str) -> bytes:
    if to == HTML:
        from bartizan.replay.page import page_of

        return page_of(run)
    from bartizan.exchange.formats import written
    from bartizan.exchange.picture import picture_of

    endings = sorted(EXPORTS[to][0], key=len, reverse=True)
    suffix = next((each for each in endings if name.lower().endswith(each)), "")
    return written(to, suffix, picture_of(run))


def _name(run: "Run") -> str:
    manifest = run.manifest
    if "study" in manifest:
        return f"{manifest['study']}-r{manifest['replication']}"
    return str(manifest["run"])


def _refuse_place(target: Path) -> None:
    """Raise for a place that cannot take a file, before anything is flown or drawn."""
    if target.is_dir():
        problem, remedy = "is a folder", f"name a file in it: -o {target / 'run.html'}"
    elif not target.parent.is_dir():
        problem, remedy = "there is no such folder", "make it, or give another place with -o"
        target = target.parent
    else:
        return
    raise RunError(f"{target}: {problem}\n    remedy:  {remedy}")
