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
from bartizan.catalogue import EVERY, Figures, resolve
from bartizan.errors import DocumentError
from bartizan.reports.run import RunPage
from bartizan.rng import run_key
from bartizan.scenario import Scenario, portable, with_copies
from bartizan.simulate.lower import lower
from bartizan.simulate.plan import Plan
from bartizan.simulate.replicate import Progress, Replication, replicate

NOMINAL = "nominal"
FIRST_SEED = 1
WHO = (
    *("seed", "figures", "sensing", "overrides", "version"),
    *("scenario_hash", "catalogue_hash", "fingerprint"),
)
"""What the summary repeats of the manifest."""
BESIDE = ("threats", "peak", "capacity", "rounds", "assets", "overflow")
"""Measures that are set beside those of a run with other than nominal figures."""


def figures_of(scenario: Scenario, choice: str, seed: int) -> Figures:
    """Return the figures of a scenario under a choice; ``seed`` is of the draws of `drawn`."""
    return resolve(
        choice, scenario.figures, scenario.catalogue, key=run_key(seed), vary=scenario.vary
    )


def lowered(
    scenario: Scenario, sensing: str, choice: str = NOMINAL, seed: int = FIRST_SEED
) -> Plan:
    """Return the plan of a scenario, or raise with the faults that the stages find."""
    try:
        figures = figures_of(scenario, choice, seed)
        plan, faults = lower(scenario, figures, sensing == "perfect")
    except DocumentError as error:
        raise DocumentError(scenario.placed(error.faults)) from None
    if faults:
        raise DocumentError(scenario.placed(faults))
    return plan


def identity_of(scenario: Scenario, seed: int, sensing: str, choice: str) -> Identity:
    """Return what makes a run of a scenario this run."""
    return Identity(
        scenario=scenario.name,
        scenario_hash=scenario.scenario_hash,
        catalogue_hash=scenario.catalogue.hash,
        seed=seed,
        figures=choice,
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
    beside = _beside(scenario, identity, progress)
    simulated_s = float(replication.measures["simulated_s"])
    manifest = manifest_of(identity, record, simulated_s, wall_s)
    text, files = portable(scenario)
    copies, files = with_copies([scenario], files)
    manifest |= {"catalogue": scenario.catalogue.place, "copies": copies}
    own = {f"{CATALOGUE}/{name}": text for name, text in scenario.catalogue.files.items()}
    return RunPage(
        manifest=manifest,
        summary=_summary(scenario, manifest, replication, beside, directory),
        scenario_yaml=text,
        beside={**files, **own},
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
    beside: Mapping[str, Any] | None,
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
        "beside": beside,
        "provenance": provenance_of(scenario, manifest["figures"], manifest["seed"]),
        "wall_s": manifest["duration_s"],
        "directory": directory,
    }
    return dict(plain(document))


def _beside(
    scenario: Scenario, identity: Identity, progress: Callable[[Progress], None] | None
) -> dict[str, Any] | None:
    """Return what nominal figures give with the same seed, beside a run with any others.

    Beside a nominal run of a scenario that names what varies, it is what is claimed.
    """
    if identity.figures != NOMINAL:
        other = NOMINAL
    elif tuple(scenario.vary) != EVERY:
        other = "claimed"
    else:
        return None
    plan = lowered(scenario, identity.sensing, other, identity.seed)
    found = replicate(plan, identity.seed, "none", progress).measures
    return {"figures": other, **{key: found[key] for key in BESIDE}}


def provenance_of(scenario: Scenario, choice: str, seed: int) -> dict[str, int]:
    """Return how many of the figures behind a scenario were claimed, seen, assumed, ..."""
    figures = figures_of(scenario, choice, seed)
    return figures.provenance(figures.with_parts(entries_used(scenario)))


def entries_used(scenario: Scenario) -> list[str]:
    """Return the ids of the catalogue entries that a scenario names."""
    return [
        *(unit.system for unit in scenario.defence.values()),
        *(group.threat for group in scenario.raid.values()),
        *(group.jammer for group in scenario.raid.values() if group.jammer),
        *(group.chaff for group in scenario.raid.values() if group.chaff),
        *(flow.aircraft for flow in scenario.civil.values()),
        scenario.doctrine.use,
        *(unit.doctrine.use for unit in scenario.defence.values() if unit.doctrine),
        scenario.identification.use,
    ]
