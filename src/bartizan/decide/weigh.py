"""Weigh: from windows and the doctrine of fire to the choice that an allocator gets."""

import numpy as np

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints
from bartizan.decide.choice import Choice
from bartizan.decide.dose import next_dose
from bartizan.decide.fire import Doses, FirePlan
from bartizan.decide.options import Options
from bartizan.decide.picture import Picture
from bartizan.kernel import kernel
from bartizan.table import quick
from bartizan.tracking.tracks import Tracks
from bartizan.world.force import ForcePlan


def weigh(
    fire: FirePlan,
    force: ForcePlan,
    free: tuple[Ints, Ints, Ints],
    tracks: Tracks,
    picture: Picture,
    rows: Ints,
    options: Options,
    doses: Doses,
    now_s: float,
) -> Choice:
    """Return what may be spent on the tracks in ``rows`` (m,), and on which terms.

    Parameters
    ----------
    fire, force
        The doctrine and the fire units.
    free
        Rounds (u, t), channels (u,) and engagements (s,) that are left.
    tracks, picture
        What is known of the threats.
    rows
        (m,) of the tracks.
    options
        The windows of all units at these threats.
    doses
        Prim-Read's promises; those to new attackers are added.
    now_s
        Time of planning.
    """
    shape = options.kill_probability.shape
    probability, takes_kept = arrays.zeros(*shape), arrays.flags(*shape[:2])
    soonest_s = float(np.fmin.reduce(options.intercept_s, axis=None, initial=np.inf))
    _offer(fire, picture, rows, options, now_s, soonest_s, probability, takes_kept)
    most = arrays.counts(*shape)
    _limit(fire, force, free[0], picture, rows, options, probability, most)
    if not np.all(np.isnan(fire.damage_rate)):
        promised = _promised(fire, picture, rows, probability, doses)
        by_dose = ~np.isnan(fire.damage_rate)
        dose = np.minimum(promised[:, None], fire.rounds_max[by_dose])
        spent = picture.rounds_spent[rows]
        most[:, by_dose] = np.maximum(dose - spent[:, None], 0)[:, :, None]
    probability[most < 1] = 0.0
    return Choice(
        value=picture.value[rows],
        since_s=tracks.confirmed_s[rows],
        kill_probability=probability,
        cost=fire.round_worth,
        most=most,
        rounds=free[0],
        kept=fire.kept,
        takes_kept=takes_kept,
        channels=free[1],
        unit_system=force.unit_system,
        engagements=free[2],
    )


@kernel
def offer(
    fire: FirePlan,
    picture: Picture,
    rows: Ints,
    options: Options,
    now_s: float,
    soonest_s: float,
    probability: Floats,
    takes_kept: Bools,
) -> None:
    """Write (m, u, t) what a round may be expected to kill, and for whom kept rounds are.

    An intercept later than ``soonest_s``, the first of this planning, is worth a little less.
    What is kept (m, u) is for who came through, is near, or heads for what matters.
    """
    for threat in range(probability.shape[0]):
        row = rows[threat]
        aim, is_leaker = picture.aim_asset[row], picture.rounds_spent[row] > 0
        matters = aim >= 0 and fire.takes_kept[aim]
        for unit in range(probability.shape[1]):
            is_near = picture.time_to_go_s[row] <= fire.leaker_s[unit]
            takes_kept[threat, unit] = is_leaker or is_near or matters
            if not _is_for(fire, unit, aim):
                continue
            horizon_s = fire.commit_horizon_s[unit]
            for kind in range(probability.shape[2]):
                likely = options.kill_probability[threat, unit, kind]
                intercept_s = options.intercept_s[threat, unit, kind]
                if likely < fire.kill_probability_min[unit] or intercept_s > now_s + horizon_s:
                    continue
                waited = 0.0
                if intercept_s > soonest_s:  # it is nan where there is none
                    waited = min((intercept_s - soonest_s) / horizon_s, 1.0)
                probability[threat, unit, kind] = likely * (
                    1.0 - fire.sooner_share[unit] * waited
                )


