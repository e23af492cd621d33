"""Links: what is sent arrives late, ages as the closed form says, is taken for own tracks."""

import math
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, multivariate_normal

from bartizan.arrays import copied
from bartizan.decide.correlate import GATE, KEEP, SPEED_SIGMA_M_S, apart
from bartizan.decide.links import (
    Forwarded,
    LinksPlan,
    Mail,
    make_forwarded,
    make_links,
    make_mail,
)
from bartizan.decide.orders import make_orders
from bartizan.decide.picture import make_picture
from bartizan.decide.receive import receive
from bartizan.decide.send import send
from bartizan.sense.cues import make_cues
from bartizan.tracking.nets import Rows
from bartizan.tracking.tracks import TrackStatus, make_tracks
from tests.naive import decide as naive
from tests.tables import assert_same, at_height, doctrine, ecef_velocity

pytestmark = pytest.mark.kernels

ROWS = Rows(2, 4, 4)  # net 0 receives: rows 0-3 own, 4-7 forwarded; net 1 sends: rows 8-11
FIRST_SENT, FIRST_FORWARDED = 8, 4
SPEED_M_S = 200.0
DECIDE = doctrine()
PRIOR = DECIDE.identification.prior


def link(**changed: float) -> LinksPlan:
    """Return a link from net 1 to net 0; figures may be changed."""
    plan = make_links(1)
    plan.link_id[0], plan.source[0], plan.to[0] = 5, 1, 0
    plan.latency_s[0], plan.interval_s[0] = 2.0, 4.0
    plan.cue_gain[0], plan.cued_reaction[0] = 2.0, 0.5
    plan.engage_sigma_max_m[0] = 500.0
    for name, value in changed.items():
        getattr(plan, name)[0] = value
    return plan


class Air:
    """Both nets: tracks stand where they are put and fly on straight."""

    def __init__(self, **changed: float) -> None:
        self.plan = link(**changed)
        self.tracks = make_tracks(ROWS.n_own, 1, ROWS.n_net, ROWS.n_forwarded)
        self.mail: Mail = make_mail(self.plan, ROWS.n_own)
        n_row = len(self.tracks.alive)
        self.forwarded: Forwarded = make_forwarded(n_row, 1)
        self.picture, self.orders, self.cues = make_picture(n_row), make_orders(4), make_cues(8)
        self.now_s = 0.0

    def put(self, row: int, north_m: float = 0.0) -> None:
        """Start a confirmed track, well known, in a row."""
        t = self.tracks
        t.alive[row], t.status[row], t.time_s[row] = True, TrackStatus.CONFIRMED, self.now_s
        t.track_id[row], t.hits[row] = t.next_id[0], 9
        t.next_id[0] += 1
        t.mean[row, :3] = at_height(80e3 - SPEED_M_S * self.now_s, north_m, 5e3)
        t.mean[row, 3:] = ecef_velocity(-SPEED_M_S, 0.0, 0.0)
        t.covariance[row] = np.diag([50.0**2] * 3 + [2.0**2] * 3)
        self.picture.track_id[row] = t.track_id[row]

    def advance(self, seconds: int) -> None:
        """Go on second by second."""
        for _ in range(seconds):
            self.now_s += 1.0
            send(self.plan, ROWS, self.tracks, self.picture, PRIOR, self.mail, 7, self.now_s)
            receive(
                DECIDE, self.plan, ROWS, self.mail, self.forwarded, self.tracks, self.picture,
                self.orders, self.cues, self.now_s,
            )  # fmt: skip

    def order(self, row: int) -> None:
        """Let an engagement with a track be under way."""
        self.orders.alive[0], self.orders.track_row[0] = True, row
        self.orders.track_id[0] = self.tracks.track_id[row]
        self.picture.orders_alive[row] += 1

    @property
    def shown(self) -> list[int]:
        """Rows that the receiver has in his air picture."""
        t = self.tracks
        is_shown = t.alive & (t.status != TrackStatus.TENTATIVE)
        return np.flatnonzero(is_shown[: ROWS.n_own + ROWS.n_forwarded]).tolist()


def test_a_track_arrives_a_latency_after_it_was_sent() -> None:
    air = Air()
    air.put(FIRST_SENT)
    air.advance(2)
    assert air.shown == []
    air.advance(1)
    assert air.shown == [FIRST_FORWARDED]
    assert air.forwarded.heard_s[FIRST_FORWARDED] == 1.0
    np.testing.assert_array_equal(air.tracks.mean[FIRST_FORWARDED], air.tracks.mean[FIRST_SENT])


