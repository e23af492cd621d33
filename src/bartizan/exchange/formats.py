"""The formats of exchange: one file each, and one line here."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from bartizan.exchange.acmi import acmi, zipped
from bartizan.exchange.csv import csv
from bartizan.exchange.czml import czml
from bartizan.exchange.geojson import geojson
from bartizan.exchange.kml import kml, kmz
from bartizan.exchange.parquet import parquet
from bartizan.exchange.picture import Picture

Writer = Callable[[Picture], bytes]


class Format(NamedTuple):
    """One format: what its files are called, who reads them, what writes them."""

    suffixes: Mapping[str, Writer]  # by ending of the file's name; the first is the usual one
    readers: str


FORMATS: Mapping[str, Format] = MappingProxyType({
    "czml": Format({".czml": czml}, "CesiumJS and what is built on it"),
    "acmi": Format({".acmi": acmi, ".zip.acmi": zipped}, "Tacview (ACMI 2.2)"),
    "kml": Format({".kml": kml, ".kmz": kmz}, "Google Earth, QGIS, GDAL"),
    "geojson": Format({".geojson": geojson, ".json": geojson}, "QGIS, GDAL, web maps"),
    "csv": Format({".csv": csv}, "spreadsheets, pandas, R"),
    "parquet": Format({".parquet": parquet}, "pandas, DuckDB, polars, Arrow"),
})  # fmt: skip
