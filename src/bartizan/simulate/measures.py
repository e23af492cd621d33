"""The measures of one replication: what a summary, a study and a report are made of.

To add one, write a function from plan and state to plain data and its line in `MEASURES`.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from bartizan.arrays import Bools
from bartizan.decide.picture import Identity
from bartizan.scoring.accuracy import accuracy_measures
from bartizan.scoring.cause import CAUSE_WORDS
from bartizan.simulate.overflow import overflow
from bartizan.simulate.plan import Plan
from bartizan.simulate.reach import net_measures, reach_measures
from bartizan.simulate.state import State
from bartizan.world.truth import Phase, Side

NEAR_MISS_M = 1_000.0  # assumed: a round that passes so near is one that might have taken it


def measures(plan: Plan, state: State, now_s: float) -> dict[str, Any]:
    """Return all measures at the end of a replication, as plain data."""
    found = {name: measure(plan, state) for name, measure in MEASURES.items()}
    return {**found, "simulated_s": now_s}


def _threats(plan: Plan, state: State) -> dict[str, Any]:
    hostile = plan.world.side == Side.HOSTILE
    kinds = np.unique(plan.world.kind[hostile])
    by_class = {
        plan.names.classes[kind]: _funnel(state, hostile & (plan.world.kind == kind))
        for kind in kinds
    }
    return {"total": _funnel(state, hostile), "by_class": by_class}


def _funnel(state: State, who: Bools) -> dict[str, int]:
    phase, funnel = state.targets.phase, state.funnel
    columns = {
        "launched": phase != Phase.PENDING,
        "detected": ~np.isnan(state.looks.first_detected_s),
        "tracked": funnel.tracked,
        "engaged": funnel.engaged,
        "killed": phase == Phase.KILLED,
        "leaked": phase == Phase.LEAKED,
        "turned_away": phase == Phase.LEFT,
        "in_flight": phase == Phase.FLYING,
    }
    return {name: int((who & column).sum()) for name, column in columns.items()}


def _causes(plan: Plan, state: State) -> dict[str, int]:
    cause = state.funnel.cause
    return {words: int((cause == code).sum()) for code, words in CAUSE_WORDS.items()}


def _leakers(plan: Plan, state: State) -> list[dict[str, Any]]:
    rows = np.flatnonzero(state.targets.phase == Phase.LEAKED)
    rows = rows[np.argsort(state.targets.ended_s[rows], kind="stable")]
    words = list(CAUSE_WORDS.values())
    return [
        {
            "name": plan.names.targets[row],
            "class": plan.names.classes[plan.world.kind[row]],
            "cause": words[state.funnel.cause[row]],
            "time_s": float(state.targets.ended_s[row]),
            "asset": plan.names.assets[plan.world.aim_asset[row]],
        }
        for row in rows
    ]


def _peak(plan: Plan, state: State) -> dict[str, int]:
    funnel = state.funnel
    return {
        "tracks": int(funnel.peak_tracks[0]),
        "hostiles_tracked": int(funnel.peak_hostiles_tracked[0]),
        "hostiles_engaged": int(funnel.peak_hostiles_engaged[0]),
        "engagements": int(funnel.peak_engagements[0]),
    }


def _capacity(plan: Plan, state: State) -> dict[str, int]:
    return {
        "tracks": int(plan.force.system_tracks.sum()),
        "engagements": int(plan.force.system_engagements.sum()),
    }


def _rounds(plan: Plan, state: State) -> dict[str, dict[str, Any]]:
    """Return by interceptor: rounds fired and left, those that met an object, and its kills."""
    strikes, names = state.strikes, plan.names.interceptors
    columns = {
        "fired": strikes.rounds_fired.sum(axis=0),
        "left": state.magazines.rounds.sum(axis=0),
        "met": strikes.met_class.sum(axis=1),
        "killed": strikes.killed_class.sum(axis=1),
    }
    counts: dict[str, dict[str, Any]] = {
        key: {name: int(n) for name, n in zip(names, column, strict=True)}
        for key, column in columns.items()
    }
    counts["killed_by_class"] = {
        name: {plan.names.classes[k]: int(row[k]) for k in np.flatnonzero(row)}
        for name, row in zip(names, strikes.killed_class, strict=True)
    }
    return counts


def _assets(plan: Plan, state: State) -> dict[str, dict[str, Any]]:
    found = {}
    for row, name in enumerate(plan.names.assets):
        destroyed_s = float(state.assets.destroyed_s[row])
        is_destroyed = not np.isnan(destroyed_s)
        found[name] = {
            "value": float(plan.assets.value[row]),
            "hits": int(state.assets.hits[row]),
            "stands": int(plan.assets.hits_to_destroy[row]),
            "destroyed": is_destroyed,
            "destroyed_s": destroyed_s if is_destroyed else None,
        }
        if plan.assets.block[row] >= 0:
            found[name] |= {"unit": True, "rounds_lost": int(state.assets.rounds_lost[row])}
    return found


def _civil(plan: Plan, state: State) -> dict[str, int]:
    civil = plan.world.side == Side.CIVIL
    phase = state.targets.phase
    shot_at = state.funnel.engaged | (state.strikes.shots > 0)
    return {
        "present": int((civil & (phase != Phase.PENDING)).sum()),
        "engaged": int((civil & shot_at).sum()),
        "lost": int((civil & (phase == Phase.KILLED)).sum()),
    }


def _identification(plan: Plan, state: State) -> dict[str, dict[str, Any]]:
    """Return whom the defence took for whom, by side, and what that did to bystanders."""
    side = plan.world.side
    return {
        "hostile": _identified(state, side == Side.HOSTILE),
        "civil": _bystanders(state, side == Side.CIVIL),
        "friend": _bystanders(state, side == Side.FRIEND),
    }


def _identified(state: State, who: Bools) -> dict[str, Any]:
    declared_s = state.funnel.bystanders.declared_s[who]
    hostile_s = declared_s[:, Identity.HOSTILE]
    taken_s = hostile_s - state.looks.first_detected_s[who]
    is_known = ~np.isnan(hostile_s)
    taken_for_other = ~np.isnan(declared_s[:, [Identity.CIVIL, Identity.FRIEND]])
    return {
        "present": int((state.targets.phase[who] != Phase.PENDING).sum()),
        "identified": int(is_known.sum()),
        "time_to_identify_s": float(taken_s[is_known].mean()) if is_known.any() else None,
        "mistaken": int(taken_for_other.any(axis=1).sum()),
    }


def _bystanders(state: State, who: Bools) -> dict[str, Any]:
    """Return what happened to whoever is not hostile, and what nearly did."""
    bystanders, phase = state.funnel.bystanders, state.targets.phase[who]
    shot_at = (state.funnel.engaged | (state.strikes.shots > 0))[who]
    taken_for_hostile = ~np.isnan(bystanders.declared_s[who, Identity.HOSTILE])
    in_path = bystanders.near_m[who] < NEAR_MISS_M
    return {
        "present": int((phase != Phase.PENDING).sum()),
        "engaged": int(shot_at.sum()),
        "harmed": int((phase == Phase.KILLED).sum()),
        "declared_hostile": int(taken_for_hostile.sum()),
        "in_path": int(in_path.sum()),
        "near_misses": int((taken_for_hostile | in_path).sum()),
    }


def _cost(plan: Plan, state: State) -> dict[str, float | None]:
    rounds = float(state.strikes.rounds_fired.sum(axis=0) @ plan.force.interceptor_price_usd)
    launched = (plan.world.side == Side.HOSTILE) & (state.targets.phase != Phase.PENDING)
    raid = float(plan.world.price_usd[launched].sum())
    return {"rounds_usd": rounds, "raid_usd": raid, "ratio": rounds / raid if raid else None}


def _chaff(plan: Plan, state: State) -> dict[str, int]:
    """Return the bundles that were released, the plots they made, and rounds spent on them."""
    chaff, phase = plan.world.chaff, state.targets.phase[plan.world.chaff.carrier]
    is_gone = (phase == Phase.KILLED) | (phase == Phase.LEFT)
    is_kept = is_gone & (state.targets.ended_s[chaff.carrier] <= chaff.release_s)
    return {
        "bundles": int((~is_kept & (chaff.release_s < plan.duration_s)).sum()),
        "plots": int(state.looks.chaff_plots[0]),
        "rounds": int(state.strikes.at_chaff[0]),
    }


def _overflow(plan: Plan, state: State) -> dict[str, int]:
    return overflow(state)


def _tracker(plan: Plan, state: State) -> dict[str, float | None]:
    return accuracy_measures(state.accuracy)


MEASURES: dict[str, Callable[[Plan, State], Any]] = {
    "threats": _threats,
    "causes": _causes,
    "leakers": _leakers,
    "peak": _peak,
    "capacity": _capacity,
    "rounds": _rounds,
    "assets": _assets,
    "civil": _civil,
    "identification": _identification,
    "chaff": _chaff,
    "tracker": _tracker,
    "cost": _cost,
    "reach": reach_measures,
    "nets": net_measures,
    "overflow": _overflow,
}
