"""OSPA at each time: the distance per object, with the same cut-off and order as GOSPA.

Source: Schuhmacher, Vo and Vo, A consistent metric for performance evaluation of multi-object
filters, IEEE Transactions on Signal Processing 56(8), 2008.
"""

import numpy as np

from bartizan.arrays import Floats
from bartizan.metrics.gospa import Gospa


def ospa(found: Gospa, cutoff_m: float, order: float) -> Floats:
    """Return OSPA [m] (k,) from GOSPA's assignment, which is of least cost for both.

    Each pair saves the same, ``cutoff^p − distance^p``, in one and the other.
    """
    most = np.maximum(found.objects, found.tracks)
    alone = most - (found.objects - found.missed)
    total = found.localisation + cutoff_m**order * alone
    return np.asarray((total / np.maximum(most, 1)) ** (1.0 / order))
