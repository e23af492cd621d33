"""One look of a radar at an object: can it see it, does it, and what does it measure.

Source: the equations are in `radar`, `detection` and `horizon`.
Assumes: errors are normal and independent, from look to look and between range, azimuth and
elevation; they go with the signal-to-noise ratio that this look saw.
"""

import math
from enum import IntEnum
from typing import NamedTuple

from bartizan.kernel import kernel
from bartizan.rng import Purpose, draw, draw4, normals
from bartizan.sense.detection import echo_power, snr_from_power, threshold_power
from bartizan.sense.horizon import ground_range_m, is_above_horizon
from bartizan.sense.plots import IffReply
from bartizan.sense.radar import Radar, is_covered, mean_snr, sigma_factor
from bartizan.world.geodesy import height_m, polar_from_ecef
from bartizan.world.truth import WorldPlan


class Outcome(IntEnum):
    """How far a look came."""

    OUTSIDE = 0  # of range, sector or elevation
    BELOW_HORIZON = 1
    UNSEEN = 2
    SEEN = 3


class Echo(NamedTuple):
    """What a radar meets of an object."""

    target_id: int
    rcs_m2: float
    swerling: int
    transponder: int


class Measurement(NamedTuple):
    """What a look brought; nan unless the object was seen."""

    outcome: int  # Outcome
    range_m: float
    azimuth_rad: float
    elevation_rad: float
    snr_power: float
    iff_reply: int  # IffReply


@kernel
def echo_of(world: WorldPlan, i: int) -> Echo:
    """Return what radars meet of object i."""
    return Echo(world.target_id[i], world.rcs_m2[i], world.swerling[i], world.transponder[i])


@kernel
def look_once(
    radar: Radar,
    echo: Echo,
    key: int,
    look: int,
    x_m: float,
    y_m: float,
    z_m: float,
    gain: float,
) -> Measurement:
    """Return what a radar's look at an object brings.

    Parameters
    ----------
    radar, echo
        Who looks, at what.
    key
        Of the run.
    look
        Number of this radar's looks at it so far.
    x_m, y_m, z_m
        Where the object is then, ECEF.
    gain
        Factor on the signal-to-noise ratio of this look [-].
    """
    site = radar.position_ecef_m
    range_m, azimuth, elevation = polar_from_ecef(x_m, y_m, z_m, site, radar.enu_from_ecef)
    if not is_covered(radar, range_m, azimuth, elevation):
        return _nothing(Outcome.OUTSIDE.value)
    ground_m = ground_range_m(site, x_m, y_m, z_m)
    if not is_above_horizon(radar.antenna_height_m, height_m(x_m, y_m, z_m), ground_m):
        return _nothing(Outcome.BELOW_HORIZON.value)
    snr = gain * mean_snr(radar, range_m, echo.rcs_m2)
    u = draw4(key, Purpose.DETECTION, echo.target_id, radar.sensor_id, look)
    power = echo_power(snr, echo.swerling, u[0], u[1], u[2])
    if power <= threshold_power(radar.false_alarm_probability):
        return _nothing(Outcome.UNSEEN.value)
    snr_seen = snr_from_power(power)
    factor = sigma_factor(radar, snr_seen)
    e = normals(key, Purpose.NOISE, echo.target_id, radar.sensor_id, look)
    return Measurement(
        Outcome.SEEN.value,
        range_m + factor * radar.range_sigma_m * e[0],
        azimuth + factor * radar.azimuth_sigma_rad * e[1],
        elevation + factor * radar.elevation_sigma_rad * e[2],
        snr_seen,
        _iff_reply(radar, echo, key, look),
    )


@kernel
def _nothing(outcome: int) -> Measurement:
    return Measurement(
        outcome, math.nan, math.nan, math.nan, math.nan, IffReply.NOT_ASKED.value
    )


@kernel
def _iff_reply(radar: Radar, echo: Echo, key: int, look: int) -> int:
    """Return what the radar's interrogator hears of an object."""
    if radar.iff_reply_probability <= 0.0:
        return IffReply.NOT_ASKED.value
    u = draw(key, Purpose.IFF, echo.target_id, radar.sensor_id, look)
    return echo.transponder if u < radar.iff_reply_probability else IffReply.SILENT.value
