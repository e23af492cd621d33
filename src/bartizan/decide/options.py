"""Options: what each fire unit could do about each threat at one planning."""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.decide.doctrine import DecidePlan
from bartizan.decide.path import end_path, predict_path
from bartizan.decide.picture import Picture
from bartizan.decide.window import feasible_window, is_announced, is_seen, sight_height_m
from bartizan.kernel import kernel
from bartizan.tracking.motion import height_sigma_m, is_ballistic, position_sigma_m
from bartizan.tracking.tracks import Tracks
from bartizan.world.force import ForcePlan, Magazines

PATH_STEP_S = 2.0
UNSEEN_SIGMA_MAX_M = 150.0  # assumed: no round at worse that no radar of the units sees
ANNOUNCED_REACTION = 0.3  # assumed: of the reaction time, as over a data link


class Options(NamedTuple):
    """Windows of m threats, u fire units, t interceptor types; nan where there is none."""

    like: Ints  # (u,) the last unit before it of the same site and figures; -1: none
    ready_s: Floats  # (u,) scratch: earliest launch at the threat under way
    n_met: Ints  # (u,) threats that it can meet

    launch_s: Floats  # (m, u, t) first launch
    intercept_s: Floats  # (m, u, t) first intercept
    last_launch_s: Floats  # (m, u, t) also of windows that a later planning decides about
    kill_probability: Floats  # (m, u, t) that the defender expects


def make_options(n_threat: int, n_unit: int, n_type: int) -> Options:
    """Return options without any window."""
    return Options(
        like=arrays.none(n_unit),
        ready_s=arrays.nan(n_unit),
        n_met=arrays.counts(n_unit),
        launch_s=arrays.nan(n_threat, n_unit, n_type),
        intercept_s=arrays.nan(n_threat, n_unit, n_type),
        last_launch_s=arrays.nan(n_threat, n_unit, n_type),
        kill_probability=arrays.zeros(n_threat, n_unit, n_type),
    )


def first_of(options: Options, n_threat: int) -> Options:
    """Return the windows of the first threats."""
    of_units, windows = options[:3], options[3:]
    return Options(*of_units, *(each[:n_threat] for each in windows))


@kernel
def find_options(
    plan: DecidePlan,
    force: ForcePlan,
    magazines: Magazines,
    tracks: Tracks,
    picture: Picture,
    rows: Ints,
    path: Floats,
    point: Floats,
    net: int,
    enough: Ints,
    now_s: float,
    options: Options,
) -> int:
    """Fill the windows of a net's units at the tracks in ``rows`` (m,); return at how many.

    ``path`` (g, 7) and ``point`` (7,) are scratch. No later tracks are looked at once
    each unit can meet as many as are ``enough`` (u,) for it.

    No intercept is looked for after the predicted arrival or the commit horizon.
    """
    list_like_units(force, options.like)
    options.n_met[:] = 0
    for threat in range(rows.shape[0]):
        if _has_enough(options, enough):
            return threat
        row = rows[threat]
        mean = tracks.mean[row]
        seen = is_seen(force, tracks, row, now_s)
        if not seen and position_sigma_m(tracks, row, now_s) > UNSEEN_SIGMA_MAX_M:
            continue
        n_path = predict_path(mean, tracks.time_s[row], now_s, PATH_STEP_S, path)
        n_path = end_path(path, n_path, now_s + picture.time_to_go_s[row])
        share = picture.reaction_share[row]
        if is_announced(force, tracks, row, now_s):
            share = min(share, ANNOUNCED_REACTION)
        sigma_m = height_sigma_m(tracks, row, now_s)
        falling = 1 if is_ballistic(mean[0], mean[1], mean[2], mean[3], mean[4], mean[5]) else 0
        for k in range(n_path):
            path[k, 6] = sight_height_m(path[k, 4], sigma_m, seen or falling == 1)
        for unit in range(force.unit_id.shape[0]):
            if force.unit_net[unit] != net:
                continue
            ready_s = now_s
            if picture.rounds_spent[row] == 0:
                ready_s += share * force.unit_reaction_s[unit]
            options.ready_s[unit] = max(ready_s, magazines.next_launch_s[unit])
            twin = options.like[unit]
            while twin >= 0 and options.ready_s[twin] != options.ready_s[unit]:
                twin = options.like[twin]
            if twin >= 0:
                _copy_unit(options, threat, twin, unit)
            else:
                _fill_unit(plan, force, path, n_path, point, falling, options, threat, unit)
            if _is_met(options, threat, unit):
                options.n_met[unit] += 1
    return int(rows.shape[0])


