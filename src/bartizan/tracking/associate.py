"""Association: which plot of a batch belongs to which track.

All plots are offered to all tracks at once, tentative ones included: global nearest
neighbour, the assignment of the greatest likelihood ratio of "these plots are those tracks" to
"they are false alarms".

Source: Blackman and Popoli, Design and Analysis of Modern Tracking Systems, 1999, ch. 6;
Mušicki and Evans, Joint integrated probabilistic data association, IEEE Trans. AES 40(3), 2004
(existence probability in the ratio).
"""

import math

from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.tracking.assignment import add_pair, assign, clear_pairs, end_row
from bartizan.tracking.batch import Batch
from bartizan.tracking.candidates import add_candidate, clear_candidates, end_track
from bartizan.tracking.filter import distance
from bartizan.tracking.gate import fill, near
from bartizan.tracking.imm import likelihood, mixture_at, model_noise
from bartizan.tracking.motion import extrapolated
from bartizan.tracking.plan import Settings
from bartizan.tracking.scratch import Scratch
from bartizan.tracking.state import comparison_s, predict_state
from bartizan.tracking.stations import (
    clear_sums,
    contribute,
    correct_formation,
    correct_station,
    list_members,
    see_formations,
    write_station_state,
)
from bartizan.tracking.tracks import N_MODEL, N_OWN, Model, Tracks

CELL_M = 4000.0
FAITHFUL = 0.5  # a likelier member tells how its formation moves
# a sensor sees a track once a scan, so that two plots of one sensor are this far apart
SCAN_MIN = 0.5


@kernel
def associate(settings: Settings, tracks: Tracks, scratch: Scratch) -> None:
    """Pair the batch's plots left over with tracks.

    The answer: ``pair_row`` are the tracks that are rows of the scratch's assignment, places
    of the batch its columns. Where formations are seen there are two passes: the plots of the
    first tell how each formation moves, and so where its members are to be in the second.
    """
    batch, work = scratch.batch, scratch.formations
    fill(scratch.grid, batch.position_m, batch.size[0], CELL_M)
    n_seen = 0
    if tracks.formations.n_alive[0] > 0:
        list_members(tracks, work)
        n_seen = see_formations(settings, tracks, scratch)
        _predict_members(settings, tracks, scratch)
    _find_candidates(settings, tracks, scratch)
    _weigh(settings, tracks, scratch)
    if n_seen == 0:
        return
    _correct_formations(settings, tracks, scratch)
    _expect_stations(tracks, scratch)
    _weigh(settings, tracks, scratch)
    _correct_formations(settings, tracks, scratch)
    _correct_stations(settings, tracks, scratch)


@kernel
def _predict_members(settings: Settings, tracks: Tracks, scratch: Scratch) -> None:
    """Predict the members of the formations seen to the formations' times."""
    formations, predictions = tracks.formations, scratch.predictions
    for row in range(tracks.alive.shape[0]):
        g = tracks.formation[row]
        if g < 0 or not tracks.alive[row] or not scratch.formations.is_seen[g]:
            continue
        predictions.time_s[row] = math.nan
        predict_state(settings, tracks, row, formations.time_s[g], predictions)
    _expect_stations(tracks, scratch)


@kernel
def _expect_stations(tracks: Tracks, scratch: Scratch) -> None:
    """Predict that members of the formations seen keep their stations."""
    models = scratch.predictions.models
    for row in range(tracks.alive.shape[0]):
        g = tracks.formation[row]
        if g >= 0 and tracks.alive[row] and scratch.formations.is_seen[g]:
            mean, covariance = models.mean[row], models.covariance[row]
            write_station_state(tracks, row, mean[Model.STATION], covariance[Model.STATION])


@kernel
def _correct_formations(settings: Settings, tracks: Tracks, scratch: Scratch) -> None:
    """Let the plots assigned to members tell how the formations move."""
    formations, work = tracks.formations, scratch.formations
    filter_work = scratch.predictions.work.filter
    for g in range(formations.alive.shape[0]):
        if work.is_seen[g]:
            clear_sums(work, g)
    for k in range(scratch.pairs.size[0]):
        row, place = scratch.pair_row[k], scratch.assignment.row_column[k]
        if _contributes(settings, tracks, row, place, scratch):
            station, spread = tracks.station[row], tracks.station_covariance[row]
            z, R = scratch.batch.position_m[place], scratch.batch.covariance_m2[place]
            contribute(work, tracks.formation[row], station, spread, z, R, filter_work)
    for g in range(formations.alive.shape[0]):
        if work.is_seen[g]:
            correct_formation(formations, g, work, filter_work)


