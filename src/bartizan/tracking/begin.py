"""Begin formations from the leftover plots of three scans, once these have voted for one.

Its members take plots of the two later scans as in any scan; tracks that held those plots are
handed on to the members, so that an object reported already keeps its number.
"""

import math

from bartizan.events import Events
from bartizan.kernel import kernel
from bartizan.tracking.assignment import add_pair, assign, clear_pairs, end_row
from bartizan.tracking.filter import distance
from bartizan.tracking.imm import copy_state, models_of
from bartizan.tracking.lifecycle import confirm, drop
from bartizan.tracking.muster import (
    BORN,
    STATION_SPEED_SIGMA_M_S,
    begin_formation,
    believe_in_station,
    enrol,
    free_formation,
)
from bartizan.tracking.plan import Settings, TrackingPlan
from bartizan.tracking.scratch import Scratch
from bartizan.tracking.state import begin_models
from bartizan.tracking.stations import (
    contribute,
    correct_formation,
    correct_station,
    end_formation,
    predict_formation,
    predict_station,
)
from bartizan.tracking.tracks import Leftovers, Tracks, TrackStatus
from bartizan.tracking.vote import (
    best_velocity,
    gather_cluster,
    list_leftovers,
    scan_of,
    whiten,
)
from bartizan.tracking.vote_work import SCANS, VoteWork

SPEED_SIGMA_M_S = 50.0  # of the velocity voted for
NEW_EXISTENCE = 0.9


@kernel
def begin_formations(
    plan: TrackingPlan, tracks: Tracks, scratch: Scratch, events: Events
) -> None:
    """Look for formations among the leftover plots that end with the batch's."""
    leftovers, vote, settings = tracks.leftovers, scratch.vote, plan.settings
    batch, sensors = scratch.batch, plan.sensors
    if leftovers.size[0] < settings.formation_founders:
        return
    sensor, now_s = batch.sensor[0], batch.time_s[batch.size[0] - 1]
    list_leftovers(leftovers, scratch.leftover_grid, vote)
    for k in range(leftovers.size[0]):
        if vote.is_visited[k] or scan_of(sensors, leftovers, k, sensor, now_s) != 0:
            continue
        is_enough = gather_cluster(
            settings,
            sensors,
            leftovers,
            scratch.leftover_grid,
            scratch.found,
            k,
            sensor,
            now_s,
            vote,
        )
        if not is_enough:
            continue
        whiten(leftovers, vote)
        if best_velocity(settings, vote) > settings.vote_score:
            _begin(plan, tracks, scratch, events)


@kernel
def _begin(plan: TrackingPlan, tracks: Tracks, scratch: Scratch, events: Events) -> None:
    """Begin a formation of the plots gathered, with the velocity voted for."""
    settings, vote = plan.settings, scratch.vote
    g = free_formation(tracks.formations)
    if g < 0:
        return
    _write_formation(settings, tracks, vote, g)
    _write_stations(tracks, vote, g)
    for scan in range(1, SCANS):
        _follow_on(plan, tracks, scratch, g, scan)
    n = _count_members(vote)
    if n < settings.formation_founders:
        end_formation(tracks.formations, g)
        return
    scratch.formations.is_seen[g] = True
    # who holds the latest plot of a member is it, so that the order of members does not matter
    for back in range(SCANS):
        for m in range(vote.n_plot[0]):
            k = vote.taken[m, SCANS - 1 - back]
            has_more = vote.taken[m, 1] >= 0 or vote.taken[m, 2] >= 0
            if has_more and k >= 0 and vote.row[m] < 0 and is_held(tracks, tracks.leftovers, k):
                vote.row[m] = tracks.leftovers.holder[k]
                _enter(plan, tracks, vote, g, m, events)
    _hand_over(tracks, vote, events)


@kernel
def _write_formation(settings: Settings, tracks: Tracks, vote: VoteWork, g: int) -> None:
    formations, leftovers, n = tracks.formations, tracks.leftovers, vote.n_plot[0]
    mean, covariance, L = formations.mean[g], formations.covariance[g], vote.unwhiten
    for i in range(3):
        mean[i], mean[i + 3] = 0.0, 0.0
        for a in range(n):
            mean[i] += leftovers.position_m[vote.plot[0, a], i] / n
        for j in range(i + 1):
            mean[i + 3] += L[i, j] * vote.velocity[j]
        for j in range(3):
            covariance[i, j] = vote.spread[i, j] / n
            covariance[i, j + 3] = covariance[i + 3, j] = 0.0
            covariance[i + 3, j + 3] = SPEED_SIGMA_M_S**2 if i == j else 0.0
    begin_formation(settings, formations, g, vote.time_s[0])


@kernel
def _write_stations(tracks: Tracks, vote: VoteWork, g: int) -> None:
    """Let each plot of the first scan be a member's station."""
    leftovers = tracks.leftovers
    for m in range(vote.n_plot[0]):
        k = vote.plot[0, m]
        vote.taken[m, 0], vote.taken[m, 1], vote.taken[m, 2] = k, -1, -1
        vote.row[m] = -1
        station, spread = vote.station[m], vote.station_covariance[m]
        for i in range(3):
            station[i] = leftovers.position_m[k, i] - tracks.formations.mean[g, i]
            station[i + 3] = 0.0
            for j in range(3):
                spread[i, j] = leftovers.covariance_m2[k, i, j]
                spread[i, j + 3] = spread[i + 3, j] = 0.0
                spread[i + 3, j + 3] = STATION_SPEED_SIGMA_M_S**2 if i == j else 0.0


