"""A chart as hand-made SVG: it prints, scales and needs no script."""

from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from bartizan.reports.page.chart import Axis, Bar, Chart, Dot, Interval, Line, Words

WIDE, NARROW = 800, 340
"""Widths in pixels: of a desk's screen or a sheet of paper, and of a telephone."""
CHARACTER = 7.5
"""Mean width of a character at 13 pixels."""


class Frame(NamedTuple):
    """The rectangle inside the axes, in pixels, and what it shows."""

    left: float
    top: float
    right: float
    bottom: float
    x: Axis
    y: Axis

    def at_x(self, value: float) -> float:
        """Return where a value of the horizontal axis is."""
        share = (value - self.x.low) / (self.x.high - self.x.low)
        return self.left + share * (self.right - self.left)

    def at_y(self, value: float) -> float:
        """Return where a value of the vertical axis is; names count downwards."""
        share = (value - self.y.low) / (self.y.high - self.y.low)
        if self.y.falls:
            return self.top + share * (self.bottom - self.top)
        return self.bottom - share * (self.bottom - self.top)


def svg(chart: Chart, width: int) -> str:
    """Return a chart as an ``<svg>`` element of a width in pixels."""
    frame = _frame(chart, width)
    parts = [*_axes(chart, frame, width), *_clipped(chart, frame)]
    size = f'viewBox="0 0 {width} {chart.height}" width="{width}" height="{chart.height}"'
    words = escape(chart.says)
    return f'<svg {size} role="img" aria-label="{words}">{"".join(parts)}</svg>'


def label_width(names: tuple[str, ...], width: int) -> float:
    """Return how many pixels names at the left take, at most two fifths of the width."""
    longest = max((len(line) for name in names for line in name.split("\n")), default=0)
    return min(0.45 * width, longest * CHARACTER + 14.0)


def _frame(chart: Chart, width: int) -> Frame:
    if chart.y.names:
        left = label_width(chart.y.names, width)
    elif chart.has_rows:
        left = 6.0
    else:
        left = 16.0 + CHARACTER * max(len(chart.y.text(tick)) for tick in chart.y.ticks(5))
    top = 14.0 if chart.has_rows else 26.0
    right = width - chart.margin_right
    return Frame(left, top, right, chart.height - 44.0, chart.x, chart.y)


def _axes(chart: Chart, frame: Frame, width: int) -> Iterator[str]:
    if chart.y.names:
        for n, name in enumerate(chart.y.names):
            yield from _name(name, frame.left - 10.0, frame.at_y(n), frame.left / CHARACTER)
    elif not chart.has_rows:
        for tick in chart.y.ticks(5):
            y = frame.at_y(tick)
            yield _line(frame.left, y, frame.right, y, "s-grid", 1.0)
            yield _text(frame.left - 8.0, y + 4.0, chart.y.text(tick), "f-muted", "end")
        yield _text(0.0, 13.0, chart.y.title, "f-muted", "start")
    for tick in chart.x.ticks(chart.ticks):
        x = frame.at_x(tick)
        if chart.has_rows:
            yield _line(x, frame.top, x, frame.bottom, "s-grid", 1.0)
        yield _text(x, frame.bottom + 18.0, chart.x.text(tick), "f-muted", "middle")
    yield _line(frame.left, frame.bottom, frame.right, frame.bottom, "s-muted", 1.0)
    yield _text(frame.left, chart.height - 7.0, chart.x.title, "f-muted", "start")


def _name(name: str, x: float, y: float, most: float) -> Iterator[str]:
    lines = name.split("\n") if "\n" in name else _folded(name, int(most))
    first = y + 4.5 - 7.5 * (len(lines) - 1)
    for n, line in enumerate(lines):
        role = "f-ink" if n == 0 or "\n" not in name else "f-muted"
        yield _text(x, first + 15.0 * n, line, role, "end")


def _folded(name: str, most: int) -> list[str]:
    if len(name) <= most:
        return [name]
    words, lines = name.split(" "), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return [line if len(line) <= most else f"{line[: most - 1]}…" for line in lines[:2]]


