"""Cues: where another net says that something is, so that radars dwell there.

`decide` writes them from forwarded tracks; the looks of the next tick heed them.
"""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel


class Cues(NamedTuple):
    """At most c places; ``size[0]`` rows are filled."""

    size: Ints  # (1,)
    net: Ints  # (c,) whose radars it points
    position_ecef_m: Floats  # (c, 3)
    radius_m: Floats  # (c,) the object is within it
    gain: Floats  # (c,) factor on the signal-to-noise ratio of looks there


def make_cues(capacity: int) -> Cues:
    """Return room for ``capacity`` cues."""
    return Cues(
        size=arrays.counts(1),
        net=arrays.none(capacity),
        position_ecef_m=arrays.zeros(capacity, 3),
        radius_m=arrays.zeros(capacity),
        gain=arrays.zeros(capacity),
    )


@kernel
def cue_gain(cues: Cues, net: int, x_m: float, y_m: float, z_m: float) -> float:
    """Return the factor on the signal of a net's look at an ECEF place; 1 without a cue."""
    gain = 1.0
    for row in range(cues.size[0]):
        if cues.net[row] != net:
            continue
        place, radius_m = cues.position_ecef_m[row], cues.radius_m[row]
        dx, dy, dz = place[0] - x_m, place[1] - y_m, place[2] - z_m
        if dx * dx + dy * dy + dz * dz <= radius_m * radius_m:
            gain = max(gain, cues.gain[row])
    return gain
