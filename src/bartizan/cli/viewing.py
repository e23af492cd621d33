"""The replay of a run in the browser, and what the terminal says meanwhile."""

import sys
from typing import TYPE_CHECKING, Any

from bartizan import api
from bartizan.errors import BartizanError

if TYPE_CHECKING:
    from bartizan.api.kept import RunLike


def check_viewable(record: str) -> None:
    """Raise, before anything is flown, where a run would have nothing to replay."""
    if record != "full":
        raise BartizanError(
            "--view: a run that records no states has nothing to replay\n"
            f"    given:   --record {record}\n    remedy:  --record full, or leave it out"
        )


def show_replay(run: "RunLike", **options: Any) -> None:
    """Serve the replay of a run until Ctrl-C; say where, and when it ends."""
    api.view(run, ready=_told, **options)
    _ended()


def show_replay_beside(run: "RunLike") -> None:
    """Do the same, where the output holds the summary of the run and nothing else."""
    api.view(run, ready=lambda address: print(_where(address), file=sys.stderr))
    _ended()


def _ended() -> None:
    print("\nreplay ended", file=sys.stderr)


def _told(address: str) -> None:
    print(_where(address), flush=True)


def _where(address: str) -> str:
    return f"replay at {address}  (Ctrl-C ends it)"
