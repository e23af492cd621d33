"""Muster: who joins a formation, who leaves it, who is born into one, who founds one."""

import math

from bartizan.arrays import Floats
from bartizan.events import Events
from bartizan.kernel import kernel
from bartizan.tracking.gate import near
from bartizan.tracking.imm import copy_state, models_of
from bartizan.tracking.lifecycle import confirm, start_track
from bartizan.tracking.plan import Settings
from bartizan.tracking.scratch import Scratch
from bartizan.tracking.state import begin_models, first_guess
from bartizan.tracking.stations import dissolve_small, leave_formation, models_of_formation
from bartizan.tracking.tracks import Formations, Model, Tracks, TrackStatus

UNFAITHFUL = 0.05  # a member less likely at its station leaves
JOINING = 0.5  # probability that one who joins keeps its station
BORN = 0.9  # and one who is born there, and that it is an object
STATION_SPEED_SIGMA_M_S = 5.0
FADING = 0.7  # a scan, of what is remembered of births and losses
STREAM_SPACINGS, STREAM_RATIO = 4.0, 3.0  # plots so far around are no more times the near
JOIN_HITS = 4  # plots of a track that may join


@kernel
def part(settings: Settings, tracks: Tracks, scratch: Scratch) -> None:
    """Let the unfaithful leave, and dissolve what is left too small."""
    formations = tracks.formations
    for row in range(tracks.alive.shape[0]):
        g = tracks.formation[row]
        if g >= 0 and tracks.model_probability[row, Model.STATION] < UNFAITHFUL:
            leave_formation(tracks, row)
            formations.n_member[g] -= 1
    for g in range(formations.alive.shape[0]):
        if formations.alive[g] and scratch.formations.is_seen[g]:
            if min(formations.born[g], formations.lost[g]) > settings.slip_members:
                _forget_motion(settings, tracks, g)
            formations.born[g] *= FADING
            formations.lost[g] *= FADING
    dissolve_small(tracks, scratch.formations)


@kernel
def _forget_motion(settings: Settings, tracks: Tracks, g: int) -> None:
    """Let all members start anew where they are.

    A formation begun with a velocity wrong by one spacing a scan finds plots for most of its
    members for ever: it loses those behind and bears new ones in front.
    """
    tracks.formations.n_member[g] = 0
    for row in range(tracks.alive.shape[0]):
        if tracks.formation[row] != g or not tracks.alive[row]:
            continue
        leave_formation(tracks, row)
        tracks.hits[row] = 0
        mean, covariance = tracks.mean[row], tracks.covariance[row]
        first_guess(settings, mean, covariance, mean, covariance)
        begin_models(settings, mean, covariance, models_of(tracks, row))


@kernel
def bear(
    settings: Settings, tracks: Tracks, row: int, scratch: Scratch, place: int, events: Events
) -> bool:
    """Start a member in the free ``row`` from a plot near another one; False: none is near."""
    g = formation_near(settings, tracks, scratch, place, -1)
    if g < 0 or _is_in_stream(settings, scratch, place):
        return False
    batch, formations = scratch.batch, tracks.formations
    start_track(settings, batch, place, tracks, row)
    R, P = batch.covariance_m2[place], formations.covariance[g]
    station, spread = tracks.station[row], tracks.station_covariance[row]
    for i in range(3):
        station[i], station[i + 3] = batch.position_m[place, i] - formations.mean[g, i], 0.0
        for j in range(3):
            spread[i, j] = R[i, j]
            spread[i, j + 3] = spread[i + 3, j] = 0.0
            spread[i + 3, j + 3] = STATION_SPEED_SIGMA_M_S**2 if i == j else 0.0
    enrol(settings, tracks, row, g)
    formations.born[g] += 1.0
    mean, covariance = tracks.mean[row], tracks.covariance[row]
    for i in range(3):
        mean[i + 3] = formations.mean[g, i + 3]
        for j in range(3):
            covariance[i + 3, j + 3] = P[i + 3, j + 3] + spread[i + 3, j + 3]
    begin_models(settings, mean, covariance, models_of(tracks, row))
    believe_in_station(tracks, row, BORN)
    tracks.existence[row] = BORN
    confirm(tracks, row, batch.time_s[place], batch.sensor[0], events)
    return True


