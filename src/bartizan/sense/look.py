"""One look of a radar at an object: can it see it, does it, and what does it measure.

Source: the equations are in `radar`, `detection` and `horizon`.
Assumes: errors are normal and independent, from look to look and between range, azimuth and
elevation; they go with the signal-to-noise ratio that this look saw.
"""

from bartizan.kernel import kernel
from bartizan.rng import Purpose, draw, draw4, normals
from bartizan.sense.detection import echo_power, snr_from_power, threshold_power
from bartizan.sense.horizon import ground_range_m, is_above_horizon
from bartizan.sense.looks import Looks
from bartizan.sense.plots import IffReply, Plots, add_radar_plot
from bartizan.sense.radar import SensePlan, is_covered, mean_snr, sigma_factor
from bartizan.world.geodesy import height_m, polar_from_ecef
from bartizan.world.motion import position_velocity
from bartizan.world.truth import WorldPlan


@kernel
def look_once(
    sense: SensePlan,
    world: WorldPlan,
    looks: Looks,
    plots: Plots,
    key: int,
    i: int,
    r: int,
    time_s: float,
) -> bool:
    """Look with radar r at object i; append a plot if it is seen, and return whether it is."""
    x, y, z, _, _, _ = position_velocity(world, i, time_s)
    range_m, azimuth, elevation = polar_from_ecef(
        x, y, z, sense.position_ecef_m[r], sense.enu_from_ecef[r]
    )
    if not is_covered(sense, r, range_m, azimuth, elevation):
        return False
    looks.ever_covered[i] = True
    ground_m = ground_range_m(sense.position_ecef_m[r], x, y, z)
    if not is_above_horizon(sense.antenna_height_m[r], height_m(x, y, z), ground_m):
        return False
    looks.ever_above_horizon[i] = True
    look = looks.look[i, r]
    snr = _snr_seen(sense, world, key, i, r, look, range_m)
    if snr <= 0.0:
        return False
    place = (range_m, azimuth, elevation)
    return _measure(sense, world, plots, key, i, r, look, time_s, place, snr)


@kernel
def _snr_seen(
    sense: SensePlan, world: WorldPlan, key: int, i: int, r: int, look: int, range_m: float
) -> float:
    """Return the power ratio by which a look sees the object, or 0: below the threshold."""
    snr = mean_snr(sense, r, range_m, world.rcs_m2[i])
    u = draw4(key, Purpose.DETECTION, world.target_id[i], sense.sensor_id[r], look)
    power = echo_power(snr, world.swerling[i], u[0], u[1], u[2])
    if power <= threshold_power(sense.false_alarm_probability[r]):
        return 0.0
    return snr_from_power(power)


@kernel
def _measure(
    sense: SensePlan,
    world: WorldPlan,
    plots: Plots,
    key: int,
    i: int,
    r: int,
    look: int,
    time_s: float,
    place: tuple[float, float, float],
    snr_power: float,
) -> bool:
    """Append the plot of an object at a range, azimuth and elevation; False: it is lost."""
    factor = sigma_factor(sense, r, snr_power)
    sigma_range_m = factor * sense.range_sigma_m[r]
    sigma_azimuth = factor * sense.azimuth_sigma_rad[r]
    sigma_elevation = factor * sense.elevation_sigma_rad[r]
    e = normals(key, Purpose.NOISE, world.target_id[i], sense.sensor_id[r], look)
    return add_radar_plot(
        plots,
        time_s,
        r,
        place[0] + sigma_range_m * e[0],
        place[1] + sigma_azimuth * e[1],
        place[2] + sigma_elevation * e[2],
        sigma_range_m,
        sigma_azimuth,
        sigma_elevation,
        snr_power,
        _iff_reply(sense, world, key, i, r, look),
    )


@kernel
def _iff_reply(sense: SensePlan, world: WorldPlan, key: int, i: int, r: int, look: int) -> int:
    """Return what the interrogator of radar r hears of object i."""
    if sense.iff_reply_probability[r] <= 0.0:
        return IffReply.NOT_ASKED.value
    u = draw(key, Purpose.IFF, world.target_id[i], sense.sensor_id[r], look)
    if u < sense.iff_reply_probability[r]:
        return int(world.transponder[i])
    return IffReply.SILENT.value
