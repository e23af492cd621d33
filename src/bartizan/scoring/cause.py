"""Why a threat leaked: the first link of the chain that failed; exactly one cause each."""

from enum import IntEnum

from bartizan.decide.picture import Link
from bartizan.kernel import kernel


class Cause(IntEnum):
    """The links of the chain, in its order."""

    OUTSIDE_COVERAGE = 0
    BELOW_HORIZON = 1
    UNDETECTED = 2
    NO_TRACK = 3
    NOT_ENGAGEABLE = 4
    NO_WINDOW = 5
    NO_CHANNEL = 6
    NO_ROUND = 7
    NO_LAUNCH = 8
    MISSED = 9
    WRONG_OBJECT = 10


CAUSE_WORDS: dict[Cause, str] = {
    Cause.OUTSIDE_COVERAGE: "outside coverage",
    Cause.BELOW_HORIZON: "below the horizon",
    Cause.UNDETECTED: "undetected",
    Cause.NO_TRACK: "no confirmed track in time",
    Cause.NOT_ENGAGEABLE: "not identified or rules of engagement",
    Cause.NO_WINDOW: "no feasible window",
    Cause.NO_CHANNEL: "no channel",
    Cause.NO_ROUND: "no ready round",
    Cause.NO_LAUNCH: "order not carried out",
    Cause.MISSED: "engaged and missed",
    Cause.WRONG_OBJECT: "shot at the wrong object",
}


@kernel
def leak_cause(
    is_covered: bool,
    is_above_horizon: bool,
    is_detected: bool,
    is_tracked: bool,
    link: int,
    is_engaged: bool,
    is_met: bool,
    took_other: bool,
) -> int:
    """Return the `Cause` of a leak.

    Parameters
    ----------
    link
        `Link` that the tracks on it ever reached.
    is_engaged
        A round was launched on a track assigned to it.
    is_met, took_other
        A round at such a track met it; met another object.
    """
    if is_engaged:
        return Cause.WRONG_OBJECT.value if took_other and not is_met else Cause.MISSED.value
    if not is_covered:
        return Cause.OUTSIDE_COVERAGE.value
    if not is_above_horizon:
        return Cause.BELOW_HORIZON.value
    if not is_detected:
        return Cause.UNDETECTED.value
    if not is_tracked:
        return Cause.NO_TRACK.value
    if link == Link.NOBODY:
        return Cause.NOT_ENGAGEABLE.value
    if link == Link.FEASIBLE:
        return Cause.NO_CHANNEL.value
    if link == Link.CHANNEL:
        return Cause.NO_ROUND.value
    if link == Link.ORDERED:
        return Cause.NO_LAUNCH.value
    return Cause.NO_WINDOW.value
