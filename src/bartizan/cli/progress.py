"""The progress of a replication on stderr: where it is in time, and how it stands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from bartizan.simulate.replicate import Progress

# Every part keeps its width, so that the line stands still; all of them fill 80 columns.
CLOCK_WIDTH = 17
BAR_WIDTH = 11


@contextmanager
def shown(quiet: bool) -> "Iterator[Callable[[Progress], None] | None]":
    """Yield what to call with the progress: a bar on a terminal, else nothing."""
    console = _stderr()
    if quiet or not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(BAR_WIDTH),
        TextColumn("{task.fields[now]}"),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("preparing".ljust(CLOCK_WIDTH), total=None, now="")

        def advance(progress: "Progress") -> None:
            bar.update(
                task,
                description=clock_of(progress),
                completed=progress.now_s,
                total=progress.duration_s,
                now=standing_of(progress),
            )

        yield advance


@contextmanager
def warming(quiet: bool = False) -> "Iterator[Callable[[int, int, str], None] | None]":
    """Yield what to call with each kernel that is compiled, which happens once a version."""
    if quiet:
        yield None
        return
    with _stderr().status("preparing") as status:
        yield lambda n, most, name: status.update(
            f"compiling, once a version: kernel {n} of {most}, {name}"
        )


@contextmanager
def counted(noun: str, quiet: bool = False) -> "Iterator[Callable[[str, int, int], None]]":
    """Yield what to call with a name, the number of its ``noun`` and how many there are."""
    if quiet:
        yield lambda name, k, most: None
        return
    with _stderr().status("preparing") as status:
        yield lambda name, k, most: status.update(f"{name}: {noun} {k} of {most}")


def _stderr() -> "Console":
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def clock_of(progress: "Progress") -> str:
    """Return how far the time of the scenario is, `CLOCK_WIDTH` columns wide."""
    if progress.now_s >= progress.duration_s:
        return "recording".ljust(CLOCK_WIDTH)
    minutes, seconds = divmod(int(progress.now_s), 60)
    text = f"{minutes}:{seconds:02} of {progress.duration_s / 60.0:.0f} min"
    return text.rjust(CLOCK_WIDTH)


def standing_of(progress: "Progress") -> str:
    """Return the counts of this moment, each of one width."""
    return (
        f"{progress.threats_in_air:3} threats · {progress.tracks:3} tracks · "
        f"{progress.rounds_left:3} rounds · {progress.leakers:3} leaked"
    )
