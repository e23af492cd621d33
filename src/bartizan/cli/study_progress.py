"""The progress of a study on stderr: how far, how fast, how long still, the answer so far."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bartizan.studies.conduct import Told
    from bartizan.studies.running import Running

BAR_WIDTH = 11
Progress = "Callable[[Told], None] | None"
Begun = Callable[[Path, str, bool], None]


@contextmanager
def standing(
    quiet: bool,
) -> "Iterator[tuple[Callable[[Told], None] | None, Begun | None]]":
    """Yield what to call with the progress of a study, and when its folder is known."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    if quiet or not console.is_terminal:
        yield None, None
        return
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(BAR_WIDTH),
        TextColumn("{task.fields[now]}"),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("preparing", total=None, now="")
        running: list[Running] = []
        first: list[tuple[int, float]] = []  # made and when, once workers have started

        def begun(folder: Path, arm: str, by_draw: bool) -> None:
            from bartizan.studies.running import Running
            from bartizan.studies.store import values_of

            answer = Running("leakers", arm, by_draw)
            answer.begin(*values_of(folder, "leakers", arm))
            running.append(answer)

        def tell(told: "Told") -> None:
            for answer in running:
                answer.add(told.rows)
            if told.made and not first:
                first.append((told.made, time.monotonic()))
            bar.update(
                task,
                description=f"{told.done:,} of {told.total:,}",
                completed=told.done,
                total=told.total,
                now=words_of(told, rate_of(told, first), running),
            )

        yield tell, begun


def rate_of(told: "Told", first: list[tuple[int, float]]) -> float:
    """Return replications a second since the first ones were made; 0.0 before."""
    taken_s = time.monotonic() - first[0][1] if first else 0.0
    return (told.made - first[0][0]) / taken_s if taken_s > 0.0 else 0.0


def words_of(told: "Told", rate: float, running: "list[Running]") -> str:
    """Return rate, time left and the answer so far."""
    words = []
    if rate > 0.0:
        words += [f"{rate:.1f}/s", f"{_left((told.total - told.done) / rate)} left"]
    for answer in running:
        mean, half = answer.answer()
        if not math.isnan(mean):
            band = "" if math.isnan(half) else f" ± {half:.2g}"
            words.append(f"leakers {mean:.3g}{band}")
    return " · ".join(words) or "starting workers"


def _left(time_s: float) -> str:
    minutes, seconds = divmod(int(time_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes}:{seconds:02}"
