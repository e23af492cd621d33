"""A plot of z against the standard normal, as SVG made by hand."""

from collections.abc import Sequence
from statistics import NormalDist

SIDE, MARGIN, REACH = 420, 46, 3.5


def normal_plot(z: Sequence[float]) -> str:
    """Return the SVG of sorted ``z`` against normal quantiles, and their diagonal."""
    quantiles = [NormalDist().inv_cdf((k + 0.5) / len(z)) for k in range(len(z))]
    ticks = [f"{_tick(t, is_below=True)}{_tick(t, is_below=False)}" for t in range(-3, 4)]
    dots = [
        f'<circle cx="{_x(q):.1f}" cy="{_y(_kept(value)):.1f}" r="4"/>'
        for q, value in zip(quantiles, sorted(z), strict=True)
    ]
    low, high = _x(-REACH), _x(REACH)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" role="img" '
        'font-family="sans-serif" font-size="12">'
        "<title>Simulated z against quantiles of the standard normal</title>"
        f'<rect width="{SIDE}" height="{SIDE}" fill="#ffffff"/>'
        f'<rect x="{low}" y="{low}" width="{high - low}" height="{high - low}" fill="none" '
        'stroke="#767676"/>'
        f'<line x1="{low}" y1="{high}" x2="{high}" y2="{low}" stroke="#767676" '
        'stroke-dasharray="4 4"/>'
        f'<g fill="#333333">{"".join(ticks)}</g>'
        f'<g fill="#0072b2" fill-opacity="0.8">{"".join(dots)}</g>'
        f'<text x="{SIDE / 2}" y="{SIDE - 8}" text-anchor="middle" fill="#333333">'
        "quantile of the standard normal</text>"
        f'<text x="14" y="{SIDE / 2}" text-anchor="middle" fill="#333333" '
        f'transform="rotate(-90 14 {SIDE / 2})">simulated z</text></svg>'
    )


def _x(value: float) -> float:
    return MARGIN + (value + REACH) / (2.0 * REACH) * (SIDE - 2 * MARGIN)


def _y(value: float) -> float:
    return SIDE - _x(value)


def _kept(value: float) -> float:
    return max(-REACH, min(REACH, value))


def _tick(value: int, is_below: bool) -> str:
    if is_below:
        return (
            f'<text x="{_x(value)}" y="{_y(-REACH) + 16}" text-anchor="middle">{value}</text>'
        )
    return f'<text x="{_x(-REACH) - 6}" y="{_y(value) + 4}" text-anchor="end">{value}</text>'
