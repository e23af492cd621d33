"""Size, first picture and frames a second of replay pages, in Chromium without a GPU, here.

    python -m benchmarks.replay                       three-hundred, then 990 at once
    python -m benchmarks.replay coastal-raid          another scenario

Frames are counted while the busiest minute plays, in the middle of the page's own loop; beside
them stands how much of a frame is script. The rest is drawing by the processor, which shares
its cores with whatever else runs: the load is printed too.
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import bartizan
from bartizan.archive.run import Run
from bartizan.replay.page import page_of
from tests.browser import opened_browser

BUSY = "three-hundred"
SECONDS = 8.0
WIDTH, HEIGHT = 1280, 800


def main() -> None:
    cases = [(name, 1) for name in sys.argv[1:]] or [(BUSY, 1), (BUSY, 3)]
    with tempfile.TemporaryDirectory() as folder, opened_browser() as browser:
        for name, times in cases:
            run = recorded(name, times)
            page = Path(folder) / "page.html"
            page.write_bytes(page_of(run))
            label = name if times == 1 else f"{name} × {times}"
            print(f"{label}: {page.stat().st_size / 1e6:.2f} MB as one file", flush=True)
            measure(browser, page, busiest_s(run))


def recorded(name: str, times: int) -> Run:
    """Return a run of a scenario, each group of its raid so many times as large."""
    scenario = bartizan.load(name)
    counts = [
        f"raid.{group}.count={times * raid.count}" for group, raid in scenario.raid.items()
    ]
    out = Path(tempfile.mkdtemp()) / name
    return bartizan.run(name, sets=counts if times > 1 else (), record="full", out=out)


def busiest_s(run: Run) -> float:
    """Return the time with most confirmed tracks."""
    confirmed = (
        time_s
        for time_s, status in zip(
            run.tracks["time_s"].to_pylist(), run.tracks["status"].to_pylist(), strict=True
        )
        if status == "confirmed"
    )
    return Counter(confirmed).most_common(1)[0][0]


def measure(browser: Any, path: Path, at_s: float) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    print(f"  first picture after {page.evaluate('bartizan.first_ms') / 1000:.2f} s")
    page.goto(f"{path.as_uri()}#t={at_s}")
    page.wait_for_timeout(1500)
    for words, keys in (("all of it", "0"), ("in plan", "0p"), ("near", "0" + "+" * 5)):
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(800)
        frames, script_ms = played(page, at_s)
        n = len(page.evaluate("bartizan.heads()"))
        print(
            f"  {words}: {n} heads, {frames:.0f} frames a second, {script_ms:.1f} ms of script"
        )
    print(f"  load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    page.close()


def played(page: Any, at_s: float) -> tuple[float, float]:
    """Return frames a second, and script a frame [ms], while it plays from a time."""
    read = "[bartizan.frames(), performance.now(), bartizan.drawing_ms()]"
    page.locator("input[type=range]").fill(str(at_s))
    page.locator("canvas.air").focus()
    page.keyboard.press(" ")
    page.wait_for_timeout(300)
    before = page.evaluate(read)
    page.wait_for_timeout(int(1000 * SECONDS))
    after = page.evaluate(read)
    page.keyboard.press(" ")
    n = after[0] - before[0]
    return 1000.0 * n / (after[1] - before[1]), (after[2] - before[2]) / n


if __name__ == "__main__":
    main()
