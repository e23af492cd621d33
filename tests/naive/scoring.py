"""Slow twins of `bartizan.scoring`: the definitions applied to the whole history of a run.

A history is a list of moments, one a tick; each holds copies of the tables at its end.
"""

import numpy as np

from bartizan.world.truth import Phase, Side
from tests.naive.decide import confirmed, fallen, is_ballistic
from tests.naive.gospa import gospa


def leak_cause(covered, above, detected, tracked, link, engaged, met, took_other) -> int:
    """Walk down the chain; the first link that is missing is the cause."""
    if engaged:
        return 10 if took_other and not met else 9
    after_tracking = {0: 4, 1: 5, 2: 6, 3: 7, 4: 8}
    chain = [(covered, 0), (above, 1), (detected, 2), (tracked, 3)]
    for is_there, cause in chain:
        if not is_there:
            return cause
    return after_tracking[link]


# ---- the funnel


def last_track(history, target):
    """Id of the last track that an object ever had; -1: none."""
    ids = [m.tracks.track_id[m.assigned[target]] for m in history if m.assigned[target] >= 0]
    return int(ids[-1]) if ids else -1


def is_tracked(history, target):
    """A track at three looks in a row; a tick of several looks counts as one."""
    made = [0] + [int(m.looks.look[target].sum()) for m in history]
    had = [
        moment.assigned[target] >= 0
        for moment, before, now in zip(history, made, made[1:], strict=False)
        if now > before
    ]
    return any(all(had[k : k + 3]) for k in range(len(had) - 2))


def is_engaged(history, target):
    """A round left in a tick at whose end the object had the track it was launched at."""
    for m in history:
        row = m.assigned[target]
        launched = m.flyouts.track_id[
            (m.t0_s < m.flyouts.launch_s) & (m.flyouts.launch_s <= m.t1_s)
        ]
        if row >= 0 and m.tracks.track_id[row] in launched:
            return True
    return False


def rounds_met(history, target):
    """Objects met by the rounds at the object's tracks; -1: a round that met nobody."""
    met = []
    for n, m in enumerate(history):
        f, mine = m.flyouts, last_track(history[: n + 1], target)
        is_over = ~f.alive & (m.t0_s <= f.resolved_s) & (f.resolved_s <= m.t1_s)
        met += f.target[is_over & (f.track_id == mine) & (mine >= 0)].tolist()
    return met


def farthest_link(history, target):
    links = [0]
    for m in history:
        row = m.assigned[target]
        if row >= 0 and m.picture.track_id[row] == m.tracks.track_id[row]:
            links.append(int(m.picture.link[row]))
    return max(links)


def fate(history, i):
    """What the run so far was for one object: its cells of the funnel."""
    met = rounds_met(history, i)
    return {
        "track_row": history[-1].assigned[i],
        "track_id": last_track(history, i),
        "tracked": is_tracked(history, i),
        "engaged": is_engaged(history, i),
        "met": i in met,
        "took_other": any(other not in (i, -1) for other in met),
        "link": farthest_link(history, i),
    }


def cause(history, i):
    """Of its leak, as things stood at the end of the tick when it leaked; -1: it did not."""
    leaked = [n for n, m in enumerate(history) if m.targets.phase[i] == Phase.LEAKED]
    if not leaked:
        return -1
    until = history[: leaked[0] + 1]
    looks, cells = until[-1].looks, fate(until, i)
    return leak_cause(
        looks.ever_covered[i],
        looks.ever_above_horizon[i],
        looks.first_detected_s[i] <= until[-1].t1_s,
        cells["tracked"],
        cells["link"],
        cells["engaged"],
        cells["met"],
        cells["took_other"],
    )


def sizes(world, m):
    """Tracks, hostiles tracked, hostiles engaged and engagements at one moment."""
    hostile = [int(row) for row in m.assigned[world.side == Side.HOSTILE] if row >= 0]
    shot_at = {
        (int(m.orders.track_row[k]), int(m.orders.track_id[k]))
        for k in np.flatnonzero(m.orders.alive)
    }
    engaged = [row for row in hostile if (row, int(m.tracks.track_id[row])) in shot_at]
    return len(confirmed(m.tracks)), len(hostile), len(engaged), int(m.orders.alive.sum())


def count(world, history):
    """The columns of the funnel after a run so far."""
    n = len(world.target_id)
    cells = [fate(history, i) for i in range(n)]
    columns = {name: [cell[name] for cell in cells] for name in cells[0]}
    peaks = np.max([sizes(world, m) for m in history], axis=0)
    names = "peak_tracks", "peak_hostiles_tracked", "peak_hostiles_engaged", "peak_engagements"
    columns |= {name: [peak] for name, peak in zip(names, peaks, strict=True)}
    return columns | {"cause": [cause(history, i) for i in range(n)]}


# ---- accuracy


def measure(targets, looks, tracks, now_s):
    """GOSPA of what was ever in view with what is tracked: distance and its three parts."""
    is_counted = (targets.phase == Phase.FLYING) & looks.ever_above_horizon
    places = []
    for row in confirmed(tracks):
        mean, age_s = tracks.mean[row], now_s - tracks.time_s[row]
        straight = mean[:3] + age_s * mean[3:]
        places.append(fallen(mean, [age_s])[0, :3] if is_ballistic(mean) else straight)
    return gospa(targets.position_ecef_m[is_counted], np.reshape(places, (-1, 3)), 500.0)


# ---- bystanders


def watch(world, force, targets, flyouts, t0_s, t1_s):
    """Least distance (n,) of the rounds in flight, looked at a thousand times; inf: none."""
    nearest = np.full(len(world.side), np.inf)
    for row in np.flatnonzero(flyouts.launch_s < t1_s).tolist():
        end_s = t1_s if flyouts.alive[row] else min(flyouts.resolved_s[row], t1_s)
        begin_s = max(t0_s, flyouts.launch_s[row])
        if not end_s > t0_s:
            continue
        launch_s, site = flyouts.launch_s[row], force.unit_position_ecef_m[flyouts.unit[row]]
        share_end = min((end_s - launch_s) / (flyouts.intercept_s[row] - launch_s), 1.0)
        way = (flyouts.aim_ecef_m[row] - site) / (flyouts.intercept_s[row] - launch_s)
        end = site + share_end * (flyouts.aim_ecef_m[row] - site)
        back_s = np.linspace(0.0, end_s - begin_s, 1000)[:, None]
        for target in np.flatnonzero(world.side != Side.HOSTILE).tolist():
            is_there = targets.phase[target] == Phase.FLYING or targets.ended_s[target] > t0_s
            if not is_there or targets.phase[target] == Phase.PENDING:
                continue
            velocity = targets.velocity_ecef_m_s[target]
            offset = targets.position_ecef_m[target] - back_s * velocity - (end - back_s * way)
            nearest[target] = min(nearest[target], np.linalg.norm(offset, axis=1).min())
    return nearest
