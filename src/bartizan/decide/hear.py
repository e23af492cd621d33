"""Hear: kill assessments come in, late and not always right, and end engagements."""

import math

from bartizan.decide.orders import Orders, Report
from bartizan.decide.picture import Picture
from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.world.force import Magazines


@kernel
def hear(
    orders: Orders, picture: Picture, magazines: Magazines, events: Events, now_s: float
) -> None:
    """Read the reports that are due, free their channels, and ask for planning."""
    for slot in range(orders.alive.shape[0]):
        if not orders.alive[slot] or orders.report_s[slot] > now_s:
            continue
        orders.alive[slot] = False
        magazines.channels_busy[orders.unit[slot]] -= 1
        picture.replan[0] = True
        report = orders.report[slot]
        log(
            events, orders.report_s[slot], EventKind.ASSESSED, orders.track_id[slot],
            orders.unit[slot], float(orders.launched[slot]), report,
        )  # fmt: skip
        reported_s, orders.report_s[slot] = orders.report_s[slot], math.inf
        row = orders.track_row[slot]
        if picture.track_id[row] != orders.track_id[slot]:
            continue
        picture.orders_alive[row] -= 1
        picture.rounds_spent[row] += orders.launched[slot]
        if report == Report.KILL:
            picture.reported_killed[row] = True
            picture.killed_s[row] = max(picture.killed_s[row], reported_s)
