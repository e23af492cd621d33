"""The summary of a study as plain data: each measure of each arm, its interval and parts."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from bartizan.archive.document import STATEMENT
from bartizan.arrays import Floats, Ints
from bartizan.studies.estimate import document_of, estimate
from bartizan.studies.measures import HEADLINE, is_measure
from bartizan.studies.paired import paired
from bartizan.studies.store import column_of

if TYPE_CHECKING:
    import pyarrow as pa

FEW_ARMS = 40
"""With more arms than this only a few measures are summed up; the table has them all."""
OF_MANY = ("leakers", "no_leaker", "rounds_fired", "assets_destroyed")
OF_OWN_KEYS = ("sobol-indices", "morris", "capacity")
"""Designs whose arms are no comparison."""
DRAWN = "drawn"
WHO = (
    *("study", "scenario", "title", "seed", "figures", "sensing", "overrides", "record"),
    *(
        "version",
        "code",
        "fingerprint",
        "mixed",
        "scenario_hash",
        "catalogue",
        "catalogue_hash",
    ),
    *("per_draw", "n", "design"),
)
"""What the summary repeats of the manifest."""


def summary_of(
    manifest: Mapping[str, Any],
    table: "pa.Table",
    provenance: Mapping[str, int],
    found: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the summary of a study.

    Parameters
    ----------
    manifest
        Of the study, with its arms.
    table
        All its replications.
    provenance
        How many figures behind it were seen, assumed, ...
    found
        What the design itself found: the answer of a stopping rule, indices, a capacity.
    """
    arms = [arm["arm"] for arm in manifest["arms"]]
    names = [name for name in table.schema.names if is_measure(name)]
    if len(arms) > FEW_ARMS:
        names = [name for name in names if name in OF_MANY]
    by_arm = _by_arm(table, len(arms) == 1)
    is_drawn = manifest["figures"] == DRAWN
    told = [{**arm, **_of_arm(by_arm(arm["arm"]), names, is_drawn)} for arm in manifest["arms"]]
    _take_intervals(told, found.get("until"))
    return {
        "statement": STATEMENT,
        **{key: manifest[key] for key in WHO},
        "provenance": dict(provenance),
        "replications": table.num_rows,
        "arms": told,
        "differences": _differences(manifest["design"]["kind"], arms, by_arm, is_drawn),
        **found,
    }


def _take_intervals(arms: Sequence[dict[str, Any]], until: Mapping[str, Any] | None) -> None:
    """Put the intervals that a stopping rule allows in place of those of a fixed number."""
    for arm, row in zip(arms, until["arms"] if until else (), strict=bool(until)):
        found = arm["measures"][until["measure"]] if until else {}
        found["low"] = row["mean"] - row["half_width"]
        found["high"] = row["mean"] + row["half_width"]


def _by_arm(table: "pa.Table", is_one: bool) -> Any:
    import pyarrow.compute

    def rows(label: str) -> "pa.Table":
        if is_one:
            return table
        return table.filter(pyarrow.compute.equal(table.column("arm"), label))

    return rows


def _of_arm(table: "pa.Table", names: Sequence[str], is_drawn: bool) -> dict[str, Any]:
    draws = draws_of(table, is_drawn)
    measures = {}
    for name in names:
        values = column_of(table, name)
        if np.isnan(values).all():
            continue
        measures[name] = document_of(estimate(values, draws, is_truth(table, name)))
    return {
        "n": table.num_rows,
        "draws": len(np.unique(draws)) if is_drawn else 0,
        "measures": measures,
        "distribution": _distribution(column_of(table, "leakers")),
    }


def draws_of(table: "pa.Table", is_drawn: bool) -> Ints:
    """Return what is independent of each other: draws, or without any the replications."""
    return column_of(table, "draw" if is_drawn else "replication").astype(np.int64)


def is_truth(table: "pa.Table", name: str) -> bool:
    """Return whether a measure is true or false, so that its mean is a probability."""
    return str(table.schema.field(name).type) == "bool"


def _distribution(values: Floats) -> dict[str, int]:
    """Return how often each number of leakers occurred."""
    numbers, counts = np.unique(values[~np.isnan(values)].astype(np.int64), return_counts=True)
    return {str(n): int(k) for n, k in zip(numbers, counts, strict=True)}


def _differences(
    kind: str, arms: Sequence[str], by_arm: Any, is_drawn: bool
) -> list[dict[str, Any]]:
    """Return each arm less the first, pairs of replications of one key."""
    if not 1 < len(arms) <= FEW_ARMS or kind in OF_OWN_KEYS:
        return []
    first = by_arm(arms[0])
    return [
        {"arm": label, "than": arms[0], "measures": differences(first, by_arm(label), is_drawn)}
        for label in arms[1:]
    ]


def differences(
    first: "pa.Table", second: "pa.Table", is_drawn: bool
) -> dict[str, dict[str, Any]]:
    """Return the differences of the headline measures of two tables, pairs by key."""
    one, other = aligned(first, second)
    draws = draws_of(one, is_drawn)
    return {
        name: paired(column_of(one, name), column_of(other, name), draws)._asdict()
        for name in HEADLINE
    }


def aligned(first: "pa.Table", second: "pa.Table") -> tuple["pa.Table", "pa.Table"]:
    """Return the rows of two tables whose keys, of chance and figures, are in both."""
    import pyarrow as pa

    keys = [list(zip(*_keys(table), strict=True)) for table in (first, second)]
    rows = [{key: row for row, key in enumerate(each)} for each in keys]
    common = [key for key in keys[0] if key in rows[1]]
    taken = [pa.array([each[key] for key in common], pa.int64()) for each in rows]
    return first.take(taken[0]), second.take(taken[1])


def _keys(table: "pa.Table") -> list[list[int]]:
    return [table.column(name).to_pylist() for name in ("key", "figures_key")]
