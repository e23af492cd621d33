"""Labels of a map, each put where none stands yet."""

import math
from collections.abc import Sequence
from html import escape

from bartizan.arrays import Floats
from bartizan.reports.page.view import View

CHARACTER = 6.7
BESIDE = ((11, 0), (-11, 0), (0, -15), (0, 16), (11, -12), (11, 12), (-11, -12), (-11, 12))
"""Where a label may stand from a point: at its right, its left, above it, ..."""


class Labels:
    """Labels of a map, each put where none stands yet."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.boxes: list[tuple[float, float, float, float]] = [
            (0.0, view.height - 40.0, view.width / 4.0 + 20.0, view.height)
        ]
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        """All labels."""
        return "".join(self.parts)

    def take(self, x: float, y: float, half: float) -> None:
        """Keep labels off a mark."""
        self.boxes.append((x - half, y - half, x + half, y + half))

    def near(self, x: float, y: float, text: str, role: str, is_bold: bool) -> None:
        """Put a label beside a point, at the first of many places that is free."""
        width = len(text) * (CHARACTER + (0.6 if is_bold else 0.0))
        for away in (0.0, 14.0, 28.0, 42.0, 56.0):
            for dx, dy in BESIDE:
                left = dx - width if dx < 0 else dx if dx else -width / 2.0
                up = dy + math.copysign(away, dy or -1.0) if away else float(dy)
                if self._try(x + left, y + up, width, text, role, is_bold):
                    return

    def before(self, points: Floats, text: str, role: str) -> None:
        """Put a label where a way begins, on the side that it leaves."""
        x, y = points[0]
        ahead = points[min(len(points) - 1, 40)] - points[0]
        width = len(text) * CHARACTER
        back = (-8.0 - width, 0.0) if ahead[0] >= 0.0 else (8.0, 0.0)
        middle = (-width / 2.0, -12.0 if ahead[1] >= 0.0 else 13.0)
        along = (6.0, -11.0), (6.0, 13.0), (-6.0 - width, -11.0), (-6.0 - width, 13.0)
        for k in range(5):
            for dx, dy in (back, middle, *along):
                shift = k * 15.0 * (1.0 if dy > 0.0 else -1.0)
                if self._try(x + dx, y + dy + shift, width, text, role, False):
                    return

    def on_line(self, points: Floats, text: str, role: str) -> None:
        """Put a label on a line, at the first point of it that is free, from the top."""
        width = len(text) * CHARACTER
        for x, y in sorted(points.tolist(), key=lambda point: point[1]):
            if self._try(x - width / 2.0, y - 8.0, width, text, role, False):
                return

    def put(self, x: float, y: float, text: str, role: str, anchor: str) -> None:
        """Put a label in the middle of a place if it is free."""
        width = len(text) * CHARACTER
        self._try(x - width / 2.0, y, width, text, role, False)

    def _try(
        self, x: float, y: float, width: float, text: str, role: str, is_bold: bool
    ) -> bool:
        box = (x - 3.0, y - 9.0, x + width + 3.0, y + 7.0)
        inside = (
            box[0] > 2
            and box[1] > 2
            and box[2] < self.view.width - 2
            and box[3] < self.view.height - 2
        )
        if not inside or any(_meet(box, other) for other in self.boxes):
            return False
        self.boxes.append(box)
        weight = ' font-weight="600"' if is_bold else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y + 4:.1f}" class="f-{role} halo"{weight}>'
            f"{escape(text)}</text>"
        )
        return True


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
