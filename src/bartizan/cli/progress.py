"""The progress of a replication on stderr: where it is in time, and how it stands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

if TYPE_CHECKING:
    from bartizan.simulate.replicate import Progress


@contextmanager
def shown(quiet: bool) -> "Iterator[Callable[[Progress], None] | None]":
    """Yield what to call with the progress: a bar on a terminal, else nothing."""
    console = Console(stderr=True, highlight=False)
    if quiet or not console.is_terminal:
        yield None
        return
    from bartizan.kernel import watched

    columns = (
        TextColumn("{task.description}"),
        BarColumn(24),
        TextColumn("{task.fields[now]}"),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("preparing", total=None, now="")

        def compiling(name: str) -> None:
            bar.update(task, description="compiling, once a version", now=name)

        def advance(progress: "Progress") -> None:
            bar.update(
                task,
                description=_clock(progress),
                completed=progress.now_s,
                total=progress.duration_s,
                now=_standing(progress),
            )

        with watched(compiling):
            yield advance


def _clock(progress: "Progress") -> str:
    if progress.now_s >= progress.duration_s:
        return "recording"
    minutes, seconds = divmod(int(progress.now_s), 60)
    return f"{minutes:3}:{seconds:02} of {progress.duration_s / 60.0:.0f} min"


def _standing(progress: "Progress") -> str:
    return (
        f"{progress.threats_in_air} threats · {progress.tracks} tracks · "
        f"{progress.rounds_left} rounds · {progress.leakers} leaked"
    )
