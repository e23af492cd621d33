"""Vote: which velocity makes plots of three scans one formation in motion.

Fresh plots of a formation tell little one by one: its members stand closer than they fly
between scans, so that any of them could be any. But only the true velocity lays all plots of
one scan upon those of the next and the next but one. Every pair of plots of two scans
proposes a velocity; all plots refine it and vote on it.

Assumes: members fly in parallel, straight enough for two scans, and at least four of them.
"""

import math

from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel
from bartizan.tracking.gate import Grid, fill, near
from bartizan.tracking.plan import Sensors, Settings
from bartizan.tracking.tracks import Leftovers
from bartizan.tracking.vote_work import PLOTS_MAX, SCANS, VoteWork

CELL_M = 1000.0
LINK_M, LINK_HEIGHT_M = 700.0, 600.0  # between neighbours of one scan
REFINEMENTS = 4
REACH_SIGMAS = 2.8  # of the speed: how far plots of the next scan are sought
UNSEEN = 0.15  # what a plot without a counterpart counts, against 1 for one in place


@kernel
def list_leftovers(leftovers: Leftovers, grid: Grid, vote: VoteWork) -> None:
    """Prepare the search among the leftover plots."""
    fill(grid, leftovers.position_m, leftovers.size[0], CELL_M)
    for k in range(leftovers.size[0]):
        vote.is_visited[k] = False


@kernel
def scan_of(sensors: Sensors, leftovers: Leftovers, k: int, sensor: int, now_s: float) -> int:
    """Return which scan of ``sensor`` a plot is of: 2 the last, 1 and 0 before; -1: none."""
    if leftovers.sensor[k] != sensor:
        return -1
    ago = (now_s - leftovers.time_s[k]) / sensors.scan_period_s[sensor]
    return 2 if ago < 0.5 else (1 if ago < 1.5 else (0 if ago < 2.5 else -1))


@kernel
def gather_cluster(
    settings: Settings,
    sensors: Sensors,
    leftovers: Leftovers,
    grid: Grid,
    found: Ints,
    start: int,
    sensor: int,
    now_s: float,
    vote: VoteWork,
) -> bool:
    """Gather the plots of the scan before last linked with ``start``, and what may follow them.

    Returns
    -------
    bool
        Whether there are enough for a vote, and not so many that any velocity finds some.
    """
    _gather_first(sensors, leftovers, grid, found, start, sensor, now_s, vote)
    if vote.n_plot[0] < settings.formation_founders:
        return False
    period_s = sensors.scan_period_s[sensor]
    for scan in range(1, SCANS):
        reach_m = scan * period_s * REACH_SIGMAS * settings.start_speed_sigma_m_s
        _gather_later(sensors, leftovers, grid, found, sensor, now_s, scan, reach_m, vote)
        if vote.n_plot[scan] > _crowd(vote, scan):
            return False
    return bool(min(vote.n_plot[1], vote.n_plot[2]) >= settings.formation_founders - 1)


@kernel
def _gather_first(
    sensors: Sensors,
    leftovers: Leftovers,
    grid: Grid,
    found: Ints,
    start: int,
    sensor: int,
    now_s: float,
    vote: VoteWork,
) -> None:
    vote.plot[0, 0], vote.n_plot[0] = start, 1
    vote.is_visited[start] = True
    done = 0
    while done < vote.n_plot[0]:
        here = leftovers.position_m[vote.plot[0, done]]
        done += 1
        for m in range(_near(leftovers, grid, here, math.hypot(LINK_M, LINK_HEIGHT_M), found)):
            k = found[m]
            if vote.is_visited[k] or vote.n_plot[0] >= PLOTS_MAX:
                continue
            if scan_of(sensors, leftovers, k, sensor, now_s) != 0:
                continue
            if _is_linked(here, leftovers.position_m[k]):
                vote.is_visited[k] = True
                vote.plot[0, vote.n_plot[0]] = k
                vote.n_plot[0] += 1


