"""The verbs of studies; with all others in `app`."""

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from bartizan import api
from bartizan.api import studies as verbs
from bartizan.api.choices import choose
from bartizan.cli.ending import ending
from bartizan.cli.printing import print_json, show
from bartizan.cli.progress import warming
from bartizan.cli.study_progress import standing
from bartizan.cli.tracking import app as app
from bartizan.cli.verbs import CatalogueFolder, Figures, Sensing, Sets, _seed

FORMATS = ("table", "csv", "json")


@app.command()
@ending
def study(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A scenario, or the file of a design.")
    ],
    n: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option("-n", metavar="N", help=f"Replications of each arm; {verbs.N}."),
    ] = None,
    vary: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--vary", metavar="PATH=...", help="Values a,b or first:last:step."),
    ] = None,
    until: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar='"MEASURE ±X"', help="As many replications as that needs."),
    ] = None,
    capacity: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="PATH=A:B", help="Seek the largest value that is held."),
    ] = None,
    level: Annotated[
        float, typer.Option(metavar="P", help="Held: P(no leaker) above it.")
    ] = 0.9,
    seed: Annotated[str, typer.Option(metavar="N", help="Of the whole study.")] = "1",
    sets: Sets = None,
    figures: Figures = "drawn",
    sensing: Sensing = "radar",
    record: Annotated[
        str, typer.Option(metavar="|".join(api.RECORD), help="Kept beside the measures.")
    ] = "none",
    per_draw: Annotated[
        int, typer.Option(metavar="M", help="Replications that share a draw of the figures.")
    ] = 5,
    workers: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(metavar="N", help="Processes here; one a processor."),
    ] = None,
    scheduler: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="ADDRESS", help="A dask scheduler, as tcp://host:8786."),
    ] = None,
    mixed_machines: Annotated[
        bool, typer.Option("--mixed-machines", help="Workers of other last bits may help.")
    ] = False,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="DIR", help="Its folder, instead of one below studies/."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="A very large one is meant.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print only the folder.")
    ] = False,
    catalogue: CatalogueFolder = None,
) -> None:
    """Simulate many replications: what gets through, and how sure that is."""
    with warming(quiet) as report:
        api.prepare(report)
    try:
        with standing(quiet) as (progress, begun):
            made = api.study(
                scenario,
                n,
                vary=vary or (),
                until=until,
                capacity=capacity,
                level=level,
                seed=_seed(seed),
                sets=sets or (),
                figures=figures,
                sensing=sensing,
                record=record,
                per_draw=per_draw,
                workers=workers,
                scheduler=scheduler,
                mixed_machines=mixed_machines,
                out=out,
                yes=yes,
                progress=progress,
                begun=begun,
                catalogue=catalogue,
            )
    except KeyboardInterrupt:
        print("\nfinished parts are kept: repeat the command to go on", file=sys.stderr)
        raise
    if as_json:
        print_json(made.document)
    elif quiet:
        print(made.directory)
    else:
        show(made)


@app.command()
@ending
def compare(
    first: Annotated[
        str, typer.Argument(metavar="STUDY", help="A study's folder, or its name in studies/.")
    ],
    second: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(metavar="[STUDY]", help="Another; without it, the arms of the first."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Compare two studies, or the arms of one, on common random numbers."""
    found = api.compare(first, second)
    if as_json:
        print_json(found.document)
    else:
        show(found)


@app.command()
@ending
def sql(
    study: Annotated[
        str, typer.Argument(metavar="STUDY", help="A study's folder, or its name in studies/.")
    ],
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One SELECT.")],
    form: Annotated[
        str, typer.Option("--format", metavar="|".join(FORMATS), help="How it is printed.")
    ] = "table",
) -> None:
    """Ask a study in SQL: tables replications, arms, and events if recorded."""
    choose("--format", form, FORMATS)
    answer = api.sql(study, query)
    if form == "csv":
        print(answer.csv, end="")
    elif form == "json":
        print(answer.json)
    else:
        show(answer)
