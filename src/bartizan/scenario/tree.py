"""YAML text to plain data with the line of every key, bounded in size, depth and aliases.

The data are read from the parser's events, not built by a YAML constructor: so a repeated key
keeps both its lines, a tag can make no object, and an alias bomb is counted before it grows.
Plain words mean what the YAML 1.2 core schema says: ``no`` and ``2020-01-01`` are text.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bartizan.errors import DocumentError, Fault
from bartizan.scenario.plain import MAX_DEPTH, NO_TEXT, is_text

MAX_NODES = 50_000
MAX_FAULTS = 50

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {"": None, "~": None}
_WORDS |= dict.fromkeys(("null", "Null", "NULL"))
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True)
_WORDS |= dict.fromkeys(("false", "False", "FALSE"), False)
_WORDS |= {f".{word}": float("nan") for word in ("nan", "NaN", "NAN")}
_WORDS |= {f"{sign}.inf": float(f"{sign}inf") for sign in ("", "+", "-")}


@dataclass
class Tree:
    """Plain data of a document, and the line on which each path begins."""

    data: Any = None
    lines: dict[str, int] = field(default_factory=dict)


def joined(path: str, step: str | int) -> str:
    """Return the text of a path one step further: ``raid.cruise``, ``via[0]``."""
    if isinstance(step, int):
        return f"{path}[{step}]"
    return f"{path}.{step}" if path else step


def read_tree(text: str, file: str = "") -> Tree:
    """Return the data of a YAML text and their lines.

    Raises
    ------
    DocumentError
        With every repeated key, tag and unknown alias, and the first error of syntax.
    """
    reader = _Reader(file)
    try:
        reader.read(YAML(typ="safe", pure=True).parse(text))
    except _RefusedError:
        pass
    except YAMLError as error:
        reader.faults.append(_syntax_fault(error).at(file, _line_of(error, text)))
    except Exception as error:
        # The scanner itself trips over some malformed escapes and directives.
        problem = f"this is not YAML: {error or type(error).__name__}"
        reader.faults.append(Fault("", problem, file=file))
    if reader.faults:
        raise DocumentError(reader.faults)
    return reader.tree


def scalar(text: str) -> Any:
    """Return what a plain scalar means in the YAML 1.2 core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


class _RefusedError(Exception):
    """Reading cannot go on; the reason is among the faults."""


