"""A made-up replication and run, of the shape that `simulate` returns, for quick tests."""

from pathlib import Path
from typing import Any

import numpy as np

from bartizan.archive.document import STATEMENT
from bartizan.archive.identity import Identity
from bartizan.archive.run import Run, manifest_of


def funnel(*numbers: int) -> dict[str, int]:
    names = ("launched", "detected", "tracked", "engaged", "killed", "leaked", "in_flight")
    return dict(zip(names, numbers, strict=True))


CAUSES = (
    "outside coverage",
    "below the horizon",
    "undetected",
    "no confirmed track in time",
    "not identified or rules of engagement",
    "no feasible window",
    "no channel",
    "no ready round",
    "order not carried out",
    "engaged and missed",
    "shot at the wrong object",
)


def measures() -> dict[str, Any]:
    by_class = {
        "cruise-missile": funnel(24, 24, 22, 20, 17, 7, 0),
        "fighter": funnel(8, 8, 8, 8, 8, 0, 0),
        "drone": funnel(20, 20, 20, 14, 12, 8, 0),
        "srbm": funnel(8, 8, 8, 8, 5, 3, 0),
    }
    total = {name: sum(row[name] for row in by_class.values()) for name in by_class["srbm"]}
    found = {"engaged and missed": 8, "no channel": 6, "below the horizon": 2}
    found["no confirmed track in time"] = 2
    leakers = [
        leaker("cruise[3]", "cruise-missile", "engaged and missed", 581.4, "power-station"),
        *(leaker(f"drones[{k}]", "drone", "no channel", 600.0 + k, "port") for k in range(8)),
        leaker("ballistic[1]", "srbm", "no confirmed track in time", 702.0, "air-base"),
    ]
    return {
        "threats": {"total": total, "by_class": by_class},
        "causes": {cause: found.get(cause, 0) for cause in CAUSES},
        "peak": {
            "tracks": 97,
            "hostiles_tracked": 41,
            "hostiles_engaged": 11,
            "engagements": 12,
        },
        "capacity": {"tracks": 300, "engagements": 12},
        "rounds": {
            "fired": {"48n6e3": 62},
            "met": {"48n6e3": 55},
            "killed": {"48n6e3": 42},
            "left": {"48n6e3": 34},
            "killed_by_class": {"48n6e3": {"drone": 20, "fighter": 22}},
        },
        "assets": {
            "power-station": asset(10.0, 3, 3, 581.4),
            "port": asset(6.0, 1, 4, None),
            "air-base": asset(8.0, 0, 5, None),
        },
        "civil": {"present": 42, "engaged": 1, "lost": 0},
        "identification": {
            "hostile": {
                "present": 300,
                "identified": 280,
                "time_to_identify_s": 31.6,
                "mistaken": 2,
            },
            "civil": bystanders(42, 1, 3),
            "friend": bystanders(0, 0, 0),
        },
        "tracker": {
            "gospa_m": np.float64(812.3),
            "localisation_m": 640.2,
            "missed": 1.24,
            "false": 0.13,
            "switches": 3,
        },
        "cost": {"rounds_usd": 6.2e7, "raid_usd": 4.8e7, "ratio": 1.29},
        "overflow": {"plots": 0, "tracks": 0},
        "leakers": leakers,
        "simulated_s": 1200.0,
    }


def leaker(name: str, kind: str, cause: str, time_s: float, asset: str) -> dict[str, Any]:
    return {"name": name, "class": kind, "cause": cause, "time_s": time_s, "asset": asset}


def asset(value: float, hits: int, stands: int, destroyed_s: float | None) -> dict[str, Any]:
    return {
        "value": value,
        "hits": hits,
        "stands": stands,
        "destroyed": destroyed_s is not None,
        "destroyed_s": destroyed_s,
    }


