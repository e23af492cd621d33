"""How a figure is settled on one value: nominal, claimed, an end of its band, or drawn from it.

Pessimistic and optimistic are so for the defence: of a radar's range the low and the high end,
of an attacker's speed the high and the low one. What favours neither stays nominal. Draws of
one ``draw_group`` are one draw, so that what has one cause turns out well or badly together.

Source: quantiles of the triangular and beta-PERT (shape 4) distributions, Vose, Risk Analysis,
3rd ed., 2008.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

from bartizan.catalogue.kinds import FigureKind, Kind, figure_kind
from bartizan.catalogue.records import Entry, Figure, Quantity
from bartizan.units import parse

PERT_WEIGHT = 4.0
# Whose entries they are; civil traffic is nobody's.
_OWNER: dict[Kind, int] = {
    **dict.fromkeys(
        ("system", "radar", "interceptor", "doctrine", "identification", "link"), 1
    ),
    "threat": -1,
    "jammer": -1,
    "chaff": -1,
    "traffic": 0,
}


class Band(NamedTuple):
    """A figure's nominal value and what is not known about it, in SI."""

    figure: Figure
    kind: FigureKind
    nominal: float
    low: float
    high: float
    sign: int  # 1: a larger value is better for the defence; -1: worse; 0: neither


def settled(entry: Entry, name: str, choice: str, key: int) -> float:
    """Return a figure of an entry in SI under one of `CHOICES`.

    Parameters
    ----------
    entry, name
        The record, and which of its figures; it must have it.
    choice
        How to settle it.
    key
        Of the draws; read by ``drawn`` only.
    """
    figure, kind = entry.figures[name], figure_kind(entry.kind, name)
    assert kind is not None
    cause = figure.draw_group or f"{entry.id}.{name}"
    u = _drawn(cause, key) if choice == "drawn" else math.nan
    return CHOICES[choice](band_of(entry, figure, kind), u)


def _drawn(cause: str, key: int) -> float:
    # Only now: a scenario is checked, and the command line begins, without numba.
    from bartizan.rng import Purpose, draw, stable_id

    return float(draw(key, Purpose.FIGURES.value, stable_id(cause), 0, 0))


def band_of(entry: Entry, figure: Figure, kind: FigureKind) -> Band:
    """Return the band of a figure; both ends nominal where it is fixed."""
    nominal = parse(figure.nominal, kind.dimension)
    ends = figure.band or figure.values or (figure.nominal,)
    values = [parse(each, kind.dimension) for each in ends]
    sign = _OWNER[entry.kind] * {"owner": 1, "enemy": -1, "neither": 0}[kind.favours]
    return Band(figure, kind, nominal, min(values), max(values), sign)


def _nominal(band: Band, u: float) -> float:
    return band.nominal


def _claimed(band: Band, u: float) -> float:
    claimed: Quantity | None = band.figure.claimed
    return band.nominal if claimed is None else parse(claimed, band.kind.dimension)


def _pessimistic(band: Band, u: float) -> float:
    return (band.low, band.nominal, band.high)[1 - band.sign]


def _optimistic(band: Band, u: float) -> float:
    return (band.low, band.nominal, band.high)[1 + band.sign]


def quantile(band: Band, u: float) -> float:
    """Return the value of a band below which a share ``u`` of its probability lies.

    Where a larger value is worse for the defence, ``u`` counts from the high end: one draw for
    a group turns out well, or badly, for all of it.
    """
    if band.sign < 0:
        u = 1.0 - u
    value = _QUANTILES[band.figure.shape](band, u)
    return float(round(value)) if band.kind.dimension == "count" else value


def _triangular(band: Band, u: float) -> float:
    width, rise = band.high - band.low, band.nominal - band.low
    if u * width < rise:
        return band.low + math.sqrt(u * width * rise)
    return band.high - math.sqrt((1.0 - u) * width * (width - rise))


def _pert(band: Band, u: float) -> float:
    from scipy.special import betaincinv

    width = band.high - band.low
    share = (band.nominal - band.low) / width
    a, b = 1.0 + PERT_WEIGHT * share, 1.0 + PERT_WEIGHT * (1.0 - share)
    return band.low + width * float(betaincinv(a, b, u))


def _uniform(band: Band, u: float) -> float:
    return band.low + u * (band.high - band.low)


def _loguniform(band: Band, u: float) -> float:
    return float(band.low * (band.high / band.low) ** u)


def _discrete(band: Band, u: float) -> float:
    values = [parse(each, band.kind.dimension) for each in band.figure.values]
    total = 0.0
    for value, weight in sorted(zip(values, band.figure.weights, strict=True)):
        total += weight
        if u < total:
            return value
    return max(values)


_QUANTILES: dict[str, Callable[[Band, float], float]] = {
    "fixed": _nominal,
    "triangular": _triangular,
    "pert": _pert,
    "uniform": _uniform,
    "loguniform": _loguniform,
    "discrete": _discrete,
}

# How a figure is settled where nobody pins it; one line for each choice. ``u`` is a draw in
# [0, 1), or nan where the choice draws nothing.
CHOICES: dict[str, Callable[[Band, float], float]] = {
    "nominal": _nominal,
    "claimed": _claimed,
    "pessimistic": _pessimistic,
    "optimistic": _optimistic,
    "drawn": quantile,
}
