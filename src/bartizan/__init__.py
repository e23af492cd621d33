"""Bartizan: what a raid does to an air defence, simulated from published figures.

>>> import bartizan
>>> run = bartizan.run("coastal-raid", seed=1)
>>> run.summary["threats"]["total"]["leaked"]
>>> run.events  # an Arrow table
>>> bartizan.load("coastal-raid").set("raid.cruise.count", 200)

Importing it costs nothing: each name is fetched from its room when it is first used.
"""

import importlib
from typing import Any

__version__ = "0.1.0"

_EXPORTS = {
    "load": "api",
    "check": "api",
    "run": "api",
    "open_run": "api",
    "summarise": "api",
    "export": "api",
    "view": "api",
    "compare_systems": "api",
    "nets": "api",
    "study": "api",
    "compare": "api",
    "report": "api",
    "sql": "api",
    "open_study": "api",
    "why": "api",
    "scenarios": "api",
    "new": "api",
    "warm": "api",
    "verify": "api",
    "track": "api",
    "score": "api",
    "doctor": "api",
    "entries": "api",
    "entry": "api",
    "Scenario": "scenario",
    "Run": "archive.run",
    "Tracker": "tracking.tracker",
    "Sensor": "tracking.sensors",
    "TrackerSettings": "tracking.settings",
    "RadarPlots": "tracking.inbox",
    "PositionReports": "tracking.inbox",
    "BartizanError": "errors",
    "DocumentError": "errors",
    "RunError": "errors",
    "Fault": "errors",
}

__all__ = ["__version__", *_EXPORTS]


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module 'bartizan' has no attribute '{name}'")
    found = getattr(importlib.import_module(f"bartizan.{_EXPORTS[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