def _clipped(chart: Chart, frame: Frame) -> Iterator[str]:
    for mark in chart.marks:
        yield DRAWN[type(mark)](mark, frame)


def _bar(mark: Bar, frame: Frame) -> str:
    xs = sorted((frame.at_x(mark.x0), frame.at_x(mark.x1)))
    ys = sorted((frame.at_y(mark.y0), frame.at_y(mark.y1)))
    size = f'width="{xs[1] - xs[0]:.1f}" height="{ys[1] - ys[0]:.1f}"'
    title = f"<title>{escape(mark.hover)}</title>" if mark.hover else ""
    return f'<rect x="{xs[0]:.1f}" y="{ys[0]:.1f}" {size} class="f-{mark.role}">{title}</rect>'


def _path(mark: Line, frame: Frame) -> str:
    points = [(frame.at_x(x), frame.at_y(y)) for x, y in zip(mark.xs, mark.ys, strict=True)]
    if not points:
        return ""
    steps = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for x, y in points[1:]:
        steps.append(f"H{x:.1f}V{y:.1f}" if mark.is_stepped else f"L{x:.1f} {y:.1f}")
    dash = ' stroke-dasharray="5 4"' if mark.is_dashed else ""
    shape = f'd="{"".join(steps)}" fill="none" stroke-width="{mark.width:g}"{dash}'
    return f'<path {shape} class="s-{mark.role}"/>'


def _interval(mark: Interval, frame: Frame) -> str:
    x0, x1, y0, y1 = (
        *(frame.at_x(mark.x0), frame.at_x(mark.x1)),
        *(frame.at_y(mark.y0), frame.at_y(mark.y1)),
    )
    across = (0.0, 4.0) if y0 == y1 else (4.0, 0.0)
    lines = [_line(x0, y0, x1, y1, f"s-{mark.role}", mark.width)]
    for x, y in ((x0, y0), (x1, y1)):
        ends = (x - across[0], y - across[1], x + across[0], y + across[1])
        lines.append(_line(*ends, f"s-{mark.role}", mark.width))
    return "".join(lines)


def _dot(mark: Dot, frame: Frame) -> str:
    x, y, r = frame.at_x(mark.x), frame.at_y(mark.y), mark.size / 2.0
    title = f"<title>{escape(mark.hover)}</title>" if mark.hover else ""
    if mark.shape == "cross":
        falls, rises = f"l{2 * r:g} {2 * r:g}", f"l{2 * r:g} {-2 * r:g}"
        d = f"M{x - r:.1f} {y - r:.1f}{falls}M{x - r:.1f} {y + r:.1f}{rises}"
        return f'<path d="{d}" stroke-width="2" class="s-{mark.role}">{title}</path>'
    if mark.shape == "tick":
        d = f"M{x:.1f} {y - r:.1f}v{2 * r:g}"
        return f'<path d="{d}" stroke-width="1.5" class="s-{mark.role}">{title}</path>'
    where = f'cx="{x:.1f}" cy="{y:.1f}" r="{r:g}"'
    if mark.shape == "hollow":
        return (
            f'<circle {where} class="f-ground s-{mark.role}" stroke-width="2">{title}</circle>'
        )
    return f'<circle {where} class="f-{mark.role}">{title}</circle>'


def _words(mark: Words, frame: Frame) -> str:
    x, y = frame.at_x(mark.x) + mark.dx, frame.at_y(mark.y) + mark.dy
    role = f"f-{mark.role} over" if mark.is_over else f"f-{mark.role}"
    return _text(x, y + 4.5, mark.text, role, mark.anchor, mark.is_bold)


def _line(x0: float, y0: float, x1: float, y1: float, role: str, width: float) -> str:
    ends = f'x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"'
    return f'<line {ends} class="{role}" stroke-width="{width:g}"/>'


def _text(x: float, y: float, text: str, role: str, anchor: str, is_bold: bool = False) -> str:
    weight = ' font-weight="600"' if is_bold else ""
    where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {where} class="{role}"{weight}>{escape(text)}</text>' if text else ""


DRAWN: dict[type, Callable[..., str]] = {
    Bar: _bar,
    Line: _path,
    Interval: _interval,
    Dot: _dot,
    Words: _words,
}
