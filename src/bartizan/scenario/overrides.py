"""Changes to a document: ``raid.cruise.count=40`` from a command line or a study.

A path is the keys joined by dots; entries of a list are ``via[0]``. Names of figures may hold
dots themselves, so that whatever follows ``figures``, ``overrides`` or ``loadout`` is one key:
``defence.battalion.overrides.48n6e3.range_max=200 km``.
"""

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bartizan.errors import DocumentError, Fault, nearest
from bartizan.scenario.plain import MAX_DEPTH, plain
from bartizan.scenario.tree import joined, read_tree

_ENTRY = re.compile(r"\[(\d{1,6})\]")
MAX_PATH = 1_000  # characters
_NAMED = ("assets", "defence", "links", "raid", "civil", "zones")

Step = str | int


@dataclass(frozen=True)
class Override:
    """One change: where, what, and how it was written."""

    path: str
    value: Any
    text: str

    @property
    def place(self) -> str:
        """Where a fault of this change is, in place of a file and line."""
        return f"--set {self.text}"


def parse_override(text: str) -> Override:
    """Return the change written ``path=value``, the value read as YAML.

    Raises
    ------
    DocumentError
        If there is no path or no '=', or the value is not YAML.
    """
    path, equals, value = (part.strip() for part in text.partition("="))
    place = f"--set {text}"
    if not equals or not path:
        remedy = 'write for example --set "raid.cruise.count=40"'
        raise DocumentError([Fault("", "not a change", text, "PATH=VALUE", remedy, place)])
    try:
        data = read_tree(value).data
    except DocumentError as error:
        problem = error.faults[0].problem
        remedy = "put text in quotes: --set 'title=\"A: B\"'"
        raise DocumentError([Fault(path, problem, value, "", remedy, place)]) from None
    return Override(path, data, f"{path}={value}")


def changed(path: str, value: Any) -> Override:
    """Return the change of a path to plain data, written so that it reads back the same."""
    value = plain(value)
    return Override(path, value, f"{path}={_written(value)}")


def apply(data: Any, change: Override) -> None:
    """Make a change in plain data, in place.

    Missing blocks on the way are made, missing names of assets or groups are not; a value of
    None removes the key.

    Raises
    ------
    DocumentError
        If the path leads nowhere.
    """
    if len(change.path) > MAX_PATH or len(steps_of(change.path)) > MAX_DEPTH:
        allowed = f"{MAX_PATH} characters, {MAX_DEPTH} steps"
        raise _nowhere("the path is too long", change.path, allowed, "", change)
    steps, here, path = steps_of(change.path), data, ""
    for step, after in pairwise(steps):
        here = _entered(here, step, path, after, change)
        path = joined(path, step)
    last = steps[-1]
    _refuse_nowhere(here, last, path, change)
    if isinstance(here, dict) and change.value is None:
        here.pop(last, None)
    else:
        here[last] = change.value


def steps_of(path: str) -> list[Step]:
    """Return the keys and list indices of a path."""
    keys = path.split(".")
    for n, key in enumerate(keys[:-1]):
        if _holds_figures(keys[:n], key):
            return [*_steps(keys[: n + 1]), ".".join(keys[n + 1 :])]
    return _steps(keys)


def _holds_figures(before: list[str], key: str) -> bool:
    """Return whether the rest of a path after a key is the name of a figure or a part."""
    if key == "figures":
        return not before
    is_of_group = len(before) == 2 and before[0] in _NAMED
    is_of_doctrine = before[-1:] == ["doctrine"] and (
        len(before) == 1 or (len(before) == 3 and before[0] == "defence")
    )
    is_of_block = is_of_group or is_of_doctrine or before == ["identification"]
    return key in ("overrides", "loadout") and is_of_block


def _steps(keys: list[str]) -> list[Step]:
    steps: list[Step] = []
    for key in keys:
        name = _ENTRY.sub("", key)
        steps += [name] if name or not _ENTRY.search(key) else []
        steps += [int(index) for index in _ENTRY.findall(key)]
    return steps


def _entered(here: Any, step: Step, path: str, after: Step, change: Override) -> Any:
    """Return what a step leads to; a block that is missing there is made."""
    _refuse_nowhere(here, step, path, change)
    if isinstance(here, list):
        return here[int(step)]
    if here.get(step) is None:
        if path in _NAMED:
            allowed, remedy = ", ".join(here), nearest(str(step), here)
            raise _nowhere(f"no such name in {path}", str(step), allowed, remedy, change)
        here[step] = [] if isinstance(after, int) else {}
    return here[step]


def _refuse_nowhere(here: Any, step: Step, path: str, change: Override) -> None:
    if isinstance(here, list):
        if not isinstance(step, int) or step >= len(here):
            allowed = (
                f"{path}[0] to {path}[{len(here) - 1}]" if here else "nothing: it is empty"
            )
            raise _nowhere("no such entry in the list", str(step), allowed, "", change)
    elif not isinstance(here, dict) or isinstance(step, int):
        problem = f"'{path}' is no {'list' if isinstance(step, int) else 'block of keys'}"
        raise _nowhere(problem, str(step), "", "shorten the path", change)
    elif not step:
        raise _nowhere("a path has an empty key", change.path, "keys joined by '.'", "", change)


def _nowhere(
    problem: str, given: str, allowed: str, remedy: str, change: Override
) -> DocumentError:
    return DocumentError([Fault(change.path, problem, given, allowed, remedy, change.place)])


def _written(value: Any) -> str:
    """Return a value as YAML on one line that reads back the same."""
    if value is None:
        return "null"
    if isinstance(value, str) and _is_plain(value):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _is_plain(text: str) -> bool:
    try:
        return text == text.strip() and read_tree(text).data == text
    except DocumentError:
        return False
