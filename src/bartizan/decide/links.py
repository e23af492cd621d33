"""Links: what one net tells another of its tracks, and what is on its way.

A link sends all confirmed tracks of its source at once, each interval; what is not lost arrives
a latency later. Only what a net tracked itself is forwarded, so that nothing comes back.
"""

from typing import NamedTuple

import numpy as np

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints
from bartizan.decide.identification import N_IDENTITY


class LinksPlan(NamedTuple):
    """Static columns of l links."""

    link_id: Ints  # (l,) stable ids of names such as links.feed
    source: Ints  # (l,) net
    to: Ints  # (l,) net
    latency_s: Floats  # (l,)
    interval_s: Floats  # (l,)
    loss: Floats  # (l,) probability
    sigma_m: Floats  # (l,) error that it adds to each axis
    tells_identity: Bools  # (l,)
    tells_engagements: Bools  # (l,)
    engage_sigma_max_m: Floats  # (l,) worst forwarded track that is shot at; 0: none
    cue_gain: Floats  # (l,) factor on the signal of radars that it points
    cued_reaction: Floats  # (l,) share of the reaction time left for what it announced


class Mail(NamedTuple):
    """Sendings on their way: l links, d slots each, m tracks a slot, in rows of (l d m)."""

    next_send_s: Floats  # (l,)
    n_sent: Ints  # (l,) sendings so far
    n_delivered: Ints  # (l,)
    sent_s: Floats  # (l, d)
    size: Ints  # (l, d)
    track_id: Ints  # (l, d, m) number at the source
    time_s: Floats  # (l, d, m) of the state
    mean: Floats  # (l, d, m, 6)
    covariance: Floats  # (l, d, m, 6, 6)
    hits: Ints  # (l, d, m)
    log_odds: Floats  # (l, d, m, 4) ln of how much likelier the source holds each Identity
    engaged: Bools  # (l, d, m)


class Forwarded(NamedTuple):
    """Changing columns beside c tracks; those of the nets' own trackers stay empty."""

    link: Ints  # (c,) -1: none
    source_id: Ints  # (c,) its number there
    heard_s: Floats  # (c,) when its last message had been sent
    own_row: Ints  # (c,) the own track that it is taken for; -1: none
    own_id: Ints  # (c,) and its number
    work: Floats  # (6, 7) scratch
    # beside l links
    messages: Ints  # (l,) tracks received
    age_s: Floats  # (l,) sum, at each tick, of how long ago the last message had been sent
    ages: Ints  # (l,) of so many
    renumbered: Ints  # (l,) own tracks that got another number of the same link


def make_links(n_link: int) -> LinksPlan:
    """Return room for the figures of ``n_link`` links."""
    return LinksPlan(
        link_id=arrays.none(n_link),
        source=arrays.none(n_link),
        to=arrays.none(n_link),
        latency_s=arrays.zeros(n_link),
        interval_s=arrays.zeros(n_link),
        loss=arrays.zeros(n_link),
        sigma_m=arrays.zeros(n_link),
        tells_identity=arrays.flags(n_link),
        tells_engagements=arrays.flags(n_link),
        engage_sigma_max_m=arrays.zeros(n_link),
        cue_gain=arrays.zeros(n_link),
        cued_reaction=arrays.zeros(n_link),
    )


def make_mail(plan: LinksPlan, n_track: int) -> Mail:
    """Return no mail, with room for all that links may have under way."""
    n = len(plan.link_id)
    depth = 1 + int(np.max(np.floor(plan.latency_s / plan.interval_s), initial=0.0)) + 1
    m = n_track if n else 0
    return Mail(
        next_send_s=arrays.zeros(n),
        n_sent=arrays.counts(n),
        n_delivered=arrays.counts(n),
        sent_s=arrays.nan(n, depth),
        size=arrays.counts(n, depth),
        track_id=arrays.none(n, depth, m),
        time_s=arrays.nan(n, depth, m),
        mean=arrays.zeros(n, depth, m, 6),
        covariance=arrays.zeros(n, depth, m, 6, 6),
        hits=arrays.counts(n, depth, m),
        log_odds=arrays.zeros(n, depth, m, N_IDENTITY),
        engaged=arrays.flags(n, depth, m),
    )


def make_forwarded(n_row: int, n_link: int) -> Forwarded:
    """Return no forwarded track."""
    return Forwarded(
        link=arrays.none(n_row),
        source_id=arrays.none(n_row),
        heard_s=arrays.nan(n_row),
        own_row=arrays.none(n_row),
        own_id=arrays.none(n_row),
        work=arrays.zeros(6, 7),
        messages=arrays.counts(n_link),
        age_s=arrays.zeros(n_link),
        ages=arrays.counts(n_link),
        renumbered=arrays.counts(n_link),
    )
