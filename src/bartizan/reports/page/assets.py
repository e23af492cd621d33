"""Which assets stand at the end, and what they took."""

from bartizan.reports.page.chart import Axis, Bar, Dot, Interval, Mark, Words, rows_chart
from bartizan.reports.page.material import Material, column_word
from bartizan.reports.page.section import Drawing, Prose, Section, Table
from bartizan.reports.page.words import interval, number, share


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
        found = get[f"{of[name]}_destroyed"]
        stands, low, high = 1.0 - found["mean"], 1.0 - found["high"], 1.0 - found["low"]
        value = number(get[f"{of[name]}_value"]["mean"])
        labels.append(f"{name.replace('-', ' ')}\nvalue {value}")
        told = f"{share(stands)} ({100 * low:.0f}–{share(high)})"
        words = f"stands in {told} of raids, 95 % interval"
        marks += [
            Bar(0.0, 1.0, n - 0.03, n + 0.03, "grid"),
            Interval(low, high, n, n, "kill", 2.5),
            Dot(stands, n, "kill", words, size=12),
            Words(1.0, n, told, dx=12),
        ]
        at = get.get(f"{of[name]}_destroyed_s")
        rows.append(
            (
                name.replace("-", " "),
                value,
                number(get[f"{of[name]}_stands"]["mean"]),
                number(get[f"{of[name]}_hits"]["mean"]),
                share(found["mean"]),
                interval(found, "no_leaker"),
                number(at["median"], "_s") if at else "–",
            )
        )
    says = "; ".join(f"{row[0]}: destroyed in {row[3]}" for row in rows)
    x = Axis("probability that it stands at the end, 95 % interval", 0.0, 1.0, "share")
    chart = rows_chart("assets", says, x, labels, marks, margin_right=130, row=48)
    stand, lost = get["all_assets_stand"], get["asset_value_lost"]
    words = (
        f"All assets stand in {share(stand['mean'])} of raids (95 % interval "
        f"{interval(stand, 'no_leaker')}). On average {share(lost['mean'])} of their value "
        "is lost "
        f"({interval(lost, 'no_leaker')})."
    )
    heads = (
        *("asset", "value", "hits that destroy", "hits taken", "destroyed", "95 % interval"),
        "when, median, min:s",
    )
    table = Table(heads, rows, (1, 2, 3, 4, 6))
    return Section("assets", "What still stands", [Prose(words), Drawing(chart), table])
