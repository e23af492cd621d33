"""Read a catalogue from its folder: `sources.yaml` and one YAML file for each entry.

Assumes: nothing about file names; an entry is known by its `id`. The bundled data are read by
`plain` (a few milliseconds); text beyond it, and the lines of faults, by ruamel.yaml.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bartizan.catalogue.check import entry_faults, relation_faults, source_faults
from bartizan.catalogue.plain import NotPlain, read_plain
from bartizan.catalogue.records import (
    Answer,
    Entry,
    Fact,
    Figure,
    Milestone,
    Parts,
    Published,
    RadarPart,
    Remark,
    Source,
)
from bartizan.errors import DocumentError, Fault, nearest

_Record = TypeVar("_Record", bound=BaseModel)
_RECORDS: tuple[type[BaseModel], ...] = (
    *(Answer, Entry, Fact, Figure, Milestone, Parts, Published, RadarPart, Remark, Source),
)
_NAMES = sorted({name for each in _RECORDS for name in each.model_fields})


@dataclass(frozen=True)
class Catalogue:
    """All entries by id, all sources by id, and the hash of both.

    ``documents`` holds both as plain data. ``place`` is the folder of a user's own catalogue,
    ``files`` the texts of its files by their name there and ``own`` the ids of its entries; all
    are empty for the bundled one.
    """

    entries: Mapping[str, Entry]
    sources: Mapping[str, Source]
    hash: str
    documents: Mapping[str, Any] = field(default_factory=dict, repr=False)
    place: str = ""
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class _File:
    name: str
    text: str
    place: str = ""
    """The folder as the user wrote it; empty for the bundled data."""

    @property
    def shown(self) -> str:
        """The file's name as faults have it."""
        return f"{self.place.rstrip('/')}/{self.name}" if self.place else self.name

    def placed(self, faults: Iterable[Fault]) -> list[Fault]:
        """Return the faults with this file's name and, where it has one, their line."""
        return [
            fault.at(self.shown, fault.line or _line_of(self.text, fault.path))
            for fault in faults
        ]


@cache
def bundled_catalogue() -> Catalogue:
    """Return the catalogue that comes with the package."""
    return load_catalogue(files("bartizan.catalogue") / "data")


def load_catalogue(
    folder: Traversable, base: Catalogue | None = None, place: str = ""
) -> Catalogue:
    """Return the catalogue of a folder.

    Parameters
    ----------
    folder
        Holds `sources.yaml` and folders of entries; a `pathlib.Path` will do.
    base
        A catalogue that this one is laid over: an entry or source of the same id replaces
        that of the base, and `sources.yaml` may be missing.
    place
        The folder as faults name it.

    Raises
    ------
    DocumentError
        All faults of all files: text that is not YAML, unknown names, quantities without a
        unit, figures without a source, an id used twice.
    """
    faults: list[Fault] = []
    raw: dict[str, Any] = {}
    source_files = _source_files(folder, place, is_needed=base is None)
    own_sources = {
        key: source
        for file in source_files
        for key, source in _read_sources(file, raw, faults).items()
    }
    sources = {**(base.sources if base else {}), **own_sources}
    entries: dict[str, Entry] = {}
    origin: dict[str, _File] = {}
    entry_files = _entry_files(folder, place)
    for file in entry_files:
        entry = _read_entry(file, raw, faults)
        if entry is None:
            continue
        if entry.id in entries:
            problem = f"the id is already used by {origin[entry.id].shown}"
            faults += file.placed([Fault("id", problem, entry.id, remedy="choose another id")])
            continue
        entries[entry.id], origin[entry.id] = entry, file
        faults += file.placed(entry_faults(entry, sources))
        faults += file.placed(_kind_faults(entry, base))
    merged = {**(base.entries if base else {}), **entries}
    # What names an entry that could not be read is not wrong itself.
    for entry in entries.values() if len(entries) == len(entry_files) else ():
        faults += origin[entry.id].placed(relation_faults(entry, merged))
    if faults:
        raise DocumentError(faults)
    documents = {**(base.documents if base else {}), **raw}
    files = {file.name: file.text for file in (*source_files, *entry_files)} if base else {}
    own = tuple(entries) if base else ()
    return Catalogue(merged, sources, _hash(documents), documents, place, files, own)


def _kind_faults(entry: Entry, base: Catalogue | None) -> Iterable[Fault]:
    """Yield a fault if an entry replaces one of another kind, which others may name."""
    replaced = base.entries.get(entry.id) if base else None
    if replaced and replaced.kind != entry.kind:
        problem = f"the entry that it replaces is a {replaced.kind}"
        yield Fault("kind", problem, entry.kind, replaced.kind, "choose another id")


def _source_files(folder: Traversable, place: str, is_needed: bool) -> list[_File]:
    path = folder / "sources.yaml"
    return [_file(path, path.name, place)] if is_needed or path.is_file() else []


