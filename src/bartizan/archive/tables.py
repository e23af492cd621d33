"""The recorded tables of a run as Arrow tables, each column with its unit and meaning."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bartizan.archive.document import STATEMENT
from bartizan.arrays import Coded
from bartizan.errors import RunError

if TYPE_CHECKING:
    import pyarrow as pa

Columns = Mapping[str, Any]
"""Column name to NumPy array, texts or coded texts, all of one length; none at all: no rows."""


class Column(NamedTuple):
    """One column: its name, unit (empty: none) and what it says."""

    name: str
    type: str
    unit: str
    meaning: str


OF_RUN = ("run", "version", "seed", "figures", "sensing", "scenario_hash", "fingerprint")
"""What each table repeats of the manifest."""

TIME = Column("time_s", "double", "s", "time since the start of the scenario")
POSITION = (
    Column("lat_deg", "double", "deg", "geodetic latitude, WGS-84"),
    Column("lon_deg", "double", "deg", "longitude"),
    Column("height_m", "double", "m", "height above the ellipsoid"),
    Column("v_east_m_s", "double", "m/s", "velocity to the east, where it is"),
    Column("v_north_m_s", "double", "m/s", "velocity to the north"),
    Column("v_up_m_s", "double", "m/s", "velocity upwards"),
)

TABLES: Mapping[str, Sequence[Column]] = {
    "events": (
        TIME,
        Column("kind", "text", "", "what happened"),
        Column("subject", "text", "", "to whom, or by whom"),
        Column("object", "text", "", "with whom"),
        Column("detail", "text", "", "more of it, in words"),
    ),
    "tracks": (
        TIME,
        Column("track_id", "int64", "", "number of the track, never used twice"),
        Column("status", "text", "", "tentative, confirmed or coasting"),
        Column("identity", "text", "", "whose the defence believes it to be"),
        *POSITION,
        Column(
            "sigma_m",
            "double",
            "m",
            "standard deviation of its position then, mean of three axes",
        ),
        Column("sigma_major_m", "double", "m", "the same along the ellipse's longer half axis"),
        Column("sigma_minor_m", "double", "m", "along the shorter one; both are horizontal"),
        Column("major_axis_deg", "double", "deg", "bearing of the longer one, from north"),
        Column("sigma_up_m", "double", "m", "standard deviation of its height"),
        Column("p_hostile", "double", "", "probability that it is hostile; nan: not weighed"),
    ),
    "truth": (
        TIME,
        Column("truth_id", "text", "", "name of the object"),
        Column("threat_class", "text", "", "catalogue entry of the object"),
        Column("side", "text", "", "hostile, civil or friend"),
        Column("phase", "text", "", "pending, flying, killed, leaked or left"),
        *POSITION,
    ),
}


def arrow_table(name: str, columns: Columns, manifest: Mapping[str, Any]) -> "pa.Table":
    """Return the columns of a table of `TABLES` as an Arrow table; texts as dictionaries.

    Its metadata say which run it is of, and the standing words.
    """
    import pyarrow as pa

    kinds = {
        "double": pa.float64(),
        "int64": pa.int64(),
        "text": pa.dictionary(pa.int32(), pa.string()),
    }
    fields, arrays = [], []
    for column in TABLES[name]:
        about = {"unit": column.unit, "meaning": column.meaning}
        fields.append(pa.field(column.name, kinds[column.type], metadata=about))
        values = columns.get(column.name, [])
        if isinstance(values, Coded):
            used = values.in_order_of_use()
            words = pa.array(used.words, pa.string())
            arrays.append(pa.DictionaryArray.from_arrays(used.codes, words))
        else:
            given = list(values) if column.type == "text" else values
            arrays.append(pa.array(given, kinds[column.type]))
    of_run = {key: str(manifest[key]) for key in OF_RUN}
    about = {"bartizan": name, "format": "1", **of_run, "statement": STATEMENT}
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=about))


def write_table(table: "pa.Table", path: Path) -> None:
    """Write an Arrow table as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet

    # A dictionary of numbers that are all different costs twice the time, and room.
    texts = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    with path.open("wb") as file:
        pyarrow.parquet.write_table(table, file, compression="zstd", use_dictionary=texts)


def read_table(path: Path) -> "pa.Table":
    """Return the Arrow table of a Parquet file, texts as dictionaries."""
    import pyarrow as pa
    import pyarrow.parquet

    try:
        with path.open("rb") as file:
            return pyarrow.parquet.read_table(file)
    except (pa.ArrowException, OSError) as error:
        raise RunError(
            f"{path}: this table cannot be read: {error}\n"
            "    remedy:  run it again; the same command replaces the folder"
        ) from error
