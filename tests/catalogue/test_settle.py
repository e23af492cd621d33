"""Figures under each choice: claims, ends of bands for the defence, and draws."""

import math

import numpy as np
import pytest
from scipy import stats

from bartizan.catalogue import CHOICES, bundled_catalogue, resolve
from bartizan.catalogue.kinds import FigureKind
from bartizan.catalogue.records import Figure
from bartizan.catalogue.settle import Band, quantile
from bartizan.errors import DocumentError
from bartizan.rng import run_key

U = np.linspace(0.005, 0.995, 34)


def value(choice, entry, name, **more):
    return resolve(choice, **more).entry(entry).value(name)


def band(shape, low, mode, high, sign=1, dimension="ratio", **more):
    figure = Figure(nominal=mode, why="a test", provenance="assumed", shape=shape, **more)
    kind = FigureKind("x", dimension, "owner", "any", "a test")
    return Band(figure, kind, mode, low, high, sign)


@pytest.mark.parametrize(
    ("shape", "oracle"),
    [
        ("triangular", stats.triang(0.25, loc=2.0, scale=8.0)),
        ("pert", stats.beta(1.0 + 4.0 * 0.25, 1.0 + 4.0 * 0.75, loc=2.0, scale=8.0)),
        ("uniform", stats.uniform(2.0, 8.0)),
        ("loguniform", stats.loguniform(2.0, 10.0)),
    ],
)
def test_quantiles_are_those_of_the_distribution(shape, oracle):
    drawn = [quantile(band(shape, 2.0, 4.0, 10.0), u) for u in U]
    assert drawn == pytest.approx(oracle.ppf(U), rel=1e-9)


@pytest.mark.parametrize("mode", [2.0, 10.0])
@pytest.mark.parametrize("shape", ["triangular", "pert"])
def test_a_mode_at_an_end_of_its_band_is_no_trouble(shape, mode):
    drawn = [quantile(band(shape, 2.0, mode, 10.0), u) for u in (0.0, *U)]
    assert drawn == sorted(drawn)
    assert 2.0 <= drawn[0] < drawn[-1] <= 10.0


def test_a_discrete_figure_takes_its_values_by_their_weights():
    figure = band("discrete", 36, 36, 80, values=(36, 80, 40), weights=(0.45, 0.4, 0.15))
    drawn = [quantile(figure, u) for u in (0.0, 0.449, 0.451, 0.599, 0.601, 0.999)]
    assert drawn == [36, 36, 40, 40, 80, 80]


def test_a_drawn_count_is_whole():
    assert quantile(band("uniform", 1, 2, 9, dimension="count"), 0.3) == 3.0


def test_what_is_bad_for_the_defence_counts_from_its_high_end():
    good, bad = (band("uniform", 2.0, 4.0, 10.0, sign) for sign in (1, -1))
    sums = [quantile(good, u) + quantile(bad, u) for u in U]
    assert sums == pytest.approx(np.full(len(U), 12.0))


def test_pessimistic_is_so_for_the_defence():
    low, high = "pessimistic", "optimistic"
    # his own reach, his own errors, the attacker's speed, what the attacker costs
    assert value(low, "48n6e3", "range_max") == 200e3 < value(high, "48n6e3", "range_max")
    assert value(low, "92n6e", "range_sigma") == 100.0 > value(high, "92n6e", "range_sigma")
    assert value(low, "drone", "speed") == 55.0 > value(high, "drone", "speed")
    assert value(low, "drone", "rcs") == 0.005 < value(high, "drone", "rcs")
    assert value(low, "drone", "price") == value(high, "drone", "price") == 35e3
    assert value(low, "s-400", "engagements") == 36.0
    assert value(high, "s-400", "engagements") == 80.0


def test_civil_traffic_is_for_neither_side():
    for choice in ("pessimistic", "optimistic"):
        assert value(choice, "airliner", "rcs") == value("nominal", "airliner", "rcs")


def test_claims_are_taken_where_somebody_made_one():
    assert value("claimed", "s-400", "engagements") == 300.0
    assert value("claimed", "48n6e3", "target_speed_max") == 4800.0
    assert value("claimed", "drone", "rcs") == value("nominal", "drone", "rcs")


def test_no_choice_leaves_the_band_but_the_claim():
    for choice in set(CHOICES) - {"claimed"}:
        for seed in range(3):
            figures = resolve(choice, key=run_key(seed))
            for entry in bundled_catalogue().entries.values():
                values = figures.entry(entry.id)
                settled = {name: values.value(name) for name in entry.figures}
                lows = resolve("pessimistic").entry(entry.id)
                highs = resolve("optimistic").entry(entry.id)
                for name, found in settled.items():
                    ends = [lows.value(name), highs.value(name), values.value(name)]
                    assert math.isfinite(found)
                    if ends[0] != ends[1]:
                        assert min(ends[:2]) <= found <= max(ends[:2]), (entry.id, name)


def test_a_draw_is_of_its_seed_and_of_nothing_else():
    one, again, two = (resolve("drawn", key=run_key(seed)) for seed in (1, 1, 2))
    name = ("48n6e3", "range_max")
    assert one.entry(name[0]).value(name[1]) == again.entry(name[0]).value(name[1])
    assert one.entry(name[0]).value(name[1]) != two.entry(name[0]).value(name[1])


def test_draws_of_a_group_turn_out_together_and_others_apart():
    def ranks(entry, name):
        drawn = [value("drawn", entry, name, key=run_key(seed)) for seed in range(60)]
        return stats.rankdata(drawn)

    range_, azimuth = ranks("92n6e", "range_sigma"), ranks("92n6e", "azimuth_sigma")
    assert stats.spearmanr(range_, azimuth).statistic == pytest.approx(1.0)
    apart = stats.spearmanr(range_, ranks("48n6e3", "range_max")).statistic
    assert abs(apart) < 0.45


def test_a_draw_has_the_mean_of_its_band():
    drawn = [value("drawn", "48n6e3", "range_max", key=run_key(seed)) for seed in range(400)]
    expected = stats.triang(0.8, loc=200e3, scale=50e3)
    assert np.mean(drawn) == pytest.approx(expected.mean(), abs=4 * expected.std() / 20)


def test_figures_that_do_not_vary_are_held_at_nominal():
    held = resolve("claimed", vary=["*.engagements", "48n6e3.kill_probability.*"])
    assert held.entry("s-400").value("engagements") == 300.0
    assert held.entry("48n6e3").value("range_max") == 240e3
    counts = held.provenance(["s-400", "48n6e3"])
    assert counts["claimed"] < resolve("claimed").provenance(["s-400", "48n6e3"])["claimed"]


def test_a_pin_wins_over_every_choice():
    for choice in CHOICES:
        assert value(choice, "drone", "speed", pins={"drone.speed": "40 m/s"}) == 40.0


def test_a_pattern_that_means_no_figure_is_refused():
    with pytest.raises(DocumentError) as caught:
        resolve("claimed", vary=["*.altitude_max", "48n6e3.range_mx"])
    (fault,) = caught.value.faults
    assert fault.path == "vary[1]"
    assert fault.remedy == "did you mean '48n6e3.range_max'?"
