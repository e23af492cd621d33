"""The verb that writes the report of a study; with all others in `app`."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from bartizan import api
from bartizan.api import studies as verbs
from bartizan.cli.ending import ending
from bartizan.cli.progress import counted
from bartizan.cli.studying import app as app


@app.command()
@ending
def report(
    study: Annotated[
        str, typer.Argument(metavar="STUDY", help="A study's folder, or its name in studies/.")
    ],
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "-o", "--out", metavar="FILE", help="The file; else the study's name.html."
        ),
    ] = None,
    flights: Annotated[
        int, typer.Option(metavar="N", help="Replications flown again for curves over time.")
    ] = verbs.FLIGHTS,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only the file.")] = False,
) -> None:
    """Write the report of a study: one HTML file that needs nothing else."""
    with counted("flown again", quiet) as tell:
        made = api.report(
            study, out, flights=flights, progress=lambda k, most: tell("report", k, most)
        )
    if quiet:
        print(made)
    else:
        print(
            f"{made}  {made.stat().st_size / 1e6:.1f} MB, one file, to read, print and hand on"
        )
