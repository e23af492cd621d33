"""The verbs of whoever has plots and tracks, and no simulation; with all others in `app`."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from bartizan import api
from bartizan.cli.ending import ending
from bartizan.cli.printing import print_json, show
from bartizan.cli.progress import warming
from bartizan.cli.verbs import app as app


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
    """Track the plots of radars, or position reports.

    Columns that the tracker knows nothing of are left unread: doppler_m_s and snr_db too.
    """
    from bartizan.api import tables
    from bartizan.api.sensing import settings_of
    from bartizan.api.tracking import tracked

    tables.check_name(out, "name the file of tracks so")
    with warming() as report:
        api.prepare(report)
    found = tracked(plots, sensors, settings_of(sets or ()), period)
    tables.write(found.table, out)
    if as_json:
        print_json(found.summary)
    else:
        from bartizan.reports.tracks import TracksPage

        show(TracksPage(found.summary, str(plots), str(out)))


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
        print_json(found.document)
    else:
        from bartizan.reports.score import ScorePage

        show(ScorePage(found.document, f"{tracks} against {truth or 'its truth'}"))


def _misses(text: str) -> int:
    """Return a number of misses as typed; −1 for what is none, which the verb refuses."""
    return int(text) if text.isdecimal() else -1
