"""A small study and its report, made once for all tests of the page."""

import pytest

import bartizan
from tests.studies.inprocess import AtOnce, use
from tests.test_api import TINY

TITLE = 'Sixteen <i>missiles</i> & "one" port</script>'
# Sixteen missiles, seen late: what leaks depends on chance and on the figures.
HARD = {
    **TINY,
    "title": TITLE,
    "raid": {"cruise": {**TINY["raid"]["cruise"], "count": 16, "altitude": "60 m"}},
}
DRAWS = 30


def made(folder, scenario=HARD, n=2 * DRAWS, **more):
    """Return a study made in this process, in a folder."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        use(monkeypatch, AtOnce())
        return bartizan.study(scenario, n, per_draw=2, out=folder, **more)
