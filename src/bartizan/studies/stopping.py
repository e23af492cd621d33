"""When to stop: two stages, so that the rule does not bias the interval.

A pilot of some draws tells the variance; from it follows how many draws the interval of the
asked width needs, all of them are made, and the interval takes the pilot's variance with the
pilot's degrees of freedom. The mean of a normal sample is independent of its variance, so that
choosing the number by the pilot's variance leaves the mean unbiased and the interval at its
level; looking at the mean after each draw, and stopping when the interval is short, would not.

Source: Stein, Ann. Math. Statist. 16 (1945) 243, a two-sample test whose power is independent
of the variance.
Assumes: means of draws are about normal. The mean of a rare event is not independent of its
variance: a pilot that saw few would end too early. So a probability's variance is taken at the
point of the pilot's interval that is nearest to one half.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from bartizan.arrays import Floats, Ints
from bartizan.errors import BartizanError, nearest
from bartizan.studies.arms import Arm, blocks_of
from bartizan.studies.conduct import Stage
from bartizan.studies.estimate import interval, student
from bartizan.studies.measures import HEADLINE
from bartizan.studies.spread import LEVEL, Groups, grouped

PILOT_DRAWS = 20
MOST = 10_000
PROBABILITIES = ("no_leaker", "all_assets_stand")
_RULE = re.compile(r"\s*(\w+)\s*(?:±|\+/?-)\s*(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*")

Read = Callable[[str, str], tuple[Floats, Ints]]
"""From a measure and an arm's label to values and what is independent of each other."""


class Rule(NamedTuple):
    """Stop when the interval of a measure is this short to either side of its mean."""

    measure: str
    half_width: float

    def __str__(self) -> str:
        return f"{self.measure} ±{self.half_width:g}"


class Need(NamedTuple):
    """What the pilot says of one arm."""

    sd: float  # of draws' means
    df: int
    draws: int  # needed in all


def parse_rule(text: str) -> Rule:
    """Return the rule written ``leakers ±0.5``.

    Raises
    ------
    BartizanError
        If it is none, or of an unknown measure (nearest name).
    """
    found = _RULE.fullmatch(text)
    if not found or float(found[2]) <= 0.0:
        raise BartizanError(
            "--until: not a stopping rule\n"
            f"    given:   {text}\n    allowed: MEASURE ±NUMBER, the number above 0\n"
            '    remedy:  write for example --until "leakers ±0.5"'
        )
    if found[1] not in HEADLINE:
        raise BartizanError(
            "--until: no such measure\n"
            f"    given:   {found[1]}\n    allowed: {', '.join(HEADLINE)}\n"
            f"    remedy:  {nearest(found[1], HEADLINE) or 'name one of these'}"
        )
    return Rule(found[1], float(found[2]))


def until(
    rule: Rule, arms: Sequence[Arm], most: int, per_draw: int, is_drawn: bool, read: Read
) -> Iterator[Stage]:
    """Yield the pilot, then what its variance asks for; all arms get what the worst needs.

    Parameters
    ----------
    rule
        What is asked for.
    arms
        All arms.
    most
        Replications of each arm that must not be passed.
    per_draw
        Replications of a draw.
    is_drawn
        Whether draws, or else replications, are independent of each other.
    read
        Reads what is finished.
    """
    pilot = min(PILOT_DRAWS * per_draw, most)
    numbers = range(len(arms))
    yield Stage(arms, blocks_of(numbers, pilot, per_draw))
    size = per_draw if is_drawn else 1
    draws = max(need(rule, *read(rule.measure, arm.label), pilot).draws for arm in arms)
    n = min(most, math.ceil(draws * size / per_draw) * per_draw)
    yield Stage(arms, blocks_of(numbers, n, per_draw, done=pilot))


def need(rule: Rule, values: Floats, draws: Ints, pilot: int) -> Need:
    """Return what the first ``pilot`` replications of an arm say."""
    groups = grouped(values[:pilot], draws[:pilot])
    d = len(groups.n)
    if d < 2:
        return Need(math.nan, 0, d)
    is_probability = rule.measure in PROBABILITIES
    sd = math.sqrt(_cautious(groups) if is_probability else groups.mean.var(ddof=1))
    asked = (student(d - 1) * sd / rule.half_width) ** 2
    return Need(sd, d - 1, max(d, math.ceil(asked)))


def _cautious(groups: Groups) -> float:
    """Return the variance of draws' means of a probability, taken nearest to one half."""
    m, p = float(groups.n.mean()), float((groups.n * groups.mean).sum() / groups.n.sum())
    low, high = interval(groups, True)
    worst = min(max(0.5, low), high)
    plain = p * (1.0 - p) / m
    alike = min(max(1.0, float(groups.mean.var(ddof=1)) / plain), m) if plain > 0.0 else m
    return alike * worst * (1.0 - worst) / m


def half_width(found: Need, draws: int, level: float = LEVEL) -> float:
    """Return half the interval after so many draws, by the pilot's variance."""
    if not found.df:
        return math.nan
    return student(found.df, level) * found.sd / math.sqrt(draws)


def outcome(
    rule: Rule, arms: Sequence[Arm], most: int, per_draw: int, is_drawn: bool, read: Read
) -> dict[str, Any]:
    """Return how the rule ended, with the interval of each arm that it allows."""
    pilot = min(PILOT_DRAWS * per_draw, most)
    rows: list[dict[str, Any]] = []
    for arm in arms:
        values, draws = read(rule.measure, arm.label)
        groups = grouped(values, draws)
        half = half_width(need(rule, values, draws, pilot), len(groups.n))
        mean = float((groups.mean * groups.n).sum() / groups.n.sum())
        rows.append({"arm": arm.label, "mean": mean, "half_width": half, "n": len(values)})
    reached = all(row["half_width"] <= rule.half_width * (1.0 + 1e-12) for row in rows)
    return {
        "rule": str(rule),
        "measure": rule.measure,
        "half_width": rule.half_width,
        "method": "two stages (Stein 1945)",
        "pilot": pilot,
        "most": most,
        "reached": reached,
        "arms": rows,
    }
