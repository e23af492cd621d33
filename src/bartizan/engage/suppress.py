"""Suppress: a defence block that was hit often enough stops working.

Assumes: it does so as a whole and for good, from the next tick on: its radars make no plots,
and its ready rounds are lost. Rounds in the air fly on, by whatever tracks are left.
"""

import math

from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.world.force import Assets, AssetsPlan, ForcePlan, Magazines


@kernel
def suppress(
    force: ForcePlan, plan: AssetsPlan, assets: Assets, magazines: Magazines, events: Events
) -> None:
    """Silence every defence block that arrivals have put out of action in this tick."""
    for asset in range(plan.block.shape[0]):
        block = plan.block[asset]
        if block < 0 or math.isnan(assets.destroyed_s[asset]):
            continue
        if assets.silent_s[block] < math.inf:
            continue
        assets.silent_s[block] = assets.destroyed_s[asset]
        lost = 0
        for unit in range(magazines.rounds.shape[0]):
            if force.unit_system[unit] != block:
                continue
            for kind in range(magazines.rounds.shape[1]):
                lost += magazines.rounds[unit, kind]
                magazines.rounds[unit, kind] = 0
        assets.rounds_lost[asset] = lost
        log(events, assets.destroyed_s[asset], EventKind.SUPPRESSED, asset, -1, float(lost))
