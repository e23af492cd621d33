"""Cases of chaff: how many plots its clouds make."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from bartizan.arrays import Floats
from bartizan.rng import Purpose, draw
from bartizan.simulate.plan import Plan
from bartizan.verification.case import Case, Flown, Quantity
from bartizan.verification.jamming import detection
from bartizan.verification.sensing import plot_ranges

CLOUDS, LIFE_S, SCAN_S = 100, 50.0, 5.0  # of each ring
REJECTION, RCS_M2, BLOOMING_M2 = 0.4, 1.0, 4.0
RINGS_KM, BLOOMING_KM = (150, 250), 300
LOOKS = LIFE_S / SCAN_S
NAMES = {f"plots of a cloud at {ring} km": ring for ring in RINGS_KM}
BLOOMING = f"of one that blooms, at {BLOOMING_KM} km"


def plots_of_cloud(range_m: float) -> float:
    """Return how many plots a cloud in full bloom makes in its life."""
    return LOOKS * (1.0 - REJECTION) * detection(range_m, RCS_M2, 0.0)


def plots_in_bloom(range_m: float) -> float:
    """Return how many one makes that blooms all its life, over all phases of the scan."""
    shares = (np.arange(2000) + 0.5) / 2000
    seen = [detection(range_m, BLOOMING_M2 * share, 0.0) for share in shares]
    return LOOKS * (1.0 - REJECTION) * float(np.mean(seen))


def at_any_phase(plan: Plan, key: int) -> Plan:
    """Return the plan with the beam anywhere at the start."""
    phase = np.full_like(plan.sense.scan_phase, draw(key, Purpose.SCHEDULE.value, 0, 0, 0))
    return replace(plan, sense=plan.sense._replace(scan_phase=phase))


def _plots(flown: Flown) -> Mapping[str, Floats]:
    ranges_km = np.concatenate(flown.seen) / 1e3
    rings = {**NAMES, BLOOMING: BLOOMING_KM}
    return {
        name: np.array([(abs(ranges_km - ring) < 20.0).sum() / CLOUDS])
        for name, ring in rings.items()
    }


CASES = (
    Case(
        name="chaff",
        assumes="a look in each scan of its life; each echo is filtered for itself; Swerling I",
        source="Skolnik, Introduction to Radar Systems, 3rd ed., ch. 3 and 7",
        quantities=(
            *(Quantity(name, plots_of_cloud(1e3 * ring)) for name, ring in NAMES.items()),
            Quantity(BLOOMING, plots_in_bloom(1e3 * BLOOMING_KM)),
        ),
        read=_plots,
        watch=plot_ranges,
        prepare=at_any_phase,
        is_perfect=False,
        flights=24,
        planted=("defence.site.overrides.textbook-radar.chaff_rejection=0.5",),
    ),
)
