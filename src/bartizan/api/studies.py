"""The verbs of studies: study, compare, sql, and opening what was made."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Union

from bartizan.api.choices import FIGURES, RECORD, SENSING, checked_seed, choose
from bartizan.errors import BartizanError

if TYPE_CHECKING:
    from bartizan.api import ScenarioLike
    from bartizan.api.lookup import CatalogueLike
    from bartizan.archive.study import Study
    from bartizan.reports.answer import Answer
    from bartizan.reports.compared import ComparedPage
    from bartizan.reports.study import StudyPage
    from bartizan.studies.conduct import Told

StudyLike: TypeAlias = Union["StudyPage", "Study", str, Path]
"""A study, or its folder, or its name in ``studies/``."""

STUDIES = Path("studies")
"""Where studies lie that are given no folder, below the working folder."""
N = 100
FLIGHTS = 10
"""Replications that a report flies again."""
MOST_UNTIL = 10_000
DEFAULTS = {
    "seed": 1,
    "figures": "drawn",
    "sensing": "radar",
    "record": "none",
    "per_draw": 5,
}
MOST_ARMS = 200
MOST_REPLICATIONS = 100_000
"""Larger studies are made only when asked for twice."""


def study(
    scenario: "ScenarioLike",
    n: int | None = None,
    *,
    vary: Sequence[str] = (),
    until: str | None = None,
    capacity: str | None = None,
    level: float = 0.9,
    seed: int = 1,
    sets: Sequence[str] = (),
    figures: str = "drawn",
    sensing: str = "radar",
    record: str = "none",
    per_draw: int = 5,
    workers: int | None = None,
    scheduler: str | None = None,
    mixed_machines: bool = False,
    out: str | Path | None = None,
    yes: bool = False,
    progress: "Callable[[Told], None] | None" = None,
    begun: Callable[[Path, str, bool], None] | None = None,
    catalogue: "CatalogueLike" = None,
) -> "StudyPage":
    """Simulate many replications and return the answer with its intervals, to print.

    Parameters
    ----------
    scenario, sets, catalogue
        As for `load`. Or the file of a design, which says all but how the study is made.
    n
        Replications of each arm, 100 by default; with ``until`` the most, 10 000 by default.
    vary
        Factors ``path=value,value`` or ``path=first:last:step``; each combination is an arm.
        All arms share chance and figures draws, replication by replication.
    until
        Stopping rule ``leakers ±0.5``: as many replications as that interval needs.
    capacity, level
        Instead of arms: ``path=first:last``, whose largest value is sought at which no threat
        leaks with a probability above ``level``; n replications of a value at first.
    seed
        Of the whole study, >= 0.
    figures
        ``drawn`` keeps what is not known apart from chance; others as for `run`.
    sensing, record
        As for `run`; recorded tables are kept for each replication.
    per_draw
        Replications that share one draw of the figures.
    workers
        Processes on this machine; default: one a processor. No result depends on it.
    scheduler
        Address of a dask scheduler, whose workers are used instead.
    mixed_machines
        Lets workers help whose last bits may differ; the study then says so.
    out
        The study's folder; by default one of its own name in ``studies/``. If the study is
        there already, it goes on where it stopped.
    yes
        Allows a study of more than 200 arms or 100 000 replications.
    progress, begun
        Called after each block of replications; and once, when the folder is known.

    Raises
    ------
    DocumentError
        All faults of the scenario and of the factors, before the first replication.
    RunError
        If the folder holds something else or cannot be written.
    BartizanError
        If workers end, or cannot be reached.
    """
    from bartizan.api import load, prepare
    from bartizan.studies.design import is_design, read_design

    design = None
    if isinstance(scenario, str | Path) and is_design(scenario):
        _refuse_beside(vary=vary, until=until, capacity=capacity, sets=sets)
        said = {"seed": seed, "figures": figures, "sensing": sensing, "record": record}
        said["per_draw"] = per_draw
        _refuse_beside(**{key: said[key] for key in said if said[key] != DEFAULTS[key]})
        design = read_design(scenario)
        place = Path(scenario).parent / design.scenario
        scenario = place if place.exists() else design.scenario
        sets = [f"{path}={json.dumps(value)}" for path, value in design.sets.items()]
        seed, figures, sensing = design.seed, design.figures, design.sensing
        record, until, per_draw = design.record, design.until, design.per_draw
        n = n or design.n
    choose("figures", figures, FIGURES)
    choose("sensing", sensing, SENSING)
    choose("record", record, RECORD)
    seed = checked_seed(seed)
    for name, number in (("n", n), ("per_draw", per_draw), ("workers", workers)):
        if number is not None:
            _positive(name, number)
    n = n or (MOST_UNTIL if until else N)
    loaded = load(scenario, sets, catalogue)
    from bartizan.api import designing
    from bartizan.api.studying import Asked, Means, studied
    from bartizan.reports.study import StudyPage
    from bartizan.studies.stopping import parse_rule

    is_drawn = figures == "drawn"
    if capacity is not None:
        _refuse_beside(vary=vary, until=until)
        layout = designing.by_search(loaded, capacity, level, n, per_draw, is_drawn)
    elif design:
        layout = designing.by_design(loaded, design, n, is_drawn)
    else:
        layout = designing.by_factors(loaded, vary, n, per_draw)
    if until:
        layout = designing.with_rule(layout, parse_rule(until), is_drawn)
    refuse_large(
        *((1, n) if capacity else (len(layout.arms), layout.n * len(layout.arms))), yes
    )
    prepare()
    check_arms(loaded, layout.arms, sensing, figures, seed)
    asked = Asked(
        scenario=loaded,
        seed=seed,
        figures=figures,
        sensing=sensing,
        record=record,
        per_draw=layout.per_draw,
        n=layout.n,
        design=layout.design,
        stages=layout.stages,
        found=layout.found,
    )
    means = Means(workers, scheduler, mixed_machines, progress, begun)
    return StudyPage(studied(asked, None if out is None else Path(out), STUDIES, means))


def _refuse_beside(**given: Any) -> None:
    """Raise if options were given that say twice, or against each other, what is made."""
    for name, value in given.items():
        if value:
            option = {"sets": "set", "per_draw": "per-draw"}.get(name, name)
            raise BartizanError(
                f"--{option}: not beside the file of a design, nor --vary and --until beside "
                f"--capacity\n    given:   {value}\n"
                "    remedy:  leave it out, or write it into the file"
            )


def check_arms(
    scenario: Any, arms: Sequence[Any], sensing: str, figures: str, seed: int
) -> None:
    """Raise with the faults that the stages find in an arm, the first and last few of many.

    Of figures that are drawn, those at the good and at the bad ends of their bands are tried
    too, in the first and the last arm: else a rare draw would be a fault an hour later.
    """
    from bartizan.studies.arms import arm_scenario, figures_key
    from bartizan.studies.plans import plan_of

    ends = arms if len(arms) <= 20 else [*arms[:10], *arms[-10:]]
    for arm in ends:
        label = arm.label if arm.changes else ""
        plan_of(arm_scenario(scenario, arm), sensing, figures, figures_key(seed, arm, 0), label)
    for arm in dict.fromkeys((arms[0], arms[-1])) if figures == "drawn" else ():
        for end in ("optimistic", "pessimistic"):
            label = f"{arm.label}, {end} figures"
            plan_of(arm_scenario(scenario, arm), sensing, end, seed, label)


def refuse_large(n_arm: int, n_replication: int, yes: bool) -> None:
    """Raise if a study is larger than people mean by a slip, unless they said yes."""
    if yes or (n_arm <= MOST_ARMS and n_replication <= MOST_REPLICATIONS):
        return
    raise BartizanError(
        "study: larger than is made unasked\n"
        f"    given:   {n_arm:,} arms, {n_replication:,} replications in all\n"
        f"    allowed: {MOST_ARMS:,} arms, {MOST_REPLICATIONS:,} replications\n"
        "    remedy:  fewer values or a smaller -n; or say --yes"
    )


def _positive(name: str, given: Any) -> None:
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise BartizanError(
            f"{name}: not a whole number from 1\n    given:   {given}\n"
            f"    allowed: 1, 2, 3, ...\n    remedy:  give another {name}"
        )


def open_study(study: StudyLike) -> "StudyPage":
    """Return a study from its folder or its name in ``studies/``, its parts checked.

    Raises
    ------
    RunError
        If there is none, or if it is damaged: which file, and the remedy.
    """
    from bartizan.reports.study import StudyPage

    return StudyPage(study_of(study))


def study_of(study: StudyLike) -> "Study":
    """Return the study that is meant."""
    from bartizan.archive.study import Study, find_study

    if isinstance(study, Study):
        return study
    if isinstance(study, str | Path):
        return find_study(study, STUDIES)
    return study.study


def compare(first: StudyLike, second: StudyLike | None = None) -> "ComparedPage":
    """Return the differences of two studies, or of the arms of one, to print.

    Parameters
    ----------
    first, second
        Studies. Where they share replications, of one seed and key, these are compared pair by
        pair; else as samples of their own. Arms of one label are compared, or the only arms.
        Without the second: the first arm of the study with each other one.

    Raises
    ------
    RunError
        If there is no such study, or it is damaged.
    BartizanError
        If the studies have no arm in common, or there is nothing to compare.
    """
    from bartizan.reports.compared import ComparedPage
    from bartizan.studies.compare import compared

    return ComparedPage(compared(study_of(first), None if second is None else study_of(second)))


def sql(study: StudyLike, query: str) -> "Answer":
    """Return the answer to one SELECT over the tables of a study, to print or to loop over.

    Parameters
    ----------
    study
        A study; its tables are ``replications``, ``arms``, and what was recorded: ``events``,
        ``tracks``, ``truth``.
    query
        One SELECT, in DuckDB's SQL. It can read nothing but the study.

    Raises
    ------
    BartizanError
        If duckdb is not installed, or the query is not one SELECT, or wrong: DuckDB's words.
    """
    from bartizan.reports.answer import Answer
    from bartizan.studies.query import asked

    return Answer(*asked(study_of(study), query))


def report(
    study: StudyLike,
    out: str | Path | None = None,
    *,
    flights: int = FLIGHTS,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Write the report of a study, one HTML file that needs nothing else, and return its path.

    Parameters
    ----------
    study
        A study that was made to its end.
    out
        The file; by default the study's name with ``.html``, in the working folder.
    flights
        Replications that are flown again for what happens over time, 1 or more: the one that
        stands for all, then one of each of the first draws.
    progress
        Called with how many of them are flown, and of how many.

    Raises
    ------
    RunError
        If there is no such study, it is damaged or not made to its end, or the file cannot be
        written.
    BartizanError
        If plotly or jinja2 is not installed.
    """
    _positive("flights", flights)
    found = study_of(study)
    from bartizan.api.reporting import written

    target = Path(out) if out is not None else Path(f"{found.directory.resolve().name}.html")
    return written(found, target, flights, progress)
