"""What the tracker knows beforehand: its sensors and its settings.

A plan needs no scenario: both tables can be filled from a description of the sensors alone.
"""

from typing import NamedTuple

from bartizan.arrays import Floats


class Sensors(NamedTuple):
    """Static columns of s sensors, as published to the tracker; row s of plots' ``sensor``."""

    position_ecef_m: Floats  # (s, 3) origin of its ranges and angles
    enu_from_ecef: Floats  # (s, 3, 3) rotation; rows are east, north and up
    scan_period_s: Floats  # (s,) a place inside its coverage is looked at once a period
    grace_s: Floats  # (s,) how much later than one period the next look may come
    range_min_m: Floats  # (s,)
    range_max_m: Floats  # (s,)
    sector_centre_rad: Floats  # (s,) azimuth, clockwise from north
    sector_half_width_rad: Floats  # (s,) pi: all round
    elevation_min_rad: Floats  # (s,) at or below 0: down to the horizon
    elevation_max_rad: Floats  # (s,)
    antenna_height_m: Floats  # (s,) above the ground; inf: no horizon
    detection_probability: Floats  # (s,) expected of one look, in (0, 1)
    false_alarms_per_scan: Floats  # (s,) expected, > 0
    false_alarm_elevation_rad: Floats  # (s,) span of elevation they are spread over


class Settings(NamedTuple):
    """How the tracker decides; the defaults suit radars of 1 to 10 s scan period."""

    gate: float = 16.27  # squared Mahalanobis distance; 0.999 of a chi-square of 3 degrees
    speed_max_m_s: float = 3500.0  # nothing tracked is faster
    # start of a track from one plot: no velocity is known yet
    start_speed_sigma_m_s: float = 250.0  # on each horizontal axis
    start_climb_sigma_m_s: float = 30.0
    start_fast_sigma_m_s: float = 1000.0  # on all axes above the ballistic height
    start_existence: float = 0.5  # that a plot nobody claimed is an object
    # motion: a quiet and an agile model, between which a track switches at these rates
    quiet_noise_m2_s3: float = 1.0  # white horizontal acceleration
    quiet_climb_noise_m2_s3: float = 0.2
    agile_acceleration_m_s2: float = 25.0  # one sigma, horizontal
    agile_climb_acceleration_m_s2: float = 5.0
    manoeuvre_time_s: float = 4.0  # how long an acceleration lasts at most
    quiet_leave_per_s: float = 0.03
    agile_leave_per_s: float = 0.1
    # life of a track
    confirm_hits: int = 3  # of its first `confirm_looks` expected looks
    confirm_looks: int = 5
    tentative_misses: int = 1  # in a row that a tentative track outlives
    confirmed_misses: int = 5  # in a row that a confirmed track outlives
    blind_s: float = 30.0  # that a track outlives where no sensor looks
    survival_per_s: float = 0.998  # that an object is still there a second later


class TrackingPlan(NamedTuple):
    """All that is static in tracking."""

    sensors: Sensors
    settings: Settings
