"""How good tracks are: the verb, which fetches what is heavy when it is called."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bartizan.metrics.score import Score

TIMES = ("truth", "reports")


def score(
    tracks: Any,
    truth: Any = None,
    *,
    cutoff_m: float = 500.0,
    order: float = 2.0,
    max_misses: int | None = 2,
    times: str = "truth",
) -> "Score":
    """Return how good tracks are: GOSPA and OSPA, switches, IDF1, SIAP, NEES; any tracker's.

    Parameters
    ----------
    tracks, truth
        Arrow tables, pandas frames, or paths of .parquet or .csv files; their columns are in
        ``docs/scoring.md``. Without ``truth``: a `Run`, its folder, or its name in ``runs/``.
    cutoff_m
        Distance from which an object and a track have nothing to do with each other.
    order
        The exponent p of GOSPA and OSPA.
    max_misses
        Looks missed in a row after which a track does not count until its next update; None:
        all count. Needs a column ``misses``, or ``n_updates``: then rows without an update.
    times
        ``truth``: all times of the truth are scored; ``reports``: those at which there is a
        row of the tracks, whatever its status.

    Raises
    ------
    DocumentError
        All faults of the tables: missing columns, values that are none, no common time.
    BartizanError
        An argument out of its range, a file that cannot be read.
    """
    from bartizan.api.scoring import scored
    from bartizan.metrics.score import Settings

    return scored(tracks, truth, Settings(cutoff_m, order, max_misses, times))
