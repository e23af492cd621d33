"""The measures of a replication as one flat row of named numbers.

Whatever `simulate.measures` yields becomes a column, named by its path: ``civil.lost`` is
``civil_lost``, ``rounds.fired.48n6e3`` is ``rounds_fired_48n6e3``. Before them stand the
headline measures, which sum up what people ask for first.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, float | int | bool | str | None]

WHO = ("replication", "arm", "draw", "key", "figures_key")
"""Columns that say which replication a row is of."""
SPARSE = ("killed_by_class",)
"""Blocks that list only what happened, so that a missing key is a zero and no column."""


def row_of(measures: Mapping[str, Any]) -> Row:
    """Return the measures of one replication: the headline ones, then all others by path."""
    row: Row = {name: take(measures) for name, take in HEADLINE.items()}
    for kind, funnel in measures["threats"]["by_class"].items():
        row[f"leakers_{_word(kind)}"] = funnel["leaked"]
    for path, value in _leaves(measures, ()):
        row.setdefault("_".join(map(_word, path)), value)
    return row


def _leaves(
    block: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in block.items():
        here = (*path, str(key))
        if isinstance(value, Mapping):
            if key not in SPARSE:
                yield from _leaves(value, here)
        elif value is None or isinstance(value, bool | int | float):
            yield here, value
        elif hasattr(value, "item") and getattr(value, "ndim", 0) == 0:
            yield here, value.item()


def _word(key: str) -> str:
    """Return a key as part of a column's name: lower case, without signs."""
    return re.sub(r"\W+", "_", key).strip("_").lower()


def _leakers(measures: Mapping[str, Any]) -> int:
    return int(measures["threats"]["total"]["leaked"])


def _assets(measures: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(measures["assets"].values())


def _lost_share(measures: Mapping[str, Any]) -> float | None:
    value = sum(asset["value"] for asset in _assets(measures))
    lost = sum(asset["value"] for asset in _assets(measures) if asset["destroyed"])
    return lost / value if value else None


HEADLINE: dict[str, Callable[[Mapping[str, Any]], float | int | bool | None]] = {
    "leakers": _leakers,
    "no_leaker": lambda m: _leakers(m) == 0,
    "killed": lambda m: int(m["threats"]["total"]["killed"]),
    "rounds_fired": lambda m: sum(m["rounds"]["fired"].values()),
    "rounds_usd": lambda m: float(m["cost"]["rounds_usd"]),
    "assets_destroyed": lambda m: sum(asset["destroyed"] for asset in _assets(m)),
    "all_assets_stand": lambda m: not any(asset["destroyed"] for asset in _assets(m)),
    "asset_value_lost": _lost_share,
    "civil_lost": lambda m: int(m["civil"]["lost"]),
    "first_shot_s": lambda m: m["reach"]["first_shot_s"],
    "peak_tracks": lambda m: int(m["peak"]["tracks"]),
}


def table_of(rows: Sequence[Row], about: Mapping[str, str]) -> "pa.Table":
    """Return rows as an Arrow table: truths, whole numbers, texts, and numbers of double width.

    Parameters
    ----------
    rows
        One a replication; a column that a row lacks is null there.
    about
        Metadata of the table.
    """
    import pyarrow as pa

    names = list(dict.fromkeys(name for row in rows for name in row))
    arrays = [_array([row.get(name) for row in rows]) for name in names]
    schema = pa.schema(
        [pa.field(name, array.type) for name, array in zip(names, arrays, strict=True)],
        metadata=dict(about),
    )
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: list[Any]) -> Any:
    import pyarrow as pa

    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return pa.array(values, pa.bool_())
    if kinds == {int}:
        return pa.array(values, pa.int64())
    if kinds == {str}:
        return pa.array(values, pa.string())
    finite = [None if value is None or value != value else float(value) for value in values]
    return pa.array(finite, pa.float64())


def is_measure(name: str) -> bool:
    """Return whether a column of replications is a measure."""
    return name not in WHO
