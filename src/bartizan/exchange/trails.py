"""Trails: where each confirmed track was believed to be, and whose."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bartizan.arrays import Floats
from bartizan.exchange.flights import ecef_of, grouped, state_columns

if TYPE_CHECKING:
    import pyarrow as pa

TENTATIVE = "tentative"
BELIEFS = (
    *("sigma_m", "sigma_major_m", "sigma_minor_m", "major_axis_deg", "sigma_up_m"),
    "p_hostile",
)
"""How sure the defence was of a track; older runs recorded the first of them only."""


class Trail(NamedTuple):
    """One track from its first to its last sample as a confirmed one."""

    track_id: int
    time_s: Floats  # (n,)
    places: Floats  # (n, 3) lat_deg, lon_deg, height_m
    velocity_m_s: Floats  # (n, 3) east, north, up
    ecef_m: Floats  # (n, 3)
    identity: tuple[str, ...]  # (n,)
    beliefs: Mapping[str, Floats]  # (n,) each: the columns of `BELIEFS` that were recorded

    @property
    def name(self) -> str:
        """Its name as in events."""
        return f"track {self.track_id}"

    def identities(self) -> list[tuple[float, str]]:
        """Return from when on it was taken for whom."""
        return [
            (float(time_s), identity)
            for k, (time_s, identity) in enumerate(zip(self.time_s, self.identity, strict=True))
            if k == 0 or identity != self.identity[k - 1]
        ]


def trails_of(tracks: "pa.Table") -> tuple[Trail, ...]:
    """Return the trails of a table of tracks; tentative tracks have none."""
    return tuple(_trails(tracks))


def _trails(tracks: "pa.Table") -> Iterator[Trail]:
    times, places, velocity = state_columns(tracks)
    status = np.array(tracks["status"].to_pylist(), dtype=object)
    identity = np.array(tracks["identity"].to_pylist(), dtype=object)
    recorded = [name for name in BELIEFS if name in tracks.column_names]
    beliefs = {name: tracks[name].to_numpy() for name in recorded}
    for track_id, found in grouped(tracks, "track_id"):
        rows = found[status[found] != TENTATIVE]
        if len(rows):
            yield Trail(
                track_id=int(track_id),
                time_s=times[rows],
                places=places[rows],
                velocity_m_s=velocity[rows],
                ecef_m=ecef_of(places[rows]),
                identity=tuple(identity[rows]),
                beliefs={name: column[rows] for name, column in beliefs.items()},
            )
