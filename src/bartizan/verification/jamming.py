"""Cases of noise jamming: from the target itself, and from a stand-off beside it."""

import math
from collections.abc import Callable, Mapping

import numpy as np

from bartizan.arrays import Floats
from bartizan.verification.case import Case, Flown, Quantity
from bartizan.verification.sensing import PFA, REFERENCE_M, SNR_REFERENCE, plot_ranges

THERMAL_W_HZ = 1.380649e-23 * 290.0 * 4.0  # k T0 F, with a noise factor of 4
AREA_M2, SIDELOBE = 10.0, 1e-4
SCREEN_W_HZ, SCREENED_M2 = 20.0 / 100e6, 100.0
STAND_OFF_W_HZ, STAND_OFF_M = 4e3 / 100e6, 250e3
RINGS_KM = (200, 250, 284, 350)
BESIDE_KM, IN_BEAM_KM = 212, 20
IN_RING, SCANS = 25, 20
SOURCE = "Schleher, Electronic Warfare in the Information Age, 1999, ch. 4"
_RADAR = "defence.site.overrides.textbook-radar"


def jamming(density_w_hz: float, range_m: float) -> float:
    """Return the noise of a jammer in the main beam over the receiver's own."""
    return density_w_hz * AREA_M2 / (4.0 * math.pi * range_m**2 * THERMAL_W_HZ)


def detection(range_m: float, rcs_m2: float, jamming_to_noise: float) -> float:
    """Return the detection probability of one look that is jammed."""
    snr = SNR_REFERENCE * rcs_m2 * (REFERENCE_M / range_m) ** 4
    return float(PFA ** (1.0 / (1.0 + snr / (1.0 + jamming_to_noise))))


def burn_through_m(density_w_hz: float, rcs_m2: float) -> float:
    """Return where one look sees an object that hides itself as often as not.

    The echo falls with the fourth power of the range and the noise with the second, which
    leaves a quadratic equation in the square of the range.
    """
    # R^4 + K R^2 - S R_ref^4 = 0, with K / R^2 = J/N and S the cross-section over that of R_ref
    k = jamming(density_w_hz, 1.0)
    root = math.sqrt(k * k + 4.0 * rcs_m2 * REFERENCE_M**4)
    # 2 c / (b + root) is the root that does not cancel
    return math.sqrt(2.0 * rcs_m2 * REFERENCE_M**4 / (k + root))


def _seen_at(names: Mapping[str, float]) -> Callable[[Flown], Mapping[str, Floats]]:
    """Return the reader of the share of looks that made a plot, by the range [km] of a ring."""

    def read(flown: Flown) -> Mapping[str, Floats]:
        ranges_km, looks = np.concatenate(flown.seen) / 1e3, float(IN_RING * SCANS)
        return {
            name: np.array([(abs(ranges_km - ring_km) < 15.0).sum() / looks])
            for name, ring_km in names.items()
        }

    return read


_SCREENED = {f"seen at {ring} km": float(ring) for ring in RINGS_KM}
_BESIDE, _IN_BEAM = f"beside it at {BESIDE_KM} km", f"in its beam at {IN_BEAM_KM} km"
_NOISE = jamming(STAND_OFF_W_HZ, STAND_OFF_M)

CASES = (
    Case(
        name="burn-through",
        assumes="each hides itself by noise: echo as R^-4, noise as R^-2; Swerling I",
        source=SOURCE,
        quantities=tuple(
            Quantity(name, detection(1e3 * r, SCREENED_M2, jamming(SCREEN_W_HZ, 1e3 * r)))
            for name, r in _SCREENED.items()
        ),
        read=_seen_at(_SCREENED),
        watch=plot_ranges,
        is_perfect=False,
        flights=60,
        planted=(f"{_RADAR}.antenna_area=12 m2",),
    ),
    Case(
        name="stand-off",
        assumes="one jammer 250 km away, in the main beam or 40 dB down beside it",
        source=SOURCE,
        quantities=(
            Quantity(_BESIDE, detection(1e3 * BESIDE_KM, 1.0, SIDELOBE * _NOISE)),
            Quantity(_IN_BEAM, detection(1e3 * IN_BEAM_KM, 1.0, _NOISE)),
        ),
        read=_seen_at({_BESIDE: BESIDE_KM, _IN_BEAM: IN_BEAM_KM}),
        watch=plot_ranges,
        is_perfect=False,
        flights=60,
        planted=(f"{_RADAR}.sidelobe_ratio=0.00015",),
    ),
)
