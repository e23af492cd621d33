"""What every export says of itself: that it is simulated, of which run, by which version."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bartizan.archive.document import STATEMENT
from bartizan.archive.run import Run

NOTICE = "Simulated data"
BEGIN = datetime(2000, 1, 1, tzinfo=UTC)
EPOCH = "2000-01-01T00:00:00Z"
"""The date of time 0: invented, as the scenario's clock has none."""
OF_RUN = (
    *("run", "scenario", "seed", "figures", "sensing", "overrides", "version"),
    *("run_hash", "scenario_hash", "catalogue_hash", "fingerprint"),
)
OF_STUDY = ("study", "arm", "replication", "figures_seed")
"""What a replication of a study has beside."""
ROUNDS = (
    "Interceptors are drawn on the straight line from their launcher to where they met or"
    " missed: of a round the simulation knows launch, meeting and what came of it."
)
CLOCK = f"Time 0 of the scenario is shown as {EPOCH}, an invented date."
HEIGHTS = "Heights are metres above the WGS-84 ellipsoid."


def about_of(run: Run) -> dict[str, Any]:
    """Return who a run is and the standing words, for the head of an export."""
    of_run = {key: run.manifest[key] for key in (*OF_RUN, *OF_STUDY) if key in run.manifest}
    return {
        "notice": NOTICE,
        "statement": STATEMENT,
        "software": f"Bartizan {run.manifest['version']}",
        "title": run.summary.get("title", ""),
        **of_run,
    }


def lines_of(about: Mapping[str, Any]) -> list[str]:
    """Return what `about_of` says as lines of text, ``key: value``, the notice first."""
    words = {key: ", ".join(v) if isinstance(v, list) else v for key, v in about.items()}
    lines = [f"{key}: {value}" for key, value in words.items() if key not in ("notice",)]
    return [f"{about['notice']}. {CLOCK} {HEIGHTS}", *lines]


def instant(time_s: float) -> str:
    """Return a time of the scenario as a date of ISO 8601, to the millisecond."""
    moment = BEGIN + timedelta(milliseconds=round(1000.0 * time_s))
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
