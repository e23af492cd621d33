"""Start: the picture of a track that nothing was made of yet."""

import math

from bartizan.decide.doctrine import DecidePlan
from bartizan.decide.identification import N_IDENTITY
from bartizan.decide.picture import Identity, Link, Picture
from bartizan.decide.posterior import start_evidence
from bartizan.kernel import kernel


@kernel
def start_row(plan: DecidePlan, picture: Picture, row: int, track_id: int) -> None:
    """Forget the last track of a row: nothing is known of the new one."""
    picture.track_id[row] = track_id
    picture.identity[row] = Identity.UNKNOWN
    picture.identified_s[row] = math.nan
    picture.decided_s[row] = math.nan
    picture.engageable[row] = False
    picture.aim_asset[row] = -1
    picture.time_to_go_s[row] = math.inf
    picture.value[row] = 0.0
    picture.rounds_spent[row] = 0
    picture.orders_alive[row] = 0
    picture.reported_killed[row] = False
    picture.killed_s[row] = -math.inf
    picture.link[row] = Link.NOBODY
    picture.told_engaged[row] = picture.barred[row] = False
    picture.reaction_share[row] = 1.0
    start_evidence(picture.conduct, row)
    for c in range(N_IDENTITY):
        picture.posterior[row, c] = plan.identification.prior[c]
        picture.told_log_odds[row, c], picture.conduct.told[row, c] = 0.0, 0.0
