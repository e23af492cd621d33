"""Small worlds and radars for the tests of `bartizan.sense`."""

import math
from typing import NamedTuple

import numpy as np

from bartizan import arrays
from bartizan.events import make_events
from bartizan.rng import stable_id
from bartizan.sense import radar
from bartizan.sense.cues import make_cues
from bartizan.sense.detection import required_snr
from bartizan.sense.looks import make_looks
from bartizan.sense.plots import Plots, make_plots
from bartizan.sense.radar import SensePlan, SensorMode
from bartizan.sense.scan import scan
from bartizan.world.chaff import ChaffPlan, make_chaff
from bartizan.world.geodesy import ecef_from_geodetic, enu_from_ecef
from bartizan.world.ground import destination, great_circle, normal_from_geodetic
from bartizan.world.motion import position_velocity
from bartizan.world.move import move
from bartizan.world.truth import (
    Motion,
    Phase,
    Side,
    Swerling,
    Transponder,
    WorldPlan,
    make_targets,
)
from tests.plain import plain

radar_of = plain(radar.radar_of)

SITE = (math.radians(-27.4), math.radians(-17.6))
KEY = stable_id("seed of the tests")


class Flight(NamedTuple):
    """A straight flight between two places given by bearing [deg] and range [km]."""

    name: str = "raid.a[0]"
    start: tuple[float, float] = (270.0, 100.0)
    stop: tuple[float, float] = (270.0, 20.0)
    height_m: float = 8000.0
    start_s: float = 0.0
    end_s: float = 400.0
    rcs_m2: float = 5.0
    swerling: int = Swerling.SLOW
    side: int = Side.HOSTILE
    transponder: int = Transponder.SILENT
    noise_w_hz: float = 0.0


def make_world(flights: list[Flight], chaff: ChaffPlan | None = None) -> WorldPlan:
    """Return the plan of the flights."""
    n = len(flights)

    def column(name, dtype=float):
        return np.array([getattr(flight, name) for flight in flights], dtype=dtype)

    normals = np.zeros((n, 2, 3))
    turns = np.zeros((n, 4))
    for row, flight in enumerate(flights):
        for end, (bearing_deg, range_km) in enumerate((flight.start, flight.stop)):
            place = destination(*SITE, math.radians(bearing_deg), range_km * 1e3)
            normals[row, end] = normal_from_geodetic(*place)
        turns[row] = great_circle(*normals[row, 0], *normals[row, 1])
    return WorldPlan(
        target_id=np.array([stable_id(flight.name) for flight in flights], dtype=np.int64),
        side=column("side", np.int64),
        kind=arrays.counts(n),
        motion=np.full(n, int(Motion.ROUTE)),
        start_s=column("start_s"),
        end_s=column("end_s"),
        aim_asset=arrays.none(n),
        damage_probability=arrays.zeros(n),
        turn_away_probability=arrays.zeros(n),
        price_usd=arrays.zeros(n),
        rcs_m2=column("rcs_m2"),
        swerling=column("swerling", np.int64),
        transponder=column("transponder", np.int64),
        jammer=np.flatnonzero(column("noise_w_hz")),
        jammer_w_hz=column("noise_w_hz")[column("noise_w_hz") > 0.0],
        chaff=make_chaff(0) if chaff is None else chaff,
        leg_first=np.arange(n + 1),
        leg_start_s=column("start_s"),
        leg_end_s=column("end_s"),
        leg_from=normals[:, 0].copy(),
        leg_axis=turns[:, :3].copy(),
        leg_angle_rad=turns[:, 3].copy(),
        leg_from_height_m=column("height_m"),
        leg_to_height_m=column("height_m"),
        weave_amplitude_m=arrays.zeros(n),
        weave_period_s=np.ones(n),
        arc_apogee=arrays.nan(n, 3),
        arc_axis=arrays.nan(n, 3),
        arc_semi_major_m=arrays.nan(n),
        arc_eccentricity=arrays.nan(n),
        arc_apogee_s=arrays.nan(n),
    )