@kernel
def enrol(settings: Settings, tracks: Tracks, row: int, g: int) -> None:
    """Make a track a member whose station is set."""
    tracks.formation[row] = g
    tracks.formations.n_member[g] += 1


@kernel
def believe_in_station(tracks: Tracks, row: int, probability: float) -> None:
    """Let the model of the station begin with a track's own state, and a probability."""
    models = models_of(tracks, row)
    for model in range(Model.STATION):
        models.probability[model] *= 1.0 - probability
    models.probability[Model.STATION] = probability
    mean, covariance = models.mean[Model.STATION], models.covariance[Model.STATION]
    copy_state(tracks.mean[row], tracks.covariance[row], mean, covariance)


@kernel
def formation_near(
    settings: Settings, tracks: Tracks, scratch: Scratch, place: int, row: int
) -> int:
    """Return the formation of the member nearest to a plot of the batch; -1: none is near.

    ``row`` is the track that has the plot; its velocity must be alike. -1: nobody has it.
    """
    n = _neighbours(settings, scratch, place)
    best, least2 = -1, math.inf
    z = scratch.batch.position_m[place]
    for k in range(n):
        other = scratch.batch.holder[scratch.found[k]]
        if other < 0 or tracks.formation[other] < 0:
            continue
        if not scratch.formations.is_seen[tracks.formation[other]]:
            continue
        if row >= 0 and not _is_alike(settings, tracks, row, other):
            continue
        d2 = 0.0
        for i in range(3):
            d2 += (tracks.mean[other, i] - z[i]) ** 2
        if d2 < least2:
            best, least2 = tracks.formation[other], d2
    return best


@kernel
def _near_plots(scratch: Scratch, place: int, reach_m: float) -> int:
    """Write the plots of the batch near one of them, itself too, to ``found``; count them."""
    batch, z = scratch.batch, scratch.batch.position_m[place]
    return near(
        scratch.grid, batch.position_m, batch.size[0], z[0], z[1], z[2], reach_m, scratch.found
    )


@kernel
def _neighbours(settings: Settings, scratch: Scratch, place: int) -> int:
    """Write the other plots where members may stand to ``found``; return how many."""
    batch, n_near, z = scratch.batch, 0, scratch.batch.position_m[place]
    n = _near_plots(scratch, place, settings.formation_spacing_m)
    for k in range(n):
        other = scratch.found[k]
        if other == place:
            continue
        if abs(_above_m(z, batch.position_m[other])) <= settings.formation_height_m:
            scratch.found[n_near] = other
            n_near += 1
    return n_near


@kernel
def _above_m(here: Floats, there: Floats) -> float:
    """Return how far a place is above another, nearby."""
    radius = math.sqrt(here[0] * here[0] + here[1] * here[1] + here[2] * here[2])
    up = 0.0
    for i in range(3):
        up += here[i] * (there[i] - here[i])
    return up / radius


@kernel
def _is_alike(settings: Settings, tracks: Tracks, row: int, other: int) -> bool:
    """Tell whether two tracks move alike."""
    apart2 = 0.0
    for i in range(3, 6):
        apart2 += (tracks.mean[row, i] - tracks.mean[other, i]) ** 2
    return bool(apart2 <= settings.formation_speed_m_s**2)


@kernel
def _may_join(tracks: Tracks, row: int) -> bool:
    return bool(
        row >= 0
        and tracks.alive[row]
        and tracks.formation[row] < 0
        and tracks.address[row] < 0
        and tracks.hits[row] >= JOIN_HITS
        and tracks.status[row] != TrackStatus.TENTATIVE
    )


