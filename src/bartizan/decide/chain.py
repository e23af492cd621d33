"""Chain: how far along from identity to launch a threat came at a planning, for its cause."""

from bartizan.arrays import Ints
from bartizan.decide.choice import Choice, Left
from bartizan.decide.picture import Link
from bartizan.kernel import kernel

NOBODY, FEASIBLE, CHANNEL = Link.NOBODY.value, Link.FEASIBLE.value, Link.CHANNEL.value


@kernel
def mark_links(choice: Choice, shots: Ints, left: Left, rows: Ints, link: Ints) -> None:
    """Raise ``link`` of the tracks in ``rows`` (m,) that an answer (m, u, t) gives no order.

    ``left`` is what the answer leaves.
    """
    for threat in range(shots.shape[0]):
        found = _link_of(choice, shots, left, threat)
        link[rows[threat]] = max(link[rows[threat]], found)


@kernel
def _link_of(choice: Choice, shots: Ints, left: Left, threat: int) -> int:
    """Return the last link that held: a window, or a free channel of a unit without rounds."""
    is_feasible, has_channel, has_round = False, False, False
    for unit in range(shots.shape[1]):
        is_free = left.channels[unit] > 0 and left.engagements[choice.unit_system[unit]] > 0
        rounds = left.rounds if choice.takes_kept[threat, unit] else left.common
        for kind in range(shots.shape[2]):
            if shots[threat, unit, kind] > 0:
                return NOBODY
            if choice.kill_probability[threat, unit, kind] > 0.0:
                is_feasible = True
                has_channel = has_channel or is_free
                has_round = has_round or (is_free and rounds[unit, kind] > 0)
    if has_channel and not has_round:
        return CHANNEL
    return FEASIBLE if is_feasible else NOBODY
