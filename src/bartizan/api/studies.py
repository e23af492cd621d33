"""The verbs of studies: study, compare, sql, and opening what was made."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Union

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
MOST_ARMS = 200
MOST_REPLICATIONS = 100_000
"""Larger studies are made only when asked for twice."""


def study(
    scenario: "ScenarioLike",
    n: int = N,
    *,
    vary: Sequence[str] = (),
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
        As for `load`.
    n
        Replications of each arm.
    vary
        Factors ``path=value,value`` or ``path=first:last:step``; each combination is an arm.
        All arms share chance and figures draws, replication by replication.
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
    from bartizan.api import FIGURES, RECORD, SENSING, _checked_seed, _choose, load, prepare

    _choose("figures", figures, FIGURES)
    _choose("sensing", sensing, SENSING)
    _choose("record", record, RECORD)
    seed = _checked_seed(seed)
    _positive("n", n)
    _positive("per_draw", per_draw)
    if workers is not None:
        _positive("workers", workers)
    loaded = load(scenario, sets, catalogue)
    from bartizan.api.studying import Asked, Means, studied
    from bartizan.reports.study import StudyPage
    from bartizan.studies.factors import crossed, parse_factor
    from bartizan.studies.stages import fixed

    factors = dict(map(parse_factor, vary))
    if len(factors) < len(vary):
        raise BartizanError("--vary: a path stands twice\n    remedy:  join its values by commas")
    arms = crossed(loaded, factors)
    refuse_large(len(arms), n * len(arms), yes)
    prepare()
    check_arms(loaded, arms, sensing, figures, seed)
    asked = Asked(
        scenario=loaded,
        seed=seed,
        figures=figures,
        sensing=sensing,
        record=record,
        per_draw=per_draw,
        n=n,
        design={"kind": "grid", "factors": {k: list(v) for k, v in factors.items()}},
        stages=lambda folder: fixed(arms, n, per_draw),
    )
    means = Means(workers, scheduler, mixed_machines, progress, begun)
    made = studied(asked, None if out is None else Path(out), STUDIES, means)
    return StudyPage(made)


def check_arms(
    scenario: Any, arms: Sequence[Any], sensing: str, figures: str, seed: int
) -> None:
    """Raise with the faults that the stages find in an arm, the first and last few of many."""
    from bartizan.studies.arms import arm_scenario, figures_key
    from bartizan.studies.plans import plan_of

    ends = arms if len(arms) <= 20 else [*arms[:10], *arms[-10:]]
    for arm in ends:
        label = arm.label if arm.changes else ""
        plan_of(arm_scenario(scenario, arm), sensing, figures, figures_key(seed, arm, 0), label)


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
