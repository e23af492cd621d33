"""Switching: how likely an object changes from one motion model to another within a time.

A Markov chain in continuous time, so that two short steps are one long one: straight flight
turns into a turn to either side and back, a turn into its opposite. What is fast and high may
also go from gliding straight on to falling, and back. A member of a formation keeps its
station, leaves it and returns to it.
"""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.tracking.plan import Settings
from bartizan.tracking.tracks import N_MODEL, N_OWN, Model


class Switching(NamedTuple):
    """Probabilities of a step, kept until one of another kind is asked for."""

    kind: Floats  # (3,) duration [s], falling, member of a formation
    probability: Floats  # (5, 5) from a model (row) to a model


def make_switching() -> Switching:
    """Return room for the probabilities of one kind of step."""
    return Switching(kind=arrays.nan(3), probability=arrays.zeros(N_MODEL, N_MODEL))


@kernel
def fill_switching(
    settings: Settings, dt_s: float, is_falling: bool, is_member: bool, switching: Switching
) -> None:
    """Write the probabilities of a step of ``dt_s`` >= 0."""
    kind = switching.kind
    falling, member = 1.0 if is_falling else 0.0, 1.0 if is_member else 0.0
    if kind[0] == dt_s and kind[1] == falling and kind[2] == member:
        return
    kind[0], kind[1], kind[2] = dt_s, falling, member
    _fill_own(settings, dt_s, is_falling, switching.probability)
    _fill_station(settings, dt_s, is_falling, is_member, switching.probability)


@kernel
def _fill_own(settings: Settings, dt_s: float, is_falling: bool, W: Floats) -> None:
    start, end = settings.turn_start_per_s, settings.turn_end_per_s
    settled = (1.0 - math.exp(-(start + end) * dt_s)) / (start + end)
    turning, straight = settled * start, settled * end
    side = math.exp(-(end + 2.0 * settings.turn_reverse_per_s) * dt_s)
    apart = math.exp(-(start + 2.0 * settings.fall_switch_per_s) * dt_s)
    for i in (Model.STRAIGHT, Model.FALL):
        other = Model.FALL if i == Model.STRAIGHT else Model.STRAIGHT
        W[i, i] = 0.5 * (1.0 - turning + apart)
        W[i, other] = 0.5 * (1.0 - turning - apart)
        W[i, Model.LEFT] = W[i, Model.RIGHT] = 0.5 * turning
        W[i, Model.STATION] = 0.0
    for i in (Model.LEFT, Model.RIGHT):
        W[i, i] = 0.5 * (1.0 - straight + side)
        opposite = Model.RIGHT if i == Model.LEFT else Model.LEFT
        W[i, opposite] = 0.5 * (1.0 - straight - side)
        W[i, Model.STRAIGHT] = W[i, Model.FALL] = 0.5 * straight
        W[i, Model.STATION] = 0.0
    if not is_falling:
        for model in range(N_OWN):
            W[model, Model.STRAIGHT] += W[model, Model.FALL]
            W[model, Model.FALL] = 0.0


@kernel
def _fill_station(
    settings: Settings, dt_s: float, is_falling: bool, is_member: bool, W: Floats
) -> None:
    leaving = 1.0 - math.exp(-settings.station_leave_per_s * dt_s) if is_member else 1.0
    back = 1.0 - math.exp(-settings.station_return_per_s * dt_s) if is_member else 0.0
    n_own = N_OWN if is_falling else N_OWN - 1
    for j in range(N_OWN):
        W[Model.STATION, j] = leaving / n_own if j < n_own else 0.0
        for i in range(N_OWN):
            W[i, j] *= 1.0 - back
    for i in range(N_OWN):
        W[i, Model.STATION] = back
    W[Model.STATION, Model.STATION] = 1.0 - leaving
