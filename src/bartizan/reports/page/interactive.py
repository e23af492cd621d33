"""A chart as a plotly figure: the same axes and marks, with what the pointer rests on told.

Its colours are those of day; the page's script puts those of night in their place.
"""

import base64
import gzip
from collections.abc import Iterator
from functools import cache
from typing import Any

from bartizan.reports.page.chart import Axis, Bar, Chart, Dot, Interval, Line, Words
from bartizan.reports.page.palette import light

FONT = "system-ui, sans-serif"
SYMBOLS = {"circle": "circle", "cross": "x-thin", "hollow": "circle-open", "tick": "line-ns"}


@cache
def bundle() -> str:
    """Return plotly's script, compressed and as base64: 2 MB in place of 4.8."""
    from plotly.offline import get_plotlyjs

    packed = gzip.compress(get_plotlyjs().encode(), 9, mtime=0)
    return base64.b64encode(packed).decode()


def figure_json(chart: Chart) -> str:
    """Return a chart as the JSON of a plotly figure, checked against plotly's schema."""
    import plotly.graph_objects as go

    figure = go.Figure(list(_traces(chart)), _layout(chart))
    # Data must not end the script element that holds them.
    return str(figure.to_json(engine="json")).replace("</", "<\\/")


def _traces(chart: Chart) -> Iterator[dict[str, Any]]:
    for mark in chart.marks:
        if isinstance(mark, Bar):
            yield _bar(mark)
        elif isinstance(mark, Line):
            yield _line(mark)
        elif isinstance(mark, Interval):
            yield _interval(mark)
    yield from _dots(chart)


def _bar(mark: Bar) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [min(mark.x0, mark.x1)],
        "x": [abs(mark.x1 - mark.x0)],
        "y": [(mark.y0 + mark.y1) / 2.0],
        "width": [abs(mark.y1 - mark.y0)],
        "marker": {"color": light(mark.role), "line": {"width": 0}},
        "textposition": "none",
        **_hover(mark.hover),
    }


def _line(mark: Line) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(mark.xs),
        "y": list(mark.ys),
        "line": {
            "color": light(mark.role),
            "width": mark.width,
            "shape": "hv" if mark.is_stepped else "linear",
            "dash": "dash" if mark.is_dashed else "solid",
        },
        "cliponaxis": False,
        **_hover(mark.hover),
    }


def _interval(mark: Interval) -> dict[str, Any]:
    middle = ((mark.x0 + mark.x1) / 2.0, (mark.y0 + mark.y1) / 2.0)
    bars = {"color": light(mark.role), "thickness": mark.width, "width": 4}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [middle[0]],
        "y": [middle[1]],
        "marker": {"opacity": 0},
        "cliponaxis": False,
        "error_x": {
            "array": [abs(mark.x1 - mark.x0) / 2.0],
            "visible": mark.y0 == mark.y1,
            **bars,
        },
        "error_y": {
            "array": [abs(mark.y1 - mark.y0) / 2.0],
            "visible": mark.y0 != mark.y1,
            **bars,
        },
        **_hover(""),
    }


def _dots(chart: Chart) -> Iterator[dict[str, Any]]:
    """Yield one trace for all dots that look alike."""
    alike: dict[tuple[str, str, float], list[Dot]] = {}
    for mark in chart.marks:
        if isinstance(mark, Dot):
            alike.setdefault((mark.role, mark.shape, mark.size), []).append(mark)
    for (role, shape, size), dots in alike.items():
        colour = light(role)
        yield {
            "type": "scatter",
            "mode": "markers",
            "x": [dot.x for dot in dots],
            "y": [dot.y for dot in dots],
            "marker": {
                "color": colour,
                "size": size,
                "symbol": SYMBOLS[shape],
                "line": {"color": colour, "width": 0 if shape == "circle" else 2},
            },
            "cliponaxis": False,
            "text": [dot.hover for dot in dots],
            "hovertemplate": "%{text}<extra></extra>",
            "hoverinfo": "text" if any(dot.hover for dot in dots) else "skip",
            "showlegend": False,
        }


def _hover(words: str) -> dict[str, Any]:
    if not words:
        return {"hoverinfo": "skip", "showlegend": False}
    return {
        "text": words,
        "hovertemplate": "%{text}<extra></extra>",
        "showlegend": False,
    }


def _layout(chart: Chart) -> dict[str, Any]:
    words = [mark for mark in chart.marks if isinstance(mark, Words)]
    top = 14 if chart.has_rows else 26
    return {
        "template": None,
        "height": chart.height,
        "margin": {"l": 8, "r": chart.margin_right, "t": top, "b": 44},
        "barmode": "overlay",
        "bargap": 0,
        "showlegend": False,
        "hovermode": "closest",
        "paper_bgcolor": light("ground"),
        "plot_bgcolor": light("ground"),
        "font": {"family": FONT, "size": 13, "color": light("ink")},
        "hoverlabel": {
            "bgcolor": light("panel"),
            "bordercolor": light("muted"),
            "font": {"family": FONT, "size": 13, "color": light("ink")},
            "align": "left",
        },
        "xaxis": _axis(chart.x, chart.has_rows, chart.ticks),
        "yaxis": {
            **_axis(chart.y, not chart.has_rows, 5),
            "showticklabels": bool(chart.y.names) or not chart.has_rows,
        },
        "annotations": [*map(_annotation, words), *_titles(chart)],
    }


def _axis(axis: Axis, has_grid: bool, most: int) -> dict[str, Any]:
    ticks = axis.ticks(most)
    texts = [name.replace("\n", "<br>") for name in axis.names] or [axis.text(t) for t in ticks]
    ends = [axis.high, axis.low] if axis.falls else [axis.low, axis.high]
    return {
        "range": ends,
        "tickvals": ticks,
        "ticktext": texts,
        "tickfont": {"color": light("ink" if axis.names else "muted"), "size": 13},
        "showgrid": has_grid,
        "gridcolor": light("grid"),
        "zeroline": False,
        "automargin": bool(axis.names) or not axis.is_downwards,
        "tickangle": 0,
        "ticklabeloverflow": "allow",
        "ticklabelstandoff": 6 if axis.names else 2,
        "fixedrange": axis.falls,
    }


def _annotation(mark: Words) -> dict[str, Any]:
    text = f"<b>{mark.text}</b>" if mark.is_bold else mark.text
    return {
        "x": mark.x,
        "y": mark.y,
        "text": text,
        "showarrow": False,
        "xanchor": {"start": "left", "middle": "center", "end": "right"}[mark.anchor],
        "yanchor": "middle",
        "xshift": mark.dx,
        "yshift": -mark.dy,
        "font": {"color": light(mark.role), "size": 13},
        **({"bgcolor": light("ground"), "borderpad": 1} if mark.is_over else {}),
    }


def _titles(chart: Chart) -> Iterator[dict[str, Any]]:
    """Yield the titles of the axes: both begin at the left, so that none is turned or cut."""
    style = {"showarrow": False, "font": {"color": light("muted"), "size": 13}}
    paper = {"x": 0, "xref": "paper", "yref": "paper", "xanchor": "left", **style}
    yield {"y": 0, "yanchor": "top", "yshift": -22, "text": chart.x.title, **paper}
    if chart.y.title:
        yield {"y": 1, "yanchor": "bottom", "yshift": 4, "text": chart.y.title, **paper}
