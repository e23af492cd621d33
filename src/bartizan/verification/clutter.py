"""A case of clutter: how often do two false alarms look like an object?

A false alarm begins a track, and one of the next scan confirms it where an object would have
given the second likelier than chance by one over the false-track probability α: P N > λ / α,
with the detection probability P, the density N of an object's second plot there and that of
false alarms, λ. About the first alarm these places fill an ellipsoid of squared radius
2 ln(P N(0) α / λ), in which chance puts λ times its volume. By Wald's inequality that is never
more than α P.
"""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from bartizan.arrays import Floats
from bartizan.simulate.plan import Plan
from bartizan.simulate.state import State
from bartizan.tracking.plan import Settings
from bartizan.tracking.settings import MANY
from bartizan.verification.case import Case, Flown, Quantity
from bartizan.verification.sensing import PFA, SIGMA_FLOOR, SNR_REFERENCE

ALARMS, SCAN_S, TICKS = 30.0, 5.0, 2  # false alarms, seconds and ticks of a scan
RANGE_MIN_M, RANGE_MAX_M, SPAN_RAD = 1e3, 110e3, math.radians(10.0)
SIGMA_ANGLE_RAD = math.radians(0.1)
SEEN = 0.8  # the detection probability that the tracker expects
# One false alarm in twenty, and the second plot confirms: at the shipped one in 10 000 chance
# would hardly ever show. What is not seen ends, so that old tracks take no alarms away.
SETTINGS = Settings(
    start_speed_sigma_m_s=250.0,
    start_climb_sigma_m_s=30.0,
    turn_start_per_s=0.0,
    false_track_probability=0.05,
    confirm_hits=2,
    crowded_confirm_hits=2,
    tentative_misses=0,
    confirmed_misses=0,
    formation_founders=MANY,
)
NAME = "confirmed by the next scan"


def share_confirmed(settings: Settings = SETTINGS, alarms: float = ALARMS) -> float:
    """Return the share of false alarms whose track an alarm of the next scan confirms.

    Averaged over range and the powers that make an alarm. Of two alarms that compete for one
    track, or two tracks for one alarm, one counts.
    """
    range_m = np.linspace(RANGE_MIN_M, RANGE_MAX_M, 1001)[1:]
    level_m2, climb_m2 = _spread_m2(settings, range_m)
    root_m3 = level_m2 * np.sqrt(climb_m2)
    span = (RANGE_MAX_M - RANGE_MIN_M) * 2.0 * math.pi * SPAN_RAD
    clutter_m3 = alarms / span / range_m**2
    densest_m3 = 1.0 / ((2.0 * math.pi) ** 1.5 * root_m3)
    ratio = SEEN * densest_m3 * settings.false_track_probability / clutter_m3
    radius = np.sqrt(2.0 * np.log(np.maximum(ratio, 1.0)))
    expected = clutter_m3 * 4.0 / 3.0 * math.pi * radius**3 * root_m3
    # over each edge of the radar's view lies half of the mean way in a ball, 3/8 of its radius
    expected *= 1.0 - 0.375 * radius * np.sqrt(climb_m2) / (range_m * SPAN_RAD)
    expected *= 1.0 - 0.375 * radius * np.sqrt(level_m2) / (RANGE_MAX_M - RANGE_MIN_M)
    share = float(expected.mean())
    return share * (1.0 - share)


def _spread_m2(settings: Settings, range_m: Floats) -> tuple[Floats, Floats]:
    """Return variances (50, r) of an object's second plot about its first [m2]: aside, upward.

    Of velocity, process noise and both plots, whose power exceeds the threshold by an
    exponential variable; here it is the same in both.
    """
    power = -math.log(PFA) - np.log1p(-(np.arange(50) + 0.5) / 50)[:, None]
    scale = SIGMA_FLOOR**2 + SNR_REFERENCE / (power - 1.0)
    plots_m2 = 2.0 * scale * (SIGMA_ANGLE_RAD * range_m) ** 2
    level_m2 = (settings.start_speed_sigma_m_s * SCAN_S) ** 2
    climb_m2 = (settings.start_climb_sigma_m_s * SCAN_S) ** 2
    level_m2 += settings.straight_noise_m2_s3 * SCAN_S**3 / 3.0
    climb_m2 += settings.straight_climb_noise_m2_s3 * SCAN_S**3 / 3.0
    # plots are as good as exact in range, so that one of the two level axes has none of them
    return np.sqrt(level_m2 * (level_m2 + plots_m2)), climb_m2 + plots_m2


def told(plan: Plan, key: int) -> Plan:
    """Return the plan with the tracker's settings of this case."""
    return replace(plan, tracking=plan.tracking._replace(settings=SETTINGS))


def begun_and_confirmed(plan: Plan, state: State, now_s: float) -> Floats:
    """Return (2,): tracks begun so far, and those that a second plot confirmed in the tick."""
    tracks = state.tracks
    is_new = tracks.alive & (tracks.hits == 2) & (tracks.confirmed_s > now_s - plan.tick_s)
    return np.array([tracks.next_id[0] - 1.0, is_new.sum()])


def _confirmed(flown: Flown) -> Mapping[str, Floats]:
    begun, confirmed = np.array(flown.seen).T
    # tracks of the last scan have not lived through the next
    return {NAME: np.array([confirmed.sum() / begun[-1 - TICKS]])}


CASES = (
    Case(
        name="false-tracks",
        assumes="alarms even over range and angles, few in each gate; α of 0.05, two plots",
        source="ellipsoids of Wald's likelihood ratio, Sequential analysis, 1947",
        quantities=(Quantity(NAME, share_confirmed()),),
        read=_confirmed,
        watch=begun_and_confirmed,
        prepare=told,
        is_perfect=False,
        flights=360,
        planted=("defence.site.overrides.textbook-radar.false_alarms_per_scan=45",),
    ),
)
