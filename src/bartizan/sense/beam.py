"""The calendar of looks: when a radar next sees an object.

Assumes: the beam turns steadily, whatever it sees; a phased array looks at its whole sector
at one time, once a scan period.
"""

import math

from bartizan.kernel import kernel
from bartizan.sense.radar import Radar, SensorMode
from bartizan.world.motion import State, position_velocity
from bartizan.world.truth import WorldPlan

PASS_STEPS = 6
# Of a scan: the step after one as short as this no longer matters.
PASS_TOLERANCE = 1e-3


@kernel
def look_after_s(radar: Radar, world: WorldPlan, i: int, after_s: float) -> float:
    """Return the time of the first look of a radar at object i after ``after_s`` [s]."""
    if radar.mode == SensorMode.ROTATING:
        return beam_pass_s(radar, world, i, after_s)
    return array_look_s(radar, after_s)


@kernel
def array_look_s(radar: Radar, after_s: float) -> float:
    """Return when a phased array first looks after ``after_s`` [s]."""
    scan = math.floor(after_s / radar.scan_period_s + radar.scan_phase) + 1.0
    return radar.scan_period_s * (scan - radar.scan_phase)


@kernel
def beam_pass_s(radar: Radar, world: WorldPlan, i: int, after_s: float) -> float:
    """Return when a rotating beam first passes object i after ``after_s`` [s].

    Newton's method on the part of a turn that the beam is behind the object.

    Assumes: the object's azimuth turns at less than half of the beam's rate; one that flies
    right over the radar is looked at some time within the next two scans.
    """
    latest_s = after_s + 2.0 * radar.scan_period_s
    beam_per_s = 1.0 / radar.scan_period_s
    pass_s = after_s
    for step in range(PASS_STEPS):
        turns, turns_per_s = _azimuth_turns(radar, position_velocity(world, i, pass_s))
        behind = turns - radar.scan_phase - pass_s * beam_per_s
        # Ahead in time at first, then to the nearest pass.
        behind -= math.floor(behind if step == 0 else behind + 0.5)
        step_s = behind / max(beam_per_s - turns_per_s, 0.5 * beam_per_s)
        pass_s = min(max(pass_s + step_s, after_s), latest_s)
        if abs(step_s) < PASS_TOLERANCE * radar.scan_period_s:
            break
    return pass_s


@kernel
def _azimuth_turns(radar: Radar, state: State) -> tuple[float, float]:
    """Return the azimuth of an object in turns, and its rate in turns a second."""
    R, site = radar.enu_from_ecef, radar.position_ecef_m
    x, y, z = state[0] - site[0], state[1] - site[1], state[2] - site[2]
    # East lies in the equator's plane: R[0, 2] is 0.
    east, north = R[0, 0] * x + R[0, 1] * y, R[1, 0] * x + R[1, 1] * y + R[1, 2] * z
    east_rate = R[0, 0] * state[3] + R[0, 1] * state[4]
    north_rate = R[1, 0] * state[3] + R[1, 1] * state[4] + R[1, 2] * state[5]
    rate = (east_rate * north - north_rate * east) / max(east * east + north * north, 1.0)
    return math.atan2(east, north) / (2.0 * math.pi), rate / (2.0 * math.pi)
