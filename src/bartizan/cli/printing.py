"""How verbs print: views, documents, lists."""

import json
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import RenderableType


def print_json(document: Mapping[str, Any]) -> None:
    """Print a document; where the output lacks signs, they are escaped and not lost."""
    is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(document, indent=2, ensure_ascii=not is_unicode))


def show(view: "RenderableType") -> None:
    """Print a view, at most as wide as the terminal."""
    from bartizan.reports import wording

    wording.show(view)


def list_rows(rows: Iterable[tuple[str, str]]) -> None:
    """Print names and what they are, one a line."""
    from rich.console import Console
    from rich.text import Text

    listed = list(rows)
    width = max((len(name) for name, _ in listed), default=0)
    console = Console(highlight=False, soft_wrap=True)
    for name, words in listed:
        console.print(Text.assemble((f"{name:{width}}", "bold"), f"  {words}"))
