"""What an answer hangs on: figures that vary from draw to draw, factors from arm to arm."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from bartizan.api.running import entries_used
from bartizan.arrays import Floats, Ints
from bartizan.catalogue import Figures, resolve
from bartizan.catalogue.kinds import figure_kind
from bartizan.reports import studied
from bartizan.reports.page.material import Influence, Influences
from bartizan.rng import run_key
from bartizan.scenario import Scenario
from bartizan.studies.influence import FEWEST, Effect, effects, means_by, most_extreme
from bartizan.units import format_quantity

MOST_DRAWS = 400
PRICE = "price"
"""No model reads it: it decides what is paid, and not what gets through."""
SHOWN = 12
FEW = 6
"""Shown in any case; more of those that surely matter."""


def of_figures(
    scenario: Scenario, leakers: Floats, draws: Ints, keys: Mapping[int, int]
) -> Influences | None:
    """Return what the catalogue's figures do, from draw to draw; None of too few draws.

    Parameters
    ----------
    scenario
        Of the arm.
    leakers, draws
        (n,) of its replications.
    keys
        The key of the figures of each draw.
    """
    named, means, n = means_by(leakers, draws)
    if len(named) < FEWEST:
        return None
    named, means, n = named[:MOST_DRAWS], means[:MOST_DRAWS], n[:MOST_DRAWS]
    drawn = [
        resolve(
            "drawn",
            scenario.figures,
            scenario.catalogue,
            key=run_key(keys[int(d)]),
            vary=scenario.vary,
        )
        for d in named
    ]
    causes = dict(_causes(scenario, drawn[0]))
    values = {
        cause: np.array([each.entry(entry).value(name) for each in drawn])
        for cause, (entry, name, _) in causes.items()
    }
    found = effects(values, means, n)
    if not found:
        return None
    shown = most_extreme(found, SHOWN, FEW)
    rows = [_row(effect, *causes[effect.name], drawn[0]) for effect in shown]
    return Influences("figures", rows, len(found), len(named), NOTE)


NOTE = (
    "From the tenth to the ninetieth hundredth of what was drawn, by a straight line through "
    "the means "
    "of draws. The line is the 95 % interval for all causes together (Bonferroni); filled "
    "where it leaves out "
    "0, hollow and grey where the effect cannot be told from chance."
)


def _causes(scenario: Scenario, figures: Figures) -> Iterator[tuple[str, tuple[str, str, int]]]:
    """Yield each cause that is drawn: entry and figure that show it, how many share it."""
    found: dict[str, tuple[str, str, int]] = {}
    for entry in figures.with_parts(entries_used(scenario)):
        record = scenario.catalogue.entries[entry]
        for name, figure in record.figures.items():
            is_held = (entry, name) in figures.pins or figures.choice_of(entry, name) != "drawn"
            if is_held or figure.shape == "fixed" or name == PRICE:
                continue
            cause = figure.draw_group or f"{entry}.{name}"
            first = found.get(cause, (entry, name, 0))
            found[cause] = (first[0], first[1], first[2] + 1)
    yield from found.items()


def _row(effect: Effect, entry: str, name: str, shared: int, figures: Figures) -> Influence:
    record = figures.catalogue.entries[entry]
    kind = figure_kind(record.kind, name)
    assert kind is not None
    low, high = (format_quantity(value, kind.dimension) for value in (effect.low, effect.high))
    others = f" and {shared - 1} more" if shared > 1 else ""
    words = f"{name.replace('_', ' ').replace('.', ' ')}{others}, {entry}"
    return Influence(
        words, _short(low), _short(high), effect.change, effect.half_width, effect.is_sure
    )


def _short(text: str) -> str:
    number, _, unit = text.partition(" ")
    try:
        return f"{studied.number(float(number.replace(',', '')))} {unit}".strip()
    except ValueError:
        return text


def of_factors(
    arms: Sequence[Mapping[str, Any]], design: Mapping[str, Any]
) -> Influences | None:
    """Return what the factors of a space-filling design do, by a line through its arms."""
    if design["kind"] not in ("latin-hypercube", "sobol"):
        return None
    paths = list(design["factors"])
    values = {
        path: np.array([_number(arm["changes"].get(path)) for arm in arms]) for path in paths
    }
    values = {path: column for path, column in values.items() if not np.isnan(column).any()}
    means = np.array([arm["measures"]["leakers"]["mean"] for arm in arms], dtype=np.float64)
    found = effects(values, means, np.array([arm["n"] for arm in arms], dtype=np.float64))
    if not found:
        return None
    units = {path: str(arms[0]["changes"][path]).partition(" ")[2] for path in values}
    rows = [
        Influence(
            each.name,
            f"{each.low:.3g} {units[each.name]}".strip(),
            f"{each.high:.3g} {units[each.name]}".strip(),
            each.change,
            each.half_width,
            each.is_sure,
        )
        for each in most_extreme(found, SHOWN, SHOWN)
    ]
    return Influences("factors", rows, len(found), len(arms), NOTE)


def _number(value: Any) -> float:
    try:
        return float(str(value).partition(" ")[0])
    except ValueError:
        return float("nan")
