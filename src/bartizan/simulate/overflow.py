"""Overflow: what found no room in a table of fixed capacity, counted and never silent."""

from collections.abc import Callable

from bartizan.simulate.state import State

OVERFLOWS: dict[str, Callable[[State], int]] = {
    "plots": lambda state: int(state.plots.lost[0]),
    "tracks": lambda state: int(state.tracks.lost[0]),
    "pairs of plot and track": lambda state: int(state.scratch.candidates.lost[0]),
    "tracks beyond capacity": lambda state: int(state.picture.beyond_capacity[0]),
    "orders": lambda state: int(state.orders.lost[0]),
    "rounds": lambda state: int(state.flyouts.lost[0]),
    "events": lambda state: int(state.events.lost[0]),
}


def overflow(state: State) -> dict[str, int]:
    """Return how many of each kind found no room so far."""
    return {name: count(state) for name, count in OVERFLOWS.items()}
