"""The doctrine of fire: how many rounds, from where and for whom, by fire unit."""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints


class FirePlan(NamedTuple):
    """Static settings of u fire units with t interceptor types before a assets."""

    first_like: Ints  # (u,) first unit of the same site and figures
    salvo: Ints  # (u,) rounds of the first engagement of a threat
    salvo_later: Ints  # (u,) rounds of each later one
    last_rounds: Ints  # (u,) more of them where no time is left for another look
    last_rounds_from: Ints  # (u,) rounds left for each threat in reach, or there are no more
    rounds_max: Ints  # (u,) most rounds ever at one threat
    commit_horizon_s: Floats  # (u,) no intercept later than this from now is ordered
    kill_probability_min: Floats  # (u,) no shot that the defender expects to do worse
    sooner_share: Floats  # (u,) of its benefit that waiting as long as the horizon costs
    round_worth: Floats  # (u, t) value that a round is worth kept
    kept: Ints  # (u, t) rounds kept for leakers
    leaker_s: Floats  # (u,) time to go from which a threat is a leaker
    damage_rate: Floats  # (u,) Prim-Read: damage that an attacker may buy; nan: not so
    protects: Bools  # (u, a) it shoots at what heads for that asset
    takes_kept: Bools  # (a,) what heads for that asset may have rounds that are kept


class Doses(NamedTuple):
    """Rounds promised against c tracks by Prim-Read, and what was promised to a assets so far.

    A promise is kept: an attacker's dose depends on how many came before, not on what is left.
    """

    track_id: Ints  # (c,) whose row this is; -1: nobody's
    rounds: Ints  # (c,)
    attackers: Ints  # (a,)
    survival: Floats  # (a,) probability that all doses so far kill all attackers so far


def make_doses(track_capacity: int, n_asset: int) -> Doses:
    """Return the promises before the first attacker."""
    return Doses(
        track_id=arrays.none(track_capacity),
        rounds=arrays.counts(track_capacity),
        attackers=arrays.counts(n_asset),
        survival=arrays.zeros(n_asset) + 1.0,
    )
