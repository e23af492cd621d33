"""Receive: forwarded tracks arrive, are compared with own ones, and tell where to look.

What is taken for an own track is hidden; the others stand in the air picture beside the own
tracks, some of them twice, because correlation can fail.
"""

from bartizan.decide.correlate import correlate, is_own_alive, part
from bartizan.decide.doctrine import DecidePlan
from bartizan.decide.identification import N_IDENTITY
from bartizan.decide.links import Forwarded, LinksPlan, Mail
from bartizan.decide.orders import Orders
from bartizan.decide.picture import Picture
from bartizan.decide.start import start_row
from bartizan.kernel import kernel
from bartizan.sense.cues import Cues
from bartizan.tracking.motion import position_sigma_m, predicted
from bartizan.tracking.nets import Rows, first_forwarded
from bartizan.tracking.tracks import Tracks, TrackStatus

FORGOTTEN_INTERVALS = 3.0  # without a message, after which a forwarded track ends
FORGOTTEN_MIN_S = 20.0
CUE_SIGMAS, CUE_MIN_M = 3.0, 1_000.0
CUE_MAX_M = 10_000.0  # what is less sure points no radar


@kernel
def receive(
    decide: DecidePlan, plan: LinksPlan, rows: Rows, mail: Mail, forwarded: Forwarded,
    tracks: Tracks, picture: Picture, orders: Orders, cues: Cues, now_s: float,
) -> None:  # fmt: skip
    """Bring the forwarded tracks of all nets, what they tell and the cues up to ``now_s``."""
    for link in range(plan.link_id.shape[0]):
        while mail.n_delivered[link] < mail.n_sent[link]:
            slot = mail.n_delivered[link] % mail.size.shape[1]
            if mail.sent_s[link, slot] + plan.latency_s[link] > now_s:
                break
            mail.n_delivered[link] += 1
            _deliver(
                decide, plan, rows, mail, forwarded, tracks, picture, orders, link, slot, now_s
            )
    cues.size[0] = 0
    for row in range(tracks.alive.shape[0]):
        if tracks.alive[row] and forwarded.link[row] >= 0:
            _keep(plan, forwarded, tracks, picture, orders, cues, row, now_s)


@kernel
def _deliver(
    decide: DecidePlan, plan: LinksPlan, rows: Rows, mail: Mail, forwarded: Forwarded,
    tracks: Tracks, picture: Picture, orders: Orders, link: int, slot: int, now_s: float,
) -> None:  # fmt: skip
    """Take a whole sending, and then look which own tracks it is of.

    While only half of it is read, numbers of the other half would look as if they were not
    sent again.
    """
    for k in range(mail.size[link, slot]):
        row = _row_for(decide, plan, rows, mail, forwarded, tracks, picture, link, slot, k)
        if row >= 0:
            _take(mail, forwarded, tracks, link, slot, k, row)
    for k in range(mail.size[link, slot]):
        number = mail.track_id[link, slot, k]
        row = _row_of(rows, forwarded, tracks, plan.to[link], link, number)
        if row >= 0:
            correlate(decide, plan, rows, forwarded, tracks, picture, orders, row, now_s)
            _tell(mail, forwarded, picture, link, slot, k, row)


@kernel
def _row_of(
    rows: Rows, forwarded: Forwarded, tracks: Tracks, net: int, link: int, number: int
) -> int:
    """Return the row of a number of a link in a net; -1: it has none."""
    first = first_forwarded(rows, net)
    for row in range(first, first + rows.n_forwarded):
        is_its = forwarded.link[row] == link and forwarded.source_id[row] == number
        if is_its and tracks.alive[row]:
            return row
    return -1


