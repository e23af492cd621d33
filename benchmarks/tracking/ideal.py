"""Scenes that move exactly as models of the tracker say, in the frame of `scenes`.

Where a filter is told how its objects move, its errors are as large as it says: what is left
is a fault of the filter. Each mode has the settings of its own, of `settings_for`. Modes:

ideal-straight
    Objects fly on under the tracker's own white acceleration. No turns are considered.
ideal-turn
    Objects turn left or right for ever, as the turn's model says, under its noise. Nothing but
    turns is considered; to which side is to be found out.
ideal-jump
    Objects change between straight flight and turns as the tracker's Markov chain does at each
    scan, of its own rates, and move as the model of the moment says. Shipped settings, but
    without formations.
ideal-fall
    Objects fall without drag from 30 to 60 km, of 1.2 to 2 km/s, 20 to 60 degrees steep, under
    the white acceleration of the model. To be tracked by `alone`.
ballistic
    Drag-free arcs, first 25 to 50 km high, without noise. Shipped settings.

In the first three, first velocities are as uncertain as those of the tracker's new tracks.
"""

import numpy as np
from benchmarks.tracking.scenes import RANGE_MAX_M, Floats, Ints, Scene, looked_at

from bartizan.tracking.motion import fallen
from bartizan.tracking.plan import Settings
from bartizan.tracking.settings import MANY
from bartizan.tracking.switching import fill_switching, make_switching
from bartizan.tracking.tracks import Model

IDEAL_MODES = ("ideal-straight", "ideal-turn", "ideal-jump", "ideal-fall", "ballistic")
RADIUS_M = 6_373_700.0  # of the Earth at the radar
# from the radar up; the middle of a round Earth lies under it
MIDDLE_M = np.array([0.0, 0.0, RADIUS_M])


def make_ideal_scene(mode: str, seed: int = 1, n: int = 300, scans: int = 60) -> Scene:
    """Return a scene; the same arguments give the same arrays."""
    if mode not in IDEAL_MODES:
        raise ValueError(f"mode {mode!r}: one of {', '.join(IDEAL_MODES)}")
    rng, known = np.random.default_rng(seed), settings_for(mode, Settings())
    if mode == "ballistic":
        truth = _fallen(rng, _arcs(rng, n, 25e3, 50e3), scans, np.zeros(2))
    elif mode == "ideal-fall":
        truth = _fallen(rng, _arcs(rng, n, 30e3, 60e3), scans, noise_of(known, Model.FALL))
    else:
        truth = _switched(rng, _started(rng, n, known), scans, known)
    return looked_at(rng, truth, 50)


def settings_for(mode: str, settings: Settings) -> Settings:
    """Return the settings that expect what happens in a scene."""
    alone = settings._replace(formation_founders=MANY)
    if mode in ("ideal-straight", "ideal-fall"):
        return alone._replace(turn_start_per_s=0.0)
    # pushed anew each second: nothing in a turn lasts
    anew = alone._replace(manoeuvre_time_s=1.0)
    if mode == "ideal-turn":
        return anew._replace(turn_end_per_s=0.0, turn_reverse_per_s=0.0)
    return anew if mode == "ideal-jump" else settings


def noise_of(settings: Settings, model: int, dt_s: float = 1.0) -> Floats:
    """Return a model's white acceleration along the ground and upward (2,) [m2/s3]."""
    if model in (Model.STRAIGHT, Model.FALL):
        return np.array([settings.straight_noise_m2_s3, settings.straight_climb_noise_m2_s3])
    lasting_s = min(dt_s, settings.manoeuvre_time_s)
    sigma_m_s2 = np.array([settings.turn_sigma_m_s2, settings.turn_climb_sigma_m_s2])
    return sigma_m_s2**2 * lasting_s


def _places(rng: np.random.Generator, n: int, low_m: float, high_m: float) -> Floats:
    r, angle = np.sqrt(rng.uniform(15e3**2, 90e3**2, n)), rng.uniform(-np.pi, np.pi, n)
    return np.stack([r * np.cos(angle), r * np.sin(angle), rng.uniform(low_m, high_m, n)], -1)


def _started(rng: np.random.Generator, n: int, known: Settings) -> Floats:
    """Return states (n, 6) of velocities as the tracker's new tracks have them."""
    level, climb = known.start_speed_sigma_m_s, known.start_climb_sigma_m_s
    return np.concatenate(
        [_places(rng, n, 5e3, 11e3), rng.normal(0, [level, level, climb], (n, 3))], axis=1
    )


