"""Slow twin of the kernel of `bartizan.simulate`: every row by pyproj."""

import numpy as np
import pyproj

from tests.naive.tracking.places import extrapolated

GEODETIC = pyproj.Transformer.from_crs("EPSG:4978", "EPSG:4979", always_xy=True)


def sample(targets, tracks, picture, now_s):
    """Rows of every track alive and of every object in flight, as `sample` writes them."""
    track_rows = [
        (
            now_s,
            tracks.track_id[i],
            tracks.status[i],
            picture.identity[i] if picture.track_id[i] == tracks.track_id[i] else 0,
            i // 4,
            *extrapolated(tracks.mean[i], now_s - tracks.time_s[i]),
            *carried(tracks.covariance[i], now_s - tracks.time_s[i])[:3, :3].ravel(),
            picture.posterior[i, 3] if picture.track_id[i] == tracks.track_id[i] else np.nan,
        )
        for i in np.flatnonzero(tracks.alive)
    ]
    truth_rows = [
        (now_s, i, *targets.position_ecef_m[i], *targets.velocity_ecef_m_s[i])
        for i in np.flatnonzero(targets.phase == 1)
    ]
    return track_rows, truth_rows


def carried(covariance, duration_s):
    """The covariance after a straight flight."""
    F = np.eye(6) + duration_s * np.eye(6, k=3)
    return F @ covariance @ F.T


def geodetic_states(states):
    """Latitude and longitude [deg], height, and the velocity as seen from the place itself."""
    rows = []
    for state in states:
        lon, lat, height = GEODETIC.transform(*state[:3])
        place = f"+proj=topocentric +ellps=WGS84 +lon_0={lon!r} +lat_0={lat!r} +h_0={height!r}"
        ahead = pyproj.Transformer.from_pipeline(place).transform(*(state[:3] + state[3:]))
        rows.append([lat, lon, height, *ahead])
    return np.array(rows).reshape(-1, 6)


def ellipses(states, covariances):
    """Mean standard deviation, half axes, bearing of the longer and height, by eigenvectors."""
    rows = []
    for state, covariance in zip(states, covariances, strict=True):
        up = state[:3] / np.linalg.norm(state[:3])
        east = np.cross([0.0, 0.0, 1.0], up)
        east /= np.linalg.norm(east)
        axes = np.array([east, np.cross(up, east), up])
        enu = axes @ covariance @ axes.T
        (minor, major), directions = np.linalg.eigh(enu[:2, :2])
        bearing = np.degrees(np.arctan2(*directions[:, 1])) % 180.0
        mean = np.trace(covariance) / 3.0
        rows.append([*np.sqrt([mean, major, minor]), bearing, np.sqrt(enu[2, 2])])
    return np.array(rows).reshape(-1, 5)
