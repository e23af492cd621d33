"""Which assets stand at the end, and what they took."""

from bartizan.reports.page.chart import Axis, Bar, Dot, Interval, Mark, Words, rows_chart
from bartizan.reports.page.material import Material, column_word
from bartizan.reports.page.section import Drawing, Prose, Section, Table
from bartizan.reports.studied import number


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
        words = f"stands in {stands:.0%} of raids, 95 % interval {low:.0%} to {high:.0%}"
        marks += [
            Bar(0.0, 1.0, n - 0.03, n + 0.03, "grid"),
            Interval(low, high, n, n, "kill", 2.5),
            Dot(stands, n, "kill", words, size=12),
            Words(1.0, n, f"{stands:.0%}  ({low:.0%}–{high:.0%})", dx=12),
        ]
        at = get.get(f"{of[name]}_destroyed_s")
        rows.append(
            (
                name.replace("-", " "),
                value,
                f"{number(get[f'{of[name]}_hits']['mean'])} of {number(get[f'{of[name]}_stands']['mean'])}",
                f"{found['mean']:.0%}",
                f"{found['low']:.0%} to {found['high']:.0%}",
                number(at["median"], "_s") if at else "–",
            )
        )
    says = "; ".join(f"{row[0]}: destroyed in {row[3]}" for row in rows)
    x = Axis("probability that it stands at the end, 95 % interval", 0.0, 1.0, "share")
    chart = rows_chart("assets", says, x, labels, marks, margin_right=130, row=48)
    stand, lost = get["all_assets_stand"], get["asset_value_lost"]
    words = (
        f"All assets stand in {stand['mean']:.0%} of raids ({interval_share(stand)}). "
        f"On average {lost['mean']:.0%} of their value is lost ({interval_share(lost)})."
    )
    heads = ("asset", "value", "hits, of those it stands", "destroyed", "95 % interval", "median time, min:s")
    table = Table(heads, rows, (1, 2, 3, 5))
    return Section("assets", "What still stands", [Prose(words), Drawing(chart), table])


def interval_share(found: dict[str, float]) -> str:
    """Return the interval of a share in per cent."""
    if found["low"] is None:
        return "no interval"
    low, high = max(0.0, found["low"]), min(1.0, found["high"])
    return f"95 % interval {low:.0%} to {high:.0%}"


