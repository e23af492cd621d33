"""The folder of a study: its manifest, its scenario, the parts of its tables, its summary.

``manifest.json`` says who the study is and is written before the first replication, state
``begun``; at the end it is written anew, state ``whole``, with the sizes of all parts. Nothing
in the folder but ``log.jsonl`` holds a time of day, so that two folders of one study are equal.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bartizan.archive.document import plain, text_of
from bartizan.archive.manifest import (
    MANIFEST,
    SCENARIO,
    SUMMARY,
    check_files,
    read_document,
    read_text,
)
from bartizan.archive.parts import Part, decoded, find_parts, sizes
from bartizan.archive.place import cannot_write, put
from bartizan.errors import RunError, nearest, shortened

if TYPE_CHECKING:
    import pyarrow as pa

STUDY_FORMAT = "1.0"
"""Version of the study folder, major and minor."""
LOG = "log.jsonl"
"""One line a session: when, with how many workers, how fast. No part of the study's content."""
REPLICATIONS = "replications"
RECORDED: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "events": ("events",),
    "full": ("events", "tracks", "truth"),
}
BEGUN, WHOLE = "begun", "whole"
_KEYS = {"study", "state", "record", "design", "arms", "files", "parts"}


@dataclass(frozen=True)
class Study:
    """A study and what came of it: whole, or as far as it was made."""

    directory: Path
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its name, from scenario, figures, seed and a hash of the rest."""
        return str(self.manifest["study"])

    @property
    def is_whole(self) -> bool:
        """Whether it was made to its end."""
        return bool(self.manifest["state"] == WHOLE)

    @property
    def arms(self) -> list[Mapping[str, Any]]:
        """What was compared: label and changes of each arm."""
        return list(self.manifest["arms"])

    @cached_property
    def summary(self) -> Mapping[str, Any]:
        """The summary document; of a study that is not whole there is none."""
        if not self.is_whole:
            raise RunError(
                f"{self.directory}: this study was not made to its end\n"
                "    remedy:  repeat its command: it goes on where it stopped"
            )
        return read_document(self.directory / SUMMARY)

    @property
    def scenario_yaml(self) -> str:
        """The text of its scenario, before any change."""
        return read_text(self.directory / SCENARIO)

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of its tables."""
        return (REPLICATIONS, *RECORDED[self.manifest["record"]])

    def parts(self, table: str) -> list[Part]:
        """Return the parts of a table; of a study that is not whole, those there are.

        Raises
        ------
        RunError
            If the study has no such table, and how to get it.
        """
        if table not in self.tables:
            raise not_recorded(self, table)
        found = find_parts(self.directory / table)
        if not self.is_whole:
            return found
        return [part for part in found if _listed(part, self)]

    def read(self, table: str, columns: list[str] | None = None) -> "pa.Table":
        """Return a table, or some columns of it, as an Arrow table."""
        parts = self.parts(table)
        if not parts:
            raise RunError(
                f"{self.directory}: no part of this study is finished yet\n"
                "    remedy:  wait, or repeat its command"
            )
        return decoded(parts, columns)

    @property
    def replications(self) -> "pa.Table":
        """One row a replication: replication, arm, draw, key and one column a measure."""
        return self.read(REPLICATIONS)

    @property
    def events(self) -> "pa.Table":
        """What happened in each replication, if events were recorded."""
        return self.read("events")


def _listed(part: Part, study: Study) -> bool:
    return f"{part.path.parent.name}/{part.path.name}" in study.manifest["parts"]


def not_recorded(study: Study, table: str) -> RunError:
    """Return the error of a table that a study did not record."""
    needed = "events" if table == "events" else "full"
    return RunError(
        f"{study.directory}: this study recorded no {table}\n"
        f"    given:   --record {study.manifest['record']}\n"
        f"    remedy:  make it again with --record {needed} and another --out"
    )


def study_name(scenario: str, figures: str, seed: int, identity: Mapping[str, Any]) -> str:
    """Return the name of a study: ``<scenario>-<figures>-s<seed>-<hash6>``."""
    digest = hashlib.blake2b(text_of(plain(identity)).encode(), digest_size=16).hexdigest()
    return f"{scenario}-{figures}-s{seed}-{digest[:6]}"


