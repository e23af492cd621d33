"""Send: links take the confirmed tracks of their source, when their interval is over."""

import math

from bartizan.arrays import Floats
from bartizan.decide.identification import N_IDENTITY
from bartizan.decide.links import LinksPlan, Mail
from bartizan.decide.picture import Picture
from bartizan.decide.posterior import LEAST_WEIGHT
from bartizan.kernel import kernel
from bartizan.rng import Purpose, draw, normals
from bartizan.tracking.nets import Rows, first_row
from bartizan.tracking.tracks import Tracks, TrackStatus


@kernel
def send(
    plan: LinksPlan, rows: Rows, tracks: Tracks, picture: Picture, prior: Floats, mail: Mail,
    key: int, now_s: float,
) -> None:  # fmt: skip
    """Put the tracks of all links that are due into their mail.

    ``prior`` (4,) is of identities: what is told is how far a track is from it.
    """
    for link in range(plan.link_id.shape[0]):
        if now_s < mail.next_send_s[link]:
            continue
        mail.next_send_s[link] += plan.interval_s[link]
        slot = mail.n_sent[link] % mail.size.shape[1]
        mail.sent_s[link, slot], mail.size[link, slot] = now_s, 0
        first = first_row(rows, plan.source[link])
        for row in range(first, first + rows.n_own):
            if tracks.alive[row] and tracks.status[row] != TrackStatus.TENTATIVE:
                _write(plan, tracks, picture, prior, mail, key, link, slot, row)
        mail.n_sent[link] += 1


@kernel
def _write(
    plan: LinksPlan, tracks: Tracks, picture: Picture, prior: Floats, mail: Mail, key: int,
    link: int, slot: int, row: int,
) -> None:  # fmt: skip
    """Write one track into a sending, unless it is lost on the way."""
    link_id, track_id, n = plan.link_id[link], tracks.track_id[row], mail.n_sent[link]
    if draw(key, Purpose.LINK, link_id, track_id, n) < plan.loss[link]:
        return
    k = mail.size[link, slot]
    mail.size[link, slot] += 1
    mail.track_id[link, slot, k] = track_id
    mail.time_s[link, slot, k] = tracks.time_s[row]
    mean, covariance = mail.mean[link, slot, k], mail.covariance[link, slot, k]
    for i in range(6):
        mean[i] = tracks.mean[row, i]
        for j in range(6):
            covariance[i, j] = tracks.covariance[row, i, j]
    _err(mean, covariance, plan.sigma_m[link], key, link_id, track_id, n)
    is_known = picture.track_id[row] == track_id
    tells = plan.tells_identity[link] and is_known
    # who is told the judgement does not judge the same conduct once more
    mail.hits[link, slot, k] = 1 if tells else tracks.hits[row]
    for c in range(N_IDENTITY):
        likelier = max(picture.posterior[row, c], LEAST_WEIGHT) / max(prior[c], LEAST_WEIGHT)
        mail.log_odds[link, slot, k, c] = math.log(likelier) if tells else 0.0
    is_engaged = picture.orders_alive[row] > 0 or picture.reported_killed[row]
    mail.engaged[link, slot, k] = plan.tells_engagements[link] and is_known and is_engaged


@kernel
def _err(
    mean: Floats, covariance: Floats, sigma_m: float, key: int, link_id: int, track_id: int,
    n: int,
) -> None:  # fmt: skip
    """Add what the link errs by, and say so in the covariance."""
    e = normals(key, Purpose.LINK_NOISE, link_id, track_id, n)
    mean[0] += sigma_m * e[0]
    mean[1] += sigma_m * e[1]
    mean[2] += sigma_m * e[2]
    for i in range(3):
        covariance[i, i] += sigma_m * sigma_m
