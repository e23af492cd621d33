"""The field types of a scenario: text with a unit in the file, SI floats and radians inside."""

import math
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from bartizan.units import Dimension, UnitError, parse

MAX_OFFSET_M = 2.0e6
MAX_LATITUDE_DEG = 89.5
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def refusal(
    problem: str, given: str = "", allowed: str = "", remedy: str = ""
) -> PydanticCustomError:
    """Return the error that becomes a fault with these words; raise it in a validator."""
    details = {"problem": problem, "given": given, "allowed": allowed, "remedy": remedy}
    return PydanticCustomError("fault", "{problem}", details)


def quantity(
    dimension: Dimension,
    least: float = -math.inf,
    most: float = math.inf,
    allowed: str = "",
    above: float = -math.inf,
) -> BeforeValidator:
    """Return the validator of a quantity of a dimension, in SI, within limits.

    Parameters
    ----------
    dimension
        Of `bartizan.units`.
    least, most, above
        Limits in SI units: ``least <= value <= most`` and ``value > above``.
    allowed
        Words for the limits, for the fault.
    """

    def read(given: Any) -> float:
        try:
            value = parse(given, dimension)
        except UnitError as error:
            raise refusal(error.problem, error.given, error.allowed, error.remedy) from None
        if not (least <= value <= most and value > above):
            turned = str(given).strip().lstrip("-")
            remedy = f"did you mean '{turned}'?" if value < 0.0 <= max(least, above) else ""
            raise refusal(f"this {dimension} is out of range", str(given), allowed, remedy)
        return value

    return BeforeValidator(read)


def degrees(least: float, most: float, example: str) -> BeforeValidator:
    """Return the validator of a plain number of degrees, which becomes radians."""

    def read(given: Any) -> float:
        allowed = f"a plain number of degrees from {least:g} to {most:g}"
        if isinstance(given, bool) or not isinstance(given, int | float):
            raise refusal("not a plain number", str(given), allowed, f"write {example}")
        if not least <= given <= most:
            raise refusal("out of range", str(given), allowed)
        return math.radians(given)

    return BeforeValidator(read)


def _is_name(text: str) -> str:
    if not NAME.fullmatch(text):
        allowed = "letters, digits, '-' and '_', at most 64, no blanks or dots"
        near = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-_")[:64]
        given = text if len(text) <= 60 else f"{text[:57]}..."
        raise refusal("not a name", given, allowed, f"write '{near}'" if near else "")
    return text


def _figure(given: Any) -> str | float:
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise refusal("not a figure", str(given), 'a quantity such as "200 km", or a number')
    if isinstance(given, float) and not math.isfinite(given):
        raise refusal("not a finite number", str(given))
    return given


Name = Annotated[str, AfterValidator(_is_name)]
Figure = Annotated[str | float, BeforeValidator(_figure)]
Pattern = Annotated[str, Field(min_length=1, max_length=200)]
Offset = Annotated[
    float, quantity("length", -MAX_OFFSET_M, MAX_OFFSET_M, "at most 2 000 km; else lat and lon")
]
Range = Annotated[
    float, quantity("length", 0.0, MAX_OFFSET_M, "0 to 2 000 km; beyond that lat and lon")
]
Width = Annotated[float, quantity("length", 0.0, MAX_OFFSET_M, "0 to 2 000 km")]
Height = Annotated[float, quantity("length", -500.0, 1.0e4, "-500 m to 10 km")]
Altitude = Annotated[float, quantity("length", 0.0, 2.0e6, "0 to 2 000 km above the sea")]
Moment = Annotated[float, quantity("time", -864000.0, 864000.0, "within 10 d of the start")]
Delay = Annotated[float, quantity("time", 0.0, 864000.0, "0 to 10 d")]
Duration = Annotated[float, quantity("time", 0.0, 864000.0, "more than 0, at most 10 d", 0.0)]
Tick = Annotated[float, quantity("time", 0.1, 10.0, "0.1 s to 10 s")]
Speed = Annotated[float, quantity("speed", 0.0, 1.0e4, "more than 0, at most 10 000 m/s", 0.0)]
Bearing = Annotated[float, quantity("angle", -2.0 * math.pi, 2.0 * math.pi, "-360 to 360 deg")]
Latitude = Annotated[float, degrees(-MAX_LATITUDE_DEG, MAX_LATITUDE_DEG, "-27.4 for 27.4 S")]
Longitude = Annotated[float, degrees(-180.0, 180.0, "-17.6 for 17.6 W")]
