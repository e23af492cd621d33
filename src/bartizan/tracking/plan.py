"""What the tracker knows beforehand: its sensors and its settings.

A plan needs no scenario: both tables can be filled from a description of the sensors alone.
"""

from typing import NamedTuple

from bartizan.arrays import Floats, Ints


class Sensors(NamedTuple):
    """Static columns of s sensors, as published to the tracker; row s of plots' ``sensor``."""

    net: Ints  # (s,) whose air picture its plots go into
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
    start_speed_sigma_m_s: float = 160.0  # on each horizontal axis
    start_climb_sigma_m_s: float = 10.0
    start_fast_sigma_m_s: float = 1000.0  # on all axes above the ballistic height
    start_existence: float = 0.5  # that a plot nobody claimed is an object
    # motion: straight on, a level turn to either side, a fall
    straight_noise_m2_s3: float = 1.0  # white horizontal acceleration, of a fall too
    straight_climb_noise_m2_s3: float = 0.2
    turn_acceleration_m_s2: float = 29.4
    turn_rate_max_rad_s: float = 0.2  # what is slow has not the lift for that acceleration
    turn_sigma_m_s2: float = 12.0  # that an acceleration in a turn differs by
    turn_climb_sigma_m_s2: float = 1.0
    manoeuvre_time_s: float = 4.0  # how long such a difference lasts at most
    turn_start_per_s: float = 0.012
    turn_end_per_s: float = 0.07
    turn_reverse_per_s: float = 0.01
    fall_switch_per_s: float = 0.05  # between gliding and falling, of what is fast and high
    # life of a track
    confirm_hits: int = 2  # of its first `confirm_looks` expected looks
    crowded_confirm_hits: int = 3  # where more than two other plots lie within `crowd_m`
    confirm_looks: int = 5
    false_track_probability: float = 1e-4  # that a false alarm begins what is confirmed
    crowd_m: float = 1000.0
    tentative_misses: int = 1  # in a row that a tentative track outlives
    confirmed_misses: int = 5  # in a row that a confirmed track outlives
    existence_min: float = 0.002  # below it a track ends
    blind_s: float = 30.0  # that a track outlives where no sensor looks
    survival_per_s: float = 0.998  # that an object is still there a second later
    # formations: objects that keep their stations in a common motion
    formation_spacing_m: float = 900.0  # from the next member, at most
    formation_height_m: float = 600.0  # above or below it, at most
    formation_speed_m_s: float = 60.0  # that velocities differ by, at most
    formation_founders: int = 4  # so many found a formation
    station_noise_m2_s3: float = 2.0  # white acceleration of a member against the others
    station_climb_noise_m2_s3: float = 0.2
    station_leave_per_s: float = 0.02
    station_return_per_s: float = 0.1
    slip_members: float = 3.0  # born and lost in the last scans, that end a formation
    vote_score: float = -1.2  # log-likelihood a plot that a formation begins with, at least


class TrackingPlan(NamedTuple):
    """All that is static in tracking."""

    sensors: Sensors
    settings: Settings
