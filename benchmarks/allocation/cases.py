"""Random plannings of a solver's size: invented geometry, invented probabilities.

`PROVEN` holds the optima of 300 threats before 32 fire units of three interceptor types, by
column generation and a mixed-integer programme; there, a fire unit takes a channel for each
threat, whatever it shoots at it.
"""

import numpy as np

from bartizan.decide.choice import Choice

PROVEN = {0: 5654.160113667317, 1: 6257.12535016971, 2: 5310.939211463011, 3: 5070.729288748216}
N_THREAT, N_UNIT, N_KIND, N_ASSET = 300, 32, 3, 12
REACH_KM = np.array([25.0, 60.0, 120.0])
SPEED_KM_S = np.array([0.7, 1.0, 1.3])
KILL_PROBABILITY = np.array([0.65, 0.75, 0.80])
ROUND_WORTH = np.array([0.5, 1.5, 4.0])
LOOK_S = 25.0  # of a window that leaves time for a second look


def make(
    n_threat: int = N_THREAT, n_unit: int = N_UNIT, seed: int = 0, salvo: int = 0
) -> Choice:
    """Return a planning; ``salvo`` rounds at each threat, or 0: one, two where nobody can look.

    The draws and their order are part of the case: `PROVEN` holds for these numbers alone.
    """
    draw = np.random.default_rng(seed)
    assets = draw.uniform(-50.0, 50.0, (N_ASSET, 2))
    asset_value = draw.uniform(20.0, 100.0, N_ASSET)
    sites_km = assets[draw.integers(0, N_ASSET, n_unit)] + draw.normal(0.0, 8.0, (n_unit, 2))
    aim = draw.integers(0, N_ASSET, n_threat)
    bearing = draw.uniform(0.0, 2.0 * np.pi, n_threat)
    away_km = draw.uniform(15.0, 160.0, n_threat)
    from_km = assets[aim] + np.c_[np.cos(bearing), np.sin(bearing)] * away_km[:, None]
    speed_km_s = draw.choice([0.05, 0.25, 0.30, 0.9], n_threat, p=[0.4, 0.25, 0.2, 0.15])
    value = asset_value[aim] * draw.choice([0.3, 0.6, 1.0], n_threat)
    velocity = (assets[aim] - from_km) / away_km[:, None] * speed_km_s[:, None]
    to_go_s = away_km / speed_km_s
    times_s = np.linspace(0.0, 1.0, 40)[None, :] * to_go_s[:, None]
    path_km = from_km[:, None, :] + velocity[:, None, :] * times_s[:, :, None]
    range_km = np.linalg.norm(path_km[:, :, None, :] - sites_km[None, None], axis=3)

    probability = np.zeros((n_threat, n_unit, N_KIND))
    window_s = np.zeros((n_threat, n_unit, N_KIND))
    for kind in range(N_KIND):
        spread = draw.uniform(0.85, 1.1, (n_threat, n_unit))
        probability[:, :, kind], window_s[:, :, kind] = _windows(
            range_km, times_s, to_go_s, kind, spread
        )
    rounds = draw.integers(0, 9, n_unit * N_KIND).reshape(n_unit, N_KIND)
    channels = np.maximum(1, draw.integers(2, 9, n_unit))
    probability[:, rounds == 0] = 0.0
    most = np.where(window_s.max(axis=(1, 2)) > LOOK_S, 1, 2)
    if salvo:
        most[:] = salvo
    under_way = np.where(draw.random(n_threat) < 0.2, draw.uniform(0.2, 0.5, n_threat), 1.0)
    return Choice(
        value=value * under_way,
        since_s=-away_km,
        kill_probability=probability,
        cost=np.tile(ROUND_WORTH, (n_unit, 1)),
        most=np.broadcast_to(most[:, None, None], probability.shape).copy(),
        rounds=rounds,
        kept=np.zeros_like(rounds),
        takes_kept=np.ones((n_threat, n_unit), dtype=bool),
        channels=channels,
        unit_system=np.zeros(n_unit, dtype=np.int64),
        engagements=np.array([channels.sum()]),
    )


def _windows(
    range_km: np.ndarray,
    times_s: np.ndarray,
    to_go_s: np.ndarray,
    kind: int,
    spread: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return kill probabilities and lengths of the windows (m, u) of one interceptor type."""
    flight_s, then_s = range_km / SPEED_KM_S[kind] + 3.0, times_s[:, :, None]
    can = (range_km <= REACH_KM[kind]) & (then_s >= flight_s) & (then_s <= 400.0)
    can &= flight_s >= then_s - 30.0  # launched within half a minute
    has_any, first = can.any(axis=1), can.argmax(axis=1)[:, None, :]
    first_km = np.take_along_axis(range_km, first, axis=1)[:, 0]
    first_s = np.take_along_axis(np.broadcast_to(then_s, can.shape), first, axis=1)[:, 0]
    fall_off = 1.0 - 0.35 * (first_km / REACH_KM[kind]) ** 2
    probability = np.where(has_any, KILL_PROBABILITY[kind] * fall_off * spread, 0.0)
    return probability.clip(0.0, 0.95), np.where(has_any, to_go_s[:, None] - first_s, 0.0)
