"""The doctrine: how the defender identifies and when he plans; `fire` has how he shoots."""

from enum import IntEnum
from typing import NamedTuple

from bartizan.arrays import Floats


class RulesOfEngagement(IntEnum):
    """Whom weapons may be fired at."""

    WEAPONS_TIGHT = 0  # only at tracks identified as hostile
    WEAPONS_FREE = 1  # at any silent track not identified as civil or friend


class DecidePlan(NamedTuple):
    """Static settings of the decision stage; w airway segments."""

    rules: int  # RulesOfEngagement
    planning_period_s: float
    commit_horizon_s: float  # how far ahead windows are looked for
    airway_from: Floats  # (w, 3) unit normals of the ends of published airways
    airway_to: Floats  # (w, 3)
    airway_half_width_m: float
