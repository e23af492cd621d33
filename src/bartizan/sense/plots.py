"""Plots: what the sensors report of one tick; no truth in them.

A plot is a radar measurement in the radar's own frame, or a position report (of a data link,
of a transponder, or of ``--sensing perfect``). Rows are in order of time, then sensor, then
range, then address, whatever the order of the objects.
"""

import math
from enum import IntEnum
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel
from bartizan.sense.radar import Radar, sigma_factor


class PlotKind(IntEnum):
    """What was measured."""

    RADAR = 0
    REPORT = 1


class IffReply(IntEnum):
    """What the object answered when interrogated."""

    NOT_ASKED = 0
    SILENT = 1
    CIVIL = 2
    FRIEND = 3


class Plots(NamedTuple):
    """Plots of the tick under way; ``size[0]`` rows are filled.

    ``lost[0]`` counts those of the whole run that did not fit.
    """

    size: Ints  # (1,)
    lost: Ints  # (1,)
    time_s: Floats  # (p,) when the beam passed, within the tick
    sensor: Ints  # (p,) row of the sensor
    kind: Ints  # (p,) PlotKind
    range_m: Floats  # (p,)
    azimuth_rad: Floats  # (p,) clockwise from north, in [0, 2 pi)
    elevation_rad: Floats  # (p,)
    sigma_range_m: Floats  # (p,)
    sigma_azimuth_rad: Floats  # (p,)
    sigma_elevation_rad: Floats  # (p,)
    snr_power: Floats  # (p,) power ratio, not decibels
    iff_reply: Ints  # (p,) IffReply
    position_ecef_m: Floats  # (p, 3) position reports; nan for radar plots
    sigma_position_m: Floats  # (p,) one sigma on each axis; nan for radar plots
    address: Ints  # (p,) of the reporter; -1 for radar plots
    code: Ints  # (p,) that came with a radar plot, as of a secondary radar; -1: none
    order: Ints  # (p,) scratch of the sort


def make_plots(capacity: int) -> Plots:
    """Return an empty table of plots."""
    return Plots(
        size=arrays.counts(1),
        lost=arrays.counts(1),
        time_s=arrays.zeros(capacity),
        sensor=arrays.none(capacity),
        kind=arrays.counts(capacity),
        range_m=arrays.nan(capacity),
        azimuth_rad=arrays.nan(capacity),
        elevation_rad=arrays.nan(capacity),
        sigma_range_m=arrays.nan(capacity),
        sigma_azimuth_rad=arrays.nan(capacity),
        sigma_elevation_rad=arrays.nan(capacity),
        snr_power=arrays.nan(capacity),
        iff_reply=arrays.counts(capacity),
        position_ecef_m=arrays.nan(capacity, 3),
        sigma_position_m=arrays.nan(capacity),
        address=arrays.none(capacity),
        code=arrays.none(capacity),
        order=arrays.none(capacity),
    )


@kernel
def add_radar_plot(
    plots: Plots,
    radar: Radar,
    time_s: float,
    range_m: float,
    azimuth_rad: float,
    elevation_rad: float,
    snr_power: float,
    iff_reply: int,
) -> bool:
    """Append a radar measurement, any azimuth brought into [0, 2 pi); False: it is lost."""
    row = _claim_row(plots, time_s, radar.sensor, PlotKind.RADAR, iff_reply)
    if row < 0:
        return False
    factor = sigma_factor(radar, snr_power)
    plots.range_m[row] = range_m
    plots.azimuth_rad[row] = _azimuth(azimuth_rad)
    plots.elevation_rad[row] = elevation_rad
    plots.sigma_range_m[row] = factor * radar.range_sigma_m
    plots.sigma_azimuth_rad[row] = factor * radar.azimuth_sigma_rad
    plots.sigma_elevation_rad[row] = factor * radar.elevation_sigma_rad
    plots.snr_power[row] = snr_power
    plots.position_ecef_m[row, :] = math.nan
    plots.sigma_position_m[row] = math.nan
    plots.address[row] = -1
    return True


@kernel
def add_report(
    plots: Plots,
    time_s: float,
    sensor: int,
    position_ecef_m: Floats,
    sigma_position_m: float,
    address: int,
    iff_reply: int,
) -> bool:
    """Append a position report; False: it is lost."""
    row = _claim_row(plots, time_s, sensor, PlotKind.REPORT, iff_reply)
    if row < 0:
        return False
    plots.range_m[row] = math.nan
    plots.azimuth_rad[row] = math.nan
    plots.elevation_rad[row] = math.nan
    plots.sigma_range_m[row] = math.nan
    plots.sigma_azimuth_rad[row] = math.nan
    plots.sigma_elevation_rad[row] = math.nan
    plots.snr_power[row] = math.nan
    for axis in range(3):
        plots.position_ecef_m[row, axis] = position_ecef_m[axis]
    plots.sigma_position_m[row] = sigma_position_m
    plots.address[row] = address
    return True


@kernel
def _claim_row(plots: Plots, time_s: float, sensor: int, kind: int, iff_reply: int) -> int:
    """Return the next free row with its common columns filled, or -1: a plot is lost."""
    row = plots.size[0]
    if row >= plots.time_s.shape[0]:
        plots.lost[0] += 1
        return -1
    plots.size[0] = row + 1
    plots.time_s[row] = time_s
    plots.sensor[row] = sensor
    plots.kind[row] = kind
    plots.iff_reply[row] = iff_reply
    plots.code[row] = -1
    return int(row)


@kernel
def _azimuth(angle_rad: float) -> float:
    azimuth = angle_rad - 2.0 * math.pi * math.floor(angle_rad / (2.0 * math.pi))
    # An angle just below 0, by less than the rounding of 2 pi, would come out as 2 pi itself.
    return azimuth if azimuth < 2.0 * math.pi else 0.0
