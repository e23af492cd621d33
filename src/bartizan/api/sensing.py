"""What a tracker is told: its sensors, from a mapping or a file, and its settings."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

from bartizan.errors import BartizanError, DocumentError, Fault, RunError, nearest
from bartizan.scenario.tree import Tree, read_tree, scalar
from bartizan.tracking.sensors import Sensor
from bartizan.tracking.settings import TrackerSettings

MOST_BYTES = 1 << 20
_NAMES = [field.name for field in fields(Sensor)]
_NEEDED = [field.name for field in fields(Sensor) if field.default is MISSING]


def sensors_of(given: Any) -> dict[str, Sensor]:
    """Return sensors by name.

    Parameters
    ----------
    given
        The path of a YAML file, or a mapping of names to sensors or to their fields.

    Raises
    ------
    BartizanError
        A file that cannot be read; all faults of the document.
    """
    file, tree = "sensors", Tree(given)
    if isinstance(given, str | Path):
        file, tree = str(given), read_tree(_text(Path(given)), str(given))
    if not isinstance(tree.data, Mapping) or not tree.data:
        allowed = "a name with lat_deg, lon_deg, height_m, scan_period_s for each sensor"
        raise DocumentError([Fault("", "no sensors", "", allowed, "", file)])
    faults: list[Fault] = []
    found = {str(name): _sensor(str(name), one, faults) for name, one in tree.data.items()}
    if faults:
        raise DocumentError(one.at(file, tree.lines.get(one.path, 0)) for one in faults)
    return {name: one for name, one in found.items() if one is not None}


def _sensor(name: str, given: Any, faults: list[Fault]) -> Sensor | None:
    if isinstance(given, Sensor):
        return given
    if not isinstance(given, Mapping):
        faults.append(Fault(name, "not a sensor", str(given), ", ".join(_NAMES)))
        return None
    n_before = len(faults)
    for key in given:
        if key not in _NAMES:
            remedy = nearest(str(key), _NAMES) or "leave it out"
            faults.append(Fault(f"{name}.{key}", "unknown key", "", ", ".join(_NAMES), remedy))
    faults += [
        Fault(name, f"{key} is missing", remedy=f"add '{key}: …'")
        for key in _NEEDED
        if key not in given
    ]
    if len(faults) > n_before:
        return None
    try:
        return Sensor(**given)
    except DocumentError as error:
        faults += [replace(one, path=f"{name}.{one.path}") for one in error.faults]
        return None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BartizanError(
                f"{path}: too large for a file of sensors\n"
                f"    allowed: {MOST_BYTES:,} bytes\n    remedy:  is it the right file?"
            )
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        words = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise RunError(
            f"{path}: cannot be read: {words}\n    remedy:  give the path of a YAML file"
        ) from None


def settings_of(changes: Sequence[str]) -> TrackerSettings:
    """Return the tracker's settings with changes ``name=value``.

    Raises
    ------
    DocumentError
        If a name or a value is none.
    """
    values: dict[str, Any] = {}
    known = [field.name for field in fields(TrackerSettings)]
    for change in changes:
        name, _, value = change.partition("=")
        if name not in known:
            remedy = nearest(name, known) or "leave it out"
            raise DocumentError([Fault(name, "no such setting", "", ", ".join(known), remedy)])
        values[name] = scalar(value)
    return TrackerSettings(**values)
