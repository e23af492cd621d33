"""A chart for a telephone: fewer ticks, short labels, and names above their rows."""

from dataclasses import replace

from bartizan.reports.page.chart import Axis, Bar, Chart, Dot, Interval, Line, Mark, Words

NAME = 20
"""Pixels of a line above a row."""
CHARACTERS = 44


def narrow(chart: Chart) -> Chart:
    """Return a chart as it is drawn on some 340 pixels."""
    slim = replace(chart, ticks=4, marks=[_short(mark) for mark in chart.marks])
    if not chart.has_rows:
        return replace(slim, margin_right=min(chart.margin_right, 66))
    names = chart.y.names
    row = (chart.height - 58.0) / len(names)
    share = row / (row + NAME)
    marks = [_moved(mark, share) for mark in slim.marks]
    top = -0.5 + 0.5 * (1.0 - share) - 0.06
    for n, name in enumerate(names):
        text = name.replace("\n", " · ")
        text = text if len(text) <= CHARACTERS else f"{text[: CHARACTERS - 1]}…"
        marks.append(Words(chart.x.low, n + top, text))
    y = Axis("", chart.y.low, chart.y.high, is_downwards=True)
    height = chart.height + NAME * len(names)
    return replace(slim, y=y, marks=marks, height=height)


def _short(mark: Mark) -> Mark:
    return replace(mark, text=mark.short) if isinstance(mark, Words) and mark.short else mark


def _moved(mark: Mark, share: float) -> Mark:
    """Return a mark of a row, pressed together and put below the row's name."""

    def at(y: float) -> float:
        n = round(y)
        return n + (1.0 - share) / 2.0 + (y - n) * share

    if isinstance(mark, Bar | Interval):
        return replace(mark, y0=at(mark.y0), y1=at(mark.y1))
    if isinstance(mark, Line):
        return mark
    if isinstance(mark, Dot | Words):
        return replace(mark, y=at(mark.y))
    return mark
