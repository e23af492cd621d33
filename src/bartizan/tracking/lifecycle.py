"""The life of a track: started by a plot, confirmed, coasting, dropped.

Expected looks are counted without knowing where a beam is: a sensor looks at each place once
a scan, so that a track which its last sensor did not see again within one period (and the
grace of that sensor) has missed a look. The count therefore follows the sensor that sees the
track, whatever others with other periods see or miss. Where the last sensor no longer looks,
another that looks there takes its place; where none looks, nothing is missed and the track
ends after ``blind_s``.

Source: Sittler, An optimal data association problem in surveillance theory, IEEE Trans. MIL
8, 1964; Wald, Sequential Analysis, 1947 (confirmation by the likelihood ratio).
"""

import math

from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.sense.plots import IffReply
from bartizan.tracking.batch import Batch
from bartizan.tracking.coverage import looking_sensor
from bartizan.tracking.motion import extrapolated, position_sigma_m
from bartizan.tracking.plan import Settings, TrackingPlan
from bartizan.tracking.scratch import Predictions
from bartizan.tracking.state import begin_state, correct_state
from bartizan.tracking.tracks import Tracks, TrackStatus

SURE = 0.999  # existence of a track with three plots
DOUBTFUL = 0.5  # a track that less likely still is there may go on with another object
LOW_SIGMAS = 2.0  # below where it is expected, a track may well be


@kernel
def start_track(settings: Settings, batch: Batch, place: int, tracks: Tracks, row: int) -> None:
    """Start a tentative track in the free ``row`` from a plot that no track took."""
    begin_state(settings, batch, place, tracks, row)
    tracks.alive[row] = True
    tracks.track_id[row] = tracks.next_id[0]
    tracks.next_id[0] += 1
    tracks.status[row] = TrackStatus.TENTATIVE
    tracks.existence[row] = settings.start_existence
    tracks.hits[row], tracks.looks[row], tracks.due_s[row] = 0, 0, math.inf
    tracks.first_s[row], tracks.confirmed_s[row] = batch.time_s[place], math.nan
    tracks.last_hit_s[row] = batch.time_s[place]
    for s in range(tracks.seen_s.shape[1]):
        tracks.seen_s[row, s] = -math.inf
    tracks.address[row], tracks.code[row] = -1, -1
    _forget_answers(tracks, row)
    tracks.formation[row], tracks.evidence[row] = -1, 0.0
    batch.holder[place] = row
    _count_hit(batch, place, tracks, row)


@kernel
def hit(
    settings: Settings,
    batch: Batch,
    place: int,
    tracks: Tracks,
    row: int,
    predictions: Predictions,
    confirm_hits: int,
    events: Events,
) -> None:
    """Give a plot of the batch to a track.

    It is confirmed at ``confirm_hits``, once false alarms alone would make such a track with
    the probability stated only (Wald's sequential test).
    """
    t_s = batch.time_s[place]
    density = correct_state(settings, tracks, row, batch, place, predictions)
    expected = batch.detection_probability[0] * density
    tracks.evidence[row] += math.log(expected / batch.clutter_m3[place])
    batch.holder[place] = row
    there = tracks.existence[row]
    if tracks.status[row] == TrackStatus.COASTING and there < DOUBTFUL:
        _forget_answers(tracks, row)
    _count_hit(batch, place, tracks, row)
    tracks.existence[row] = SURE if tracks.hits[row] >= 3 else 0.95 + 0.05 * there
    if tracks.status[row] == TrackStatus.COASTING:
        tracks.status[row] = TrackStatus.CONFIRMED
    is_tentative = tracks.status[row] == TrackStatus.TENTATIVE
    is_sure = tracks.evidence[row] >= -math.log(settings.false_track_probability)
    if is_tentative and is_sure and tracks.hits[row] >= confirm_hits:
        confirm(tracks, row, t_s, batch.sensor[0], events)
    v = tracks.mean[row, 3:]
    if v[0] * v[0] + v[1] * v[1] + v[2] * v[2] > settings.speed_max_m_s**2:
        drop(tracks, row, t_s, events)


@kernel
def confirm(tracks: Tracks, row: int, t_s: float, sensor: int, events: Events) -> None:
    """Confirm a tentative track."""
    tracks.status[row] = TrackStatus.CONFIRMED
    tracks.confirmed_s[row] = t_s
    log(events, t_s, EventKind.TRACK_CONFIRMED, tracks.track_id[row], sensor)


