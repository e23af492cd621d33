"""Orders: engagements under way, from launch order to kill assessment.

An order names a track, never an object. `engage` launches its rounds and, after the last
intercept, writes a delayed and fallible report into it; `decide` reads the report and frees
the row.
"""

from enum import IntEnum
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints


class Report(IntEnum):
    """What the kill assessment says of an order."""

    PENDING = 0
    KILL = 1
    MISS = 2
    WITHDRAWN = 3  # nothing could be launched


class Orders(NamedTuple):
    """Changing columns of at most o orders; a row without ``alive`` is free."""

    next_serial: Ints  # (1,)
    lost: Ints  # (1,) orders that found no free row
    alive: Bools  # (o,)
    serial: Ints  # (o,) 1, 2, 3, ...
    track_row: Ints  # (o,)
    track_id: Ints  # (o,) the row may have changed hands: compare
    unit: Ints  # (o,) fire unit
    interceptor: Ints  # (o,) interceptor type
    rounds: Ints  # (o,) ordered, less what could not be launched
    launched: Ints  # (o,)
    resolved: Ints  # (o,) rounds whose flight is over
    issued_s: Floats  # (o,)
    due_s: Floats  # (o,) next launch
    intercept_s: Floats  # (o,) predicted intercept of the first round
    report: Ints  # (o,) Report
    report_s: Floats  # (o,) when the report arrives; inf: rounds still fly


def make_orders(capacity: int) -> Orders:
    """Return an empty table of orders."""
    return Orders(
        next_serial=arrays.counts(1) + 1,
        lost=arrays.counts(1),
        alive=arrays.flags(capacity),
        serial=arrays.none(capacity),
        track_row=arrays.none(capacity),
        track_id=arrays.none(capacity),
        unit=arrays.none(capacity),
        interceptor=arrays.none(capacity),
        rounds=arrays.counts(capacity),
        launched=arrays.counts(capacity),
        resolved=arrays.counts(capacity),
        issued_s=arrays.nan(capacity),
        due_s=arrays.never(capacity),
        intercept_s=arrays.nan(capacity),
        report=arrays.counts(capacity),
        report_s=arrays.never(capacity),
    )
