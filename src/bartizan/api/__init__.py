"""The verbs: load, check, run, why, and the rest of what `import bartizan` offers.

Each verb is a function of its arguments: nothing is kept between calls, and runs in two
threads do not know of each other. Heavy rooms are imported where they are used.
"""

import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Union

import bartizan
from bartizan.api.choices import FIGURES as FIGURES
from bartizan.api.choices import RECORD as RECORD
from bartizan.api.choices import SENSING as SENSING
from bartizan.api.choices import checked_seed, choose
from bartizan.api.exporting import EXPORTS as EXPORTS
from bartizan.api.exporting import export as export
from bartizan.api.linking import LEVELS as LEVELS
from bartizan.api.linking import nets as nets
from bartizan.api.lookup import CatalogueLike, catalogue_of
from bartizan.api.lookup import entries as entries
from bartizan.api.lookup import entry as entry
from bartizan.api.scores import TIMES as TIMES
from bartizan.api.scores import score as score
from bartizan.api.studies import compare as compare
from bartizan.api.studies import open_study as open_study
from bartizan.api.studies import report as report
from bartizan.api.studies import sql as sql
from bartizan.api.studies import study as study
from bartizan.api.tracks import track as track
from bartizan.api.viewing import view as view
from bartizan.errors import BartizanError, RunError

if TYPE_CHECKING:
    from bartizan.archive.run import Run
    from bartizan.reports.comparison import Comparison
    from bartizan.reports.doctor import Doctor
    from bartizan.reports.summary import Overview
    from bartizan.reports.verification import Verification
    from bartizan.reports.why import Leakers, Timeline
    from bartizan.scenario import Scenario
    from bartizan.simulate.replicate import Progress

ScenarioLike: TypeAlias = Union[str, Path, Mapping[str, Any], "Scenario"]
"""A bundled name, the path of a YAML file, a document as plain data, or a loaded scenario."""

RUNS = Path("runs")
"""Where the runs of the command line lie, below the working folder."""


def load(
    scenario: ScenarioLike, sets: Sequence[str] = (), catalogue: CatalogueLike = None
) -> "Scenario":
    """Return a scenario, validated by itself; `check` also asks every stage.

    Parameters
    ----------
    scenario
        A bundled name, the path of a YAML file, a document as plain data, or a scenario.
    sets
        Changes ``path=value``, applied in order: ``raid.cruise.count=40``.
    catalogue
        Folder of a user's own entries and sources, laid over the bundled catalogue.

    Raises
    ------
    DocumentError
        With all faults at once: where, what was given, what is allowed, how to mend it.
    """
    from bartizan import scenario as room
    from bartizan.scenario.overrides import parse_override

    own = None if catalogue is None else catalogue_of(catalogue)
    if not isinstance(scenario, room.Scenario):
        return room.load(scenario, sets, own)
    scenario = scenario.using(own) if own else scenario
    for change in map(parse_override, sets):
        scenario = scenario.set(change.path, change.value)
    return scenario


def check(
    scenario: ScenarioLike,
    sets: Sequence[str] = (),
    *,
    figures: str = "nominal",
    sensing: str = "radar",
    catalogue: CatalogueLike = None,
) -> "Scenario":
    """Return a scenario in which no stage finds a fault; arguments as for `run`.

    Raises
    ------
    DocumentError
        With all faults at once.
    """
    choose("figures", figures, FIGURES)
    choose("sensing", sensing, SENSING)
    checked = load(scenario, sets, catalogue)
    # Only now: a mistake in the file is told before numba is imported.
    from bartizan.api.running import lowered

    lowered(checked, sensing, figures)
    return checked


