"""The score of tracks against the truth: all metrics together, and GOSPA over time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.metrics.accuracy import Accuracy, accuracy, errors
from bartizan.metrics.consistency import Consistency, consistency
from bartizan.metrics.gospa import Gospa, gospa
from bartizan.metrics.identity import Identity, identity
from bartizan.metrics.near import near_pairs
from bartizan.metrics.ospa import ospa
from bartizan.metrics.record import Record, record_of
from bartizan.metrics.reports import read
from bartizan.metrics.siap import Siap, siap
from bartizan.metrics.switches import Clear, clear, correspondences


class Settings(NamedTuple):
    """What a score depends on."""

    cutoff_m: float = 500.0
    order: float = 2.0
    max_misses: int | None = 2  # in a row; with more a track does not count
    times: str = "truth"  # of `instants.TIMES`


class Counts(NamedTuple):
    """What was scored."""

    times: int
    begin_s: float
    end_s: float
    objects: int  # different ones
    tracks: int
    object_rows: int
    track_rows: int
    unscored_reports: int  # rows of the tracks at times that are not scored
    silent_times: int  # scored times without any row of the tracks, of whatever status
    misses_counted: bool  # the tracks have misses or n_updates, so that max_misses applies


class Distance(NamedTuple):
    """GOSPA and OSPA, means over the times."""

    gospa_m: float
    ospa_m: float
    localisation: float  # share of GOSPA to its order; the three make 1, or all are 0
    missed: float
    false: float
    missed_objects: float  # a time
    false_tracks: float


class Series(NamedTuple):
    """The distances at each scored time; k rows."""

    time_s: Floats
    gospa_m: Floats
    ospa_m: Floats
    localisation: Floats  # sum of the pairs' distances to the order p [m^p]
    missed: Ints
    false: Ints
    objects: Ints
    tracks: Ints


@dataclass(frozen=True, repr=False)
class Score:
    """All metrics of tracks against the truth; `document` is that of ``--json``."""

    settings: Settings
    counts: Counts
    distance: Distance
    accuracy: Accuracy
    clear: Clear
    identity: Identity
    siap: Siap
    consistency: Consistency | None
    series: Series

    @property
    def document(self) -> dict[str, Any]:
        """The score as plain data."""
        parts: Mapping[str, Any] = vars(self)
        found: dict[str, Any] = {"bartizan": "score", "format": 1}
        for name, part in parts.items():
            found[name] = None if part is None else _plain(part._asdict())
        return found

    def __repr__(self) -> str:
        return (
            f"<Score of {self.counts.times} times: GOSPA {self.distance.gospa_m:.4g} m, "
            f"{self.clear.switches} switches>"
        )


def _plain(part: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.tolist() if isinstance(value, np.ndarray) else value
        for name, value in part.items()
    }


def score(
    tracks: Any,
    truth: Any,
    settings: Settings,
    names: tuple[str, str] = ("tracks", "truth"),
) -> Score:
    """Return the score of two tables; ``names`` are what a fault calls them.

    Raises
    ------
    DocumentError
        All faults of the tables.
    """
    record = record_of(*read(tracks, truth, names), settings.times, settings.max_misses)
    pairs = near_pairs(record, settings.cutoff_m)
    found = gospa(record, pairs, settings.cutoff_m, settings.order)
    ospa_m = ospa(found, settings.cutoff_m, settings.order)
    held = correspondences(record, pairs, settings.cutoff_m)
    rows, columns = pairs.row[held.pair], pairs.column[held.pair]
    error, sigma = errors(record, rows, columns), record.tracks.sigma
    return Score(
        settings,
        _counts(record),
        _distance(found, ospa_m, settings),
        accuracy(error),
        clear(record, pairs, held),
        identity(record, pairs),
        siap(record, pairs, held.pair),
        None
        if sigma is None
        else consistency(
            error, sigma[columns], record.objects.instant[rows], record.has_one_sigma
        ),
        Series(record.time_s, found.distance_m, ospa_m, *found[1:]),
    )


def _counts(record: Record) -> Counts:
    return Counts(
        len(record.time_s),
        float(record.time_s[0]),
        float(record.time_s[-1]),
        record.n_object,
        record.n_track,
        len(record.objects.number),
        len(record.tracks.number),
        record.unscored_reports,
        record.silent_times,
        record.has_updates,
    )


def _distance(found: Gospa, ospa_m: Floats, settings: Settings) -> Distance:
    penalty = 0.5 * settings.cutoff_m**settings.order
    parts = (
        float(found.localisation.sum()),
        penalty * float(found.missed.sum()),
        penalty * float(found.false.sum()),
    )
    total = sum(parts) or 1.0
    return Distance(
        float(found.distance_m.mean()),
        float(ospa_m.mean()),
        parts[0] / total,
        parts[1] / total,
        parts[2] / total,
        float(found.missed.mean()),
        float(found.false.mean()),
    )
