"""The same raid with other links between the nets: the verb, which fetches what is heavy."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from bartizan.api.choices import FIGURES, checked_seed, choose
from bartizan.api.lookup import CatalogueLike
from bartizan.errors import BartizanError

if TYPE_CHECKING:
    from bartizan.reports.nets import Levels

LEVELS = ("stand-alone", "one-way-feed", "data-link", "integrated")
"""Links that `nets` compares."""


def nets(
    scenario: Any,
    levels: Sequence[str] = LEVELS,
    *,
    n: int = 20,
    seed: int = 1,
    sets: Sequence[str] = (),
    figures: str = "nominal",
    catalogue: CatalogueLike = None,
    report: "Callable[[str, int, int], None] | None" = None,
) -> "Levels":
    """Return a raid with the links between its nets exchanged, to print side by side.

    Parameters
    ----------
    scenario, sets, figures, catalogue
        As for `run`.
    levels
        Links of the catalogue, each of which takes the place of all links of the scenario.
    n, seed
        Replications of each, with the same seeds.
    report
        Called with a level, the number of its replication and how many there are.

    Raises
    ------
    DocumentError
        A link that is not in the catalogue; all faults of the scenario.
    BartizanError
        If the scenario has no links, or no level is named.
    """
    from bartizan import api

    choose("figures", figures, FIGURES)
    seed, n = checked_seed(seed), checked_seed(n)
    if n < 1 or not levels:
        raise BartizanError("nets: name a level, and one replication or more")
    loaded = api.load(scenario, sets, catalogue)
    from bartizan.api.levels import levelled
    from bartizan.api.warming import prepare
    from bartizan.reports.nets import Levels

    prepare()
    return Levels(levelled(loaded, levels, n, seed, figures, report))
