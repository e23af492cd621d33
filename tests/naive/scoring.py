"""Slow and obviously correct twins of the kernels of scoring."""


def leak_cause(covered, above, detected, tracked, link, engaged, met, took_other) -> int:
    """Walk down the chain; the first link that is missing is the cause."""
    if engaged:
        return 9 if took_other and not met else 8
    after_tracking = {0: 4, 1: 5, 2: 6, 3: 7, 4: 5}
    chain = [(covered, 0), (above, 1), (detected, 2), (tracked, 3)]
    for is_there, cause in chain:
        if not is_there:
            return cause
    return after_tracking[link]


def peaks(world, tracks, orders, funnel) -> tuple[int, int, int]:
    """Hostiles tracked, hostiles engaged and engagements at this instant."""
    under_way = {
        (int(orders.track_row[i]), int(orders.track_id[i]))
        for i in range(len(orders.alive))
        if orders.alive[i]
    }
    tracked = [
        int(row)
        for row, side in zip(funnel.track_row, world.side, strict=True)
        if row >= 0 and side == 0
    ]
    engaged = [row for row in tracked if (row, int(tracks.track_id[row])) in under_way]
    return len(tracked), len(engaged), int(orders.alive.sum())
