"""The verbs of the command line, one function each; their words are in `bartizan --help`."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

import bartizan
from bartizan import api
from bartizan.cli.ending import ending
from bartizan.cli.progress import counted, shown, warming

if TYPE_CHECKING:
    from rich.console import RenderableType

app = typer.Typer(
    name="bartizan",
    help="What a raid does to an air defence, simulated from published figures.",
    epilog="Begin with: bartizan run coastal-raid",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ScenarioArgument = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A bundled scenario, or a YAML file.")
]
Sets = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Change a value of the scenario; repeatable."
    ),
]
Sensing = Annotated[
    str, typer.Option(metavar="|".join(api.SENSING), help="How the defence sees.")
]
Figures = Annotated[
    str, typer.Option(metavar="CHOICE", help=f"Of the catalogue: {', '.join(api.FIGURES)}.")
]
CatalogueFolder = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--catalogue", metavar="DIR", help="Your own entries, laid over the bundled ones."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]


def _version(asked: bool) -> None:
    if asked:
        print(f"bartizan {bartizan.__version__}")
        raise typer.Exit


@app.callback()
def _bartizan(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    pass


@app.command()
@ending
def run(
    scenario: ScenarioArgument,
    seed: Annotated[
        str, typer.Option(metavar="N", help="Of chance; the same seed gives the same bits.")
    ] = "1",
    sets: Sets = None,
    figures: Figures = "nominal",
    sensing: Sensing = "radar",
    record: Annotated[
        str, typer.Option(metavar="|".join(api.RECORD), help="What the run folder keeps.")
    ] = "full",
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="DIR", help="Folder of this run, instead of one below runs/."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Let --out replace another run.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print only the folder.")
    ] = False,
    catalogue: CatalogueFolder = None,
) -> None:
    """Simulate one replication and show what came of it."""
    with warming(quiet) as report:
        api.prepare(report)
    with shown(quiet) as progress:
        made = api.run(
            scenario,
            seed=_seed(seed),
            sets=sets or (),
            figures=figures,
            sensing=sensing,
            record=record,
            out=out,
            runs=api.RUNS,
            force=force,
            progress=progress,
            catalogue=catalogue,
        )
    if as_json:
        _print_json(made.summary)
    elif quiet:
        print(made.directory)
    else:
        _show(api.summarise(made))


@app.command(name="compare-systems")
@ending
def compare_systems(
    scenario: ScenarioArgument,
    systems: Annotated[
        str, typer.Option("--with", metavar="SYSTEM,...", help="Of `bartizan catalogue`.")
    ],
    n: Annotated[
        int, typer.Option("-n", min=1, metavar="N", help="Replications of each system.")
    ] = 5,
    seed: Annotated[str, typer.Option(metavar="N", help="Of the first replication.")] = "1",
    sets: Sets = None,
    figures: Figures = "nominal",
    sensing: Sensing = "radar",
    catalogue: CatalogueFolder = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all measures as JSON.")
    ] = False,
) -> None:
    """Fly the same raid against other systems, side by side."""
    with warming() as report:
        api.prepare(report)
    with counted("replication") as report_one:
        found = api.compare_systems(
            scenario,
            [name.strip() for name in systems.split(",") if name.strip()],
            n=n,
            seed=_seed(seed),
            sets=sets or (),
            figures=figures,
            sensing=sensing,
            catalogue=catalogue,
            report=report_one,
        )
    if as_json:
        _print_json(found.document)
    else:
        _show(found)


@app.command()
@ending
def check(
    scenario: ScenarioArgument,
    sets: Sets = None,
    figures: Figures = "nominal",
    sensing: Sensing = "radar",
    catalogue: CatalogueFolder = None,
) -> None:
    """Tell all faults of a scenario, with lines and remedies."""
    checked = api.check(
        scenario, sets or (), figures=figures, sensing=sensing, catalogue=catalogue
    )
    parts = (
        _counted(sum(group.count for group in checked.raid.values()), "threat"),
        f"{checked.n_civil} civil aircraft",
        _counted(len(checked.defence), "system"),
        _counted(len(checked.assets), "asset"),
    )
    print(f"{scenario}: no faults: {', '.join(parts)}")


@app.command()
@ending
def scenarios() -> None:
    """List the bundled scenarios."""
    _list(api.scenarios().items())


@app.command()
@ending
def catalogue(
    entry: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(metavar="[ENTRY]", help="Its page; without it, all entries."),
    ] = None,
    figure: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(metavar="[FIGURE]", help="All about one figure or fact of the entry."),
    ] = None,
    brief: Annotated[
        bool, typer.Option("--brief", help="Without reasons, sources, facts and history.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    folder: CatalogueFolder = None,
) -> None:
    """Show the figures behind it all, and who printed them."""
    view = (
        api.entries(folder)
        if entry is None
        else api.entry(entry, figure, brief=brief, catalogue=folder)
    )
    if as_json:
        _print_json(view.document)
    else:
        _show(view)


@app.command()
@ending
def why(
    threat: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(metavar="[THREAT]", help="Its timeline; without it, all leakers."),
    ] = None,
    run: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="RUN", help="A run's folder, or its name in runs/; the latest."),
    ] = None,
) -> None:
    """Tell why something leaked."""
    _show(api.why(threat, run))


@app.command()
@ending
def new(
    path: Annotated[Path, typer.Argument(help="The file to write.")], force: Force = False
) -> None:
    """Write a commented scenario to start from."""
    written = api.new(path, force=force)
    print(f"wrote {written}; next: bartizan run {written}")


@app.command()
@ending
def warm() -> None:
    """Compile all kernels, so that the next run starts at once."""
    with warming() as report:
        n_kernel = api.warm(report)
    print(f"{n_kernel} kernels compiled" if n_kernel else "all kernels were compiled already")


@app.command()
@ending
def verify(
    case: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--case", metavar="NAME", help="Only this case; repeatable."),
    ] = None,
    deep: Annotated[
        bool, typer.Option("--deep", help="Notice errors of 5 %: four times the flights.")
    ] = False,
    seed: Annotated[str, typer.Option(metavar="N", help="Of the first flight.")] = "1",
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="FILE.md", help="Write it as a page, its plot beside it."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Hold the simulator against theory, case by case."""
    with warming() as report:
        api.prepare(report)
    with counted("flight") as report_one:
        found = api.verify(
            case or (),
            seed=_seed(seed),
            deep=deep,
            report=report_one,
        )
    if out:
        found.write(out)
    if as_json:
        _print_json(found.document)
    else:
        _show(found)
    if not found.document["passed"]:
        raise typer.Exit(1)


