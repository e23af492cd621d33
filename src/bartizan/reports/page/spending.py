"""Rounds and money over time, of replications that were flown again."""

from collections.abc import Sequence

import numpy as np

from bartizan.arrays import Floats
from bartizan.reports.page.chart import Axis, Chart, Interval, Line, Mark, Words
from bartizan.reports.page.material import Document, Flight, Material, column_word
from bartizan.reports.page.section import Cell, Drawing, Part, Prose, Section, Table
from bartizan.reports.page.words import interval, number
from bartizan.reports.wording import money


def spending(material: Material) -> Section | None:
    """Return the section of rounds and money."""
    fired, price = material.measures["rounds_fired"], material.measures["rounds_usd"]
    ratio = material.measures.get("cost_ratio")
    words = (
        f"{number(fired['mean'])} rounds are fired on average ({interval(fired, '')}, 95 % "
        "interval), "
        f"for {money(price['mean'])} ({interval(price, 'rounds_usd')})."
    )
    raid = material.measures.get("cost_raid_usd")
    if raid and ratio and ratio["mean"]:
        words += (
            f" The raid itself costs {money(raid['mean'])}: for each dollar of the defence’s "
            "rounds "
            f"the attacker spends {number(1.0 / ratio['median'])}, in the median raid."
        )
    parts: list[Part] = [Prose(words)]
    if material.flights:
        parts += [
            Drawing(_chart(material, "rounds"), "Rounds fired by then"),
            Drawing(_chart(material, "money"), "Money spent on them by then"),
            Prose(_note(material), "note"),
        ]
    parts.append(_table(material))
    return Section("spending", "Rounds and money", parts)


def _note(material: Material) -> str:
    others = len(material.flights) - 1
    lines = f"; thin lines: {others} others, one of each of the first draws" if others else ""
    return (
        f"Thick line: the raid that stands for all (see the timeline){lines}. The bar at the "
        "end "
        "holds 95 of 100 of all replications."
    )


def _chart(material: Material, what: str) -> Chart:
    name = "rounds_fired" if what == "rounds" else "rounds_usd"
    found = material.measures[name]
    end_s = _end_s(material)
    lines = [_steps(flight, material, what, end_s) for flight in material.flights]
    top = max([*(float(ys[-1]) for _, ys in lines), found["band_high"]]) * 1.08 or 1.0
    marks: list[Mark] = [Line(xs, ys, "chance", 1.0, True) for xs, ys in lines[1:]]
    xs, ys = lines[0]
    marks.append(Line(xs, ys, "kill", 3.0, True, hover="the raid that stands for all"))
    at = end_s * 1.025
    marks.append(Interval(at, at, found["band_low"], found["band_high"], "ink"))
    y = Axis(
        "rounds" if what == "rounds" else "USD",
        0.0,
        top,
        "number" if what == "rounds" else "money",
    )
    low, high = y.text(found["band_low"]), y.text(found["band_high"])
    if found["band_high"] - found["band_low"] < 0.08 * top:
        both = high if low == high else f"{low}–{high}"
        marks.append(Words(at, found["band_high"], both, dx=8))
    else:
        marks += [
            Words(at, found["band_high"], high, dx=8),
            Words(at, found["band_low"], low, dx=8),
        ]
    says = (
        f"Steps over time from 0 to {y.text(float(ys[-1]))}; in 95 of 100 raids the end is "
        "between "
        f"{y.text(found['band_low'])} and {y.text(found['band_high'])}."
    )
    x = Axis("minutes from the start of the scenario", 0.0, end_s * 1.03, "clock")
    return Chart(f"spent-{what}", says, x, y, marks, 270, margin_right=74)


def _end_s(material: Material) -> float:
    return max(float(flight.row["simulated_s"]) for flight in material.flights)


def _steps(
    flight: Flight, material: Material, what: str, end_s: float
) -> tuple[Sequence[float], Sequence[float]]:
    """Return the times of launches and the sum by then, from 0 to the end."""
    times, types = launches(flight)
    each = np.array([1.0 if what == "rounds" else flight.prices_usd.get(t, 0.0) for t in types])
    total = np.cumsum(each)
    last = float(total[-1]) if len(total) else 0.0
    if len(times) > 300:  # figure data stay small; the eye sees no more
        kept = np.unique(np.linspace(0, len(times) - 1, 300).astype(int))
        times, total = times[kept], total[kept]
    xs = [0.0, *np.round(times, 1).tolist(), end_s]
    return xs, [0.0, *total.tolist(), last]


def launches(flight: Flight) -> tuple[Floats, list[str]]:
    """Return when rounds were launched, and which."""
    rows = [row for row in flight.events if row["kind"] == "launch"]
    times = np.array([row["time_s"] for row in rows], dtype=np.float64)
    return times, [row["detail"].partition(" from ")[0] for row in rows]


def _table(material: Material) -> Table:
    rows: list[Sequence[str | Cell]] = []
    for name, price in material.prices_usd.items():
        word = column_word(name)
        fired, killed, left = (
            material.measures.get(f"rounds_{what}_{word}")
            for what in ("fired", "killed", "left")
        )
        if not fired or not killed or not left:
            continue
        rows.append(_row(name, price, fired, killed, left))
    heads = (
        "interceptor",
        "price, nominal",
        "fired",
        "95 % interval",
        "left",
        "kills",
        "rounds a kill",
    )
    return Table(heads, rows, (1, 2, 4, 5, 6), "By type of round, means")


def _row(
    name: str, price: float, fired: Document, killed: Document, left: Document
) -> Sequence[str | Cell]:
    each = number(fired["mean"] / killed["mean"]) if killed["mean"] else "–"
    cells = (number(fired["mean"]), interval(fired, ""), number(left["mean"]))
    return (name, money(price), *cells, number(killed["mean"]), each)
