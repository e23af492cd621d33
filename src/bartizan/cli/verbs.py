"""The verbs of the command line, one function each; their words are in `bartizan --help`."""

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

import bartizan
from bartizan import api
from bartizan.api.choices import seed_error
from bartizan.cli.ending import ending
from bartizan.cli.printing import list_rows, print_json, show
from bartizan.cli.progress import counted, shown, warming
from bartizan.cli.viewing import check_viewable, show_replay_beside

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
    net: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--net", metavar="LINK", help="What all links are: see `bartizan nets`."),
    ] = None,
    is_viewed: Annotated[
        bool, typer.Option("--view", help="Then open its replay, as `bartizan view` does.")
    ] = False,
) -> None:
    """Simulate one replication and show what came of it."""
    if is_viewed:
        check_viewable(record)
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
            net=net,
        )
    if as_json:
        print_json(made.summary)
    elif quiet:
        print(made.directory)
    else:
        show(api.summarise(made))
    if is_viewed:
        sys.stdout.flush()
        show_replay_beside(made)


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
            _names(systems),
            n=n,
            seed=_seed(seed),
            sets=sets or (),
            figures=figures,
            sensing=sensing,
            catalogue=catalogue,
            report=report_one,
        )
    if as_json:
        print_json(found.document)
    else:
        show(found)


@app.command()
@ending
def nets(
    scenario: ScenarioArgument,
    levels: Annotated[
        str, typer.Option("--links", metavar="LINK,...", help="Of `bartizan catalogue`.")
    ] = ",".join(api.LEVELS),
    n: Annotated[
        int, typer.Option("-n", min=1, metavar="N", help="Replications of each.")
    ] = 20,
    seed: Annotated[str, typer.Option(metavar="N", help="Of the first replication.")] = "1",
    sets: Sets = None,
    figures: Figures = "nominal",
    catalogue: CatalogueFolder = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all measures as JSON.")
    ] = False,
) -> None:
    """Fly the same raid with other links between the nets, side by side."""
    with warming() as report:
        api.prepare(report)
    with counted("replication") as report_one:
        found = api.nets(
            scenario,
            _names(levels),
            n=n,
            seed=_seed(seed),
            sets=sets or (),
            figures=figures,
            catalogue=catalogue,
            report=report_one,
        )
    if as_json:
        print_json(found.document)
    else:
        show(found)


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
    list_rows(api.scenarios().items())


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
        print_json(view.document)
    else:
        show(view)


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
    show(api.why(threat, run))


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
        print_json(found.document)
    else:
        show(found)
    if not found.document["passed"]:
        raise typer.Exit(1)


@app.command()
@ending
def doctor() -> None:
    """Show versions, fingerprint, kernel cache and latest run."""
    show(api.doctor())


def _names(text: str) -> list[str]:
    """Return the names in a list separated by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


def _seed(text: str) -> int:
    """Return the seed as typed."""
    try:
        return int(text)
    except ValueError:
        raise seed_error(text) from None


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
