"""Weigh: from windows and the doctrine of fire to the choice that an allocator gets."""

import numpy as np

from bartizan.arrays import Bools, Floats, Ints
from bartizan.decide.choice import Choice
from bartizan.decide.dose import next_dose
from bartizan.decide.fire import Doses, FirePlan
from bartizan.decide.options import Options
from bartizan.decide.picture import Picture
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
    probability, is_allowed = _probability(fire, picture, rows, options, now_s)
    spent = picture.rounds_spent[rows]
    most = _most_rounds(fire, force, free[0], spent, options, is_allowed, probability)
    if not np.all(np.isnan(fire.damage_rate)):
        promised = _promised(fire, picture, rows, probability, doses)
        by_dose = ~np.isnan(fire.damage_rate)
        dose = np.minimum(promised[:, None], fire.rounds_max[by_dose])
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
        takes_kept=_takes_kept(fire, picture, rows),
        channels=free[1],
        unit_system=force.unit_system,
        engagements=free[2],
    )


def _probability(
    fire: FirePlan, picture: Picture, rows: Ints, options: Options, now_s: float
) -> tuple[Floats, Bools]:
    """Return (m, u, t) what a round may be expected to kill, 0: none, and who may fire (m, u).

    An intercept later than the soonest one of this planning is worth a little less.
    """
    aim = picture.aim_asset[rows]
    is_allowed = np.ones((len(rows), len(fire.salvo)), dtype=bool)
    has_aim = aim >= 0
    is_allowed[has_aim] = fire.protects[:, aim[has_aim]].T
    probability = np.where(is_allowed[:, :, None], options.kill_probability, 0.0)
    probability[probability < fire.kill_probability_min[:, None]] = 0.0
    horizon_s = fire.commit_horizon_s[:, None]
    probability[options.intercept_s > now_s + horizon_s] = 0.0
    soonest_s = np.nanmin(options.intercept_s, initial=np.inf)
    waited = np.clip(np.nan_to_num(options.intercept_s - soonest_s) / horizon_s, 0.0, 1.0)
    probability *= 1.0 - fire.sooner_share[:, None] * waited
    return probability, is_allowed


def _most_rounds(
    fire: FirePlan,
    force: ForcePlan,
    rounds: Ints,
    spent: Ints,
    options: Options,
    is_allowed: Bools,
    probability: Floats,
) -> Ints:
    """Return the most rounds at once (m, u, t) at each threat.

    More where no time is left to look at what became of them and for anybody to fire again,
    unless rounds are short: one more at this threat would be one less at another.
    """
    can_fire = is_allowed[:, :, None] & (rounds > 0) & ~np.isnan(options.last_launch_s)
    last_launch_s = np.where(can_fire, options.last_launch_s, -np.inf).max(axis=(1, 2))
    report_s = options.intercept_s + force.unit_assessment_s[:, None]
    has_look = report_s <= last_launch_s[:, None, None]
    salvo = np.where(spent[:, None] == 0, fire.salvo, fire.salvo_later)[:, :, None]
    meets = probability > 0.0
    n_met, left = np.any(meets, axis=(1, 2)).sum(), rounds[np.any(meets, axis=0)].sum()
    is_short = left < fire.last_rounds_from * n_met
    most = salvo + np.where(has_look | is_short[:, None], 0, fire.last_rounds[:, None])
    spare = np.maximum(fire.rounds_max - spent[:, None], 0)
    return np.asarray(np.minimum(most, spare[:, :, None]), dtype=np.int64)


def _takes_kept(fire: FirePlan, picture: Picture, rows: Ints) -> Bools:
    """Tell for whom (m, u) a unit's kept rounds are: who came through, is near, or matters."""
    is_leaker = picture.rounds_spent[rows][:, None] > 0
    is_near = picture.time_to_go_s[rows][:, None] <= fire.leaker_s
    aim = picture.aim_asset[rows]
    matters = np.zeros(len(rows), dtype=bool)
    matters[aim >= 0] = fire.takes_kept[aim[aim >= 0]]
    return np.asarray(is_leaker | is_near | matters[:, None])


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
