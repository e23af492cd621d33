"""Stations: formations in a common motion, each member at its place in it.

A formation has a state of its own, with the models of any track; a member keeps an offset from
it, its station, with a filter of its own. All members' plots together tell how the formation
moves, and each against their mean where its member stands: so mean and stations stay nearly
independent, and no plot counts twice.

Source: compare Koch, Bayesian approach to extended object and cluster tracking using random
matrices, IEEE Trans. AES 44(3), 2008, for the idea of a common motion; mean and residuals of
a sample are independent (Gauss).
Assumes: members keep their stations but for a white acceleration; formations do not rotate.
"""

import math

from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.tracking.filter import FilterWork, invert, spread_in_time, update
from bartizan.tracking.gate import near
from bartizan.tracking.imm import (
    ImmWork,
    Mixture,
    blend,
    copy_mixture,
    correct,
    mixture_at,
    models_of,
    predict,
)
from bartizan.tracking.plan import Settings
from bartizan.tracking.scratch import FormationWork, Scratch
from bartizan.tracking.tracks import FORMATION_MIN, Formations, Model, Tracks


@kernel
def models_of_formation(formations: Formations, g: int) -> Mixture:
    """Return the models of a formation, as views."""
    return Mixture(
        formations.model_probability[g],
        formations.model_mean[g],
        formations.model_covariance[g],
    )


@kernel
def list_members(tracks: Tracks, work: FormationWork) -> None:
    """Chain the members of each formation, and count them."""
    formations = tracks.formations
    for g in range(formations.alive.shape[0]):
        formations.n_member[g] = 0
        work.first[g] = -1
        work.is_seen[g] = False
    for row in range(tracks.alive.shape[0]):
        g = tracks.formation[row]
        if g < 0 or not tracks.alive[row]:
            continue
        work.next[row] = work.first[g]
        work.first[g] = row
        formations.n_member[g] += 1


@kernel
def see_formations(settings: Settings, tracks: Tracks, scratch: Scratch) -> int:
    """Predict the formations that plots of the batch lie near; return how many those are."""
    formations, work, n_seen = tracks.formations, scratch.formations, 0
    for g in range(formations.alive.shape[0]):
        if not formations.alive[g]:
            continue
        t_s = _seen_s(settings, tracks, g, scratch)
        if t_s < math.inf:
            work.is_seen[g] = True
            n_seen += 1
            dt_s = max(t_s - formations.time_s[g], 0.0)
            predict_formation(settings, formations, g, dt_s, work, scratch.predictions.work)
            row = work.first[g]
            while row >= 0:
                station, spread = tracks.station[row], tracks.station_covariance[row]
                predict_station(settings, formations.mean[g], station, spread, dt_s)
                row = work.next[row]
    return n_seen


