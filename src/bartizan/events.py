"""The event log of a run: stages write it, nothing in a tick reads it back."""

from enum import IntEnum
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel


class EventKind(IntEnum):
    """What happened; the comment says subject, object, value, code."""

    DETECTION_WON = 0  # target, radar
    DETECTION_LOST = 1  # target, radar
    TRACK_CONFIRMED = 2  # track id, sensor
    TRACK_DROPPED = 3  # track id
    TRACK_ASSIGNED = 4  # target, track id                  (scoring: truth met this track)
    TRACK_LOST = 5  # target, track id                      (scoring: and left it)
    IDENTIFIED = 6  # track id, -, its posterior, identity
    ORDER = 7  # track id, fire unit, rounds, interceptor
    WITHDRAWN = 8  # track id, fire unit            (an order that could not be launched)
    LAUNCH = 9  # round, track id, fire unit, interceptor
    KILL = 10  # round, target
    MISS = 11  # round, target or -1, distance_m, why
    ASSESSED = 12  # track id, fire unit, -, report
    LEAK = 13  # target, asset, -, cause
    DAMAGE = 14  # asset, target, hits so far
    MAGAZINE_EMPTY = 15  # fire unit, interceptor
    OVERFLOW = 16  # -, -, how many, table
    SUPPRESSED = 17  # asset that is a defence block, -, ready rounds lost
    TURNED_AWAY = 18  # target


class Events(NamedTuple):
    """Events not yet read, in the order written; ``size[0]`` rows are filled."""

    size: Ints
    lost: Ints
    time_s: Floats
    kind: Ints
    subject: Ints
    object: Ints
    value: Floats
    code: Ints


def make_events(capacity: int) -> Events:
    """Return an empty log; with capacity 0 nothing is ever written."""
    return Events(
        size=arrays.counts(1),
        lost=arrays.counts(1),
        time_s=arrays.zeros(capacity),
        kind=arrays.counts(capacity),
        subject=arrays.none(capacity),
        object=arrays.none(capacity),
        value=arrays.zeros(capacity),
        code=arrays.counts(capacity),
    )


@kernel
def log(
    events: Events,
    time_s: float,
    kind: int,
    subject: int,
    obj: int,
    value: float = 0.0,
    code: int = 0,
) -> None:
    """Write one event; a full log counts what it lost."""
    row = events.size[0]
    if row >= events.time_s.shape[0]:
        if row > 0:  # a log without room is switched off
            events.lost[0] += 1
        return
    events.time_s[row] = time_s
    events.kind[row] = kind
    events.subject[row] = subject
    events.object[row] = obj
    events.value[row] = value
    events.code[row] = code
    events.size[0] = row + 1
