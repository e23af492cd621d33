"""Reassess: who was reported killed and goes on being seen is a threat again."""

from bartizan.decide.doctrine import DecidePlan
from bartizan.decide.picture import Picture
from bartizan.kernel import kernel
from bartizan.tracking.tracks import Tracks


@kernel
def reassess(plan: DecidePlan, tracks: Tracks, picture: Picture) -> None:
    """Take back reports of kills that plots contradict, and ask for planning.

    A plot of the same track, so long after the report that what died would have fallen and its
    track ended, is held to be of who was shot at.
    """
    for row in range(picture.reported_killed.shape[0]):
        if not picture.reported_killed[row] or not tracks.alive[row]:
            continue
        if picture.track_id[row] != tracks.track_id[row]:
            continue
        if tracks.last_hit_s[row] > picture.killed_s[row] + plan.reassess_s:
            picture.reported_killed[row] = False
            picture.replan[0] = True
