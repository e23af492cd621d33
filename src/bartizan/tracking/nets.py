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
    """Return the rows that a net's own tracker keeps, as views; all nets share numbers."""
    a = first_row(rows, net)
    b = a + rows.n_own
    return Tracks(
        tracks.next_id, tracks.lost, tracks.alive[a:b], tracks.track_id[a:b],
        tracks.status[a:b], tracks.time_s[a:b], tracks.mean[a:b], tracks.covariance[a:b],
        tracks.existence[a:b], tracks.evidence[a:b], tracks.hits[a:b], tracks.looks[a:b],
        tracks.misses[a:b], tracks.first_s[a:b], tracks.confirmed_s[a:b],
        tracks.last_hit_s[a:b], tracks.due_s[a:b], tracks.seen_s[a:b], tracks.sensor[a:b],
        tracks.address[a:b], tracks.code[a:b], tracks.iff_silent[a:b], tracks.iff_civil[a:b],
        tracks.iff_friend[a:b], tracks.model_probability[a:b], tracks.model_mean[a:b],
        tracks.model_covariance[a:b], tracks.formation[a:b], tracks.station[a:b],
        tracks.station_covariance[a:b], _formations_of(rows, tracks.formations, net),
        _leftovers_of(rows, tracks.leftovers, net),
    )  # fmt: skip


@kernel
def _formations_of(rows: Rows, all_: Formations, net: int) -> Formations:
    n = all_.alive.shape[0] // rows.n_net
    a, b = net * n, (net + 1) * n
    return Formations(
        all_.n_alive[net : net + 1], all_.alive[a:b], all_.time_s[a:b], all_.n_member[a:b],
        all_.born[a:b], all_.lost[a:b], all_.mean[a:b], all_.covariance[a:b],
        all_.model_probability[a:b], all_.model_mean[a:b], all_.model_covariance[a:b],
    )  # fmt: skip


@kernel
def _leftovers_of(rows: Rows, all_: Leftovers, net: int) -> Leftovers:
    n = all_.time_s.shape[0] // rows.n_net
    a, b = net * n, (net + 1) * n
    return Leftovers(
        all_.size[net : net + 1], all_.time_s[a:b], all_.sensor[a:b], all_.position_m[a:b],
        all_.covariance_m2[a:b], all_.clutter_m3[a:b], all_.holder[a:b], all_.holder_id[a:b],
    )  # fmt: skip
