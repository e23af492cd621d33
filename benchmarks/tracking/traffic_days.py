"""Score the tracker on recorded flights: `python -m benchmarks.tracking.traffic_days`.

The flights come from the installed package `traffic`; this needs
`pip install --no-deps traffic==2.13`. Prints a row a scan period: mean over seeds of each score
with the half width of its 95 % interval, and the milliseconds a scan (median over scans, mean
over seeds). Scored are tracks past their start with at most two misses, inside the coverage, as
the truth is.
"""

import argparse
import sys

import numpy as np
from benchmarks.tracking.legs import Leg, read_legs, sample_folder
from benchmarks.tracking.overlay import is_in_coverage, overlaid
from benchmarks.tracking.run import row_of, seeds_of, settings_of, tracked
from benchmarks.tracking.scenes import make_scene
from benchmarks.tracking.scores import Rows, score

from bartizan.errors import BartizanError

SHOWN = ("gospa_m", "localisation_m2", "missed_m2", "false_m2", "ospa_m")
SHOWN += ("continuity", "tracks_an_object", "switches", "idf1", "velocity_rmse_m_s")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--periods", type=int, nargs="+", default=[4, 10], help="of a scan, s")
    parser.add_argument("--seeds", type=seeds_of, default="1-8")
    parser.add_argument("--n", type=int, default=300, help="aircraft at once")
    parser.add_argument("--perfect", action="store_true", help="tell whose each plot is")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    chosen = parser.parse_args()
    try:
        legs = read_legs(sample_folder())
    except BartizanError as fault:
        print(fault, file=sys.stderr)
        sys.exit(2)
    tracked(make_scene("raid", 0, 30, 6), settings_of(chosen.set))  # compiles
    print(f"{len(legs)} legs, {sum(len(leg.place) for leg in legs) / 3600:.0f} hours of flight")
    print(" " * 12, *(f"{name:22s}" for name in SHOWN), "ms a scan")
    for period_s in chosen.periods:
        print(_row(legs, period_s, chosen), flush=True)


def _row(legs: list[Leg], period_s: int, chosen: argparse.Namespace) -> str:
    scores, ms, objects, at_once = [], [], [], []
    for seed in chosen.seeds:
        scene = overlaid(legs, seed, chosen.n, period_s)
        rows, seconds = tracked(scene, settings_of(chosen.set), chosen.perfect)
        is_scored = is_in_coverage(rows.state[:, :3])
        scores.append(score(Rows(*(column[is_scored] for column in rows)), scene.truth))
        ms.append(1e3 * float(np.median(seconds)))
        objects.append(scene.truth.shape[1])
        at_once.append((~np.isnan(scene.truth[..., 0])).sum(axis=1).mean())
    counts = f"{np.mean(objects):.0f} stays, {np.mean(at_once):.0f} at once"
    return f"{row_of(f'{period_s} s', scores, ms, SHOWN)}  ({counts})"


if __name__ == "__main__":
    main()
