"""The spellings of a CSV of state vectors: which columns there are, and in which units."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bartizan.errors import Fault, nearest
from bartizan.units import UNITS

# What must be there, and what is only checked: motion follows from places and times.
NEEDED = ("time", "id", "latitude", "longitude", "altitude")
CHECKED = ("ground speed", "heading", "vertical rate")

FT_MIN = "ft/min"
SI_OF_UNIT = {
    **UNITS["length"], **UNITS["speed"], FT_MIN: UNITS["length"]["ft"] / 60.0,
    "s": 1.0, "deg": 1.0, "epoch or ISO 8601": 1.0, "": 1.0,
}  # fmt: skip


class Column(NamedTuple):
    """What a column of some name holds."""

    quantity: str
    unit: str


class Spelling(NamedTuple):
    """Names of columns that belong together."""

    name: str
    columns: Mapping[str, Column]
    # An archive has rows without a place, and repeats the last place that it knows.
    is_archive: bool


class Found(NamedTuple):
    """A column of a file."""

    nth: int  # cell of a row, from 0
    name: str
    unit: str


class Layout(NamedTuple):
    """The columns of a file that are read, by quantity."""

    spelling: Spelling
    columns: Mapping[str, Found]
    n_column: int


OWN = Spelling(
    "Bartizan",
    {
        "time_s": Column("time", "s"),
        "id": Column("id", ""),
        "lat_deg": Column("latitude", "deg"),
        "lon_deg": Column("longitude", "deg"),
        "altitude_m": Column("altitude", "m"),
        "altitude_ft": Column("altitude", "ft"),
        "ground_speed_m_s": Column("ground speed", "m/s"),
        "ground_speed_kt": Column("ground speed", "kt"),
        "heading_deg": Column("heading", "deg"),
        "vertical_rate_m_s": Column("vertical rate", "m/s"),
        "vertical_rate_ft_min": Column("vertical rate", FT_MIN),
    },
    is_archive=False,
)
OPENSKY = Spelling(
    "OpenSky",
    {
        "time": Column("time", "epoch or ISO 8601"),
        "icao24": Column("id", ""),
        "lat": Column("latitude", "deg"),
        "lon": Column("longitude", "deg"),
        # The first of the two that the file has: geoaltitude is height above the ellipsoid.
        "geoaltitude": Column("altitude", "m"),
        "baroaltitude": Column("altitude", "m"),
        "velocity": Column("ground speed", "m/s"),
        "heading": Column("heading", "deg"),
        "vertrate": Column("vertical rate", "m/s"),
    },
    is_archive=True,
)
TRAFFIC = Spelling(
    "traffic",
    {
        "timestamp": Column("time", "epoch or ISO 8601"),
        "icao24": Column("id", ""),
        "latitude": Column("latitude", "deg"),
        "longitude": Column("longitude", "deg"),
        "altitude": Column("altitude", "ft"),
        "groundspeed": Column("ground speed", "kt"),
        "track": Column("heading", "deg"),
        "vertical_rate": Column("vertical rate", FT_MIN),
    },
    is_archive=True,
)
SPELLINGS = (OWN, OPENSKY, TRAFFIC)


def layout_of(header: Sequence[str]) -> tuple[Layout, list[Fault]]:
    """Return the columns of a header and what is wrong with it, without file and line."""
    names = [name.strip() for name in header]
    spelling = max(SPELLINGS, key=lambda one: sum(name in one.columns for name in set(names)))
    columns: dict[str, Found] = {}
    faults = _repeated(names, spelling)
    for name, column in spelling.columns.items():
        if name not in names:
            continue
        found = Found(names.index(name), name, column.unit)
        other = columns.setdefault(column.quantity, found)
        if other is not found and not spelling.is_archive:
            faults.append(_two_units(column.quantity, other, found))
    lacking = [quantity for quantity in NEEDED if quantity not in columns]
    faults += [_lacking(quantity, names, spelling) for quantity in lacking]
    return Layout(spelling, columns, len(names)), faults


def _repeated(names: Sequence[str], spelling: Spelling) -> list[Fault]:
    problem, remedy = "the column stands there twice", "remove one of them"
    return [
        Fault(name, problem, f"{names.count(name)} times", "once", remedy)
        for name in spelling.columns
        if names.count(name) > 1
    ]


def _two_units(quantity: str, one: Found, other: Found) -> Fault:
    given = f"{one.name} and {other.name}"
    problem = f"two columns of {quantity}, in {one.unit} and in {other.unit}"
    return Fault(other.name, problem, given, "one of them", f"remove {other.name}")


def _lacking(quantity: str, names: Sequence[str], spelling: Spelling) -> Fault:
    """Return the fault of a column that is not there: what is, and what may be meant."""
    asked = [name for name, column in spelling.columns.items() if column.quantity == quantity]
    near = next((near for near in (_meant(one, names, spelling) for one in asked) if near), "")
    if len(names) == 1 and ";" in names[0]:
        near = "separate the columns by commas, not by semicolons"
    given = ", ".join(name for name in names if name)[:200] or "no names of columns"
    allowed = f"{' or '.join(asked)}, as in the spelling of {spelling.name}"
    remedy = near or f"the first line names the columns; add {asked[0]}"
    return Fault(asked[0], f"no column of {quantity}", given, allowed, remedy)


def _meant(asked: str, names: Sequence[str], spelling: Spelling) -> str:
    """Return the remedy that names the column that may have been meant."""
    free = [name for name in names if name and name not in spelling.columns]
    match = nearest(asked, free) or nearest(asked.partition("_")[0], free)
    name = match.partition("'")[2].partition("'")[0]
    return f"is it '{name}'? name it {asked}" if name else ""
