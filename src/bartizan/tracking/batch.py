"""Batches: the plots of one sensor within a tick, at most one scan, converted to ECEF."""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints
from bartizan.kernel import kernel
from bartizan.sense.plots import Plots
from bartizan.tracking.coverage import false_alarm_density_m3
from bartizan.tracking.measurement import convert
from bartizan.tracking.plan import Sensors

# the next scan of a phased array comes one period later, to rounding
SCAN_END = 0.999


class Batch(NamedTuple):
    """The batch under way: p places at most, in order of time, and what holds for them all."""

    size: Ints  # (1,) places filled
    sensor: Ints  # (1,)
    scan_period_s: Floats  # (1,) of the sensor, as are the next two
    grace_s: Floats  # (1,)
    detection_probability: Floats  # (1,)
    time_s: Floats  # (p,)
    position_m: Floats  # (p, 3) ECEF
    covariance_m2: Floats  # (p, 3, 3)
    clutter_m3: Floats  # (p,) false alarms a scan and cubic metre there
    address: Ints  # (p,) of a position report; -1: none
    code: Ints  # (p,) of a radar plot; -1: none
    iff_reply: Ints  # (p,) IffReply
    holder: Ints  # (p,) row of the track that took it; -1: none
    is_done: Bools  # (p,) by row of plot: it was in a batch of this tick, or is of another net


def make_batch(capacity: int) -> Batch:
    """Return room for ``capacity`` plots."""
    return Batch(
        size=arrays.counts(1),
        sensor=arrays.none(1),
        scan_period_s=arrays.nan(1),
        grace_s=arrays.nan(1),
        detection_probability=arrays.nan(1),
        time_s=arrays.nan(capacity),
        position_m=arrays.nan(capacity, 3),
        covariance_m2=arrays.nan(capacity, 3, 3),
        clutter_m3=arrays.nan(capacity),
        address=arrays.none(capacity),
        code=arrays.none(capacity),
        iff_reply=arrays.counts(capacity),
        holder=arrays.none(capacity),
        is_done=arrays.flags(capacity),
    )


@kernel
def first_batch(sensors: Sensors, plots: Plots, net: int, batch: Batch) -> int:
    """Begin a tick of a net and gather its first batch; answers as `next_batch`."""
    for row in range(plots.size[0]):
        batch.is_done[row] = sensors.net[plots.sensor[row]] != net
    return next_batch(sensors, plots, 0, batch)


@kernel
def next_batch(sensors: Sensors, plots: Plots, start: int, batch: Batch) -> int:
    """Gather the next batch from plot ``start`` on; return its first row, or the table's size.

    Batches come in order of their first plot's time; each plot is in one batch.
    """
    n_plot = plots.size[0]
    while start < n_plot and batch.is_done[start]:
        start += 1
    batch.size[0] = 0
    if start < n_plot:
        _head(sensors, plots.sensor[start], batch)
    for row in range(start, n_plot):
        if batch.is_done[row] or plots.sensor[row] != batch.sensor[0]:
            continue
        if plots.time_s[row] > plots.time_s[start] + SCAN_END * batch.scan_period_s[0]:
            break
        batch.is_done[row] = True
        _append(sensors, plots, row, batch)
    return start


@kernel
def _head(sensors: Sensors, s: int, batch: Batch) -> None:
    batch.sensor[0] = s
    batch.scan_period_s[0] = sensors.scan_period_s[s]
    batch.grace_s[0] = sensors.grace_s[s]
    batch.detection_probability[0] = sensors.detection_probability[s]


@kernel
def _append(sensors: Sensors, plots: Plots, row: int, batch: Batch) -> None:
    place = batch.size[0]
    batch.size[0] = place + 1
    z = batch.position_m[place]
    convert(plots, row, sensors, z, batch.covariance_m2[place])
    density = false_alarm_density_m3(sensors, batch.sensor[0], z[0], z[1], z[2])
    batch.clutter_m3[place] = density
    batch.time_s[place] = plots.time_s[row]
    batch.address[place] = plots.address[row]
    batch.code[place] = plots.code[row]
    batch.iff_reply[place] = plots.iff_reply[row]
    batch.holder[place] = -1