@kernel
def _has_enough(options: Options, enough: Ints) -> bool:
    """Tell whether each unit can meet enough threats."""
    n_lacking = 0
    for unit in range(enough.shape[0]):
        n_lacking += options.n_met[unit] < enough[unit]
    return n_lacking == 0


@kernel
def _is_met(options: Options, threat: int, unit: int) -> bool:
    """Tell whether a unit has a window at a threat."""
    for kind in range(options.launch_s.shape[2]):
        if not math.isnan(options.launch_s[threat, unit, kind]):
            return True
    return False


@kernel
def list_like_units(force: ForcePlan, like: Ints) -> None:
    """Write to ``like`` (u,) the last unit before each that has its windows; -1: none."""
    for unit in range(like.shape[0]):
        like[unit] = -1
        for other in range(unit):
            if _is_like(force, unit, other):
                like[unit] = other


@kernel
def _is_like(force: ForcePlan, unit: int, other: int) -> bool:
    """Tell whether two units have the same windows for the same time ready."""
    if force.unit_net[unit] != force.unit_net[other]:
        return False
    for axis in range(3):
        if force.unit_position_ecef_m[unit, axis] != force.unit_position_ecef_m[other, axis]:
            return False
    for kind in range(force.unit_fires.shape[1]):
        if force.unit_fires[unit, kind] != force.unit_fires[other, kind]:
            return False
    return bool(
        force.unit_antenna_height_m[unit] == force.unit_antenna_height_m[other]
        and force.unit_guidance_range_m[unit] == force.unit_guidance_range_m[other]
    )


@kernel
def _copy_unit(options: Options, threat: int, twin: int, unit: int) -> None:
    """Give a unit the windows of one that is like it and ready at the same time."""
    for kind in range(options.launch_s.shape[2]):
        options.launch_s[threat, unit, kind] = options.launch_s[threat, twin, kind]
        options.intercept_s[threat, unit, kind] = options.intercept_s[threat, twin, kind]
        options.last_launch_s[threat, unit, kind] = options.last_launch_s[threat, twin, kind]
        probability = options.kill_probability[threat, twin, kind]
        options.kill_probability[threat, unit, kind] = probability


@kernel
def _fill_unit(
    plan: DecidePlan,
    force: ForcePlan,
    path: Floats,
    n_path: int,
    point: Floats,
    falling: int,
    options: Options,
    threat: int,
    unit: int,
) -> None:
    """Fill the windows of one unit; ``falling`` is 1 for what falls, 0 for what flies."""
    ready_s = options.ready_s[unit]
    for kind in range(options.launch_s.shape[2]):
        if not force.unit_fires[unit, kind]:
            continue
        launch_s, intercept_s, last_s = feasible_window(
            force, unit, kind, path, n_path, ready_s, point
        )
        options.last_launch_s[threat, unit, kind] = last_s
        if math.isnan(launch_s) or launch_s > ready_s + plan.planning_period_s:
            continue  # none, or so late that a later planning decides it
        options.launch_s[threat, unit, kind] = launch_s
        options.intercept_s[threat, unit, kind] = intercept_s
        options.kill_probability[threat, unit, kind] = force.expected_kill[kind, falling]
