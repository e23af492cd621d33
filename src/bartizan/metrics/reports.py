"""Tables as they come, Arrow or pandas, as plain arrays; or all that is wrong with them.

The columns are those of `bartizan.track`; a run's `tracks.parquet` and `truth.parquet` are
read too: their ``sigma_m`` stands for each axis, and of the truth's rows those with the phase
``flying`` count.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bartizan.arrays import Bools, Floats, Ints
from bartizan.errors import DocumentError, Fault, nearest
from bartizan.metrics import columns

if TYPE_CHECKING:
    import pyarrow as pa

STATUSES = ("tentative", "confirmed", "coasting")
FLYING = "flying"


class Reports(NamedTuple):
    """One row an object or track and time; r rows, in the table's order."""

    file: str
    time_s: Floats  # (r,)
    number: Ints  # (r,) of its name
    names: list[str]
    place: Floats  # (r, 3) lat_deg, lon_deg, height_m, or east_m, north_m, up_m
    is_geodetic: bool
    velocity_m_s: Floats | None  # (r, 3) east, north, up
    sigma: Floats | None  # (r, 3) of position, or (r, 6): of velocity too
    has_one_sigma: bool  # one value for all axes
    is_reported: Bools  # (r,) confirmed or coasting; of the truth: flying
    n_updates: Floats | None  # (r,) so far
    misses: Floats | None  # (r,) looks missed in a row


def read(tracks: Any, truth: Any, names: tuple[str, str]) -> tuple[Reports, Reports]:
    """Return both tables as arrays, their places in one form.

    Parameters
    ----------
    tracks, truth
        Arrow tables, or what has ``to_arrow`` or is a pandas frame.
    names
        What a fault calls them.

    Raises
    ------
    DocumentError
        All faults of both.
    """
    faults: list[Fault] = []
    tables = [arrow(table, name) for table, name in zip((tracks, truth), names, strict=True)]
    form = _form(tables, names, faults)
    read = [
        _read(table, name, key, form, faults)
        for table, name, key in zip(tables, names, ("track_id", "truth_id"), strict=True)
    ]
    if faults:
        raise DocumentError(faults)
    return read[0], read[1]


def arrow(table: Any, name: str) -> "pa.Table":
    """Return a table as an Arrow table.

    Raises
    ------
    DocumentError
        If it is none, or holds a column twice.
    """
    import pyarrow as pa

    if hasattr(table, "to_arrow"):
        table = table.to_arrow()
    elif hasattr(table, "iloc"):
        table = pa.Table.from_pandas(table, preserve_index=False)
    if not isinstance(table, pa.Table):
        allowed = "an Arrow table, a pandas frame, or the path of a .parquet or .csv file"
        raise DocumentError([Fault("", "not a table", type(table).__name__, allowed, "", name)])
    twice = sorted({one for one in table.column_names if table.column_names.count(one) > 1})
    if twice:
        remedy = "leave one of them"
        raise DocumentError([Fault(one, "two columns", "", "", remedy, name) for one in twice])
    return table


def _form(tables: list["pa.Table"], names: tuple[str, str], faults: list[Fault]) -> bool:
    """Return whether both tables have geodetic places; else both have them in a plane."""
    has = [set(table.column_names) for table in tables]
    for is_geodetic, form in ((True, columns.GEODETIC), (False, columns.PLANE)):
        if all(set(form) <= one for one in has):
            return is_geodetic
    is_geodetic = not any(set(columns.PLANE) & one for one in has)
    for table, name in zip(tables, names, strict=True):
        form = columns.GEODETIC if is_geodetic else columns.PLANE
        if any(set(columns.GEODETIC) <= one for one in has):
            form = columns.GEODETIC
        faults += [
            columns.missing(one, table, name) for one in form if one not in table.column_names
        ]
    return is_geodetic


def _read(
    table: "pa.Table", file: str, key: str, is_geodetic: bool, faults: list[Fault]
) -> Reports:
    known = set(table.column_names)
    faults += [columns.missing(one, table, file) for one in ("time_s", key) if one not in known]

    def take(*names: str) -> Floats | None:
        if not known.issuperset(names):
            return None
        found = [columns.numbers(name, table, file, faults) for name in names]
        same = {len(one) for one in found} == {table.num_rows}
        return np.stack(found, axis=1) if same else None

    place = take(*(columns.GEODETIC if is_geodetic else columns.PLANE))
    time_s, is_tracks = take("time_s"), key == "track_id"
    number, names = (
        columns.names_of(key, table, file, faults) if key in known else (np.zeros(0), [])
    )
    velocity = take(*columns.VELOCITY)
    sigma, has_one = _sigma(take, known, velocity is not None) if is_tracks else (None, False)
    reported = _reported(table, file, faults) if is_tracks else _flying(table)
    counts = [take(one) if is_tracks else None for one in ("n_updates", "misses")]
    empty = np.zeros((0, 3))
    return Reports(
        file,
        empty[:, 0] if time_s is None else time_s[:, 0],
        number,
        names,
        empty if place is None else place,
        is_geodetic,
        velocity,
        sigma,
        has_one,
        reported,
        *(None if one is None else one[:, 0] for one in counts),
    )


def _sigma(take: Any, known: set[str], has_velocity: bool) -> tuple[Floats | None, bool]:
    if known.issuperset(columns.SIGMAS):
        both = has_velocity and known.issuperset(columns.VELOCITY_SIGMAS)
        return take(*columns.SIGMAS, *(columns.VELOCITY_SIGMAS if both else ())), False
    one = take(columns.ONE_SIGMA)
    return (None if one is None else np.repeat(one, 3, axis=1)), one is not None


def _reported(table: "pa.Table", file: str, faults: list[Fault]) -> Bools:
    if "status" not in table.column_names:
        return np.ones(table.num_rows, bool)
    codes, words = columns.names_of("status", table, file, faults)
    for word in words:
        if word not in STATUSES:
            allowed, remedy = ", ".join(STATUSES), nearest(word, STATUSES)
            faults.append(Fault("status", "unknown status", word, allowed, remedy, file))
    return np.asarray(np.array([word in STATUSES[1:] for word in words] or [False])[codes])


def _flying(table: "pa.Table") -> Bools:
    if "phase" not in table.column_names:
        return np.ones(table.num_rows, bool)
    codes, words = columns.names_of("phase", table, "", [])
    return np.asarray(np.array([word == FLYING for word in words] or [False])[codes])
