"""Levels of integration: the same raid and chance, with the links between nets exchanged."""

from collections.abc import Sequence
from typing import Any

from bartizan.api.comparing import Report, repeated
from bartizan.archive.document import STATEMENT, plain
from bartizan.errors import BartizanError
from bartizan.scenario import Scenario

KEPT = ("threats", "rounds", "civil", "identification", "reach", "nets", "tracker")


def linked(scenario: Scenario, use: str) -> Scenario:
    """Return the scenario with all its links made one of the catalogue's, at its own figures.

    Raises
    ------
    BartizanError
        If there is no link to change.
    DocumentError
        If the catalogue has no such link.
    """
    if not scenario.links:
        problem, remedy = "no links between nets to change", "give it nets and links first"
        raise BartizanError(f"{scenario.name}: {problem}\n    remedy:  {remedy}")
    for name in scenario.links:
        scenario = scenario.set(f"links.{name}.overrides", None)
        scenario = scenario.set(f"links.{name}.use", use)
    return scenario


def levelled(
    scenario: Scenario,
    levels: Sequence[str],
    n: int,
    seed: int,
    choice: str,
    report: Report | None = None,
) -> dict[str, Any]:
    """Return the document of a comparison of links, over the same seeds.

    Parameters
    ----------
    scenario
        With at least one link.
    levels
        Links of the catalogue that take the place of all its links.
    n, seed
        Replications of each, with the seeds ``seed``, ``seed`` + 1, ...: the same for all.
    choice
        Of figures, as for a run.
    report
        Called with the level, the number of the replication and how many there are.
    """
    found = []
    for level in levels:
        arm = linked(scenario, level)
        runs = repeated(arm, level, KEPT, n, seed, choice, "radar", report)
        found.append({"level": level, "runs": runs})
    return dict(
        plain(
            {
                "statement": STATEMENT,
                "scenario": scenario.name,
                "title": scenario.title,
                "figures": choice,
                "seed": seed,
                "replications": n,
                "levels": found,
            }
        )
    )
