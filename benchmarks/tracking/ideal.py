"""Scenes that move exactly as one model of the tracker says, in the frame of `scenes`.

Where a filter is told how its objects move, its errors are as large as it says: what is left
is a fault of the filter. Modes:

ideal-straight
    Objects fly on under the tracker's own white acceleration, of velocities that are as
    uncertain as those of its new tracks. To be tracked by `straight_only`.
ballistic
    Drag-free arcs, first 25 to 50 km high, of 1.2 to 2 km/s, 20 to 60 degrees steep.
"""

import numpy as np
from benchmarks.tracking.scenes import RANGE_MAX_M, SUBSTEPS, Floats, Scene, looked_at

from bartizan.tracking.motion import fallen
from bartizan.tracking.plan import Settings
from bartizan.tracking.settings import MANY

IDEAL_MODES = ("ideal-straight", "ballistic")
RADIUS_M = 6_373_700.0  # of the Earth at the radar


def make_ideal_scene(mode: str, seed: int = 1, n: int = 300, scans: int = 60) -> Scene:
    """Return a scene; the same arguments give the same arrays."""
    if mode not in IDEAL_MODES:
        raise ValueError(f"mode {mode!r}: one of {', '.join(IDEAL_MODES)}")
    rng = np.random.default_rng(seed)
    truth = _straight(rng, n, scans) if mode == "ideal-straight" else _arcs(rng, n, scans)
    return looked_at(rng, truth, 50)


def straight_only(settings: Settings) -> Settings:
    """Return settings that expect neither turns nor formations."""
    return settings._replace(turn_start_per_s=0.0, formation_founders=MANY)


def _places(rng: np.random.Generator, n: int, low_m: float, high_m: float) -> Floats:
    r, angle = np.sqrt(rng.uniform(15e3**2, 90e3**2, n)), rng.uniform(-np.pi, np.pi, n)
    return np.stack([r * np.cos(angle), r * np.sin(angle), rng.uniform(low_m, high_m, n)], -1)


def _straight(rng: np.random.Generator, n: int, scans: int) -> Floats:
    known = Settings()
    level, climb = known.start_speed_sigma_m_s, known.start_climb_sigma_m_s
    noise = np.array([known.straight_noise_m2_s3] * 2 + [known.straight_climb_noise_m2_s3])
    p, v = _places(rng, n, 5e3, 11e3), rng.normal(0, [level, level, climb], (n, 3))
    truth, dt_s = np.empty((scans, n, 6)), 1.0 / SUBSTEPS
    for scan in range(scans):
        truth[scan, :, :3], truth[scan, :, 3:] = p, v
        for _ in range(SUBSTEPS):
            pushed = v + rng.normal(0, np.sqrt(noise * dt_s), (n, 3))
            p, v = p + (v + pushed) * dt_s / 2, pushed
    return truth


def _arcs(rng: np.random.Generator, n: int, scans: int) -> Floats:
    p, speed = _places(rng, n, 25e3, 50e3), rng.uniform(1200, 2000, n)
    climb, heading = np.radians(rng.uniform(20, 60, n)), rng.uniform(-np.pi, np.pi, n)
    level = speed * np.cos(climb)
    v = np.stack([level * np.cos(heading), level * np.sin(heading), speed * np.sin(climb)], -1)
    truth, state = np.empty((scans, n, 6)), np.concatenate([p, v], axis=1)
    # from the radar up; the middle of a round Earth lies under it
    middle = np.array([0.0, 0.0, RADIUS_M, 0.0, 0.0, 0.0])
    for scan in range(scans):
        truth[scan] = state
        state = np.array([fallen(*one, 1.0) for one in state + middle]) - middle
    truth[np.linalg.norm(truth[..., :3], axis=2) > RANGE_MAX_M] = np.nan
    return truth
