"""Cases of the tracker: does it know how large its errors are?"""

from collections.abc import Mapping

import numpy as np

from bartizan.arrays import Floats
from bartizan.simulate.plan import Plan
from bartizan.simulate.state import State
from bartizan.verification.case import Case, Flown, Quantity
from bartizan.world.motion import position_velocity

SETTLED_S = 60.0
SOURCE = "Bar-Shalom, Li and Kirubarajan, Estimation, 2001, ch. 5"
# turns too gentle for the models of turns, too long for the noise of straight flight
GENTLE = (
    "raid.a.weave=true",
    "raid.a.overrides.weave_amplitude=150 m",
    "raid.a.overrides.weave_period=40 s",
)


def errors(plan: Plan, state: State, now_s: float) -> Floats:
    """Return (n,) normalised squared errors of position of the tracks just updated."""
    tracks, found = state.tracks, []
    for target, row in enumerate(state.assigned[0]):
        if row < 0 or now_s < SETTLED_S or tracks.time_s[row] <= now_s - plan.tick_s:
            continue
        truth = np.array(position_velocity(plan.world, target, tracks.time_s[row]))
        off = tracks.mean[row, :3] - truth[:3]
        found.append(off @ np.linalg.solve(tracks.covariance[row, :3, :3], off))
    return np.array(found)


def _nees(flown: Flown) -> Mapping[str, Floats]:
    return {"NEES of position": np.array([np.concatenate(flown.seen).mean()])}


CASES = (
    Case(
        name="straight-tracks",
        assumes="three degrees of freedom, a fifth less for turns allowed for",
        source=SOURCE,
        quantities=(Quantity("NEES of position", 3.0, 0.2),),
        read=_nees,
        watch=errors,
        is_perfect=False,
        flights=6,
        planted=GENTLE,
    ),
    Case(
        name="weaving-tracks",
        assumes="three degrees of freedom, 15 % for turns that are none of the models'",
        source=SOURCE,
        quantities=(Quantity("NEES of position", 3.0, 0.15),),
        read=_nees,
        watch=errors,
        is_perfect=False,
        flights=6,
        planted=GENTLE,
    ),
)
