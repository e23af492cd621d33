"""Tracks of plots: the verb, which fetches what is heavy when it is called."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from bartizan.tracking.sensors import Sensor
    from bartizan.tracking.settings import TrackerSettings


def track(
    plots: Any,
    sensors: "Mapping[str, Sensor | Mapping[str, Any]] | str | Path",
    settings: "TrackerSettings | None" = None,
    *,
    period_s: float | None = None,
) -> "pa.Table":
    """Return the tracks of plots as an Arrow table.

    Parameters
    ----------
    plots
        An Arrow table, a pandas frame, or the path of a .parquet or .csv file, in any order.
        Columns: ``time_s``, ``sensor``, and ``range_m``, ``azimuth_rad`` (clockwise from
        north), ``elevation_rad`` (may be missing), or ``lat_deg``, ``lon_deg``, ``height_m``;
        their sigmas where known: ``docs/tracking.md`` has them all. Other columns are left
        unread, ``doppler_m_s`` and ``snr_db`` too: range rates and strengths are not used.
    sensors
        By the names in ``sensor``; or the path of a YAML file that holds them.
    settings
        What is expected of the objects.
    period_s
        A row for each track so often, from the first plot on; by default once a scan of the
        quickest sensor.

    Raises
    ------
    DocumentError
        All faults of the tables: missing columns, values that are none, unknown sensors.
    BartizanError
        An argument out of its range, a file that cannot be read, too many plots in one step.
    """
    from bartizan.api.tracking import tracked

    return tracked(plots, sensors, settings, period_s, with_bias=False).table
