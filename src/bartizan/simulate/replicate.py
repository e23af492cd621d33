"""One replication: a plan and a seed in, measures, events and samples out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from bartizan.rng import run_key
from bartizan.simulate.measures import measures
from bartizan.simulate.plan import Plan
from bartizan.simulate.sample import Columns
from bartizan.simulate.state import State
from bartizan.simulate.tick import advance
from bartizan.simulate.trace import Trace
from bartizan.tracking.tracks import TrackStatus
from bartizan.world.truth import Phase, Side

PROGRESS_PERIOD_S = 5.0  # of simulated time


class Progress(NamedTuple):
    """How far a replication is."""

    now_s: float
    duration_s: float
    threats_in_air: int
    tracks: int
    rounds_left: int
    leakers: int


@dataclass(frozen=True)
class Replication:
    """What came of one replication; unrecorded columns are empty."""

    seed: int
    measures: dict[str, Any]
    events: Columns
    tracks: Columns
    truth: Columns


def replicate(
    plan: Plan,
    seed: int,
    record: str = "full",
    progress: Callable[[Progress], None] | None = None,
) -> Replication:
    """Run one replication to its end.

    Parameters
    ----------
    plan
        Of `simulate.lower`.
    seed
        Any integer >= 0; the same plan and seed give the same bits.
    record
        ``none``, ``events`` or ``full`` (events, and samples of tracks and truth).
    progress
        Called every five simulated seconds, and at the end.
    """
    trace = Trace(plan, record)
    state = trace.make_state()
    key = run_key(seed)
    n_tick = int(np.ceil(plan.duration_s / plan.tick_s))
    # each pause hands all tables over, so that whom nobody watches or records makes none
    is_watched = progress is not None or record != "none"
    pause = max(1, int(PROGRESS_PERIOD_S / plan.tick_s)) if is_watched else n_tick
    n = 0
    while n < n_tick:
        n = advance(plan, state, key, n, min(n_tick, n - n % pause + pause))
        trace.record(state, n * plan.tick_s, n == n_tick)
        if progress and (n % pause == 0 or n == n_tick):
            progress(_progress(plan, state, n * plan.tick_s))
    return Replication(
        seed=seed,
        measures=measures(plan, state, n_tick * plan.tick_s),
        events=trace.events(),
        tracks=trace.tracks(),
        truth=trace.truth(),
    )


def _progress(plan: Plan, state: State, now_s: float) -> Progress:
    is_hostile = plan.world.side == Side.HOSTILE
    phase, tracks = state.targets.phase, state.tracks
    return Progress(
        now_s=now_s,
        duration_s=plan.duration_s,
        threats_in_air=int((is_hostile & (phase == Phase.FLYING)).sum()),
        tracks=int((tracks.alive & (tracks.status != TrackStatus.TENTATIVE)).sum()),
        rounds_left=int(state.magazines.rounds.sum()),
        leakers=int((phase == Phase.LEAKED).sum()),
    )
