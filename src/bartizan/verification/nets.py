"""Cases of nets: how old forwarded tracks are, and who shoots twice for want of a link."""

from collections.abc import Mapping

import numpy as np

from bartizan.arrays import Floats
from bartizan.decide.receive import FORGOTTEN_INTERVALS
from bartizan.simulate.plan import Plan
from bartizan.simulate.state import State
from bartizan.verification.case import Case, Flown, Quantity

LATENCY_S, INTERVAL_S, LOSS = 4, 6, 0.2  # of the case's link
SETTLED_S = 90.0
P = 0.7  # kill probability of a round of the textbook site
SOURCE = "geometric, by counting"


def mean_age_s(latency_s: int, interval_s: int, loss: float) -> float:
    """Return how old a forwarded track is on the mean of whole seconds, and when it is.

    So many sendings were lost since the last one came, each for itself; a track that is not
    heard of for some intervals ends, and does not count until the next message.
    """
    ages, weights = [], []
    for lost in range(int(FORGOTTEN_INTERVALS) + 1):
        for since_s in range(interval_s):
            age_s = lost * interval_s + since_s
            if age_s <= FORGOTTEN_INTERVALS * interval_s:
                ages.append(latency_s + age_s)
                weights.append(loss**lost)
    return float(np.average(ages, weights=weights))


def _ages(plan: Plan, state: State, now_s: float) -> Floats:
    """Return (c,) ages of the forwarded tracks; nan where there is none."""
    forwarded, tracks = state.forwarded, state.tracks
    is_there = tracks.alive & (forwarded.link >= 0) & (now_s > SETTLED_S)
    return np.where(is_there, now_s - forwarded.heard_s, np.nan)


def _mean_ages(flown: Flown) -> Mapping[str, Floats]:
    ages = np.array(flown.seen)
    return {"age of a track, s": np.array([np.nanmean(ages)])}


def _unlinked(flown: Flown) -> Mapping[str, Floats]:
    state, n = flown.state, len(flown.plan.world.target_id)
    return {
        "rounds a threat": np.array([state.strikes.rounds_fired.sum() / n]),
        "rounds at the dead, a threat": np.array([state.strikes.overkill[0] / n]),
    }


CASES = (
    Case(
        name="link-age",
        assumes="each sending of a track is lost for itself",
        source=SOURCE,
        quantities=(Quantity("age of a track, s", mean_age_s(LATENCY_S, INTERVAL_S, LOSS)),),
        read=_mean_ages,
        watch=_ages,
        is_perfect=False,
        flights=4,
        planted=("links.feed.overrides.latency=5 s",),
    ),
    Case(
        name="unlinked-units",
        assumes="both units see all, and neither hears of the other's shots in time",
        source="binomial, by counting",
        quantities=(
            Quantity("rounds a threat", 2.0, 0.005),
            Quantity("rounds at the dead, a threat", P),
        ),
        read=_unlinked,
        is_perfect=False,
        flights=12,
        planted=("defence.east.overrides.textbook-round.kill_probability.fighter=0.5",),
    ),
)
