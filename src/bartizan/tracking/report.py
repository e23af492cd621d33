"""Report: where all tracks are at one time, and how sure that is."""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel
from bartizan.tracking.filter import spread_in_time
from bartizan.tracking.imm import mixture_at, models_of, predict, spread_about
from bartizan.tracking.motion import predicted
from bartizan.tracking.plan import Settings
from bartizan.tracking.scratch import Predictions
from bartizan.tracking.tracks import N_MODEL, Model, Tracks
from bartizan.world.geodesy import enu_from_vector, geodetic_from_ecef


class Report(NamedTuple):
    """The tracks alive, one row a track; r rows at most."""

    size: Ints  # (1,) rows filled
    track_id: Ints  # (r,)
    status: Ints  # (r,) TrackStatus
    misses: Ints  # (r,) expected looks missed in a row
    hits: Ints  # (r,) plots taken so far
    state: Floats  # (r, 6) ECEF position [m] and velocity [m/s]
    covariance: Floats  # (r, 6, 6) of the state
    existence: Floats  # (r,) probability that it is an object
    model_probability: Floats  # (r, 5) of each `Model`, at its last plot


class Places(NamedTuple):
    """The same tracks on the ground: r rows."""

    geodetic: Floats  # (r, 3) latitude, longitude [rad], height above the ellipsoid [m]
    velocity_m_s: Floats  # (r, 3) east, north, up, where the track is
    sigma: Floats  # (r, 6) standard deviations on these axes [m], then [m/s]


def make_report(capacity: int) -> Report:
    """Return room for ``capacity`` tracks."""
    return Report(
        size=arrays.counts(1),
        track_id=arrays.none(capacity),
        status=arrays.counts(capacity),
        misses=arrays.counts(capacity),
        hits=arrays.counts(capacity),
        state=arrays.zeros(capacity, 6),
        covariance=arrays.zeros(capacity, 6, 6),
        existence=arrays.zeros(capacity),
        model_probability=arrays.zeros(capacity, N_MODEL),
    )


def filled(table: Report) -> Report:
    """Return the rows that are filled, as views."""
    n = int(table.size[0])
    rows = {name: getattr(table, name)[:n] for name in Report._fields[1:]}
    return table._replace(**rows)


def make_places(capacity: int) -> Places:
    """Return room for ``capacity`` places."""
    return Places(
        geodetic=arrays.zeros(capacity, 3),
        velocity_m_s=arrays.zeros(capacity, 3),
        sigma=arrays.zeros(capacity, 6),
    )


@kernel
def report(
    settings: Settings, tracks: Tracks, t_s: float, predictions: Predictions, out: Report
) -> None:
    """Write where all tracks are at ``t_s``, in order of their rows.

    Straight on from a track's last plot, or along its arc; how far off that may be tells the
    mixture of its models, in which it may have turned since. ``predictions`` are those of the
    last `follow`, or scratch whose times are nan.

    Assumes: the members of a formation do not turn since their last plot.
    """
    n = 0
    for row in range(tracks.alive.shape[0]):
        if not tracks.alive[row]:
            continue
        out.track_id[n], out.status[n] = tracks.track_id[row], tracks.status[row]
        out.misses[n], out.hits[n] = tracks.misses[row], tracks.hits[row]
        out.existence[n] = tracks.existence[row]
        x, y, z, vx, vy, vz = predicted(tracks, row, t_s)
        out.state[n, 0], out.state[n, 1], out.state[n, 2] = x, y, z
        out.state[n, 3], out.state[n, 4], out.state[n, 5] = vx, vy, vz
        _write_spread(settings, tracks, row, t_s, predictions, out.state[n], out.covariance[n])
        for model in range(tracks.model_probability.shape[1]):
            out.model_probability[n, model] = tracks.model_probability[row, model]
        n += 1
    out.size[0] = n


@kernel
def _write_spread(
    settings: Settings,
    tracks: Tracks,
    row: int,
    t_s: float,
    predictions: Predictions,
    state: Floats,
    P: Floats,
) -> None:
    """Write the covariance (6, 6) of a track reported to be at ``state`` (6,)."""
    mean, later_s = tracks.mean[row], t_s - tracks.time_s[row]
    if later_s > 0.0 and tracks.formation[row] < 0:
        later = mixture_at(predictions.models, row)
        # predicted already for plots that it did not get, unless as a member who has left since
        is_known = predictions.time_s[row] == t_s and later.probability[Model.STATION] == 0.0
        if not is_known:
            predict(settings, models_of(tracks, row), mean, later_s, later, predictions.work)
            predictions.time_s[row] = t_s
        spread_about(later, state, P)
        return
    for i in range(6):
        for j in range(6):
            P[i, j] = tracks.covariance[row, i, j]
    if later_s > 0.0:
        noise, climb_noise = settings.straight_noise_m2_s3, settings.straight_climb_noise_m2_s3
        spread_in_time(mean, P, later_s, noise, climb_noise)


@kernel
def place(state: Floats, covariance: Floats, out: Places) -> None:
    """Write where states (r, 6) with covariances (r, 6, 6) are on the ground."""
    for n in range(state.shape[0]):
        lat, lon, height_m = geodetic_from_ecef(state[n, 0], state[n, 1], state[n, 2])
        out.geodetic[n, 0], out.geodetic[n, 1], out.geodetic[n, 2] = lat, lon, height_m
        v = enu_from_vector(lat, lon, state[n, 3], state[n, 4], state[n, 5])
        out.velocity_m_s[n, 0], out.velocity_m_s[n, 1], out.velocity_m_s[n, 2] = v
        for first in (0, 3):
            for axis in range(3):
                out.sigma[n, first + axis] = 0.0
            # the variance on an axis is a' P a: by columns of P, then by the rows left
            for i in range(3):
                a = enu_from_vector(lat, lon, 1.0 * (i == 0), 1.0 * (i == 1), 1.0 * (i == 2))
                P = covariance[n, first + i]
                b = enu_from_vector(lat, lon, P[first], P[first + 1], P[first + 2])
                out.sigma[n, first] += a[0] * b[0]
                out.sigma[n, first + 1] += a[1] * b[1]
                out.sigma[n, first + 2] += a[2] * b[2]
            for axis in range(3):
                out.sigma[n, first + axis] = math.sqrt(max(out.sigma[n, first + axis], 0.0))
