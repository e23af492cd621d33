"""Tracks of a table of plots, as a table: the tracker's loop, and its columns."""

import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bartizan.api.plots import PlotTable, plots_of
from bartizan.api.sensing import sensors_of
from bartizan.api.tables import table_of
from bartizan.arrays import Floats
from bartizan.errors import BartizanError
from bartizan.metrics import columns
from bartizan.tracking.inbox import RadarPlots, chosen
from bartizan.tracking.registration import APART_S, Sighting, biases
from bartizan.tracking.report import Report, make_places, place
from bartizan.tracking.sensors import Sensor
from bartizan.tracking.sensors import table_of as sensor_table
from bartizan.tracking.settings import TrackerSettings
from bartizan.tracking.tracker import Tracker
from bartizan.tracking.tracks import Model, TrackStatus

if TYPE_CHECKING:
    import pyarrow as pa

STEPS_MAX = 1_000_000
LATE = 1e-6  # of a period: rounding of the plots' times
STATUSES = [status.name.lower() for status in TrackStatus]
MODELS = {
    Model.STRAIGHT: "p_straight",
    Model.LEFT: "p_left_turn",
    Model.RIGHT: "p_right_turn",
    Model.FALL: "p_fall",
    Model.STATION: "p_station",
}


class Tracked(NamedTuple):
    """The table of tracks, and what is to be told of it."""

    table: "pa.Table"
    summary: dict[str, Any]


def tracked(
    plots: Any,
    sensors: Any,
    settings: TrackerSettings | None,
    period_s: float | None,
    with_bias: bool = True,
) -> Tracked:
    """Return the tracks of plots; arguments as of `bartizan.track`.

    Biases take as long as the tracks: each radar is tracked by itself once more.
    """
    known = sensors_of(sensors)
    table, name = table_of(plots, "plots")
    taken = plots_of(table, name, known)
    # The table is put in order of time as a whole: nothing in it comes late.
    used = replace(settings or TrackerSettings(), delay_max_s=0.0)
    every_s = period_s or min(one.scan_period_s for one in known.values())
    began_s = time.perf_counter()
    rows = list(_rows(taken, Tracker(known, used), every_s))
    summary = _summary(taken, known, rows, time.perf_counter() - began_s)
    summary["bias"] = _biases(taken.radar, known, used, every_s) if with_bias else None
    return Tracked(_table(rows, next(iter(known.values()))), summary)


class _Rows(NamedTuple):
    """The tracks at one time."""

    time_s: float
    tracks: Report
    geodetic: Floats
    velocity_m_s: Floats
    sigma: Floats


def _rows(plots: PlotTable, tracker: Tracker, every_s: float) -> Iterator[_Rows]:
    """Yield the tracks at the end of each period, from the first plot's time on."""
    times = np.concatenate([plots.radar.time_s, plots.reports.time_s])
    if not len(times):
        return
    first_s, last_s = float(times.min()), float(times.max())
    n_step = math.ceil((last_s - first_s) / every_s - LATE) + 1
    if not every_s > 0.0 or n_step > STEPS_MAX:
        raise BartizanError(
            f"track: too many reports\n    given:   {last_s - first_s:g} s of plots, one each "
            f"{every_s:g} s\n    allowed: {STEPS_MAX:,} reports\n    remedy:  report less often"
        )
    ends_s = np.asarray(first_s + every_s * np.arange(n_step), np.float64)
    bounds = [_bounds(one.time_s, ends_s, every_s) for one in plots]
    for k, end_s in enumerate(ends_s.tolist()):
        parts = [
            _part(one, bound[k], bound[k + 1], end_s)
            for one, bound in zip(plots, bounds, strict=True)
        ]
        report = tracker.step(parts, end_s)
        if len(report.track_id):
            yield _kept(report, end_s)


def _bounds(time_s: Floats, ends_s: Floats, every_s: float) -> list[int]:
    return [0, *np.searchsorted(time_s, ends_s + LATE * every_s, side="right").tolist()]


def _part(plots: Any, first: int, last: int, end_s: float) -> Any:
    part = chosen(plots, slice(first, last))
    return part._replace(time_s=np.minimum(part.time_s, end_s))


def _kept(report: Report, time_s: float) -> _Rows:
    """Copy a report, which is the tracker's own, and place it on the ground."""
    places = make_places(len(report.track_id))
    place(report.state, report.covariance, places)
    columns: Any = (
        None if name in ("size", "covariance") else getattr(report, name).copy()
        for name in Report._fields
    )
    return _Rows(time_s, Report(*columns), *places)


def _table(rows: list[_Rows], first: Sensor) -> "pa.Table":
    import pyarrow as pa

    found = _columns(rows, first)
    codes = pa.array(found["status"], pa.int8())
    found["status"] = pa.DictionaryArray.from_arrays(codes, pa.array(STATUSES))
    arrays = {name: pa.array(column) for name, column in found.items()}
    schema = [pa.field(name, one.type, metadata=_unit(name)) for name, one in arrays.items()]
    return pa.table(list(arrays.values()), schema=pa.schema(schema))


