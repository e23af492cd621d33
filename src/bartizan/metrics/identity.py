"""IDF1, IDP, IDR: how far one track is one object's for good.

Source: Ristani, Solera, Zou, Cucchiara and Tomasi, Performance measures and a data set for
multi-target, multi-camera tracking, ECCV Workshops 2016.
"""

from typing import NamedTuple

import numpy as np

from bartizan.metrics.matching import best_matching
from bartizan.metrics.near import Pairs
from bartizan.metrics.record import Record


class Identity(NamedTuple):
    """Shares of rows whose track is the one that is their object's over all times."""

    idf1: float | None  # of objects' and tracks' rows together
    idp: float | None  # of tracks' rows
    idr: float | None  # of objects' rows
    agreeing: int  # such rows


def identity(record: Record, pairs: Pairs) -> Identity:
    """Return IDF1 from the one-to-one naming of objects by tracks with most rows in common."""
    objects, tracks = record.objects.number, record.tracks.number
    n_track = int(tracks.max(initial=0)) + 1
    key = objects[pairs.row] * n_track + tracks[pairs.column]
    named, together = np.unique(key, return_counts=True)
    chosen = best_matching(named // n_track, named % n_track, together.astype(np.float64))
    agreeing, n, m = int(together[chosen].sum()), len(objects), len(tracks)
    return Identity(
        2.0 * agreeing / (n + m) if n + m else None,
        agreeing / m if m else None,
        agreeing / n if n else None,
        agreeing,
    )
