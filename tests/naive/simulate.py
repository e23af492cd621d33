"""Slow twin of the kernel of `bartizan.simulate`: every row by pyproj."""

import numpy as np
import pyproj

GEODETIC = pyproj.Transformer.from_crs("EPSG:4978", "EPSG:4979", always_xy=True)


def geodetic_states(states):
    """Latitude and longitude [deg], height, and the velocity as seen from the place itself."""
    rows = []
    for state in states:
        lon, lat, height = GEODETIC.transform(*state[:3])
        place = f"+proj=topocentric +ellps=WGS84 +lon_0={lon!r} +lat_0={lat!r} +h_0={height!r}"
        ahead = pyproj.Transformer.from_pipeline(place).transform(*(state[:3] + state[3:]))
        rows.append([lat, lon, height, *ahead])
    return np.array(rows).reshape(-1, 6)
