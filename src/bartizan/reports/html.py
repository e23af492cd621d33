"""A page of the terminal as HTML, for notebooks: the same words, in a fixed width."""

import io

from rich.console import Console, RenderableType

from bartizan.reports.wording import WIDTH

_FORMAT = '<pre style="font-family:monospace;line-height:1.3;overflow-x:auto">{code}</pre>'


def html_of(view: RenderableType) -> str:
    """Return a view as an HTML fragment that takes the colours of the notebook around it."""
    console = Console(width=WIDTH, record=True, file=io.StringIO(), highlight=False)
    console.print(view, crop=False)
    return console.export_html(inline_styles=True, code_format=_FORMAT)
