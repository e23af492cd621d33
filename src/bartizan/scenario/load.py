"""Reading scenarios: a bundled name, a YAML file or a plain mapping, checked as a whole."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bartizan.errors import DocumentError, Fault, nearest
from bartizan.scenario.faults import shown
from bartizan.scenario.library import (
    TEMPLATE,
    bundled_names,
    bundled_path,
    library_folder,
)
from bartizan.scenario.plain import plain
from bartizan.scenario.recording import Recording
from bartizan.scenario.schema import Scenario
from bartizan.scenario.source import Source
from bartizan.scenario.state_vectors import read_states
from bartizan.scenario.tree import read_tree

if TYPE_CHECKING:
    from bartizan.catalogue.load import Catalogue

MAX_YAML_BYTES = 1 << 20
MAX_GEOJSON_BYTES = 20 << 20
MAX_STATES_BYTES = 64 << 20

_MINIMUM = "begin with `bartizan: 1`; `bartizan new` writes a file to start from"


def load(
    name_or_path: str | Path | Mapping[str, Any],
    sets: Sequence[str] = (),
    catalogue: "Catalogue | None" = None,
    copies: Mapping[str, str] | None = None,
) -> Scenario:
    """Return a scenario, validated, its names found in the catalogue.

    Parameters
    ----------
    name_or_path
        Name of a bundled scenario, path of a YAML file, or a document as plain data.
    sets
        Changes ``path=value``, applied in order: ``raid.cruise.count=40``.
    catalogue
        Where its names are looked up; default: the bundled one.
    copies
        Names of copies beside the file, by the paths that document and changes give.

    Raises
    ------
    DocumentError
        With all faults at once: where, what was given, what is allowed, how to mend it.
    """
    if isinstance(name_or_path, Mapping):
        source = _mapping_source(name_or_path)
    else:
        source = _file_source(_found(name_or_path), copies or {})
    source = replace(source, catalogue=catalogue)
    source, faults = source.with_sets([sets] if isinstance(sets, str) else sets)
    if not faults:
        return Scenario.from_source(source)
    try:
        Scenario.from_source(source)
    except DocumentError as error:
        faults = [*error.faults, *faults]
    raise DocumentError(faults)


def scenarios() -> list[tuple[str, str, str]]:
    """Return name, title and one line about each bundled scenario."""
    sources = [_file_source(bundled_path(name), {}).data for name in bundled_names()]
    return [
        (data["name"], data["title"], data["description"].strip().split("\n")[0])
        for data in sources
    ]


def template() -> str:
    """Return the commented file to start from: a scenario that runs as it is."""
    return bundled_path(TEMPLATE).read_text(encoding="utf-8")


def _found(name_or_path: str | Path) -> Path:
    """Return the file meant by a bundled name or a path."""
    names = [*bundled_names(), TEMPLATE]
    if str(name_or_path) in names:
        return bundled_path(str(name_or_path))
    path = Path(name_or_path)
    if str(name_or_path) and _looks_like_path(path):
        return path
    given, remedy = str(name_or_path) or "''", nearest(str(name_or_path), names)
    remedy = remedy or "see `bartizan scenarios`, or give the path of a .yaml file"
    raise DocumentError([Fault("", "unknown scenario", given, ", ".join(names[:-1]), remedy)])


def _looks_like_path(path: Path) -> bool:
    return path.suffix in (".yaml", ".yml") or len(path.parts) > 1 or _exists(path)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _mapping_source(data: Mapping[str, Any]) -> Source:
    """Return the source of a plain document; the files it names lie in the working folder."""
    return Source(
        data=plain(data),
        read_geojson=partial(_read_geojson, Path(), {}),
        read_states=partial(_read_states, Path(), {}),
    )


def _file_source(path: Path, copies: Mapping[str, str]) -> Source:
    text = _read_text(path, MAX_YAML_BYTES)
    tree = read_tree(text, str(path))
    if tree.data is None:
        raise _refused(path, "the file is empty", remedy=_MINIMUM)
    if not isinstance(tree.data, dict):
        raise _refused(path, "not a scenario", shown(tree.data), "keys and values", _MINIMUM, 1)
    return Source(
        *(str(path), text, tree.data, tree.lines),
        read_geojson=partial(_read_geojson, path.parent, copies),
        read_states=partial(_read_states, path.parent, copies),
    )


def _read_geojson(folder: Path, copies: Mapping[str, str], name: str) -> Any:
    """Return the GeoJSON of a coastline, in a folder or else among the bundled ones."""
    name = copies.get(name, name)
    path = folder / name
    bundled = library_folder() / name
    if "/" not in name and not _exists(path) and _exists(bundled):
        path = bundled
    try:
        return json.loads(_read_text(path, MAX_GEOJSON_BYTES))
    except DocumentError as error:
        fault = error.faults[0]
        given = fault.given or fault.file
        near = fault.remedy if fault.remedy.startswith("did you mean") else ""
        remedy = near or "give its path from the folder of the scenario's file"
        raise DocumentError(
            [Fault("coastline", fault.problem, given, fault.allowed, remedy)]
        ) from None
    except (ValueError, RecursionError) as error:
        problem = f"{path} is not GeoJSON: {error}"
        raise DocumentError([Fault("coastline", problem, name)]) from None


def _read_states(folder: Path, copies: Mapping[str, str], name: str) -> Recording:
    """Return the states of recorded aircraft from a file in a folder."""
    path = folder / copies.get(name, name)
    try:
        text = _read_text(path, MAX_STATES_BYTES)
    except DocumentError as error:
        fault = error.faults[0]
        if fault.line:  # of the file itself
            raise
        near = fault.remedy if fault.remedy.startswith("did you mean") else ""
        remedy = near or "give its path from the folder of the scenario's file"
        if fault.allowed:  # it is too large
            remedy = "cut it to the hour and the area that the scenario needs"
        given = fault.given or str(path)
        raise DocumentError([Fault("", fault.problem, given, fault.allowed, remedy)]) from None
    return read_states(text, str(path))


def _read_text(path: Path, most_bytes: int) -> str:
    """Return the text of a file, or refuse it with the reason."""
    try:
        if path.is_dir():
            raise _refused(path, "this is a folder", "", "a file", "name the file in it")
        if path.exists() and not path.is_file():
            raise _refused(path, "this is not a regular file")
        if path.is_file() and path.stat().st_size > most_bytes:
            allowed = f"at most {most_bytes >> 20} MiB"
            raise _refused(path, "the file is too large", f"{path.stat().st_size} B", allowed)
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _refused(path, "no such file", remedy=_nearest_file(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _refused(path, f"the file cannot be read: {reason}") from None
    return _decoded(raw, path)


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        given = f"byte 0x{raw[error.start]:02x}"
        problem, remedy = "the file is not UTF-8", "save it with the encoding UTF-8"
        raise _refused(path, problem, given, "UTF-8 text", remedy, line) from None


def _nearest_file(path: Path) -> str:
    try:
        names = [other.name for other in path.parent.iterdir()]
    except OSError:
        return f"there is no folder {path.parent}"
    near = nearest(path.name, names) or nearest(path.stem, bundled_names())
    return near or f"`bartizan new {path}` writes one to start from"


def _refused(
    path: Path,
    problem: str,
    given: str = "",
    allowed: str = "",
    remedy: str = "",
    line: int = 0,
) -> DocumentError:
    return DocumentError([Fault("", problem, given, allowed, remedy, str(path), line)])