@kernel
def _near(leftovers: Leftovers, grid: Grid, here: Floats, reach_m: float, found: Ints) -> int:
    """Write the leftover plots near a place to ``found``; return how many."""
    position_m, n = leftovers.position_m, leftovers.size[0]
    return near(grid, position_m, n, here[0], here[1], here[2], reach_m, found)


@kernel
def _is_linked(here: Floats, there: Floats) -> bool:
    """Tell whether two places are near each other along the ground and in height."""
    radius = math.sqrt(here[0] * here[0] + here[1] * here[1] + here[2] * here[2])
    up, far2 = 0.0, 0.0
    for i in range(3):
        up += here[i] / radius * (there[i] - here[i])
        far2 += (there[i] - here[i]) ** 2
    return bool(abs(up) <= LINK_HEIGHT_M and far2 - up * up <= LINK_M * LINK_M)


@kernel
def _gather_later(
    sensors: Sensors,
    leftovers: Leftovers,
    grid: Grid,
    found: Ints,
    sensor: int,
    now_s: float,
    scan: int,
    reach_m: float,
    vote: VoteWork,
) -> None:
    """Gather the plots of a later scan within reach of any plot of the first."""
    vote.n_plot[scan] = 0
    for a in range(vote.n_plot[0]):
        if vote.n_plot[scan] > _crowd(vote, scan):
            return
        here = leftovers.position_m[vote.plot[0, a]]
        for m in range(_near(leftovers, grid, here, reach_m, found)):
            k = found[m]
            if vote.n_plot[scan] >= PLOTS_MAX or _is_listed(vote, scan, k):
                continue
            if scan_of(sensors, leftovers, k, sensor, now_s) == scan:
                vote.plot[scan, vote.n_plot[scan]] = k
                vote.n_plot[scan] += 1


@kernel
def _crowd(vote: VoteWork, scan: int) -> int:
    """Return how many plots of a later scan may stand within reach of those of the first.

    In a dense stream the plots of all others are within reach too, and any velocity finds
    counterparts: a vote there costs much and tells nothing.
    """
    return int((1 + scan) * vote.n_plot[0])


@kernel
def _is_listed(vote: VoteWork, scan: int, k: int) -> bool:
    is_listed = False
    for m in range(vote.n_plot[scan]):
        is_listed |= vote.plot[scan, m] == k
    return is_listed


@kernel
def whiten(leftovers: Leftovers, vote: VoteWork) -> None:
    """Write positions in units in which the error between two plots has unit variance."""
    n = vote.n_plot[0]
    for i in range(3):
        for j in range(3):
            vote.spread[i, j] = 0.0
            for a in range(n):
                vote.spread[i, j] += leftovers.covariance_m2[vote.plot[0, a], i, j] / n
    _factor(vote.spread, vote.unwhiten)
    L, origin = vote.unwhiten, leftovers.position_m[vote.plot[0, 0]]
    for scan in range(SCANS):
        vote.time_s[scan] = 0.0
        for m in range(vote.n_plot[scan]):
            p, y = leftovers.position_m[vote.plot[scan, m]], vote.whitened[scan, m]
            y[0] = (p[0] - origin[0]) / L[0, 0]
            y[1] = (p[1] - origin[1] - L[1, 0] * y[0]) / L[1, 1]
            y[2] = (p[2] - origin[2] - L[2, 0] * y[0] - L[2, 1] * y[1]) / L[2, 2]
            vote.time_s[scan] += leftovers.time_s[vote.plot[scan, m]] / vote.n_plot[scan]


@kernel
def _factor(R: Floats, L: Floats) -> None:
    """Write the lower Cholesky factor of 2 R."""
    for i in range(3):
        for j in range(i + 1):
            total = 2.0 * R[i, j]
            for k in range(j):
                total -= L[i, k] * L[j, k]
            L[i, j] = math.sqrt(total) if i == j else total / L[j, j]


