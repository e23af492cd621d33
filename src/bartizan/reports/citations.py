"""What each source says of one figure or fact, with its address on a line to copy."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bartizan.reports.quantity import one_or_range
from bartizan.reports.wording import unbroken

Published = Mapping[str, Any]


def citations(sources: Sequence[Published], indent: int, unit: str = "") -> Group:
    """Return the published values of a figure or fact, each with who printed it.

    Parameters
    ----------
    sources
        As in a dossier.
    indent
        Columns left free before each line.
    unit
        Of a fact, whose values are plain numbers.
    """
    return Group(*(line for each in sources for line in _lines(each, indent, unit)))


def _lines(published: Published, indent: int, unit: str) -> Iterator[RenderableType]:
    said = one_or_range(published["value"], unit)
    head = Text.assemble((said, "bold"), f"  {published['note']}".rstrip())
    yield _indented(head, indent)
    # Only the words: the address stands below, whole.
    words = published["citation"].removesuffix(f", {published['url']}")
    yield _indented(Text(words, "dim"), indent + 2)
    if published["url"]:
        yield unbroken(" " * (indent + 2), Text(published["url"], "dim"))


def _indented(text: Text, indent: int) -> Padding:
    return Padding(text, (0, 0, 0, indent))
