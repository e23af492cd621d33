"""What the answer hangs on: indices of a design, or straight lines through draws and arms."""

from collections.abc import Iterator, Sequence

from bartizan.reports.page.chart import (
    Axis,
    Bar,
    Chart,
    Dot,
    Interval,
    Line,
    Mark,
    Words,
    rows_chart,
)
from bartizan.reports.page.material import Document, Influences, Material
from bartizan.reports.page.section import Drawing, Part, Prose, Section
from bartizan.reports.page.words import number
from bartizan.reports.studied import LABELS, signed

SHOWN = 12
SOBOL = "sobol-indices"


def tornado(material: Material) -> Section:
    """Return the section of sensitivities; it says how to get them where there are none."""
    parts: list[Part] = []
    for measure, rows in material.study.get("indices", {}).get("measures", {}).items():
        parts += _indices(measure, rows, material.study["indices"]["method"])
    for found in material.influences:
        parts += _influences(found, material)
    if not parts:
        parts.append(Prose(_how(material)))
    return Section("tornado", "What the answer hangs on", parts)


def strongest(material: Material) -> str:
    """Return the factor that the leakers hang on most, or nothing where nobody asked."""
    rows = material.study.get("indices", {}).get("measures", {}).get("leakers", [])
    key = "total" if material.study.get("indices", {}).get("method") == SOBOL else "size"
    asked = [row for row in rows if row[key] is not None]
    if asked:
        return str(max(asked, key=lambda row: row[key])["factor"])
    factors = [found.rows[0].name for found in material.influences if found.what == "factors"]
    return factors[0] if factors else ""


def _how(material: Material) -> str:
    study, n = material.study, material.focus["draws"]
    scenario = study["scenario"]
    if not material.is_drawn:
        return (
            f"This study cannot say: its figures are {study['figures']} ones, the same in "
            "every "
            "replication. Make it with --figures drawn, the default, and 150 replications or "
            "more: "
            f"bartizan study {scenario} -n 300."
        )
    per = study["per_draw"]
    return (
        f"This study cannot say which figures matter: it has {n} draws of them, and 30 or "
        "more are "
        f"needed to tell hundreds of figures apart (here: -n {30 * per} or more). Repeat its "
        "command with "
        f"-n {60 * per}, which keeps what is there; or name factors in the file of a design "
        "with "
        "design: sobol-indices, which gives each a share of the variance (docs/studies.md)."
    )


def _influences(found: Influences, material: Material) -> Iterator[Part]:
    mean = material.measures["leakers"]["mean"]
    yield Prose(_of_figures(found) if found.what == "figures" else _of_factors(found))
    title = f"Change of leakers, as a cause goes from low to high (mean {number(mean)})"
    yield Drawing(_tornado(found), title)
    yield Prose(found.note, "note")


def _of_factors(found: Influences) -> str:
    return f"Over {found.n_draw} arms the factors of the study change the leakers like this."


def _of_figures(found: Influences) -> str:
    sure = sum(row.is_sure for row in found.rows)
    moved = (
        f"{sure} of them {'moves' if sure == 1 else 'move'} the leakers more than chance would "
        "among so many."
        if sure
        else "none of them moves the leakers more than chance would among so many; more draws "
        "would tell more."
    )
    return (
        f"{found.n_asked} causes vary from draw to draw: figures of the catalogue, those that "
        f"share a cause as one. Over {found.n_draw} draws {moved}"
        + (" The next ones are shown too, in grey." if sure < len(found.rows) else "")
    )


def _tornado(found: Influences) -> Chart:
    rows = found.rows
    most = max(abs(row.change) + row.half_width for row in rows)
    marks: list[Mark] = [Line([0.0, 0.0], [-0.6, len(rows) - 0.4], "muted", 1.0)]
    for n, row in enumerate(rows):
        role = ("leak" if row.change > 0 else "kill") if row.is_sure else "chance"
        words = (
            f"{row.name}, from {row.low} to {row.high}: {signed(row.change, '')} leakers, "
            f"± {number(row.half_width)}"
        )
        marks += [
            Bar(0.0, row.change, n - 0.3, n + 0.3, f"{role}-soft", words),
            Interval(row.change - row.half_width, row.change + row.half_width, n, n, role),
            Dot(row.change, n, role, words, "circle" if row.is_sure else "hollow", 9.0),
        ]
    names = [f"{row.name}\n{row.low} → {row.high}" for row in rows]
    says = "; ".join(f"{row.name} {signed(row.change, '')}" for row in rows)
    x = Axis("change of leakers, with its interval", -most * 1.05, most * 1.05)
    return rows_chart("tornado", says, x, names, marks, row=46)


def _indices(measure: str, rows: Sequence[Document], method: str) -> Iterator[Part]:
    is_sobol = method == SOBOL
    key = "total" if is_sobol else "size"
    ordered = sorted(rows, key=lambda row: -(row[key] or 0.0))[:SHOWN]
    marks: list[Mark] = []
    most = 0.0
    for n, row in enumerate(ordered):
        value = row[key] or 0.0
        low, high = _ends(row, is_sobol, value)
        most = max(most, high, value)
        words = f"{row['factor']}: {number(value)} ({number(low)} to {number(high)})"
        role = {"chance": "chance", "figures": "unknown"}.get(row["factor"], "kill")
        marks += [
            Bar(0.0, max(value, 0.0), n - 0.3, n + 0.3, f"{role}-soft", words),
            Interval(max(low, 0.0), max(high, 0.0), n, n, role),
            Dot(max(value, 0.0), n, role, words),
            Words(max(high, value, 0.0), n, f"{number(value)}", dx=10),
        ]
        if is_sobol and row["first"] is not None:
            marks.append(
                Dot(max(0.0, row["first"]), n, role, f"alone: {number(row['first'])}", "hollow")
            )
    names = [row["factor"] for row in ordered]
    if is_sobol:
        axis = "share of the variance in which it has a part"
        note = (
            "Filled: total index, with every combination; hollow: alone. chance: shots and "
            "detections; figures: the catalogue’s bands. Bootstrap intervals, 95 %."
        )
    else:
        axis = f"change of {LABELS.get(measure, measure)} for a step of the factor"
        note = "Mean size of the change that a step of a factor makes (Morris), 95 % interval."
    x = Axis(axis, 0.0, (most or 1.0) * 1.05)
    says = "; ".join(f"{row['factor']} {number(row[key])}" for row in ordered)
    words = f"What {LABELS.get(measure, measure)} hang on most: {names[0]}."
    yield Prose(words)
    yield Drawing(rows_chart(f"indices-{measure}", says, x, names, marks, margin_right=70))
    yield Prose(note, "note")


def _ends(row: Document, is_sobol: bool, value: float) -> tuple[float, float]:
    if not is_sobol:
        half = row["size_half_width"] or 0.0
        return value - half, value + half
    low, high = row["total_low"], row["total_high"]
    return value if low is None else low, value if high is None else min(high, 1.0)