@kernel
def best_velocity(settings: Settings, vote: VoteWork) -> float:
    """Write the velocity with the most votes; return its log-likelihood a plot."""
    best = -math.inf
    first_s, next_s = vote.time_s[0], vote.time_s[1]
    n_vote = 2 * vote.n_plot[0] + vote.n_plot[1] + vote.n_plot[2]
    reach_m = REACH_SIGMAS * settings.start_speed_sigma_m_s * (next_s - first_s)
    for a in range(vote.n_plot[0]):
        for b in range(vote.n_plot[1]):
            here, there = vote.whitened[0, a], vote.whitened[1, b]
            x, y, z = there[0] - here[0], there[1] - here[1], there[2] - here[2]
            if _length_m(vote.unwhiten, x, y, z) > reach_m:
                continue
            dt_s = next_s - first_s
            v = refined(vote, x / dt_s, y / dt_s, z / dt_s)
            speed = _length_m(vote.unwhiten, v[0], v[1], v[2]) / settings.start_speed_sigma_m_s
            votes = score(vote, v[0], v[1], v[2]) - 0.5 * speed * speed / n_vote
            if votes > best:
                best = votes
                vote.velocity[0], vote.velocity[1], vote.velocity[2] = v[0], v[1], v[2]
    return best


@kernel
def _length_m(L: Floats, x: float, y: float, z: float) -> float:
    return math.hypot(
        math.hypot(L[0, 0] * x, L[1, 0] * x + L[1, 1] * y),
        L[2, 0] * x + L[2, 1] * y + L[2, 2] * z,
    )


@kernel
def refined(vote: VoteWork, vx: float, vy: float, vz: float) -> tuple[float, float, float]:
    """Return a velocity moved to where the plots want it, by weighted least squares."""
    for _ in range(REFINEMENTS):
        x, y, z, total = 0.0, 0.0, 0.0, 0.0
        for scan in range(1, SCANS):
            dt_s = vote.time_s[scan] - vote.time_s[0]
            for a in range(vote.n_plot[0]):
                here = vote.whitened[0, a]
                hx, hy, hz = here[0] + dt_s * vx, here[1] + dt_s * vy, here[2] + dt_s * vz
                for q in range(vote.n_plot[scan]):
                    there = vote.whitened[scan, q]
                    ex, ey, ez = there[0] - hx, there[1] - hy, there[2] - hz
                    d2 = ex * ex + ey * ey + ez * ez
                    if d2 < 16.0:
                        u = math.exp(-0.5 * d2) * dt_s
                        x, y, z = x + u * ex, y + u * ey, z + u * ez
                        total += u * dt_s
        if total > 0.0:
            vx, vy, vz = vx + x / total, vy + y / total, vz + z / total
    return vx, vy, vz


@kernel
def score(vote: VoteWork, vx: float, vy: float, vz: float) -> float:
    """Return the log-likelihood a plot, both ways: who finds a counterpart near its place."""
    total, n_first = 0.0, vote.n_plot[0]
    n = 2 * n_first
    for scan in range(1, SCANS):
        dt_s, n_scan = vote.time_s[scan] - vote.time_s[0], vote.n_plot[scan]
        n += n_scan
        for q in range(n_scan):
            vote.nearest[q] = math.inf
        for a in range(n_first):
            here, least = vote.whitened[0, a], math.inf
            hx, hy, hz = here[0] + dt_s * vx, here[1] + dt_s * vy, here[2] + dt_s * vz
            for q in range(n_scan):
                there = vote.whitened[scan, q]
                ex, ey, ez = there[0] - hx, there[1] - hy, there[2] - hz
                d2 = ex * ex + ey * ey + ez * ez
                least = min(least, d2)
                vote.nearest[q] = min(vote.nearest[q], d2)
            total += math.log(UNSEEN + math.exp(-0.5 * least))
        for q in range(n_scan):
            total += math.log(UNSEEN + math.exp(-0.5 * vote.nearest[q]))
    return float(total / n)
