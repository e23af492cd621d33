"""What must hold of every run, however odd its scenario: counts that add up, words that fit."""

import io
from typing import Any

from rich.console import Console

import bartizan


def ran(document: dict[str, Any] | str, seed: int = 1, **options: Any) -> dict[str, Any]:
    """Run a scenario, assert that it is sound, and return its summary."""
    run = bartizan.run(document, seed=seed, record="events", **options)
    summary = dict(run.summary)
    assert_counts_add_up(summary)
    assert_launched(bartizan.load(document), summary)
    for width in (80, 40):
        assert_renders(run, width)
    assert str(bartizan.why(run=run))
    return summary


def assert_counts_add_up(summary: dict[str, Any]) -> None:
    threats = summary["threats"]
    for row in (threats["total"], *threats["by_class"].values()):
        over = row["killed"] + row["leaked"] + row["turned_away"]
        assert over + row["in_flight"] == row["launched"]
        assert row["launched"] >= row["detected"] >= row["tracked"]
        assert min(row.values()) >= 0
    for name, n in threats["total"].items():
        assert n == sum(row[name] for row in threats["by_class"].values())
    assert sum(summary["causes"].values()) == threats["total"]["leaked"]
    assert len(summary["leakers"]) == threats["total"]["leaked"]
    for cause, n in summary["causes"].items():
        assert n == sum(leaker["cause"] == cause for leaker in summary["leakers"])
    assert not any(summary["overflow"].values())
    assert summary["civil"]["lost"] <= summary["civil"]["present"]
    assert sum(asset["hits"] for asset in summary["assets"].values()) <= len(summary["leakers"])


def assert_launched(scenario: Any, summary: dict[str, Any]) -> None:
    """Rounds fired and left make up the loaded ones; nobody flies who is not in the raid."""
    count = sum(group.count for group in scenario.raid.values())
    assert summary["threats"]["total"]["launched"] <= count
    loaded = loaded_rounds(scenario)
    rounds = summary["rounds"]
    assert {
        name: rounds["fired"][name] + rounds["left"][name] for name in rounds["left"]
    } == loaded


def loaded_rounds(scenario: Any) -> dict[str, int]:
    from bartizan.api.running import lowered

    plan = lowered(scenario, "radar")
    loaded = plan.force.unit_rounds.sum(axis=0)
    return {name: int(n) for name, n in zip(plan.names.interceptors, loaded, strict=True)}


def assert_renders(run: Any, width: int) -> None:
    screen = io.StringIO()
    console = Console(file=screen, width=width, color_system=None, highlight=False)
    console.print(bartizan.summarise(run), crop=False)
    lines = screen.getvalue().splitlines()
    assert lines[0].startswith("One replication.")
    assert "nan" not in screen.getvalue().split()
    # Paths and commands are never folded, so that they can be copied.
    folded = [line for line in lines if not line.startswith(("Files", "Next", "       "))]
    assert max(map(len, folded)) <= width
