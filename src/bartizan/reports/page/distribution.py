"""How many threats got through: how often each number occurred."""

import numpy as np

from bartizan.reports.page.chart import Axis, Bar, Chart, Interval, Line, Mark, Words
from bartizan.reports.page.material import Material
from bartizan.reports.page.section import Drawing, Part, Prose, Section, Table, key
from bartizan.reports.page.words import band, interval, number, split, unbroken

MOST_BARS = 60
LEGEND = (
    key("bar", "leak-soft", "95 of 100 raids"),
    key("whisker", "ink", "95 % interval of the mean"),
)


def distribution(material: Material) -> Section:
    """Return the section of how many got through."""
    found = material.measures["leakers"]
    n = found["n"]
    lead = (
        f"In 95 of 100 raids between {band(found, sign=' and ')} get through; in half of them "
        f"not more than {number(found['median'])}."
    )
    if found["low"] is not None:
        lead += (
            f" The mean is {number(found['mean'])}, and a study of this size places it between "
            f"{interval(found, sign=' and ')} (95 % interval)."
        )
    parts: list[Part] = [
        Prose(lead),
        Drawing(_chart(material), f"Leakers in each of {n:,} replications", LEGEND),
    ]
    if material.is_drawn and not material.is_whole_design:
        parts.append(_made_of(material))
    return Section("distribution", "How many get through", parts)


def _chart(material: Material) -> Chart:
    found = material.measures["leakers"]
    values = material.columns["leakers"]
    values = values[~np.isnan(values)]
    least, most = values.min(), values.max()
    width = max(1, int(np.ceil((most - least + 1) / MOST_BARS)))
    edges = np.arange(least - 0.5, most + 0.5 + width, width)
    counts, _ = np.histogram(values, edges)
    top = float(counts.max())
    reach = max(most - least, 4.0)
    x = Axis("leakers", least - 0.08 * reach - 0.5, most + 0.08 * reach + 0.5)
    y = Axis("replications", 0.0, top * 1.45)
    ends = (found["band_low"] - 0.5, found["band_high"] + 0.5)
    marks: list[Mark] = [
        Bar(*ends, 0.0, top * 1.07, "leak-soft"),
        *(_bar(edges[k], width, count) for k, count in enumerate(counts) if count),
        Line([found["median"]] * 2, [0.0, top * 1.28], "ink", 1.5, is_dashed=True),
        Words(
            found["median"],
            top * 1.37,
            f"median {number(found['median'])}",
            anchor="middle",
            is_bold=True,
        ),
    ]
    if found["low"] is not None:
        low, high = max(found["low"], 0.0), found["high"]
        marks += [
            Interval(low, high, top * 1.17, top * 1.17),
            Words(high, top * 1.17, f"mean {number(found['mean'])}", anchor="end", dy=-10),
        ]
    says = (
        f"Histogram of leakers over {found['n']} replications, from {least:.0f} to {most:.0f}; "
        f"95 per cent lie between {found['band_low']:.0f} and {found['band_high']:.0f}."
    )
    return Chart("leakers", says, x, y, marks, 300)


def _bar(left: float, width: int, count: int) -> Bar:
    first, last = left + 0.5, left + width - 0.5
    who = f"{first:.0f}" if width == 1 else f"{first:.0f} to {last:.0f}"
    plural = "" if count == 1 else "s"
    gap = 0.06 * width
    return Bar(
        left + gap,
        left + width - gap,
        0.0,
        float(count),
        "leak",
        f"{who} leakers: {count} replication{plural}",
    )


def _made_of(material: Material) -> Table:
    """Return what the spread of the main measures is made of."""
    names = {
        "leakers": "leakers",
        "rounds_fired": "rounds fired",
        "assets_destroyed": "assets destroyed",
        "civil_lost": "civil aircraft lost",
    }
    rows = [
        (
            words,
            number(found["sd"]),
            number(found["figures_sd"]),
            number(found["chance_sd"]),
            split(found),
        )
        for name, words in names.items()
        if (found := material.measures.get(name))
    ]
    heads = ("", "standard deviation", "not known", "chance", unbroken("share not known"))
    return Table(heads, rows, (1, 2, 3), "What the spread is made of")
