"""Samples: where tracks and objects are at one instant, in degrees, for replay and analysis."""

from typing import Any

import numpy as np

from bartizan.arrays import Floats, coded
from bartizan.decide.picture import Identity
from bartizan.kernel import kernel
from bartizan.simulate.plan import Plan
from bartizan.simulate.state import State
from bartizan.tracking.tracks import TrackStatus
from bartizan.world.geodesy import enu_from_vector, geodetic_from_ecef
from bartizan.world.truth import Phase, Side

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


def _columns(state_ecef: Floats) -> dict[str, Floats]:
    names = ("lat_deg", "lon_deg", "height_m", "v_east_m_s", "v_north_m_s", "v_up_m_s")
    out = np.empty(state_ecef.shape)
    geodetic_states(np.ascontiguousarray(state_ecef), out)
    return {name: out[:, k].copy() for k, name in enumerate(names)}


def sample_tracks(state: State, now_s: float) -> dict[str, Any]:
    """Return the columns of every track alive, at the time of its state."""
    t = state.tracks
    rows = np.flatnonzero(t.alive)
    is_known = state.picture.track_id[rows] == t.track_id[rows]
    identity = np.where(is_known, state.picture.identity[rows], int(Identity.UNKNOWN))
    variance = np.trace(t.covariance[rows, :3, :3], axis1=1, axis2=2) / 3.0
    return {
        "time_s": np.full(len(rows), now_s),
        "track_id": t.track_id[rows],
        "status": coded(t.status[rows], _STATUS),
        "identity": coded(identity, _IDENTITY),
        **_columns(t.mean[rows]),
        "sigma_m": np.sqrt(np.maximum(variance, 0.0)),
    }


def sample_truth(plan: Plan, state: State, now_s: float) -> dict[str, Any]:
    """Return the columns of every object in flight."""
    targets = state.targets
    rows = np.flatnonzero(targets.phase == Phase.FLYING)
    return {
        "time_s": np.full(len(rows), now_s),
        "truth_id": coded(rows, plan.names.targets),
        "threat_class": coded(plan.world.kind[rows], plan.names.classes),
        "side": coded(plan.world.side[rows], _SIDE),
        "phase": coded(targets.phase[rows], _PHASE),
        **_columns(np.hstack([targets.position_ecef_m[rows], targets.velocity_ecef_m_s[rows]])),
    }