@kernel
def _correct_stations(settings: Settings, tracks: Tracks, scratch: Scratch) -> None:
    """Let the plots that contributed tell where the members stand."""
    filter_work = scratch.predictions.work.filter
    for k in range(scratch.pairs.size[0]):
        row, place = scratch.pair_row[k], scratch.assignment.row_column[k]
        if _contributes(settings, tracks, row, place, scratch):
            g, station = tracks.formation[row], tracks.station[row]
            spread = tracks.station_covariance[row]
            z, R = scratch.batch.position_m[place], scratch.batch.covariance_m2[place]
            correct_station(scratch.formations, g, station, spread, z, R, filter_work)


@kernel
def _contributes(
    settings: Settings, tracks: Tracks, row: int, place: int, scratch: Scratch
) -> bool:
    """Tell whether a plot tells of a formation: a faithful member has it, at its station.

    The state at the station is that of the predictions, which do not change in between.
    """
    if place < 0 or tracks.formation[row] < 0:
        return False
    models = mixture_at(scratch.predictions.models, row)
    if models.probability[Model.STATION] <= FAITHFUL:
        return False
    z, R = scratch.batch.position_m[place], scratch.batch.covariance_m2[place]
    mean, covariance = models.mean[Model.STATION], models.covariance[Model.STATION]
    return bool(distance(mean, covariance, z, R, 0.0, settings.gate)[0] < settings.gate)


@kernel
def _find_candidates(settings: Settings, tracks: Tracks, scratch: Scratch) -> None:
    """List the plots that could be each track's."""
    batch, candidates = scratch.batch, scratch.candidates
    clear_candidates(candidates)
    middle_s, half_s, sigma2_m2 = _extent(batch)
    for row in range(tracks.alive.shape[0]):
        g = tracks.formation[row]
        if not tracks.alive[row] or (g >= 0 and not scratch.formations.is_seen[g]):
            continue
        dt_s = middle_s - tracks.time_s[row]
        x, y, z, vx, vy, vz = extrapolated(tracks.mean[row], dt_s)
        farthest_s = abs(dt_s) + half_s
        radius_m = _reach_m(settings, tracks, row, farthest_s, sigma2_m2)
        radius_m += half_s * math.sqrt(vx * vx + vy * vy + vz * vz)
        n_near = near(
            scratch.grid, batch.position_m, batch.size[0], x, y, z, radius_m, scratch.found
        )
        if n_near > 0:
            _compare(settings, tracks, row, n_near, scratch)
            end_track(candidates, row)


@kernel
def _weigh(settings: Settings, tracks: Tracks, scratch: Scratch) -> None:
    """Find the assignment of the candidates with the greatest likelihood ratio."""
    candidates, batch, n_row = scratch.candidates, scratch.batch, 0
    clear_pairs(scratch.pairs)
    for k in range(candidates.size[0]):
        row, before = candidates.row[k], scratch.pairs.size[1]
        seen = tracks.existence[row] * batch.detection_probability[0]
        for e in range(candidates.first[k], candidates.first[k + 1]):
            place, density = candidates.place[e], candidates.density[e]
            if tracks.formation[row] >= 0:
                density += _station_density(settings, row, place, scratch)
            if density > 0.0:
                ratio = seen * density / (batch.clutter_m3[place] * (1.0 - seen))
                add_pair(scratch.pairs, place, -math.log(ratio))
        if scratch.pairs.size[1] > before:
            end_row(scratch.pairs)
            scratch.pair_row[n_row] = row
            n_row += 1
    assign(scratch.pairs, batch.size[0], scratch.assignment)


@kernel
def _station_density(settings: Settings, row: int, place: int, scratch: Scratch) -> float:
    """Return the density of a plot if a member kept its station, times how likely it does."""
    batch, predictions = scratch.batch, scratch.predictions
    models = mixture_at(predictions.models, row)
    z, R = batch.position_m[place], batch.covariance_m2[place]
    late_s = batch.time_s[place] - predictions.time_s[row]
    return likelihood(models, Model.STATION, N_MODEL, z, R, late_s, settings.gate)


@kernel
def _extent(batch: Batch) -> tuple[float, float, float]:
    """Return the batch's middle time, half its duration and its greatest variance [m2]."""
    half_s = 0.5 * (batch.time_s[batch.size[0] - 1] - batch.time_s[0])
    greatest = 0.0
    for place in range(batch.size[0]):
        R = batch.covariance_m2[place]
        greatest = max(greatest, R[0, 0] + R[1, 1] + R[2, 2])
    return batch.time_s[0] + half_s, half_s, greatest


