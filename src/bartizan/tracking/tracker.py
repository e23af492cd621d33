"""Tracker: the streaming interface, one call a scan, on plain arrays.

The kernels are those of the simulator; this file holds their tables and lets them grow.

>>> tracker = Tracker([Sensor(-27.0, -17.0, 20.0, scan_period_s=1.0)])
>>> for plots, time_s in scans:
...     tracks = tracker.step(plots, time_s)
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bartizan.errors import BartizanError
from bartizan.events import make_events
from bartizan.sense.plots import Plots, make_plots
from bartizan.tracking.follow import follow
from bartizan.tracking.inbox import Inbox, PositionReports, RadarPlots
from bartizan.tracking.plan import Settings, TrackingPlan
from bartizan.tracking.report import Report, filled, make_report, report
from bartizan.tracking.scratch import Scratch, make_scratch
from bartizan.tracking.sensors import Sensor, table_of
from bartizan.tracking.settings import TrackerSettings
from bartizan.tracking.tracks import Tracks, make_tracks

CAPACITY = 512  # tracks and plots at first; both double as needed


class Tracker:
    """Tracks of the plots of some sensors, kept up scan by scan.

    Parameters
    ----------
    sensors
        By name, or in the order that the plots' ``sensor`` counts.
    settings
        What is expected of the objects; by default aircraft and missiles of any kind.

    Attributes
    ----------
    late
        Plots rejected so far because they came later than ``delay_max_s`` allows.
    """

    def __init__(
        self,
        sensors: Mapping[str, Sensor] | Sequence[Sensor],
        settings: TrackerSettings | Settings | None = None,
    ) -> None:
        given = TrackerSettings() if settings is None else settings
        own = given if isinstance(given, Settings) else given.lowered()
        delay_s = 0.0 if isinstance(given, Settings) else given.delay_max_s
        rows = list(sensors.values() if isinstance(sensors, Mapping) else sensors)
        if not rows:
            raise BartizanError("tracker: no sensor\n    remedy:  give one or more")
        self.plan = TrackingPlan(table_of(rows), own)
        self.tracks: Tracks = make_tracks(CAPACITY, len(rows))
        self._inbox = Inbox(len(rows), delay_s)
        self._plots: Plots = make_plots(CAPACITY)
        self._report: Report = make_report(CAPACITY)
        self._scratch: Scratch = make_scratch(self.plan, self.tracks, self._plots)
        self._events = make_events(1)
        self._now_s, self._done_s = -math.inf, -math.inf

    @property
    def late(self) -> int:
        """Plots rejected so far because they came too late."""
        return self._inbox.late

    def step(
        self,
        plots: RadarPlots | PositionReports | Sequence[RadarPlots | PositionReports],
        time_s: float,
    ) -> Report:
        """Advance to ``time_s`` with all plots since the last step; return the tracks there.

        The order of the plots does not matter. The arrays of the report are the tracker's own
        until the next step.

        Raises
        ------
        BartizanError
            Time goes back, or a plot is none: nan, a negative range, an unknown sensor, an
            absurd error, later than ``time_s``, or one of too many. Nothing is changed then.
        """
        if not self._now_s <= time_s < math.inf:
            raise BartizanError(
                f"tracker: time goes back\n    given:   {time_s:g} s\n"
                f"    allowed: {self._now_s:g} s or later\n    remedy:  step in order of time"
            )
        self._inbox.take(plots, time_s, self._done_s)
        until_s = time_s - self._inbox.delay_s
        self._make_room(self._inbox.n_due(until_s))
        self._inbox.hand_over(until_s, self._plots)
        tables = self._plots, self.tracks, self._scratch, self._events
        follow(self.plan, *tables, self._done_s, until_s, 0)
        self._events.size[0] = 0
        self._now_s, self._done_s = time_s, max(until_s, self._done_s)
        predictions = self._scratch.predictions
        report(self.plan.settings, self.tracks, time_s, predictions, self._report)
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
            np.asarray(new)[: len(old)] = old
