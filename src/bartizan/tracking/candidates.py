"""Candidates: which plots of a batch could be which track's, before any is weighed.

Of every such pair the likelihood under the track's own models is kept, so that a second look
at where formations are need not work it out again.
"""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel


class Candidates(NamedTuple):
    """Pairs of r tracks with places of the batch, all of one track first; e pairs at most."""

    size: Ints  # (2,) tracks and pairs filled
    lost: Ints  # (1,) pairs that did not fit
    row: Ints  # (r,) row of the track
    first: Ints  # (r + 1,) track k has the pairs first[k] to first[k + 1]
    place: Ints  # (e,)
    density: Floats  # (e,) of the plot under the track's own models [1/m3]


def make_candidates(n_track: int, n_pair: int) -> Candidates:
    """Return room for ``n_pair`` pairs of ``n_track`` tracks."""
    return Candidates(
        size=arrays.counts(2),
        lost=arrays.counts(1),
        row=arrays.none(n_track),
        first=arrays.counts(n_track + 1),
        place=arrays.none(n_pair),
        density=arrays.zeros(n_pair),
    )


@kernel
def clear_candidates(candidates: Candidates) -> None:
    """Forget all pairs."""
    candidates.size[0] = candidates.size[1] = candidates.first[0] = 0


@kernel
def add_candidate(candidates: Candidates, place: int, density: float) -> None:
    """Add a pair to the track under way."""
    n = candidates.size[1]
    if n >= candidates.place.shape[0]:
        candidates.lost[0] += 1
        return
    candidates.place[n], candidates.density[n] = place, density
    candidates.size[1] = n + 1


@kernel
def end_track(candidates: Candidates, row: int) -> None:
    """Close the track under way; one without pairs is left out."""
    k = candidates.size[0]
    if candidates.size[1] > candidates.first[k]:
        candidates.row[k] = row
        candidates.size[0] = k + 1
        candidates.first[k + 1] = candidates.size[1]