def _entry_files(folder: Traversable, place: str) -> list[_File]:
    found = [
        _file(each, f"{kind.name}/{each.name}", place)
        for kind in folder.iterdir()
        if kind.is_dir() and not kind.name.startswith(".")
        for each in kind.iterdir()
        if each.name.endswith(".yaml") and not each.name.startswith(".")
    ]
    return sorted(found, key=lambda file: file.name)


def _file(path: Traversable, name: str, place: str) -> _File:
    try:
        return _File(name, path.read_text(encoding="utf-8"), place)
    except (OSError, UnicodeDecodeError) as error:
        problem = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise DocumentError([Fault("", problem, file=_File(name, "", place).shown)]) from None


def _read_sources(file: _File, raw: dict[str, Any], faults: list[Fault]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for name, document in (_read_map(file, faults) or {}).items():
        key = str(name)
        source = _validated(Source, document, file, f"{key}.", faults)
        if source is not None:
            sources[key], raw[f"source {key}"] = source, document
    faults += file.placed(source_faults(sources))
    return sources


def _read_entry(file: _File, raw: dict[str, Any], faults: list[Fault]) -> Entry | None:
    document = _read_map(file, faults)
    if document is None:
        if all(fault.file != file.shown for fault in faults):
            faults.append(Fault("", "the file is empty", file=file.shown))
        return None
    entry = _validated(Entry, document, file, "", faults)
    if entry is not None:
        raw[entry.id] = document
    return entry


def _read_map(file: _File, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        document = read_plain(file.text)
    except (NotPlain, RecursionError):
        document = _read_any_yaml(file, faults)
    if document is not None and not isinstance(document, dict):
        faults.append(Fault("", "not a map of names", allowed="name: value", file=file.shown))
    return document if isinstance(document, dict) else None


def _read_any_yaml(file: _File, faults: list[Fault]) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).load(file.text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = " ".join(str(getattr(error, "problem", None) or error).split())
        line = mark.line + 1 if mark else 0
        faults.append(Fault("", f"not YAML: {problem}", file=file.shown, line=line))
        return None
    # A date or number that is none, or nesting without end.
    except (ValueError, RecursionError) as error:
        problem = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        faults.append(Fault("", f"not YAML: {problem}", file=file.shown))
        return None


def _validated(
    model: type[_Record], document: Any, file: _File, prefix: str, faults: list[Fault]
) -> _Record | None:
    try:
        return model.model_validate(document)
    except ValidationError as error:
        found = [_fault(each, prefix) for each in error.errors(include_url=False)]
        faults += file.placed(dict.fromkeys(found))
        return None


def _fault(error: Any, prefix: str) -> Fault:
    """Return one fault for a pydantic error; the arms of a union share their path."""
    parts = [part for part in error["loc"] if not _is_arm(part)]
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    if error["type"] == "extra_forbidden":
        remedy = nearest(str(parts[-1]), _NAMES)
        return Fault(prefix + path.lstrip("."), "unknown name", str(parts[-1]), remedy=remedy)
    if error["type"] == "missing":
        problem, given = "missing", ""
    elif any(_is_arm(part) for part in error["loc"]):
        problem, given = "not a quantity", str(error["input"])
    else:
        problem, given = error["msg"], str(error["input"])
    if error["type"] == "string_type":
        return Fault(prefix + path.lstrip("."), "not text", given, remedy="put it in quotes")
    return Fault(prefix + path.lstrip("."), problem, given)


def _is_arm(part: object) -> bool:
    return part in ("str", "int", "float") or str(part).startswith("tuple[")


def _line_of(text: str, path: str) -> int:
    """Return the line of a path such as `figures.range_max.band`; of its nearest parent."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        node = YAML(typ="rt", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError):
        return 0
    line, rest = 0, path
    while rest and hasattr(node, "lc"):
        key = _key_at(node, rest)
        if key is None:
            break
        line, node = node.lc.data[key][0] + 1, node[key]
        rest = rest.removeprefix(f"[{key}]" if isinstance(key, int) else key).lstrip(".")
    return line


def _key_at(node: Any, rest: str) -> str | int | None:
    """Return the key or index that a path begins with; keys may hold points themselves."""
    if isinstance(node, list):
        index = rest[1 : rest.find("]")] if rest.startswith("[") else ""
        return int(index) if index.isdigit() and int(index) < len(node) else None
    names = [key for key in node if isinstance(key, str)]
    keys = [key for key in names if rest == key or rest.startswith((f"{key}.", f"{key}["))]
    return max(keys, key=len, default=None)


def _hash(raw: Mapping[str, Any]) -> str:
    """Return the hash of what the files say, whatever their names, order and comments."""
    text = json.dumps(raw, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
