"""What registration finds of a planted bias: `python -m benchmarks.tracking.bias --seeds 1-4`.

A line of JSON a seed: what each radar measures too much, as planted and as found with one
sigma, and the scores of the scene as it is and with what was found taken off its plots.
"""

import argparse
import json

import numpy as np
from benchmarks.tracking.harder import make_harder
from benchmarks.tracking.run import radar, seeds_of, tracked
from benchmarks.tracking.scenes import Scene
from benchmarks.tracking.scores import score
from benchmarks.tracking.write import NAMES, plots_table

from bartizan.api.tracking import tracked as table_tracked
from bartizan.tracking.plan import Settings

AXES = ("range_m", "azimuth_rad", "elevation_rad")

Found = dict[str, dict[str, float]]


def found_in(scene: Scene) -> Found:
    """Return the biases that the summary of `bartizan track` reports, by name of the radar."""
    sensors = {name: radar(scene, s) for s, name in enumerate(NAMES)}
    bias = table_tracked(plots_table(scene), sensors, None, 1.0).summary["bias"]
    return dict(bias)


def corrected(scene: Scene, found: Found) -> Scene:
    """Return the scene with what was found taken off its plots."""
    off = np.array([[found[n][axis] for axis in AXES] for n in NAMES])[scene.sensor]
    return scene._replace(
        range_m=scene.range_m - off[:, 0],
        azimuth_rad=np.mod(scene.azimuth_rad - off[:, 1], 2 * np.pi),
        elevation_rad=scene.elevation_rad - off[:, 2],
    )


def line_of(scene: Scene, found: Found) -> dict[str, object]:
    """Return what is printed of a scene."""
    line: dict[str, object] = {}
    for name, site in zip(NAMES, scene.sites, strict=True):
        planted = (site.bias_range_m, site.bias_azimuth_rad, 0.0)
        for axis, true, unit in zip(AXES, planted, (1.0, 1e3, 1e3), strict=True):
            value, sigma = found[name][axis], found[name][f"sigma_{axis}"]
            words = f"{true * unit:g}: {value * unit:.2f} ± {sigma * unit:.2f}"
            line[f"{name} {axis.replace('_rad', '_mrad')}"] = words
    for label, one in (("as it is", scene), ("corrected", corrected(scene, found))):
        scores = score(tracked(one, Settings())[0], one.truth)
        line[label] = {
            "gospa_m": round(scores.gospa_m, 1),
            "switches": scores.switches,
            "false_m2": round(scores.false_m2),
            "idf1": round(scores.idf1, 4),
        }
    return line


def main() -> None:
    """Print a line for each seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds_of, default="1-4")
    for seed in parser.parse_args().seeds:
        scene = make_harder("two-biased", seed)
        print(json.dumps({"seed": seed, **line_of(scene, found_in(scene))}), flush=True)


if __name__ == "__main__":
    main()
