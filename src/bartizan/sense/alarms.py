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
from bartizan.sense.radar import Radar, SensorMode


@kernel
def add_false_alarms(plots: Plots, radar: Radar, key: int, t0_s: float, t1_s: float) -> None:
    """Append the false alarms of a radar with times in (t0_s, t1_s]."""
    first = math.floor(t0_s / radar.scan_period_s + radar.scan_phase)
    last = math.floor(t1_s / radar.scan_period_s + radar.scan_phase)
    for scan in range(int(first), int(last) + 1):
        u = draw(key, Purpose.FALSE_ALARM, radar.sensor_id, 0, scan)
        for k in range(poisson(radar.false_alarms_per_scan, u)):
            u4 = draw4(key, Purpose.FALSE_ALARM_PLACE, radar.sensor_id, k, scan)
            azimuth, time_s = _when_passed(radar, scan, u4[0])
            if t0_s < time_s and time_s <= t1_s:
                _add_false_alarm(plots, radar, time_s, azimuth, u4[1], u4[2], u4[3])


@kernel
def _when_passed(radar: Radar, scan: int, u: float) -> tuple[float, float]:
    """Return an azimuth of the sector [rad], by a uniform draw, and when the scan comes by."""
    aside = (2.0 * u - 1.0) * radar.sector_half_width_rad
    turn = (radar.sector_centre_rad + aside) / (2.0 * math.pi)
    turn -= math.floor(turn)
    done = turn if radar.mode == SensorMode.ROTATING else 0.0
    return turn * 2.0 * math.pi, radar.scan_period_s * (scan + done - radar.scan_phase)


@kernel
def _add_false_alarm(
    plots: Plots, radar: Radar, time_s: float, azimuth: float, u1: float, u2: float, u3: float
) -> None:
    """Append a false alarm, its range, elevation and power by three uniform draws."""
    low, high = radar.false_alarm_elevation_min_rad, radar.false_alarm_elevation_max_rad
    # An exponential variable has no memory: what exceeds the threshold is one again.
    power = threshold_power(radar.false_alarm_probability) - math.log(u3)
    asks = radar.iff_reply_probability > 0.0
    add_radar_plot(
        plots,
        radar,
        time_s,
        radar.range_min_m + (radar.range_max_m - radar.range_min_m) * u1,
        azimuth,
        low + (high - low) * u2,
        snr_from_power(power),
        IffReply.SILENT.value if asks else IffReply.NOT_ASKED.value,
    )
