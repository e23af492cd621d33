"""What a defender takes for granted when he identifies, and what he can observe of a track.

Columns over identities are in the order of `Identity`; its UNKNOWN stands for whoever is
neither hostile nor civil nor friendly: birds, balloons, third parties' aircraft, false tracks.
"""

from enum import IntEnum
from typing import NamedTuple

from bartizan.arrays import Floats

N_IDENTITY = 4


class Equipment(IntEnum):
    """What a track's transponder does throughout; nobody sees it but by the replies."""

    SILENT = 0
    CIVIL_CODE = 1
    FRIEND_CODE = 2


class Manner(IntEnum):
    """How a track flies, where it is sure."""

    UNSURE = -1
    FALLING = 0  # along a ballistic arc
    SUPERSONIC = 1  # faster than civil aircraft can
    LOW_FAST = 2  # below flight level 100, above its speed limit
    JET = 3
    SLOW = 4


class Conformance(IntEnum):
    """Which way a track keeps to, where it is sure."""

    UNSURE = -1
    ON_AIRWAY = 0
    IN_CORRIDOR = 1
    ASIDE = 2
    INBOUND = 3  # on course for an asset


class Origin(IntEnum):
    """Where a track came from when it was first well known."""

    UNSURE = -1
    HOSTILE = 0
    CIVIL = 1
    ELSEWHERE = 2


class IdentificationPlan(NamedTuple):
    """Shares of what each identity does, and where the limits between its ways lie."""

    prior: Floats  # (4,) sums to 1
    equipment: Floats  # (4, 3) share of each Equipment; rows sum to 1
    log_reply: Floats  # (3, 3) ln of the probability of silence, civil and friendly reply
    manner: Floats  # (4, 5) rows sum to 1
    conformance: Floats  # (4, 4) rows sum to 1
    origin: Floats  # (4, 3) rows sum to 1
    manner_time_s: float  # mean time after which a manner is chosen anew
    conformance_time_s: float
    hold_s: float  # a change counts once it has lasted so long
    hits_min: int  # plots before conduct counts
    civil_speed_max_m_s: float
    low_m: float
    low_speed_max_m_s: float
    inbound_miss_m: float
    airway_half_width_m: float
    airway_half_height_m: float
    airway_course_rad: float
    airway_end: Floats  # (k, 3) unit normals of where published airways begin and end
    origin_radius_m: float
    origin_time_s: float
    declare: Floats  # (4,) posterior that declares an identity; > 1: never
    revoke: float  # a declared identity falls below it