@pytest.mark.parametrize(("latency_s", "interval_s"), [(2.0, 4.0), (0.0, 5.0), (30.0, 10.0)])
def test_the_age_of_forwarded_tracks_is_the_closed_form(latency_s, interval_s) -> None:
    air = Air(latency_s=latency_s, interval_s=interval_s)
    air.put(FIRST_SENT)
    air.advance(1 + int(latency_s) + 20 * int(interval_s))
    ages = air.forwarded.age_s[0] / air.forwarded.ages[0]
    # at whole seconds: latency, latency + 1, ..., latency + interval - 1
    assert ages == pytest.approx(latency_s + 0.5 * (interval_s - 1.0), abs=0.3)


def test_what_is_lost_makes_tracks_older() -> None:
    air = Air(loss=0.5, latency_s=0.0, interval_s=2.0)
    air.put(FIRST_SENT)
    air.advance(4000)
    # 1/2 + p / (1 - p) intervals, less half a second of the clock; long gaps end the track
    assert 1.9 < air.forwarded.age_s[0] / air.forwarded.ages[0] < 2.6
    assert air.forwarded.messages[0] == pytest.approx(1000, abs=90)


def test_a_track_that_is_not_heard_of_ends() -> None:
    air = Air()
    air.put(FIRST_SENT)
    air.advance(4)
    air.tracks.alive[FIRST_SENT] = False
    air.advance(15)
    assert air.shown == [FIRST_FORWARDED]
    air.advance(8)
    assert air.shown == []


def test_a_forwarded_track_beside_an_own_one_is_taken_for_it() -> None:
    air = Air()
    air.put(0)
    air.put(1, north_m=20e3)
    air.put(FIRST_SENT, north_m=100.0)
    air.advance(3)
    assert air.shown == [0, 1]
    assert air.forwarded.own_row[FIRST_FORWARDED] == 0
    assert air.picture.reaction_share[:2].tolist() == [0.5, 1.0]
    assert air.cues.size[0] == 0


def test_a_forwarded_track_far_from_own_ones_stands_beside_them_and_points_radars() -> None:
    air = Air()
    air.put(0)
    air.put(FIRST_SENT, north_m=3e3)
    air.advance(3)
    assert air.shown == [0, FIRST_FORWARDED]
    assert air.cues.size[0] == 1
    assert (air.cues.net[0], air.cues.gain[0]) == (0, 2.0)


def test_two_forwarded_tracks_are_not_taken_for_one_own_track() -> None:
    air = Air()
    air.put(0)
    air.put(FIRST_SENT, north_m=50.0)
    air.put(FIRST_SENT + 1, north_m=-90.0)
    air.advance(3)
    assert len(air.shown) == 2


class Hand(NamedTuple):
    """Where an engagement stands."""

    row: int
    alive: int


def hand_of(air: Air) -> Hand:
    row = int(air.orders.track_row[0])
    assert air.orders.track_id[0] == air.tracks.track_id[row]
    return Hand(row, int(air.picture.orders_alive[row]))


def test_an_engagement_goes_over_to_the_own_track_and_back() -> None:
    air = Air()
    air.put(FIRST_SENT)
    air.advance(3)
    air.order(FIRST_FORWARDED)
    air.put(0)
    air.tracks.mean[0, :3] = at_height(80e3 - SPEED_M_S * 3.0, 0.0, 5e3)
    air.advance(4)
    assert hand_of(air) == Hand(0, 1)
    assert air.picture.orders_alive[FIRST_FORWARDED] == 0
    air.tracks.alive[0] = False
    air.advance(1)
    assert hand_of(air) == Hand(FIRST_FORWARDED, 1)
    assert air.shown == [FIRST_FORWARDED]


@pytest.mark.parametrize("tells", [True, False])
def test_who_is_engaged_elsewhere_is_barred_where_the_link_tells(tells) -> None:
    air = Air(tells_engagements=tells)
    air.put(FIRST_SENT)
    air.order(FIRST_SENT)
    air.advance(3)
    assert bool(air.picture.barred[FIRST_FORWARDED]) == tells


