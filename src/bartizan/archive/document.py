"""JSON documents: plain values out of measured ones, the same text for the same values."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

STATEMENT = (
    "Simulated from published and assumed figures; it describes claims about systems, "
    "not the systems. Not validated against any real engagement. Not for operational use."
)


def plain(value: Any) -> Any:
    """Return the value as JSON knows it: NumPy scalars unwrapped, nan and infinity as None."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def text_of(document: Mapping[str, Any]) -> str:
    """Return a document as JSON text that ends its last line."""
    return json.dumps(plain(document), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
