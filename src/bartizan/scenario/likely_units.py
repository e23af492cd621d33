"""Units that a file of state vectors has got wrong, told by how far its aircraft flew.

Between two rows an aircraft flies a distance and climbs a height. Where a column of rates
disagrees with that by one factor through the whole file, the factor names the unit.
"""

from collections.abc import Mapping, Sequence
from statistics import quantiles

from bartizan.errors import Fault
from bartizan.scenario.spellings import FT_MIN, OWN, SI_OF_UNIT, Column, Found

# Fewer pairs of rows say nothing; more than these say nothing new.
LEAST_PAIRS = 5
MOST_PAIRS = 2_000
# How near to one factor the middle half of the pairs lies, and the factor to a known one.
_SPREAD = 0.15
_NEAR = 0.04


def unit_faults(
    speed_ratios: Sequence[float], climb_ratios: Sequence[float], columns: Mapping[str, Found]
) -> list[Fault]:
    """Return the faults of columns whose unit is not the one that their name says.

    Parameters
    ----------
    speed_ratios
        Ground speed as given over distance flown per time, both read as SI [-].
    climb_ratios
        Vertical rate as given over height climbed per time, both read as SI [-].
    columns
        Of the file, by quantity.
    """
    faults: list[Fault] = []
    if speed := columns.get("ground speed"):
        own = SI_OF_UNIT[speed.unit]
        meant = {unit: own / SI_OF_UNIT[unit] for unit in ("m/s", "kt", "km/h")}
        faults += _faults("ground speed", "the distances flown", speed, speed_ratios, meant)
    altitude, climb = columns.get("altitude"), columns.get("vertical rate")
    if altitude and climb:
        own = SI_OF_UNIT[altitude.unit]
        meant = {unit: SI_OF_UNIT[unit] / own for unit in ("m", "ft")}
        faults += _faults("altitude", "the vertical rates", altitude, climb_ratios, meant)
        own = SI_OF_UNIT[climb.unit]
        meant = {unit: own / SI_OF_UNIT[unit] for unit in ("m/s", FT_MIN)}
        faults += _faults("vertical rate", "the altitudes", climb, climb_ratios, meant)
    return faults


def _faults(
    quantity: str,
    other: str,
    column: Found,
    ratios: Sequence[float],
    meant: Mapping[str, float],
) -> list[Fault]:
    """Return the fault of a column, or nothing; ``meant`` is the factor of each unit."""
    if len(ratios) < LEAST_PAIRS:
        return []
    low, middle, high = quantiles(ratios, n=4)
    if middle <= 0.0 or high - low > _SPREAD * middle:
        return []
    for unit, factor in meant.items():
        if unit != column.unit and abs(middle / factor - 1.0) < _NEAR:
            problem = f"every {quantity} disagrees with {other}"
            given = f"by a factor of {middle:.3g}, over {len(ratios)} pairs of rows"
            remedy = f"the numbers look like {unit}: {_mended(quantity, column, unit)}"
            return [Fault(column.name, problem, given, f"numbers in {column.unit}", remedy)]
    return []


def _mended(quantity: str, column: Found, unit: str) -> str:
    """Return what to do with a column that is in another unit than its name says."""
    names = {own: name for name, own in OWN.columns.items()}
    name = names.get(Column(quantity, unit), "")
    if name and column.name in OWN.columns:
        return f"name the column {name}"
    also = f", or use Bartizan's own names of columns, {name} among them" if name else ""
    return f"convert them to {column.unit}{also}"