def write_manifest(directory: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Write the manifest of a study, sealed by its own hash, and return it.

    Its ``files`` and ``parts`` are filled in from what is in the folder.
    """
    names = [SUMMARY] if manifest["state"] == WHOLE else []
    try:
        files = {name: _facts(directory / name) for name in [*manifest["beside"], *names]}
        tables = (REPLICATIONS, *RECORDED[manifest["record"]])
        parts: dict[str, int] = {}
        if manifest["state"] == WHOLE:
            for table in tables:
                parts |= sizes(find_parts(directory / table), directory)
    except OSError as error:
        raise cannot_write(directory, error) from None
    kept = {key: value for key, value in manifest.items() if key != "hash"}
    about = {**kept, "files": files, "parts": parts}
    whole = {**about, "hash": _hash(text_of(about).encode())}
    put(directory / MANIFEST, text_of(whole).encode())
    return whole


def open_study(directory: Path) -> Study:
    """Return the study of a folder, its manifest and all its parts checked.

    Raises
    ------
    RunError
        If it is no study folder, or a damaged one: what is wrong, and with which file.
    """
    study = Study(directory, read_study_manifest(directory))
    check_files(directory, study.manifest)
    for table in study.tables:
        parts = study.parts(table)
        bad = [part.path.name for part in parts if not part.is_sound()]
        there = {f"{table}/{part.path.name}" for part in parts}
        listed = {name for name in study.manifest["parts"] if name.startswith(f"{table}/")}
        bad += sorted(name.rpartition("/")[2] for name in listed - there)
        if bad:
            many = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
            raise RunError(
                f"{directory / table / bad[0]}: this part{many} of the study is damaged or "
                "missing\n    remedy:  repeat the command of the study; it makes only that "
                "part again"
            )
    return study


def read_study_manifest(directory: Path) -> dict[str, Any]:
    """Return the manifest of a study folder, checked by itself.

    Raises
    ------
    RunError
        If the folder is none of a study, or its manifest is damaged.
    """
    if not (directory / MANIFEST).is_file():
        raise RunError(
            f"{directory}: no study: it has no {MANIFEST}\n"
            f"    remedy:  {_near(directory) or 'give the folder of a study'}"
        )
    manifest = read_document(directory / MANIFEST)
    if problem := _problem(manifest):
        raise RunError(
            f"{directory}: cannot be read as a study: {problem}\n"
            "    remedy:  make it again in another folder, or give another study's folder"
        )
    return manifest


def _problem(manifest: Mapping[str, Any]) -> str:
    if manifest.get("bartizan") != "study":
        return f"{MANIFEST} is not the manifest of a study"
    if manifest.get("format") != STUDY_FORMAT:
        given = shortened(str(manifest.get("format")))
        return f"it has format {given}, this version reads format {STUDY_FORMAT}"
    rest = {key: value for key, value in manifest.items() if key != "hash"}
    if manifest.get("hash") != _hash(text_of(rest).encode()):
        return f"{MANIFEST} was changed after it was written"
    lacking = _KEYS - set(manifest)
    return f"{MANIFEST} lacks '{min(lacking)}'" if lacking else ""


def find_study(given: str | Path, root: Path) -> Study:
    """Return the study of a folder, or of a name in ``root``."""
    for directory in (Path(given), root / given):
        try:
            if directory.is_dir():
                return open_study(directory)
        except (OSError, ValueError):
            continue
    names = [folder.name for folder in root.glob("[!.]*/")] if root.is_dir() else []
    remedy = nearest(Path(given).name, names) or "give the path of a study's folder"
    raise RunError(f"{given}: no such study\n    remedy:  {remedy}")


def _near(directory: Path) -> str:
    names = [file.parent.name for file in directory.glob(f"*/{MANIFEST}")]
    return f"it holds {', '.join(sorted(names)[:5])}: name one" if names else ""


def _facts(file: Path) -> dict[str, Any]:
    return {"bytes": file.stat().st_size, "hash": _hash(file.read_bytes())}


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