@kernel
def _seen_s(settings: Settings, tracks: Tracks, g: int, scratch: Scratch) -> float:
    """Return the time of the first plot where the formation is; infinity: none."""
    formations, batch = tracks.formations, scratch.batch
    mean, P = formations.mean[g], formations.covariance[g]
    dt_s = batch.time_s[batch.size[0] // 2] - formations.time_s[g]
    sigma2 = P[0, 0] + P[1, 1] + P[2, 2] + dt_s * dt_s * (P[3, 3] + P[4, 4] + P[5, 5])
    radius_m = _extent_m(tracks, g, scratch.formations) + settings.formation_spacing_m
    radius_m += math.sqrt(settings.gate * sigma2)
    x, y, z = mean[0] + dt_s * mean[3], mean[1] + dt_s * mean[4], mean[2] + dt_s * mean[5]
    n = near(scratch.grid, batch.position_m, batch.size[0], x, y, z, radius_m, scratch.found)
    first_s = math.inf
    for k in range(n):
        first_s = min(first_s, batch.time_s[scratch.found[k]])
    return first_s


@kernel
def _extent_m(tracks: Tracks, g: int, work: FormationWork) -> float:
    """Return how far from the middle the farthest member stands."""
    farthest2, row = 0.0, work.first[g]
    while row >= 0:
        o = tracks.station[row]
        farthest2 = max(farthest2, o[0] * o[0] + o[1] * o[1] + o[2] * o[2])
        row = work.next[row]
    return math.sqrt(farthest2)


@kernel
def predict_formation(
    settings: Settings,
    formations: Formations,
    g: int,
    dt_s: float,
    work: FormationWork,
    imm: ImmWork,
) -> None:
    """Advance a formation by ``dt_s`` >= 0; its models before any plot stay in ``work``."""
    mean, covariance = formations.mean[g], formations.covariance[g]
    prior, models = mixture_at(work.prior, g), models_of_formation(formations, g)
    predict(settings, models, mean, dt_s, prior, imm)
    copy_mixture(prior, models)
    blend(models, mean, covariance)
    formations.time_s[g] += dt_s
    for i in range(3):
        work.middle_m[g, i] = mean[i]
    clear_sums(work, g)


@kernel
def predict_station(
    settings: Settings, mean: Floats, station: Floats, spread: Floats, dt_s: float
) -> None:
    """Advance a station (6,), (6, 6) of a formation with state ``mean`` in place."""
    noise, climb_noise = settings.station_noise_m2_s3, settings.station_climb_noise_m2_s3
    spread_in_time(mean, spread, dt_s, noise, climb_noise)
    for i in range(3):
        station[i] += dt_s * station[i + 3]


@kernel
def write_station_state(tracks: Tracks, row: int, mean: Floats, covariance: Floats) -> None:
    """Write the state of a member that keeps its station, at its formation's time."""
    formations, g = tracks.formations, tracks.formation[row]
    for i in range(6):
        mean[i] = formations.mean[g, i] + tracks.station[row, i]
        for j in range(6):
            covariance[i, j] = formations.covariance[g, i, j]
            covariance[i, j] += tracks.station_covariance[row, i, j]


@kernel
def clear_sums(work: FormationWork, g: int) -> None:
    """Forget what plots told of a formation."""
    work.n_plot[g] = 0
    for i in range(3):
        work.weighted[g, i] = 0.0
        for j in range(3):
            work.weight[g, i, j] = 0.0


@kernel
def contribute(
    work: FormationWork,
    g: int,
    station: Floats,
    spread: Floats,
    z: Floats,
    R: Floats,
    filter_work: FilterWork,
) -> None:
    """Let a member's plot tell where the middle of its formation is."""
    S, W = filter_work.spread, filter_work.inverse
    for i in range(3):
        for j in range(3):
            S[i, j] = R[i, j] + spread[i, j]
    invert(S, W)
    for i in range(3):
        for j in range(3):
            aside = z[j] - station[j] - work.middle_m[g, j]
            work.weight[g, i, j] += W[i, j]
            work.weighted[g, i] += W[i, j] * aside
    work.n_plot[g] += 1


@kernel
def correct_formation(
    formations: Formations, g: int, work: FormationWork, filter_work: FilterWork
) -> None:
    """Take what its plots told into a formation as it was predicted."""
    prior, models = mixture_at(work.prior, g), models_of_formation(formations, g)
    if work.n_plot[g] == 0:
        copy_mixture(prior, models)
    else:
        R, z = work.spread, work.measured_m[g]
        invert(work.weight[g], R)
        for i in range(3):
            z[i] = work.middle_m[g, i]
            for j in range(3):
                z[i] += R[i, j] * work.weighted[g, j]
        correct(prior, z, R, 0.0, models, filter_work)
    blend(models, formations.mean[g], formations.covariance[g])


@kernel
def correct_station(
    work: FormationWork,
    g: int,
    station: Floats,
    spread: Floats,
    z: Floats,
    R: Floats,
    filter_work: FilterWork,
) -> None:
    """Take a member's plot, against the mean of all, into its station."""
    n = work.n_plot[g]
    if n < 2:
        return
    own, own_spread = work.own_m, work.spread
    for i in range(3):
        own[i] = z[i] - work.measured_m[g, i]
        for j in range(3):
            own_spread[i, j] = R[i, j] * (1.0 - 1.0 / n)
    update(station, spread, own, own_spread, 0.0, station, spread, filter_work)


@kernel
def leave_formation(tracks: Tracks, row: int) -> None:
    """Let a track be no member any more."""
    models, share = models_of(tracks, row), tracks.model_probability[row]
    own = 1.0 - share[Model.STATION]
    tracks.formation[row] = -1
    if own <= 0.0:
        return
    for model in range(Model.STATION):
        share[model] /= own
    share[Model.STATION] = 0.0
    blend(models, tracks.mean[row], tracks.covariance[row])


@kernel
def end_formation(formations: Formations, g: int) -> None:
    """Free the row of a formation."""
    formations.alive[g] = False
    formations.n_alive[0] -= 1


@kernel
def dissolve_small(tracks: Tracks, work: FormationWork) -> None:
    """Dissolve the formations that have too few members left."""
    formations = tracks.formations
    for g in range(formations.alive.shape[0]):
        if formations.alive[g] and formations.n_member[g] < FORMATION_MIN:
            end_formation(formations, g)
            work.is_seen[g] = False
    for row in range(tracks.alive.shape[0]):
        g = tracks.formation[row]
        if g >= 0 and not formations.alive[g]:
            leave_formation(tracks, row)
