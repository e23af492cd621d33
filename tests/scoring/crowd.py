"""A crowd of objects and tracks, some of which are near each other."""

import numpy as np

from bartizan.tracking.tracks import make_tracks
from bartizan.world.truth import Phase, make_targets

CENTRE = np.array([5.4e6, -1.6e6, -2.8e6])


def a_scene(seed, n=12, m=14):
    """Return targets, some of them flying, and tracks in any state, up to a second old."""
    rng = np.random.default_rng(seed)
    targets, tracks = make_targets(n), make_tracks(m)
    targets.position_ecef_m[:] = CENTRE + rng.normal(size=(n, 3)) * 900.0
    targets.phase[:] = np.where(rng.random(n) < 0.8, Phase.FLYING, Phase.KILLED)
    tracks.alive[:] = rng.random(m) < 0.9
    tracks.status[:] = rng.integers(0, 3, m)
    tracks.mean[:, :3] = CENTRE + rng.normal(size=(m, 3)) * 900.0
    tracks.mean[:, 3:] = rng.normal(size=(m, 3)) * 50.0
    sigma = rng.uniform(10.0, 400.0, m)
    tracks.covariance[:] = np.eye(6) * sigma[:, None, None] ** 2
    tracks.time_s[:] = rng.uniform(4.0, 5.0, m)
    # some fall: fast and steeply down
    falling = rng.random(m) < 0.2
    tracks.mean[falling, 3:] = -CENTRE / np.linalg.norm(CENTRE) * 1500.0
    return targets, tracks
