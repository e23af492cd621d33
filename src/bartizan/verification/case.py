"""A case: a scenario whose answer is known, and how to read that answer off a flight."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from bartizan.arrays import Floats
from bartizan.simulate.plan import Plan
from bartizan.simulate.state import State


class Flown(NamedTuple):
    """One flight of a scenario, at its end."""

    plan: Plan
    state: State
    seen: list[Any]  # what the case's `watch` returned, tick by tick


@dataclass(frozen=True)
class Quantity:
    """One number that theory knows.

    With a ``tolerance`` the simulator must give it every time, to that share of it; without,
    it is the mean of what chance makes of it.
    """

    name: str
    value: float
    tolerance: float = 0.0


@dataclass(frozen=True)
class Case:
    """A scenario in closed form.

    Attributes
    ----------
    name
        Of the case, and of its scenario's file.
    assumes, source
        What the theory takes for granted, and where it stands.
    quantities
        What theory says.
    read
        From a flight, the independent values of each quantity, by name.
    flights
        How many seeds show an error of a tenth with 99 %.
    planted
        Changes of the scenario (``path=value``) that make an error of a tenth or so in one
        quantity, which a test sees noticed.
    is_perfect
        Whether perfect sensing takes the place of the radars.
    watch
        Called after each tick with plan, state and time; None: the end is enough.
    prepare
        Changes the plan of a flight by its key, such as when threats start.
    """

    name: str
    assumes: str
    source: str
    quantities: tuple[Quantity, ...]
    read: Callable[[Flown], Mapping[str, Floats]]
    flights: int
    planted: tuple[str, ...]
    is_perfect: bool = True
    watch: Callable[[Plan, State, float], Any] | None = None
    prepare: Callable[[Plan, int], Plan] | None = None
