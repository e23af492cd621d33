"""The answer so far while a study runs: mean and interval of one measure, in little memory."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.studies.estimate import interval
from bartizan.studies.spread import Groups


class Running:
    """Sums by draw of one measure of one arm."""

    def __init__(self, measure: str, arm: str, by_draw: bool) -> None:
        self.measure, self.arm, self.by_draw = measure, arm, by_draw
        self.sums: dict[int, tuple[int, float]] = {}

    def begin(self, values: Floats, draws: Ints) -> None:
        """Take the replications that were there before."""
        for k, (value, draw) in enumerate(zip(values, draws, strict=True)):
            self._add(int(draw) if self.by_draw else -1 - k, float(value))

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take replications that were just made."""
        for row in rows:
            value = row[self.measure]
            if row["arm"] == self.arm and value is not None:
                self._add(row["draw"] if self.by_draw else row["replication"], float(value))

    def _add(self, draw: int, value: float) -> None:
        n, total = self.sums.get(draw, (0, 0.0))
        self.sums[draw] = n + 1, total + value

    def answer(self) -> tuple[float, float]:
        """Return the mean and half the width of its interval; nan while unknown."""
        if not self.sums:
            return float("nan"), float("nan")
        n = np.array([n for n, _ in self.sums.values()], dtype=np.float64)
        sums = np.array([total for _, total in self.sums.values()])
        low, high = interval(Groups(n, sums / n, 0.0), False)
        return float(sums.sum() / n.sum()), (high - low) / 2.0
