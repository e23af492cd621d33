"""Stock: what is left to spend and whom to look at, against plain sums."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.decide.orders import make_orders
from bartizan.decide.picture import Link, make_picture
from bartizan.decide.stock import ANYBODY, list_threats, make_stock, take_stock
from bartizan.tracking.nets import Rows
from bartizan.tracking.tracks import TrackStatus, make_tracks
from bartizan.world.force import make_magazines
from tests.naive import decide as naive
from tests.tables import force

pytestmark = pytest.mark.kernels


@given(st.integers(0, 2**32 - 1))
def test_what_is_left_is_that_of_the_naive_twin(seed: int) -> None:
    draw = np.random.default_rng(seed)
    own = force(
        n_unit=4,
        unit_system=np.array([0, 0, 1, 1]),
        system_engagements=draw.integers(0, 5, 2),
        unit_net=np.array([0, 0, 0, 1]),
        unit_channels=draw.integers(0, 3, 4),
        unit_rounds=draw.integers(0, 3, (4, 1)),
    )
    magazines, orders, stock = make_magazines(own), make_orders(6), make_stock(own)
    magazines.channels_busy[:] = draw.integers(0, 2, 4)
    orders.alive[:] = draw.random(6) < 0.5
    orders.unit[:] = draw.integers(0, 4, 6)
    orders.interceptor[:] = 0
    orders.rounds[:], orders.launched[:] = 2, draw.integers(0, 3, 6)
    for net in (0, 1):
        link_end = take_stock(own, magazines, orders, net, stock)
        *columns, expected = naive.take_stock(own, magazines, orders, net)
        assert link_end == expected
        for found, column in zip(stock, columns, strict=True):
            np.testing.assert_array_equal(found, column)


def test_all_are_looked_at_while_anything_may_be_ordered() -> None:
    own = force(rounds=1, channels=1)
    magazines, orders, stock = make_magazines(own), make_orders(1), make_stock(own)
    assert take_stock(own, magazines, orders, 0, stock) == ANYBODY > Link.ORDERED
    magazines.rounds[:] = 0
    assert take_stock(own, magazines, orders, 0, stock) == Link.CHANNEL
    magazines.channels_busy[:] = 1
    assert take_stock(own, magazines, orders, 0, stock) == Link.FEASIBLE
    assert take_stock(own, magazines, orders, 1, stock) == Link.FEASIBLE


@given(st.integers(0, 2**32 - 1))
def test_tracks_to_decide_on_are_those_of_the_naive_twin(seed: int) -> None:
    draw = np.random.default_rng(seed)
    n, rows = 40, Rows(2, 15, 5)
    tracks, picture = make_tracks(n), make_picture(n)
    tracks.alive[:] = draw.random(n) < 0.9
    tracks.track_id[:] = picture.track_id[:] = draw.permutation(n)
    picture.track_id[draw.integers(0, n, 3)] = -1
    tracks.status[:] = draw.choice([TrackStatus.TENTATIVE, TrackStatus.CONFIRMED], n)
    picture.engageable[:] = draw.random(n) < 0.9
    picture.barred[:], picture.reported_killed[:] = draw.random((2, n)) < 0.1
    picture.orders_alive[:], picture.rounds_spent[:] = draw.integers(0, 3, (2, n))
    picture.link[:] = draw.integers(0, ANYBODY, n)
    picture.value[:] = draw.integers(0, 9, n)  # many are equal
    own = force(
        system_net=np.array([0, 1, 1]),
        system_tracks=draw.choice([0, 4, 9, 300], 3),
        system_engagements=np.ones(3, dtype=np.int64),
    )
    for net, link_end in ((0, ANYBODY), (1, Link.CHANNEL)):
        ranked, its = np.empty(20, dtype=np.int64), own.system_net == net
        size, beyond = list_threats(
            own, 2, tracks, picture, rows, net, int(link_end), ranked
        )  # fmt: skip
        systems = own._replace(system_tracks=own.system_tracks[its])
        here = range(20 * net, 20 * net + 20)
        expected = naive.list_threats(systems, 2, tracks, picture, here, link_end)
        assert (ranked[:size].tolist(), beyond) == expected
