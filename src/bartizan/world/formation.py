"""Formation: how far each object of a group keeps from the group's own path."""

import math

from bartizan.rng import Purpose, draw4

# Each object is drawn within this share of its own slot of a spread.
_JITTER = 0.5


def spread_m(width_m: float, k: int, count: int, key: int, target_id: int) -> float:
    """Return how far to the right object ``k`` of ``count`` starts within a spread.

    The width is cut in equal slots; each object is drawn in the middle half of its own.
    """
    slot = width_m / count
    u = draw4(key, Purpose.SCHEDULE.value, target_id, 0, 0)[0]
    return (k + 0.5 + _JITTER * (u - 0.5)) * slot - 0.5 * width_m


def formation_m(
    formation: str, spacing_m: float, k: int, count: int, key: int, target_id: int
) -> tuple[float, float]:
    """Return how far to the right and ahead of its group object ``k`` of ``count`` flies.

    Parameters
    ----------
    formation
        ``line`` abreast, ``column``, ``wedge`` (the first leads) or ``scatter`` (drawn in a
        square that holds one object per spacing squared).
    spacing_m
        Between neighbours.
    k, count
        Which of how many.
    key, target_id
        Of the draw.
    """
    if formation == "column":
        return 0.0, -k * spacing_m
    if formation == "wedge":
        rank = (k + 1) // 2
        return (rank if k % 2 else -rank) * spacing_m, -rank * spacing_m
    if formation == "scatter":
        side = spacing_m * math.sqrt(count)
        _, u, v, _ = draw4(key, Purpose.SCHEDULE.value, target_id, 0, 0)
        return (u - 0.5) * side, (v - 0.5) * side
    return (k - 0.5 * (count - 1)) * spacing_m, 0.0