def _arcs(rng: np.random.Generator, n: int, low_m: float, high_m: float) -> Floats:
    p, speed = _places(rng, n, low_m, high_m), rng.uniform(1200, 2000, n)
    climb, heading = np.radians(rng.uniform(20, 60, n)), rng.uniform(-np.pi, np.pi, n)
    level = speed * np.cos(climb)
    v = np.stack([level * np.cos(heading), level * np.sin(heading), speed * np.sin(climb)], -1)
    return np.concatenate([p, v], axis=1)


def _switched(rng: np.random.Generator, state: Floats, scans: int, known: Settings) -> Floats:
    """Return states (scans, n, 6) of objects that change their model as the tracker expects."""
    n, both = len(state), known.turn_start_per_s + known.turn_end_per_s
    turning = known.turn_start_per_s / both if both > 0.0 else 0.0
    model = _drawn(rng, np.tile([1.0 - turning, turning / 2, turning / 2], (n, 1)))
    switching, truth = make_switching(), np.empty((scans, n, 6))
    fill_switching(known, 1.0, False, False, switching)
    for scan in range(scans):
        truth[scan] = state
        model = _drawn(rng, switching.probability[model, :3])
        state = _moved(rng, state, model, known)
    return truth


def _drawn(rng: np.random.Generator, probability: Floats) -> Ints:
    """Return the column (n,) drawn in each row of probabilities (n, m)."""
    return (rng.random((len(probability), 1)) > np.cumsum(probability, axis=1)).sum(axis=1)


def _moved(rng: np.random.Generator, state: Floats, model: Ints, known: Settings) -> Floats:
    """Return the states (n, 6) a second later: straight on, or in a level turn, and pushed."""
    v, up = state[:, 3:], _up(state)
    climb = np.einsum("ni,ni->n", v, up)[:, None] * up
    speed_m_s = np.maximum(np.linalg.norm(v - climb, axis=1), 1.0)
    rate = np.minimum(known.turn_acceleration_m_s2 / speed_m_s, known.turn_rate_max_rad_s)
    rate = (np.where(model == Model.LEFT, rate, -rate) * (model != Model.STRAIGHT))[:, None]
    aside, bent = np.cross(up, v), rate != 0.0
    by = np.where(bent, rate, 1.0)
    sine, cosine = np.sin(rate), np.cos(rate)
    ahead = np.where(bent, sine / by, 1.0) * (v - climb) + (1.0 - cosine) / by * aside
    turned = cosine * (v - climb) + sine * aside + climb
    later = np.concatenate([state[:, :3] + ahead + climb, turned], axis=1)
    noise = np.array([noise_of(known, one) for one in model])
    return later + _pushes(rng, up, noise)


def _fallen(rng: np.random.Generator, state: Floats, scans: int, noise_m2_s3: Floats) -> Floats:
    """Return states (scans, n, 6) of what falls, pushed; nan beyond the radar's range."""
    truth, middle = np.empty((scans, *state.shape)), np.append(MIDDLE_M, np.zeros(3))
    for scan in range(scans):
        truth[scan] = state
        state = np.array([fallen(*one, 1.0) for one in state + middle]) - middle
        state += _pushes(rng, _up(state), np.tile(noise_m2_s3, (len(state), 1)))
    truth[np.linalg.norm(truth[..., :3], axis=2) > RANGE_MAX_M] = np.nan
    return truth


def _up(state: Floats) -> Floats:
    """Return the directions (n, 3) away from the middle of the Earth."""
    out = state[:, :3] + MIDDLE_M
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def _pushes(rng: np.random.Generator, up: Floats, noise_m2_s3: Floats) -> Floats:
    """Return what a second of white acceleration (n, 2) adds to states (n, 6)."""
    steady, uneven = rng.normal(size=(2, len(up), 3))
    level, climb = np.sqrt(noise_m2_s3.T)[..., None]
    pushed = []
    for one in (steady / 2 + uneven / np.sqrt(12.0), steady):  # of covariance 1/3, 1/2, 1
        along = np.einsum("ni,ni->n", one, up)[:, None] * up
        pushed.append(level * (one - along) + climb * along)
    return np.concatenate(pushed, axis=1)
