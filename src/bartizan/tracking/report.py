"""Report: where all tracks are at one time."""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel
from bartizan.tracking.motion import predicted
from bartizan.tracking.tracks import Tracks


class Report(NamedTuple):
    """The tracks alive, one row a track; r rows at most."""

    size: Ints  # (1,) rows filled
    track_id: Ints  # (r,)
    status: Ints  # (r,) TrackStatus
    misses: Ints  # (r,) expected looks missed in a row
    state: Floats  # (r, 6) ECEF position [m] and velocity [m/s]
    existence: Floats  # (r,) probability that it is an object


def make_report(capacity: int) -> Report:
    """Return room for ``capacity`` tracks."""
    return Report(
        size=arrays.counts(1),
        track_id=arrays.none(capacity),
        status=arrays.counts(capacity),
        misses=arrays.counts(capacity),
        state=arrays.zeros(capacity, 6),
        existence=arrays.zeros(capacity),
    )


def filled(table: Report) -> Report:
    """Return the rows that are filled, as views."""
    n = int(table.size[0])
    rows = {name: getattr(table, name)[:n] for name in Report._fields[1:]}
    return table._replace(**rows)


@kernel
def report(tracks: Tracks, t_s: float, out: Report) -> None:
    """Write where all tracks are at ``t_s``, in order of their rows."""
    n = 0
    for row in range(tracks.alive.shape[0]):
        if not tracks.alive[row]:
            continue
        out.track_id[n], out.status[n] = tracks.track_id[row], tracks.status[row]
        out.misses[n], out.existence[n] = tracks.misses[row], tracks.existence[row]
        x, y, z, vx, vy, vz = predicted(tracks, row, t_s)
        out.state[n, 0], out.state[n, 1], out.state[n, 2] = x, y, z
        out.state[n, 3], out.state[n, 4], out.state[n, 5] = vx, vy, vz
        n += 1
    out.size[0] = n
