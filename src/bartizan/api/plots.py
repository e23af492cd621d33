"""Tables of plots as the tracker takes them; or all that is wrong with them."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bartizan.arrays import Bools, Floats, Ints
from bartizan.errors import DocumentError, Fault, nearest
from bartizan.metrics import columns
from bartizan.metrics.frame import ecef_from_geodetic
from bartizan.metrics.reports import arrow
from bartizan.tracking.inbox import PositionReports, RadarPlots, Some, check, chosen
from bartizan.tracking.sensors import Sensor

if TYPE_CHECKING:
    import pyarrow as pa

POLAR = ("range_m", "azimuth_rad")
SIGMAS = ("sigma_range_m", "sigma_azimuth_rad", "sigma_elevation_rad")
HEIGHT_M, SIGMA_HEIGHT_M = 6e3, 4e3  # what a radar without elevation is taken to see


class PlotTable(NamedTuple):
    """The plots of a table, in order of time."""

    radar: RadarPlots
    reports: PositionReports


def plots_of(given: Any, name: str, sensors: Mapping[str, Sensor]) -> PlotTable:
    """Return the plots of an Arrow table or a pandas frame.

    Rows with a range are radar plots; without an elevation, those of a 2D radar. Rows with a
    latitude are position reports.

    Raises
    ------
    DocumentError
        All faults of the table.
    """
    reader = _Reader(arrow(given, name), name, sensors)
    radar, reports = reader.radar(), reader.reports()
    if reader.faults:
        raise DocumentError(reader.faults)
    for one in (radar, reports):
        check(one, len(sensors), math.inf)
    return PlotTable(_in_time(radar), _in_time(reports))


def _in_time(plots: Some) -> Some:
    return chosen(plots, np.argsort(plots.time_s, kind="stable"))


class _Reader:
    """A table under way, and its faults so far."""

    def __init__(self, table: "pa.Table", file: str, sensors: Mapping[str, Sensor]) -> None:
        self.table, self.file, self.sensors = table, file, sensors
        self.faults: list[Fault] = []
        self.known = set(table.column_names)
        self.time_s = self.column("time_s") if "time_s" in self.known else self.absent("time_s")
        self.sensor = self._sensors()
        self.is_radar, self.is_report = self._kinds()

    def absent(self, name: str) -> Floats:
        """Note that a column is missing; return it empty of values."""
        self.faults.append(columns.missing(name, self.table, self.file))
        return np.zeros(self.table.num_rows)

    def column(self, name: str) -> Floats:
        """Return a column, nan where it has no value or is not there."""
        if name not in self.known:
            return np.full(self.table.num_rows, np.nan)
        found = columns.numbers_or_nan(name, self.table, self.file, self.faults)
        return found if len(found) == self.table.num_rows else np.zeros(self.table.num_rows)

    def or_else(self, name: str, rows: Bools, field: str) -> Floats:
        """Return rows of a column; where it has no value, the field of the row's sensor."""
        default = np.array([getattr(one, field) for one in self.sensors.values()])
        found = self.column(name)[rows]
        return np.where(np.isnan(found), default[self.sensor[rows]], found)

    def _sensors(self) -> Ints:
        names, n = list(self.sensors), self.table.num_rows
        if "sensor" not in self.known:
            if len(names) > 1:
                self.absent("sensor")
            return np.zeros(n, np.int64)
        codes, texts = columns.names_of("sensor", self.table, self.file, self.faults)
        for text in texts:
            if text not in self.sensors:
                remedy = nearest(text, names) or "describe it, or leave its rows out"
                allowed = ", ".join(names)
                self.faults.append(
                    Fault("sensor", "unknown sensor", text, allowed, remedy, self.file)
                )
        rows = np.array([names.index(text) if text in names else 0 for text in texts] or [0])
        return np.asarray(rows[codes] if len(codes) == n else np.zeros(n, np.int64))

    def _kinds(self) -> tuple[Bools, Bools]:
        has_polar = self.known.issuperset(POLAR)
        has_place = self.known.issuperset(columns.GEODETIC)
        is_radar = ~np.isnan(self.column("range_m")) & has_polar
        is_report = ~is_radar & ~np.isnan(self.column("lat_deg")) & has_place
        if not has_polar and not has_place:
            for name in POLAR if not self.known & set(columns.GEODETIC) else columns.GEODETIC:
                if name not in self.known:
                    self.absent(name)
        elif not (is_radar | is_report).all():
            row = int(np.flatnonzero(~(is_radar | is_report))[0])
            allowed = "range_m and azimuth_rad, or lat_deg, lon_deg and height_m"
            remedy = "leave the row out"
            self.faults.append(
                Fault("", f"no place in row {row + 1:,}", "", allowed, remedy, self.file)
            )
        return is_radar, is_report

    def radar(self) -> RadarPlots:
        """Return the radar plots."""
        rows = self.is_radar
        sigma = [self.or_else(name, rows, name) for name in SIGMAS]
        range_m, elevation = self.column("range_m")[rows], self.column("elevation_rad")[rows]
        guess, spread = _guessed(range_m)
        is_flat = np.isnan(elevation)
        return RadarPlots(
            self.time_s[rows],
            self.sensor[rows],
            range_m,
            self.column("azimuth_rad")[rows],
            np.where(is_flat, guess, elevation),
            sigma[0],
            sigma[1],
            np.where(is_flat, spread, sigma[2]),
            self._names("code", rows),
        )

    def reports(self) -> PositionReports:
        """Return the position reports."""
        rows = self.is_report
        place = np.stack([self.column(name)[rows] for name in columns.GEODETIC], axis=1)
        return PositionReports(
            self.time_s[rows],
            self.sensor[rows],
            ecef_from_geodetic(place),
            self.or_else("sigma_position_m", rows, "sigma_position_m"),
            self._names("address", rows),
        )

    def _names(self, name: str, rows: Bools) -> Ints:
        """Return the numbers of the names in a column; -1 where there is none."""
        found = np.full(self.table.num_rows, -1, np.int64)
        if name in self.known:
            is_named = ~self.table.column(name).is_null().to_numpy()
            named = self.table.filter(is_named)
            found[is_named] = columns.names_of(name, named, self.file, self.faults)[0]
        return found[rows]


def _guessed(range_m: Floats) -> tuple[Floats, Floats]:
    """Return the elevation and its sigma [rad] of an object whose height is not measured."""
    with np.errstate(invalid="ignore", divide="ignore"):
        sine = np.clip(HEIGHT_M / range_m, 0.0, 0.5)
        sigma = np.clip(SIGMA_HEIGHT_M / range_m, 1e-3, 0.19)
    return np.arcsin(sine), sigma