def run(
    scenario: ScenarioLike,
    *,
    seed: int = 1,
    sets: Sequence[str] = (),
    figures: str = "nominal",
    sensing: str = "radar",
    record: str = "full",
    out: str | Path | None = None,
    runs: str | Path | None = None,
    force: bool = False,
    progress: "Callable[[Progress], None] | None" = None,
    catalogue: CatalogueLike = None,
    net: str | None = None,
) -> "Run":
    """Simulate one replication and return what came of it.

    Parameters
    ----------
    scenario, sets, catalogue
        As for `load`.
    seed
        Of chance, >= 0: the same seed gives the same bits.
    figures
        How catalogue figures are settled: ``nominal``; ``claimed`` where somebody claims a
        value; ``pessimistic`` or ``optimistic`` for the defence, an end of every band;
        ``drawn``: one draw of all bands by the seed. Beside any but the first, the summary
        says what nominal figures give; beside the first, what is claimed, where the scenario
        names what varies.
    sensing
        ``radar``, or ``perfect``: one report per object and tick, without error.
    record
        ``none``, ``events``, or ``full``: events and the states of tracks and objects.
    out
        Folder to write the run into; by default nothing is written.
    runs
        Instead of ``out``: folder in which the run gets a folder of its own name.
    force
        Lets ``out`` replace another run's folder.
    progress
        Called every five simulated seconds with how far it is.
    net
        A link of the catalogue that takes the place of all links of the scenario.

    Raises
    ------
    DocumentError
        All faults of the scenario.
    RunError
        If the folder cannot be written, or holds something else.
    """
    choose("figures", figures, FIGURES)
    choose("sensing", sensing, SENSING)
    choose("record", record, RECORD)
    seed = checked_seed(seed)
    loaded = load(scenario, sets, catalogue)
    if net is not None:
        from bartizan.api.levels import linked

        loaded = linked(loaded, net)
    from bartizan.api.running import identity_of, lowered, simulated
    from bartizan.api.warming import prepare
    from bartizan.archive.folder import run_folder, write_run

    prepare()
    plan = lowered(loaded, sensing, figures, seed)
    identity = identity_of(loaded, seed, sensing, figures)
    directory = _directory(out, runs, identity.run_name)
    if directory is None:
        return simulated(loaded, plan, identity, record, progress, None)
    with run_folder(directory, identity.run_name, force=force) as stage:
        made = simulated(loaded, plan, identity, record, progress, directory)
        write_run(made, stage)
    return made


def compare_systems(
    scenario: ScenarioLike,
    systems: Sequence[str],
    *,
    n: int = 5,
    seed: int = 1,
    sets: Sequence[str] = (),
    figures: str = "nominal",
    sensing: str = "radar",
    catalogue: CatalogueLike = None,
    report: "Callable[[str, int, int], None] | None" = None,
) -> "Comparison":
    """Return the same raid against other systems at the same place, to print side by side.

    Parameters
    ----------
    scenario, sets, figures, sensing, catalogue
        As for `run`.
    systems
        Catalogue systems that take the place of the scenario's own, each in every block.
    n, seed
        Replications of each, with the same seeds.
    report
        Called with a system, the number of its replication and how many there are.

    Raises
    ------
    DocumentError
        A system that is not in the catalogue; all faults of the scenario.
    BartizanError
        If nothing defends in the scenario, or no system is named.
    """
    choose("figures", figures, FIGURES)
    choose("sensing", sensing, SENSING)
    seed, n = checked_seed(seed), checked_seed(n)
    if n < 1 or not systems:
        raise BartizanError("compare-systems: give a system, and one replication or more")
    loaded = load(scenario, sets, catalogue)
    from bartizan.api.comparing import compared
    from bartizan.api.warming import prepare
    from bartizan.reports.comparison import Comparison

    prepare()
    return Comparison(compared(loaded, systems, n, seed, figures, sensing, report))


def open_run(run: str | Path | None = None, runs: str | Path = RUNS) -> "Run":
    """Return a run from its folder or its name in ``runs``; by default the latest there.

    Raises
    ------
    RunError
        If there is none, or if it is damaged: what is wrong with it.
    """
    from bartizan.archive.folder import find_run
    from bartizan.reports.run import RunPage

    return RunPage.of(find_run(run, Path(runs)))


