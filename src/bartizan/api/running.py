"""One run made: from a loaded scenario to its plan, its replication and its documents."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import bartizan
from bartizan.archive.document import STATEMENT, plain
from bartizan.archive.folder import CATALOGUE
from bartizan.archive.identity import Identity
from bartizan.archive.run import Run, manifest_of
from bartizan.catalogue import resolve
from bartizan.errors import DocumentError
from bartizan.scenario import Scenario, portable
from bartizan.simulate.lower import lower
from bartizan.simulate.plan import Plan
from bartizan.simulate.replicate import Progress, Replication, replicate

FIGURES = "nominal"
WHO = (
    *("seed", "figures", "sensing", "overrides", "version"),
    *("scenario_hash", "catalogue_hash", "fingerprint"),
)
"""What the summary repeats of the manifest."""


def lowered(scenario: Scenario, sensing: str) -> Plan:
    """Return the plan of a scenario, or raise with the faults that the stages find."""
    try:
        figures = resolve(FIGURES, scenario.figures, scenario.catalogue)
        plan, faults = lower(scenario, figures, sensing == "perfect")
    except DocumentError as error:
        raise DocumentError(scenario.placed(error.faults)) from None
    if faults:
        raise DocumentError(scenario.placed(faults))
    return plan


def identity_of(scenario: Scenario, seed: int, sensing: str) -> Identity:
    """Return what makes a run of a scenario this run."""
    return Identity(
        scenario=scenario.name,
        scenario_hash=scenario.scenario_hash,
        catalogue_hash=scenario.catalogue.hash,
        seed=seed,
        figures=FIGURES,
        sensing=sensing,
        overrides=scenario.overrides,
        version=bartizan.__version__,
    )


def simulated(
    scenario: Scenario,
    plan: Plan,
    identity: Identity,
    record: str,
    progress: Callable[[Progress], None] | None,
    directory: Path | None,
) -> Run:
    """Return the run of a plan; ``directory`` is where it will lie, if anywhere."""
    began_s = time.perf_counter()
    replication = replicate(plan, identity.seed, record, progress)
    wall_s = time.perf_counter() - began_s
    simulated_s = float(replication.measures["simulated_s"])
    manifest = manifest_of(identity, record, simulated_s, wall_s)
    manifest["catalogue"] = scenario.catalogue.place
    text, beside = portable(scenario)
    own = {f"{CATALOGUE}/{name}": text for name, text in scenario.catalogue.files.items()}
    return Run(
        manifest=manifest,
        summary=_summary(scenario, manifest, replication, directory),
        scenario_yaml=text,
        beside={**beside, **own},
        directory=directory,
        columns={
            "events": replication.events,
            "tracks": replication.tracks,
            "truth": replication.truth,
        },
    )


def _summary(
    scenario: Scenario,
    manifest: Mapping[str, Any],
    replication: Replication,
    directory: Path | None,
) -> dict[str, Any]:
    """Return the summary document: who the run is, its measures, where it lies."""
    document = {
        "statement": STATEMENT,
        "scenario": manifest["scenario"],
        "title": scenario.title,
        **{key: manifest[key] for key in WHO},
        "catalogue": manifest["catalogue"],
        **replication.measures,
        "provenance": _provenance(scenario),
        "wall_s": manifest["duration_s"],
        "directory": directory,
    }
    return dict(plain(document))


def _provenance(scenario: Scenario) -> dict[str, int]:
    """Return how many of the figures behind a scenario were seen, recalled, assumed, ..."""
    figures = resolve(FIGURES, scenario.figures, scenario.catalogue)
    used = [
        *(unit.system for unit in scenario.defence.values()),
        *(group.threat for group in scenario.raid.values()),
        *(flow.aircraft for flow in scenario.civil.values()),
        scenario.doctrine.use,
    ]
    return figures.provenance(figures.with_parts(used))