def _unit(name: str) -> dict[str, str] | None:
    unit = columns.unit_of(name)
    return {"unit": unit} if unit else None


def _columns(rows: list[_Rows], first: Sensor) -> dict[str, Any]:
    """Return the columns of the table of tracks, by name."""
    site = sensor_table([first])

    def stacked(values: Any, width: tuple[int, ...] = (), kind: Any = np.float64) -> Any:
        return np.concatenate([np.zeros((0, *width), kind), *values])

    geodetic = stacked([one.geodetic for one in rows], (3,))
    state = stacked([one.tracks.state for one in rows], (6,))
    plane = (state[:, :3] - site.position_ecef_m[0]) @ site.enu_from_ecef[0].T
    velocity = stacked([one.velocity_m_s for one in rows], (3,))
    sigma = stacked([one.sigma for one in rows], (6,))
    models = stacked([one.tracks.model_probability for one in rows], (len(Model),))
    counts = [len(one.tracks.track_id) for one in rows]
    return {
        "time_s": np.repeat(np.array([one.time_s for one in rows], float), counts),
        "track_id": stacked([one.tracks.track_id for one in rows], kind=np.int64),
        "status": stacked([one.tracks.status for one in rows], kind=np.int64),
        "lat_deg": np.degrees(geodetic[:, 0]),
        "lon_deg": np.degrees(geodetic[:, 1]),
        "height_m": geodetic[:, 2],
        **dict(zip(columns.PLANE, plane.T, strict=True)),
        **dict(zip(columns.VELOCITY, velocity.T, strict=True)),
        **dict(zip(columns.SIGMAS + columns.VELOCITY_SIGMAS, sigma.T, strict=True)),
        "existence_probability": stacked([one.tracks.existence for one in rows]),
        **{name: models[:, model] for model, name in MODELS.items()},
        "n_updates": stacked([one.tracks.hits for one in rows], kind=np.int64),
        "misses": stacked([one.tracks.misses for one in rows], kind=np.int64),
    }


def _summary(
    plots: PlotTable, sensors: Mapping[str, Sensor], rows: list[_Rows], wall_s: float
) -> dict[str, Any]:
    """Return what there is to say about the tracks."""
    sensor = np.concatenate([plots.radar.sensor, plots.reports.sensor])
    counts = np.bincount(sensor, minlength=len(sensors))
    confirmed = [one.tracks.status != TrackStatus.TENTATIVE for one in rows]
    numbers = [one.tracks.track_id[is_one] for one, is_one in zip(rows, confirmed, strict=True)]
    times_s = [one.time_s for one in rows]
    return {
        "plots": {name: int(n) for name, n in zip(sensors, counts, strict=True)},
        "begin_s": min(times_s, default=None),
        "end_s": max(times_s, default=None),
        "reports": len(rows),
        "tracks": len(np.unique(np.concatenate(numbers))) if numbers else 0,
        "most_at_once": max((int(one.sum()) for one in confirmed), default=0),
        "rows": sum(len(one.tracks.track_id) for one in rows),
        "wall_s": wall_s,
    }


def _biases(
    plots: RadarPlots, sensors: Mapping[str, Sensor], settings: TrackerSettings, every_s: float
) -> dict[str, dict[str, float]] | None:
    """Return the bias of each radar by name; None where fewer than two see common objects."""
    names, used = list(sensors), np.unique(plots.sensor).tolist()
    if len(used) < 2:
        return None
    period_s = every_s * math.ceil(APART_S / every_s)
    times = np.arange(plots.time_s.min(), plots.time_s.max() + period_s, period_s)
    seen = []
    for s in used:
        rows = plots.sensor == s
        own = chosen(plots, rows)._replace(sensor=np.zeros(int(rows.sum()), np.int64))
        seen.append(_sightings(Tracker([sensors[names[s]]], settings), own, times, period_s))
    found = biases(sensor_table([sensors[names[s]] for s in used]), seen)
    if found is None:
        return None
    return {names[s]: one._asdict() for s, one in zip(used, found, strict=True)}


def _sightings(
    tracker: Tracker, plots: RadarPlots, ends_s: Floats, period_s: float
) -> list[Sighting]:
    """Return the confirmed tracks of a radar's own tracker at the end of each period."""
    bound, seen = _bounds(plots.time_s, ends_s, period_s), []
    for k, end_s in enumerate(ends_s.tolist()):
        report = tracker.step(_part(plots, bound[k], bound[k + 1], end_s), end_s)
        is_sure = report.status == TrackStatus.CONFIRMED
        seen.append(Sighting(report.state[is_sure], report.covariance[is_sure]))
    return seen
