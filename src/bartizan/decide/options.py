"""Options: what each fire unit could do about each threat at one planning."""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.decide.doctrine import DecidePlan
from bartizan.decide.path import predict_path
from bartizan.decide.picture import Picture
from bartizan.decide.window import feasible_window
from bartizan.kernel import kernel
from bartizan.tracking.motion import is_ballistic
from bartizan.tracking.tracks import Tracks
from bartizan.world.force import ForcePlan, Magazines

PATH_STEP_S = 2.0


class Options(NamedTuple):
    """Windows of m threats, u fire units, t interceptor types; nan where there is none."""

    launch_s: Floats  # (m, u, t) first launch
    intercept_s: Floats  # (m, u, t) first intercept
    last_launch_s: Floats  # (m, u, t)
    kill_probability: Floats  # (m, u, t) that the defender expects


def make_options(n_threat: int, n_unit: int, n_type: int) -> Options:
    """Return options without any window."""
    return Options(
        launch_s=arrays.nan(n_threat, n_unit, n_type),
        intercept_s=arrays.nan(n_threat, n_unit, n_type),
        last_launch_s=arrays.nan(n_threat, n_unit, n_type),
        kill_probability=arrays.zeros(n_threat, n_unit, n_type),
    )


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
    now_s: float,
    options: Options,
) -> None:
    """Fill the windows of the tracks in ``rows`` (m,); ``path`` (g, 6), ``point`` (6,) scratch.

    No intercept is looked for after the predicted arrival or the commit horizon.
    """
    n_unit, n_type = magazines.rounds.shape
    for threat in range(rows.shape[0]):
        row = rows[threat]
        mean = tracks.mean[row]
        n_path = predict_path(mean, tracks.time_s[row], now_s, PATH_STEP_S, path)
        arrival = picture.time_to_go_s[row] / PATH_STEP_S
        if arrival < n_path:
            n_path = max(1, int(arrival) + 1)
        falling = 1 if is_ballistic(mean[0], mean[1], mean[2], mean[3], mean[4], mean[5]) else 0
        for unit in range(n_unit):
            ready_s = now_s
            if picture.rounds_spent[row] == 0:
                ready_s += force.unit_reaction_s[unit]
            ready_s = max(ready_s, magazines.next_launch_s[unit])
            for kind in range(n_type):
                if not force.unit_fires[unit, kind]:
                    continue
                launch_s, intercept_s, last_s = feasible_window(
                    force, unit, kind, path, n_path, ready_s, point
                )
                if math.isnan(launch_s) or launch_s > ready_s + plan.planning_period_s:
                    continue  # none, or so late that a later planning decides it
                options.launch_s[threat, unit, kind] = launch_s
                options.intercept_s[threat, unit, kind] = intercept_s
                options.last_launch_s[threat, unit, kind] = last_s
                options.kill_probability[threat, unit, kind] = force.expected_kill[
                    kind, falling
                ]
