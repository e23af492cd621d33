"""False alarms: plots of noise and clutter, where there is no object.

Assumes: their number in a scan is Poisson, they are independent from scan to scan, and they
lie evenly over azimuth, range and elevation within the radar's coverage; their power is that
of noise given that it exceeds the threshold.
"""

import math

from bartizan.kernel import kernel
from bartizan.rng import Purpose, draw, draw4, poisson
from bartizan.sense.detection import snr_from_power, threshold_power
from bartizan.sense.plots import IffReply, Plots, add_radar_plot
from bartizan.sense.radar import SensePlan, SensorMode, sigma_factor


@kernel
def add_false_alarms(
    sense: SensePlan, plots: Plots, key: int, r: int, t0_s: float, t1_s: float
) -> None:
    """Append the false alarms of radar r with times in (t0_s, t1_s]."""
    period_s, phase = sense.scan_period_s[r], sense.scan_phase[r]
    first = math.floor(t0_s / period_s + phase)
    last = math.floor(t1_s / period_s + phase)
    for scan in range(int(first), int(last) + 1):
        u = draw(key, Purpose.FALSE_ALARM, sense.sensor_id[r], 0, scan)
        for k in range(poisson(sense.false_alarms_per_scan[r], u)):
            _add_false_alarm(sense, plots, key, r, scan, k, t0_s, t1_s)


@kernel
def _add_false_alarm(
    sense: SensePlan,
    plots: Plots,
    key: int,
    r: int,
    scan: int,
    k: int,
    t0_s: float,
    t1_s: float,
) -> None:
    """Append the k-th false alarm of a scan, if it falls into the tick."""
    u = draw4(key, Purpose.FALSE_ALARM_PLACE, sense.sensor_id[r], k, scan)
    turn = (
        sense.sector_centre_rad[r] + (2.0 * u[0] - 1.0) * sense.sector_half_width_rad[r]
    ) / (2.0 * math.pi)
    turn -= math.floor(turn)
    done = turn if sense.mode[r] == SensorMode.ROTATING else 0.0
    time_s = sense.scan_period_s[r] * (scan + done - sense.scan_phase[r])
    if time_s <= t0_s or time_s > t1_s:
        return
    near_m, far_m = sense.range_min_m[r], sense.range_max_m[r]
    low, high = sense.false_alarm_elevation_min_rad[r], sense.false_alarm_elevation_max_rad[r]
    # An exponential variable has no memory: what exceeds the threshold is one again.
    power = threshold_power(sense.false_alarm_probability[r]) - math.log(u[3])
    snr = snr_from_power(power)
    factor = sigma_factor(sense, r, snr)
    add_radar_plot(
        plots,
        time_s,
        r,
        near_m + (far_m - near_m) * u[1],
        turn * 2.0 * math.pi,
        low + (high - low) * u[2],
        factor * sense.range_sigma_m[r],
        factor * sense.azimuth_sigma_rad[r],
        factor * sense.elevation_sigma_rad[r],
        snr,
        IffReply.SILENT if sense.iff_reply_probability[r] > 0.0 else IffReply.NOT_ASKED,
    )
