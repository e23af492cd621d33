"""The sensors' static table, the radar equation and what a radar covers.

Source: Skolnik, Introduction to Radar Systems, 3rd ed., ch. 1 (radar equation), ch. 6
(accuracy grows as the square root of the signal-to-noise ratio).
Assumes: a published range on a cross-section fixes the whole loss budget; equal gain at all
angles within the limits; errors with a floor that is a constant share of the figure.
"""

import math
from enum import IntEnum
from typing import NamedTuple

from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel


class SensorMode(IntEnum):
    """How a sensor looks."""

    ROTATING = 0  # the beam sweeps clockwise and passes each azimuth once a scan
    PHASED_ARRAY = 1  # everything in the sector at once, each scan period
    REPORTS = 2  # no radar: position reports, each tick


class SensePlan(NamedTuple):
    """Static columns of the sensors; r of them.

    With ``perfect`` there is one sensor, of mode REPORTS, which covers everything once a tick
    and whose columns of detection and accuracy are nan.
    """

    perfect: bool  # --sensing perfect: reports in place of radars
    sensor_id: Ints  # (r,) stable ids of names such as defence.battalion.91n6e
    net: Ints  # (r,) whose cues point it
    block: Ints  # (r,) row of the defence block that it is part of; -1: of none
    mode: Ints  # (r,) SensorMode
    position_ecef_m: Floats  # (r, 3) of the antenna
    enu_from_ecef: Floats  # (r, 3, 3)
    antenna_height_m: Floats  # (r,) above the ground
    # coverage
    range_min_m: Floats  # (r,)
    range_max_m: Floats  # (r,) instrumented
    elevation_min_rad: Floats  # (r,) at or below 0: down to the horizon
    elevation_max_rad: Floats  # (r,)
    sector_centre_rad: Floats  # (r,) azimuth
    sector_half_width_rad: Floats  # (r,) pi: all round
    # calendar
    scan_period_s: Floats  # (r,)
    scan_phase: Floats  # (r,) part of a scan done at time 0, in [0, 1)
    # detection and accuracy
    false_alarm_probability: Floats  # (r,) of one look
    snr_constant_m2: Floats  # (r,) SNR = constant * rcs / range^4
    snr_reference: Floats  # (r,) power ratio at which the sigmas hold
    range_sigma_m: Floats  # (r,)
    azimuth_sigma_rad: Floats  # (r,)
    elevation_sigma_rad: Floats  # (r,)
    sigma_floor: Floats  # (r,) smallest error, in these sigmas
    iff_reply_probability: Floats  # (r,) that a transponder's answer is heard; 0: never asks
    # noise jamming
    noise_response_m2_hz_w: Floats  # (r,) J/N = response * density / range^2, in the main beam
    beam_half_width_rad: Floats  # (r,) of the main beam in azimuth
    sidelobe_ratio: Floats  # (r,) of the response beside it
    chaff_rejection: Floats  # (r,) probability that an echo of chaff is filtered out
    # false alarms: evenly over azimuth, range and these elevations
    false_alarms_per_scan: Floats  # (r,) mean
    false_alarm_elevation_min_rad: Floats  # (r,)
    false_alarm_elevation_max_rad: Floats  # (r,)


class Radar(NamedTuple):
    """One row of the table, as kernels take it: a whole table is slow to hand on."""

    sensor: int  # row
    sensor_id: int
    net: int
    block: int
    mode: int
    position_ecef_m: Floats  # (3,)
    enu_from_ecef: Floats  # (3, 3)
    antenna_height_m: float
    range_min_m: float
    range_max_m: float
    elevation_min_rad: float
    elevation_max_rad: float
    sector_centre_rad: float
    sector_half_width_rad: float
    scan_period_s: float
    scan_phase: float
    false_alarm_probability: float
    snr_constant_m2: float
    snr_reference: float
    range_sigma_m: float
    azimuth_sigma_rad: float
    elevation_sigma_rad: float
    sigma_floor: float
    iff_reply_probability: float
    noise_response_m2_hz_w: float
    beam_half_width_rad: float
    sidelobe_ratio: float
    chaff_rejection: float
    false_alarms_per_scan: float
    false_alarm_elevation_min_rad: float
    false_alarm_elevation_max_rad: float


@kernel
def radar_of(sense: SensePlan, r: int) -> Radar:
    """Return row r of the table of sensors."""
    return Radar(
        r,
        sense.sensor_id[r],
        sense.net[r],
        sense.block[r],
        sense.mode[r],
        sense.position_ecef_m[r],
        sense.enu_from_ecef[r],
        sense.antenna_height_m[r],
        sense.range_min_m[r],
        sense.range_max_m[r],
        sense.elevation_min_rad[r],
        sense.elevation_max_rad[r],
        sense.sector_centre_rad[r],
        sense.sector_half_width_rad[r],
        sense.scan_period_s[r],
        sense.scan_phase[r],
        sense.false_alarm_probability[r],
        sense.snr_constant_m2[r],
        sense.snr_reference[r],
        sense.range_sigma_m[r],
        sense.azimuth_sigma_rad[r],
        sense.elevation_sigma_rad[r],
        sense.sigma_floor[r],
        sense.iff_reply_probability[r],
        sense.noise_response_m2_hz_w[r],
        sense.beam_half_width_rad[r],
        sense.sidelobe_ratio[r],
        sense.chaff_rejection[r],
        sense.false_alarms_per_scan[r],
        sense.false_alarm_elevation_min_rad[r],
        sense.false_alarm_elevation_max_rad[r],
    )


@kernel
def is_covered(radar: Radar, range_m: float, azimuth_rad: float, elevation_rad: float) -> bool:
    """Return whether a place lies within the range, sector and elevations of a radar.

    What is below the horizontal is a matter of the horizon, and only excluded by a lower
    elevation limit above 0.
    """
    if range_m < radar.range_min_m or range_m > radar.range_max_m:
        return False
    if max(elevation_rad, 0.0) < radar.elevation_min_rad:
        return False
    if elevation_rad > radar.elevation_max_rad:
        return False
    turn = azimuth_rad - radar.sector_centre_rad + math.pi
    offset = abs(turn - 2.0 * math.pi * math.floor(turn / (2.0 * math.pi)) - math.pi)
    return offset <= radar.sector_half_width_rad


@kernel
def mean_snr(radar: Radar, range_m: float, rcs_m2: float) -> float:
    """Return the mean signal-to-noise power ratio of a look [-]."""
    # SNR = SNR_ref (R_ref / R)^4 sigma / sigma_ref
    square = range_m * range_m
    return radar.snr_constant_m2 * rcs_m2 / (square * square)


@kernel
def sigma_factor(radar: Radar, snr_power: float) -> float:
    """Return the errors of a look, in the radar's sigmas at the reference SNR [-]."""
    return math.hypot(radar.sigma_floor, math.sqrt(radar.snr_reference / snr_power))
