"""The scenario room: what a user writes, as a validated document.

In: a bundled name, a YAML file or plain data, and changes ``path=value``. Out: a `Scenario`,
or a `DocumentError` with every fault at once. Nothing here computes; each stage's ``lower``
reads the document and makes arrays of it.
"""

from bartizan.scenario.load import load, scenarios, template
from bartizan.scenario.portable import portable, with_copies
from bartizan.scenario.schema import Scenario

__all__ = ["Scenario", "load", "portable", "scenarios", "template", "with_copies"]
