"""The manifest of a run folder: what lies there, sealed by hashes and checked on opening."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bartizan.archive.document import text_of
from bartizan.archive.run import FORMAT, READABLE, RECORDED
from bartizan.errors import RunError, shortened

MANIFEST, SUMMARY, SCENARIO = "manifest.json", "summary.json", "scenario.yaml"
MANIFEST_KEYS = {"run", "record", "created", "files"}


def sealed(manifest: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return a manifest with the sizes and hashes of a folder's files, and its own hash."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    facts = {file.relative_to(folder).as_posix(): _facts(file) for file in files}
    about = {**manifest, "files": facts}
    return {**about, "hash": _hash(text_of(about).encode())}


def _facts(file: Path) -> dict[str, Any]:
    return {"bytes": file.stat().st_size, "hash": _hash(file.read_bytes())}


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def read_manifest(directory: Path) -> dict[str, Any]:
    """Return the manifest of a run folder, checked.

    Raises
    ------
    RunError
        If it is no run folder, of a format that this version cannot read, or damaged.
    """
    if not (directory / MANIFEST).exists():
        raise damaged(directory, f"it has no {MANIFEST}, so it is no run or half of one")
    manifest = read_document(directory / MANIFEST)
    if problem := _manifest_problem(manifest):
        raise damaged(directory, problem)
    return manifest


def _manifest_problem(manifest: dict[str, Any]) -> str:
    """Return what is wrong with a manifest; nothing if it can be read."""
    if manifest.get("bartizan") != "run":
        return f"{MANIFEST} is not the manifest of a run"
    version = "1.0" if manifest.get("format") == 1 else str(manifest.get("format"))
    if version not in READABLE:
        formats = " and ".join(READABLE)
        return f"it has format {shortened(version)}, this version reads formats {formats}"
    if lacking := MANIFEST_KEYS - set(manifest):
        return f"{MANIFEST} lacks '{min(lacking)}'"
    rest = {key: value for key, value in manifest.items() if key != "hash"}
    is_hashed = version == FORMAT
    if is_hashed and manifest.get("hash") != _hash(text_of(rest).encode()):
        return f"{MANIFEST} was changed after it was written"
    record = manifest["record"]
    if record not in list(RECORDED) or not isinstance(manifest["files"], dict):
        return f"{MANIFEST} is not the manifest of a run"
    tables = (f"{name}.parquet" for name in RECORDED[record])
    if unlisted := {SUMMARY, SCENARIO, *tables} - set(manifest["files"]):
        return f"{MANIFEST} does not list {min(unlisted)}"
    return ""


def read_document(path: Path) -> dict[str, Any]:
    """Return the JSON object of a file; raise `RunError` where it is none."""
    try:
        document = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise damaged(path.parent, f"{path.name} cannot be read: {error}") from error
    if not isinstance(document, dict):
        raise damaged(path.parent, f"{path.name} is not a JSON object")
    return document


def read_text(path: Path) -> str:
    """Return the text of a file; raise `RunError` where it is none."""
    try:
        return path.read_text(encoding="utf-8")
    except (ValueError, OSError) as error:
        raise damaged(path.parent, f"{path.name} cannot be read: {error}") from error


def check_files(directory: Path, manifest: Mapping[str, Any]) -> None:
    """Raise `RunError` unless each file is as the manifest says, which in 1.0 is its size."""
    for name, facts in manifest["files"].items():
        about = facts if isinstance(facts, dict) else {"bytes": facts}
        if problem := _file_problem(directory / name, about):
            raise damaged(directory, problem)


def _file_problem(path: Path, facts: Mapping[str, Any]) -> str:
    try:
        size = path.stat().st_size
        if size != facts["bytes"]:
            return f"{path.name} has {size} bytes instead of {facts['bytes']}"
        is_changed = "hash" in facts and _hash(path.read_bytes()) != facts["hash"]
        return f"{path.name} was changed after it was written" if is_changed else ""
    except FileNotFoundError:
        return f"{path.name} is missing"
    except OSError as error:
        return f"{path.name} cannot be read: {error.strerror or error}"


def damaged(directory: Path, what: str) -> RunError:
    """Return the error of a run folder that cannot be read, and why."""
    return RunError(
        f"{directory}: cannot be read as a run: {what}\n"
        "    remedy:  run it again, or give another run's folder"
    )
