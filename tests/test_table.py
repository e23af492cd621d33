"""Tables as kernels take them: the same columns as in Python, also of a table within one."""

from typing import NamedTuple

import numba
import numpy as np
import pytest

import bartizan.table
from bartizan.kernel import kernel
from bartizan.table import Table, kept, quick
from bartizan.tracking.nets import Rows, own_tracks
from bartizan.tracking.tracks import Tracks, make_tracks

pytestmark = pytest.mark.kernels

ROWS = Rows(n_net=3, n_own=4, n_forwarded=2)


class Pair(NamedTuple):
    """Of somebody else's package."""

    left: float
    right: np.ndarray


@kernel
def look(rows: Rows, tracks: Tracks, seen: np.ndarray) -> int:
    """Read and write columns of each kind: numbers, flags, of two axes, of a table within."""
    row, n = rows.n_net, tracks.alive.shape[0]
    seen[0] = tracks.time_s[row]
    tracks.time_s[row] += 1.0
    seen[1] = tracks.time_s[row]
    seen[2] = tracks.mean[row, 4]
    seen[3] = 1.0 if tracks.alive[row] and not tracks.alive[row + 1] else 0.0
    seen[4] = tracks.formations.mean[2, 1] + tracks.leftovers.size[0]
    tracks.formations.alive[1] = True
    return n * tracks.mean.shape[1] + rows.n_forwarded


@kernel
def _mark(own: Tracks, net: int) -> float:
    own.time_s[:] = float(net)
    own.formations.n_member[0] = net
    return own.mean[1, 0] + 100.0 * own.alive.shape[0]


@kernel
def mark_each(rows: Rows, tracks: Tracks, seen: np.ndarray) -> None:
    """Hand the rows of each net on, which this kernel makes a table of."""
    for net in range(rows.n_net):
        own = kept(own_tracks(rows, tracks, net))
        seen[net] = _mark(own, net)
        seen[rows.n_net + net] = own.time_s[0]


@pytest.fixture
def tracks() -> Tracks:
    table = make_tracks(ROWS.n_own, n_net=ROWS.n_net, n_forwarded=ROWS.n_forwarded)
    table.time_s[:] = np.arange(len(table.time_s))
    table.mean[:] = np.arange(table.mean.size).reshape(table.mean.shape)
    table.alive[3] = True
    table.formations.mean[:] = 10.0 + np.arange(table.formations.mean.size).reshape(
        table.formations.mean.shape
    )
    table.leftovers.size[0] = 7
    return table


def test_columns_are_pythons(tracks):
    seen = np.zeros(5)
    n = look(ROWS, tracks, seen)
    mean = tracks.formations.mean[2, 1] + 7
    assert seen.tolist() == [3.0, 4.0, tracks.mean[3, 4], 1.0, mean]
    assert n == tracks.mean.size + 2
    assert tracks.formations.alive.tolist().index(True) == 1
    assert tracks.time_s[3] == 4.0


def test_a_kernel_hands_on_the_table_that_it_made(tracks):
    seen = np.zeros(6)
    mark_each(ROWS, tracks, seen)
    firsts = [0, 6, 12]
    assert seen.tolist() == [*(tracks.mean[row + 1, 0] + 400.0 for row in firsts), 0, 1, 2]
    for net, row in enumerate(firsts):
        assert (tracks.time_s[row : row + 4] == net).all()
    assert tracks.time_s[4] == 4.0, "a forwarded row is nobody's own"
    per_net = len(tracks.formations.n_member) // 3
    assert tracks.formations.n_member[::per_net].tolist() == [0, 1, 2]


@pytest.mark.parametrize("trusts", [True, False])
def test_a_quick_kernel_does_what_the_kernel_does(tracks, monkeypatch, trusts):
    monkeypatch.setattr(bartizan.table, "TRUSTS_CLASSES", trusts)
    faster = quick(look)
    for before in (3.0, 4.0):
        seen = np.zeros(5)
        assert faster(ROWS, tracks, seen) == tracks.mean.size + 2
        assert seen[:2].tolist() == [before, before + 1.0]
    other = Rows(n_net=2, n_own=5, n_forwarded=7)
    assert faster(other, tracks, seen) == tracks.mean.size + 7


def test_two_tables_of_one_class_are_two_types_where_their_columns_are():
    whole, pieces = Rows(1, 2, 3), Rows(1, 2, 3.5)  # type: ignore[arg-type]
    assert isinstance(numba.typeof(whole), Table)
    assert numba.typeof(whole) == numba.typeof(Rows(7, 8, 9)) != numba.typeof(pieces)
    assert numba.typeof(whole).name != numba.typeof(pieces).name


def test_named_tuples_of_others_stay_numbas_own():
    pair = Pair(2.0, np.ones(3))

    @numba.njit
    def spread(pair):
        left, right = pair
        return left + right[0] + len(pair)

    assert not isinstance(numba.typeof(pair), Table)
    assert spread(pair) == 5.0
