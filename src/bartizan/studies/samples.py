"""Sampled designs: Latin hypercubes, Sobol points, and the points that indices are made from.

Each point is an arm. Points of a Latin hypercube or of a Sobol sequence share chance and
figures, as other arms do. Those of indices take chance, and what else is not known, as factors
of their own, each a row of keys: what an index says of a factor is then not mixed with either.

Source: McKay, Beckman and Conover, Technometrics 21 (1979) 239; Sobol, USSR Comp. Math. 7
(1967) 86; Saltelli et al., Comput. Phys. Commun. 181 (2010) 259; Morris, Technometrics 33
(1991) 161.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from bartizan.arrays import Floats
from bartizan.errors import BartizanError, DocumentError, Fault
from bartizan.scenario import Scenario
from bartizan.studies.arms import Arm, check_values
from bartizan.studies.factors import label_names

CHANCE, FIGURES = "chance", "figures"
"""Factors that indices have beside those of the design."""
_QUANTITY = re.compile(r"\s*([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(\D*?)\s*")


class Factor(NamedTuple):
    """One factor, from a share in [0, 1) to its value."""

    path: str
    values: Sequence[Any]  # or, empty:
    low: float = 0.0
    high: float = 1.0
    unit: str = ""
    is_whole: bool = False
    is_log: bool = False

    def at(self, u: float) -> Any:
        """Return the value at a share of its range, or among its values."""
        if self.values:
            return self.values[min(int(u * len(self.values)), len(self.values) - 1)]
        if self.is_whole:
            return self.low_whole + min(int(u * self.n_whole), self.n_whole - 1)
        value = (
            self.low * (self.high / self.low) ** u
            if self.is_log
            else self.low + u * (self.high - self.low)
        )
        return f"{value:.12g} {self.unit}" if self.unit else float(f"{value:.12g}")

    @property
    def low_whole(self) -> int:
        """Least of whole numbers."""
        return int(self.low)

    @property
    def n_whole(self) -> int:
        """How many whole numbers there are."""
        return int(self.high) - int(self.low) + 1


def span(path: str, low: Any, high: Any, scale: str = "linear") -> Factor:
    """Return a factor between two ends, whole where both are.

    Raises
    ------
    DocumentError
        If the ends are no numbers, of two units, or the range is empty.
    """
    ends = [_QUANTITY.fullmatch(str(end)) for end in (low, high)]
    if not all(ends):
        raise _fault(
            path, "not a range", f"{low}, {high}", "numbers, or quantities with a unit"
        )
    numbers = [float(end[1]) for end in ends if end]
    units = {end[2] for end in ends if end and end[2]}
    if len(units) > 1:
        raise _fault(path, "a range in two units", f"{low}, {high}", "one unit")
    if numbers[0] >= numbers[1]:
        raise _fault(path, "an empty range", f"{low} to {high}", "low below high")
    if scale == "log" and numbers[0] <= 0.0:
        raise _fault(path, "a logarithmic range from 0 or below", f"{low}", "above 0")
    is_whole = isinstance(low, int) and isinstance(high, int) and scale == "linear"
    unit = units.pop() if units else ""
    return Factor(path, (), numbers[0], numbers[1], unit, is_whole, scale == "log")


def check_factors(scenario: Scenario, factors: Sequence[Factor]) -> None:
    """Raise with all paths that do not exist, and all values at the ends that do not fit."""
    faults: list[Fault] = []
    for factor in factors:
        try:
            ends = factor.values or (factor.at(0.0), factor.at(0.999999))
            check_values(scenario, factor.path, ends)
        except DocumentError as error:
            faults += error.faults
    if faults:
        raise DocumentError(faults)


def points(kind: str, n: int, d: int, seed: int) -> Floats:
    """Return the points (n, d) of a `latin-hypercube` or a scrambled `sobol` design."""
    from scipy.stats import qmc

    if kind == "latin-hypercube":
        return np.asarray(qmc.LatinHypercube(d, rng=seed).random(n))
    if n & (n - 1):
        near = 1 << round(math.log2(n))
        raise BartizanError(
            "points: a Sobol sequence is balanced for powers of two only\n"
            f"    given:   {n}\n    allowed: 2, 4, 8, 16, ...\n    remedy:  write {near}"
        )
    return np.asarray(qmc.Sobol(d, rng=seed).random(n))


def spread_arms(kind: str, factors: Sequence[Factor], n: int, seed: int) -> list[Arm]:
    """Return an arm for each point of a space-filling design."""
    found = points(kind, n, len(factors), seed)
    return [
        Arm(f"p{row:0{len(str(n - 1))}}", _changes(factors, u)) for row, u in enumerate(found)
    ]


def _changes(factors: Sequence[Factor], u: Floats) -> tuple[tuple[str, Any], ...]:
    return tuple((f.path, f.at(float(x))) for f, x in zip(factors, u, strict=True))


def index_arms(factors: Sequence[Factor], n: int, seed: int, is_drawn: bool) -> list[Arm]:
    """Return the arms of Sobol indices: rows A, B, and A with one factor of B, row by row.

    The factors `CHANCE` and, where figures are drawn, `FIGURES` come last.
    """
    both = points("sobol", n, 2 * len(factors), seed)
    a, b = both[:, : len(factors)], both[:, len(factors) :]
    names = label_names([factor.path for factor in factors])
    arms = []
    for row in range(n):
        keys = {"chance": 2 * row, "figures": 2 * row}
        others = {"chance": 2 * row + 1, "figures": 2 * row + 1}
        arms += [Arm(f"A{row}", _changes(factors, a[row]), **keys)]
        arms += [Arm(f"B{row}", _changes(factors, b[row]), **others)]
        for j, factor in enumerate(factors):
            mixed = a[row].copy()
            mixed[j] = b[row, j]
            label = f"A{row}.{names[factor.path]}"
            arms.append(Arm(label, _changes(factors, mixed), **keys))
        for name in (CHANCE, FIGURES) if is_drawn else (CHANCE,):
            swapped = {**keys, name: others[name]}
            arms.append(Arm(f"A{row}.{name}", _changes(factors, a[row]), **swapped))
    return arms


def names_of(factors: Sequence[Factor], is_drawn: bool) -> list[str]:
    """Return the factors of Sobol indices in their order."""
    return [*(f.path for f in factors), CHANCE, *((FIGURES,) if is_drawn else ())]


def morris_arms(factors: Sequence[Factor], n: int, seed: int) -> tuple[list[Arm], Floats]:
    """Return the arms of n Morris trajectories, and their points (n (d + 1), d).

    All points of a trajectory share chance and figures: steps differ by the factor only.
    """
    sample = salib("SALib.sample.morris").sample
    found = np.asarray(sample(problem(factors), n, num_levels=4, seed=seed))
    step = len(factors) + 1
    arms = [
        Arm(
            f"t{k // step}.{k % step}",
            _changes(factors, u),
            chance=k // step,
            figures=k // step,
        )
        for k, u in enumerate(found)
    ]
    return arms, found


def problem(factors: Sequence[Factor]) -> Mapping[str, Any]:
    """Return factors as SALib describes them, all from 0 to 1."""
    names = [factor.path for factor in factors]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def salib(module: str) -> Any:
    """Return a module of SALib, or say how to install it."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        raise BartizanError(
            "morris: SALib is not installed\n    remedy:  pip install 'bartizan[all]'"
        ) from None


def _fault(path: str, problem_: str, given: str, allowed: str) -> DocumentError:
    remedy = "write for example {low: 10, high: 80}, or {low: 150 km, high: 250 km}"
    return DocumentError([Fault(f"factor {path}", problem_, given, allowed, remedy)])
