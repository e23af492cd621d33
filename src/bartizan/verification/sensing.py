"""Cases of the radar: what it sees, how far off, and what is not there."""

import math
from collections.abc import Mapping

import numpy as np

from bartizan.arrays import Floats
from bartizan.simulate.plan import Plan
from bartizan.simulate.state import State
from bartizan.verification.case import Case, Flown, Quantity
from bartizan.world.geodesy import polar_from_ecef
from bartizan.world.ground import ground_distance_ecef_m
from bartizan.world.motion import position_velocity

RINGS_KM = (200, 250, 300, 350)
IN_RING, SCANS = 25, 20
REFERENCE_M, PFA = 300e3, 1e-6
SNR_REFERENCE = math.log(PFA) / math.log(0.5) - 1.0  # detection probability 0.5 there
SIGMA_RANGE_M, SIGMA_FLOOR = 30.0, 0.1
SCAN_S, SPEED_M_S, FAR_M = 5.0, 300.0, 460e3
ALARMS = 20
EFFECTIVE_RADIUS_M = 6_371_008.8 * 4.0 / 3.0
MAST_M, LOW_SPEED_M_S, QUICK_SCAN_S = 10.0, 200.0, 1.0
ALTITUDES_M, IN_GROUP = (50, 300, 3000), 25
_RADAR = "defence.site.overrides.textbook-radar"
SWERLING = "Swerling I: Pfa^(1 / (1 + SNR)), SNR as R^-4"


def snr(range_m: float) -> float:
    """Return the mean signal-to-noise power ratio of 1 m2 at a range, by the radar equation."""
    return float(SNR_REFERENCE * (REFERENCE_M / range_m) ** 4)


def detection(range_m: float) -> float:
    """Return the detection probability of one look at 1 m2 that fluctuates slowly."""
    return float(PFA ** (1.0 / (1.0 + snr(range_m))))


def first_detection() -> tuple[float, float]:
    """Return mean range [m] of the first plot, and the share seen beyond `FAR_M`.

    By summation over the looks of an inbound flight, over all phases of the scan.
    """
    step_m, means, shares = SPEED_M_S * SCAN_S, [], []
    for phase in (np.arange(50) + 0.5) / 50:
        ranges_m = 500e3 - step_m * (phase + np.arange(300))
        p = np.array([detection(r) for r in ranges_m])
        unseen = np.concatenate([[1.0], np.cumprod(1.0 - p)[:-1]])
        means.append((ranges_m * p * unseen).sum())
        shares.append((p * unseen)[ranges_m > FAR_M].sum())
    return float(np.mean(means)), float(np.mean(shares))


def range_variance_m2() -> float:
    """Return the variance of a range error, averaged over the powers that make a plot.

    Those of `noise` are from 200 to 395 km away; power is exponential above the threshold.
    """
    variances, weights = [], []
    for range_m in _column_ranges_m():
        mean = 1.0 + snr(range_m)
        excess = -np.log1p(-(np.arange(2000) + 0.5) / 2000)
        seen = -math.log(PFA) + mean * excess - 1.0
        variances.append(SIGMA_RANGE_M**2 * (SIGMA_FLOOR**2 + SNR_REFERENCE / seen).mean())
        weights.append(detection(range_m))
    return float(np.average(variances, weights=weights))


def _column_ranges_m() -> Floats:
    return np.linspace(200e3, 395e3, 40)


def horizon_m(altitude_m: float) -> float:
    """Return the ground range of the horizon between mast and target, by 4/3 Earth."""
    return float(sum(math.sqrt(2.0 * EFFECTIVE_RADIUS_M * h) for h in (MAST_M, altitude_m)))


def plot_ranges(plan: Plan, state: State, now_s: float) -> Floats:
    """Return the ranges of the plots of a tick."""
    return state.plots.range_m[: state.plots.size[0]].copy()


def _single_look(flown: Flown) -> Mapping[str, Floats]:
    ranges_km = np.concatenate(flown.seen) / 1e3
    looks = float(IN_RING * SCANS)
    return {
        f"seen at {ring} km": np.array([(abs(ranges_km - ring) < 20.0).sum() / looks])
        for ring in RINGS_KM
    }


def _ranges_at_first_plot_m(flown: Flown) -> Floats:
    """Return the ground range of each object from the radar when it was first seen."""
    site = flown.plan.sense.position_ecef_m[0]
    first_s = flown.state.looks.first_detected_s
    ranges_m = []
    for i, time_s in enumerate(first_s):
        x, y, z, *_ = position_velocity(flown.plan.world, i, time_s)
        ranges_m.append(ground_distance_ecef_m(site[0], site[1], site[2], x, y, z))
    return np.array(ranges_m)


