"""Flyouts: interceptors in the air, and what came of them; truth, read only by `scoring`."""

from enum import IntEnum
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints


class Outcome(IntEnum):
    """What became of a round."""

    FLYING = 0
    KILL = 1
    MISS = 2  # the object took the shot and lives
    EMPTY = 3  # nothing was in the acquisition basket
    OUTSIDE = 4  # the intercept point left the envelope


class Flyouts(NamedTuple):
    """Changing columns of at most f rounds; a row without ``alive`` is free."""

    next_serial: Ints  # (1,)
    lost: Ints  # (1,) launches that found no free row
    alive: Bools  # (f,)
    serial: Ints  # (f,) 1, 2, 3, ...
    order: Ints  # (f,) row of its order
    track_row: Ints  # (f,)
    track_id: Ints  # (f,)
    unit: Ints  # (f,)
    interceptor: Ints  # (f,)
    launch_s: Floats  # (f,)
    intercept_s: Floats  # (f,) predicted, corrected in flight
    aim_ecef_m: Floats  # (f, 3) predicted intercept point
    aim_speed_m_s: Floats  # (f,) predicted speed of the target there
    aim_sigma_m: Floats  # (f,) one sigma of the track's position, per axis
    outcome: Ints  # (f,) Outcome
    resolved_s: Floats  # (f,) nan: it flies
    target: Ints  # (f,) object that took the shot; -1: none


class Strikes(NamedTuple):
    """Changing columns of n objects and o orders that only the outcome needs."""

    shots: Ints  # (n,) rounds that met the object, flying or dead
    leaves_s: Floats  # (n,) when an object that turned away is gone; inf: it flies on
    place_ecef_m: Floats  # (3,) room for a place
    overkill: Ints  # (1,) rounds that found what was dead already
    at_chaff: Ints  # (1,) rounds that found chaff and nothing else
    order_target: Ints  # (o,) object that its last round met; -1: none
    order_shot: Ints  # (o,) number of that round among all that met the object
    order_over_s: Floats  # (o,) when its last round so far was over
    rounds_fired: Ints  # (u, t)
    first_launch_s: Floats  # (1,) nan: none yet
    met_class: Ints  # (t, k) rounds that met an object of a class
    killed_class: Ints  # (t, k) those that killed it


def make_flyouts(capacity: int) -> Flyouts:
    """Return an empty table of rounds."""
    return Flyouts(
        next_serial=arrays.counts(1) + 1,
        lost=arrays.counts(1),
        alive=arrays.flags(capacity),
        serial=arrays.none(capacity),
        order=arrays.none(capacity),
        track_row=arrays.none(capacity),
        track_id=arrays.none(capacity),
        unit=arrays.none(capacity),
        interceptor=arrays.none(capacity),
        launch_s=arrays.nan(capacity),
        intercept_s=arrays.nan(capacity),
        aim_ecef_m=arrays.nan(capacity, 3),
        aim_speed_m_s=arrays.nan(capacity),
        aim_sigma_m=arrays.nan(capacity),
        outcome=arrays.counts(capacity),
        resolved_s=arrays.nan(capacity),
        target=arrays.none(capacity),
    )


def make_strikes(
    n_target: int, n_order: int, n_unit: int, n_type: int, n_class: int
) -> Strikes:
    """Return the tallies before the first shot."""
    return Strikes(
        shots=arrays.counts(n_target),
        leaves_s=arrays.never(n_target),
        place_ecef_m=arrays.zeros(3),
        overkill=arrays.counts(1),
        at_chaff=arrays.counts(1),
        order_target=arrays.none(n_order),
        order_shot=arrays.counts(n_order),
        order_over_s=arrays.nan(n_order),
        rounds_fired=arrays.counts(n_unit, n_type),
        first_launch_s=arrays.nan(1),
        met_class=arrays.counts(n_type, n_class),
        killed_class=arrays.counts(n_type, n_class),
    )
