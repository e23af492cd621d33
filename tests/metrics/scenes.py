"""Tables of objects and tracks for the tests of metrics: crowded enough to be mistaken."""

import numpy as np
import pyarrow as pa

PLACE = ("east_m", "north_m", "up_m")
VELOCITY = ("v_east_m_s", "v_north_m_s", "v_up_m_s")
SIGMAS = ("sigma_east_m", "sigma_north_m", "sigma_up_m")
VELOCITY_SIGMAS = ("sigma_v_east_m_s", "sigma_v_north_m_s", "sigma_v_up_m_s")


def table(key, time_s, numbers, position_m, velocity_m_s=None, **more):
    """Return a table of rows; positions (r, 3) in a plane."""
    position_m = np.asarray(position_m, float).reshape(-1, 3)
    columns = {
        "time_s": np.asarray(time_s, float),
        key: pa.array(list(numbers), pa.int64()),
        **dict(zip(PLACE, position_m.T, strict=True)),
    }
    if velocity_m_s is not None:
        velocity_m_s = np.asarray(velocity_m_s, float).reshape(-1, 3)
        columns |= dict(zip(VELOCITY, velocity_m_s.T, strict=True))
    return pa.table({**columns, **more})


def crowd(seed, n=6, times=12, side_m=1_500.0, noise_m=120.0, drop=0.2):
    """Return tracks and truth of objects near one another; tracks swap, stop and begin anew."""
    draw = np.random.default_rng(seed)
    begin, drift = draw.uniform(0.0, side_m, (n, 3)), draw.normal(0.0, 60.0, (n, 3))
    name, next_name = list(range(10, 10 + n)), 10 + n
    rows, reports = [], []
    for k in range(times):
        swap = draw.integers(0, n, 2)
        if draw.random() < 0.3:
            name[swap[0]], name[swap[1]] = name[swap[1]], name[swap[0]]
        for i in range(n):
            place = begin[i] + k * drift[i]
            if draw.random() < 0.9:
                rows.append((float(k), i, place, drift[i]))
            if draw.random() < 0.08:
                name[i], next_name = next_name, next_name + 1
            if draw.random() > drop:
                reports.append(
                    (float(k), name[i], place + draw.normal(0.0, noise_m, 3), drift[i])
                )
        if draw.random() < 0.4:
            stray = draw.uniform(-side_m, 2.0 * side_m, 3)
            reports.append((float(k), 1_000 + k, stray, np.zeros(3)))
    return rows_table("track_id", reports), rows_table("truth_id", rows)


def rows_table(key, rows):
    """Return the table of rows (time, number, position, velocity)."""
    time_s, numbers, position_m, velocity_m_s = zip(*rows, strict=True) if rows else [()] * 4
    return table(key, time_s, numbers, position_m, velocity_m_s)


def arrays_of(table, key):
    """Return for each time its numbers and positions: ``{time: (numbers, (n, 3))}``."""
    frame = {name: np.asarray(table.column(name)) for name in ("time_s", key, *PLACE)}
    position_m = np.stack([frame[name] for name in PLACE], axis=1)
    return {
        float(t): (frame[key][frame["time_s"] == t], position_m[frame["time_s"] == t])
        for t in np.unique(frame["time_s"])
    }


def times_of(tracks, truth):
    """Return for each time of the truth both numbers and positions."""
    there, here = arrays_of(truth, "truth_id"), arrays_of(tracks, "track_id")
    nothing = (np.zeros(0, int), np.zeros((0, 3)))
    return {t: (*there[t], *here.get(t, nothing)) for t in there}