@kernel
def _forget_answers(tracks: Tracks, row: int) -> None:
    """Let a track gather its answers to interrogation from now on."""
    tracks.iff_silent[row], tracks.iff_civil[row], tracks.iff_friend[row] = 0, 0, 0


@kernel
def _count_hit(batch: Batch, place: int, tracks: Tracks, row: int) -> None:
    """Count a plot that a track took: hits, calendar, address, code and reply."""
    s, t_s, reply = batch.sensor[0], batch.time_s[place], batch.iff_reply[place]
    tracks.last_hit_s[row] = max(t_s, tracks.last_hit_s[row])
    tracks.hits[row] += 1
    # a look missed shortly before, not counted yet, makes two
    tracks.looks[row] += 2 if tracks.due_s[row] < t_s else 1
    tracks.misses[row] = 0
    tracks.sensor[row] = s
    tracks.seen_s[row, s] = t_s
    tracks.due_s[row] = t_s + batch.scan_period_s[0] + batch.grace_s[0]
    if batch.address[place] >= 0:
        tracks.address[row] = batch.address[place]
    if batch.code[place] >= 0:
        tracks.code[row] = batch.code[place]
    if reply == IffReply.SILENT:
        tracks.iff_silent[row] += 1
    elif reply == IffReply.CIVIL:
        tracks.iff_civil[row] += 1
    elif reply == IffReply.FRIEND:
        tracks.iff_friend[row] += 1


@kernel
def count_misses(
    plan: TrackingPlan, tracks: Tracks, row: int, t1_s: float, events: Events
) -> None:
    """Count the looks that a track was due until ``t1_s`` and missed; drop it at too many."""
    sensors = plan.sensors
    while tracks.alive[row] and tracks.due_s[row] <= t1_s:
        due_s = tracks.due_s[row]
        x, y, z = _lowest(tracks, row, due_s)
        s = looking_sensor(sensors, tracks.sensor[row], x, y, z)
        period_s = sensors.scan_period_s[s if s >= 0 else tracks.sensor[row]]
        tracks.existence[row] *= plan.settings.survival_per_s**period_s
        tracks.due_s[row] += period_s
        if s >= 0:
            _count_miss(tracks, row, sensors.detection_probability[s])
        if _is_lost(plan.settings, tracks, row, s >= 0):
            drop(tracks, row, due_s, events)


@kernel
def _lowest(tracks: Tracks, row: int, t_s: float) -> tuple[float, float, float]:
    """Return where a track is at ``t_s`` if it is as low as may well be, in ECEF.

    What may be below the horizon is not taken for missed. A track that is not confirmed has no
    such leave: low false alarms would live on.
    """
    x, y, z, _, _, _ = extrapolated(tracks.mean[row], t_s - tracks.time_s[row])
    if tracks.status[row] == TrackStatus.TENTATIVE:
        return x, y, z
    lower_m = LOW_SIGMAS * position_sigma_m(tracks, row, t_s)
    share = 1.0 - lower_m / math.sqrt(x * x + y * y + z * z)
    return share * x, share * y, share * z


@kernel
def _count_miss(tracks: Tracks, row: int, detection_probability: float) -> None:
    tracks.misses[row] += 1
    tracks.looks[row] += 1
    unseen = 1.0 - detection_probability
    tracks.evidence[row] += math.log(unseen)
    tracks.existence[row] *= unseen / (1.0 - tracks.existence[row] * detection_probability)
    if tracks.status[row] == TrackStatus.CONFIRMED:
        tracks.status[row] = TrackStatus.COASTING


@kernel
def _is_lost(settings: Settings, tracks: Tracks, row: int, is_watched: bool) -> bool:
    if not is_watched:
        return bool(tracks.due_s[row] - tracks.last_hit_s[row] > settings.blind_s)
    if tracks.existence[row] < settings.existence_min:
        return True
    if tracks.status[row] != TrackStatus.TENTATIVE:
        return bool(tracks.misses[row] > settings.confirmed_misses)
    is_over = tracks.looks[row] >= settings.confirm_looks
    return bool(is_over or tracks.misses[row] > settings.tentative_misses)


@kernel
def drop(tracks: Tracks, row: int, t_s: float, events: Events) -> None:
    """Free the row of a track."""
    g = tracks.formation[row]
    if g >= 0:
        tracks.formation[row] = -1
        tracks.formations.n_member[g] -= 1
        tracks.formations.lost[g] += 1.0
    tracks.alive[row] = False
    if tracks.status[row] != TrackStatus.TENTATIVE:
        log(events, t_s, EventKind.TRACK_DROPPED, tracks.track_id[row], -1)
