"""The columns that tables of tracks and truth may have, and what is wrong with a table's.

A column's unit is the end of its name. Where its Arrow metadata name a unit (as the tables of
a run do), it must be the same.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from bartizan.arrays import Floats
from bartizan.errors import Fault, nearest

if TYPE_CHECKING:
    import pyarrow as pa

GEODETIC = ("lat_deg", "lon_deg", "height_m")
PLANE = ("east_m", "north_m", "up_m")
VELOCITY = ("v_east_m_s", "v_north_m_s", "v_up_m_s")
SIGMAS = ("sigma_east_m", "sigma_north_m", "sigma_up_m")
VELOCITY_SIGMAS = ("sigma_v_east_m_s", "sigma_v_north_m_s", "sigma_v_up_m_s")
ONE_SIGMA = "sigma_m"
"""Of a run's tracks: one standard deviation for all axes, the root mean square of the three."""

_UNITS = (("_m_s", "m/s"), ("_deg", "deg"), ("_m", "m"), ("_s", "s"))
_LIMITS = {"lat_deg": (-90.0, 90.0), "lon_deg": (-360.0, 360.0)}


def unit_of(name: str) -> str:
    """Return the unit that the name of a column ends with; empty if it has none."""
    return next((unit for ending, unit in _UNITS if name.endswith(ending)), "")


def missing(name: str, table: "pa.Table", file: str) -> Fault:
    """Return the fault of a column that is not there, with the column that may be meant."""
    names = [str(one) for one in table.column_names]
    stem = name.removesuffix(f"_{unit_of(name).replace('/', '_')}")
    other = [one for one in names if one.startswith(f"{stem}_") or one == stem]
    remedy = (
        f"give '{other[0]}' in {unit_of(name)} and call it {name}"
        if other and unit_of(name)
        else nearest(name, names) or "add the column"
    )
    return Fault(name, "no such column", ", ".join(names) or "no columns", "", remedy, file)


def numbers(name: str, table: "pa.Table", file: str, faults: list[Fault]) -> Floats:
    """Return a column of finite numbers; what is wrong with it goes to ``faults``."""
    import pyarrow as pa

    column, field = table.column(name), table.schema.field(name)
    given = (field.metadata or {}).get(b"unit", unit_of(name).encode()).decode()
    if given != unit_of(name):
        remedy = f"convert the column to {unit_of(name)}"
        faults.append(Fault(name, "another unit", given, unit_of(name), remedy, file))
    if not (pa.types.is_integer(field.type) or pa.types.is_floating(field.type)):
        given, allowed = f"a column of {field.type}", f"numbers of {unit_of(name) or 'one'}"
        remedy = "write plain numbers, with a point for the decimals"
        faults.append(Fault(name, "not numbers", given, allowed, remedy, file))
        return np.zeros(0)
    values = np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)
    _check_values(name, values, file, faults)
    return values


def _check_values(name: str, values: Floats, file: str, faults: list[Fault]) -> None:
    bad = np.flatnonzero(~np.isfinite(values))
    if len(bad):
        allowed = "a finite number in each row"
        remedy = "leave out the row: what is not there, is not reported"
        given = _rows(values, bad)
        faults.append(Fault(name, "not a number", given, allowed, remedy, file))
        return
    least, most = _LIMITS.get(name, (-np.inf, np.inf))
    if name.startswith("sigma_"):
        least = np.finfo(float).tiny
    bad = np.flatnonzero((values < least) | (values > most))
    if len(bad):
        allowed = "above 0" if most == np.inf else f"{least:g} to {most:g}"
        faults.append(Fault(name, "out of range", _rows(values, bad), allowed, file=file))


def _rows(values: Floats, bad: Sequence[int] | Any) -> str:
    """Return the first bad value and where it stands, counted from 1 without the heading."""
    more = f", and {len(bad) - 1:,} more" if len(bad) > 1 else ""
    return f"{values[bad[0]]:g} in row {bad[0] + 1:,}{more}"


def names_of(name: str, table: "pa.Table", file: str, faults: list[Fault]) -> list[Any]:
    """Return the numbers of a column's texts, and the texts in order: ``[codes, texts]``."""
    import pyarrow as pa

    try:
        column = table.column(name).cast(pa.string()).combine_chunks()
    except pa.ArrowException:
        given = f"a column of {table.schema.field(name).type}"
        faults.append(Fault(name, "not names", given, "whole numbers or texts", "", file))
        return [np.zeros(0, np.int64), []]
    if column.null_count:
        row = int(np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))[0])
        given, remedy = f"nothing in row {row + 1:,}", "name each row"
        faults.append(Fault(name, "a name is missing", given, "a name", remedy, file))
        return [np.zeros(0, np.int64), []]
    coded = column.dictionary_encode()
    texts = np.array(coded.dictionary.to_pylist(), dtype=object)
    order = np.argsort(texts)
    place = np.empty(len(texts), np.int64)
    place[order] = np.arange(len(texts))
    return [place[coded.indices.to_numpy()], texts[order].tolist()]
