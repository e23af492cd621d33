"""Factors as typed: ``raid.cruise.count=20:200:20`` or ``doctrine.use=salvo,shoot-look-shoot``.

A range is ``first:last:step``, both ends in it, the unit at any of its numbers; values are
joined by commas. Factors are crossed: every value of each with every value of the others.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any

from bartizan.errors import DocumentError, Fault
from bartizan.scenario import Scenario
from bartizan.scenario.overrides import parse_override
from bartizan.studies.arms import Arm, arm_scenario, check_values

_NUMBER = r"([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*([^\d:,\s][^:,]*)?"
_RANGE = re.compile(rf"{_NUMBER}\s*:\s*{_NUMBER}\s*:\s*{_NUMBER}")
_SPLIT = re.compile(r",(?![^\[{]*[\]}])")
MOST_VALUES = 10_000
EXAMPLE = "write for example --vary raid.cruise.count=20:200:20"

Values = Mapping[str, Sequence[Any]]


def parse_factor(text: str) -> tuple[str, list[Any]]:
    """Return the path and the values of a factor.

    Raises
    ------
    DocumentError
        If it is none, a range is empty, or a value is not YAML.
    """
    path, equals, given = (part.strip() for part in text.partition("="))
    if not equals or not path or not given:
        raise _fault(text, "not a factor", text, "PATH=VALUE,... or PATH=FIRST:LAST:STEP")
    values: list[Any] = []
    for one in map(str.strip, _SPLIT.split(given)):
        if not one:
            raise _fault(text, "an empty value", given, "", EXAMPLE)
        found = _RANGE.fullmatch(one)
        if not found and one.count(":") == 2 and one[0] not in "{['\"":
            raise _fault(
                text, "not a range", one, "FIRST:LAST:STEP, as 20:200:20 or 1 km:9 km:2 km"
            )
        values += _range(text, found) if found else [_value(text, path, one)]
    if len({repr(value) for value in values}) < len(values):
        raise _fault(text, "a value stands twice", given, "each value once")
    return path, values


def _value(text: str, path: str, one: str) -> Any:
    try:
        return parse_override(f"{path}={one}").value
    except DocumentError as error:
        raise _fault(text, error.faults[0].problem, one) from None


def _range(text: str, found: re.Match[str]) -> list[Any]:
    first, last, step = (Decimal(found[k]) for k in (1, 3, 5))
    units = {found[k].strip() for k in (2, 4, 6) if found[k]}
    if len(units) > 1:
        raise _fault(
            text, "a range in two units", found[0], "one unit", "write all in one unit"
        )
    if step == 0 or (last - first) / step < 0:
        what = "FIRST before LAST, and a step towards it"
        raise _fault(text, "an empty range", found[0], what, EXAMPLE)
    n = int((last - first) / step) + 1
    if n > MOST_VALUES:
        raise _fault(text, "too many values", f"{n}", f"at most {MOST_VALUES}", "a larger step")
    unit = units.pop() if units else ""
    return [_written(first + k * step, unit) for k in range(n)]


def _written(number: Decimal, unit: str) -> Any:
    whole = number == number.to_integral_value()
    plain = int(number) if whole else float(number)
    return f"{plain} {unit}" if unit else plain


def crossed(scenario: Scenario, factors: Values) -> list[Arm]:
    """Return an arm for each combination of values, the last factor changing fastest.

    Raises
    ------
    DocumentError
        If a path does not exist (nearest names), or a value does not fit; all such faults.
    """
    if not factors:
        return [Arm()]
    faults: list[Fault] = []
    for path, values in factors.items():
        try:
            check_values(scenario, path, values)
        except DocumentError as error:
            faults += error.faults
    if faults:
        raise DocumentError(faults)
    paths = list(factors)
    labels = label_names(paths)
    arms = []
    for combination in product(*factors.values()):
        changes = tuple(zip(paths, combination, strict=True))
        words = (f"{labels[path]}={value}" for path, value in changes)
        arms.append(Arm(", ".join(words), changes))
    if len(paths) > 1:
        for arm in arms:
            arm_scenario(scenario, arm)
    return arms


def label_names(paths: Sequence[str]) -> dict[str, str]:
    """Return the shortest ends of paths that tell them apart: ``cruise.count``."""
    names = {}
    for path in paths:
        keys = path.split(".")
        for k in range(1, len(keys) + 1):
            short = ".".join(keys[-k:])
            others = [other for other in paths if other != path]
            if k >= min(2, len(keys)) and not any(
                other == short or other.endswith(f".{short}") for other in others
            ):
                break
        names[path] = short
    return names


def _fault(
    text: str, problem: str, given: str, allowed: str = "", remedy: str = EXAMPLE
) -> DocumentError:
    return DocumentError([Fault("", problem, given, allowed, remedy, f"--vary {text}")])