@kernel
def _follow_on(plan: TrackingPlan, tracks: Tracks, scratch: Scratch, g: int, scan: int) -> None:
    """Let the members take the plots of a later scan."""
    settings, formations, vote = plan.settings, tracks.formations, scratch.vote
    work, imm = scratch.formations, scratch.predictions.work
    dt_s = vote.time_s[scan] - formations.time_s[g]
    predict_formation(settings, formations, g, dt_s, work, imm)
    for m in range(vote.n_plot[0]):
        station, spread = vote.station[m], vote.station_covariance[m]
        predict_station(settings, formations.mean[g], station, spread, dt_s)
    _pair(plan, tracks, scratch, g, scan)
    leftovers, answer = tracks.leftovers, scratch.assignment.row_column
    for m in range(vote.n_plot[0]):
        if answer[m] >= 0:
            k = vote.plot[scan, answer[m]]
            vote.taken[m, scan] = k
            z, R = leftovers.position_m[k], leftovers.covariance_m2[k]
            station, spread = vote.station[m], vote.station_covariance[m]
            contribute(work, g, station, spread, z, R, imm.filter)
    correct_formation(formations, g, work, imm.filter)
    for m in range(vote.n_plot[0]):
        k = vote.taken[m, scan]
        if k >= 0:
            z, R = leftovers.position_m[k], leftovers.covariance_m2[k]
            station, spread = vote.station[m], vote.station_covariance[m]
            correct_station(work, g, station, spread, z, R, imm.filter)


@kernel
def _pair(plan: TrackingPlan, tracks: Tracks, scratch: Scratch, g: int, scan: int) -> None:
    """Pair members with the plots of a later scan; the answer is in the assignment."""
    settings, vote, leftovers = plan.settings, scratch.vote, tracks.leftovers
    clear_pairs(scratch.pairs)
    for m in range(vote.n_plot[0]):
        _write_member_state(tracks, vote, g, m)
        for q in range(vote.n_plot[scan]):
            k = vote.plot[scan, q]
            z, R = leftovers.position_m[k], leftovers.covariance_m2[k]
            d2, det = distance(vote.mean, vote.covariance, z, R, 0.0, settings.gate)
            if d2 < settings.gate:
                density = math.exp(-0.5 * d2) / math.sqrt((2.0 * math.pi) ** 3 * det)
                seen = plan.sensors.detection_probability[leftovers.sensor[k]] * NEW_EXISTENCE
                ratio = seen * density / (leftovers.clutter_m3[k] * (1.0 - seen))
                add_pair(scratch.pairs, q, -math.log(ratio))
        end_row(scratch.pairs)
    assign(scratch.pairs, vote.n_plot[scan], scratch.assignment)


@kernel
def _write_member_state(tracks: Tracks, vote: VoteWork, g: int, m: int) -> None:
    """Write the state of a member at its station."""
    formations = tracks.formations
    for i in range(6):
        vote.mean[i] = formations.mean[g, i] + vote.station[m, i]
        for j in range(6):
            vote.covariance[i, j] = formations.covariance[g, i, j]
            vote.covariance[i, j] += vote.station_covariance[m, i, j]


@kernel
def _count_members(vote: VoteWork) -> int:
    """Return how many plots of the first scan have a successor."""
    n = 0
    for m in range(vote.n_plot[0]):
        if vote.taken[m, 1] >= 0 or vote.taken[m, 2] >= 0:
            n += 1
    return n


@kernel
def _enter(
    plan: TrackingPlan, tracks: Tracks, vote: VoteWork, g: int, m: int, events: Events
) -> None:
    """Make a track that held a plot of a member that member."""
    row, leftovers = vote.row[m], tracks.leftovers
    _write_member_state(tracks, vote, g, m)
    copy_state(
        vote.station[m],
        vote.station_covariance[m],
        tracks.station[row],
        tracks.station_covariance[row],
    )
    copy_state(vote.mean, vote.covariance, tracks.mean[row], tracks.covariance[row])
    tracks.time_s[row] = tracks.formations.time_s[g]
    enrol(plan.settings, tracks, row, g)
    begin_models(plan.settings, vote.mean, vote.covariance, models_of(tracks, row))
    believe_in_station(tracks, row, BORN)
    tracks.existence[row] = NEW_EXISTENCE
    if tracks.status[row] == TrackStatus.TENTATIVE:
        now_s = vote.time_s[2]
        confirm(tracks, row, now_s, leftovers.sensor[vote.plot[0, 0]], events)


@kernel
def is_held(tracks: Tracks, leftovers: Leftovers, k: int) -> bool:
    """Tell whether the track that took a leftover plot is alive, and in no formation."""
    row = leftovers.holder[k]
    return bool(
        row >= 0
        and tracks.alive[row]
        and tracks.track_id[row] == leftovers.holder_id[k]
        and tracks.formation[row] < 0
    )


@kernel
def _hand_over(tracks: Tracks, vote: VoteWork, events: Events) -> None:
    """Drop the other tracks that held plots of the members; forget those plots."""
    leftovers = tracks.leftovers
    for m in range(vote.n_plot[0]):
        if vote.taken[m, 1] < 0 and vote.taken[m, 2] < 0:
            continue
        for scan in range(SCANS):
            k = vote.taken[m, scan]
            if k < 0:
                continue
            if is_held(tracks, leftovers, k):
                drop(tracks, leftovers.holder[k], vote.time_s[2], events)
            leftovers.time_s[k] = -math.inf