def make_sense(*radars: dict, perfect: bool = False) -> SensePlan:
    """Return a table of radars at the site; each dict changes columns of an ordinary one."""
    snr = required_snr(0.5, 1e-6, Swerling.SLOW)
    ordinary = {
        "net": 0,
        "block": 0,
        "mode": SensorMode.ROTATING,
        "position_ecef_m": ecef_from_geodetic(*SITE, 10.0),
        "enu_from_ecef": enu_from_ecef(*SITE),
        "antenna_height_m": 10.0,
        "range_min_m": 2e3,
        "range_max_m": 300e3,
        "elevation_min_rad": 0.0,
        "elevation_max_rad": math.radians(60.0),
        "sector_centre_rad": 0.0,
        "sector_half_width_rad": math.pi,
        "scan_period_s": 6.0,
        "scan_phase": 0.3,
        "false_alarm_probability": 1e-6,
        "snr_constant_m2": snr * 150e3**4 / 1.0,
        "snr_reference": snr,
        "range_sigma_m": 60.0,
        "azimuth_sigma_rad": 0.004,
        "elevation_sigma_rad": 0.006,
        "sigma_floor": 0.2,
        "iff_reply_probability": 0.9,
        "noise_response_m2_hz_w": 5e19,
        "beam_half_width_rad": math.radians(1.0),
        "sidelobe_ratio": 1e-3,
        "chaff_rejection": 0.3,
        "false_alarms_per_scan": 0.0,
        "false_alarm_elevation_min_rad": 0.0,
        "false_alarm_elevation_max_rad": math.radians(10.0),
    }
    rows = [
        ordinary | {"sensor_id": stable_id(f"defence.radar-{row}")} | radar
        for row, radar in enumerate(radars)
    ]
    whole = {"sensor_id", "net", "block", "mode"}
    columns = {
        name: np.array([row[name] for row in rows], dtype=np.int64 if name in whole else float)
        for name in SensePlan._fields
        if name != "perfect"
    }
    columns["position_ecef_m"] = columns["position_ecef_m"].reshape(-1, 3)
    columns["enu_from_ecef"] = columns["enu_from_ecef"].reshape(-1, 3, 3)
    return SensePlan(perfect=perfect, **columns)


class Run:
    """A world under watch, tick by tick; every plot is kept as a row (a tuple of columns)."""

    def __init__(
        self, sense: SensePlan, world: WorldPlan, key: int = KEY, capacity: int = 2000
    ):
        n = world.target_id.shape[0]
        self.sense, self.world, self.key = sense, world, key
        self.targets = make_targets(n)
        self.looks = make_looks(n, sense.sensor_id.shape[0])
        self.plots, self.cues = make_plots(capacity), make_cues(4)
        self.silent_s = arrays.never(1)
        self.events = make_events(10_000)
        self.rows: list[dict] = []

    def tick(self, t0_s: float, t1_s: float) -> list[dict]:
        """Advance one tick and return its plots."""
        move(self.world, self.targets, t1_s)
        for i in np.flatnonzero(self.world.end_s <= t1_s):
            if self.targets.phase[i] == Phase.FLYING and self.world.end_s[i] <= t0_s:
                self.targets.phase[i] = Phase.LEAKED
                self.targets.ended_s[i] = self.world.end_s[i]
        scan(
            self.sense, self.world, self.targets, self.looks, self.cues,
            self.silent_s, self.plots, self.events, self.key, t0_s, t1_s,
        )  # fmt: skip
        rows = rows_of(self.plots)
        self.rows += rows
        return rows

    def until(self, duration_s: float, tick_s: float = 1.0) -> "Run":
        """Advance tick by tick."""
        for n in range(round(duration_s / tick_s)):
            self.tick(n * tick_s, (n + 1) * tick_s)
        return self

    def logged(self) -> list[tuple[int, int, int]]:
        """Return kind, subject and object of all events."""
        n, events = self.events.size[0], self.events
        return [
            (int(events.kind[k]), int(events.subject[k]), int(events.object[k]))
            for k in range(n)
        ]


def rows_of(plots: Plots) -> list[dict]:
    """Return the filled rows of a table of plots."""
    names = [name for name in Plots._fields if name not in ("size", "lost", "order")]
    return [
        {
            name: tuple(cell.tolist())
            if (cell := getattr(plots, name)[row]).ndim
            else cell.item()
            for name in names
        }
        for row in range(plots.size[0])
    ]


def where_in(world: WorldPlan):
    """Return the world as its slow twins want it."""
    return lambda i, t_s: position_velocity(world, i, t_s)[:3]
