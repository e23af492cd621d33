"""Write a scene as a user has it: `python -m benchmarks.tracking.write FOLDER --mode raid`.

FOLDER then holds plots.parquet, truth.parquet and sensors.yaml, for `bartizan track` and
`bartizan score`.
"""

import argparse
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet
from benchmarks.tracking.harder import HARDER
from benchmarks.tracking.run import radar, scene_of
from benchmarks.tracking.scenes import MODES, SIGMA_ANGLE_RAD, SIGMA_RANGE_M, Scene

from bartizan.tracking.report import make_places, place
from bartizan.tracking.sensors import table_of

FIELDS = ("lat_deg", "lon_deg", "height_m", "scan_period_s", "detection_probability")
FIELDS += ("false_alarms_per_scan", "range_min_m", "range_max_m", "false_alarm_elevation_rad")
FIELDS += ("antenna_height_m",)
NAMES = ("radar", "other")


def plots_table(scene: Scene) -> pa.Table:
    """Return the plots of a scene."""
    n = len(scene.scan)
    return pa.table(
        {
            "time_s": scene.time_s,
            "sensor": [NAMES[s] for s in scene.sensor],
            "range_m": scene.range_m,
            "azimuth_rad": scene.azimuth_rad,
            "elevation_rad": scene.elevation_rad,
            "sigma_range_m": np.full(n, SIGMA_RANGE_M),
            "sigma_azimuth_rad": np.full(n, SIGMA_ANGLE_RAD),
            "sigma_elevation_rad": np.full(n, SIGMA_ANGLE_RAD),
        }
    )


def truth_table(scene: Scene) -> pa.Table:
    """Return where the objects of a scene are, in the columns of a table of tracks."""
    scan, thing = np.nonzero(~np.isnan(scene.truth[..., 0]))
    enu = scene.truth[scan, thing]
    site = table_of([radar(scene)])
    turn = site.enu_from_ecef[0]
    state = np.concatenate([enu[:, :3] @ turn + site.position_ecef_m[0], enu[:, 3:] @ turn], 1)
    places = make_places(len(state))
    place(state, np.zeros((len(state), 6, 6)), places)
    columns = {
        "time_s": scan * scene.period_s,
        "truth_id": thing,
        "lat_deg": np.degrees(places.geodetic[:, 0]),
        "lon_deg": np.degrees(places.geodetic[:, 1]),
        "height_m": places.geodetic[:, 2],
    }
    for names, values in (
        (("east_m", "north_m", "up_m"), enu[:, :3]),
        (("v_east_m_s", "v_north_m_s", "v_up_m_s"), places.velocity_m_s),
    ):
        columns |= dict(zip(names, values.T, strict=True))
    return pa.table(columns)


def main() -> None:
    """Write the three files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mode", default="raid", choices=(*MODES, *HARDER))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--n", type=int, help="objects, instead of the mode's own number")
    chosen = parser.parse_args()
    scene = scene_of(chosen.mode, chosen.seed, chosen.n)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    pa.parquet.write_table(plots_table(scene), chosen.folder / "plots.parquet")
    pa.parquet.write_table(truth_table(scene), chosen.folder / "truth.parquet")
    lines = []
    for s, name in zip(range(len(scene.sites)), NAMES, strict=False):
        one = radar(scene, s)
        lines += [f"{name}:", *(f"  {field}: {getattr(one, field)}" for field in FIELDS)]
    (chosen.folder / "sensors.yaml").write_text("\n".join([*lines, ""]))
    print(f"written: {chosen.folder}/plots.parquet, truth.parquet, sensors.yaml")


if __name__ == "__main__":
    main()
