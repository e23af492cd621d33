"""Identification: the posterior of every track, the identity it declares, and who may be shot.

An identity is declared where its posterior reaches the doctrine's threshold, and stands until
it falls below another; a track of which none is declared is unknown.
"""

from bartizan.decide.doctrine import DecidePlan, RulesOfEngagement
from bartizan.decide.identification import N_IDENTITY
from bartizan.decide.picture import Identity, Link, Picture
from bartizan.decide.posterior import gather, is_new
from bartizan.decide.rules import is_engageable
from bartizan.decide.start import start_row
from bartizan.decide.threat import evaluate
from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.tracking.tracks import Tracks, TrackStatus
from bartizan.world.force import AssetsPlan


@kernel
def identify(
    plan: DecidePlan,
    assets: AssetsPlan,
    tracks: Tracks,
    picture: Picture,
    events: Events,
    key: int,
    now_s: float,
) -> None:
    """Bring identity, engageability and threat value of every confirmed track up to date.

    ``key`` is of the run, for the times that decisions take.
    """
    for row in range(tracks.alive.shape[0]):
        if not tracks.alive[row] or tracks.status[row] == TrackStatus.TENTATIVE:
            continue
        if picture.track_id[row] != tracks.track_id[row]:
            start_row(plan, picture, row, tracks.track_id[row])
        miss_m = evaluate(assets, tracks, row, now_s, picture)
        before, was_engageable = picture.identity[row], picture.engageable[row]
        conduct = picture.conduct
        if is_new(
            tracks.hits[row], conduct.hits[row], tracks.time_s[row], conduct.time_s[row],
            before, picture.told_log_odds[row], conduct.told[row],
        ):  # fmt: skip
            gather(plan, tracks, row, picture, miss_m)
        identity = _declared(plan, picture, row)
        picture.identity[row] = identity
        # Without zones nothing but its own posterior ends what was allowed and decided.
        is_settled = was_engageable and before == identity == Identity.HOSTILE
        is_settled = is_settled and plan.rules != RulesOfEngagement.WEAPONS_HOLD
        if not is_settled or plan.zones.rule.shape[0] > 0:
            picture.engageable[row] = is_engageable(
                plan, tracks, row, picture, miss_m, now_s, key
            )
        if identity != before:
            picture.identified_s[row] = now_s
            posterior = picture.posterior[row, identity]
            log(
                events, now_s, EventKind.IDENTIFIED, tracks.track_id[row], -1, posterior,
                identity,
            )  # fmt: skip
        if picture.engageable[row] and not was_engageable:
            picture.replan[0] = True
            picture.link[row] = max(picture.link[row], Link.ENGAGEABLE.value)


@kernel
def _declared(plan: DecidePlan, picture: Picture, row: int) -> int:
    """Return the identity that the posterior declares; a declared one stands for a while."""
    identity, posterior = picture.identity[row], picture.posterior[row]
    for c in range(N_IDENTITY):
        if posterior[c] >= plan.identification.declare[c]:
            return c
    if identity != Identity.UNKNOWN and posterior[identity] >= plan.identification.revoke:
        return int(identity)
    return Identity.UNKNOWN.value
