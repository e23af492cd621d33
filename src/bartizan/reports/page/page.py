"""The page set: sections in their order, one style, one script, nothing from elsewhere."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

from bartizan.archive.document import STATEMENT
from bartizan.errors import BartizanError
from bartizan.reports.page.arms import arms
from bartizan.reports.page.assets import assets
from bartizan.reports.page.capacity import capacity
from bartizan.reports.page.distribution import distribution
from bartizan.reports.page.funnel import causes, funnel
from bartizan.reports.page.head import head
from bartizan.reports.page.interactive import bundle, figure_json
from bartizan.reports.page.material import Material
from bartizan.reports.page.method import method
from bartizan.reports.page.narrow import narrow
from bartizan.reports.page.palette import PALETTE
from bartizan.reports.page.provenance import provenance
from bartizan.reports.page.section import Section
from bartizan.reports.page.spending import spending
from bartizan.reports.page.svg import NARROW, WIDE, svg
from bartizan.reports.page.timeline import timeline
from bartizan.reports.page.tornado import tornado
from bartizan.reports.page.tracker import tracker
from bartizan.reports.page.where import where

SECTIONS: tuple[Callable[[Material], Section | None], ...] = (
    capacity,
    arms,
    where,
    distribution,
    funnel,
    causes,
    assets,
    spending,
    timeline,
    tornado,
    tracker,
    provenance,
    method,
)
"""In the order of the page; one that has nothing to say returns None."""


def page(material: Material) -> str:
    """Return the report as the text of one HTML file; call `ready` before."""
    template = _environment().get_template("page.html.j2")
    sections = [found for make in SECTIONS if (found := make(material))]
    return str(
        template.render(
            head=head(material),
            sections=sections,
            statement=STATEMENT,
            study=material.study,
            palette=PALETTE,
            style=_text("page.css"),
            script=_text("page.js"),
            bundle=bundle(),
        )
    )


def ready() -> None:
    """Raise unless what pages are made with is installed.

    Raises
    ------
    BartizanError
        If jinja2 or plotly is not.
    """
    for package in ("jinja2", "plotly"):
        try:
            import_module(package)
        except ImportError:
            raise BartizanError(
                f"report: {package} is not installed\n    remedy:  pip install 'bartizan[all]'"
            ) from None


@cache
def _environment() -> Any:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_text),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["unbroken"] = lambda text: text.replace("–", "\u2060–\u2060")
    environment.filters["wide"] = lambda chart: svg(chart, WIDE)
    environment.filters["narrow"] = lambda chart: svg(narrow(chart), NARROW)
    environment.filters["figure"] = figure_json
    environment.filters["narrow_figure"] = lambda chart: figure_json(narrow(chart))
    return environment


@cache
def _text(name: str) -> str:
    return (files("bartizan.reports.page") / name).read_text(encoding="utf-8")
