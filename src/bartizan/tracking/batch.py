"""Batches: the plots of one sensor within a tick, converted to ECEF, at most one scan."""

from bartizan.kernel import kernel
from bartizan.sense.plots import Plots
from bartizan.tracking.coverage import false_alarm_density_m3
from bartizan.tracking.measurement import convert
from bartizan.tracking.plan import Sensors
from bartizan.tracking.scratch import Scratch

# the next scan of a phased array comes one period later, to rounding
SCAN_END = 0.999


@kernel
def next_batch(sensors: Sensors, plots: Plots, start: int, scratch: Scratch) -> int:
    """Gather the next batch from plot ``start`` on; return its first row, or the table's size.

    Batches come in order of their first plot's time; each plot is in one batch.
    """
    n_plot = plots.size[0]
    while start < n_plot and scratch.is_done[start]:
        start += 1
    count = 0
    for row in range(start, n_plot):
        if scratch.is_done[row] or plots.sensor[row] != plots.sensor[start]:
            continue
        period_s = sensors.scan_period_s[plots.sensor[start]]
        if plots.time_s[row] > plots.time_s[start] + SCAN_END * period_s:
            break
        scratch.is_done[row] = True
        scratch.is_taken[count] = False
        scratch.plot[count] = row
        z = scratch.position_m[count]
        convert(plots, row, sensors, z, scratch.covariance_m2[count])
        s = plots.sensor[row]
        scratch.detection_probability[count] = sensors.detection_probability[s]
        scratch.clutter_m3[count] = false_alarm_density_m3(sensors, s, z[0], z[1], z[2])
        count += 1
    scratch.n_plot[0] = count
    return start
