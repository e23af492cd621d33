"""Replications flown again for a report: the one that stands for all, and some others."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from bartizan.api.focus import Focus
from bartizan.arrays import Floats
from bartizan.reports.page.material import Flight
from bartizan.simulate.plan import Plan
from bartizan.simulate.replicate import Replication, replicate
from bartizan.studies.measures import row_of
from bartizan.studies.plans import plan_of
from bartizan.studies.store import column_of
from bartizan.world.truth import Side

NEAREST = ("rounds_fired", "asset_value_lost")
COUNTS_AT = 200


def median_row(table: Any) -> int:
    """Return the row of the replication that stands for all.

    Of those whose leakers are the median, a value that occurred, the one whose rounds fired and
    asset value lost are nearest to their medians, in standard deviations; of equals the first.
    """
    leakers = column_of(table, "leakers")
    middle = np.sort(leakers)[(len(leakers) - 1) // 2]
    away = np.zeros(len(leakers))
    for name in NEAREST:
        values = np.nan_to_num(column_of(table, name))
        away += ((values - np.median(values)) / (values.std() or 1.0)) ** 2
    return int(np.where(leakers == middle, away, np.inf).argmin())


def others(table: Any, but: int, n: int) -> list[int]:
    """Return the first row of each of the first draws, n at most, without one row."""
    draws = column_of(table, "draw").astype(np.int64)
    _, first = np.unique(draws, return_index=True)
    rows = [int(row) for row in np.sort(first) if row != but]
    if len(rows) < n:  # settled figures, few draws: whoever comes next
        rows += [row for row in range(table.num_rows) if row != but and row not in rows]
    return rows[:n]


def flown(
    focus: Focus,
    about: Mapping[str, Any],
    n: int,
    progress: Callable[[int, int], None] | None,
) -> list[Flight]:
    """Return n replications flown again, the first the one that stands for all.

    Parameters
    ----------
    focus
        Whose rows they are.
    about
        The summary of the study.
    n
        How many, 1 or more; not more than there are.
    progress
        Called with how many are flown, and of how many.
    """
    middle = median_row(focus.table)
    rows = [middle, *others(focus.table, middle, n - 1)]
    flights: list[Flight] = []
    for k, row in enumerate(rows):
        if progress:
            progress(k, len(rows))
        told = focus.table.slice(row, 1).to_pylist()[0]
        scenario = focus.scenario_of(told["arm"])
        plan = plan_of(scenario, about["sensing"], about["figures"], told["figures_key"])
        made = replicate(plan, told["key"], "full" if k == 0 else "events")
        flights.append(_flight(made, told, prices_usd(plan), k == 0))
    return flights


def prices_usd(plan: Plan) -> dict[str, float]:
    """Return the price of each type of round."""
    priced = zip(plan.names.interceptors, plan.force.interceptor_price_usd, strict=True)
    return {name: float(price) for name, price in priced}


def _flight(
    made: Replication, told: Mapping[str, Any], prices: Mapping[str, float], is_first: bool
) -> Flight:
    again = row_of(made.measures)
    is_same = all(_equal(told.get(name), value) for name, value in again.items())
    stands = {
        f"stands:{name}": asset["stands"] for name, asset in made.measures["assets"].items()
    }
    row = {**again, "replication": told["replication"], **stands}
    events = list(_events(made))
    if not is_first:
        return Flight(row, events, prices_usd=prices, is_same=is_same)
    return Flight(row, events, _objects(made), _counts(made), prices, is_same)


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other) or other is None or other != other


def _events(made: Replication) -> Iterator[Mapping[str, Any]]:
    names = ("time_s", "kind", "subject", "object", "detail")
    for values in zip(*(made.events.get(name, ()) for name in names), strict=True):
        yield dict(zip(names, values, strict=True))


def _objects(made: Replication) -> Sequence[Mapping[str, Any]]:
    """Return each object that flew, its class and side, and when it did."""
    truth = made.truth
    if not truth:
        return []
    time_s = np.asarray(truth["time_s"])
    names, which = np.unique(np.asarray(truth["truth_id"]), return_inverse=True)
    first = np.full(len(names), np.inf)
    last = np.full(len(names), -np.inf)
    np.minimum.at(first, which, time_s)
    np.maximum.at(last, which, time_s)
    at = np.full(len(names), -1)
    at[which] = np.arange(len(which))
    kinds, sides = np.asarray(truth["threat_class"])[at], np.asarray(truth["side"])[at]
    return [
        {"truth_id": str(name), "threat_class": str(kind), "side": str(side),
         "first_s": float(low), "last_s": float(high)}
        for name, kind, side, low, high in zip(names, kinds, sides, first, last, strict=True)
    ]  # fmt: skip


def _counts(made: Replication) -> Sequence[Floats]:
    """Return times, and how many objects, threats and tracks there were then."""
    if not made.truth:
        return ()
    truth_s, tracks_s = np.asarray(made.truth["time_s"]), np.asarray(made.tracks["time_s"])
    hostile = np.asarray(made.truth["side"]) == Side.HOSTILE.name.lower()
    seen = np.asarray(made.tracks["status"]) != "tentative"
    times = np.unique(np.concatenate([truth_s, tracks_s]))
    at = times[:: int(np.ceil(len(times) / COUNTS_AT))]
    return (at, *(_at(each, at) for each in (truth_s, truth_s[hostile], tracks_s[seen])))


def _at(times_s: Floats, at: Floats) -> Floats:
    """Return how many rows there are of each of some times."""
    first, last = (np.searchsorted(np.sort(times_s), at, side) for side in ("left", "right"))
    return np.asarray(last - first, dtype=np.float64)
