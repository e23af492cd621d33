"""Nets: who shares one air picture has rows of his own in the table of tracks.

A net's rows are those that its tracker keeps from the plots of its sensors, and after them
those that links forward to it.
"""

from typing import NamedTuple

from bartizan.kernel import kernel
from bartizan.tracking.tracks import Formations, Leftovers, Tracks


class Rows(NamedTuple):
    """How nets share the rows of a table of tracks, one after the other."""

    n_net: int
    n_own: int  # of each net, of its own tracker
    n_forwarded: int  # of each net, from links


@kernel
def first_row(rows: Rows, net: int) -> int:
    """Return the first row of a net."""
    return net * (rows.n_own + rows.n_forwarded)


@kernel
def first_forwarded(rows: Rows, net: int) -> int:
    """Return the first of a net's rows that links forward to it."""
    return net * (rows.n_own + rows.n_forwarded) + rows.n_own


@kernel
def net_of_row(rows: Rows, row: int) -> int:
    """Return whose row it is."""
    return row // (rows.n_own + rows.n_forwarded)


@kernel
def own_tracks(rows: Rows, tracks: Tracks, net: int) -> Tracks:
    """Return the rows that a net's own tracker keeps, as views; all nets share numbers.

    It calls no other kernel, so that it can also be asked outside of kernels, uncompiled.
    """
    a = net * (rows.n_own + rows.n_forwarded)
    b = a + rows.n_own
    f, n = tracks.formations, tracks.formations.alive.shape[0] // rows.n_net
    c, d = net * n, (net + 1) * n
    formations = Formations(
        f.n_alive[net : net + 1], f.alive[c:d], f.time_s[c:d], f.n_member[c:d], f.born[c:d],
        f.lost[c:d], f.mean[c:d], f.covariance[c:d], f.model_probability[c:d],
        f.model_mean[c:d], f.model_covariance[c:d],
    )  # fmt: skip
    p, n = tracks.leftovers, tracks.leftovers.time_s.shape[0] // rows.n_net
    c, d = net * n, (net + 1) * n
    leftovers = Leftovers(
        p.size[net : net + 1], p.time_s[c:d], p.sensor[c:d], p.position_m[c:d],
        p.covariance_m2[c:d], p.clutter_m3[c:d], p.holder[c:d], p.holder_id[c:d],
    )  # fmt: skip
    return Tracks(
        tracks.next_id, tracks.lost, tracks.alive[a:b], tracks.track_id[a:b],
        tracks.status[a:b], tracks.time_s[a:b], tracks.mean[a:b], tracks.covariance[a:b],
        tracks.existence[a:b], tracks.evidence[a:b], tracks.hits[a:b], tracks.looks[a:b],
        tracks.misses[a:b], tracks.first_s[a:b], tracks.confirmed_s[a:b],
        tracks.last_hit_s[a:b], tracks.due_s[a:b], tracks.seen_s[a:b], tracks.sensor[a:b],
        tracks.address[a:b], tracks.code[a:b], tracks.iff_silent[a:b], tracks.iff_civil[a:b],
        tracks.iff_friend[a:b], tracks.model_probability[a:b], tracks.model_mean[a:b],
        tracks.model_covariance[a:b], tracks.formation[a:b], tracks.station[a:b],
        tracks.station_covariance[a:b], formations, leftovers,
    )  # fmt: skip