@kernel
def _is_for(fire: FirePlan, unit: int, aim: int) -> bool:
    """Tell whether a unit shoots at what heads for an asset (-1: none that is known)."""
    return bool(aim < 0 or fire.protects[unit, aim])


@kernel
def limit(
    fire: FirePlan,
    force: ForcePlan,
    rounds: Ints,
    picture: Picture,
    rows: Ints,
    options: Options,
    probability: Floats,
    most: Ints,
) -> None:
    """Write the most rounds at once (m, u, t) at each threat; ``rounds`` (u, t) are left.

    More where no time is left to look at what became of them and for anybody to fire again,
    unless rounds are short: one more at this threat would be one less at another.
    """
    n_met, left = _met(rounds, probability)
    for threat in range(most.shape[0]):
        row = rows[threat]
        spent, aim = picture.rounds_spent[row], picture.aim_asset[row]
        last_launch_s = -np.inf
        for unit in range(most.shape[1]):
            for kind in range(most.shape[2]):
                launch_s = options.last_launch_s[threat, unit, kind]
                if rounds[unit, kind] > 0 and _is_for(fire, unit, aim):
                    # it is nan where there is none
                    last_launch_s = launch_s if launch_s > last_launch_s else last_launch_s
        for unit in range(most.shape[1]):
            salvo = fire.salvo[unit] if spent == 0 else fire.salvo_later[unit]
            spare = max(fire.rounds_max[unit] - spent, 0)
            is_short = left < fire.last_rounds_from[unit] * n_met
            for kind in range(most.shape[2]):
                intercept_s = options.intercept_s[threat, unit, kind]
                has_look = intercept_s + force.unit_assessment_s[unit] <= last_launch_s
                more = 0 if has_look or is_short else fire.last_rounds[unit]
                most[threat, unit, kind] = min(salvo + more, spare)


@kernel
def _met(rounds: Ints, probability: Floats) -> tuple[int, int]:
    """Return how many threats can be met at all, and the rounds that can meet any."""
    n_threat, n_unit, n_kind = probability.shape
    n_met, left = 0, 0
    for threat in range(n_threat):
        is_met = False
        for unit in range(n_unit):
            for kind in range(n_kind):
                is_met = is_met or probability[threat, unit, kind] > 0.0
        n_met += is_met
    for unit in range(n_unit):
        for kind in range(n_kind):
            for threat in range(n_threat):
                if probability[threat, unit, kind] > 0.0:
                    left += rounds[unit, kind]
                    break
    return n_met, left


_offer, _limit = quick(offer), quick(limit)


def _promised(
    fire: FirePlan, picture: Picture, rows: Ints, probability: Floats, doses: Doses
) -> Ints:
    """Return the doses (m,) of the threats; promise one to each new attacker in reach.

    New attackers count in the order of ``rows``, and with the best round at hand.
    """
    by_dose = np.flatnonzero(~np.isnan(fire.damage_rate))
    best = probability[:, by_dose].max(axis=2, initial=0.0)
    for threat, row in enumerate(rows):
        asset = picture.aim_asset[row]
        if doses.track_id[row] == picture.track_id[row]:
            continue
        if asset < 0 or not np.any(best[threat] > 0.0):
            continue
        unit = int(best[threat].argmax())
        kill_probability = float(best[threat, unit])
        dose = next_dose(
            float(doses.survival[asset]), int(doses.attackers[asset]),
            float(fire.damage_rate[by_dose[unit]]), kill_probability,
        )  # fmt: skip
        doses.track_id[row], doses.rounds[row] = picture.track_id[row], dose
        doses.attackers[asset] += 1
        doses.survival[asset] *= 1.0 - (1.0 - kill_probability) ** dose
    is_known = doses.track_id[rows] == picture.track_id[rows]
    return np.asarray(np.where(is_known, doses.rounds[rows], 0), dtype=np.int64)
