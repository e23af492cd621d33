"""Own force: assets to protect, fire units, magazines and the figures of their interceptors.

What the defender knows of himself; `decide` may read all of it.
"""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints


class AssetsPlan(NamedTuple):
    """Static columns of a assets; defence blocks that a raid flies at are among them."""

    asset_id: Ints  # (a,)
    position_ecef_m: Floats  # (a, 3)
    value: Floats  # (a,)
    hits_to_destroy: Ints  # (a,)
    block: Ints  # (a,) row of the defence block that it is; -1: none


class Assets(NamedTuple):
    """Changing columns of a assets, and of s defence blocks."""

    hits: Ints  # (a,)
    destroyed_s: Floats  # (a,) nan: it stands
    rounds_lost: Ints  # (a,) ready rounds that were lost with a block
    silent_s: Floats  # (s,) when a block was put out of action; inf: it works


class ForcePlan(NamedTuple):
    """Static columns of s systems, u fire units, t interceptor types, k target classes."""

    # systems
    system_net: Ints  # (s,)
    system_tracks: Ints  # (s,) tracks it can hand to decide
    system_engagements: Ints  # (s,) min(sum of radar channels, published count)
    # fire units: one engagement radar with its launchers
    unit_id: Ints  # (u,)
    unit_net: Ints  # (u,) whose air picture it shoots by
    unit_system: Ints  # (u,)
    unit_position_ecef_m: Floats  # (u, 3)
    unit_antenna_height_m: Floats  # (u,)
    unit_guidance_range_m: Floats  # (u,)
    unit_channels: Ints  # (u,) simultaneous engagements of its radar
    unit_reaction_s: Floats  # (u,) order to first launch
    unit_launch_interval_s: Floats  # (u,)
    unit_assessment_s: Floats  # (u,) last intercept to report
    unit_kill_unseen_probability: Floats  # (u,)
    unit_miss_as_kill_probability: Floats  # (u,)
    unit_rounds: Ints  # (u, t) loaded at the start
    unit_fires: Bools  # (u, t) it is made for that interceptor
    sensor_guides: Bools  # (r,) of all radars: it stands with fire units
    # interceptor types
    interceptor_range_min_m: Floats  # (t,)
    interceptor_range_max_m: Floats  # (t,)
    interceptor_altitude_min_m: Floats  # (t,)
    interceptor_altitude_max_m: Floats  # (t,)
    interceptor_speed_near_m_s: Floats  # (t,) average speed of a flight to zero range
    interceptor_speed_far_m_s: Floats  # (t,) average speed of a flight to maximum range
    interceptor_target_speed_max_m_s: Floats  # (t,)
    interceptor_basket_m: Floats  # (t,) acquisition basket
    interceptor_price_usd: Floats  # (t,)
    kill_probability: Floats  # (t, k)
    expected_kill: Floats  # (t, 2) as the defender expects: of what flies, of what falls


class Magazines(NamedTuple):
    """Changing columns of the fire units."""

    rounds: Ints  # (u, t) left
    next_launch_s: Floats  # (u,)
    channels_busy: Ints  # (u,)


def make_assets(plan: AssetsPlan, n_block: int = 0) -> Assets:
    """Return the assets unharmed, and ``n_block`` defence blocks at work."""
    n_asset = plan.value.shape[0]
    return Assets(
        hits=arrays.counts(n_asset),
        destroyed_s=arrays.nan(n_asset),
        rounds_lost=arrays.counts(n_asset),
        silent_s=arrays.never(n_block),
    )


def make_magazines(plan: ForcePlan) -> Magazines:
    """Return full magazines and free channels."""
    n_unit = plan.unit_id.shape[0]
    return Magazines(
        rounds=plan.unit_rounds.copy(),
        next_launch_s=arrays.zeros(n_unit),
        channels_busy=arrays.counts(n_unit),
    )
