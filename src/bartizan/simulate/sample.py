"""Samples: where tracks and objects are at one instant, in degrees, for replay and analysis."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from bartizan import arrays
from bartizan.arrays import Coded, Floats, Ints, Table, coded
from bartizan.decide.picture import Identity, Picture
from bartizan.kernel import kernel
from bartizan.simulate.plan import Plan
from bartizan.tracking.motion import place_covariance, predicted
from bartizan.tracking.nets import Rows, net_of_row
from bartizan.tracking.tracks import Tracks, TrackStatus
from bartizan.world.geodesy import enu_from_vector, geodetic_from_ecef
from bartizan.world.truth import Phase, Side, Targets

Columns = dict[str, Any]

PERIOD_S = 2.0
LEAST_ROOM = 20_000
# enums are slow in kernels
UNKNOWN, HOSTILE, FLYING = Identity.UNKNOWN.value, Identity.HOSTILE.value, Phase.FLYING.value

_STATUS = [status.name.lower() for status in TrackStatus]
_IDENTITY = [identity.name.lower() for identity in Identity]
_SIDE = [side.name.lower() for side in Side]
_PHASE = [phase.name.lower() for phase in Phase]


@kernel
def geodetic_states(state_ecef: Floats, out: Floats) -> None:
    """Write (n, 6) latitude, longitude [deg], height [m], east, north and up speed [m/s].

    ``state_ecef`` is (n, 6): ECEF position [m] and velocity [m/s].
    """
    for i in range(state_ecef.shape[0]):
        x, y, z, vx, vy, vz = state_ecef[i]
        lat, lon, height = geodetic_from_ecef(x, y, z)
        out[i, 0], out[i, 1], out[i, 2] = np.degrees(lat), np.degrees(lon), height
        out[i, 3], out[i, 4], out[i, 5] = enu_from_vector(lat, lon, vx, vy, vz)


@kernel
def ellipses(state_ecef: Floats, covariance_m2: Floats, out: Floats) -> None:
    """Write (n, 5) standard deviations [m] of positions, and a bearing [deg from north].

    The mean of three axes; along the longer and the shorter half axis of the horizontal
    ellipse, and the bearing of the longer; and of the height. Horizontal is as on a sphere.

    ``state_ecef`` (n, 6) begins with positions [m], ``covariance_m2`` (n, 3, 3) is of them.
    """
    for i in range(state_ecef.shape[0]):
        x, y, z = state_ecef[i, 0], state_ecef[i, 1], state_ecef[i, 2]
        level, far = math.hypot(x, y), math.sqrt(x * x + y * y + z * z)
        cos_lon, sin_lon = (x / level, y / level) if level > 0.0 else (1.0, 0.0)
        cos_lat, sin_lat = level / far, z / far
        c = covariance_m2[i]
        # Of the horizontal direction away from the axis of rotation, first of all.
        out_m2 = _variance(c, cos_lon, sin_lon)
        east_m2 = _variance(c, -sin_lon, cos_lon)
        both_m2 = (c[1, 1] - c[0, 0]) * sin_lon * cos_lon + c[0, 1] * (cos_lon**2 - sin_lon**2)
        out_z_m2 = c[0, 2] * cos_lon + c[1, 2] * sin_lon
        east_z_m2 = c[1, 2] * cos_lon - c[0, 2] * sin_lon
        tilt_m2 = 2.0 * sin_lat * cos_lat * out_z_m2
        north_m2 = sin_lat**2 * out_m2 - tilt_m2 + cos_lat**2 * c[2, 2]
        up_m2 = cos_lat**2 * out_m2 + tilt_m2 + sin_lat**2 * c[2, 2]
        cross_m2 = cos_lat * east_z_m2 - sin_lat * both_m2
        middle_m2, half_m2 = (east_m2 + north_m2) / 2.0, (north_m2 - east_m2) / 2.0
        apart_m2 = math.hypot(half_m2, cross_m2)
        out[i, 0] = _root((c[0, 0] + c[1, 1] + c[2, 2]) / 3.0)
        out[i, 1] = _root(middle_m2 + apart_m2)
        out[i, 2] = _root(middle_m2 - apart_m2)
        out[i, 3] = np.degrees(math.atan2(cross_m2, half_m2) / 2.0) % 180.0
        out[i, 4] = _root(up_m2)


@kernel
def _variance(covariance_m2: Floats, x: float, y: float) -> float:
    """Return the variance in the direction (x, y, 0)."""
    c = covariance_m2
    return float(x * x * c[0, 0] + 2.0 * x * y * c[0, 1] + y * y * c[1, 1])


@kernel
def _root(variance_m2: float) -> float:
    return math.sqrt(max(variance_m2, 0.0))


class TrackSamples(NamedTuple):
    """States of tracks, not yet read; ``size[0]`` rows are filled."""

    size: Ints  # (1,)
    time_s: Floats  # (n,)
    track_id: Ints  # (n,)
    status: Ints  # (n,)
    identity: Ints  # (n,)
    net: Ints  # (n,) whose track it is
    state_ecef: Floats  # (n, 6)
    covariance_m2: Floats  # (n, 3, 3) of its position, ECEF
    p_hostile: Floats  # (n,) posterior; nan: not weighed yet


class TruthSamples(NamedTuple):
    """States of objects in flight, not yet read; ``size[0]`` rows are filled."""

    size: Ints  # (1,)
    time_s: Floats  # (n,)
    target: Ints  # (n,) row of the plan's table
    state_ecef: Floats  # (n, 6)


class Samples(NamedTuple):
    """Both, and when the next are due."""

    next_s: Floats  # (1,); infinity: never
    tracks: TrackSamples
    truth: TruthSamples


def make_samples(n_track: int, n_target: int, is_wanted: bool) -> Samples:
    """Return empty samples, with room for a few instants if they are wanted."""
    n, m = (max(LEAST_ROOM, 2 * rows) if is_wanted else 0 for rows in (n_track, n_target))
    states = (arrays.zeros(n, 6), arrays.zeros(n, 3, 3), arrays.zeros(n))
    columns = (arrays.none(n), arrays.none(n), arrays.none(n), arrays.none(n))
    return Samples(
        arrays.zeros(1) if is_wanted else arrays.never(1),
        TrackSamples(arrays.counts(1), arrays.zeros(n), *columns, *states),
        TruthSamples(arrays.counts(1), arrays.zeros(m), arrays.none(m), arrays.zeros(m, 6)),
    )


@kernel
def sample(
    samples: Samples,
    targets: Targets,
    rows: Rows,
    tracks: Tracks,
    picture: Picture,
    now_s: float,
) -> None:
    """If it is time, add every track alive and every object in flight."""
    if now_s < samples.next_s[0]:
        return
    samples.next_s[0] = now_s + PERIOD_S - 1e-9
    out = samples.tracks
    for row in range(tracks.alive.shape[0]):
        if not tracks.alive[row]:
            continue
        i = out.size[0]
        out.size[0] += 1
        out.time_s[i], out.track_id[i] = now_s, tracks.track_id[row]
        out.status[i], out.net[i] = tracks.status[row], net_of_row(rows, row)
        is_known = picture.track_id[row] == tracks.track_id[row]
        out.identity[i] = picture.identity[row] if is_known else UNKNOWN
        # A track stands at the time of its last plot, the row at now.
        state = out.state_ecef[i]
        state[0], state[1], state[2], state[3], state[4], state[5] = predicted(
            tracks, row, now_s
        )
        place_covariance(tracks, row, now_s, out.covariance_m2[i])
        out.p_hostile[i] = picture.posterior[row, HOSTILE] if is_known else math.nan
    flying = samples.truth
    for target in range(targets.phase.shape[0]):
        if targets.phase[target] != FLYING:
            continue
        i = flying.size[0]
        flying.size[0] += 1
        flying.time_s[i], flying.target[i] = now_s, target
        for k in range(3):
            flying.state_ecef[i, k] = targets.position_ecef_m[target, k]
            flying.state_ecef[i, 3 + k] = targets.velocity_ecef_m_s[target, k]


@kernel
def is_full(samples: Samples, targets: Targets, tracks: Tracks) -> bool:
    """Tell whether another instant may not find room, so that the samples must be read."""
    n, m = tracks.alive.shape[0], targets.phase.shape[0]
    room_n, room_m = samples.tracks.time_s.shape[0], samples.truth.time_s.shape[0]
    if samples.next_s[0] == math.inf:
        return False
    return bool(samples.tracks.size[0] + n > room_n or samples.truth.size[0] + m > room_m)


def take_tracks(plan: Plan, samples: TrackSamples) -> Columns:
    """Return the samples of tracks as the columns that are written, and empty the table."""
    taken = _taken(samples)
    return {
        "time_s": taken.time_s.copy(),
        "track_id": taken.track_id.copy(),
        "status": coded(taken.status, _STATUS),
        "identity": coded(taken.identity, _IDENTITY),
        "net": coded(taken.net, plan.names.nets),
        **_geodetic_columns(taken.state_ecef),
        **spread_columns(taken.state_ecef, taken.covariance_m2),
        "p_hostile": taken.p_hostile.copy(),
    }


def take_truth(plan: Plan, samples: TruthSamples) -> Columns:
    """Return the samples of objects as the columns that are written, and empty the table."""
    taken = _taken(samples)
    rows = taken.target
    return {
        "time_s": taken.time_s.copy(),
        "truth_id": coded(rows, plan.names.targets),
        "threat_class": coded(plan.world.kind[rows], plan.names.classes),
        "side": coded(plan.world.side[rows], _SIDE),
        "phase": coded(np.full(len(rows), Phase.FLYING.value), _PHASE),
        **_geodetic_columns(taken.state_ecef),
    }


def _taken(table: Table) -> Table:
    """Return the filled rows of a table, which is empty then."""
    size, *columns = table
    n, size[0] = int(size[0]), 0
    return table._make([size, *(column[:n] for column in columns)])


def joined(parts: list[Columns]) -> Columns:
    """Return columns one after the other; ``parts`` lose theirs, as those are large."""
    names = list(parts[0]) if parts else []
    return {name: _joined([part.pop(name) for part in parts]) for name in names}


def _joined(columns: Sequence[Any]) -> Any:
    if isinstance(columns[0], Coded):
        return Coded(np.concatenate([column.codes for column in columns]), columns[0].words)
    return np.concatenate(columns)


def spread_columns(state_ecef: Floats, covariance_m2: Floats) -> Columns:
    """Return the columns of how well positions (n, 3) with covariances (n, 3, 3) are known."""
    names = ("sigma_m", "sigma_major_m", "sigma_minor_m", "major_axis_deg", "sigma_up_m")
    return _columns(names, ellipses, state_ecef, covariance_m2)


def _geodetic_columns(state_ecef: Floats) -> Columns:
    names = ("lat_deg", "lon_deg", "height_m", "v_east_m_s", "v_north_m_s", "v_up_m_s")
    return _columns(names, geodetic_states, state_ecef)


def _columns(names: Sequence[str], write: Callable[..., None], *of: Floats) -> Columns:
    out = np.empty((len(of[0]), len(names)))
    write(*of, out)
    return dict(zip(names, out.T.copy(), strict=True))
