"""The scan: every look that falls into a tick, and the plots that come of it.

Assumes: an object is looked at until its flight ends or it is killed; a look at it is one
decision, whatever else is near.
"""

import math

from bartizan.arrays import Floats
from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.sense.alarms import add_false_alarms
from bartizan.sense.beam import array_look_s, beam_pass_s, look_after_s
from bartizan.sense.chaff import add_chaff
from bartizan.sense.cues import Cues, cue_gain
from bartizan.sense.jamming import noise_rise
from bartizan.sense.look import Measurement, Outcome, echo_of, look_once
from bartizan.sense.looks import Looks
from bartizan.sense.order import order_plots
from bartizan.sense.perfect import report_all
from bartizan.sense.plots import Plots, add_radar_plot
from bartizan.sense.radar import Radar, SensePlan, SensorMode, radar_of
from bartizan.world.motion import position_velocity
from bartizan.world.truth import Phase, Targets, WorldPlan

MISSES_TO_LOSE = 3


@kernel
def scan(
    sense: SensePlan,
    world: WorldPlan,
    targets: Targets,
    looks: Looks,
    cues: Cues,
    silent_s: Floats,
    plots: Plots,
    events: Events,
    key: int,
    t0_s: float,
    t1_s: float,
) -> None:
    """Replace the plots by those of the tick (t0_s, t1_s].

    Parameters
    ----------
    sense, world
        Static tables.
    targets
        At the end of the tick; killed objects get no more looks.
    looks
        Calendar of looks, brought up to ``t1_s``.
    cues
        Where radars dwell; those of the last tick.
    silent_s
        (s,) when a defence block was put out of action; its radars make no plots any more.
    plots
        Cleared, filled and put in order; what did not fit is counted in ``lost``.
    events
        Detections won and lost are appended.
    key
        Of the run.
    t0_s, t1_s
        Start and end of the tick [s].
    """
    plots.size[0] = 0
    looks.detected_in_tick[:] = False
    if sense.perfect:
        report_all(world, targets, looks, plots, events, key, t1_s)
    else:
        for r in range(sense.sensor_id.shape[0]):
            radar = radar_of(sense, r)
            if radar.block >= 0 and silent_s[radar.block] <= t0_s:
                continue
            _look_at_all(radar, world, targets, looks, cues, plots, events, key, t0_s, t1_s)
            if world.chaff.cloud_id.shape[0] > 0:
                add_chaff(radar, world, targets, looks, cues, plots, key, t0_s, t1_s)
            add_false_alarms(plots, radar, key, t0_s, t1_s)
    order_plots(plots)


@kernel
def _look_at_all(
    radar: Radar,
    world: WorldPlan,
    targets: Targets,
    looks: Looks,
    cues: Cues,
    plots: Plots,
    events: Events,
    key: int,
    t0_s: float,
    t1_s: float,
) -> None:
    """Carry out the looks of a radar, of row r, at every object i that are due in the tick."""
    r = radar.sensor
    for i in range(world.target_id.shape[0]):
        if not _was_flying(targets, i, t0_s):
            continue
        time_s = looks.next_look_s[i, r]
        if math.isinf(time_s):
            time_s = look_after_s(radar, world, i, max(world.start_s[i], 0.0))
        while time_s <= t1_s and time_s <= world.end_s[i]:
            x, y, z, _, _, _ = position_velocity(world, i, time_s)
            gain = cue_gain(cues, radar.net, x, y, z)
            if world.jammer.shape[0] > 0:
                gain /= noise_rise(radar, world, targets, x, y, z, time_s)
            seen = look_once(radar, echo_of(world, i), key, looks.look[i, r], x, y, z, gain)
            kept = seen.outcome == Outcome.SEEN and _add_plot(plots, radar, time_s, seen)
            _note_look(looks, events, i, r, time_s, seen.outcome, kept)
            # Half a scan on, the beam points away from where the object can be by then.
            after_s = time_s + 0.5 * radar.scan_period_s
            # This is `look_after_s`; to hand the world on is dearer than an array's sum.
            if radar.mode == SensorMode.ROTATING:
                time_s = beam_pass_s(radar, world, i, after_s)
            else:
                time_s = array_look_s(radar, after_s)
        looks.next_look_s[i, r] = time_s


@kernel
def _add_plot(plots: Plots, radar: Radar, time_s: float, seen: Measurement) -> bool:
    return add_radar_plot(
        plots,
        radar,
        time_s,
        seen.range_m,
        seen.azimuth_rad,
        seen.elevation_rad,
        seen.snr_power,
        seen.iff_reply,
    )


@kernel
def _was_flying(targets: Targets, i: int, t0_s: float) -> bool:
    """Return whether object i flew after ``t0_s``, be it that it arrived within the tick."""
    phase = targets.phase[i]
    if phase == Phase.LEAKED or phase == Phase.LEFT:
        return bool(targets.ended_s[i] > t0_s)
    return bool(phase == Phase.FLYING)


@kernel
def _note_look(
    looks: Looks, events: Events, i: int, r: int, time_s: float, outcome: int, kept: bool
) -> None:
    """Note what came of a look, and log what changed by it."""
    looks.look[i, r] += 1
    if outcome != Outcome.OUTSIDE:
        looks.ever_covered[i] = True
        if outcome != Outcome.BELOW_HORIZON:
            looks.ever_above_horizon[i] = True
    misses = looks.misses[i, r]
    if kept:
        if misses < 0 or misses >= MISSES_TO_LOSE:
            log(events, time_s, EventKind.DETECTION_WON, i, r)
        looks.misses[i, r] = 0
        _note_detection(looks, i, time_s)
    elif misses >= 0:
        looks.misses[i, r] = misses + 1
        if misses + 1 == MISSES_TO_LOSE:
            log(events, time_s, EventKind.DETECTION_LOST, i, r)


@kernel
def _note_detection(looks: Looks, i: int, time_s: float) -> None:
    """Note a plot of object i; plots of different radars do not come in order of time."""
    looks.detected_in_tick[i] = True
    if not looks.first_detected_s[i] <= time_s:
        looks.first_detected_s[i] = time_s
    if not looks.last_detected_s[i] >= time_s:
        looks.last_detected_s[i] = time_s
