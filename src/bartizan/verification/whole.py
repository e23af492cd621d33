"""Cases of the whole: no shot outside the envelope, and nothing is lost or counted twice."""

from collections.abc import Mapping

import numpy as np

from bartizan.arrays import Floats
from bartizan.engage.flyouts import Outcome
from bartizan.scoring.cause import Cause
from bartizan.simulate.plan import Plan
from bartizan.simulate.state import State
from bartizan.verification.case import Case, Flown, Quantity
from bartizan.world.geodesy import geodetic_from_ecef
from bartizan.world.truth import Phase, Side

ENVELOPE_M = (10e3, 50e3, 2e3, 9e3)  # nearest, farthest, lowest, highest
ROUNDS, ROUNDING_M = 32, 1.0
_MET = (Outcome.KILL.value, Outcome.MISS.value, Outcome.EMPTY.value)


def meetings(plan: Plan, state: State, now_s: float) -> Floats:
    """Return (n, 2), range from the site and height, of what rounds met in the tick."""
    rounds, site = state.flyouts, plan.force.unit_position_ecef_m[0]
    is_met = (rounds.resolved_s > now_s - plan.tick_s) & np.isin(rounds.outcome, _MET)
    places = rounds.aim_ecef_m[is_met]
    heights_m = [geodetic_from_ecef(*place)[2] for place in places]
    return np.column_stack([np.linalg.norm(places - site, axis=1), heights_m])


def _outside(flown: Flown) -> Mapping[str, Floats]:
    ranges_m, heights_m = np.concatenate(flown.seen).T
    nearest, farthest, lowest, highest = ENVELOPE_M
    is_inside = (ranges_m > nearest - ROUNDING_M) & (ranges_m < farthest + ROUNDING_M)
    is_inside &= (heights_m > lowest - ROUNDING_M) & (heights_m < highest + ROUNDING_M)
    return {
        "meetings outside": np.array([(~is_inside).sum()]),
        "a meeting or more": np.array([len(ranges_m) > 0]),
    }


def _conserved(flown: Flown) -> Mapping[str, Floats]:
    plan, state = flown.plan, flown.state
    is_threat = plan.world.side == Side.HOSTILE.value
    phase = state.targets.phase
    ended = np.isin(phase, (Phase.KILLED.value, Phase.LEAKED.value, Phase.LEFT.value))
    is_leaker = phase == Phase.LEAKED.value
    has_cause = np.isin(state.funnel.cause, [cause.value for cause in Cause])
    fired, left = state.strikes.rounds_fired.sum(), state.magazines.rounds.sum()
    killed = state.strikes.killed_class.sum()
    return {
        "threats that ended once": np.array([(ended & is_threat).sum() / is_threat.sum()]),
        "leakers with one cause": np.array([(has_cause == is_leaker).mean()]),
        "rounds fired and left": np.array([fired + left]),
        "killed less kills": np.array([(phase == Phase.KILLED.value).sum() - killed]),
        "dates of ends": np.array([(np.isfinite(state.targets.ended_s) == ended).mean()]),
    }


CASES = (
    Case(
        name="envelope",
        assumes="10 to 50 km away and 2 to 9 km high, threats there and beyond",
        source="the scenario's own figures",
        quantities=(
            Quantity("meetings outside", 0.0, 1e-9),
            Quantity("a meeting or more", 1.0, 1e-9),
        ),
        read=_outside,
        watch=meetings,
        flights=3,
        planted=("defence.site.overrides.textbook-round.range_max=55 km",),
    ),
    Case(
        name="coastal-raid",
        assumes="every threat ends once, rounds are fired or left, leaks have causes",
        source="counting",
        quantities=(
            Quantity("threats that ended once", 1.0, 1e-9),
            Quantity("leakers with one cause", 1.0, 1e-9),
            Quantity("rounds fired and left", ROUNDS, 1e-9),
            Quantity("killed less kills", 0.0, 1e-9),
            Quantity("dates of ends", 1.0, 1e-9),
        ),
        read=_conserved,
        is_perfect=False,
        flights=5,
        planted=("defence.battalion.overrides.launchers=9",),
    ),
)
