"""Association: which plot of a batch belongs to which track.

Position reports go to the track of their address first. All other plots are offered to all
tracks at once, tentative ones included: global nearest neighbour, the assignment of the
greatest likelihood ratio of "these plots are those tracks" to "they are false alarms".

Source: Blackman and Popoli, Design and Analysis of Modern Tracking Systems, 1999, ch. 6;
Mušicki and Evans, Joint integrated probabilistic data association, IEEE Trans. AES 40(3), 2004
(existence probability in the ratio).
"""

import math

from bartizan.kernel import kernel
from bartizan.sense.plots import Plots
from bartizan.tracking.assignment import add_pair, assign, clear_pairs, end_row
from bartizan.tracking.gate import fill, near
from bartizan.tracking.imm import likelihood, mixture_at, model_noise
from bartizan.tracking.lifecycle import predict_track
from bartizan.tracking.motion import predicted
from bartizan.tracking.plan import Sensors, Settings
from bartizan.tracking.scratch import Scratch
from bartizan.tracking.tracks import N_MODEL, Model, Tracks

CELL_M = 4000.0
# a sensor sees a track once a scan, so that two plots of one sensor are this far apart
SCAN_MIN = 0.5


@kernel
def associate(
    sensors: Sensors, settings: Settings, plots: Plots, tracks: Tracks, scratch: Scratch
) -> None:
    """Pair the batch's plots left over with tracks: fill pairs, tracks and assignment."""
    n_plot = scratch.n_plot[0]
    clear_pairs(scratch.pairs)
    fill(scratch.grid, scratch.position_m, n_plot, CELL_M)
    middle_s, half_s, sigma2_m2 = _extent(plots, scratch)
    n_row = 0
    for row in range(tracks.alive.shape[0]):
        if not tracks.alive[row]:
            continue
        dt_s = max(middle_s - tracks.time_s[row], 0.0)
        x, y, z, vx, vy, vz = predicted(tracks, row, middle_s)
        radius_m = _reach_m(settings, tracks, row, dt_s, sigma2_m2)
        radius_m += half_s * math.sqrt(vx * vx + vy * vy + vz * vz)
        n_near = near(
            scratch.grid, scratch.position_m, n_plot, x, y, z, radius_m, scratch.found
        )
        if n_near > 0:
            before = scratch.pairs.size[1]
            _offer(sensors, settings, plots, tracks, row, n_near, scratch)
            if scratch.pairs.size[1] > before:
                end_row(scratch.pairs)
                scratch.pair_row[n_row] = row
                n_row += 1
    assign(scratch.pairs, n_plot, scratch.assignment)


@kernel
def _extent(plots: Plots, scratch: Scratch) -> tuple[float, float, float]:
    """Return the batch's middle time, half its duration and its greatest variance [m2]."""
    n_plot = scratch.n_plot[0]
    first_s = plots.time_s[scratch.plot[0]]
    half_s = 0.5 * (plots.time_s[scratch.plot[n_plot - 1]] - first_s)
    greatest = 0.0
    for k in range(n_plot):
        R = scratch.covariance_m2[k]
        greatest = max(greatest, R[0, 0] + R[1, 1] + R[2, 2])
    return first_s + half_s, half_s, greatest


@kernel
def _reach_m(
    settings: Settings, tracks: Tracks, row: int, dt_s: float, sigma2_m2: float
) -> float:
    """Return a radius beyond which no plot is inside the gate of any model."""
    widest = 0.0
    for model in range(N_MODEL):
        P = tracks.model_covariance[row, model]
        here = P[0, 0] + P[1, 1] + P[2, 2]
        speed = P[3, 3] + P[4, 4] + P[5, 5]
        # the trace of F P F' is at most (sqrt(trace of P) + dt sqrt(trace of V)) squared
        widest = max(widest, (math.sqrt(here) + dt_s * math.sqrt(speed)) ** 2)
    noise, climb_noise = model_noise(settings, Model.AGILE, dt_s)
    widest += (2.0 * noise + climb_noise) * dt_s**3 / 3.0
    return math.sqrt(settings.gate * (widest + sigma2_m2))