EVENTS = (
    (242.0, "detection won", "cruise[3]", "battalion.91n6e", ""),
    (243.0, "detection won", "cruise[4]", "battalion.91n6e", ""),
    (254.1, "track confirmed", "track 31", "battalion.91n6e", ""),
    (255.0, "track assigned", "cruise[3]", "track 31", ""),
    (260.0, "identified", "track 31", "", "hostile"),
    (265.0, "order", "track 31", "battalion", "1 round 48n6e3"),
    (272.0, "launch", "round 1", "track 31", "48n6e3 from battalion"),
    (300.0, "detection lost", "cruise[3]", "battalion.91n6e", ""),
    (306.0, "detection won", "cruise[3]", "battalion.91n6e", ""),
    (312.0, "detection lost", "cruise[3]", "battalion.91n6e", ""),
    (318.0, "detection won", "cruise[3]", "battalion.91n6e", ""),
    (330.0, "miss", "round 1", "cruise[3]", "met it and failed"),
    (335.0, "assessed", "track 31", "battalion", "missed"),
    (340.0, "track lost", "cruise[3]", "track 31", ""),
    (341.0, "track assigned", "cruise[4]", "track 31", ""),
    (350.0, "order", "track 31", "battalion", "1 round 48n6e3"),
    (355.0, "launch", "round 2", "track 31", "48n6e3 from battalion"),
    (380.0, "kill", "round 2", "cruise[4]", "12 m from the aim point"),
    (581.4, "leak", "cruise[3]", "power-station", "engaged and missed"),
    (581.4, "damage", "power-station", "cruise[3]", "hit 3"),
)


def columns() -> dict[str, dict[str, Any]]:
    names = ("time_s", "kind", "subject", "object", "detail")
    events: dict[str, Any] = {n: [row[i] for row in EVENTS] for i, n in enumerate(names)}
    events["time_s"] = np.array(events["time_s"])
    place = ("lat_deg", "lon_deg", "height_m", "v_east_m_s", "v_north_m_s", "v_up_m_s")
    state = {name: np.array([1.0, 2.0]) for name in ("time_s", *place)}
    tracks = {"track_id": np.array([31, 32]), "status": ["confirmed"] * 2}
    sigmas = ("sigma_m", "sigma_major_m", "sigma_minor_m", "major_axis_deg", "sigma_up_m")
    spread = {name: np.ones(2) for name in (*sigmas, "p_hostile")}
    truth = {"truth_id": ["cruise[3]", "cruise[4]"], "threat_class": ["cruise-missile"] * 2}
    return {
        "events": events,
        "tracks": {**state, **tracks, "identity": ["hostile"] * 2, **spread},
        "truth": {**state, **truth, "side": ["hostile"] * 2, "phase": ["flying"] * 2},
    }


def identity(**changes: Any) -> Identity:
    given: dict[str, Any] = {
        "scenario": "coastal-raid",
        "scenario_hash": "aa",
        "catalogue_hash": "bb",
        "seed": 1,
        "figures": "nominal",
        "sensing": "radar",
        "overrides": [],
        "version": "0.1.0",
    }
    return Identity(**{**given, **changes})


def bystanders(present, engaged, near_misses):
    counts = {"engaged": engaged, "harmed": 0, "declared_hostile": 1, "in_path": 2}
    return {"present": present, "near_misses": near_misses, **counts}


def summary(directory: Path | None = None, **changes: Any) -> dict[str, Any]:
    who = identity()
    return {
        "statement": STATEMENT,
        "scenario": who.scenario,
        "title": "A mixed raid of about 60 on a defended coast, through civil traffic",
        "seed": 1,
        "figures": "nominal",
        "sensing": "radar",
        "overrides": [],
        "version": "0.1.0",
        "scenario_hash": "0123456789abcdef",
        "fingerprint": "a018e430297514a5",
        **measures(),
        "provenance": {"seen": 41, "computed": 3, "recalled": 12, "assumed": 66, "pinned": 0},
        "wall_s": 3.21,
        "directory": str(directory) if directory else None,
        **changes,
    }


def run(directory: Path | None = None, record: str = "full", **changes: Any) -> Run:
    return Run(
        manifest=manifest_of(identity(**changes), record, 1200.0, 3.2),
        summary=summary(directory),
        scenario_yaml="bartizan: 1\nname: coastal-raid\ncoastline: coast.geojson\n",
        beside={"coast.geojson": "{}\n"},
        directory=directory,
        columns=columns() if record == "full" else {},
    )
