"""Chaff: the plots that its clouds make, where no object is.

Source: Skolnik, Introduction to Radar Systems, 3rd ed., ch. 3 (what moves slowly is filtered by
its Doppler shift) and ch. 7 (the echo of chaff fluctuates as that of many scatterers).
Assumes: a cloud makes one plot, whatever its size; its echo is of Swerling's first case; the
filter lets each echo pass or not for itself; nothing hides in a cloud or behind it.
"""

import math

from bartizan.kernel import kernel
from bartizan.rng import Purpose, draw
from bartizan.sense.cues import Cues, cue_gain
from bartizan.sense.jamming import noise_rise
from bartizan.sense.look import Echo, Outcome, look_once
from bartizan.sense.looks import Looks
from bartizan.sense.plots import Plots, add_radar_plot
from bartizan.sense.radar import Radar, SensorMode
from bartizan.world.chaff import ChaffPlan, cloud_position, cloud_rcs_m2
from bartizan.world.geodesy import polar_from_ecef
from bartizan.world.truth import Phase, Swerling, Targets, Transponder, WorldPlan

PASS_STEPS = 3  # a cloud moves by a ten-thousandth of a turn in a scan


@kernel
def add_chaff(
    radar: Radar,
    world: WorldPlan,
    targets: Targets,
    looks: Looks,
    cues: Cues,
    plots: Plots,
    key: int,
    t0_s: float,
    t1_s: float,
) -> None:
    """Append the plots of chaff of a radar with times in (t0_s, t1_s]."""
    chaff = world.chaff
    first = math.floor(t0_s / radar.scan_period_s + radar.scan_phase) - 1.0
    last = math.floor(t1_s / radar.scan_period_s + radar.scan_phase) + 1.0
    for cloud in range(chaff.cloud_id.shape[0]):
        if not is_released(chaff, targets, cloud, t0_s):
            continue
        for scan in range(int(first), int(last) + 1):
            time_s = when_passed_s(radar, chaff, cloud, scan)
            if t0_s < time_s <= t1_s and time_s <= chaff.end_s[cloud]:
                _look(radar, world, targets, looks, cues, plots, key, cloud, scan, time_s)


@kernel
def is_released(chaff: ChaffPlan, targets: Targets, cloud: int, t0_s: float) -> bool:
    """Tell whether a cloud was released before the tick that begins at ``t0_s``.

    What happened to its carrier in that tick is not known yet.
    """
    release_s, carrier = chaff.release_s[cloud], chaff.carrier[cloud]
    if release_s > t0_s:
        return False
    phase = targets.phase[carrier]
    is_gone = phase == Phase.KILLED or phase == Phase.LEFT
    return bool(not is_gone or targets.ended_s[carrier] > release_s)


@kernel
def when_passed_s(radar: Radar, chaff: ChaffPlan, cloud: int, scan: int) -> float:
    """Return when a scan of a radar, counted from the first, comes by a cloud [s]."""
    time_s = radar.scan_period_s * (scan - radar.scan_phase)
    if radar.mode != SensorMode.ROTATING:
        return time_s
    for _ in range(PASS_STEPS):
        x, y, z = cloud_position(chaff, cloud, time_s)
        _, azimuth, _ = polar_from_ecef(x, y, z, radar.position_ecef_m, radar.enu_from_ecef)
        turn = azimuth / (2.0 * math.pi)
        turn -= math.floor(turn)
        time_s = radar.scan_period_s * (scan + turn - radar.scan_phase)
    return time_s


@kernel
def _look(
    radar: Radar, world: WorldPlan, targets: Targets, looks: Looks, cues: Cues, plots: Plots,
    key: int, cloud: int, scan: int, time_s: float,
) -> None:  # fmt: skip
    """Carry out one look of a radar at a cloud."""
    chaff = world.chaff
    cloud_id = chaff.cloud_id[cloud]
    if draw(key, Purpose.CHAFF, cloud_id, radar.sensor_id, scan) < radar.chaff_rejection:
        return
    x, y, z = cloud_position(chaff, cloud, time_s)
    gain = cue_gain(cues, radar.net, x, y, z)
    if world.jammer.shape[0] > 0:
        gain /= noise_rise(radar, world, targets, x, y, z, time_s)
    rcs_m2 = cloud_rcs_m2(chaff, cloud, time_s)
    echo = Echo(cloud_id, rcs_m2, Swerling.SLOW.value, Transponder.SILENT.value)
    seen = look_once(radar, echo, key, scan, x, y, z, gain)
    if seen.outcome == Outcome.SEEN:
        looks.chaff_plots[0] += add_radar_plot(
            plots, radar, time_s, seen.range_m, seen.azimuth_rad, seen.elevation_rad,
            seen.snr_power, seen.iff_reply,
        )  # fmt: skip
