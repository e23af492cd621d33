"""The picture: what the defender makes of each track; one row a row of `Tracks`."""

import math
from enum import IntEnum
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints
from bartizan.kernel import kernel


class Identity(IntEnum):
    """Who the defender takes a track for."""

    UNKNOWN = 0
    CIVIL = 1
    FRIEND = 2
    HOSTILE = 3


class Link(IntEnum):
    """How far along the chain from identity to launch a track ever got; the next one failed."""

    NOBODY = 0  # no identity that may be engaged
    ENGAGEABLE = 1  # identity and rules of engagement allow it: no feasible window so far
    FEASIBLE = 2  # a window was there: no channel so far
    CHANNEL = 3  # a channel was free: no ready round so far
    ORDERED = 4


class Picture(NamedTuple):
    """Changing columns beside c tracks, and of the whole."""

    track_id: Ints  # (c,) whose row this is; another id starts it anew
    identity: Ints  # (c,) Identity
    identified_s: Floats  # (c,) nan: not yet
    engageable: Bools  # (c,) rules of engagement allow it
    aim_asset: Ints  # (c,) asset it is predicted to attack; -1: none
    time_to_go_s: Floats  # (c,) to that asset
    value: Floats  # (c,) threat value
    rounds_spent: Ints  # (c,) rounds of ended engagements with it
    orders_alive: Ints  # (c,) engagements under way
    reported_killed: Bools  # (c,)
    link: Ints  # (c,) Link
    # what links tell
    told_identity: Ints  # (c,) Identity; UNKNOWN: nothing
    told_engaged: Bools  # (c,) another net shoots at it
    barred: Bools  # (c,) no order: another net shoots, or it is too uncertain
    reaction_share: Floats  # (c,) of the reaction time that is left for it
    next_plan_s: Floats  # (1,) next planning by the doctrine's period
    replan: Bools  # (1,) an event asks for planning now
    beyond_capacity: Ints  # (1,) most tracks ever beyond the systems' track capacity


def make_picture(track_capacity: int) -> Picture:
    """Return the picture before the first track."""
    return Picture(
        track_id=arrays.none(track_capacity),
        identity=arrays.counts(track_capacity),
        identified_s=arrays.nan(track_capacity),
        engageable=arrays.flags(track_capacity),
        aim_asset=arrays.none(track_capacity),
        time_to_go_s=arrays.nan(track_capacity),
        value=arrays.zeros(track_capacity),
        rounds_spent=arrays.counts(track_capacity),
        orders_alive=arrays.counts(track_capacity),
        reported_killed=arrays.flags(track_capacity),
        link=arrays.counts(track_capacity),
        told_identity=arrays.counts(track_capacity),
        told_engaged=arrays.flags(track_capacity),
        barred=arrays.flags(track_capacity),
        reaction_share=arrays.zeros(track_capacity) + 1.0,
        next_plan_s=arrays.zeros(1),
        replan=arrays.flags(1),
        beyond_capacity=arrays.counts(1),
    )


@kernel
def start_row(picture: Picture, row: int, track_id: int) -> None:
    """Forget the last track of a row: nothing is known of the new one."""
    picture.track_id[row] = track_id
    picture.identity[row] = Identity.UNKNOWN
    picture.identified_s[row] = math.nan
    picture.engageable[row] = False
    picture.aim_asset[row] = -1
    picture.time_to_go_s[row] = math.inf
    picture.value[row] = 0.0
    picture.rounds_spent[row] = 0
    picture.orders_alive[row] = 0
    picture.reported_killed[row] = False
    picture.link[row] = Link.NOBODY
    picture.told_identity[row] = Identity.UNKNOWN
    picture.told_engaged[row] = picture.barred[row] = False
    picture.reaction_share[row] = 1.0
