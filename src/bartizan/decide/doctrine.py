"""The doctrine: how the defender identifies, when and how often he shoots."""

from enum import IntEnum
from typing import NamedTuple

from bartizan.arrays import Floats


class RulesOfEngagement(IntEnum):
    """Whom weapons may be fired at."""

    WEAPONS_TIGHT = 0  # only at tracks identified as hostile
    WEAPONS_FREE = 1  # at any silent track not identified as civil or friend


class Policy(IntEnum):
    """How rounds are spent on one threat."""

    SHOOT_LOOK_SHOOT = 0
    SALVO = 1


class DecidePlan(NamedTuple):
    """Static settings of the decision stage; w airway segments."""

    rules: int  # RulesOfEngagement
    policy: int  # Policy
    salvo: int  # rounds of one order under Policy.SALVO
    rounds_max: int  # most rounds ever ordered against one track
    planning_period_s: float
    commit_horizon_s: float  # no intercept later than this from now is ordered
    kill_probability_min: float  # no shot that the defender expects to do worse
    airway_from: Floats  # (w, 3) unit normals of the ends of published airways
    airway_to: Floats  # (w, 3)
    airway_half_width_m: float
