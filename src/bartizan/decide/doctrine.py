"""The doctrine: how the defender identifies and when he plans; `fire` has how he shoots."""

from enum import IntEnum
from typing import NamedTuple

from bartizan.arrays import Floats
from bartizan.decide.identification import IdentificationPlan
from bartizan.decide.zones import ZonesPlan


class RulesOfEngagement(IntEnum):
    """Whom weapons may be fired at."""

    WEAPONS_TIGHT = 0  # only at tracks identified as hostile
    WEAPONS_FREE = 1  # also at whoever comes nearer, identified as neither civil nor friend
    WEAPONS_HOLD = 2  # in self-defence only


class EngagementRules(NamedTuple):
    """How sure and how threatened the defender must be to shoot, and who decides how fast."""

    engage_tight: float  # least posterior of hostile of an identified hostile
    engage_free: float  # least posterior of neither civil nor friend of an unknown
    asked_min: int  # interrogations before an unknown may be shot at
    self_defence: bool
    engage_self_defence: float  # least posterior of hostile
    self_defence_time_s: float  # to its arrival, at most
    self_defence_miss_m: float  # passing so near, at most
    own_site_ecef_m: Floats  # (s, 3) where the defence stands
    decision_median_s: float  # 0: at once
    decision_spread: float  # sigma of its logarithm


class DecidePlan(NamedTuple):
    """Static settings of the decision stage; w airway segments."""

    rules: int  # RulesOfEngagement
    planning_period_s: float
    reassess_s: float  # that a track reported killed is seen, to be a threat again
    commit_horizon_s: float  # how far ahead windows are looked for
    airway_from: Floats  # (w, 3) unit normals of the ends of published airways
    airway_to: Floats  # (w, 3)
    airway_height_m: Floats  # (w,) its middle, above the sea
    identification: IdentificationPlan
    rules_of: EngagementRules
    zones: ZonesPlan
