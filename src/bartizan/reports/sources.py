"""The sources of a page: short keys where something is said, and one list of them all."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from bartizan.catalogue.cite import RECALLED
from bartizan.reports.quantity import one_or_range
from bartizan.reports.wording import unbroken

Published = Mapping[str, Any]

GRADES = (
    "A official, maker, standard or textbook; B think tank, agency or established press; "
    "C secondary, state media or encyclopaedia; D blog, commentary or mirror"
)
HANG = "    "
GLUE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Keyed:
    """Words with keys of sources; a line never ends between a key and its grade."""

    words: str
    style: str = "dim"
    lead: str = ""
    """What the words begin with, in bold; later lines are then indented."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        # rich would break at any space, the no-break space included.
        words = f"{self.lead}  {self.words}" if self.lead else self.words
        indent = HANG if self.lead else ""
        wrapped = textwrap.wrap(
            words, options.max_width, subsequent_indent=indent, break_on_hyphens=False
        )
        text = Text("\n".join(wrapped).replace(GLUE, " "), self.style)
        text.stylize("bold not dim", 0, len(self.lead))
        yield text


def keys(sources: Iterable[Published]) -> str:
    """Return the short names of sources: ``people13 C, csis_s400 B recalled``."""
    return ", ".join(dict.fromkeys(_key(each) for each in sources))


def said(sources: Sequence[Published], unit: str = "") -> str:
    """Return who printed which value: ``36 by people13 C, almanar15 C; 40 by rtfr17 C``.

    Parameters
    ----------
    sources
        As in a dossier; the note of one that gives no value is shown.
    unit
        Of a fact, whose values are plain numbers.
    """
    by_value: dict[str, list[Published]] = {}
    for each in sources:
        value = one_or_range(each["value"], unit).replace(" ", GLUE)
        by_value.setdefault(value, []).append(each)
    return "; ".join(f"{value} by {keys(printed)}" for value, printed in by_value.items())


def cited(document: Mapping[str, Any]) -> dict[str, Published]:
    """Return all sources of a dossier by key, in their order.

    A source keeps its address if anything on the page was read in it.
    """
    records = (
        *document["figures"].values(),
        *document["facts"].values(),
        *document["timeline"],
        *document["remarks"],
    )
    found: dict[str, Published] = {}
    for each in (source for record in records for source in record["sources"]):
        if each["url"] or each["source"] not in found:
            found[each["source"]] = each
    return dict(sorted(found.items()))


def source_list(sources: Mapping[str, Published]) -> Group:
    """Return each source in full, its address on a line to copy, below what grades mean."""
    lines = (line for key, each in sources.items() for line in _lines(key, each))
    return Group(Text("SOURCES", style="bold"), _indented(Text(GRADES, "dim")), *lines)


def _key(source: Published) -> str:
    is_recalled = source["provenance"] == "recalled"
    key = GLUE.join((source["source"], source["grade"], *(["recalled"] if is_recalled else [])))
    return f"{key} ({source['note']})" if _is_in_words(source) else key


def _is_in_words(source: Published) -> bool:
    """Return whether a source is cited for what its note says, because it gives no number."""
    return source.get("value", "") is None and bool(source["note"])


def _lines(key: str, source: Published) -> Iterator[RenderableType]:
    words = ", ".join(source[part] for part in ("publisher", "title", "date"))
    yield _indented(Keyed(words, "", f"{key} {source['grade']}"))
    # Not in a padding, which would cut it at the width of the page.
    if source["url"]:
        yield unbroken("  " + HANG, Text(source["url"], "dim"))
    elif source["citation"].endswith(RECALLED):
        yield _indented(Text(HANG + RECALLED, "dim"))


def _indented(words: RenderableType) -> Padding:
    return Padding(words, (0, 0, 0, 2))