@pytest.mark.parametrize(("worst_m", "barred"), [(500.0, False), (30.0, True), (0.0, True)])
def test_what_is_too_uncertain_is_not_shot_at(worst_m, barred) -> None:
    air = Air(engage_sigma_max_m=worst_m)
    air.put(FIRST_SENT)
    air.advance(3)
    assert bool(air.picture.barred[FIRST_FORWARDED]) == barred


@pytest.mark.parametrize("tells", [True, False])
def test_identity_goes_with_a_track_where_the_link_tells_it(tells) -> None:
    air = Air(tells_identity=tells)
    air.put(0)
    air.put(FIRST_SENT)
    air.picture.posterior[FIRST_SENT] = 2.0 * PRIOR
    air.advance(3)
    told = math.log(2.0) if tells else 0.0
    assert air.picture.told_log_odds[[0, FIRST_FORWARDED]] == pytest.approx(told)


def test_the_error_of_a_link_is_in_the_state_and_in_its_covariance() -> None:
    off = []
    for n in range(300):
        air = Air(sigma_m=400.0)
        air.plan.link_id[0] = n
        air.put(FIRST_SENT)
        air.advance(3)
        off.append(air.tracks.mean[FIRST_FORWARDED, :3] - air.tracks.mean[FIRST_SENT, :3])
    assert np.std(off) == pytest.approx(400.0, rel=0.1)
    expected = 50.0**2 + 400.0**2
    assert air.tracks.covariance[FIRST_FORWARDED, 0, 0] == pytest.approx(expected)


def test_a_new_number_of_the_same_link_is_counted() -> None:
    air = Air()
    air.put(0)
    air.put(FIRST_SENT)
    air.advance(4)
    air.tracks.alive[FIRST_SENT] = False
    air.put(FIRST_SENT + 1)
    air.tracks.time_s[:] = air.now_s
    for row in (0, FIRST_SENT + 1):
        air.tracks.mean[row, :3] = at_height(80e3 - SPEED_M_S * 4.0, 0.0, 5e3)
    air.advance(7)
    assert air.forwarded.renumbered[0] == 1


def test_forwarded_tracks_without_room_are_counted() -> None:
    air = Air()
    for k in range(ROWS.n_own):
        air.put(FIRST_SENT + k, north_m=10e3 * k)
    air.tracks.alive[FIRST_FORWARDED + 1 : FIRST_FORWARDED + 4] = True
    air.advance(3)
    assert air.tracks.lost[0] == 3


def test_a_number_that_was_only_lost_is_shown_when_it_is_heard_again() -> None:
    air = Air()
    air.put(0)
    air.put(FIRST_SENT)
    air.advance(4)
    kept, air.tracks.status[FIRST_SENT] = air.tracks.status[FIRST_SENT], TrackStatus.TENTATIVE
    air.put(FIRST_SENT + 1)
    air.tracks.mean[FIRST_SENT + 1] = air.tracks.mean[FIRST_SENT]
    air.tracks.time_s[FIRST_SENT + 1] = air.tracks.time_s[FIRST_SENT]
    air.advance(6)
    assert air.shown == [0]
    assert air.forwarded.renumbered[0] == 1  # the new number took its place
    air.tracks.status[FIRST_SENT] = kept
    air.advance(4)
    assert len(air.shown) == 2


def test_a_number_keeps_its_own_track_while_both_are_sent() -> None:
    air = Air()
    air.put(0)
    air.put(FIRST_SENT, north_m=900.0)
    air.put(FIRST_SENT + 1)
    air.advance(3)
    (number,) = np.flatnonzero(air.forwarded.own_row == 0)
    air.tracks.mean[FIRST_SENT] = air.tracks.mean[FIRST_SENT + 1]
    air.advance(8)
    assert air.forwarded.renumbered[0] == 0
    assert air.forwarded.own_row[number] == 0


def test_distances_are_those_of_scipy() -> None:
    air, draw = Air(), np.random.default_rng(3)
    air.put(0)
    air.put(4, north_m=300.0)
    root = draw.normal(size=(2, 6, 6)) * np.array([80.0] * 3 + [5.0] * 3)[:, None]
    for row, half in zip((0, 4), root, strict=True):
        air.tracks.covariance[row] = half @ half.T
    found, unlikely = apart(air.tracks, 0, 4, 0.0, np.empty((6, 7)))
    off = air.tracks.mean[0] - air.tracks.mean[4]
    spread = air.tracks.covariance[0] + air.tracks.covariance[4]
    spread[3:, 3:] += SPEED_SIGMA_M_S**2 * np.eye(3)
    assert found == pytest.approx(off[:3] @ np.linalg.solve(spread[:3, :3], off[:3]))
    density = multivariate_normal.logpdf(off, cov=spread)
    assert unlikely == pytest.approx(-2.0 * density - 6.0 * math.log(2.0 * math.pi))


