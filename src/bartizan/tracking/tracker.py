"""Tracker: the streaming interface, one call a scan, on plain arrays.

The kernels are those of the simulator; this file holds their tables and lets them grow.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.events import make_events
from bartizan.sense.plots import IffReply, PlotKind, Plots, make_plots
from bartizan.tracking.follow import follow
from bartizan.tracking.plan import Settings, TrackingPlan
from bartizan.tracking.report import Report, filled, make_report, report
from bartizan.tracking.scratch import Scratch, make_scratch
from bartizan.tracking.sensors import Sensor, table_of
from bartizan.tracking.tracks import Tracks, make_tracks

CAPACITY = 512  # tracks and plots at first; both double as needed


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


class Tracker:
    """Tracks of the plots of some sensors, kept up scan by scan.

    >>> tracker = Tracker([Sensor(-27.0, -17.0, 20.0, scan_period_s=1.0)])
    >>> for plots, time_s in scans:
    ...     tracks = tracker.step(plots, time_s)
    """

    def __init__(self, sensors: Sequence[Sensor], settings: Settings | None = None) -> None:
        self.plan = TrackingPlan(table_of(sensors), settings or Settings())
        self.tracks: Tracks = make_tracks(CAPACITY, len(sensors))
        self._plots: Plots = make_plots(CAPACITY)
        self._report: Report = make_report(CAPACITY)
        self._scratch: Scratch = make_scratch(self.plan, self.tracks, self._plots)
        self._events = make_events(1)
        self._now_s = -np.inf

    def step(self, plots: RadarPlots, time_s: float) -> Report:
        """Advance to ``time_s`` with all plots since the last step; return the tracks there.

        The arrays of the report are the tracker's own until the next step.
        """
        self._make_room(len(plots.time_s))
        fill_plots(self._plots, plots)
        tables = self._plots, self.tracks, self._scratch, self._events
        follow(self.plan, *tables, self._now_s, time_s)
        self._events.size[0] = 0
        self._now_s = time_s
        report(self.tracks, time_s, self._report)
        return filled(self._report)

    def _make_room(self, n_plot: int) -> None:
        """Let the tables grow, so that no plot and no track is lost."""
        n_track, room = len(self.tracks.alive), len(self._plots.time_s)
        needed = int(self.tracks.alive.sum()) + n_plot
        if n_plot <= room and needed <= n_track:
            return
        if needed > n_track:
            self.tracks = grown(self.tracks, max(needed, 2 * n_track))
            self._report = make_report(len(self.tracks.alive))
        self._plots = make_plots(max(n_plot, room))
        self._scratch = make_scratch(self.plan, self.tracks, self._plots)


def fill_plots(table: Plots, plots: RadarPlots) -> None:
    """Write radar plots into the table of `sense`, in its order."""
    n = len(plots.time_s)
    order = np.lexsort((plots.azimuth_rad, plots.range_m, plots.sensor, plots.time_s))
    for name, column in zip(plots._fields, plots, strict=True):
        getattr(table, name)[:n] = column[order]
    table.size[0] = n
    table.kind[:n], table.address[:n] = PlotKind.RADAR, -1
    table.iff_reply[:n] = IffReply.NOT_ASKED


def grown(tracks: Tracks, capacity: int) -> Tracks:
    """Return the same tracks in a larger table."""
    larger = make_tracks(capacity, tracks.seen_s.shape[1])
    _copy_into(tracks, larger)
    return larger


def _copy_into(table: tuple[Any, ...], larger: tuple[Any, ...]) -> None:
    """Copy columns, and those of tables within, to the first rows of larger ones."""
    for old, new in zip(table, larger, strict=True):
        if isinstance(old, tuple):
            _copy_into(old, new)
        else:
            new[: len(old)] = old