@kernel
def _row_for(
    decide: DecidePlan, plan: LinksPlan, rows: Rows, mail: Mail, forwarded: Forwarded,
    tracks: Tracks, picture: Picture, link: int, slot: int, k: int,
) -> int:  # fmt: skip
    """Return the row of a forwarded track, a new one if it is new; -1: no room."""
    number = mail.track_id[link, slot, k]
    known = _row_of(rows, forwarded, tracks, plan.to[link], link, number)
    if known >= 0:
        return known
    first, free = first_forwarded(rows, plan.to[link]), -1
    for row in range(first, first + rows.n_forwarded):
        if not tracks.alive[row]:
            free = row
            break
    if free < 0:
        tracks.lost[0] += 1
        return -1
    tracks.alive[free], tracks.status[free] = True, TrackStatus.CONFIRMED
    tracks.track_id[free] = tracks.next_id[0]
    tracks.next_id[0] += 1
    tracks.confirmed_s[free] = tracks.first_s[free] = mail.time_s[link, slot, k]
    tracks.iff_silent[free] = tracks.iff_civil[free] = tracks.iff_friend[free] = 0
    tracks.misses[free], tracks.existence[free] = 0, 1.0
    forwarded.link[free], forwarded.own_row[free] = link, -1
    forwarded.source_id[free] = number
    start_row(decide, picture, free, tracks.track_id[free])
    return free


@kernel
def _take(
    mail: Mail, forwarded: Forwarded, tracks: Tracks, link: int, slot: int, k: int, row: int
) -> None:
    """Let a message stand for its track from now on."""
    tracks.time_s[row] = tracks.last_hit_s[row] = mail.time_s[link, slot, k]
    tracks.hits[row] = mail.hits[link, slot, k]
    for i in range(6):
        tracks.mean[row, i] = mail.mean[link, slot, k, i]
        for j in range(6):
            tracks.covariance[row, i, j] = mail.covariance[link, slot, k, i, j]
    forwarded.heard_s[row] = mail.sent_s[link, slot]
    forwarded.messages[link] += 1


@kernel
def _tell(
    mail: Mail, forwarded: Forwarded, picture: Picture, link: int, slot: int, k: int, row: int
) -> None:
    """Note what a message says of identity and engagements, for the own track too."""
    own = forwarded.own_row[row]
    for at in (row, own):
        if at >= 0:
            picture.told_engaged[at] = mail.engaged[link, slot, k]
            for c in range(N_IDENTITY):
                picture.told_log_odds[at, c] = mail.log_odds[link, slot, k, c]


@kernel
def _keep(
    plan: LinksPlan, forwarded: Forwarded, tracks: Tracks, picture: Picture, orders: Orders,
    cues: Cues, row: int, now_s: float,
) -> None:  # fmt: skip
    """Let one forwarded track age, show or hide, and point radars."""
    link = forwarded.link[row]
    age_s = now_s - forwarded.heard_s[row]
    forwarded.age_s[link] += age_s
    forwarded.ages[link] += 1
    own = forwarded.own_row[row]
    if own >= 0 and not is_own_alive(forwarded, tracks, row):
        part(forwarded, tracks, picture, orders, row)
        own = -1
    last_s = plan.latency_s[link] + FORGOTTEN_INTERVALS * plan.interval_s[link]
    if age_s > max(last_s, FORGOTTEN_MIN_S):
        if own >= 0:
            part(forwarded, tracks, picture, orders, row)
        tracks.alive[row], forwarded.link[row] = False, -1
        return
    if own >= 0:
        picture.barred[own] = picture.told_engaged[own]
        picture.reaction_share[own] = plan.cued_reaction[link]
        return
    sigma_m = position_sigma_m(tracks, row, now_s)
    is_bad = sigma_m > plan.engage_sigma_max_m[link]
    picture.barred[row] = picture.told_engaged[row] or is_bad
    picture.reaction_share[row] = plan.cued_reaction[link]
    _point(plan, tracks, cues, link, row, sigma_m, now_s)


@kernel
def _point(
    plan: LinksPlan, tracks: Tracks, cues: Cues, link: int, row: int, sigma_m: float,
    now_s: float,
) -> None:  # fmt: skip
    """Add a cue to where a forwarded track is, if it is worth one."""
    k = cues.size[0]
    radius_m = max(CUE_SIGMAS * sigma_m, CUE_MIN_M)
    if plan.cue_gain[link] <= 1.0 or radius_m > CUE_MAX_M or k >= cues.net.shape[0]:
        return
    cues.size[0] = k + 1
    x, y, z, _, _, _ = predicted(tracks, row, now_s)
    place = cues.position_ecef_m[k]
    place[0], place[1], place[2] = x, y, z
    cues.net[k], cues.radius_m[k], cues.gain[k] = plan.to[link], radius_m, plan.cue_gain[link]
