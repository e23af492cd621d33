"""Leftovers: the plots of the last scans that formations may be begun from."""

from bartizan.kernel import kernel
from bartizan.tracking.batch import Batch
from bartizan.tracking.plan import Sensors
from bartizan.tracking.tracks import Leftovers, Tracks

KEPT_SCANS = 2.6
OLD_HITS = 4  # a track with so many plots has no need of a formation to begin with


@kernel
def keep_leftovers(sensors: Sensors, tracks: Tracks, batch: Batch) -> None:
    """Forget the plots of older scans; keep those of the batch that only young tracks took."""
    leftovers = tracks.leftovers
    now_s = batch.time_s[batch.size[0] - 1]
    n = 0
    for k in range(leftovers.size[0]):
        period_s = sensors.scan_period_s[leftovers.sensor[k]]
        if leftovers.time_s[k] > now_s - KEPT_SCANS * period_s:
            _move(leftovers, k, n)
            n += 1
    for place in range(batch.size[0]):
        row = batch.holder[place]
        is_old = row >= 0 and (tracks.formation[row] >= 0 or tracks.hits[row] >= OLD_HITS)
        if is_old or batch.address[place] >= 0 or n >= leftovers.time_s.shape[0]:
            continue
        _keep(leftovers, n, tracks, batch, place)
        n += 1
    leftovers.size[0] = n


@kernel
def _move(leftovers: Leftovers, k: int, n: int) -> None:
    leftovers.time_s[n], leftovers.sensor[n] = leftovers.time_s[k], leftovers.sensor[k]
    leftovers.clutter_m3[n] = leftovers.clutter_m3[k]
    leftovers.holder[n], leftovers.holder_id[n] = leftovers.holder[k], leftovers.holder_id[k]
    for i in range(3):
        leftovers.position_m[n, i] = leftovers.position_m[k, i]
        for j in range(3):
            leftovers.covariance_m2[n, i, j] = leftovers.covariance_m2[k, i, j]


@kernel
def _keep(leftovers: Leftovers, n: int, tracks: Tracks, batch: Batch, place: int) -> None:
    row = batch.holder[place]
    leftovers.time_s[n], leftovers.sensor[n] = batch.time_s[place], batch.sensor[0]
    leftovers.clutter_m3[n], leftovers.holder[n] = batch.clutter_m3[place], row
    leftovers.holder_id[n] = tracks.track_id[row] if row >= 0 else -1
    for i in range(3):
        leftovers.position_m[n, i] = batch.position_m[place, i]
        for j in range(3):
            leftovers.covariance_m2[n, i, j] = batch.covariance_m2[place, i, j]
