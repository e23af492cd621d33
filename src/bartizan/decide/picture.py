"""The picture: what the defender makes of each track; one row a row of `Tracks`."""

from enum import IntEnum
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints


class Identity(IntEnum):
    """Who the defender takes a track for, and the order of columns over identities."""

    UNKNOWN = 0  # none declared; as a class, whoever is none of the others
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


class Conduct(NamedTuple):
    """What c tracks were seen doing so far, and how much likelier it makes each identity."""

    weight: Floats  # (c, 4) likelihood of conduct and origin, relative
    hits: Ints  # (c,) plots of the track when it was last weighed
    asked: Ints  # (c,) interrogations then
    time_s: Floats  # (c,) of its state when it was last weighed; nan: never
    told: Floats  # (c, 4) `Picture.told_log_odds` as last read
    origin: Ints  # (c,) Origin
    manner: Ints  # (c,) Manner
    next_manner: Ints  # (c,) another, which has not lasted long enough to count; -1: none
    next_manner_s: Floats  # (c,) since when
    conformance: Ints  # (c,) Conformance
    next_conformance: Ints  # (c,)
    next_conformance_s: Floats  # (c,)


class Picture(NamedTuple):
    """Changing columns beside c tracks, and of the whole."""

    track_id: Ints  # (c,) whose row this is; another id starts it anew
    identity: Ints  # (c,) Identity
    identified_s: Floats  # (c,) nan: not yet
    posterior: Floats  # (c, 4) of each Identity
    told_log_odds: Floats  # (c, 4) ln of the likelihoods that other nets forward; 0: nothing
    conduct: Conduct
    decided_s: Floats  # (c,) when its engagement is decided; nan: nobody was asked yet
    engageable: Bools  # (c,) rules of engagement allow it
    aim_asset: Ints  # (c,) asset it is predicted to attack; -1: none
    time_to_go_s: Floats  # (c,) to that asset
    value: Floats  # (c,) threat value
    rounds_spent: Ints  # (c,) rounds of ended engagements with it
    orders_alive: Ints  # (c,) engagements under way
    reported_killed: Bools  # (c,) and not contradicted by what was seen since
    killed_s: Floats  # (c,) when its last kill was reported; -inf: never
    link: Ints  # (c,) Link
    # what links tell
    told_engaged: Bools  # (c,) another net shoots at it
    barred: Bools  # (c,) no order: another net shoots, or it is too uncertain
    reaction_share: Floats  # (c,) of the reaction time that is left for it
    next_plan_s: Floats  # (1,) next planning by the doctrine's period
    replan: Bools  # (1,) an event asks for planning now
    beyond_capacity: Ints  # (1,) most tracks ever beyond the systems' track capacity


def make_conduct(track_capacity: int) -> Conduct:
    """Return the conduct of tracks of which nothing was seen."""
    return Conduct(
        weight=arrays.zeros(track_capacity, 4) + 1.0,
        hits=arrays.none(track_capacity),
        asked=arrays.counts(track_capacity),
        time_s=arrays.nan(track_capacity),
        told=arrays.zeros(track_capacity, 4),
        origin=arrays.none(track_capacity),
        manner=arrays.none(track_capacity),
        next_manner=arrays.none(track_capacity),
        next_manner_s=arrays.nan(track_capacity),
        conformance=arrays.none(track_capacity),
        next_conformance=arrays.none(track_capacity),
        next_conformance_s=arrays.nan(track_capacity),
    )


def make_picture(track_capacity: int) -> Picture:
    """Return the picture before the first track."""
    return Picture(
        track_id=arrays.none(track_capacity),
        identity=arrays.counts(track_capacity),
        identified_s=arrays.nan(track_capacity),
        posterior=arrays.zeros(track_capacity, 4),
        told_log_odds=arrays.zeros(track_capacity, 4),
        conduct=make_conduct(track_capacity),
        decided_s=arrays.nan(track_capacity),
        engageable=arrays.flags(track_capacity),
        aim_asset=arrays.none(track_capacity),
        time_to_go_s=arrays.nan(track_capacity),
        value=arrays.zeros(track_capacity),
        rounds_spent=arrays.counts(track_capacity),
        orders_alive=arrays.counts(track_capacity),
        reported_killed=arrays.flags(track_capacity),
        killed_s=-arrays.never(track_capacity),
        link=arrays.counts(track_capacity),
        told_engaged=arrays.flags(track_capacity),
        barred=arrays.flags(track_capacity),
        reaction_share=arrays.zeros(track_capacity) + 1.0,
        next_plan_s=arrays.zeros(1),
        replan=arrays.flags(1),
        beyond_capacity=arrays.counts(1),
    )
