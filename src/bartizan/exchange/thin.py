"""Thinning: the samples that are enough for whoever joins them by straight lines.

Source: Ramer, An iterative procedure for the polygonal approximation of plane curves, Computer
Graphics and Image Processing 1, 1972; here a point is held against where the line is at its
time, so that speeds stay right too.
"""

import numpy as np

from bartizan.arrays import Floats, Ints


def enough(time_s: Floats, ecef_m: Floats, most_m: float) -> Ints:
    """Return the rows whose joining lines pass all samples within a distance, in order.

    Parameters
    ----------
    time_s
        (n,) ascending.
    ecef_m
        (n, 3) positions then.
    most_m
        How far a sample may lie from the line at its time [m].
    """
    kept = np.zeros(len(time_s), dtype=np.bool_)
    kept[[0, -1]] = True
    waiting = [(0, len(time_s) - 1)]
    while waiting:
        a, b = waiting.pop()
        if b - a < 2:
            continue
        share = (time_s[a + 1 : b] - time_s[a]) / (time_s[b] - time_s[a])
        line = ecef_m[a] + share[:, np.newaxis] * (ecef_m[b] - ecef_m[a])
        away_m = np.linalg.norm(ecef_m[a + 1 : b] - line, axis=1)
        worst = int(away_m.argmax())
        if away_m[worst] > most_m:
            kept[a + 1 + worst] = True
            waiting += [(a, a + 1 + worst), (a + 1 + worst, b)]
    return np.flatnonzero(kept)
