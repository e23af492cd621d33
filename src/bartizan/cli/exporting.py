"""The verbs that hand a run on: view and export; with all others in `app`."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from bartizan import api
from bartizan.api.viewing import LOOPBACK
from bartizan.cli.ending import ending
from bartizan.cli.progress import warming
from bartizan.cli.reporting import app as app
from bartizan.cli.viewing import show_replay

RunArgument = Annotated[
    Optional[str],  # noqa: UP045
    typer.Argument(metavar="RUN", help="A run or study, its folder or name; the latest run."),
]
Replication = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        metavar="N|median|worst|best",
        help="Of a study, by leakers; it is flown again from its key.",
    ),
]
Arm = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(metavar="LABEL", help="Of a study: which arm; the first."),
]
_LISTED = "; ".join(
    f"{name} ({', '.join(endings)}) for {readers}"
    for name, (endings, readers) in api.EXPORTS.items()
)


def warm_up() -> None:
    """Compile what a replication needs that is flown again; a picture needs little of it."""
    with warming() as report:
        api.prepare(report)


@app.command()
@ending
def view(
    run: RunArgument = None,
    is_opened: Annotated[
        bool, typer.Option("--open/--no-open", help="Open it in the browser.")
    ] = True,
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="Where it listens; a free one.")
    ] = 0,
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Other than this machine's own: see --i-know."),
    ] = LOOPBACK,
    i_know: Annotated[
        bool, typer.Option("--i-know", help="Let others on the network see the run.")
    ] = False,
    replication: Replication = None,
    arm: Arm = None,
) -> None:
    """Watch a run in the browser; nothing leaves this machine."""
    if replication is not None:
        warm_up()
    show_replay(
        run,
        is_opened=is_opened,
        port=port,
        host=host,
        i_know=i_know,
        replication=replication,
        arm=arm,
    )


@app.command()
@ending
def export(
    run: RunArgument = None,
    to: Annotated[
        str, typer.Option("--to", metavar="|".join(api.EXPORTS), help=f"{_LISTED}.")
    ] = "html",
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--out", "-o", metavar="FILE", help="The file; one of the run's name here."
        ),
    ] = None,
    replication: Replication = None,
    arm: Arm = None,
) -> None:
    """Write a run as one file for a browser or another tool."""
    if replication is not None:
        warm_up()
    written = api.export(run, to, out, replication=replication, arm=arm)
    print(f"wrote {written} ({written.stat().st_size / 1e6:.1f} MB)")
