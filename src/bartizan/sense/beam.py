"""The calendar of looks: when a radar next sees an object.

Assumes: the beam turns steadily, whatever it sees; a phased array looks at its whole sector
at one time, once a scan period.
"""

import math

from bartizan.kernel import kernel
from bartizan.sense.radar import SensePlan, SensorMode
from bartizan.world.geodesy import polar_from_ecef
from bartizan.world.motion import position_velocity
from bartizan.world.truth import WorldPlan

PASS_STEPS = 6


@kernel
def _azimuth_turns(sense: SensePlan, world: WorldPlan, i: int, r: int, t_s: float) -> float:
    """Return the azimuth at which radar r sees object i, in turns in [0, 1)."""
    x, y, z, _, _, _ = position_velocity(world, i, t_s)
    _, azimuth, _ = polar_from_ecef(x, y, z, sense.position_ecef_m[r], sense.enu_from_ecef[r])
    return azimuth / (2.0 * math.pi)


@kernel
def _beam_pass_s(sense: SensePlan, world: WorldPlan, i: int, r: int, after_s: float) -> float:
    """Return when the beam of rotating radar r first passes object i after ``after_s`` [s].

    The beam is ahead of the object by part of a turn; it closes that at its own rate, less
    what the object moves meanwhile, found by a few fixed-point steps.

    Assumes: the object's azimuth turns slower than the beam.
    """
    period_s, phase = sense.scan_period_s[r], sense.scan_phase[r]
    gap = _azimuth_turns(sense, world, i, r, after_s) - phase - after_s / period_s
    pass_s = after_s + period_s * (gap - math.floor(gap))
    for _ in range(PASS_STEPS):
        gap = _azimuth_turns(sense, world, i, r, pass_s) - phase - pass_s / period_s
        step_s = period_s * (gap - math.floor(gap + 0.5))
        pass_s = max(pass_s + step_s, after_s)
        if abs(step_s) < 1e-9 * period_s:
            break
    return float(pass_s)


@kernel
def look_after_s(sense: SensePlan, world: WorldPlan, i: int, r: int, after_s: float) -> float:
    """Return the time of the first look of radar r at object i after ``after_s`` [s]."""
    if sense.mode[r] == SensorMode.ROTATING:
        return _beam_pass_s(sense, world, i, r, after_s)
    period_s, phase = sense.scan_period_s[r], sense.scan_phase[r]
    return float(period_s * (math.floor(after_s / period_s + phase) + 1.0 - phase))
