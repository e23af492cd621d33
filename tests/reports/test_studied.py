"""What became of threats that were neither killed nor leaked is told, where there are any."""

from types import SimpleNamespace

import pytest

from bartizan.reports.page.funnel import STAGES, funnel
from bartizan.reports.study import label, shown_measures


def measures(turned_away, in_flight):
    """Return the measures of an arm of 80 threats, 20 of them killed."""
    leaked = 60.0 - turned_away - in_flight
    means = {
        **dict.fromkeys((f"threats_total_{stage}" for stage in STAGES[:4]), 80.0),
        "killed": 20.0,
        "leakers": leaked,
        "threats_total_killed": 20.0,
        "threats_total_leaked": leaked,
        "threats_total_turned_away": turned_away,
        "threats_total_in_flight": in_flight,
    }
    ends = ("mean", "low", "high", "least", "most")
    return {name: dict.fromkeys(ends, mean) for name, mean in means.items()}


@pytest.mark.parametrize(
    ("turned_away", "in_flight", "rows", "words"),
    [
        (0.0, 0.0, [], "60 get through, on average."),
        (0.0, 0.5, ["in flight at end"], "; 0.5 are still in flight when the scenario ends."),
        (2.0, 0.0, ["turned away"], "58 get through, on average; 2 turn away."),
    ],
)
def test_threats_add_up(turned_away, in_flight, rows, words):
    found = measures(turned_away, in_flight)
    shown = [label(name).plain for name, _ in shown_measures({"measures": found})]
    assert shown == ["leakers", "threats killed", *rows]
    section = funnel(SimpleNamespace(measures=found, classes={}))
    assert section.parts[0].text.endswith(words)
