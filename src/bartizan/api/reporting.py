"""A report made: a study read, its focus chosen, some of it flown again, and the page written."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bartizan.api.flights import flown, prices_usd
from bartizan.api.influences import of_factors, of_figures
from bartizan.api.running import entries_used, figures_of, lowered
from bartizan.archive.folder import CATALOGUE
from bartizan.archive.manifest import SCENARIO
from bartizan.archive.place import staged_file
from bartizan.archive.study import Study
from bartizan.arrays import Floats
from bartizan.catalogue import bundled_catalogue, own_catalogue
from bartizan.reports.dossier import dossier
from bartizan.reports.page.material import Influences, Material
from bartizan.reports.page.page import page
from bartizan.scenario import Scenario, load
from bartizan.studies.arms import Arm, arm_scenario
from bartizan.studies.estimate import document_of, estimate
from bartizan.studies.measures import is_measure
from bartizan.studies.store import column_of
from bartizan.studies.summary import OF_OWN_KEYS, draws_of, is_truth
from bartizan.theatre.theatre import theatre_of

Told = Callable[[int, int], None]


def written(study: Study, target: Path, flights: int, progress: Told | None) -> Path:
    """Write the report of a study and return its path."""
    text = page(material_of(study, flights, progress))
    with staged_file(target, " with -o") as stage:
        stage.write_text(text, encoding="utf-8")
    return target


def material_of(study: Study, flights: int, progress: Told | None = None) -> Material:
    """Return all that the report of a study says."""
    summary = study.summary
    scenario = scenario_of(study)
    table, arm, words = _focus(study, summary)
    columns = _columns(table)
    scenario = arm_scenario(scenario, Arm(arm["arm"], tuple(arm["changes"].items())))
    again = flown(scenario, table, summary, min(flights, table.num_rows), progress)
    nominal = figures_of(scenario, "nominal", 0)
    threats = list(dict.fromkeys(group.threat for group in scenario.raid.values()))
    return Material(
        study=summary,
        focus={**arm, "words": words, **_estimates(table, summary["figures"] == "drawn")},
        columns=columns,
        draws=draws_of(table, summary["figures"] == "drawn"),
        question=_question(scenario, arm),
        flights=again,
        prices_usd=prices_usd(lowered(scenario, summary["sensing"])),
        classes=threats,
        assets=list(scenario.assets),
        entries=_dossiers(scenario, summary),
        pinned=dict(scenario.figures),
        influences=_influences(scenario, table, summary),
        theatre=theatre_of(scenario, nominal, perfect=summary["sensing"] == "perfect"),
    )


def scenario_of(study: Study) -> Scenario:
    """Return the scenario of a study, from its own folder."""
    own = study.directory / CATALOGUE
    catalogue = own_catalogue(own) if own.is_dir() else bundled_catalogue()
    return load(study.directory / SCENARIO, study.manifest["overrides"], catalogue)


def _focus(study: Study, summary: Mapping[str, Any]) -> tuple[Any, Mapping[str, Any], str]:
    """Return the rows that the page is about, their arm, and what they are in words."""
    import pyarrow.compute

    table, arms = study.replications, summary["arms"]
    if len(arms) == 1:
        return table, arms[0], ""
    arm = arms[0]
    words = f"Unless it is said otherwise, what follows is of the first arm: {arm['arm']}."
    return table.filter(pyarrow.compute.equal(table.column("arm"), arm["arm"])), arm, words


def _columns(table: Any) -> dict[str, Floats]:
    return {name: column_of(table, name) for name in table.schema.names if is_measure(name)}


def _estimates(table: Any, is_drawn: bool) -> dict[str, Any]:
    draws = draws_of(table, is_drawn)
    found = {}
    for name in filter(is_measure, table.schema.names):
        values = column_of(table, name)
        if not np.isnan(values).all():
            found[name] = document_of(estimate(values, draws, is_truth(table, name)))
    n_draw = len(np.unique(draws)) if is_drawn else 0
    return {"n": table.num_rows, "draws": n_draw, "measures": found}


def _question(scenario: Scenario, arm: Mapping[str, Any]) -> str:
    n = sum(group.count for group in scenario.raid.values())
    with_arm = f"With {arm['arm']}: of" if arm["changes"] else "Of"
    return f"{with_arm} {n:,} threats, how many get through, and how sure is that?"


def _dossiers(scenario: Scenario, summary: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    figures = figures_of(scenario, summary["figures"], summary["seed"])
    entries = figures.with_parts(entries_used(scenario))
    return [dossier(scenario.catalogue.entries[each], scenario.catalogue) for each in entries]


def _influences(scenario: Scenario, table: Any, summary: Mapping[str, Any]) -> list[Influences]:
    found = [of_factors(summary["arms"], summary["design"])]
    if summary["figures"] == "drawn" and summary["design"]["kind"] not in OF_OWN_KEYS:
        draws, keys = table.column("draw").to_pylist(), table.column("figures_key").to_pylist()
        by_draw = dict(zip(draws, keys, strict=True))
        found.append(
            of_figures(scenario, column_of(table, "leakers"), draws_of(table, True), by_draw)
        )
    return [each for each in found if each]
