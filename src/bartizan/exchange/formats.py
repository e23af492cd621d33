"""The formats of exchange: one file each, and one line here.

Writers are named and not imported: the command line lists the formats in its help, which must
not wait for what only a writer needs.
"""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from bartizan.exchange.picture import Picture


class Format(NamedTuple):
    """One format: how its files end, with the function that writes each, and who reads them."""

    suffixes: Mapping[str, str]  # the first is the usual one
    readers: str


FORMATS: Mapping[str, Format] = MappingProxyType({
    "czml": Format({".czml": "czml.czml"}, "CesiumJS and what is built on it"),
    "acmi": Format({".acmi": "acmi.acmi", ".zip.acmi": "acmi.zipped"}, "Tacview"),
    "kml": Format({".kml": "kml.kml", ".kmz": "kml.kmz"}, "Google Earth, QGIS, GDAL"),
    "geojson": Format({".geojson": "geojson.geojson"}, "QGIS, GDAL, web maps"),
    "csv": Format({".csv": "csv.csv"}, "spreadsheets, pandas, R"),
    "parquet": Format({".parquet": "parquet.parquet"}, "DuckDB, pandas, polars"),
})  # fmt: skip


def written(name: str, suffix: str, picture: "Picture") -> bytes:
    """Return a file of a format: its bytes, the same for the same run.

    Parameters
    ----------
    name
        Of `FORMATS`.
    suffix
        One of the format's; any other one means the usual one.
    picture
        What it shows.
    """
    suffixes = FORMATS[name].suffixes
    module, _, function = suffixes.get(suffix, next(iter(suffixes.values()))).partition(".")
    write = getattr(import_module(f"bartizan.exchange.{module}"), function)
    return cast("Callable[[Picture], bytes]", write)(picture)
