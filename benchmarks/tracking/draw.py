"""Draw the pages of docs/tracking.md: `python -m benchmarks.tracking.draw`, into docs/.

Needs matplotlib, which comes with Stone Soup. Both trackers see the same plots, and of both
the tracks with at most two misses are shown.
"""

import argparse
import warnings
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from benchmarks.tracking.peers import NOISE_M2_S3, stone_soup
from benchmarks.tracking.run import tracked
from benchmarks.tracking.scenes import GROUP, Floats, Scene, make_scene
from benchmarks.tracking.scores import Rows, distances, score
from numpy.typing import NDArray

from bartizan.tracking.plan import Settings

mpl.use("svg")
import matplotlib.pyplot as plt

STYLE = {
    "svg.hashsalt": "bartizan",  # the same picture, the same file
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.25,
}
OURS, THEIRS = "Bartizan", "Stone Soup"
INK = {OURS: "#0f766e", THEIRS: "#b45309"}
NEAR_M = 1000.0


def gospa_over_time(scenes: dict[str, tuple[Scene, dict[str, Rows]]], path: Path) -> None:
    """Draw GOSPA by scan, a panel a scene."""
    figure, panels = plt.subplots(1, len(scenes), figsize=(9, 3.2), sharey=True)
    for panel, (mode, (scene, found)) in zip(panels, scenes.items(), strict=True):
        for name, rows in found.items():
            switches = int(score(rows, scene.truth).switches)
            label = f"{name}, {switches} switches"
            panel.plot(by_scan(rows, scene.truth), color=INK[name], lw=1.8, label=label)
        panel.set_title(f"{mode}: 300 objects", loc="left", fontweight="bold")
        panel.set_xlabel("scan (one second each)")
        panel.legend(frameon=False, loc="upper right")
    panels[0].set_ylabel("GOSPA, m (500 m, p = 2)")
    panels[0].set_ylim(bottom=0.0)
    save(figure, path)


def by_scan(rows: Rows, truth: Floats) -> list[float]:
    """Return GOSPA [m] of each scan."""
    found = []
    for scan, now in enumerate(truth):
        there = now[~np.isnan(now[:, 0]), :3]
        found.append(distances(there, rows.state[rows.scan == scan, :3])[0])
    return found


def tracks_over_truth(scene: Scene, found: dict[str, Rows], path: Path) -> None:
    """Draw the formation that turns hardest: the truth in grey, each track number a colour."""
    first = GROUP * hardest(scene.truth)
    truth = scene.truth[:, first : first + GROUP, :3]
    figure, panels = plt.subplots(1, len(found), figsize=(9, 4.2), sharex=True, sharey=True)
    for panel, (name, rows) in zip(panels, found.items(), strict=True):
        panel.plot(truth[..., 0] / 1e3, truth[..., 1] / 1e3, color="0.8", lw=5.0, zorder=1)
        mine = near(rows, truth)
        numbers = np.unique(rows.track[mine])
        for k, number in enumerate(numbers):
            at = mine & (rows.track == number)
            color = plt.cm.tab10(k % 10)
            panel.plot(*rows.state[at, :2].T / 1e3, color=color, lw=1.3, zorder=2)
        title = f"{name}: ten objects, {len(numbers)} track numbers"
        panel.set_title(title, loc="left", fontweight="bold")
        panel.set_xlabel("east, km")
        panel.set_aspect("equal")
    panels[0].set_ylabel("north, km")
    save(figure, path)


def near(rows: Rows, truth: Floats) -> NDArray[np.bool_]:
    """Return which rows lie near one of the objects (s, k, 3) of their scan."""
    away_m = np.linalg.norm(rows.state[:, None, :3] - truth[rows.scan], axis=-1)
    return np.asarray(away_m.min(axis=1) < NEAR_M)


def hardest(truth: Floats) -> int:
    """Return the formation that is there all the time whose course changes most."""
    course = np.unwrap(np.arctan2(truth[..., 4], truth[..., 3]), axis=0)
    change = np.abs(course[-1] - course[0]).reshape(-1, GROUP).mean(axis=1)
    return int(np.nanargmax(change))


def save(figure: Any, path: Path) -> None:
    """Write a picture without the date of its drawing."""
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
    print(path)


def main() -> None:
    """Track both scenes with both trackers, and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("docs"))
    chosen = parser.parse_args()
    warnings.filterwarnings("ignore")
    plt.rcParams.update(STYLE)
    scenes = {}
    for mode in ("spread", "raid"):
        scene = make_scene(mode, chosen.seed)
        ours, theirs = tracked(scene, Settings())[0], stone_soup(scene, NOISE_M2_S3)[0]
        scenes[mode] = scene, {OURS: ours, THEIRS: theirs}
    gospa_over_time(scenes, chosen.out / "tracking-gospa.svg")
    tracks_over_truth(*scenes["raid"], chosen.out / "tracking-raid.svg")


if __name__ == "__main__":
    main()
