"""How a study is laid out: from factors, a stopping rule or a search to arms and stages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bartizan.archive.parts import decoded, find_parts
from bartizan.archive.study import REPLICATIONS
from bartizan.arrays import Floats, Ints
from bartizan.errors import BartizanError, nearest
from bartizan.scenario import Scenario
from bartizan.studies import capacity, indices, samples, stopping
from bartizan.studies.arms import Arm, check_values
from bartizan.studies.conduct import Stage
from bartizan.studies.design import Design, Span
from bartizan.studies.factors import crossed, parse_factor
from bartizan.studies.measures import HEADLINE
from bartizan.studies.stages import fixed
from bartizan.studies.store import column_of, values_of

INDICES = ("sobol-indices", "morris")


@dataclass(frozen=True)
class Layout:
    """Arms, and how their replications are asked for."""

    arms: Sequence[Arm]
    design: Mapping[str, Any]
    n: int
    per_draw: int
    stages: Callable[[Path], Iterator[Stage]]
    found: Callable[[Path, Sequence[Arm]], Mapping[str, Any]] = lambda folder, arms: {}


def by_factors(scenario: Scenario, vary: Sequence[str], n: int, per_draw: int) -> Layout:
    """Return the layout of crossed factors as typed.

    Raises
    ------
    DocumentError
        All faults of the factors.
    """
    factors = dict(map(parse_factor, vary))
    if len(factors) < len(vary):
        raise BartizanError(
            "--vary: a path stands twice\n    remedy:  join its values by commas"
        )
    return _crossed(scenario, factors, n, per_draw)


def _crossed(
    scenario: Scenario, factors: Mapping[str, Sequence[Any]], n: int, per_draw: int
) -> Layout:
    about = {"kind": "grid", "factors": {path: list(each) for path, each in factors.items()}}
    return _of_arms(crossed(scenario, factors), about, n, per_draw)


def _of_arms(arms: Sequence[Arm], about: Mapping[str, Any], n: int, per_draw: int) -> Layout:
    return Layout(arms, about, n, per_draw, lambda folder: fixed(arms, n, per_draw))


def with_rule(layout: Layout, rule: stopping.Rule, is_drawn: bool) -> Layout:
    """Return a layout that stops by a rule; its ``n`` is the most."""

    def stages(folder: Path) -> Iterator[Stage]:
        read = partial(_values, folder, is_drawn)
        arms, most, m = layout.arms, layout.n, layout.per_draw
        return stopping.until(rule, arms, most, m, is_drawn, read)

    def found(folder: Path, arms: Sequence[Arm]) -> Mapping[str, Any]:
        read = partial(_values, folder, is_drawn)
        most, m = layout.n, layout.per_draw
        return {"until": stopping.outcome(rule, arms, most, m, is_drawn, read)}

    about = {**layout.design, "until": str(rule)}
    return replace(layout, design=about, stages=stages, found=found)


def by_search(
    scenario: Scenario, text: str, level: float, n: int, per_draw: int, is_drawn: bool
) -> Layout:
    """Return the layout of a search for a capacity, ``PATH=FIRST:LAST[:STEP]``."""
    path, _, given = text.partition("=")
    given = f"{given}:1" if given.count(":") == 1 else given
    path, sizes = parse_factor(f"{path}={given}")
    if not all(isinstance(size, int) for size in sizes) or sizes != sorted(sizes):
        raise BartizanError(
            "--capacity: sizes must be whole numbers, rising\n"
            f"    given:   {text}\n    remedy:  write for example raid.cruise.count=1:200"
        )
    capacity.refuse_level(level)
    check_values(scenario, path, (sizes[0], sizes[-1]))
    search = capacity.Search(path, sizes, level)
    arms = capacity.arms_of(search)

    def stages(folder: Path) -> Iterator[Stage]:
        return capacity.bisected(search, n, per_draw, partial(_values, folder, is_drawn))

    def found(folder: Path, arms: Sequence[Arm]) -> Mapping[str, Any]:
        read = partial(_values, folder, is_drawn)
        return {"capacity": capacity.answer(search, n, per_draw, read)}

    about = {"kind": "capacity", "search": given, "path": path, "level": level, "n": n}
    return Layout(arms, about, n, per_draw, stages, found)


def by_design(scenario: Scenario, design: Design, n: int, is_drawn: bool) -> Layout:
    """Return the layout of a design's file.

    Raises
    ------
    DocumentError
        All faults of the factors.
    """
    if design.design == "grid":
        typed = {path: _values_of(path, each) for path, each in design.factors.items()}
        return _crossed(scenario, typed, n, design.per_draw)
    factors = [_factor(path, each) for path, each in design.factors.items()]
    samples.check_factors(scenario, factors)
    points = design.points or 0
    about: dict[str, Any] = {
        "kind": design.design,
        "points": points,
        "factors": {path: _plain(each) for path, each in design.factors.items()},
    }
    if design.design in INDICES:
        return _indices(design, factors, about, is_drawn)
    arms = samples.spread_arms(design.design, factors, points, design.seed)
    return _of_arms(arms, about, n, design.per_draw)


def _indices(
    design: Design, factors: Sequence[samples.Factor], about: dict[str, Any], is_drawn: bool
) -> Layout:
    """Return the layout of indices: one replication of each arm."""
    for measure in design.measures:
        if measure not in HEADLINE:
            raise BartizanError(
                f"measures: no such measure\n    given:   {measure}\n"
                f"    allowed: {', '.join(HEADLINE)}\n"
                f"    remedy:  {nearest(measure, HEADLINE) or 'name one of these'}"
            )
    n, seed = design.points or 0, design.seed
    table: Floats = np.zeros((0, 0))
    if design.design == "morris":
        arms, table = samples.morris_arms(factors, n, seed)
    else:
        arms = samples.index_arms(factors, n, seed, is_drawn)

    def found(folder: Path, made: Sequence[Arm]) -> Mapping[str, Any]:
        rows = {}
        for measure in design.measures:
            values = _in_order(folder, measure, arms)
            rows[measure] = (
                indices.morris(values, table, factors, seed)
                if design.design == "morris"
                else indices.sobol(values, factors, n, is_drawn, seed)
            )
        return {"indices": {"method": design.design, "points": n, "measures": rows}}

    about = {**about, "measures": list(design.measures), "n": 1}
    return Layout(arms, about, 1, 1, lambda folder: fixed(arms, 1, 1), found)


def _in_order(folder: Path, measure: str, arms: Sequence[Arm]) -> Floats:
    """Return a measure of arms of one replication each, in order; nan becomes the mean."""
    table = decoded(find_parts(folder / REPLICATIONS), [measure, "arm"])
    by_arm = dict(zip(table.column("arm").to_pylist(), column_of(table, measure), strict=True))
    values = np.array([by_arm[arm.label] for arm in arms])
    return np.where(np.isnan(values), np.nanmean(values), values)


def _values(folder: Path, is_drawn: bool, measure: str, arm: str) -> tuple[Floats, Ints]:
    """Return a measure of an arm and what is independent: draws, or else replications."""
    values, draws = values_of(folder, measure, arm)
    return values, draws if is_drawn else np.arange(len(values))


def _values_of(path: str, given: Any) -> list[Any]:
    if isinstance(given, str):
        return parse_factor(f"{path}={given}")[1]
    if isinstance(given, Span):
        raise BartizanError(
            f"factor {path}: a grid needs values, not two ends\n"
            f"    given:   {given.low} to {given.high}\n"
            "    remedy:  write a list or FIRST:LAST:STEP, or `design: latin-hypercube`"
        )
    return list(given)


def _factor(path: str, given: Any) -> samples.Factor:
    if isinstance(given, Span):
        return samples.span(path, given.low, given.high, given.scale)
    return samples.Factor(path, _values_of(path, given))


def _plain(given: Any) -> Any:
    return given.model_dump() if isinstance(given, Span) else given
