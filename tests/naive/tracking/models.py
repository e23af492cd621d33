"""Slow twin of the mixture of models: lists of (probability, mean, covariance), matrices.

Models are straight, left, right, fall and station; None is one that is not in use.
"""

import math

import numpy as np

from tests.naive.tracking import parts, places

STATION = 4


def moments(models):
    """Mean and covariance of a mixture: within the models, and of their means."""
    used = [model for model in models if model is not None]
    mean = sum(p * m for p, m, _ in used)
    return mean, sum(p * (P + np.outer(m - mean, m - mean)) for p, m, P in used)


def noise(settings, model, dt_s):
    if model in (0, 3):
        return settings.straight_noise_m2_s3, settings.straight_climb_noise_m2_s3
    lasting_s = min(dt_s, settings.manoeuvre_time_s)
    return (
        settings.turn_sigma_m_s2**2 * lasting_s,
        settings.turn_climb_sigma_m_s2**2 * lasting_s,
    )


def predicted(settings, models, dt_s, station=None):
    """Mixed as a Markov chain switches, then moved and spread; ``station`` as is."""
    switch = parts.switch_matrix(
        settings,
        dt_s,
        settings.fall_switch_per_s > 0.0 and places.may_fall(moments(models)[0]),
        models[STATION] is not None,
    )
    later = []
    for j in range(STATION):
        weights = [switch[i, j] * m[0] if m is not None else 0.0 for i, m in enumerate(models)]
        total = sum(weights)
        if total == 0.0:
            later.append(None)
            continue
        shares = [
            (w / total, *m[1:]) if w > 0.0 else None
            for w, m in zip(weights, models, strict=True)
        ]
        later.append((total, *moved(settings, j, *moments(shares), dt_s)))
    stay = sum(switch[i, STATION] * m[0] for i, m in enumerate(models) if m is not None)
    later.append((stay, *station) if stay > 0.0 and station is not None else None)
    return later


def moved(settings, model, mean, P, dt_s):
    F = parts.transition(dt_s)
    if model in (1, 2):
        up = mean[:3] / np.linalg.norm(mean[:3])
        level = np.linalg.norm(mean[3:] - up * (up @ mean[3:]))
        rate = settings.turn_acceleration_m_s2 / max(level, 1.0)
        rate = min(rate, settings.turn_rate_max_rad_s)
        F = parts.turn_transition(mean[:3], dt_s, rate if model == 1 else -rate)
    Q = parts.process_noise(mean[:3], dt_s, *noise(settings, model, dt_s))
    return places.fallen(mean, dt_s) if model == 3 else F @ mean, F @ P @ F.T + Q


def density(models, z, R, late_s, gate):
    """Density of a mixture at a plot, of the models in whose gate it is."""
    total = 0.0
    for p, mean, P in (model for model in models if model is not None):
        d2, det = parts.distance(mean, P, z, R, late_s)
        if d2 < gate:
            total += p * math.exp(-d2 / 2) / math.sqrt((2 * math.pi) ** 3 * det)
    return total


def evidence(models, z, R, late_s):
    """The density at a plot wherever it is, never quite 0."""
    total = 0.0
    for p, mean, P in (model for model in models if model is not None):
        d2, det = parts.distance(mean, P, z, R, late_s)
        total += p * math.exp(-0.5 * min(d2, 600.0)) / math.sqrt((2 * math.pi) ** 3 * det)
    return total


def corrected(models, z, R, late_s):
    """Each model by its Kalman update, likelier the better it foresaw; the station waits."""
    fits, after = [], []
    for j, model in enumerate(models):
        if model is None:
            fits.append(0.0)
            after.append(None)
            continue
        p, mean, P = model
        d2, det = parts.distance(mean, P, z, R, late_s)
        # an address may bring a plot from far outside any gate
        fits.append(p * math.exp(-0.5 * min(d2, 600.0)) / math.sqrt(det))
        after.append(model[1:] if j == STATION else parts.update(mean, P, z, R, late_s))
    n = sum(model is not None for model in models)
    shares = [1e-9 + (1.0 - n * 1e-9) * fit / sum(fits) for fit in fits]
    return [
        (share, *state) if state is not None else None
        for share, state in zip(shares, after, strict=True)
    ]


def begun(settings, mean, P):
    """All models of flight with one state, as likely as in the long run."""
    turning = settings.turn_start_per_s / (settings.turn_start_per_s + settings.turn_end_per_s)
    return [(1 - turning, mean, P), (turning / 2, mean, P), (turning / 2, mean, P), None, None]


def with_station(models, p, mean, P):
    """The models with that of the station, of probability ``p``."""
    rest = [(m[0] * (1 - p), *m[1:]) if m is not None else None for m in models[:STATION]]
    return [*rest, (p, mean, P)]


def without_station(models):
    """The models of flight alone."""
    if models[STATION] is None:
        return models
    own = 1.0 - models[STATION][0]
    return [*((m[0] / own, *m[1:]) if m is not None else None for m in models[:STATION]), None]
