"""Quantities as people write them ("850 km/h", "-20 dBsm"), and as SI floats inside.

A closed table by dimension: what is not in it is refused with the remedy. A bare number is
refused wherever a unit is possible, because nobody can see whether `500` is metres or feet.
"""

import math
import re
from typing import Literal, get_args

from bartizan.errors import BartizanError, Fault, nearest

Dimension = Literal[
    "length", "time", "speed", "angle", "area", "power", "frequency", "money", "count", "ratio",
    "probability",
]  # fmt: skip
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

# SI value of one unit; dBsm is logarithmic and converted apart.
UNITS: dict[Dimension, dict[str, float]] = {
    "length": {"m": 1.0, "km": 1e3, "ft": 0.3048, "nmi": 1852.0},
    "time": {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0},
    "speed": {"m/s": 1.0, "km/h": 1.0 / 3.6, "kt": 1852.0 / 3600.0},
    "angle": {"deg": math.pi / 180.0, "mrad": 1e-3, "rad": 1.0},
    "area": {"m2": 1.0, "dBsm": math.nan},
    "power": {"W": 1.0, "kW": 1e3, "MW": 1e6},
    "frequency": {"Hz": 1.0, "kHz": 1e3, "MHz": 1e6, "GHz": 1e9},
    "money": {"USD": 1.0, "k USD": 1e3, "M USD": 1e6, "bn USD": 1e9},
    "count": {},
    "ratio": {},
    "probability": {},
}
# The units a value is shown in, largest first.
_SHOWN: dict[Dimension, tuple[str, ...]] = {
    "length": ("km", "m"),
    "time": ("d", "h", "min", "s"),
    "speed": ("m/s",),
    "angle": ("deg", "mrad"),
    "area": ("m2",),
    "power": ("MW", "kW", "W"),
    "frequency": ("GHz", "MHz", "kHz", "Hz"),
    "money": ("bn USD", "M USD", "k USD", "USD"),
}
_EXAMPLES: dict[Dimension, str] = {
    "length": "12 km",
    "time": "90 s",
    "speed": "250 m/s",
    "angle": "30 deg",
    "area": "0.5 m2",
    "power": "10 kW",
    "frequency": "100 MHz",
    "money": "2.5 M USD",
}
_MEANT_BY_M: dict[Dimension, str] = {
    "money": "write 'M USD'",
    "length": "write 'm'",
    "speed": "write a Mach number in m/s",
}
_MAY_BE_NEGATIVE = frozenset({"length", "time", "angle", "ratio"})
_OTHER_SPELLINGS = {
    **dict.fromkeys(("meter", "meters", "metre", "metres"), "m"),
    **dict.fromkeys(("kilometer", "kilometers", "kilometre", "kilometres"), "km"),
    **dict.fromkeys(("foot", "feet", "'"), "ft"),
    **dict.fromkeys(("nautical mile", "nautical miles", "miles", "mile", "mi", "naut"), "nmi"),
    **dict.fromkeys(("sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("kn", "kts", "knot", "knots"), "kt"),
    **dict.fromkeys(("kmh", "kph", "kmph"), "km/h"),
    **dict.fromkeys(("mps", "ms", "m s-1", "mach"), "m/s"),
    **dict.fromkeys(("°", "degree", "degrees"), "deg"),
    **dict.fromkeys(("m²", "m^2", "sqm", "sq m"), "m2"),
    **dict.fromkeys(("$", "dollar", "dollars"), "USD"),
    **dict.fromkeys(("k", "k$"), "k USD"),
    **dict.fromkeys(("$m", "m$", "mn", "million", "mio"), "M USD"),
    **dict.fromkeys(("b", "bn", "billion", "$bn"), "bn USD"),
}
_NUMBER = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*")
_NOT_FINITE = re.compile(r"\s*[+-]?\.?(nan|inf|infinity)\b.*", re.IGNORECASE)


class UnitError(BartizanError):
    """A quantity that cannot be read: the parts of a fault that do not know their place."""

    def __init__(
        self, problem: str, given: str = "", allowed: str = "", remedy: str = ""
    ) -> None:
        self.problem, self.given, self.allowed, self.remedy = problem, given, allowed, remedy
        super().__init__(str(self.fault("")))

    def fault(self, path: str, file: str = "", line: int = 0) -> Fault:
        """Return the same mistake, placed in a document."""
        return Fault(path, self.problem, self.given, self.allowed, self.remedy, file, line)


def parse(text: str | float, dimension: Dimension) -> float:
    """Return a written quantity in SI units (m, s, m/s, rad, m2, USD) or as a plain number.

    Parameters
    ----------
    text
        "850 km/h", "-20 dBsm", "2.5 bn USD"; for a count, ratio or probability a plain
        number, as text or not. Blanks between number and unit may be left out.
    dimension
        One of `DIMENSIONS`. Lengths, times, angles and ratios may be negative, counts are
        whole, probabilities lie in [0, 1].

    Raises
    ------
    UnitError
        A bare number where a unit is needed, a unit that is unknown, ambiguous or of another
        dimension, or a number that is not finite or out of its range.
    """
    number, unit = _split(text, dimension)
    if UNITS[dimension]:
        value = _si(number, _known(unit, text, dimension))
    elif unit:
        remedy = f"write {number / 100.0:g}" if unit == "%" else ""
        raise UnitError(f"a {dimension} has no unit", str(text), "a plain number", remedy)
    else:
        value = number
    _refuse_out_of_range(value, text, dimension)
    return value


def format_quantity(value: float, dimension: Dimension) -> str:
    """Return an SI value the way people write it, to six digits; `parse` reads it back.

    Parameters
    ----------
    value
        In SI units (m, s, m/s, rad, m2, USD) or a plain number.
    dimension
        One of `DIMENSIONS`.
    """
    if dimension not in _SHOWN:
        return _written(value)
    scaled = [(value / UNITS[dimension][unit], unit) for unit in _SHOWN[dimension]]
    least = 0.1 if dimension == "angle" else 1.0
    large = [(x, unit) for x, unit in scaled if abs(x) >= least - 1e-9]
    # The largest unit in which the number is short; failing that, the largest.
    short = [(x, unit) for x, unit in large if math.isclose(x, float(f"{x:.4g}"))]
    smallest = scaled[0] if value == 0.0 and dimension == "angle" else scaled[-1]
    x, unit = (short or large or [smallest])[0]
    return f"{_written(x)} {unit}"


def allowed_units(dimension: Dimension) -> str:
    """Return the words of a fault that name the units of a dimension: "m, km, ft, nmi"."""
    return ", ".join(UNITS[dimension]) or "a plain number"


def _split(text: str | float, dimension: Dimension) -> tuple[float, str]:
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise UnitError(f"not a {dimension}", repr(text), _allowed(dimension))
    match = _NUMBER.fullmatch(str(text))
    number = float(match[1]) if match else math.nan
    if math.isfinite(number) and match:
        return number, match[2]
    if match or _NOT_FINITE.fullmatch(str(text)):
        raise UnitError("not a finite number", str(text), _allowed(dimension))
    raise UnitError(
        f"not a {dimension}: it must begin with a number", str(text), _allowed(dimension)
    )


def _allowed(dimension: Dimension) -> str:
    if not UNITS[dimension]:
        return "a plain number"
    return f'a number and one of {allowed_units(dimension)}, e.g. "{_EXAMPLES[dimension]}"'


def _known(unit: str, text: str | float, dimension: Dimension) -> str:
    """Return the unit as in the table, or refuse it with its remedy."""
    words = " ".join(unit.split())
    if words.endswith("USD") and words != "USD":
        words = f"{words[:-3].strip()} USD"
    if words in UNITS[dimension]:
        return words
    given = str(text).strip()
    if not words:
        raise UnitError(
            f"a {dimension} needs a unit",
            given,
            allowed_units(dimension),
            f'write for example "{given} {next(iter(UNITS[dimension]))}"',
        )
    problem, remedy = _why_refused(words, dimension)
    raise UnitError(problem, given, allowed_units(dimension), remedy)


def _why_refused(unit: str, dimension: Dimension) -> tuple[str, str]:
    if unit in ("nm", "NM"):
        remedy = "for nautical miles write 'nmi'" if dimension == "length" else ""
        return f"'{unit}' could be nautical miles or nanometres", remedy
    if unit == "g":
        return "'g' could be grams or an acceleration", f"a {dimension} has neither"
    if unit == "M":
        remedy = _MEANT_BY_M.get(dimension, "")
        return "'M' alone could be a million, a Mach number or metres", remedy
    for other, units in UNITS.items():
        if unit in units:
            return f"'{unit}' is a unit of {other}, not of {dimension}", ""
    return f"unknown unit '{unit}'", _nearest_unit(unit, dimension)


def _nearest_unit(unit: str, dimension: Dimension) -> str:
    known = {name.lower(): name for name in UNITS[dimension]}
    meant = _OTHER_SPELLINGS.get(unit.lower(), known.get(unit.lower(), ""))
    return (
        f"did you mean '{meant}'?"
        if meant in UNITS[dimension]
        else nearest(unit, known.values())
    )


def _si(number: float, unit: str) -> float:
    if unit == "dBsm":
        return float(10.0 ** (number / 10.0)) if number < 3000.0 else math.inf
    return number * next(units[unit] for units in UNITS.values() if unit in units)


def _refuse_out_of_range(value: float, text: str | float, dimension: Dimension) -> None:
    given = str(text)
    if not math.isfinite(value):
        raise UnitError("not a finite number", given)
    if value < 0.0 and dimension not in _MAY_BE_NEGATIVE:
        raise UnitError(f"a {dimension} cannot be negative", given, "0 or more")
    if dimension == "probability" and value > 1.0:
        raise UnitError("a probability is at most 1", given, "0 to 1", "for 70 % write 0.7")
    if dimension == "count" and value != math.floor(value):
        raise UnitError("a count is a whole number", given, "0, 1, 2, ...")


def _written(x: float) -> str:
    """Return a number in six digits, without an exponent where people would write none."""
    if x == math.floor(x) and abs(x) < 1e9:
        return str(int(x))
    return f"{x:.6g}"
