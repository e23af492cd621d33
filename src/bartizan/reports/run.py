"""A run as verbs return it: in a notebook it shows its summary."""

from dataclasses import dataclass, fields

from bartizan.archive.run import Run
from bartizan.reports.html import html_of
from bartizan.reports.summary import Overview


@dataclass(frozen=True, repr=False)
class RunPage(Run):
    """One run and what came of it."""

    @classmethod
    def of(cls, run: Run) -> "RunPage":
        """Return a run that shows its summary."""
        return cls(**{each.name: getattr(run, each.name) for each in fields(run)})

    def _repr_html_(self) -> str:
        return html_of(Overview(self.summary, is_told="events" in self.recorded))