@kernel
def _reach_m(
    settings: Settings, tracks: Tracks, row: int, dt_s: float, sigma2_m2: float
) -> float:
    """Return a radius beyond which no plot within ``dt_s`` is in the gate of any model."""
    farthest, widest = 0.0, 0.0
    for model in range(N_MODEL):
        if tracks.model_probability[row, model] == 0.0:
            continue
        mean, P = tracks.model_mean[row, model], tracks.model_covariance[row, model]
        farthest = max(farthest, _apart_m(mean, tracks.mean[row], dt_s))
        # the trace of F P F' is at most (sqrt(trace of P) + dt sqrt(trace of V)) squared
        here = math.sqrt(P[0, 0] + P[1, 1] + P[2, 2])
        speed = math.sqrt(P[3, 3] + P[4, 4] + P[5, 5])
        widest = max(widest, (here + dt_s * speed) ** 2)
    # mixing moves no mean farther out than the farthest, and adds at most its square
    noise, climb_noise = model_noise(settings, Model.LEFT, dt_s)
    widest += (2.0 * noise + climb_noise) * dt_s**3 / 3.0 + farthest * farthest
    v = tracks.mean[row, 3:]
    aside_m = 0.5 * settings.turn_acceleration_m_s2 * dt_s * dt_s
    most_m = 2.0 * dt_s * math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2])
    return farthest + min(aside_m, most_m) + math.sqrt(settings.gate * (widest + sigma2_m2))


@kernel
def _apart_m(mean: Floats, other: Floats, dt_s: float) -> float:
    """Return how far apart two states are at most within ``dt_s``."""
    here2, speed2 = 0.0, 0.0
    for i in range(3):
        here2 += (mean[i] - other[i]) ** 2
        speed2 += (mean[i + 3] - other[i + 3]) ** 2
    return math.sqrt(here2) + dt_s * math.sqrt(speed2)


@kernel
def _compare(
    settings: Settings, tracks: Tracks, row: int, n_near: int, scratch: Scratch
) -> None:
    """Add the candidates of one track among the places in ``found``."""
    batch, predictions = scratch.batch, scratch.predictions
    models, is_member = mixture_at(predictions.models, row), tracks.formation[row] >= 0
    for k in range(n_near):
        place = scratch.found[k]
        if not _is_eligible(settings, tracks, row, batch, place):
            continue
        if not is_member:
            at_s = comparison_s(batch.time_s[place])
            predict_state(settings, tracks, row, at_s, predictions)
        z, R = batch.position_m[place], batch.covariance_m2[place]
        late_s = batch.time_s[place] - predictions.time_s[row]
        density = likelihood(models, 0, N_OWN, z, R, late_s, settings.gate)
        if is_member or density > 0.0:
            add_candidate(scratch.candidates, place, density)


@kernel
def _is_eligible(
    settings: Settings, tracks: Tracks, row: int, batch: Batch, place: int
) -> bool:
    """Tell whether a track may take a plot: not taken, another scan, no other name."""
    t_s = batch.time_s[place]
    if batch.holder[place] >= 0:
        return False
    if t_s - tracks.seen_s[row, batch.sensor[0]] < SCAN_MIN * batch.scan_period_s[0]:
        return False
    if batch.address[place] >= 0 and tracks.address[row] >= 0:
        return False
    if batch.code[place] >= 0 and 0 <= tracks.code[row] != batch.code[place]:
        return False
    way_m = settings.speed_max_m_s * abs(t_s - tracks.time_s[row])
    z, R = batch.position_m[place], batch.covariance_m2[place]
    return _is_reachable(settings, tracks.mean[row], tracks.covariance[row], z, R, way_m)


@kernel
def _is_reachable(
    settings: Settings, mean: Floats, covariance: Floats, z: Floats, R: Floats, way_m: float
) -> bool:
    """Tell whether a plot is no farther than ``way_m`` from a state, errors allowed for."""
    far2_m2, sigma2_m2 = 0.0, 0.0
    for i in range(3):
        far2_m2 += (z[i] - mean[i]) ** 2
        sigma2_m2 += R[i, i] + covariance[i, i]
    return bool(far2_m2 <= (way_m + math.sqrt(settings.gate * sigma2_m2)) ** 2)
