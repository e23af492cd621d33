"""What a report is about: one arm of a study, or all points of its design."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bartizan.archive.study import Study
from bartizan.arrays import Ints
from bartizan.reports.page.material import WHOLE
from bartizan.scenario import Scenario
from bartizan.studies.arms import Arm, arm_scenario
from bartizan.studies.summary import draws_of
from bartizan.theatre.recorded import scenario_of


@dataclass(frozen=True)
class Focus:
    """Rows of a study, the arm that they are of, and what is independent among them."""

    written: Scenario
    """The scenario before any change."""
    arms: Mapping[str, Mapping[str, Any]]
    arm: Mapping[str, Any]
    table: Any
    draws: Ints
    words: str = ""
    is_whole: bool = False

    @property
    def scenario(self) -> Scenario:
        """The scenario of its arm."""
        return self.scenario_of(self.arm["arm"])

    def scenario_of(self, label: str) -> Scenario:
        """Return the scenario of an arm."""
        changes = self.arms[label]["changes"] if label in self.arms else {}
        return arm_scenario(self.written, Arm(label, tuple(changes.items())))


def focus_of(study: Study) -> Focus:
    """Return what the report of a study is about.

    The first arm; of a search for a capacity the largest size that is held, or the least that
    was tried; of a design whose arms are points, all of them together.
    """
    summary, written = study.summary, scenario_of(study)
    arms = {arm["arm"]: arm for arm in summary["arms"]}
    table, is_drawn = study.replications, summary["figures"] == "drawn"
    if summary["design"]["kind"] in WHOLE:
        all_points = {"arm": "all points", "changes": {}}
        keys = np.array(table.column("figures_key").to_pylist(), dtype=object)
        shared = np.unique(keys, return_inverse=True)[1].astype(np.int64)
        draws = shared if is_drawn else draws_of(table, False)
        words = f"What follows is over all {len(arms):,} points of the design."
        return Focus(written, arms, all_points, table, draws, words, True)
    arm = _arm(summary)
    if len(arms) > 1:
        import pyarrow.compute

        table = table.filter(pyarrow.compute.equal(table.column("arm"), arm["arm"]))
    words = f"Unless said otherwise, what follows is of one arm: {arm['arm']}."
    return Focus(
        written, arms, arm, table, draws_of(table, is_drawn), words if len(arms) > 1 else ""
    )


def _arm(summary: Mapping[str, Any]) -> Mapping[str, Any]:
    arms: list[Mapping[str, Any]] = summary["arms"]
    if "capacity" not in summary:
        return arms[0]
    found = summary["capacity"]
    tried = [row["size"] for row in found["curve"]]
    wanted = found["held"] if found["held"] in tried else min(tried, default=None)
    return next((arm for arm in arms if wanted in arm["changes"].values()), arms[0])
