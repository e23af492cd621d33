"""Which blocks a study makes, stage by stage: later ones may look at earlier ones."""

from collections.abc import Iterator, Sequence

from bartizan.studies.arms import Arm, blocks_of
from bartizan.studies.conduct import Stage


def fixed(arms: Sequence[Arm], n: int, per_draw: int) -> Iterator[Stage]:
    """Yield one stage: n replications of each arm."""
    yield Stage(arms, blocks_of(range(len(arms)), n, per_draw))
