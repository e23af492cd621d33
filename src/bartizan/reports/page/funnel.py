"""From launch to leak: how far the threats of each class came, and why they got through."""

from collections.abc import Iterator

from bartizan.reports.page.chart import Axis, Bar, Chart, Interval, Mark, Words, rows_chart
from bartizan.reports.page.material import Document, Material, column_word
from bartizan.reports.page.section import Cell, Drawing, Part, Prose, Section, Table
from bartizan.reports.page.words import beside, interval, number, share

STAGES = ("launched", "detected", "tracked", "engaged", "killed", "leaked")
ROLES = {"killed": "kill", "leaked": "leak"}
OTHERS = {"turned_away": "turn away", "in_flight": "are still in flight when the scenario ends"}


def funnel(material: Material) -> Section | None:
    """Return the section of the funnel; None where the study did not sum it up."""
    if "threats_total_launched" not in material.measures:
        return None
    parts: list[Part] = [Prose(_lead(material)), Drawing(_whole(material), "All threats")]
    if len(material.classes) > 1:
        parts += [Drawing(_by_class(material), "What became of each class"), _table(material)]
    else:
        parts.append(_table(material))
    return Section("funnel", "From launch to leak", parts)


def causes(material: Material) -> Section | None:
    """Return the section of why threats leaked."""
    found = [
        (name.removeprefix("causes_").replace("_", " "), each)
        for name, each in material.measures.items()
        if name.startswith("causes_") and each["mean"] > 0.0
    ]
    if not found:
        return None
    found.sort(key=lambda row: -row[1]["mean"])
    most = max(each["high"] or each["mean"] for _, each in found)
    marks = list(_rows([each for _, each in found], most, "leak"))
    names = [name for name, _ in found]
    says = "; ".join(f"{name} {number(each['mean'])}" for name, each in found)
    x = Axis("leakers of a raid, mean and 95 % interval", 0.0, most * 1.02)
    chart = rows_chart("causes", says, x, names, marks, margin_right=130)
    words = (
        f"The link that breaks most often is “{names[0]}”: "
        f"{number(found[0][1]['mean'])} of {number(material.measures['leakers']['mean'])} "
        "leakers. Each leaker counts once, under the first link of the chain that failed."
    )
    return Section("causes", "Why they got through", [Prose(words), Drawing(chart)])


def _lead(material: Material) -> str:
    get = material.measures
    launched = number(get["threats_total_launched"]["mean"])
    killed, leaked = get["killed"], get["leakers"]
    words = (
        f"Of {launched} threats {number(killed['mean'])} are shot down and "
        f"{number(leaked['mean'])} get through, on average"
    )
    for name, others in OTHERS.items():
        mean = get[f"threats_total_{name}"]["mean"]
        words += f"; {number(mean)} {others}" if mean > 0.0 else ""
    return f"{words}."


def _whole(material: Material) -> Chart:
    found = [material.measures[f"threats_total_{stage}"] for stage in STAGES]
    most = max(max(each["high"] or 0.0, each["mean"]) for each in found)
    marks: list[Mark] = []
    for n, (stage, each) in enumerate(zip(STAGES, found, strict=True)):
        marks += _rows([each], most, ROLES.get(stage, "chance"), n)
    says = ", ".join(
        f"{stage} {number(each['mean'])}" for stage, each in zip(STAGES, found, strict=True)
    )
    x = Axis("threats of a raid, mean and 95 % interval", 0.0, most * 1.02)
    return rows_chart("funnel", says, x, STAGES, marks, margin_right=130)


def _rows(found: list[Document], most: float, role: str, first: int = 0) -> Iterator[Mark]:
    for n, each in enumerate(found, first):
        mean = each["mean"]
        yield Bar(0.0, mean, n - 0.32, n + 0.32, f"{role}-soft", beside(each))
        yield Bar(max(0.0, mean - 0.004 * most), mean, n - 0.32, n + 0.32, role)
        end = mean
        if each["low"] is not None and each["high"] > each["low"]:
            low = max(0.0, each["low"])
            yield Interval(low, each["high"], n, n, role)
            end = max(end, each["high"])
        yield Words(end, n, beside(each), dx=10)


def _of(material: Material, kind: str, stage: str) -> Document:
    name = f"threats_by_class_{column_word(kind)}_{stage}"
    return material.measures[name]  # type: ignore[no-any-return]


def _by_class(material: Material) -> Chart:
    """Return bars from 0 to 1 of each class: shot down, turned away or still flying, leaked."""
    marks: list[Mark] = []
    names = []
    for n, kind in enumerate(material.classes):
        get = {stage: _of(material, kind, stage) for stage in STAGES}
        total = get["launched"]["mean"] or 1.0
        killed, leaked = get["killed"]["mean"] / total, get["leaked"]["mean"] / total
        names.append(f"{kind.replace('-', ' ')}\n{number(total)} launched")
        top, bottom = n - 0.3, n + 0.3
        marks.append(Bar(0.0, killed, top, bottom, "kill-soft", f"{share(killed)} shot down"))
        if killed + leaked < 0.995:
            words = f"{share(1 - killed - leaked)} neither: turned away or still in flight"
            marks.append(Bar(killed, 1.0 - leaked, top, bottom, "chance-soft", words))
        marks.append(
            Bar(1.0 - leaked, 1.0, top, bottom, "leak-soft", f"{share(leaked)} leaked")
        )
        low, high = get["leaked"]["low"], get["leaked"]["high"]
        if low is not None and high > low:
            ends = (1.0 - min(high / total, 1.0), 1.0 - max(low / total, 0.0))
            marks.append(Interval(*ends, n + 0.22, n + 0.22, "leak"))
        if killed >= 0.12:
            marks.append(Words(0.0, n - 0.08, share(killed), "kill", dx=6, is_bold=True))
        elif killed > 0.0:
            marks.append(Words(killed, n - 0.08, share(killed), "kill", dx=8, is_bold=True))
        marks.append(Words(1.0, n - 0.08, share(leaked), "leak", "end", dx=-6, is_bold=True))
    marks += [
        Words(0.0, -0.6, "shot down", "kill", dx=6, dy=-4),
        Words(1.0, -0.6, "leaked", "leak", "end", dx=-6, dy=-4),
    ]
    says = "Shares of each class that were shot down and that leaked."
    x = Axis("share of those launched; line: 95 % interval", 0.0, 1.0, "share")
    return rows_chart("classes", says, x, names, marks, row=44)


def _table(material: Material) -> Table:
    rows = []
    kinds = [*material.classes, ""] if len(material.classes) > 1 else list(material.classes)
    for kind in kinds:
        get = {
            stage: _of(material, kind, stage)
            if kind
            else material.measures[f"threats_total_{stage}"]
            for stage in STAGES
        }
        cells = [number(get[stage]["mean"]) for stage in STAGES]
        name = kind.replace("-", " ") if kind else Cell("all", "strong")
        rows.append((name, *cells, interval(get["leaked"], "")))
    heads = ("class", *STAGES, "leaked, 95 % interval")
    return Table(heads, rows, tuple(range(1, 7)), "Means over all replications")
