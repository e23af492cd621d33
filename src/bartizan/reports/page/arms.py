"""The arms of a study side by side, and each against the first."""

from collections.abc import Sequence

from bartizan.reports.page.chart import Axis, Bar, Chart, Dot, Interval, Mark, Words, rows_chart
from bartizan.reports.page.material import Document, Material
from bartizan.reports.page.section import Cell, Drawing, Part, Prose, Section, Table
from bartizan.reports.page.words import band, beside, number, unbroken
from bartizan.reports.studied import LABELS, difference

MOST = 40
OF_OWN_KEYS = ("sobol-indices", "morris", "capacity")
COMPARED = ("leakers", "no_leaker", "assets_destroyed", "rounds_fired", "civil_lost")


def arms(material: Material) -> Section | None:
    """Return the section of the arms; None where there is one, or they are no comparison."""
    study = material.study
    rows = study["arms"]
    if len(rows) < 2 or study["design"]["kind"] in OF_OWN_KEYS:
        return None
    shown = rows[:MOST]
    parts: list[Part] = [
        Prose(_lead(rows)),
        Drawing(_chart(shown), "Leakers by arm"),
        Prose(
            "Dot and thick line: mean and its 95 % interval. Thin line: 95 of 100 raids.",
            "note",
        ),
        _table(shown),
    ]
    if len(rows) > MOST:
        words = f"And {len(rows) - MOST} more arms: bartizan sql {study['study']} tells them."
        parts.append(Prose(words, "note"))
    if study["differences"]:
        parts += [_differences(study["differences"]), Prose(PAIRED, "note")]
    return Section("arms", "The arms compared", parts)


PAIRED = (
    "Replication by replication with the same chance and the same figures in both (common "
    "random "
    "numbers); bold where the interval leaves out 0. Pairing saves: how many times as many "
    "replications without pairs would say as much."
)


def _lead(rows: Sequence[Document]) -> str:
    by_mean = sorted(rows, key=lambda arm: arm["measures"]["leakers"]["mean"])
    least, most = by_mean[0], by_mean[-1]
    return (
        f"Fewest get through with {least['arm']}: "
        f"{number(least['measures']['leakers']['mean'])}; "
        f"most with {most['arm']}: {number(most['measures']['leakers']['mean'])}."
    )


def _chart(rows: Sequence[Document]) -> Chart:
    found = [arm["measures"]["leakers"] for arm in rows]
    most = max(max(each["band_high"], each["high"] or 0.0) for each in found)
    least = min(each["band_low"] for each in found)
    low = 0.0 if least < 0.5 * most else least - 0.08 * (most - least)
    marks: list[Mark] = []
    for n, each in enumerate(found):
        words = f"mean {beside(each)}; 95 % of raids {band(each)}"
        marks.append(
            Bar(each["band_low"], each["band_high"], n - 0.06, n + 0.06, "leak-soft", words)
        )
        if each["low"] is not None:
            marks.append(Interval(each["low"], each["high"], n, n, "leak", 3.0))
        end = max(each["band_high"], each["high"] or 0.0)
        marks += [
            Dot(each["mean"], n, "leak", words, size=11),
            Words(end, n, number(each["mean"]), dx=10, is_bold=True),
        ]
    x = Axis("leakers", low, most + 0.02 * (most - low))
    says = "; ".join(
        f"{arm['arm']}: {number(f['mean'])}" for arm, f in zip(rows, found, strict=True)
    )
    names = [_label(arm["arm"]) for arm in rows]
    return rows_chart("arms", says, x, names, marks, margin_right=70, row=46)


def _label(arm: str) -> str:
    parts = arm.split(", ")
    return f"{', '.join(parts[:1])}\n{', '.join(parts[1:])}" if len(parts) > 1 else arm


def _table(rows: Sequence[Document]) -> Table:
    names = [name for name in COMPARED if name in rows[0]["measures"]]
    heads = ("arm", *(f"{LABELS[name]}" for name in names))
    cells = []
    for arm in rows:
        row: list[str | Cell] = [arm["arm"]]
        for name in names:
            found = arm["measures"][name]
            row.append(beside(found, name))
        cells.append(row)
    return Table(heads, cells, (), "Means and 95 % intervals")


def _differences(rows: Sequence[Document]) -> Table:
    than = rows[0]["than"]
    heads = ("arm", "measure", "change", "95 % interval", "pairing saves")
    cells: list[Sequence[str | Cell]] = []
    for one in rows:
        for k, name in enumerate(("leakers", "assets_destroyed", "rounds_fired")):
            found = one["measures"][name]
            gap, ends, saved = difference(found, name)
            is_told = found["low"] is not None and (found["low"] > 0.0 or found["high"] < 0.0)
            change = Cell(gap, "strong") if is_told else gap
            cells.append(
                (one["arm"] if k == 0 else "", LABELS[name], change, unbroken(ends), saved)
            )
    return Table(heads, cells, (2, 4), f"Against {than}, pair by pair")
