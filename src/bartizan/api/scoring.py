"""Scoring tracks: the two tables, from files, a run or memory."""

import math
from pathlib import Path
from typing import Any

from bartizan.api.tables import FILES, table_of
from bartizan.archive.run import Run
from bartizan.errors import BartizanError
from bartizan.metrics.instants import TIMES
from bartizan.metrics.score import Score, Settings
from bartizan.metrics.score import score as score_tables


def scored(tracks: Any, truth: Any, settings: Settings) -> Score:
    """Return the score of tables, files, or of a run where ``truth`` is None.

    Raises
    ------
    BartizanError
        A setting out of its range, a file that cannot be read, all faults of the tables.
    """
    _check(settings)
    if truth is None and not isinstance(tracks, Run):
        tracks = _run_of(tracks)
    if isinstance(tracks, Run):
        place = tracks.directory or tracks.manifest["run"]
        names = f"{place}/tracks.parquet", f"{place}/truth.parquet"
        other = tracks.truth if truth is None else truth
        return score_tables(_of_first_net(tracks), other, settings, names)
    (one, name), (other, other_name) = table_of(tracks, "tracks"), table_of(truth, "truth")
    return score_tables(one, other, settings, (name, other_name))


def _of_first_net(run: Run) -> Any:
    """Return the tracks of the net whose fire units defend; others track the same objects."""
    import pyarrow.compute as pc

    nets = run.summary.get("nets", {}).get("names", [])
    if len(nets) < 2 or "net" not in run.tracks.column_names:
        return run.tracks
    return run.tracks.filter(pc.equal(pc.cast(run.tracks["net"], "string"), nets[0]))


def _run_of(tracks: Any) -> Run:
    from bartizan import api

    if not isinstance(tracks, str | Path) or Path(tracks).suffix in FILES:
        given = str(tracks) if isinstance(tracks, str | Path) else "tracks alone"
        raise BartizanError(
            f"score: the truth is missing\n    given:   {given}\n"
            "    allowed: tracks and their truth, or a run\n"
            "    remedy:  name the truth too: --truth truth.parquet"
        )
    return api.open_run(tracks)


def _check(settings: Settings) -> None:
    misses = settings.max_misses
    checks = (
        ("cut-off", settings.cutoff_m, 0.0 < settings.cutoff_m < math.inf, "metres above 0"),
        ("order", settings.order, 1.0 <= settings.order <= 20.0, "1 to 20"),
        ("max-misses", misses, misses is None or misses >= 0, "0, 1, 2, ... or all"),
        ("times", settings.times, settings.times in TIMES, ", ".join(TIMES)),
    )
    for name, given, is_right, allowed in checks:
        if not is_right:
            raise BartizanError(
                f"{name}: out of range\n    given:   {given}\n    allowed: {allowed}\n"
                f"    remedy:  give another {name}"
            )
