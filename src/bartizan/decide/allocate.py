"""Allocators by name: which fire unit spends how many rounds of which type on which threat.

An allocator is a function from a `Choice` to the rounds (m, u, t) of each order. It sees only
numbers. To add one here, write the function and its line in `ALLOCATORS`; another package
names its own in the entry-point group `bartizan.allocators`.
"""

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points

from bartizan.arrays import Ints
from bartizan.decide.choice import Choice, broken_rule
from bartizan.decide.flow import min_cost_flow
from bartizan.decide.marginal import first_come, greedy
from bartizan.errors import BartizanError

Allocator = Callable[[Choice], Ints]

GROUP = "bartizan.allocators"

ALLOCATORS: dict[str, Allocator] = {
    "min-cost-flow": min_cost_flow,
    "greedy": greedy,
    "first-come": first_come,
}


class AllocatorError(BartizanError):
    """An allocator of another package that cannot be had, or that breaks a rule."""


def allocator(name: str) -> Allocator | None:
    """Return an allocator by name, of this package or an installed one; None: nobody has it.

    Others' packages are looked through only for names that are not ours.

    Raises
    ------
    AllocatorError
        Its package cannot be imported, or gives something else than a function.
    """
    if name in ALLOCATORS:
        return ALLOCATORS[name]
    found = _plug_ins().get(name)
    return _loaded(found) if found else None


def allocator_names() -> list[str]:
    """Return the names of all allocators, this package's first."""
    return [*ALLOCATORS, *sorted(_plug_ins().keys() - ALLOCATORS.keys())]


def _plug_ins() -> dict[str, EntryPoint]:
    return {each.name: each for each in entry_points(group=GROUP)}


def _loaded(found: EntryPoint) -> Allocator:
    """Return another package's allocator, held to the rules at each call."""
    try:
        function = found.load()
    except Exception as error:  # a package of others: whatever it raises
        raise AllocatorError(_of(found, f"{type(error).__name__}: {error}")) from error
    if not callable(function):
        raise AllocatorError(_of(found, "it is no function"))

    def held(choice: Choice) -> Ints:
        shots: Ints = function(choice)
        if broken := broken_rule(choice, shots):
            raise AllocatorError(_of(found, f"its answer breaks a rule: {broken}"))
        return shots

    return held


def _of(found: EntryPoint, problem: str) -> str:
    return f"allocator '{found.name}' ({found.value}): {problem}"
