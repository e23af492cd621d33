"""Inbox: plots as they come in, checked, and handed over in order of time.

A plot that comes after later ones waits for its turn as long as the allowed delay; what comes
later still is rejected and counted.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from bartizan.arrays import Bools, Floats, Ints
from bartizan.errors import BartizanError
from bartizan.sense.plots import IffReply, PlotKind, Plots

PLOTS_MAX = 200_000  # of one step
SIGMA_ANGLE_MAX_RAD = 0.2  # beyond it a plot's error is no ellipsoid
SIGMA_MAX_M = 1e6
NO_CODES: Ints = np.empty(0, dtype=np.int64)


class RadarPlots(NamedTuple):
    """What radars measured, one row a plot; p rows in any order."""

    time_s: Floats  # (p,)
    sensor: Ints  # (p,) row of the sensor
    range_m: Floats  # (p,)
    azimuth_rad: Floats  # (p,) clockwise from north
    elevation_rad: Floats  # (p,)
    sigma_range_m: Floats  # (p,)
    sigma_azimuth_rad: Floats  # (p,)
    sigma_elevation_rad: Floats  # (p,)
    code: Ints = NO_CODES  # (p,) of a secondary radar's reply; -1: none


class PositionReports(NamedTuple):
    """What objects, or systems that triangulate them, report; p rows in any order."""

    time_s: Floats  # (p,)
    sensor: Ints  # (p,) row of the sensor that heard it
    position_ecef_m: Floats  # (p, 3)
    sigma_position_m: Floats  # (p,) one sigma on each axis
    address: Ints  # (p,) of the reporter; -1: it gives none


Some = TypeVar("Some", bound=RadarPlots | PositionReports)


def _whole(plots: Some) -> Some:
    """Return plots with a code in each row."""
    if isinstance(plots, RadarPlots) and plots.code is NO_CODES:
        return plots._replace(code=np.full(len(plots.time_s), -1))
    return plots


def chosen(plots: Some, rows: Any) -> Some:
    """Return rows of plots: a mask, numbers, or a slice."""
    return mapped(_whole(plots), lambda column: column[rows])


def mapped(plots: Some, change: Callable[[Any], Any]) -> Some:
    """Return plots with each column changed."""
    columns: tuple[Any, ...] = plots
    return type(plots)(*map(change, columns))


class Inbox:
    """The plots that wait, in the columns of `Plots`."""

    def __init__(self, n_sensor: int, delay_s: float) -> None:
        self.delay_s, self.late = delay_s, 0
        self._n_sensor = n_sensor
        self._radar: RadarPlots | None = None
        self._reports: PositionReports | None = None

    def take(
        self,
        plots: RadarPlots | PositionReports | Sequence[RadarPlots | PositionReports],
        now_s: float,
        done_s: float,
    ) -> None:
        """Take plots in; those not later than ``done_s`` are rejected and counted."""
        kinds = [plots] if isinstance(plots, RadarPlots | PositionReports) else list(plots)
        given = [mapped(_whole(one), np.asarray) for one in kinds]
        n = sum(len(one.time_s) for one in given)
        if n > PLOTS_MAX:
            refuse("too many plots in one step", f"{n:,}", f"{PLOTS_MAX:,}", "step more often")
        for one in given:
            check(one, self._n_sensor, now_s)
        for one in given:
            is_late = one.time_s <= done_s
            self.late += int(is_late.sum())
            kept = chosen(one, ~is_late)
            if isinstance(kept, RadarPlots):
                self._radar = _joined(self._radar, kept)
            else:
                self._reports = _joined(self._reports, kept)

    def n_due(self, until_s: float) -> int:
        """Return how many plots are not later than ``until_s``."""
        waiting = (self._radar, self._reports)
        return sum(int((one.time_s <= until_s).sum()) for one in waiting if one is not None)

    def hand_over(self, until_s: float, table: Plots) -> None:
        """Write the plots not later than ``until_s`` into a table with room, in its order."""
        table.size[0] = 0
        radar, self._radar = _split(self._radar, until_s)
        reports, self._reports = _split(self._reports, until_s)
        if radar is not None:
            add_radar(table, radar)
        if reports is not None:
            add_reports(table, reports)
        if reports is not None and radar is not None:
            _sort(table)


def check(plots: RadarPlots | PositionReports, n_sensor: int, now_s: float) -> None:
    """Refuse rows that are no plots; rows are counted from 1.

    Raises
    ------
    BartizanError
        With the first bad row, its value, and what is allowed.
    """
    lengths = {len(column) for column in plots}
    if len(lengths) > 1:
        words = ", ".join(
            f"{name} {len(c)}" for name, c in zip(plots._fields, plots, strict=True)
        )
        refuse("columns of different lengths", words, "one length", "give a value in each row")
    column: Any
    for name, column in zip(plots._fields, plots, strict=True):
        finite = np.isfinite(column)
        finite = finite if finite.ndim == 1 else finite.all(axis=1)
        _refuse_where(~finite, name, column, "finite numbers")
    sensors = f"0 to {n_sensor - 1}"
    is_unknown = (plots.sensor < 0) | (plots.sensor >= n_sensor)
    _refuse_where(is_unknown, "sensor", plots.sensor, sensors)
    _refuse_where(plots.time_s > now_s, "time_s", plots.time_s, f"up to {now_s:g} s, now")
    if isinstance(plots, RadarPlots):
        _refuse_where(plots.range_m <= 0.0, "range_m", plots.range_m, "above 0")
        is_absurd = np.abs(plots.elevation_rad) > np.pi / 2
        _refuse_where(is_absurd, "elevation_rad", plots.elevation_rad, "-pi/2 to pi/2")
        _check_sigma("sigma_range_m", plots.sigma_range_m, SIGMA_MAX_M)
        _check_sigma("sigma_azimuth_rad", plots.sigma_azimuth_rad, SIGMA_ANGLE_MAX_RAD)
        _check_sigma("sigma_elevation_rad", plots.sigma_elevation_rad, SIGMA_ANGLE_MAX_RAD)
    else:
        _check_sigma("sigma_position_m", plots.sigma_position_m, SIGMA_MAX_M)


def _check_sigma(name: str, sigma: Floats, most: float) -> None:
    _refuse_where(~((sigma > 0.0) & (sigma <= most)), name, sigma, f"above 0, up to {most:g}")


def _refuse_where(is_bad: Bools, name: str, column: Floats | Ints, allowed: str) -> None:
    rows = np.flatnonzero(is_bad)
    if len(rows):
        value = column[rows[0]]
        given = f"{value} in row {rows[0] + 1:,}"
        given += f", and {len(rows) - 1:,} more" if len(rows) > 1 else ""
        refuse(f"{name} is out of range", given, allowed, "leave the row out")


def refuse(problem: str, given: str, allowed: str, remedy: str) -> None:
    """Raise the error of a step."""
    raise BartizanError(
        f"plots: {problem}\n    given:   {given}\n    allowed: {allowed}\n    remedy:  {remedy}"
    )


def add_radar(table: Plots, plots: RadarPlots) -> None:
    """Append radar plots to a table, in its order among themselves."""
    order = np.lexsort(
        (plots.elevation_rad, plots.azimuth_rad, plots.range_m, plots.sensor, plots.time_s)
    )
    at = _claim(table, len(order), PlotKind.RADAR)
    for name, column in zip(plots._fields, plots, strict=True):
        getattr(table, name)[at] = column[order]
    table.position_ecef_m[at], table.sigma_position_m[at] = np.nan, np.nan
    table.address[at] = -1


def add_reports(table: Plots, plots: PositionReports) -> None:
    """Append position reports to a table, in its order among themselves."""
    x, y, z = plots.position_ecef_m.T
    order = np.lexsort((z, y, x, plots.address, plots.sensor, plots.time_s))
    at = _claim(table, len(order), PlotKind.REPORT)
    for name, column in zip(plots._fields, plots, strict=True):
        getattr(table, name)[at] = column[order]
    for name in RadarPlots._fields[2:-1]:
        getattr(table, name)[at] = np.nan
    table.code[at] = -1


def _claim(table: Plots, n: int, kind: PlotKind) -> slice:
    first = int(table.size[0])
    table.size[0] = first + n
    at = slice(first, first + n)
    table.kind[at], table.iff_reply[at] = kind, IffReply.NOT_ASKED
    return at


def _sort(table: Plots) -> None:
    """Bring radar plots and reports into one order of time, then of sensor."""
    n = int(table.size[0])
    order = np.lexsort((table.sensor[:n], table.time_s[:n]))
    for name, column in zip(table._fields, table, strict=True):
        if name not in ("size", "lost", "order"):
            column[:n] = column[:n][order]


def _joined(old: Some | None, new: Some) -> Some:
    if old is None or not len(old.time_s):
        return new
    joined: Any = [np.concatenate(pair) for pair in zip(old, new, strict=True)]
    return type(new)(*joined)


def _split(waiting: Some | None, until_s: float) -> tuple[Some | None, Some | None]:
    if waiting is None:
        return None, None
    is_due = waiting.time_s <= until_s
    if is_due.all():
        return waiting, None
    return chosen(waiting, is_due), chosen(waiting, ~is_due)
