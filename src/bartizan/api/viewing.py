"""The verb view: the replay of a run in the browser, served to this machine alone."""

import ipaddress
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bartizan.api.exporting import RUNS, STUDIES
from bartizan.errors import BartizanError

if TYPE_CHECKING:
    from bartizan.api.kept import RunLike

LOOPBACK = "127.0.0.1"


def view(
    run: "RunLike" = None,
    *,
    is_opened: bool = True,
    port: int = 0,
    host: str = LOOPBACK,
    i_know: bool = False,
    replication: str | int | None = None,
    arm: str | None = None,
    runs: str | Path = RUNS,
    studies: str | Path = STUDIES,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the replay of a run until Ctrl-C.

    Parameters
    ----------
    run, replication, arm, runs, studies
        As for `export`.
    is_opened
        Whether the browser is asked to open it.
    port
        Where it listens; 0: a free one.
    host
        The address it listens at; any but a loopback one shows the run to the network, and
        needs ``i_know``.
    ready
        Called with the address as soon as it is served.

    Raises
    ------
    RunError
        If there is no such run, it is damaged, or it recorded no states.
    BartizanError
        If it cannot listen there, there is no browser, or the host is no loopback one.
    """
    _refuse_host(host, i_know)
    from bartizan.api.kept import kept
    from bartizan.replay.server import browser, files_of, listening, serve

    opens = browser() if is_opened else None
    with listening(host, port) as server:
        with kept(run, replication, arm, Path(runs), Path(studies)) as found:
            files = files_of(found)
        serve(server, files, opens, ready)


def _refuse_host(host: str, i_know: bool) -> None:
    if i_know or host == "localhost":
        return
    try:
        is_loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise BartizanError(
            f"--host {host}: whoever reaches this machine there could see the run\n"
            "    allowed: 127.0.0.1, ::1, localhost\n"
            "    remedy:  add --i-know if that is what you want"
        )
