"""Small files of state vectors, in three spellings, for tests to put mistakes in."""

import math

from tests.scenario.documents import SMALL

OWN = "time_s,id,lat_deg,lon_deg,altitude_m,ground_speed_m_s,heading_deg,vertical_rate_m_s"
OPENSKY = "time,icao24,lat,lon,geoaltitude,velocity,heading,vertrate,callsign"
TRAFFIC = (
    "timestamp,icao24,callsign,latitude,longitude,altitude,groundspeed,track,vertical_rate"
)

M_PER_DEG = 6_371_008.8 * math.pi / 180.0
SPEED_M_S = 200.0
CLIMB_M_S = 5.0


def way(n=8, step_s=10.0, lat_deg=48.0, lon_deg=2.0):
    """Return (time, lat, lon, altitude) of an aircraft that flies north and climbs."""
    north_deg, up_m = SPEED_M_S * step_s / M_PER_DEG, CLIMB_M_S * step_s
    return [(k * step_s, lat_deg + k * north_deg, lon_deg, 3000.0 + k * up_m) for k in range(n)]


def own(rows, aircraft="3c6444", speed=SPEED_M_S, climb=CLIMB_M_S):
    """Return rows in the project's own spelling, without the header."""
    return [f"{t},{aircraft},{lat!r},{lon},{h},{speed},0,{climb}" for t, lat, lon, h in rows]


def opensky(rows, aircraft="3c6444", speed=SPEED_M_S, climb=CLIMB_M_S):
    """Return rows as OpenSky spells them: SI, seconds since 1970."""
    return [
        f"{1527693698 + t:.0f},{aircraft},{lat!r},{lon},{h},{speed},0,{climb},AB1"
        for t, lat, lon, h in rows
    ]


def traffic(rows, aircraft="3c6444", speed=SPEED_M_S, climb=CLIMB_M_S):
    """Return rows as frames of `traffic` spell them: ft, kt, ft/min, ISO 8601."""
    return [
        f"2018-05-30 15:{int(t) // 60:02}:{int(t) % 60:02}+00:00,{aircraft},AB1,{lat!r},{lon},"
        f"{h / 0.3048!r},{speed * 3600 / 1852!r},0,{climb * 60 / 0.3048!r}"
        for t, lat, lon, h in rows
    ]


def csv_of(header, *rows):
    """Return the text of a file."""
    return "\n".join([header, *(row for group in rows for row in group)]) + "\n"


def with_recording(**more):
    """Return the small scenario with recorded traffic in place of its airway."""
    head = SMALL[: SMALL.index("civil:")]
    block = {"aircraft": "airliner", "states": "flights.csv"} | more
    lines = [f"    {key.replace('_', '-')}: {value}" for key, value in block.items()]
    return "\n".join([head + "civil:", "  recorded:", *lines]) + "\n"


MOVED = "{from: {lat: 48.0, lon: 2.0}, to: {east: 0 km, north: 0 km}}"
