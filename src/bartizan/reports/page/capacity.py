"""How large a raid the defence holds: the probability that none gets through, by its size."""

from bartizan.reports.page.chart import Axis, Chart, Dot, Interval, Line, Mark, Words
from bartizan.reports.page.material import Document, Material
from bartizan.reports.page.section import Drawing, Prose, Section, Table, key
from bartizan.reports.page.words import number, share

LEGEND = (
    key("dot", "kill", "held: the whole interval above the level"),
    key("dot", "chance", "undecided"),
    key("dot", "leak", "not held"),
)
ROLES = {"held": "kill", "not held": "leak"}


def capacity(material: Material) -> Section | None:
    """Return the section of the capacity; None where it was not sought."""
    found = material.study.get("capacity")
    if not found or not found["curve"]:
        return None
    curve, level = found["curve"], found["level"]
    sizes = [float(row["size"]) for row in curve]
    reach = max(sizes) - min(sizes) or 1.0
    x = Axis(found["path"], min(sizes) - 0.06 * reach, max(sizes) + 0.1 * reach)
    y = Axis("P(no leaker)", 0.0, 1.06)
    marks: list[Mark] = [
        Line([x.low, x.high], [level, level], "muted", 1.5, is_dashed=True),
        Words(x.high, level, f"level {level:g}", "muted", "end", dy=-11),
        Line(sizes, [row["p"] for row in curve], "grid", 2.0),
    ]
    for size, row in zip(sizes, curve, strict=True):
        role = ROLES.get(row["verdict"], "chance")
        ends = f"{number(row['low'])} to {number(row['high'])}"
        words = f"{row['size']}: {number(row['p'])} ({ends}), {row['verdict']}"
        marks += [
            Interval(size, size, row["low"], row["high"], role),
            Dot(size, row["p"], role, words, size=11),
        ]
    rows = [
        (
            f"{row['size']:,}", number(row["p"]),
            f"{number(row['low'])} to {number(row['high'])}", f"{row['n']:,}", row["verdict"],
        )
        for row in curve
    ]  # fmt: skip
    heads = (found["path"], "P(no leaker)", "interval", "replications", "verdict")
    says = "; ".join(f"{row[0]}: {row[1]}" for row in rows)
    chart = Chart("capacity", says, x, y, marks, 320)
    return Section(
        "capacity",
        "How much it holds",
        [
            Prose(
                f"{words_of(found)} Held: P(no leaker) above {level:g}. All looks together are "
                f"{share(found['confidence'])} sure."
            ),
            Drawing(chart, "Probability that none gets through, by size", LEGEND),
            Table(heads, rows, (0, 1, 3)),
        ],
    )


def words_of(found: Document) -> str:
    """Return what was found of a capacity, in one sentence."""
    path, held, lost = found["path"], found["held"], found["not_held"]
    if held is None:
        unknown = f"No {path} that was tried is surely held"
        return (
            f"{unknown}; {lost:,} and more surely are not."
            if lost is not None
            else f"{unknown}."
        )
    if lost is None:
        return f"The defence holds {path} up to {held:,}, the most that was asked."
    return f"The defence holds {path} up to {held:,}, and not from {lost:,} on."
