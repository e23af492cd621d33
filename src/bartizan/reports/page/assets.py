"""Which assets stand at the end, and what they took."""

from collections.abc import Iterator

from bartizan.reports.page.chart import Axis, Bar, Dot, Interval, Mark, Words, rows_chart
from bartizan.reports.page.material import Document, Material, column_word
from bartizan.reports.page.section import Drawing, Prose, Section, Table
from bartizan.reports.page.words import interval, number, share, unbroken


def assets(material: Material) -> Section | None:
    """Return the section of the assets; None where there is none."""
    names = [
        name
        for name in material.assets
        if f"assets_{column_word(name)}_destroyed" in material.measures
    ]
    if not names:
        return None
    get = material.measures
    of = {name: f"assets_{column_word(name)}" for name in names}
    names.sort(key=lambda name: -get[f"{of[name]}_value"]["mean"])
    marks: list[Mark] = []
    labels, rows = [], []
    for n, name in enumerate(names):
        found, value = get[f"{of[name]}_destroyed"], number(get[f"{of[name]}_value"]["mean"])
        labels.append(f"{name.replace('-', ' ')}\nvalue {value}")
        marks += _marks(n, found)
        at = get.get(f"{of[name]}_destroyed_s")
        hits = (number(get[f"{of[name]}_{what}"]["mean"]) for what in ("stands", "hits"))
        chance = (share(found["mean"]), interval(found, "no_leaker"))
        when = number(at["median"], "_s") if at else "–"
        rows.append((name.replace("-", " "), value, *hits, *chance, when))
    says = "; ".join(f"{row[0]}: destroyed in {row[4]}" for row in rows)
    x = Axis("probability that it stands at the end, 95 % interval", 0.0, 1.0, "share")
    chart = rows_chart("assets", says, x, labels, marks, margin_right=130, row=48)
    heads = (
        *("asset", "value", "hits that destroy", "hits taken", "destroyed", "95 % interval"),
        "when, median, min:s",
    )
    table = Table(heads, rows, (1, 2, 3, 4, 6))
    return Section(
        "assets", "What still stands", [Prose(_lead(material)), Drawing(chart), table]
    )


def _marks(n: int, found: Document) -> Iterator[Mark]:
    """Yield the row of an asset, by how often it was destroyed."""
    stands, told = 1.0 - found["mean"], share(1.0 - found["mean"])
    yield Bar(0.0, 1.0, n - 0.03, n + 0.03, "grid")
    if found["low"] is not None:
        low, high = 1.0 - found["high"], 1.0 - found["low"]
        told = unbroken(f"{told} ({100 * low:.0f}–{share(high)})")
        yield Interval(low, high, n, n, "kill", 2.5)
    yield Dot(stands, n, "kill", f"stands in {told} of raids", size=12)
    yield Words(1.0, n, told, dx=12)


def _lead(material: Material) -> str:
    stand, lost = material.measures["all_assets_stand"], material.measures["asset_value_lost"]
    return (
        f"All assets stand in {share(stand['mean'])} of raids (95 % interval "
        f"{interval(stand, 'no_leaker')}). On average {share(lost['mean'])} of their value is "
        f"lost ({interval(lost, 'no_leaker')})."
    )
