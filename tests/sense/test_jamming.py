"""Noise jamming: what it adds to the noise of a look, against a slow twin and closed forms."""

import math

import numpy as np
import pytest

from bartizan.sense.jamming import noise_response_m2_hz_w, noise_rise
from bartizan.world.truth import Phase, Side
from tests.naive import sense as naive
from tests.plain import plain
from tests.sense.scene import KEY, Flight, Run, make_sense, make_world, radar_of, where_in
from tests.sense.test_plots import assert_same

pytestmark = pytest.mark.kernels

rise_of = plain(noise_rise)
CROWD = [
    Flight("raid.stand-off[0]", (270.0, 150.0), (280.0, 150.0), 9000.0, noise_w_hz=3e-5),
    Flight("raid.screened[0]", (271.0, 110.0), (271.0, 30.0), 5000.0, noise_w_hz=2e-9),
    Flight("raid.screened[1]", (272.5, 110.0), (270.5, 30.0), 5000.0, noise_w_hz=2e-9),
    Flight("raid.low[0]", (90.0, 120.0), (95.0, 120.0), 100.0, noise_w_hz=1e-3),
    Flight("raid.late[0]", (0.0, 60.0), (5.0, 60.0), 7000.0, 50.0, 90.0, noise_w_hz=1e-4),
    Flight("civil.plain[0]", (200.0, 140.0), (200.0, 90.0), 10e3, side=Side.CIVIL),
]


def flown(flights, time_s):
    """Return a world and where all is at a time."""
    run = Run(make_sense({}), make_world(flights))
    run.tick(0.0, time_s)
    return run


@pytest.mark.parametrize("time_s", [1.0, 60.0, 120.0])
def test_noise_is_that_of_the_twin(time_s):
    run = flown(CROWD, time_s)
    for i in range(len(CROWD)):
        place = where_in(run.world)(i, time_s)
        ours = rise_of(radar_of(run.sense, 0), run.world, run.targets, *place, time_s)
        theirs = naive.noise_rise(run.sense, run.world, where_in(run.world), 0, place, time_s)
        assert ours == pytest.approx(theirs, rel=1e-6)
        assert ours > 1.0


def test_plots_under_jamming_are_those_of_the_twin():
    radars = ({}, {"sidelobe_ratio": 1e-5, "scan_phase": 0.7, "beam_half_width_rad": 0.05})
    sense, world = make_sense(*radars), make_world(CROWD)
    assert_same(
        Run(sense, world).until(60.0).rows, naive.scan(sense, world, where_in(world), KEY, 60.0)
    )
    quiet = make_world([each._replace(noise_w_hz=0.0) for each in CROWD])
    assert len(Run(sense, quiet).until(60.0).rows) > len(Run(sense, world).until(60.0).rows)


def test_noise_follows_the_one_way_equation():
    # 100 W in each megahertz, 100 km away, 10 m2, noise factor 4: by hand, in decibels
    response = noise_response_m2_hz_w(np.array([10.0]), np.array([4.0]))[0]
    decibels = 10.0 * math.log10(response * 1e-4 / 100e3**2)
    assert decibels == pytest.approx(-40 + 10 - 10.99 - 100 + 203.98 - 6.02, abs=0.05)


@pytest.mark.parametrize("aside_deg", [0.0, 0.9, -0.9, 1.1, -1.1, 180.0])
def test_the_main_beam_hears_all_and_the_rest_the_sidelobes(aside_deg):
    jammer = Flight("raid.j[0]", (0.2, 100.0), (0.2, 99.0), noise_w_hz=1e-7)
    seen = Flight("raid.a[0]", (0.2 + aside_deg, 50.0), (0.2 + aside_deg, 49.0))
    run = flown([jammer, seen], 1.0)
    place = where_in(run.world)(1, 1.0)
    rise = rise_of(radar_of(run.sense, 0), run.world, run.targets, *place, 1.0)
    whole = 5e19 * 1e-7 / 100e3**2
    assert rise - 1.0 == pytest.approx(whole if abs(aside_deg) < 1 else 1e-3 * whole, rel=0.02)


def test_who_is_dead_or_below_the_horizon_jams_nobody():
    seen = Flight("raid.a[0]", (90.0, 50.0), (90.0, 49.0))
    for flights, is_dead in ((CROWD[:1], True), ([CROWD[3]], False)):
        run = flown([*flights, seen], 1.0)
        if is_dead:
            run.targets.phase[0] = Phase.KILLED
        place = where_in(run.world)(1, 1.0)
        args = run.world, run.targets, *place, 1.0
        assert rise_of(radar_of(run.sense, 0), *args) == 1.0


def test_a_silent_radar_makes_no_plots_from_the_next_tick_on():
    run = Run(make_sense({"scan_period_s": 1.0}), make_world(CROWD[5:]))
    run.until(30.0)
    run.silent_s[0] = 29.5
    before = len(run.rows)
    assert before > 0
    assert run.tick(30.0, 31.0) == []
    run.silent_s[0] = math.inf
    assert run.until(40.0).rows[before:]