def _inbound(flown: Flown) -> Mapping[str, Floats]:
    ranges_m = _ranges_at_first_plot_m(flown)
    return {
        "first seen at [m]": ranges_m,
        "seen beyond 460 km": (ranges_m > FAR_M).astype(float),
    }


def _alarms(flown: Flown) -> Mapping[str, Floats]:
    counts = np.array([len(ranges) for ranges in flown.seen[1:]], dtype=float)
    return {"alarms a scan": counts, "their variance": (counts - ALARMS) ** 2}


def _horizon(flown: Flown) -> Mapping[str, Floats]:
    ranges_m = _ranges_at_first_plot_m(flown).reshape(-1, IN_GROUP)
    names = (f"seen at {altitude} m" for altitude in ALTITUDES_M)
    return dict(zip(names, ranges_m, strict=True))


def noisy_plots(plan: Plan, state: State, now_s: float) -> Floats:
    """Return (n, 4): errors of the plots of a tick in sigmas, and of the range in metres."""
    plots, site = state.plots, plan.sense.position_ecef_m[0]
    axes = plan.sense.enu_from_ecef[0]
    places = state.targets.position_ecef_m
    true = np.array([polar_from_ecef(x, y, z, site, axes) for x, y, z in places])
    rows = []
    for k in range(plots.size[0]):
        found = np.array([plots.range_m[k], plots.azimuth_rad[k], plots.elevation_rad[k]])
        error = found - true[np.argmin(abs(true[:, 0] - found[0]))]
        error[1] = math.remainder(error[1], 2.0 * math.pi)
        sigma = (
            plots.sigma_range_m[k],
            plots.sigma_azimuth_rad[k],
            plots.sigma_elevation_rad[k],
        )
        rows.append([*(error / sigma), error[0]])
    return np.array(rows).reshape(-1, 4)


def _noise(flown: Flown) -> Mapping[str, Floats]:
    squares = np.concatenate(flown.seen) ** 2
    names = ("range / sigma", "azimuth / sigma", "elevation / sigma", "range [m2]")
    return {f"variance of {name}": squares[:, k] for k, name in enumerate(names)}


FIRST_M, SHARE_FAR = first_detection()

CASES = (
    Case(
        name="single-look",
        assumes=SWERLING,
        source="Swerling, IRE Transactions IT-6, 1960",
        quantities=tuple(Quantity(f"seen at {r} km", detection(1e3 * r)) for r in RINGS_KM),
        read=_single_look,
        watch=plot_ranges,
        is_perfect=False,
        flights=60,
        planted=(f"{_RADAR}.reference_range=310 km",),
    ),
    Case(
        name="inbound",
        assumes="looks every 5 s at an inbound Swerling I target",
        source="summation over looks",
        quantities=(
            Quantity("first seen at [m]", FIRST_M),
            Quantity("seen beyond 460 km", SHARE_FAR),
        ),
        read=_inbound,
        is_perfect=False,
        flights=20,
        planted=(f"{_RADAR}.reference_range=306 km",),
    ),
    Case(
        name="false-alarms",
        assumes="Poisson, mean 20 a scan",
        source="mean and variance are equal",
        quantities=(Quantity("alarms a scan", ALARMS), Quantity("their variance", ALARMS)),
        read=_alarms,
        watch=plot_ranges,
        is_perfect=False,
        flights=90,
        planted=(f"{_RADAR}.false_alarms_per_scan=22",),
    ),
    Case(
        name="horizon",
        assumes="4/3 Earth, mast of 10 m, scans of 1 s",
        source="Skolnik, Introduction to Radar Systems, 3rd ed., ch. 8",
        quantities=tuple(
            Quantity(f"seen at {h} m", horizon_m(h) - 0.5 * LOW_SPEED_M_S * QUICK_SCAN_S, 0.01)
            for h in ALTITUDES_M
        ),
        read=_horizon,
        is_perfect=False,
        flights=2,
        planted=(f"{_RADAR}.antenna_height=15 m",),
    ),
    Case(
        name="noise",
        assumes="Gaussian errors as the plots state, sigma as 1 / sqrt(SNR) and a floor",
        source="Skolnik, Introduction to Radar Systems, 3rd ed., ch. 6",
        quantities=(
            *(
                Quantity(f"variance of {name} / sigma", 1.0)
                for name in ("range", "azimuth", "elevation")
            ),
            Quantity("variance of range [m2]", range_variance_m2()),
        ),
        read=_noise,
        watch=noisy_plots,
        is_perfect=False,
        flights=36,
        planted=(f"{_RADAR}.range_sigma=32 m",),
    ),
)
