"""Verify: fly the cases, hold the means against theory, and judge.

Flights share the machine's processors as threads: nearly all of a flight is compiled code that
lets others run.
"""

import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from bartizan.arrays import Floats
from bartizan.verification.case import Case, Quantity
from bartizan.verification.flight import fly, plan_of
from bartizan.verification.statistics import power, rejected, two_sided_p

LEVEL = 0.01  # of the whole table: one in a hundred seeds would reject something that is right
ERROR, DEEP_ERROR = 0.10, 0.05  # shares of the theory's value that must be noticed
POWER = 0.99
SEED_STEP = 1_000_000
CHUNK = 8  # flights that one thread takes at once

Values = Mapping[str, Floats]


@dataclass(frozen=True)
class Finding:
    """One quantity of one case: what theory says and what was simulated."""

    case: Case
    quantity: Quantity
    n: int
    mean: float
    standard_error: float
    z: float  # of quantities that chance has a part in; nan of others
    worst: float  # largest departure, in tolerances, of quantities without chance; nan
    power: float
    verdict: str  # pass, FAIL or weak


def verify(
    cases: Sequence[Case],
    seed: int = 1,
    deep: bool = False,
    sets: tuple[str, ...] = (),
    report: Callable[[str, int, int], None] | None = None,
) -> list[Finding]:
    """Return the findings of all cases.

    Parameters
    ----------
    cases
        Of `bartizan.verification.cases.CASES`.
    seed
        Of the first flight of each case; another gives other flights.
    deep
        Four times the flights, so that half the error is noticed.
    sets
        Changes of every scenario, ``path=value``: errors planted by tests.
    report
        Called with a case's name, the flights done and how many there are in all.
    """
    flights = [(case, case.flights * (4 if deep else 1)) for case in cases]
    n_all, n_done = sum(n for _, n in flights), 0
    found = []
    with _threads() as pool:
        for case, n in flights:
            plan = plan_of(case, sets)

            def chunk(
                first: int, case: Case = case, plan: Any = plan, n: int = n
            ) -> list[Values]:
                rows = range(first, min(n, first + CHUNK))
                return [case.read(fly(case, plan, seed * SEED_STEP + k)) for k in rows]

            values: list[Values] = []
            for part in pool.map(chunk, range(0, n, CHUNK)):
                values += part
                n_done += len(part)
                if report:
                    report(case.name, n_done, n_all)
            found += [
                (case, quantity, _joined(values, quantity)) for quantity in case.quantities
            ]
    return judged(found, DEEP_ERROR if deep else ERROR)


@contextmanager
def _threads() -> Iterator[ThreadPoolExecutor]:
    """Yield as many threads as there are processors; leaving early, they drop what waits."""
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _joined(values: Iterable[Values], quantity: Quantity) -> Floats:
    return np.concatenate([np.atleast_1d(each[quantity.name]) for each in values]).astype(float)


def judged(found: Sequence[tuple[Case, Quantity, Floats]], error: float) -> list[Finding]:
    """Return the verdict on each quantity's values; ``error`` is the share to be noticed."""
    chance = [row for row in found if not row[1].tolerance]
    z_of = {id(sample): _z(quantity, sample) for _, quantity, sample in chance}
    is_rejected = dict(
        zip(z_of, rejected([two_sided_p(z) for z in z_of.values()], LEVEL), strict=True)
    )
    findings = []
    for case, quantity, sample in found:
        mean, standard_error = float(sample.mean()), _standard_error(sample)
        if quantity.tolerance:
            worst = _worst(quantity, sample)
            findings.append(
                Finding(case, quantity, len(sample), mean, standard_error, math.nan, worst,
                        1.0, "pass" if worst <= 1.0 else "FAIL")
            )  # fmt: skip
            continue
        z = z_of[id(sample)]
        sharpness = power(error * abs(quantity.value), standard_error, LEVEL, len(chance))
        verdict = _verdict(is_rejected[id(sample)], sharpness)
        findings.append(
            Finding(case, quantity, len(sample), mean, standard_error, z, math.nan, sharpness,
                    verdict)
        )  # fmt: skip
    return findings


def _verdict(is_rejected: bool, sharpness: float) -> str:
    if is_rejected:
        return "FAIL"
    return "pass" if sharpness >= POWER else "weak"


def _standard_error(sample: Floats) -> float:
    return float(sample.std(ddof=1) / math.sqrt(len(sample))) if len(sample) > 1 else math.inf


def _z(quantity: Quantity, sample: Floats) -> float:
    """Return how many standard errors the mean is off; a sample without spread is all wrong."""
    off, standard_error = float(sample.mean()) - quantity.value, _standard_error(sample)
    if standard_error == 0.0:
        return 0.0 if off == 0.0 else math.copysign(math.inf, off)
    return off / standard_error


def _worst(quantity: Quantity, sample: Floats) -> float:
    """Return the largest departure, in tolerances; of a value of 0, in the tolerance itself."""
    scale = quantity.tolerance * (abs(quantity.value) or 1.0)
    off = np.abs(sample - quantity.value).max() if len(sample) else math.inf
    return float(off / scale) if math.isfinite(off) else math.inf
