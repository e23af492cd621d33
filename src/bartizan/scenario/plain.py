"""Data made in Python as the plain data that a YAML file would give."""

import re
from collections.abc import Mapping
from typing import Any

from bartizan.errors import DocumentError, Fault

EXACT = 10**18
MAX_DEPTH = 32
MAX_VALUES = 2_000_000  # a coastline's points are three each
NO_TEXT = "it holds characters that are no text"

# Control characters but tab and line breaks, and halves of surrogate pairs.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def is_text(text: str) -> bool:
    """Return whether a text can be printed and written as UTF-8."""
    return not _NO_TEXT.search(text)


def plain(data: Any) -> Any:
    """Return a copy of data: mappings as dicts, tuples as lists, array scalars as numbers.

    Whole numbers beyond 18 digits become floats, as they do in a file.

    Raises
    ------
    DocumentError
        If it is nested too deeply or into itself, holds too many values, or text that is none.
    """
    return _copied(data, 0, [0])


def _copied(data: Any, depth: int, n_value: list[int]) -> Any:
    n_value[0] += 1
    if depth > MAX_DEPTH:
        raise _refused("nested too deeply", f"{MAX_DEPTH} levels")
    if n_value[0] > MAX_VALUES:
        raise _refused("the document holds too many values", f"{MAX_VALUES} values")
    if isinstance(data, str):
        if not is_text(data):
            raise _refused(NO_TEXT, "text", ascii(data))
        return str(data)
    if isinstance(data, Mapping):
        return {
            _copied(str(key), depth, n_value): _copied(value, depth + 1, n_value)
            for key, value in data.items()
        }
    if isinstance(data, list | tuple):
        return [_copied(value, depth + 1, n_value) for value in data]
    if isinstance(data, int) and abs(data) >= EXACT:
        return _float(data)
    is_array_scalar = hasattr(data, "item") and getattr(data, "ndim", None) == 0
    return data.item() if is_array_scalar else data


def _refused(problem: str, allowed: str, given: str = "") -> DocumentError:
    return DocumentError([Fault("", problem, given, allowed)])


def _float(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