@app.command()
@ending
def track(
    plots: Annotated[Path, typer.Argument(metavar="PLOTS", help="A .parquet or .csv file.")],
    sensors: Annotated[
        Path, typer.Option(metavar="SENSORS.yaml", help="Where they stand, how they look.")
    ],
    out: Annotated[
        Path, typer.Option(metavar="TRACKS", help="The .parquet or .csv file to write.")
    ],
    sets: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--set", metavar="NAME=VALUE", help="A setting of the tracker."),
    ] = None,
    period: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(metavar="SECONDS", help="A row a track so often; by default each scan."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON.")] = False,
) -> None:
    """Track the plots of radars, or position reports."""
    from bartizan.api import tables
    from bartizan.api.sensing import settings_of
    from bartizan.api.tracking import tracked

    tables.check_name(out, "name the file of tracks so")
    with warming() as report:
        api.prepare(report)
    found = tracked(plots, sensors, settings_of(sets or ()), period)
    tables.write(found.table, out)
    if as_json:
        _print_json(found.summary)
    else:
        from bartizan.reports.tracks import TracksPage

        _show(TracksPage(found.summary, str(plots), str(out)))


@app.command()
@ending
def score(
    tracks: Annotated[
        str,
        typer.Argument(metavar="TRACKS", help="A .parquet or .csv file; or a run, with both."),
    ],
    truth: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="TRUTH", help="Where the objects were: .parquet or .csv."),
    ] = None,
    cutoff: Annotated[
        float, typer.Option(metavar="METRES", help="Farther apart is not near.")
    ] = 500.0,
    order: Annotated[float, typer.Option(metavar="P", help="Exponent of GOSPA, OSPA.")] = 2.0,
    max_misses: Annotated[
        str, typer.Option(metavar="N|all", help="Looks in a row that a track may miss.")
    ] = "2",
    times: Annotated[
        str, typer.Option(metavar="|".join(api.TIMES), help="Whose times are scored.")
    ] = "truth",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print it as JSON, with GOSPA at each time.")
    ] = False,
) -> None:
    """Score tracks against the truth: GOSPA, switches, SIAP."""
    found = api.score(
        tracks,
        truth,
        cutoff_m=cutoff,
        order=order,
        max_misses=None if max_misses == "all" else _misses(max_misses),
        times=times,
    )
    if as_json:
        _print_json(found.document)
    else:
        from bartizan.reports.score import ScorePage

        _show(ScorePage(found.document, f"{tracks} against {truth or 'its truth'}"))


@app.command()
@ending
def doctor() -> None:
    """Show versions, fingerprint, kernel cache and latest run."""
    _show(api.doctor())


def _seed(text: str) -> int:
    """Return the seed as typed."""
    try:
        return int(text)
    except ValueError:
        raise api.seed_error(text) from None


def _misses(text: str) -> int:
    """Return a number of misses as typed; −1 for what is none, which the verb refuses."""
    return int(text) if text.isdecimal() else -1


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _print_json(document: Mapping[str, Any]) -> None:
    """Print a document; where the output lacks signs, they are escaped and not lost."""
    is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(document, indent=2, ensure_ascii=not is_unicode))


def _show(view: "RenderableType") -> None:
    from bartizan.reports.wording import show

    show(view)


def _list(rows: Iterable[tuple[str, str]]) -> None:
    from rich.console import Console
    from rich.text import Text

    listed = list(rows)
    width = max((len(name) for name, _ in listed), default=0)
    console = Console(highlight=False, soft_wrap=True)
    for name, words in listed:
        console.print(Text.assemble((f"{name:{width}}", "bold"), f"  {words}"))
