"""A report made: a study read, some of it flown again, and the page written."""

import errno
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bartizan.api.flights import flown, prices_usd
from bartizan.api.focus import Focus, focus_of
from bartizan.api.influences import of_factors, of_figures
from bartizan.api.running import entries_used, figures_of, lowered
from bartizan.archive.document import plain
from bartizan.archive.place import cannot_write, staged_file
from bartizan.archive.study import Study
from bartizan.arrays import Floats
from bartizan.reports.dossier import dossier
from bartizan.reports.page.material import Influences, Material
from bartizan.reports.page.page import page, ready
from bartizan.scenario import Scenario
from bartizan.studies.estimate import document_of, estimate
from bartizan.studies.measures import is_measure
from bartizan.studies.store import column_of
from bartizan.studies.summary import is_truth
from bartizan.theatre.theatre import theatre_of

Told = Callable[[int, int], None]


def written(study: Study, target: Path, flights: int, progress: Told | None) -> Path:
    """Write the report of a study and return its path."""
    ready()
    _refuse_unwritable(target)
    text = page(material_of(study, flights, progress))
    with staged_file(target, OPTION) as stage:
        stage.write_text(text, encoding="utf-8")
    return target


OPTION = " with -o"


def _refuse_unwritable(target: Path) -> None:
    """Raise before anything is flown if a file cannot be written."""
    probe = target.with_name(f".{target.name}.unfinished")
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise cannot_write(target, error, OPTION) from None


def material_of(study: Study, flights: int, progress: Told | None = None) -> Material:
    """Return all that the report of a study says."""
    summary = study.summary
    focus = focus_of(study)
    scenario = focus.scenario
    nominal = figures_of(scenario, "nominal", 0)
    flown_groups = [group for group in scenario.raid.values() if group.count]
    threats = list(dict.fromkeys(group.threat for group in flown_groups))
    return Material(
        study=summary,
        focus={**focus.arm, "words": focus.words, **_estimates(focus)},
        columns=_columns(focus.table),
        draws=focus.draws,
        question=_question(focus, summary),
        flights=flown(focus, summary, min(flights, focus.table.num_rows), progress),
        prices_usd=prices_usd(lowered(scenario, summary["sensing"])),
        classes=threats,
        assets=list(scenario.assets),
        entries=_dossiers(scenario, summary),
        pinned=dict(scenario.figures),
        influences=_influences(focus, summary),
        theatre=theatre_of(scenario, nominal, perfect=summary["sensing"] == "perfect"),
    )


def _columns(table: Any) -> dict[str, Floats]:
    return {name: column_of(table, name) for name in table.schema.names if is_measure(name)}


def _estimates(focus: Focus) -> dict[str, Any]:
    table, draws, found = focus.table, focus.draws, {}
    for name in filter(is_measure, table.schema.names):
        values = column_of(table, name)
        if not np.isnan(values).all():
            found[name] = plain(document_of(estimate(values, draws, is_truth(table, name))))
    n_draw = len(np.unique(draws))
    return {"n": table.num_rows, "draws": n_draw, "measures": found}


def _question(focus: Focus, summary: Mapping[str, Any]) -> str:
    if "capacity" in summary:
        return "How large a raid does the defence hold, and how sure is that?"
    if focus.is_whole:
        return "Over all points of the design, how many get through, and what decides it?"
    n = sum(group.count for group in focus.scenario.raid.values())
    start = f"With {focus.arm['arm']}: of" if focus.arm["changes"] else "Of"
    return f"{start} {n:,} threats, how many get through, and how sure is that?"


def _dossiers(scenario: Scenario, summary: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    figures = figures_of(scenario, summary["figures"], summary["seed"])
    entries = figures.with_parts(entries_used(scenario))
    return [dossier(scenario.catalogue.entries[each], scenario.catalogue) for each in entries]


def _influences(focus: Focus, summary: Mapping[str, Any]) -> list[Influences]:
    found = [of_factors(summary["arms"], summary["design"])]
    if summary["figures"] == "drawn" and not focus.is_whole:
        keys = focus.table.column("figures_key").to_pylist()
        by_draw = dict(zip(focus.draws.tolist(), keys, strict=True))
        leakers = column_of(focus.table, "leakers")
        found.append(of_figures(focus.scenario, leakers, focus.draws, by_draw))
    return [each for each in found if each]
