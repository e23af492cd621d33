"""The same raid over the same assets, with the defence exchanged: systems side by side."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bartizan.api.running import figures_of, lowered
from bartizan.archive.document import STATEMENT, plain
from bartizan.catalogue import Figures
from bartizan.errors import BartizanError
from bartizan.scenario import Scenario
from bartizan.simulate.replicate import replicate

KEPT = ("threats", "peak", "capacity", "rounds", "assets", "civil", "cost")
STRENGTH = ("engagement_radars", "launchers", "rounds_per_launcher", "price")

Report = Callable[[str, int, int], None]


def compared(
    scenario: Scenario,
    systems: Sequence[str],
    n: int,
    seed: int,
    choice: str,
    sensing: str,
    report: Report | None = None,
) -> dict[str, Any]:
    """Return the document of a comparison: the scenario's own defence, then each system's.

    Parameters
    ----------
    scenario
        With at least one defence block.
    systems
        Catalogue systems that take the place of each block's own.
    n, seed
        Replications of each, with the seeds ``seed``, ``seed`` + 1, ...: the same for all.
    choice, sensing
        As for a run.
    report
        Called with the system, the number of the replication and how many there are.

    Raises
    ------
    DocumentError
        If a system is not in the catalogue.
    BartizanError
        If nothing defends.
    """
    if not scenario.defence:
        problem, remedy = "no defence to exchange", "give the scenario a defence block first"
        raise BartizanError(f"{scenario.name}: {problem}\n    remedy:  {remedy}")
    arms = {"as written": scenario}
    arms |= {system: exchanged(scenario, system) for system in systems}
    found = []
    for name, arm in arms.items():
        runs = repeated(arm, name, KEPT, n, seed, choice, sensing, report)
        found.append({"arm": name, "defence": _defence(arm, choice, seed), "runs": runs})
    return dict(
        plain(
            {
                "statement": STATEMENT,
                "scenario": scenario.name,
                "title": scenario.title,
                "figures": choice,
                "sensing": sensing,
                "seed": seed,
                "replications": n,
                "arms": found,
            }
        )
    )


def repeated(
    scenario: Scenario,
    name: str,
    kept: Sequence[str],
    n: int,
    seed: int,
    choice: str,
    sensing: str,
    report: Report | None,
) -> list[dict[str, Any]]:
    """Return the measures ``kept`` of each of n replications; arguments as of `compared`.

    The figures are settled once, but where each replication draws its own.
    """
    plan, runs = lowered(scenario, sensing, choice, seed), []
    for k in range(n):
        if report:
            report(name, k + 1, n)
        if choice == "drawn" and k:
            plan = lowered(scenario, sensing, choice, seed + k)
        measures = replicate(plan, seed + k, "none").measures
        runs.append({key: measures[key] for key in kept})
    return runs


def exchanged(scenario: Scenario, system: str) -> Scenario:
    """Return the scenario with every defence block of another system, at its own figures."""
    for block in scenario.defence:
        path = f"defence.{block}"
        scenario = scenario.set(f"{path}.overrides", None).set(f"{path}.loadout", None)
        scenario = scenario.set(f"{path}.system", system)
    return scenario


def _defence(scenario: Scenario, choice: str, seed: int) -> list[Mapping[str, Any]]:
    """Return what stands in each block: its system, its radars, launchers, rounds and price."""
    figures: Figures = figures_of(scenario, choice, seed)
    blocks: list[Mapping[str, Any]] = []
    for name, block in scenario.defence.items():
        values = figures.overridden(block.system, block.overrides).entry(block.system)
        strength = {key: values.value(key) for key in STRENGTH}
        blocks.append({"block": name, "system": block.system, **strength})
    return blocks
