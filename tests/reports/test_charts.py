"""Charts as descriptions: both drawings of one agree, axes are round, telephones get theirs."""

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.reports.page.chart import Axis, Bar, Chart, Dot, Interval, Line, Words, rows_chart
from bartizan.reports.page.interactive import figure_json
from bartizan.reports.page.narrow import narrow
from bartizan.reports.page.palette import PALETTE
from bartizan.reports.page.svg import svg

MARKS = (
    Bar(0.0, 4.0, -0.3, 0.3, "leak-soft", "four"),
    Interval(3.0, 5.0, 0.0, 0.0, "leak"),
    Dot(4.0, 0.0, "leak", "four"),
    Bar(0.0, 8.0, 0.7, 1.3, "kill-soft", "eight"),
    Dot(8.0, 1.0, "kill", "eight"),
    Words(8.0, 1.0, "eight <&>", dx=10),
)
ROWS = rows_chart("rows", "Four and eight.", Axis("number", 0.0, 10.0), ["one", "two"], MARKS)
OVER_TIME = Chart(
    "steps",
    "Steps.",
    Axis("minutes", 0.0, 600.0, "clock"),
    Axis("rounds", 0.0, 10.0),
    (Line([0.0, 300.0, 600.0], [0.0, 5.0, 5.0], "kill", is_stepped=True),),
)


def contrast(one, other):
    """Return the contrast of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((role, "ground") for role in ("ink", "muted", "leak", "kill", "unknown", "alert")),
        *(("ink", ground) for ground in ("panel", "alert-soft", "sea", "land")),
        *(("leak", "leak-soft"), ("kill", "kill-soft"), ("kill", "leak-soft")),
        *(("leak", "sea"), ("kill", "sea"), ("muted", "panel")),
    ],
)
def test_words_can_be_read_on_their_ground(scheme, text, ground):
    colours = (getattr(PALETTE[role], scheme) for role in (text, ground))
    assert contrast(*colours) >= 4.5


def test_no_two_roles_share_a_colour_by_day():
    """The page's script tells roles by their colour of day."""
    assert len({colour.light for colour in PALETTE.values()}) == len(PALETTE)


@pytest.mark.parametrize("chart", [ROWS, OVER_TIME], ids=["rows", "steps"])
def test_plotly_and_svg_draw_the_same(chart):
    figure = json.loads(figure_json(chart))
    bars = [mark for mark in chart.marks if isinstance(mark, Bar)]
    drawn = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert [(t["base"][0], t["x"][0]) for t in drawn] == [(b.x0, b.x1 - b.x0) for b in bars]
    still = svg(chart, 800)
    widths = [float(w) for w in re.findall(r'<rect [^>]*width="([\d.]+)"', still)]
    assert len(widths) == len(bars)
    for (one, wide), (other, narrow_) in pairwise(zip(bars, widths, strict=True)):
        assert wide / narrow_ == pytest.approx((one.x1 - one.x0) / (other.x1 - other.x0), 0.01)
    assert "eight <" not in still
    assert chart.says in still


@given(
    st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 9),
    st.sampled_from(["number", "share", "clock", "money"]),
)  # fmt: skip
def test_ticks_are_few_and_equally_far_apart(low, width, most, kind):
    axis = Axis("", low, low + width, kind)
    ticks = axis.ticks(most)
    assert len(ticks) <= most + 1
    steps = [b - a for a, b in pairwise(ticks)]
    assert all(step == pytest.approx(steps[0], rel=1e-6) for step in steps)
    assert all(low - 1e-6 * width <= tick <= low + 1.000001 * width for tick in ticks)


def test_a_telephone_has_names_above_rows_and_keeps_every_mark():
    slim = narrow(ROWS)
    assert not slim.y.names
    assert {"one", "two"} <= {mark.text for mark in slim.marks if isinstance(mark, Words)}
    for before, after in zip(ROWS.marks, slim.marks, strict=False):
        assert type(before) is type(after)
        if isinstance(before, Dot):
            assert round(after.y) == before.y
            assert after.y > before.y
            assert after.x == before.x
    assert svg(slim, 340).count("<circle") == svg(ROWS, 800).count("<circle")


def test_data_cannot_end_the_script_that_holds_them():
    chart = rows_chart("x", "x", Axis("x", 0.0, 1.0), ["</script><b>"], [])
    text = figure_json(chart)
    assert "</" not in text
    assert json.loads(text)["layout"]["yaxis"]["ticktext"] == ["</script><b>"]
