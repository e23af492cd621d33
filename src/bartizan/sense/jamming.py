"""Noise jamming: what jammers add to the noise of a radar's look.

Source: Skolnik, Introduction to Radar Systems, 3rd ed., ch. 1 and 4 (one-way equation, noise
of a receiver); Schleher, Electronic Warfare in the Information Age, 1999, ch. 4 (burn-through).
Assumes: the receiver holds its false alarms by the noise that it measures, so that jamming only
lowers the signal-to-noise ratio; two levels of gain by azimuth, whatever the elevation; noise
of several jammers adds up; a jammer radiates evenly to all sides, from launch to its end.
"""

import math

from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.sense.horizon import ground_range_m, is_above_horizon
from bartizan.sense.radar import Radar
from bartizan.world.geodesy import height_m, polar_from_ecef
from bartizan.world.motion import position_velocity
from bartizan.world.truth import Phase, Targets, WorldPlan

BOLTZMANN_J_K = 1.380649e-23
NOISE_TEMPERATURE_K = 290.0


def noise_response_m2_hz_w(antenna_area_m2: Floats, noise_factor: Floats) -> Floats:
    """Return what a noise density [W/Hz] at a distance squared [m2] is in units of noise.

    Parameters
    ----------
    antenna_area_m2, noise_factor
        (r,) effective area of the antennas, and noise factors of the receivers, above 0.
    """
    # J/N = p A / (4 pi R^2 k T0 F), with p the effective radiated power in each hertz
    thermal_w_hz = BOLTZMANN_J_K * NOISE_TEMPERATURE_K * noise_factor
    return antenna_area_m2 / (4.0 * math.pi * thermal_w_hz)


@kernel
def noise_rise(
    radar: Radar,
    world: WorldPlan,
    targets: Targets,
    x_m: float,
    y_m: float,
    z_m: float,
    time_s: float,
) -> float:
    """Return the noise of a look with jamming over that without, >= 1.

    Parameters
    ----------
    radar, world, targets
        Who looks, and who may jam; what was killed before this tick does not.
    x_m, y_m, z_m
        Where the radar looks, ECEF.
    time_s
        When.
    """
    site, rise = radar.position_ecef_m, 1.0
    _, azimuth, _ = polar_from_ecef(x_m, y_m, z_m, site, radar.enu_from_ecef)
    for row in range(world.jammer.shape[0]):
        i = world.jammer[row]
        phase = targets.phase[i]
        if phase == Phase.PENDING or phase == Phase.KILLED:
            continue
        if time_s < world.start_s[i] or time_s > world.end_s[i]:
            continue
        x, y, z, _, _, _ = position_velocity(world, i, time_s)
        ground_m = ground_range_m(site, x, y, z)
        if not is_above_horizon(radar.antenna_height_m, height_m(x, y, z), ground_m):
            continue
        range_m, bearing, _ = polar_from_ecef(x, y, z, site, radar.enu_from_ecef)
        turns = (bearing - azimuth) / (2.0 * math.pi)
        aside = 2.0 * math.pi * abs(turns - math.floor(turns + 0.5))
        gain = 1.0 if aside <= radar.beam_half_width_rad else radar.sidelobe_ratio
        density = world.jammer_w_hz[row]
        rise += gain * radar.noise_response_m2_hz_w * density / (range_m * range_m)
    return rise