class _Reader:
    """The state of one reading: events left, lines, anchors, nodes counted, faults."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.tree = Tree()
        self.faults: list[Fault] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.n_node = 0
        self.events: Iterator[Any] = iter(())

    def read(self, events: Iterator[Any]) -> None:
        """Read the one document of a stream."""
        self.events = events
        n_document = 0
        for event in self.events:
            kind = _kind(event)
            if kind == "DocumentStart":
                n_document += 1
                if n_document > 1:
                    self.refuse(event, "", "a second document begins", remedy="keep one")
            elif kind not in ("StreamStart", "StreamEnd", "DocumentEnd"):
                self.tree.data = self.node(event, "", 0)

    def node(self, event: Any, path: str, depth: int) -> Any:
        """Return the data of the node that begins with an event."""
        kind, before = _kind(event), self.n_node
        self.tree.lines.setdefault(path, _line(event))
        self.count(event, path, 1)
        if kind == "Alias":
            return self.alias(event, path)
        if depth > MAX_DEPTH:
            self.refuse(event, "", "nested too deeply", allowed=f"{MAX_DEPTH} levels")
        if kind == "Scalar" and not is_text(event.value):
            self.fault(event, path, NO_TEXT, ascii(event.value))
        if event.tag is not None:
            self.fault(event, path, "tags are not used here", remedy="remove the '!' word")
        if kind == "MappingStart":
            data: Any = self.mapping(path, depth)
        elif kind == "SequenceStart":
            data = self.sequence(path, depth)
        else:
            data = scalar(event.value) if _is_plain(event) else event.value
        if event.anchor:
            self.anchors[event.anchor] = (data, self.n_node - before)
        return data

    def mapping(self, path: str, depth: int) -> dict[str, Any]:
        """Return the mapping whose start was just read."""
        data: dict[str, Any] = {}
        first: dict[str, int] = {}
        for event in self.events:
            if _kind(event) == "MappingEnd":
                break
            if _kind(event) != "Scalar":
                self.refuse(event, path, "a key must be a word", remedy="write `key: value`")
            key, here = event.value, joined(path, event.value)
            if not is_text(key):
                self.fault(event, path, NO_TEXT, ascii(key))
            if key in data:
                twice = f"the key '{key}' is repeated"
                given = f"lines {first[key]} and {_line(event)}"
                self.fault(event, here, twice, given, "each key once", "remove or rename one")
                self.node(next(self.events), f"{here}'", depth + 1)
                continue
            self.tree.lines[here] = first[key] = _line(event)
            data[key] = self.node(next(self.events), here, depth + 1)
        return data

    def sequence(self, path: str, depth: int) -> list[Any]:
        """Return the list whose start was just read."""
        data: list[Any] = []
        for event in self.events:
            if _kind(event) == "SequenceEnd":
                break
            data.append(self.node(event, joined(path, len(data)), depth + 1))
        return data

    def alias(self, event: Any, path: str) -> Any:
        """Return a copy of what an alias stands for; it counts as if written out."""
        name = event.anchor
        if name not in self.anchors:
            self.fault(event, path, "unknown alias", f"*{name}", "an anchor set above it")
            return None
        data, n_node = self.anchors[name]
        self.count(event, path, n_node)
        return copy.deepcopy(data)

    def count(self, event: Any, path: str, n_node: int) -> None:
        """Count nodes, and refuse a document of too many."""
        self.n_node += n_node
        if self.n_node > MAX_NODES:
            allowed = f"{MAX_NODES} values, aliases written out"
            self.refuse(event, path, "the document holds too many values", allowed=allowed)

    def fault(
        self,
        event: Any,
        path: str,
        problem: str,
        given: str = "",
        allowed: str = "",
        remedy: str = "",
    ) -> None:
        """Note a fault at an event."""
        found = Fault(path, problem, given, allowed, remedy, self.file, _line(event))
        self.faults.append(found)
        if len(self.faults) == MAX_FAULTS:
            raise _RefusedError

    def refuse(self, event: Any, path: str, problem: str, **details: str) -> None:
        """Note a fault and stop reading."""
        self.fault(event, path, problem, **details)
        raise _RefusedError


def _kind(event: Any) -> str:
    return type(event).__name__.removesuffix("Event")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _is_plain(event: Any) -> bool:
    return bool(event.implicit[0]) and event.style in (None, "")


def _line_of(error: YAMLError, text: str) -> int:
    """Return the line of an error; of an open bracket or quote, where it opens."""
    if isinstance(error, MarkedYAMLError):
        is_open = any(word in str(error.context) for word in ("flow", "quoted"))
        marks = [error.context_mark, error.problem_mark]
        mark = next(filter(None, marks if is_open else marks[::-1]), None)
        return mark.line + 1 if mark else 1
    return text.count("\n", 0, getattr(error, "position", 0)) + 1


_REMEDIES = {
    "mapping values are not allowed": (
        "put text with ': ' in quotes, or indent the keys of one block alike"
    ),
    "'\\t'": "indent with spaces, not tabs",
    "expected <block end>": (
        "indent the keys of one block alike, and let nothing follow a closing quote"
    ),
    "expected '<document start>'": "put text in quotes as a whole",
    "special characters": "is it a text file? save it as UTF-8 text",
    "could not find expected ':'": "write `key: value`, with a space after the colon",
    "unexpected end of stream": "close the quote that opens here",
    "expected ',' or": "close the bracket, and put commas between entries",
}


_WORDINGS = {
    "expected <block end>": "this line does not fit the block that it stands in",
    "expected '<document start>'": "something follows where the document has ended",
    "special characters": NO_TEXT,
}


def _syntax_fault(error: YAMLError) -> Fault:
    """Return the fault of an error of syntax; its words go by those of the parser."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    remedy = _looked_up(_REMEDIES, problem)
    fallback = "mend the indentation, brackets or quotes at or just above this line"
    wording = _looked_up(_WORDINGS, problem) or problem
    return Fault("", f"this is not YAML: {wording}", remedy=remedy or fallback)


def _looked_up(table: dict[str, str], problem: str) -> str:
    return next((text for words, text in table.items() if words in problem), "")