@kernel
def join(settings: Settings, tracks: Tracks, scratch: Scratch) -> None:
    """Let tracks without a formation join one nearby, or found one with others like them."""
    batch = scratch.batch
    for place in range(batch.size[0]):
        row = batch.holder[place]
        if not _may_join(tracks, row) or _is_in_stream(settings, scratch, place):
            continue
        g = -1
        if tracks.formations.n_alive[0] > 0:
            g = formation_near(settings, tracks, scratch, place, row)
        if g >= 0:
            _take_station(settings, tracks, row, g)
        else:
            _found(settings, tracks, scratch, place, row)


@kernel
def _is_in_stream(settings: Settings, scratch: Scratch, place: int) -> bool:
    """Tell whether a plot of the batch has so many others around that no formation is apart.

    In a dense stream neighbours of neighbours never end: what moves alike there is no
    formation, and has no common motion.
    """
    n_near = _neighbours(settings, scratch, place) + 1
    n_around = _near_plots(scratch, place, STREAM_SPACINGS * settings.formation_spacing_m)
    return n_around > STREAM_RATIO * n_near


@kernel
def _take_station(settings: Settings, tracks: Tracks, row: int, g: int) -> None:
    """Let a track join a formation where it stands."""
    formations, dt_s = tracks.formations, tracks.time_s[row] - tracks.formations.time_s[g]
    for i in range(6):
        tracks.station[row, i] = tracks.mean[row, i] - formations.mean[g, i]
        if i < 3:
            tracks.station[row, i] -= dt_s * formations.mean[g, i + 3]
        for j in range(6):
            tracks.station_covariance[row, i, j] = tracks.covariance[row, i, j]
    enrol(settings, tracks, row, g)
    believe_in_station(tracks, row, JOINING)


@kernel
def _found(settings: Settings, tracks: Tracks, scratch: Scratch, place: int, row: int) -> None:
    """Found a formation of a track and its neighbours, if they are enough."""
    n, n_founder = _neighbours(settings, scratch, place), 0
    for k in range(n):
        other = scratch.batch.holder[scratch.found[k]]
        if _may_join(tracks, other) and _is_alike(settings, tracks, row, other):
            scratch.found[n_founder] = other
            n_founder += 1
    if n_founder + 1 < settings.formation_founders:
        return
    scratch.found[n_founder] = row
    n_founder += 1
    g = free_formation(tracks.formations)
    if g < 0:
        return
    _average(settings, tracks, scratch, n_founder, row, g)
    for k in range(n_founder):
        _take_station(settings, tracks, scratch.found[k], g)


@kernel
def free_formation(formations: Formations) -> int:
    """Return a free row of the table; -1: it is full."""
    for g in range(formations.alive.shape[0]):
        if not formations.alive[g]:
            return g
    return -1


@kernel
def _average(
    settings: Settings, tracks: Tracks, scratch: Scratch, n: int, first: int, g: int
) -> None:
    """Begin a formation with the mean of ``n`` tracks in ``found``."""
    formations, t_s = tracks.formations, tracks.time_s[first]
    mean, covariance = formations.mean[g], formations.covariance[g]
    for i in range(6):
        mean[i] = 0.0
        for j in range(6):
            covariance[i, j] = 0.0
    for k in range(n):
        row = scratch.found[k]
        for i in range(6):
            mean[i] += tracks.mean[row, i] / n
            if i < 3:
                mean[i] += (t_s - tracks.time_s[row]) * tracks.mean[row, i + 3] / n
            for j in range(6):
                covariance[i, j] += tracks.covariance[row, i, j] / (n * n)
    begin_formation(settings, formations, g, t_s)
    scratch.formations.is_seen[g] = True


@kernel
def begin_formation(settings: Settings, formations: Formations, g: int, t_s: float) -> None:
    """Begin a formation whose state is set."""
    formations.alive[g], formations.time_s[g], formations.n_member[g] = True, t_s, 0
    formations.n_alive[0] += 1
    formations.born[g] = formations.lost[g] = 0.0
    mean, covariance = formations.mean[g], formations.covariance[g]
    begin_models(settings, mean, covariance, models_of_formation(formations, g))