@kernel
def _offer(
    sensors: Sensors,
    settings: Settings,
    plots: Plots,
    tracks: Tracks,
    row: int,
    n_near: int,
    scratch: Scratch,
) -> None:
    """Add the pairs of one track with the places in ``found`` that its gate admits."""
    models = mixture_at(scratch.predicted, row)
    is_predicted = False
    for k in range(n_near):
        place = scratch.found[k]
        if not _is_eligible(sensors, settings, plots, tracks, row, place, scratch):
            continue
        t_s = plots.time_s[scratch.plot[place]]
        if not is_predicted:
            predict_track(settings, tracks, row, t_s, scratch)
            is_predicted = True
        z, R = scratch.position_m[place], scratch.covariance_m2[place]
        late_s = t_s - scratch.predicted_s[row]
        distance2, density = likelihood(models, z, R, late_s, settings.gate)
        if distance2 < settings.gate:
            seen = tracks.existence[row] * scratch.detection_probability[place]
            ratio = seen * density / (scratch.clutter_m3[place] * (1.0 - seen))
            add_pair(scratch.pairs, place, -math.log(ratio))


@kernel
def _is_eligible(
    sensors: Sensors,
    settings: Settings,
    plots: Plots,
    tracks: Tracks,
    row: int,
    place: int,
    scratch: Scratch,
) -> bool:
    """Tell whether a track may take a plot: not taken, another scan, no other address."""
    if scratch.is_taken[place]:
        return False
    plot = scratch.plot[place]
    t_s, s = plots.time_s[plot], plots.sensor[plot]
    if t_s - tracks.seen_s[row, s] < SCAN_MIN * sensors.scan_period_s[s]:
        return False
    if plots.address[plot] >= 0 and tracks.address[row] >= 0:
        return False
    return _is_reachable(settings, tracks, row, place, t_s, scratch)


@kernel
def _is_reachable(
    settings: Settings, tracks: Tracks, row: int, place: int, t_s: float, scratch: Scratch
) -> bool:
    """Tell whether the way from the track's last place is possible, errors allowed for."""
    far2_m2, sigma2_m2 = 0.0, 0.0
    for i in range(3):
        far2_m2 += (scratch.position_m[place, i] - tracks.mean[row, i]) ** 2
        sigma2_m2 += scratch.covariance_m2[place, i, i] + tracks.covariance[row, i, i]
    reach_m = settings.speed_max_m_s * abs(t_s - tracks.time_s[row])
    return bool(far2_m2 <= (reach_m + math.sqrt(settings.gate * sigma2_m2)) ** 2)


@kernel
def _slot(scratch: Scratch, address: int) -> int:
    """Return the first slot of an address; the low bits of a product spread it."""
    return int((((address & 0x3FFFFFFF) * 40503) >> 8) & (scratch.address_slot.shape[0] - 1))


@kernel
def list_addresses(tracks: Tracks, scratch: Scratch) -> None:
    """Enter all tracks with an address into the hashed list."""
    scratch.address_slot[:] = -1
    for row in range(tracks.alive.shape[0]):
        if tracks.alive[row] and tracks.address[row] >= 0:
            slot = _slot(scratch, tracks.address[row])
            while scratch.address_slot[slot] >= 0:
                slot = (slot + 1) & (scratch.address_slot.shape[0] - 1)
            scratch.address_slot[slot] = row


@kernel
def track_of_address(tracks: Tracks, address: int, scratch: Scratch) -> int:
    """Return the row of the track with an address; -1: none."""
    slot = _slot(scratch, address)
    while scratch.address_slot[slot] >= 0:
        row = scratch.address_slot[slot]
        if tracks.address[row] == address:
            return int(row)
        slot = (slot + 1) & (scratch.address_slot.shape[0] - 1)
    return -1