def summarise(run: "Run") -> "Overview":
    """Return the summary of a run, to print or to show in a notebook."""
    from bartizan.reports.summary import Overview

    return Overview(run.summary, is_told="events" in run.recorded)


def why(
    threat: str | None = None, run: "Run | str | Path | None" = None
) -> "Leakers | Timeline":
    """Return why something leaked, to print or to show in a notebook.

    Parameters
    ----------
    threat
        Name of an object, such as ``cruise[17]``: its timeline. By default all leakers, by
        class and cause.
    run
        A run, its folder or name; by default the latest in ``runs/``.

    Raises
    ------
    RunError
        If there is no such run, or no such object in it; names the nearest.
    """
    from bartizan.archive.run import Run
    from bartizan.reports import why as report

    if isinstance(run, Run):
        found, option = run, ""
    else:
        found, option = open_run(run), "" if run is None else f" --run {shlex.quote(str(run))}"
    if threat is None:
        return report.leakers(found, option)
    return report.timeline(found, threat)


def scenarios() -> dict[str, str]:
    """Return the title of each bundled scenario, by name."""
    from bartizan import scenario as room

    return {name: title for name, title, _ in room.scenarios()}


def new(path: str | Path, *, force: bool = False) -> Path:
    """Write a commented scenario to start from, which runs as it is, and return its path.

    Raises
    ------
    RunError
        If there is a file already (and no ``force``), or it cannot be written.
    """
    from bartizan import scenario as room
    from bartizan.archive.place import staged_file

    target = Path(path)
    if target.suffix not in (".yaml", ".yml"):
        remedy = f"name it {Path(target.name or 'my-raid').with_suffix('.yaml')}"
        raise RunError(f"{target}: not the name of a YAML file\n    remedy:  {remedy}")
    if target.exists() and not force:
        remedy = "give another name, or replace it with --force"
        raise RunError(f"{target}: exists already\n    remedy:  {remedy}")
    with staged_file(target, option="") as stage:
        stage.write_text(room.template(), encoding="utf-8")
    return target


def warm(report: Callable[[int, int, str], None] | None = None) -> int:
    """Compile all kernels, so that the next run starts at once; return how many it compiled.

    ``report`` is called with the number of the kernel that is being compiled, how many there
    are at most, and its name.
    """
    from bartizan.api.warming import warm as compile_kernels

    return compile_kernels(report)


def prepare(report: Callable[[int, int, str], None] | None = None) -> None:
    """Do what `warm` does, if this version never did it on this machine; `run` begins so."""
    from bartizan.api.warming import prepare as compile_kernels

    compile_kernels(report)


def verify(
    cases: Sequence[str] = (),
    *,
    seed: int = 1,
    deep: bool = False,
    report: Callable[[str, int, int], None] | None = None,
) -> "Verification":
    """Return theory beside what the whole simulator makes of it, to print or to write.

    Parameters
    ----------
    cases
        Names of cases; by default all of them, some minutes.
    seed
        Of the first flight of each case.
    deep
        Four times the flights: an error of 5 % is noticed instead of 10 %.
    report
        Called with a case, the flights done so far and how many there are in all.

    Raises
    ------
    BartizanError
        If there is no such case.
    """
    from bartizan.api.verifying import verified
    from bartizan.api.warming import prepare
    from bartizan.reports.verification import Verification

    seed = checked_seed(seed)
    prepare()
    return Verification(verified(cases, seed, deep, report))


def doctor() -> "Doctor":
    """Return versions, numeric fingerprint, cache place and latest run, to print."""
    from bartizan.reports.doctor import examine

    return examine(bartizan.__version__, RUNS)


def _directory(out: str | Path | None, runs: str | Path | None, run_name: str) -> Path | None:
    if out is not None:
        return Path(out)
    return None if runs is None else Path(runs) / run_name