def test_gates_are_quantiles_of_chi_square() -> None:
    assert chi2.sf(GATE, 3) == pytest.approx(1e-4, rel=0.01)
    assert chi2.sf(KEEP, 3) == pytest.approx(1e-7, rel=0.02)


def test_velocity_tells_two_own_tracks_apart_that_stand_alike() -> None:
    for crossing in (0, 1):
        air = Air()
        for row in (0, 1, FIRST_SENT):
            air.put(row)
        for row in (0, 1):
            air.tracks.mean[row, :3] = at_height(80e3, 30.0 if row else -30.0, 5e3)
        air.tracks.mean[crossing, 3:] = ecef_velocity(0.0, 200.0, 0.0)
        air.tracks.time_s[[0, 1]] = 1.0
        air.advance(3)
        assert air.forwarded.own_row[FIRST_FORWARDED] == 1 - crossing


@given(seed=st.integers(0, 2**32 - 1))
def test_links_do_what_their_naive_twins_do(seed: int) -> None:
    draw = np.random.default_rng(seed)
    air = Air(
        loss=draw.choice([0.0, 0.4]),
        latency_s=draw.choice([0.0, 2.0, 9.0]),
        sigma_m=draw.choice([0.0, 100.0]),
        tells_identity=draw.random() < 0.5,
        tells_engagements=draw.random() < 0.5,
        engage_sigma_max_m=draw.choice([0.0, 200.0]),
    )
    tables = "mail", "tracks", "picture", "orders", "forwarded", "cues"
    for _ in range(30):
        _happen(air, draw)
        mail, tracks, picture, orders, forwarded, cues = (
            copied(getattr(air, name)) for name in tables
        )
        air.advance(1)
        naive.send(air.plan, ROWS, tracks, picture, PRIOR, mail, 7, air.now_s)
        naive.receive(
            DECIDE, air.plan, ROWS, mail, forwarded, tracks, picture, orders, cues, air.now_s
        )
        forwarded.work[:] = air.forwarded.work
        twins = mail, tracks, picture, orders, forwarded, cues
        for name, twin in zip(tables, twins, strict=True):
            assert_same(
                getattr(air, name), twin, mean=1e-6, covariance=1e-6, position_ecef_m=1e-6,
                radius_m=1e-6, log_odds=1e-9, told_log_odds=1e-9,
            )  # fmt: skip


def _happen(air: Air, draw: np.random.Generator) -> None:
    """Let tracks begin, end, be seen, turn and be shot at, near enough to be confused."""
    t, rows = air.tracks, [*range(ROWS.n_own), *range(FIRST_SENT, FIRST_SENT + ROWS.n_own)]
    for row in rows:
        fate = draw.random()
        if not t.alive[row] and fate < 0.3:
            air.put(row, north_m=draw.choice([0.0, 300.0, 4e3]) + draw.normal(0.0, 50.0))
        elif t.alive[row] and fate < 0.05:
            t.alive[row] = False
        elif t.alive[row] and fate < 0.15:
            t.status[row] = draw.choice(list(TrackStatus))
        elif t.alive[row] and fate < 0.5:
            t.mean[row, :3] += (air.now_s - t.time_s[row]) * t.mean[row, 3:]
            t.mean[row, :3] += draw.normal(0.0, 60.0, 3)
            t.time_s[row], t.hits[row] = air.now_s, t.hits[row] + 1
    air.picture.posterior[FIRST_SENT:] = draw.dirichlet(np.ones(4), len(t.alive) - FIRST_SENT)
    shown = np.flatnonzero(t.alive & (t.status != TrackStatus.TENTATIVE))
    if len(shown) and draw.random() < 0.2 and not air.orders.alive[0]:
        air.order(int(draw.choice(shown)))
    air.picture.reported_killed[shown] |= draw.random(len(shown)) < 0.02
