"""Data made in Python as the plain data that a YAML file would give."""

from collections.abc import Mapping
from typing import Any

EXACT = 10**18


def plain(data: Any) -> Any:
    """Return a copy of data: mappings as dicts, tuples as lists, array scalars as numbers.

    Whole numbers beyond 18 digits become floats, as they do in a file.
    """
    if isinstance(data, Mapping):
        return {str(key): plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [plain(value) for value in data]
    if isinstance(data, int) and abs(data) >= EXACT:
        return _float(data)
    is_array_scalar = hasattr(data, "item") and getattr(data, "ndim", None) == 0
    return data.item() if is_array_scalar else data


def _float(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
