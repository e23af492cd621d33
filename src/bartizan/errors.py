"""The one tree of errors, and the fault: what is wrong in a document, where, and the remedy."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

MAX_FAULTS = 200
MAX_SHOWN = 200
MAX_KNOWN = 1_000


class BartizanError(Exception):
    """Any mistake of a file, an argument or the disk that a user can mend; exit code 2."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a document.

    ``path`` is the place in the document (``raid.cruise.count``), ``line`` its line in
    ``file`` (0: unknown).
    """

    path: str
    problem: str
    given: str = ""
    allowed: str = ""
    remedy: str = ""
    file: str = ""
    line: int = 0

    def at(self, file: str, line: int) -> "Fault":
        """Return the same fault, placed in a file."""
        return replace(self, file=file, line=line)

    def __str__(self) -> str:
        file, path, given = map(shortened, (self.file, self.path, self.given))
        place = f"{file}:{self.line}" if self.line else file
        problem, remedy = shortened(self.problem, 2 * MAX_SHOWN), shortened(self.remedy)
        head = ": ".join(part for part in (place, path, problem) if part)
        details = (("given", given), ("allowed", self.allowed), ("remedy", remedy))
        lines = [f"    {name + ':':9}{text}" for name, text in details if text]
        return "\n".join([head, *lines])


class DocumentError(BartizanError):
    """A scenario or catalogue document with faults: all at once, or the first `MAX_FAULTS`."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        found = tuple(faults)
        if len(found) > MAX_FAULTS:
            more = f"and {len(found) - MAX_FAULTS:,} more faults"
            found = (*found[:MAX_FAULTS], Fault("", more, remedy="mend these first"))
        self.faults: Sequence[Fault] = found
        super().__init__("\n".join(str(fault) for fault in self.faults))


class RunError(BartizanError):
    """A run folder that cannot be written, read or replaced."""


def shortened(text: str, most: int = MAX_SHOWN) -> str:
    """Return a text for a message, cut where it is longer than ``most`` characters."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def nearest(given: str, known: Iterable[str]) -> str:
    """Return the remedy for a misspelt name: the nearest known one, or nothing."""
    if len(given) > MAX_SHOWN:
        return ""
    names = list(islice(known, MAX_KNOWN))
    begun = [name for name in names if len(given) > 2 and name.startswith(given)]
    match = begun or difflib.get_close_matches(given, names, n=1, cutoff=0.5)
    return f"did you mean '{match[0]}'?" if match else ""
