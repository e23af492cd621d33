"""Slow twin of the report: straight on, and as sure as the mixture that may have turned."""

import numpy as np

from tests.naive.tracking import models, parts, places


def report(settings, tracks, t_s):
    """Columns of a report at a time, by name, of every track row by row."""
    rows = np.flatnonzero(tracks.alive)
    state = [places.extrapolated(tracks.mean[i], t_s - tracks.time_s[i]) for i in rows]
    return {
        "track_id": tracks.track_id[rows],
        "status": tracks.status[rows],
        "misses": tracks.misses[rows],
        "hits": tracks.hits[rows],
        "existence": tracks.existence[rows],
        "state": state,
        "covariance": [
            spread(settings, tracks, i, t_s, there)
            for i, there in zip(rows, state, strict=True)
        ],
        "model_probability": tracks.model_probability[rows],
    }


def spread(settings, tracks, row, t_s, there):
    """Second moments around what is reported; of members as if they flew straight on."""
    dt_s = t_s - tracks.time_s[row]
    if dt_s == 0.0:
        return tracks.covariance[row]
    if tracks.formation[row] >= 0:
        noise = models.noise(settings, 0, dt_s)
        return parts.predict(tracks.mean[row], tracks.covariance[row], dt_s, *noise)[1]
    columns = tracks.model_probability, tracks.model_mean, tracks.model_covariance
    listed = [
        (p, m, P) if p > 0.0 else None
        for p, m, P in zip(*(column[row] for column in columns), strict=True)
    ]
    mean, P = models.moments(models.predicted(settings, listed, dt_s))
    return P + np.outer(mean - there, mean - there)
