"""Ranges of what a user of the tracker may say, checked field by field."""

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from bartizan.errors import DocumentError, Fault

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def check_ranges(given: "DataclassInstance", ranges: Mapping[str, tuple[float, float]]) -> None:
    """Refuse fields that are no numbers within their ``ranges``, by default 0 and more.

    A field that is true or false by default is so always.

    Raises
    ------
    DocumentError
        With all such fields.
    """
    faults = [
        Fault(field.name, "out of range", str(value), allowed)
        for field in fields(given)
        for value in (getattr(given, field.name),)
        if (allowed := _allowed(field.default, value, *ranges.get(field.name, (0.0, math.inf))))
    ]
    if faults:
        raise DocumentError(faults)


def _allowed(default: Any, value: Any, least: float, most: float) -> str:
    """Return what is allowed instead of a value; nothing if the value is."""
    if isinstance(default, bool):
        return "" if isinstance(value, bool) else "true or false"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and least <= value <= most and math.isfinite(value):
        return ""
    return f"a number, {least:g} to {most:g}" if most < math.inf else f"a number from {least:g}"
